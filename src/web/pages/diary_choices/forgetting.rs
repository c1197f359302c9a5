//! Forgetting: a site, a day, or everything, on the page of all choices; and one button for what the dashboard shows.
//!
//! Each asks first and says what would go. What is forgotten is gone from the store and from what the background has in
//! hand; who carries that out is not known here.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use super::super::browser::{self, Browser, lent, words, words_with};
use super::super::speech::lasting;
use super::super::tabbed;
use super::kept::{Shown, Told};
use super::sure::Sure;
use crate::api::diary::amount::Part;
use crate::api::diary::{Period, date};

/// A day in the milliseconds of a field of dates.
const DAY: f64 = 86_400_000.0;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(method, js_name = hostOf)]
    fn host_of(this: &Browser, text: &str) -> String;
}

/// What the background says of a host; the rest of it is not asked for here.
#[derive(serde::Deserialize)]
struct Known {
    site: String,
}

/// The question which site a host belongs to.
#[derive(serde::Serialize)]
struct Question<'a> {
    ask: &'static str,
    host: &'a str,
}

/// The site that is meant by an address, a host, or a name; none if that is none.
pub async fn site_of(text: &str) -> Option<String> {
    let host = lent()?.host_of(text.trim());
    let known: Known = browser::ask(&Question { ask: "site", host: &host }).await?;
    Some(known.site).filter(|site| !site.is_empty())
}

/// Asks the person about a part; says so where nothing is kept of it.
pub async fn ask(shown: Shown, part: Part) -> Option<Told> {
    match shown.ask(part).await {
        Ok(true) => Some(Told::Done(words("diaryNothing"))),
        Ok(false) => None,
        Err(trouble) => Some(trouble),
    }
}

/// Has a part go, after a yes.
async fn forget(shown: Shown, part: &Part) -> Option<Told> {
    match part {
        Part::Older { keep, .. } => {
            let keep = *keep;
            let told = Told::Done(words_with("diaryKeptFor", &lasting(keep)));
            Some(shown.choose(move |choice| choice.keep = Some(keep)).await.unwrap_or(told))
        }
        part => {
            let order = match part {
                Part::Site(_) => "forget-site",
                Part::Day(_) => "forget-day",
                _ => "forget-all",
            };
            Some(shown.order(order, Some(part)).await.unwrap_or_else(|| Told::Done(words("diaryForgotten"))))
        }
    }
}

/// The question, and what follows from a yes; `done` is called after that.
#[component]
pub fn Asking(
    /// What is shown of the diary.
    shown: Shown,
    /// Called when something went.
    done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let yes = move |part: Part| {
        shown.go("diaryBusy", async move {
            let told = forget(shown, &part).await;
            done();
            told
        });
    };
    view! { <Sure shown yes /> }
}

/// One button for what is looked at elsewhere, with its question.
#[component]
pub fn ForgetHere(
    /// The key of what the button says.
    says: &'static str,
    /// What would go.
    part: Part,
    /// Called when it went.
    done: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let shown = Shown::new();
    let click = move |_| {
        let part = part.clone();
        shown.go("diaryBusy", async move { ask(shown, part).await });
    };
    let told = move || {
        shown.told.with(|told| match told {
            Some(Told::Done(words) | Told::Trouble(words)) => words.clone(),
            None => String::new(),
        })
    };
    view! {
        <div class="answers">
            <button type="button" class="forget" on:click=click disabled=move || shown.is_busy()>{words(says)}</button>
            <p class="quiet" role="status">{told}</p>
        </div>
        <Asking shown done />
    }
}

/// The part of the page of all choices.
#[component]
pub fn Forgetting(
    /// What is shown of the diary.
    shown: Shown,
) -> impl IntoView {
    let site = NodeRef::<leptos::html::Input>::new();
    let day = NodeRef::<leptos::html::Input>::new();
    let forget_site = move |_| {
        let text = site.get().map(|field| field.value()).unwrap_or_default();
        shown.go("diaryBusy", async move {
            match site_of(&text).await {
                Some(site) => ask(shown, Part::Site(site)).await,
                None => Some(Told::Trouble(words("diaryNoSite"))),
            }
        });
    };
    let forget_day = move |_| {
        let chosen = day.get().map_or(f64::NAN, |field| field.value_as_number()) / DAY;
        shown.go("diaryBusy", async move {
            match chosen {
                day if day >= 0.0 => ask(shown, Part::Day(day as u32)).await,
                _ => Some(Told::Trouble(words("diaryNoDay"))),
            }
        });
    };
    let forget_all = move |_| shown.go("diaryBusy", async move { ask(shown, Part::All).await });
    let sites = move || {
        let sites = shown.kept.with(|kept| kept.sites());
        sites.into_iter().map(|site| view! { <option value=site></option> }).collect_view()
    };
    let first = move || shown.kept.with(|kept| kept.sheets.keys().copied().map(Period::days).min());
    let is_busy = move || shown.is_busy();
    view! {
        <h3>{words("diaryForget")}</h3>
        <p class="quiet hint">{words("diaryForgetHint")}</p>
        <div class="answers">
            <input type="text" node_ref=site class="site" dir="ltr" list="diary-sites" aria-label=words("diarySite") placeholder="example.org" />
            <datalist id="diary-sites">{sites}</datalist>
            <button type="button" class="forget-site" on:click=forget_site disabled=is_busy>{words("diaryForgetSite")}</button>
        </div>
        <div class="answers">
            <input
                type="date"
                node_ref=day
                class="day"
                aria-label=words("diaryDay")
                min=move || first().map(|(from, _)| date(from))
                max=date(tabbed::today())
            />
            <button type="button" class="forget-day" on:click=forget_day disabled=is_busy>{words("diaryForgetDay")}</button>
        </div>
        <div class="answers">
            <button type="button" class="forget-all" on:click=forget_all disabled=is_busy>{words("diaryForgetAll")}</button>
        </div>
    }
}
