//! The popup's "something is broken": lets companies through in this tab, step by step, until the person says that the
//! page works, and keeps the fewest that it needs.
//!
//! How the next step is chosen is `api::mend`'s; here it is only asked, shown and stored, because a popup closes with
//! every click on the page. While a search is under way nothing is kept for ever: it is all of this tab alone.

use leptos::prelude::*;
use serde::Serialize;
use wasm_bindgen_futures::spawn_local;

use super::browser::{self, Place, words, words_of, words_with};
use super::stored;
use crate::api::background::{CompanyReport, TabReport};
use crate::api::mend::{Mend, Step};
use crate::api::protection::Protection;

/// What the person sees of the search.
#[derive(Clone, Debug, PartialEq)]
enum Stage {
    /// Nothing is under way.
    Idle,
    /// These are let through, and the person is asked whether the page works.
    Asking(Mend),
    /// The fewest were found and are let through here from now on.
    Kept(Vec<String>),
    /// It was not for the want of what is stopped.
    NotUs,
}

/// Asks the background to let these companies through in this tab, and no others.
#[derive(Serialize)]
struct Through {
    ask: &'static str,
    tab: i32,
    companies: Vec<String>,
}

/// The button, and the search that it begins.
#[component]
pub fn Broken(
    /// What is known of the tab.
    known: Memo<TabReport>,
    /// The choices, as they are stored.
    protection: RwSignal<Protection>,
) -> impl IntoView {
    let stage = RwSignal::new(Stage::Idle);
    spawn_local(async move {
        if let Some(mend) = browser::stored::<Mend>(Place::Mend).await {
            stage.set(Stage::Asking(mend));
        }
    });
    let stopped = move || -> Vec<(String, Vec<String>)> {
        known.with(|known| {
            let stopped = known.companies.iter().filter(|company| company.counts.stopped > 0);
            stopped.map(|company| (company.name.clone(), purposes(company))).collect()
        })
    };
    let is_offered = Memo::new(move |_| !stopped().is_empty());
    let begin = move |_| {
        if let Some(mend) = Mend::begin(&stopped()) {
            take(stage, protection, known, Step::Try(mend));
        }
    };
    let stop = move |_| {
        stage.set(Stage::Idle);
        spawn_local(async {
            browser::store(Place::Mend, &None::<Mend>).await;
            let_through(Vec::new()).await;
        });
    };
    let shown = move || match stage.get() {
        Stage::Idle => is_offered
            .get()
            .then(|| view! { <button type="button" on:click=begin>{words("popupBroken")}</button> }.into_any()),
        Stage::Asking(mend) => {
            let through: Vec<&str> = mend.through().collect();
            let asked = if through.is_empty() {
                words("popupBrokenNone")
            } else {
                words_with("popupBrokenTried", &through.join(", "))
            };
            let (works, broken) = (mend.clone(), mend.clone());
            let answer = move |step| take(stage, protection, known, step);
            Some(
                view! {
                    <p>{asked}</p>
                    <p><b>{words("popupBrokenAsk")}</b></p>
                    <div class="answers">
                        <button type="button" on:click=move |_| answer(works.clone().works())>
                            {words("popupBrokenWorks")}
                        </button>
                        <button type="button" on:click=move |_| answer(broken.clone().is_broken())>
                            {words("popupBrokenStill")}
                        </button>
                        <button type="button" on:click=stop>{words("popupBrokenStop")}</button>
                    </div>
                }
                .into_any(),
            )
        }
        Stage::Kept(companies) => {
            let site = known.with(|known| known.site.clone());
            Some(view! { <p>{words_of("popupBrokenKept", &[&site, &companies.join(", ")])}</p> }.into_any())
        }
        Stage::NotUs => Some(view! { <p>{words("popupBrokenNotUs")}</p> }.into_any()),
    };
    view! { <div class="broken" role="status">{shown}</div> }
}

/// What those of a company's hosts are for that were stopped.
fn purposes(company: &CompanyReport) -> Vec<String> {
    let stopped = company.hosts.iter().filter(|host| host.counts.stopped > 0);
    stopped.map(|host| host.purpose.clone()).collect()
}

/// Shows a step, stores it and carries it out.
fn take(stage: RwSignal<Stage>, protection: RwSignal<Protection>, known: Memo<TabReport>, step: Step) {
    let (next, under_way, through) = match step {
        Step::Try(mend) => {
            let through = mend.through().map(str::to_owned).collect();
            (Stage::Asking(mend.clone()), Some(mend), through)
        }
        // The page goes on with what it needs: what is kept for the site holds in this tab too.
        Step::Keep(companies) => {
            let site = known.with_untracked(|known| known.site.clone());
            let met = |company: &String| (company.clone(), known.with_untracked(|known| known.hosts_of(company)));
            let kept: Vec<_> = companies.iter().map(met).collect();
            stored::change(Place::Protection, protection, move |it| {
                for (company, met) in kept {
                    it.let_through(&site, &company, true);
                    it.met_as(&site, &company, met);
                }
            });
            (Stage::Kept(companies), None, Vec::new())
        }
        Step::NotUs => (Stage::NotUs, None, Vec::new()),
    };
    stage.set(next);
    spawn_local(async move {
        browser::store(Place::Mend, &under_way).await;
        let_through(through).await;
        browser::reload();
    });
}

async fn let_through(companies: Vec<String>) {
    // The background answers when the browser has taken it in, so that the page is not loaded too early.
    let _ = browser::ask::<bool>(&Through { ask: "through", tab: browser::tab(), companies }).await;
}
