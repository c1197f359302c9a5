//! The head of the popup: who tracked the person here and what became of it, what the feed here is made of and who put it
//! there, and the ways to more.
//!
//! Parts of a feed are those that the platform states; what it does not state is a part of its own. What this deliberately
//! does not do: draw a bar of nothing, or count what nobody saw.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use super::browser::{Browser, counted, lent, list, number, words, words_of, words_with};
use super::dashboard::route::{Range, Route, Subject};
use super::feed::{Found, Made};
use super::trackers;
use crate::api::background::TabReport;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(method, js_name = openPanel)]
    fn open_panel(this: &Browser);
}

/// So many companies are named; of the others it is said how many they are.
const NAMED: usize = 3;

/// The head of the popup.
#[component]
pub fn Glance(
    /// What the background answered: none before it did, none inside if it could not.
    report: RwSignal<Option<Option<TabReport>>>,
    /// What the tab answered: none before it did, none inside if it has no feed.
    found: RwSignal<Option<Option<Found>>>,
    /// Whether all sites may be read.
    may: RwSignal<Option<bool>>,
) -> impl IntoView {
    let site = Memo::new(move |_| report.get().flatten().map(|it| it.site).unwrap_or_default());
    let open = |_| {
        if let Some(browser) = lent() {
            browser.open_panel();
        }
    };
    let in_diary = move || {
        let site = site.get();
        let href = format!("dashboard.html{}", of_site(&site, Range::Week));
        (!site.is_empty()).then(|| view! { <a href=href target="_blank">{words("glanceSite")}</a> })
    };
    view! {
        <section aria-labelledby="glance">
            <h2 id="glance">{words("glanceTitle")}</h2>
            {move || report.get().map(|report| trackers::told(report.as_ref(), may.get() != Some(false)))}
            {move || report.get().flatten().map(|report| met(&report))}
            {move || found.get().flatten().filter(Found::is_read).map(|found| made(&found))}
            <p class="answers">
                <button type="button" on:click=open>{words("glancePanel")}</button>
                {in_diary}
            </p>
        </section>
    }
}

/// The place of a site in the dashboard.
pub(super) fn of_site(site: &str, range: Range) -> String {
    Route { range, subject: Subject::Site(site.to_owned()), ..Route::default() }.href()
}

/// Who was asked for here, and what became of all of it.
pub(super) fn met(report: &TabReport) -> impl IntoView + use<> {
    let (named, more) = report.companies.split_at(report.companies.len().min(NAMED));
    let more = u32::try_from(more.len()).unwrap_or(u32::MAX);
    let more = (more > 0).then(|| counted("glanceMore", more, &[]));
    let names: Vec<&str> = named.iter().map(|it| it.name.as_str()).chain(more.as_deref()).collect();
    let names = (!names.is_empty()).then(|| view! { <p class="met">{list(&names)}</p> });
    view! { {names} {trackers::sum(report.counts)} }
}

/// What a feed is made of: a bar, its parts in words, and who put them there.
pub(super) fn made(found: &Found) -> Option<impl IntoView + use<>> {
    let Made { sponsored, suggested, followed, unknown } = found.made;
    let parts = [
        ("sponsored", "dashboardSponsored", sponsored),
        ("suggested", "dashboardSuggested", suggested),
        ("followed", "dashboardFollowed", followed),
        ("unstated", "dashboardUnknown", unknown),
    ];
    let all = parts.iter().fold(0, |sum: u32, (_, _, count)| sum.saturating_add(*count));
    if all == 0 {
        return None;
    }
    let mut from = 0;
    let bars = parts.map(|(class, _, count)| {
        let bar = view! { <rect class=class x=from.to_string() y="0" width=count.to_string() height="1" /> };
        from += count;
        bar
    });
    let told = parts.into_iter().filter(|(_, _, count)| *count > 0);
    let told: Vec<(&str, String)> =
        told.map(|(class, key, count)| (class, words_of("dashboardPart", &[&words(key), &number(count)]))).collect();
    let said: Vec<&str> = told.iter().map(|(_, part)| part.as_str()).collect();
    let said = format!("{}. {}", words_with("dashboardFeedOf", &found.name), list(&said));
    let told = told.into_iter().map(|(class, part)| view! { <li class=class>{part}</li> }).collect_view();
    let put = sponsored.saturating_add(suggested);
    let why = if put == 0 && followed == 0 {
        words_with("glanceNotStated", &found.name)
    } else {
        counted("glanceWhy", all, &[&number(put), &found.name])
    };
    Some(view! {
        <div class="made">
            <svg viewBox=format!("0 0 {all} 1") preserveAspectRatio="none" role="img" aria-label=said>{bars}</svg>
            <ul class="parts">{told}</ul>
            <p>{why}</p>
        </div>
    })
}
