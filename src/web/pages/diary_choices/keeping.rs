//! For how long the diary is kept, and which sites are never written into it.
//!
//! A choice by which something would go at once asks first. What becomes of days as they grow old is said here and decided
//! by the core (`ledger::kept`).

use leptos::prelude::*;

use super::super::browser::{words, words_of, words_with};
use super::super::parts::{beside, button, choice, field, heading, hint, live};
use super::super::speech::lasting;
use super::super::tabbed;
use super::forgetting::{ask, site_of};
use super::kept::{Shown, Told};
use crate::api::diary::Ages;
use crate::api::diary::amount::Part;

/// For how many days it may be kept; besides for ever.
const KEEP: [u32; 5] = [1095, 730, 365, 90, 30];

/// Has it kept for so long, after a question if something would go.
fn keep_for(shown: Shown, keep: Option<u32>) {
    shown.go("diaryBusy", async move {
        if let Some(keep) = keep {
            match shown.ask(Part::Older { today: tabbed::today(), keep }).await {
                Ok(true) => {}
                Ok(false) => return None,
                Err(trouble) => return Some(trouble),
            }
        }
        let told = keep.map_or_else(|| words("diaryKeptForEver"), |keep| words_with("diaryKeptFor", &lasting(keep)));
        shown.choose(Box::new(move |choice| choice.keep = keep)).await.or(Some(Told::Done(told)))
    });
}

/// How long it is kept.
pub fn keeping(shown: Shown) -> Vec<AnyView> {
    let chosen = Memo::new(move |_| shown.known.with(|known| known.choice.keep));
    let select = live(move || {
        let chosen = chosen.get();
        let mut days = KEEP.to_vec();
        // A file may bring what is not offered here.
        days.extend(chosen.filter(|days| !KEEP.contains(days)));
        let mut options = vec![(String::new(), words("diaryForEver"))];
        options.extend(days.into_iter().map(|days| (days.to_string(), lasting(days))));
        let chosen = chosen.map(|days| days.to_string()).unwrap_or_default();
        let before = chosen.clone();
        let choose = move |event| {
            let keep = event_target_value(&event).parse().ok();
            // What is shown is what holds: the new choice is shown once it does.
            event_target::<web_sys::HtmlSelectElement>(&event).set_value(&before);
            keep_for(shown, keep);
        };
        vec![choice("keep", "diaryKeepFor", options, chosen, shown.is_busy, choose)]
    });
    let Ages { days, weeks } = Ages::USUAL;
    vec![
        heading("diaryKeep"),
        view! { <div class="row"><span>{words("diaryKeepFor")}</span>{select}</div> }.into_any(),
        hint(words_of("diaryFolds", &[&lasting(days), &lasting(weeks)])),
    ]
}

/// Has a site never written down from now on.
fn add(shown: Shown, node: NodeRef<leptos::html::Input>) {
    let Some(field) = node.get_untracked() else { return };
    let text = field.value();
    shown.go("diaryBusy", async move {
        let Some(site) = site_of(&text).await else { return Some(Told::Trouble(words("diaryNoSite"))) };
        field.set_value("");
        let name = site.clone();
        let trouble = shown.choose(Box::new(move |choice| choice.never.extend([name]))).await;
        if trouble.is_some() {
            return trouble;
        }
        // What was written of it before stays, unless the person wants it to go as well.
        match ask(shown, Part::Site(site.clone())).await {
            Some(trouble @ Told::Trouble(_)) => Some(trouble),
            _ => Some(Told::Done(words_with("diaryNeverAdded", &site))),
        }
    });
}

/// Has it written down again.
fn remove(shown: Shown, site: String) {
    shown.go(
        "diaryBusy",
        async move { shown.choose(Box::new(move |choice| choice.never.retain(|it| *it != site))).await },
    );
}

/// What is never written down.
pub fn never(shown: Shown) -> Vec<AnyView> {
    let node = NodeRef::<leptos::html::Input>::new();
    let row = move |site: &String| {
        let name = site.clone();
        let button = button("", "diaryNeverRemove", shown.is_busy, move || remove(shown, name.clone()));
        view! { <li><span dir="ltr">{site.clone()}</span> " " {button}</li> }.into_any()
    };
    let rows = live(move || shown.known.with(|known| known.choice.never.iter().map(row).collect()));
    vec![
        heading("diaryNever"),
        hint(words("diaryNeverHint")),
        view! { <ul class="lists never">{rows}</ul> }.into_any(),
        beside(vec![
            field(node, "text", "never", "diarySite", None),
            button("never", "diaryNeverAdd", shown.is_busy, move || add(shown, node)),
        ]),
    ]
}
