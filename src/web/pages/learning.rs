//! The part of the page of all choices about whom no list knows: the switch, who is proposed with the evidence, and what
//! the person says to it. In the popup it is one line, while somebody waits to be decided about.
//!
//! What was seen is put into words as it was kept: by whom, on which sites, with which cookie, since when. Nothing of it
//! is judged here, and what the person says is an order to the background.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen_futures::spawn_local;

use super::browser::{self, number, words, words_of, words_with};
use super::switch::Switch;
use crate::api::background::{Learning, Proposed, Seen};

/// An order; see `LearningOrder` in `extension/types.d.ts`.
#[derive(Serialize)]
struct Order<'a> {
    ask: &'static str,
    order: &'static str,
    party: &'a str,
}

/// The answer.
#[derive(Clone, Debug, Default, Deserialize)]
struct Answer {
    #[serde(flatten)]
    learning: Learning,
    trouble: String,
}

async fn ask(order: &'static str, party: &str) -> Option<Answer> {
    browser::ask(&Order { ask: "learning", order, party }).await
}

/// What is shown.
#[derive(Clone, Copy)]
struct Shown {
    answer: RwSignal<Answer>,
    is_busy: RwSignal<bool>,
}

impl Shown {
    /// Gives an order; `done` is called if it was carried out.
    fn order(self, order: &'static str, party: String, done: impl FnOnce() + 'static) {
        self.is_busy.set(true);
        spawn_local(async move {
            match ask(order, &party).await {
                Some(answer) => {
                    let is_done = answer.trouble.is_empty();
                    self.answer.set(answer);
                    if is_done {
                        done();
                    }
                }
                None => self.answer.update(|answer| answer.trouble = words("popupBackgroundFailed")),
            }
            self.is_busy.set(false);
        });
    }
}

/// The part of the page of all choices.
#[component]
pub fn Unlisted(
    /// Called with a rule that is now among the person's own.
    on_rule: impl Fn(String) + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let shown = Shown { answer: RwSignal::default(), is_busy: RwSignal::new(false) };
    shown.order("tell", String::new(), || {});
    let learning = move || shown.answer.with(|answer| answer.learning.clone());
    let is_on = Signal::derive(move || shown.answer.with(|answer| answer.learning.is_on));
    let choose = move |on| shown.order(if on { "begin" } else { "end" }, String::new(), || {});
    let trouble = move || shown.answer.with(|answer| answer.trouble.clone());
    let rows = move || {
        let on_rule = on_rule.clone();
        let row = move |proposed| view! { <Proposal proposed shown on_rule=on_rule.clone() /> };
        learning().proposals.into_iter().map(row).collect_view()
    };
    let state = move || {
        let learning = learning();
        if learning.proposals.is_empty() { words("learnNone") } else { words("learnUndo") }
    };
    let parties = move || words_with("learnParties", &count(learning().parties));
    view! {
        <section aria-labelledby="unlisted">
            <h2 id="unlisted">{words("learnTitle")}</h2>
            <Switch label=Signal::derive(|| words("learnSwitch")) on=is_on choose />
            <p class="quiet hint">{words("learnLooks")}</p>
            <p class="quiet hint">{words("learnKeeps")}</p>
            <div role="status">
                <Show when=move || !trouble().is_empty()>
                    <p class="notice">{move || words_with("ownFailed", &trouble())}</p>
                </Show>
            </div>
            <Show when=move || is_on.get()>
                <p class="hint">{state}</p>
            </Show>
            <ul class="lists">{rows}</ul>
            <Left shown />
            <Show when=move || is_on.get()>
                <div class="answers">
                    <p class="quiet">{parties}</p>
                    <button
                        type="button"
                        on:click=move |_| shown.order("forget", String::new(), || {})
                        disabled=move || shown.is_busy.get()
                    >
                        {words("learnForget")}
                    </button>
                </div>
            </Show>
        </section>
    }
}

/// Somebody who followed the person, the evidence, and the question.
#[component]
fn Proposal(
    proposed: Proposed,
    shown: Shown,
    on_rule: impl Fn(String) + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let Proposed { party, company, says, rule, seen } = proposed;
    let whose = company.map(|company| words_with("learnCompany", &company));
    let about = [whose.unwrap_or_else(|| words("learnNobody")), says].join(" ");
    let block = {
        let party = party.clone();
        move |_| {
            let (rule, on_rule) = (rule.clone(), on_rule.clone());
            shown.order("block", party.clone(), move || on_rule(rule));
        }
    };
    let leave = {
        let party = party.clone();
        move |_| shown.order("leave", party.clone(), || {})
    };
    view! {
        <li>
            <h3>{party}</h3>
            <p class="quiet">{about}</p>
            <p>{evidence(&seen)}</p>
            <p class="quiet">{words_with("learnCookies", &names(&seen))}</p>
            <div class="answers">
                <button type="button" on:click=block disabled=move || shown.is_busy.get()>{words("learnBlock")}</button>
                <button type="button" on:click=leave disabled=move || shown.is_busy.get()>{words("learnLeave")}</button>
            </div>
        </li>
    }
}

/// Whom the person leaves alone, and a way back.
#[component]
fn Left(shown: Shown) -> impl IntoView {
    let left = move || shown.answer.with(|answer| answer.learning.left.clone());
    let rows = move || {
        let row = |party: String| {
            let name = party.clone();
            let take_back = move |_| shown.order("take-back", party.clone(), || {});
            view! {
                <li>
                    {name} " "
                    <button type="button" on:click=take_back disabled=move || shown.is_busy.get()>
                        {words("learnTakeBack")}
                    </button>
                </li>
            }
        };
        left().into_iter().map(row).collect_view()
    };
    view! {
        <Show when=move || !left().is_empty()>
            <details class="refused">
                <summary>{move || words_with("learnLeft", &count(left().len()))}</summary>
                <ul>{rows}</ul>
            </details>
        </Show>
    }
}

/// The popup's line, while somebody waits to be decided about.
#[component]
pub fn Waiting() -> impl IntoView {
    let waiting = RwSignal::new(0);
    spawn_local(async move {
        if let Some(answer) = ask("tell", "").await {
            waiting.set(answer.learning.proposals.len());
        }
    });
    view! {
        <Show when=move || { waiting.get() > 0 }>
            <p class="quiet waiting">{move || words_with("learnWaiting", &count(waiting.get()))}</p>
        </Show>
    }
}

/// "Seen reading a cookie … on shop.example and news.example. … First on 3 November 2026."
fn evidence(seen: &[Seen]) -> String {
    let on = |was_set: bool| -> Vec<&str> {
        seen.iter().filter(|it| it.was_set == was_set).map(|it| it.site.as_str()).collect()
    };
    let said = |key: &str, sites: Vec<&str>| (!sites.is_empty()).then(|| words_with(key, &browser::list(&sites)));
    let first = seen.iter().map(|it| it.day).min().map(|day| words_of("learnFirst", &[&browser::day(day)]));
    [said("learnRead", on(false)), said("learnSet", on(true)), first]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The names of the cookies, each once.
fn names(seen: &[Seen]) -> String {
    let mut names: Vec<&str> = seen.iter().map(|it| it.cookie.as_str()).filter(|name| !name.is_empty()).collect();
    names.sort_unstable();
    names.dedup();
    browser::list(&names)
}

fn count(n: usize) -> String {
    number(u32::try_from(n).unwrap_or(u32::MAX))
}
