//! How much is kept and what room it takes, and what is wrong with it, if anything is.
//!
//! Folded days are told as what they became. What could not be read lies aside, and is saved or thrown away here; nothing is
//! mended.

use leptos::prelude::*;

use super::super::browser::{number, words, words_of, words_with};
use super::super::diary_file;
use super::super::parts::{beside, button, live, notice, table};
use super::super::speech::{lasting, size};
use super::files::save;
use super::kept::{Known, Shown, Told};
use super::sure::named;
use crate::api::diary::{Ages, Period};

/// The part.
pub fn room(shown: Shown) -> Vec<AnyView> {
    let wrong = live(move || shown.known.with(|known| wrong(shown, known)));
    let wrong = view! { <div role="status">{wrong}</div> }.into_any();
    vec![wrong, live(move || vec![table("room", shown.known.with(rows))])]
}

fn rows(known: &Known) -> Vec<(String, String)> {
    let (mut days, mut weeks, mut months) = (0u32, 0u32, 0u32);
    let mut since: Option<u32> = None;
    for period in known.kept.sheets.keys() {
        match period {
            Period::Day(_) => days += 1,
            Period::Week(_) => weeks += 1,
            Period::Month(_) => months += 1,
        }
        let first = period.days().0;
        since = Some(since.map_or(first, |since| since.min(first)));
    }
    let mut rows = Vec::new();
    if let Some(since) = since {
        rows.push((words("diarySince"), named(since)));
    }
    for (key, count) in [("diaryDays", days), ("diaryWeeks", weeks), ("diaryMonths", months)] {
        rows.push((words(key), number(count)));
    }
    rows.push((words("diarySize"), size(known.kept.size as f64)));
    if let Some([used, may]) = known.room {
        rows.push((words("diaryRoomAll"), words_of("diaryUsed", &[&size(used), &size(may)])));
    }
    rows
}

/// What is wrong.
fn wrong(shown: Shown, known: &Known) -> Vec<AnyView> {
    let mut wrong = Vec::new();
    let Some(report) = &known.report else { return wrong };
    if !report.open {
        wrong.push(notice(words("dashboardUnread")));
    }
    if report.full {
        wrong.push(notice(words_with("diaryFull", &lasting(Ages::SHORT.days))));
    }
    if report.aside > 0 {
        wrong.push(notice(words_with("diaryAside", &number(report.aside))));
        wrong.push(beside(vec![
            button("aside-save", "diaryAsideSave", shown.is_busy, move || save(shown, "damaged")),
            button("aside-throw", "diaryAsideThrow", shown.is_busy, move || throw(shown)),
        ]));
    }
    wrong
}

/// Throws away what lies aside.
fn throw(shown: Shown) {
    shown.go("diaryBusy", async move {
        match diary_file::throw_damaged().await {
            Ok(()) => shown.look().await,
            Err(error) => Some(Told::Trouble(words_with("diaryFailed", &error.as_string().unwrap_or_default()))),
        }
    });
}
