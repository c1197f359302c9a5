//! The popup's first part: the switches for de-ranking, how much is done, what was found here.
//!
//! It keeps no settings of its own: how a choice is written stands in `choices`, with the rows for each group of kinds,
//! which stay closed here until they are wanted. On a page without a feed that is read, it says so, and offers only what
//! holds everywhere.

use leptos::prelude::*;
use serde::Deserialize;

use super::browser::{day, key, number, words, words_of, words_with};
use super::choices::{Groups, Levels, change};
use super::offer::Offer;
use super::report::Report;
use super::switch::Switch;
use crate::api::settings::Settings;

/// What a tab's content script answers; see `extension/types.d.ts`.
#[derive(Clone, Debug, Deserialize)]
pub struct Found {
    #[serde(default)]
    site: Option<String>,
    #[serde(default)]
    pub(super) name: String,
    #[serde(default)]
    active: bool,
    #[serde(default)]
    items: u32,
    #[serde(default)]
    found: Vec<FoundKind>,
    /// What the items are.
    #[serde(default)]
    pub(super) made: Made,
    #[serde(default)]
    health: String,
    #[serde(default)]
    since: Option<i32>,
    #[serde(default)]
    links: Vec<Link>,
    /// Whether it has previews that play by themselves.
    #[serde(default)]
    previews: bool,
}

/// How many items are of each part of a feed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Made {
    /// Paid for.
    pub sponsored: u32,
    /// Put there by the platform.
    pub suggested: u32,
    /// From whom the person follows.
    pub followed: u32,
    /// The platform does not state it.
    pub unknown: u32,
}

impl Found {
    /// True if and only if there is a feed that can be read.
    pub(super) fn is_read(&self) -> bool {
        self.active && self.site.is_some() && self.health == "ok"
    }
}

