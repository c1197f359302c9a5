//! For how long the diary is kept, and which sites are never written into it.
//!
//! A choice by which something would go at once asks first. What becomes of days as they grow old is said here and decided
//! by the core (`ledger::kept`).

use leptos::prelude::*;

use super::super::browser::{words, words_of, words_with};
use super::super::speech::lasting;
use super::super::tabbed;
use super::forgetting::{ask, site_of};
use super::kept::{Shown, Told};
use crate::api::diary::Ages;
use crate::api::diary::amount::Part;

/// For how many days it may be kept; besides for ever.
const KEEP: [u32; 5] = [1095, 730, 365, 90, 30];

/// How long it is kept.
#[component]
pub fn Keeping(
    /// What is shown of the diary.
    shown: Shown,
) -> impl IntoView {
    let chosen = move || shown.choice.with(|choice| choice.keep);
    let options = move || {
        let mut days = KEEP.to_vec();
        // A file may bring what is not offered here.
        days.extend(chosen().filter(|days| !KEEP.contains(days)));
        let option = |days: u32| {
            view! { <option value=days.to_string() selected=move || chosen() == Some(days)>{lasting(days)}</option> }
        };
        days.into_iter().map(option).collect_view()
    };
    let value = move || chosen().map(|days| days.to_string()).unwrap_or_default();
    let choose = move |event| {
        let keep: Option<u32> = event_target_value(&event).parse().ok();
        // What is shown is what holds: the new choice is shown once it does.
        event_target::<web_sys::HtmlSelectElement>(&event).set_value(&value());
        shown.go("diaryBusy", async move {
            if let Some(keep) = keep {
                match shown.ask(Part::Older { today: tabbed::today(), keep }).await {
                    Ok(true) => {}
                    Ok(false) => return None,
                    Err(trouble) => return Some(trouble),
                }
            }
            let told =
                keep.map_or_else(|| words("diaryKeptForEver"), |keep| words_with("diaryKeptFor", &lasting(keep)));
            Some(shown.choose(move |choice| choice.keep = keep).await.unwrap_or(Told::Done(told)))
        });
    };
    let Ages { days, weeks } = Ages::USUAL;
    view! {
        <h3>{words("diaryKeep")}</h3>
        <label class="row">
            <span>{words("diaryKeepFor")}</span>
            <select class="keep" on:change=choose prop:value=value disabled=move || shown.is_busy()>
                <option value="" selected=move || chosen().is_none()>{words("diaryForEver")}</option>
                {options}
            </select>
        </label>
        <p class="quiet hint">{words_of("diaryFolds", &[&lasting(days), &lasting(weeks)])}</p>
    }
}

/// What is never written down.
#[component]
pub fn Never(
    /// What is shown of the diary.
    shown: Shown,
) -> impl IntoView {
    let field = NodeRef::<leptos::html::Input>::new();
    let is_busy = move || shown.is_busy();
    let add = move |_| {
        let Some(field) = field.get() else { return };
        let text = field.value();
        shown.go("diaryBusy", async move {
            let Some(site) = site_of(&text).await else { return Some(Told::Trouble(words("diaryNoSite"))) };
            field.set_value("");
            let name = site.clone();
            if let Some(trouble) = shown.choose(move |choice| choice.never.extend([name])).await {
                return Some(trouble);
            }
            // What was written of it before stays, unless the person wants it to go as well.
            match ask(shown, Part::Site(site.clone())).await {
                Some(trouble @ Told::Trouble(_)) => Some(trouble),
                _ => Some(Told::Done(words_with("diaryNeverAdded", &site))),
            }
        });
    };
    let rows = move || {
        let row = |site: String| {
            let name = site.clone();
            let remove = move |_| {
                let name = name.clone();
                shown
                    .go("diaryBusy", async move { shown.choose(|choice| choice.never.retain(|it| *it != name)).await });
            };
            view! {
                <li>
                    <span dir="ltr">{site}</span>
                    " "
                    <button type="button" on:click=remove disabled=is_busy>{words("diaryNeverRemove")}</button>
                </li>
            }
        };
        shown.choice.with(|choice| choice.never.clone()).into_iter().map(row).collect_view()
    };
    view! {
        <h3>{words("diaryNever")}</h3>
        <p class="quiet hint" id="never-hint">{words("diaryNeverHint")}</p>
        <ul class="lists never">{rows}</ul>
        <div class="answers">
            <input
                type="text"
                node_ref=field
                class="never"
                dir="ltr"
                aria-label=words("diarySite")
                aria-describedby="never-hint"
                placeholder="example.org"
            />
            <button type="button" class="never" on:click=add disabled=is_busy>{words("diaryNeverAdd")}</button>
        </div>
    }
}
