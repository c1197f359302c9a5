//! The question before anything of the diary goes: what would go, in numbers, and two answers, of which the safe one is first.
//!
//! It is a dialog of the browser's own, which keeps the keyboard inside and closes on Escape. What is done after a yes is
//! not said here.

use leptos::prelude::*;

use super::super::browser::{day, number, words, words_of, words_with};
use super::super::speech::lasting;
use super::kept::{Asked, Shown};
use crate::api::diary::Span;
use crate::api::diary::amount::{Amount, Part};

/// The dialog, which is there while something is asked.
#[component]
pub fn Sure(
    /// What is shown of the diary.
    shown: Shown,
    /// Called with what the person wants to go.
    yes: impl Fn(Part) + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let dialog = NodeRef::<leptos::html::Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        match shown.asked.with(Option::is_some) {
            // One that is open already is what is wanted.
            true => drop(dialog.show_modal()),
            false => dialog.close(),
        }
    });
    let keep = move || shown.asked.set(None);
    let forget = move |_| {
        if let Some(asked) = shown.asked.get_untracked() {
            shown.asked.set(None);
            yes(asked.part);
        }
    };
    view! {
        <dialog node_ref=dialog aria-labelledby="sure" on:close=move |_| keep()>
            <h2 id="sure">{move || shown.asked.with(|asked| asked.as_ref().map(title))}</h2>
            {move || shown.asked.with(|asked| asked.as_ref().map(says))}
            <div class="answers">
                <button type="button" class="keep" on:click=move |_| keep()>{words("diaryNo")}</button>
                <button type="button" class="forget" on:click=forget>{words("diaryYes")}</button>
            </div>
        </dialog>
    }
}

/// The words for a day.
pub fn named(number: u32) -> String {
    day(i32::try_from(number).unwrap_or_default())
}

fn title(asked: &Asked) -> String {
    match &asked.part {
        Part::Site(site) => words_with("diaryAskSite", site),
        Part::Day(day) => words_with("diaryAskDay", &named(*day)),
        Part::Older { keep, .. } => words_with("diaryAskKeep", &lasting(*keep)),
        Part::All => words("diaryAskAll"),
    }
}

/// What goes, in numbers.
fn says(asked: &Asked) -> impl IntoView + use<> {
    let Asked { part, amount: Amount { span, sites, pages, requests, items, seconds, aside } } = asked;
    let minutes = u32::try_from(seconds.div_ceil(60)).unwrap_or(u32::MAX);
    let sites = if matches!(part, Part::Site(_)) { 0 } else { *sites };
    let counts = [
        ("dashboardSites", sites),
        ("diaryPages", *pages),
        ("diaryRequests", *requests),
        ("dashboardItems", *items),
        ("dashboardMinutes", minutes),
        ("diaryAsideCount", *aside),
    ];
    let rows: Vec<_> = counts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(key, count)| view! { <tr><th scope="row">{words(key)}</th><td class="count">{number(count)}</td></tr> })
        .collect();
    let of_days = |Span { from, to }: Span| match to.saturating_sub(1) {
        last if last == from => named(from),
        last => words_of("dashboardSpan", &[&named(from), &named(last)]),
    };
    let days = span.map(|span| {
        view! { <tr><th scope="row">{words("dashboardDays")}</th><td class="count">{of_days(span)}</td></tr> }
    });
    // A day that was folded goes with those that it was folded with.
    let wider = span.filter(|span| matches!(part, Part::Day(_)) && span.to - span.from > 1);
    let wider = wider.map(|_| view! { <p class="notice">{words("diaryWider")}</p> });
    view! {
        {wider}
        <p>{words("diaryGoes")}</p>
        <table><tbody>{days}{rows}</tbody></table>
        <p class="quiet hint">{words("diaryGone")}</p>
    }
}