/// A page of the platform's own.
#[derive(Clone, Debug, Deserialize)]
struct Link {
    purpose: String,
    url: String,
    /// From where the person may choose to be led there.
    #[serde(default)]
    from: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
struct FoundKind {
    kind: String,
    act: String,
    count: u32,
}

/// The feed's part of the popup.
#[component]
pub fn Feed(
    /// The settings, as they are stored.
    settings: RwSignal<Settings>,
    /// What the tab answered: none before it did, none inside if it has no feed.
    found: RwSignal<Option<Option<Found>>>,
    /// Whether all sites may be read.
    may: RwSignal<Option<bool>>,
    /// Asks the tab again.
    again: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let here = move || found.get().flatten().filter(|found| found.active && found.site.is_some());
    let site = Memo::new(move |_| here().and_then(|found| found.site));
    let name = move || here().map(|found| found.name).unwrap_or_default();
    let site_switch = move || {
        site.get().map(|site| {
            let shown = site.clone();
            let on = Signal::derive(move || settings.with(|s| s.deranks(&shown)));
            let label = Signal::derive(move || words_with("popupDerankHere", &name()));
            view! {
                <Switch label on choose=move |on| {
                    let site = site.clone();
                    change(settings, move |s| s.choose_site(&site, on));
                } />
            }
        })
    };
    let followed_switch = move || {
        site.get().map(|site| {
            let shown = site.clone();
            let on = Signal::derive(move || settings.with(|s| s.wants_followed_only(&shown)));
            let label = Signal::derive(move || words_with("popupFollowedOnly", &name()));
            view! {
                <Switch label on choose=move |on| {
                    let site = site.clone();
                    change(settings, move |s| s.choose_followed_only(&site, on));
                } />
            }
        })
    };
    let still_switch = move || {
        let found = here().filter(|found| found.previews)?;
        let site = found.site?;
        let shown = site.clone();
        let on = Signal::derive(move || settings.with(|s| s.wants_still(&shown)));
        let choose = move |on| {
            let site = site.clone();
            change(settings, move |s| s.choose_still(&site, on));
        };
        Some(view! { <Switch label=Signal::stored(words_with("popupStill", &found.name)) on choose /> })
    };
    let everywhere = Signal::derive(move || settings.with(|s| s.derank));
    let heading = move || match here() {
        Some(found) => words_with("popupFeedOf", &found.name),
        None => words("popupFeed"),
    };
    let deranks = move || settings.with(|s| site.get().map_or(s.derank, |site| s.deranks(&site)));
    let hint = move || words(if deranks() { "popupDerankOnHint" } else { "popupDerankOffHint" });
    view! {
        <section aria-labelledby="feed">
            <h2 id="feed">{heading}</h2>
            {move || found.get().map(|found| told(found.as_ref(), may.get() != Some(false)))}
            <Offer again />
            <div class="rows">
                {site_switch}
                {followed_switch}
                {still_switch}
                <Switch
                    label=Signal::derive(|| words("popupDerankEverywhere"))
                    on=everywhere
                    choose=move |on| change(settings, move |s| s.derank = on)
                />
                <Levels settings />
                <Switch
                    label=Signal::derive(|| words("popupComments"))
                    on=Signal::derive(move || settings.with(|s| s.comments))
                    choose=move |on| change(settings, move |s| s.comments = on)
                />
                <p class="quiet hint">{words("popupCommentsHint")}</p>
            </div>
            {move || here().filter(|found| !found.links.is_empty()).map(|found| own_pages(settings, &found))}
            <details class="kinds">
                <summary>{words("popupKinds")}</summary>
                <p class="quiet">{hint}</p>
                <Groups settings />
            </details>
        </section>
    }
}

/// Pages of the platform's own, which open in a tab and nowhere else.
fn own_pages(settings: RwSignal<Settings>, found: &Found) -> impl IntoView + use<> {
    let rows = found
        .links
        .iter()
        .map(|Link { purpose, url, from }| {
            let label = words(&key("link", purpose));
            let leads = found.site.clone().filter(|_| !from.is_empty());
            let lead = leads.map(|site| lead_switch(settings, site, &found.name));
            view! { <li><a href=url.clone() target="_blank" rel="noreferrer">{label}</a>{lead}</li> }
        })
        .collect_view();
    view! {
        <details class="pages">
            <summary>{words_with("popupOwnPages", &found.name)}</summary>
            <ul>{rows}</ul>
        </details>
    }
}

/// The switch by which the front page of a site leads to what the person follows.
fn lead_switch(settings: RwSignal<Settings>, site: String, name: &str) -> impl IntoView + use<> {
    let label = words_with("popupFollowingKept", name);
    let shown = site.clone();
    let on = Signal::derive(move || settings.with(|s| s.wants_following(&shown)));
    let choose = move |on| {
        let site = site.clone();
        change(settings, move |s| s.choose_following(&site, on));
    };
    view! { <Switch label=Signal::stored(label) on choose /> }
}

/// What was found on this page, or why nothing can be said of it.
pub(super) fn told(found: Option<&Found>, may: bool) -> AnyView {
    let Some(found) = found.filter(|found| found.active && found.site.is_some()) else {
        // Who may not look does not know that there is none.
        let told = words(if may { "popupNoFeed" } else { "popupFeedNotKnown" });
        return view! { <p class="quiet">{told}</p> }.into_any();
    };
    match found.health.as_str() {
        "unreadable" => {
            let told = match found.since {
                Some(since) => words_of("popupUnreadableSince", &[&found.name, &day(since)]),
                None => words_with("popupUnreadable", &found.name),
            };
            return view! {
                <p class="notice">{told}</p>
                <Report />
            }
            .into_any();
        }
        "empty" => {
            return view! {
                <p class="quiet">{words_with("popupEmpty", &found.name)}</p>
                <Report />
            }
            .into_any();
        }
        "resting" => return view! { <p class="quiet">{words("popupResting")}</p> }.into_any(),
        _ => {}
    }
    let rows = found
        .found
        .iter()
        .map(|row| {
            let kind = words(&key("kind", &row.kind));
            let act = words(&key("actDone", &row.act));
            view! { <li class="found">{kind} " " <b>{number(row.count)}</b> " " <span class="quiet">{act}</span></li> }
        })
        .collect_view();
    view! {
        <p class="quiet">{words_with("popupItemsRead", &number(found.items))}</p>
        <ul class="tally">{rows}</ul>
    }
    .into_any()
}
