//! The panel's last part: what the person's diary holds of the site in front, from its first day on, and the way to all of it.
//!
//! What is not kept is said, and is never a zero. In a private window nothing of it is shown, for it tells of other windows.

use leptos::prelude::*;

use super::super::browser::{day, number, words, words_with};
use super::super::dashboard::bars::minutes;
use super::super::dashboard::route::Range;
use super::super::{glance, trackers};
use crate::api::background::CountsReport;
use crate::api::diary::{Grain, OfSite, Span, of_site};
use crate::web::diary;

/// What the diary holds of a site; none if it cannot be read.
pub type Kept = Option<OfSite>;

/// So many companies are listed; the dashboard has all.
const LISTED: usize = 8;

/// Reads what is kept of a site.
pub(super) async fn kept(site: &str) -> Kept {
    let read = diary::read(Span::ALL, Some(site)).await.ok()?;
    Some(of_site(&read.book, Span::ALL, Grain::Month, site))
}

/// What the diary holds of the site in front.
#[component]
pub fn Diary(
    /// The site; empty if the tab shows no page of the web.
    site: Memo<String>,
    /// What is kept of it: none while that is not known.
    kept: RwSignal<Option<Kept>>,
    /// Whether the window is private.
    is_private: RwSignal<bool>,
) -> impl IntoView {
    let told = move || {
        if is_private.get() {
            return Some(view! { <p class="quiet">{words("panelPrivate")}</p> }.into_any());
        }
        Some(match kept.get()? {
            None => view! { <p class="notice">{words("dashboardUnread")}</p> }.into_any(),
            Some(view) => of(&view),
        })
    };
    view! {
        <Show when=move || !site.get().is_empty()>
            <section aria-labelledby="diary">
                <h2 id="diary">{move || words_with("panelDiary", &site.get())}</h2>
                {told}
            </section>
        </Show>
    }
}

fn of(view: &OfSite) -> AnyView {
    let Some(since) = view.since else { return view! { <p class="quiet">{words("panelNothingKept")}</p> }.into_any() };
    let many = |count: u64| number(u32::try_from(count).unwrap_or(u32::MAX));
    let lines = [
        Some(words_with("panelSince", &day(i32::try_from(since).unwrap_or_default()))),
        Some(words_with("panelPages", &many(view.pages))),
        (view.seconds > 0).then(|| words_with("dashboardMinutesOn", &number(minutes(view.seconds)))),
        Some(words_with("dashboardCompaniesMet", &many(view.companies.len() as u64))),
    ];
    let lines = lines.into_iter().flatten().map(|line| view! { <li>{line}</li> }).collect_view();
    let companies = view.companies.iter().take(LISTED).map(|it| {
        let requests = CountsReport::from(it.counts);
        view! { <li><h3>{it.company.clone()}</h3> {trackers::sum(requests)}</li> }
    });
    let companies = companies.collect_view();
    let href = format!("dashboard.html{}", glance::of_site(&view.site, Range::Year));
    view! {
        <ul class="facts">{lines}</ul>
        {trackers::sum(view.counts.into())}
        <ul class="companies">{companies}</ul>
        <p><a href=href target="_blank">{words("glanceSite")}</a></p>
    }
    .into_any()
}
