//! Forgetting: a site, a day, or everything, on the page of all choices; and one button for what the dashboard shows.
//!
//! Each asks first and says what would go. What is forgotten is gone from the store and from what the background has in
//! hand; who carries that out is not known here.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use super::super::browser::{self, Browser, lent, words, words_with};
use super::super::parts::{beside, button, field, heading, hint, live};
use super::super::speech::lasting;
use super::kept::{Shown, Told};
use super::sure::sure;
use crate::api::diary::amount::Part;

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
async fn forget(shown: Shown, part: Part) -> Option<Told> {
    let order = match part {
        Part::Older { keep, .. } => {
            let told = Told::Done(words_with("diaryKeptFor", &lasting(keep)));
            return shown.choose(Box::new(move |choice| choice.keep = Some(keep))).await.or(Some(told));
        }
        Part::Site(_) => "forget-site",
        Part::Day(_) => "forget-day",
        Part::All => "forget-all",
    };
    shown.order(order, Some(&part)).await.or_else(|| Some(Told::Done(words("diaryForgotten"))))
}

/// The question, and what follows from a yes; `done` is called after that.
pub fn asking(shown: Shown, done: Callback<()>) -> AnyView {
    let yes = move |part: Part| {
        shown.go("diaryBusy", async move {
            let told = forget(shown, part).await;
            done.run(());
            told
        });
    };
    sure(shown, Box::new(yes))
}

/// One button for what is looked at elsewhere, with its question: what it says, what would go, and what is done when it went.
pub fn forget_here(says: &str, part: Part, done: Callback<()>) -> AnyView {
    let shown = Shown::new();
    let click = move || {
        let part = part.clone();
        shown.go("diaryBusy", async move { ask(shown, part).await });
    };
    let told = live(move || {
        let told = shown.now.with(|now| now.told.clone());
        told.map(|(Told::Done(words) | Told::Trouble(words))| hint(words)).into_iter().collect()
    });
    let told = view! { <div role="status">{told}</div> }.into_any();
    let parts = vec![button("forget", says, shown.is_busy, click), told];
    view! { {beside(parts)} {asking(shown, done)} }.into_any()
}

/// The part of the page of all choices.
pub fn forgetting(shown: Shown) -> Vec<AnyView> {
    let site = NodeRef::<leptos::html::Input>::new();
    let day = NodeRef::<leptos::html::Input>::new();
    let forget_site = move || {
        let text = site.get_untracked().map(|field| field.value()).unwrap_or_default();
        shown.go("diaryBusy", async move {
            match site_of(&text).await {
                Some(site) => ask(shown, Part::Site(site)).await,
                None => Some(Told::Trouble(words("diaryNoSite"))),
            }
        });
    };
    let forget_day = move || {
        let chosen = day.get_untracked().map_or(f64::NAN, |field| field.value_as_number()) / DAY;
        shown.go("diaryBusy", async move {
            match chosen {
                day if day >= 0.0 => ask(shown, Part::Day(day as u32)).await,
                _ => Some(Told::Trouble(words("diaryNoDay"))),
            }
        });
    };
    let forget_all = move || shown.go("diaryBusy", async move { ask(shown, Part::All).await });
    let sites = live(move || {
        let option = |site: &str| view! { <option value=site.to_owned()></option> }.into_any();
        shown.known.with(|known| known.kept.sites().into_iter().map(option).collect())
    });
    let busy = shown.is_busy;
    vec![
        heading("diaryForget"),
        hint(words("diaryForgetHint")),
        beside(vec![
            field(site, "text", "site", "diarySite", Some("diary-sites")),
            view! { <datalist id="diary-sites">{sites}</datalist> }.into_any(),
            button("forget-site", "diaryForgetSite", busy, forget_site),
        ]),
        beside(vec![
            field(day, "date", "day", "diaryDay", None),
            button("forget-day", "diaryForgetDay", busy, forget_day),
        ]),
        beside(vec![button("forget-all", "diaryForgetAll", busy, forget_all)]),
    ]
}
