//! The question before anything of the diary goes: what would go, in numbers, and two answers, of which the safe one is first.
//!
//! It is a dialog of the browser's own, which keeps the keyboard inside and closes on Escape. What is done after a yes is
//! not said here.

use leptos::prelude::*;

use super::super::browser::{day, number, words, words_of, words_with};
use super::super::parts::{beside, button, hint, live, notice, table};
use super::super::speech::lasting;
use super::kept::{Asked, Shown};
use crate::api::diary::Span;
use crate::api::diary::amount::{Amount, Part};

/// The dialog, which is there while something is asked; `yes` is called with what the person wants to go.
pub fn sure(shown: Shown, yes: Box<dyn Fn(Part)>) -> AnyView {
    let dialog = NodeRef::<leptos::html::Dialog>::new();
    let is_asked = Memo::new(move |_| shown.now.with(|now| now.asked.is_some()));
    Effect::new(move || {
        let (Some(dialog), is_asked) = (dialog.get(), is_asked.get()) else { return };
        match is_asked {
            // One that is open already is what is wanted.
            true => drop(dialog.show_modal()),
            false => dialog.close(),
        }
    });
    let end = move || {
        let asked = shown.now.with_untracked(|now| now.asked.clone());
        if asked.is_some() {
            shown.now.update(|now| now.asked = None);
        }
        asked
    };
    let keep = move || drop(end());
    let forget = move || {
        if let Some(asked) = end() {
            yes(asked.part);
        }
    };
    let is_off = Signal::derive(|| false);
    let answers = beside(vec![button("keep", "diaryNo", is_off, keep), button("forget", "diaryYes", is_off, forget)]);
    let title = live(move || shown.now.with(|now| now.asked.iter().map(|asked| title(asked).into_any()).collect()));
    let told = live(move || shown.now.with(|now| now.asked.as_ref().map(says).unwrap_or_default()));
    view! { <dialog node_ref=dialog aria-labelledby="sure" on:close=move |_| keep()><h2 id="sure">{title}</h2>{told}{answers}</dialog> }
        .into_any()
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
fn says(asked: &Asked) -> Vec<AnyView> {
    let Asked { part, amount: Amount { span, sites, pages, requests, items, seconds, aside } } = asked;
    let minutes = u32::try_from(seconds.div_ceil(60)).unwrap_or(u32::MAX);
    let sites = if matches!(part, Part::Site(_)) { 0 } else { *sites };
    let mut rows = Vec::new();
    if let Some(Span { from, to }) = *span {
        let last = to.saturating_sub(1);
        let days = if last == from { named(from) } else { words_of("dashboardSpan", &[&named(from), &named(last)]) };
        rows.push((words("dashboardDays"), days));
    }
    for (key, count) in [
        ("dashboardSites", sites),
        ("diaryPages", *pages),
        ("diaryRequests", *requests),
        ("dashboardItems", *items),
        ("dashboardMinutes", minutes),
        ("diaryAsideCount", *aside),
    ] {
        if count > 0 {
            rows.push((words(key), number(count)));
        }
    }
    let mut told = Vec::new();
    // A day that was summed up goes with those that it was summed up with.
    if matches!(part, Part::Day(_)) && span.is_some_and(|span| span.to - span.from > 1) {
        told.push(notice(words("diaryWider")));
    }
    told.extend([hint(words("diaryGoes")), table("", rows), hint(words("diaryGone"))]);
    told
}
