//! What the background asks of the core: take in what the browser reported, tell of a tab, tell of a site.
//!
//! Here `trackers` and `ledger` meet: a report carries an address, `trackers` says whose it is and which rule speaks,
//! and `ledger` counts it. The state lives in a [`Background`] value; what has to be stored comes out under the very
//! keys it is stored under and goes in again at the next start, because browsers stop a background after half a
//! minute. Private windows are counted for the tab that is open and never written into the days.
//!
//! Not counted: requests without a tab (a page's service worker), because nobody says whose page they serve.

mod known;
mod observed;
mod report;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use known::{Known, Knows, Question};
pub use observed::{Batch, Observed};
pub use report::{CompanyReport, CountsReport, HostReport, RuleReport, SiteReport, TabReport};

use crate::ledger::site_day::Day;
use crate::ledger::{Asked, End, Event, Owner, SiteDays, Tab};
use crate::pack::PackError;

use super::requests::Requests;

/// The background as it runs in the browser.
pub type Loaded = Background<Requests<'static>>;

/// Opens the pack and wakes up with what was stored before. The pack is kept for as long as the background lives.
///
/// # Errors
/// Says what is wrong with the pack; a damaged store is no error.
pub fn open(pack: Vec<u8>, saved: Saved) -> Result<Loaded, PackError> {
    Ok(Background::new(Requests::open(pack.leak())?, saved))
}

/// A tab as it is kept and stored.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Watched {
    tab: Tab,
    private: bool,
}

/// What was stored, by key. Foreign text like any other: an entry that cannot be read is left out.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Saved {
    /// From `storage.session`: `tab:12`.
    #[serde(default)]
    pub session: BTreeMap<String, serde_json::Value>,
    /// From `storage.local`: `day:20779`.
    #[serde(default)]
    pub local: BTreeMap<String, serde_json::Value>,
}

/// What a batch of reports changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Changes {
    /// The text for the badges of these tabs.
    pub badges: Vec<Badge>,
    /// To be written into `storage.session`, by key.
    pub session: BTreeMap<String, serde_json::Value>,
    /// To be removed from `storage.session`.
    pub gone: Vec<String>,
    /// To be written into `storage.local`, by key.
    pub local: BTreeMap<String, serde_json::Value>,
}

/// The number on the toolbar button of one tab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Badge {
    /// The tab.
    pub tab: i32,
    /// How many requests our rules stopped; empty for none, so that it never shows a zero that may mean "unknown".
    pub text: String,
}

/// The background's memory.
pub struct Background<T> {
    trackers: T,
    tabs: BTreeMap<i32, Watched>,
    days: SiteDays,
}

impl<T: Knows> Background<T> {
    /// Wakes up with what was stored before.
    pub fn new(trackers: T, saved: Saved) -> Background<T> {
        let mut tabs = BTreeMap::new();
        for (key, value) in saved.session {
            let number = key.strip_prefix("tab:").and_then(|n| n.parse().ok());
            if let (Some(number), Ok(watched)) = (number, serde_json::from_value::<Watched>(value)) {
                tabs.insert(number, watched);
            }
        }
        let mut days = SiteDays::default();
        for (key, value) in saved.local {
            let number = key.strip_prefix("day:").and_then(|n| n.parse().ok());
            if let (Some(number), Ok(day)) = (number, serde_json::from_value::<Day>(value)) {
                days.merge(number, &day);
            }
        }
        Background { trackers, tabs, days }
    }

    /// Takes in reports in the order in which the browser made them.
    pub fn saw(&mut self, batch: &Batch) -> Changes {
        let mut touched_tabs = std::collections::BTreeSet::new();
        let mut touched_days = std::collections::BTreeSet::new();
        let mut changes = Changes::default();
        for observed in &batch.events {
            let number = observed.tab();
            if number < 0 {
                continue;
            }
            if matches!(observed, Observed::Closed { .. }) {
                if self.tabs.remove(&number).is_some() {
                    changes.gone.push(format!("tab:{number}"));
                }
                touched_tabs.remove(&number);
                continue;
            }
            let Some(event) = self.event(observed, batch.zone) else { continue };
            // An end without a beginning is no reason to know a tab, nor to store it again.
            let ends = matches!(event, Event::Ended { .. });
            if ends && !self.tabs.contains_key(&number) {
                continue;
            }
            let watched = self.tabs.entry(number).or_default();
            watched.private |= observed.private();
            let step = watched.tab.take(event);
            if step.is_some() || !ends {
                touched_tabs.insert(number);
            }
            if let Some(step) = step.filter(|step| !watched.private && !step.sighting.site.is_empty()) {
                self.days.append(&step);
                touched_days.insert(step.day);
            }
        }
        for number in touched_tabs {
            let Some(watched) = self.tabs.get(&number) else { continue };
            changes.badges.push(Badge { tab: number, text: badge(watched.tab.stopped()) });
            if let Ok(value) = serde_json::to_value(watched) {
                changes.session.insert(format!("tab:{number}"), value);
            }
        }
        for number in touched_days {
            if let Some(value) = self.days.day(number).and_then(|day| serde_json::to_value(day).ok()) {
                changes.local.insert(format!("day:{number}"), value);
            }
        }
        changes
    }

    /// What is known of the page that the tab shows at `url`.
    pub fn tab(&self, number: i32, url: &str) -> TabReport {
        let here = self.trackers.place(url);
        let Some((host, site)) = here else { return TabReport::nothing_to_watch() };
        match self.tabs.get(&number).map(|watched| &watched.tab) {
            // Another page than the one we counted for (out of the browser's memory of pages, for one) was not seen.
            Some(tab) if tab.host == host => TabReport::of(tab, &self.trackers),
            _ => TabReport::not_seen(site),
        }
    }

    /// What is known of a site over the days that were loaded.
    pub fn site(&self, host: &str) -> SiteReport {
        let site = self.trackers.place(&format!("https://{host}/")).map_or_else(|| host.to_owned(), |(_, site)| site);
        SiteReport::of(site.clone(), self.days.site(&site), &self.trackers)
    }

    /// Joins a report with what `trackers` knows.
    fn event(&self, observed: &Observed, zone: i32) -> Option<Event> {
        let event = match observed {
            Observed::Page { id, url, .. } => {
                let (host, site) = self.trackers.place(url)?;
                Event::Arrived { request: id.clone(), host, site }
            }
            Observed::Start { tab, id, url, frame, page, kind, at, .. } => {
                let page = page.as_deref().and_then(|page| self.trackers.place(page));
                let shown = self.tabs.get(tab).map_or("", |watched| watched.tab.host.as_str());
                let top = page.as_ref().map_or(shown, |(host, _)| host.as_str());
                let known = self.trackers.about(Question { url, frame, page: top, kind, ..Question::default() })?;
                // What stays at home is nobody watching, and most of all requests: it is not remembered at all.
                if !known.leaves && known.rule.is_none() {
                    return None;
                }
                let notable = known.rule.is_some() || known.company.is_some();
                let company =
                    known.company.unwrap_or_else(|| Owner { name: known.site.clone(), purpose: String::new() });
                let Known { host, rule, .. } = known;
                let (day, mark) = (observed::day(*at, zone), observed::mark(url, kind));
                // `as` saturates, and no time at all becomes 0.
                let asked = Asked { company, host, rule, notable, day, at: *at as u64, mark };
                Event::Started { id: id.clone(), page, asked }
            }
            Observed::Redirect { id, url, to, .. } => {
                let (host, _) = self.trackers.place(url)?;
                let end = match self.trackers.place(to) {
                    Some((next, _)) if next == host => return None,
                    Some(_) => End::Reached,
                    None => End::Blocked,
                };
                Event::Ended { id: id.clone(), host, end }
            }
            Observed::Failed { id, url, error, .. } => {
                let (host, _) = self.trackers.place(url)?;
                Event::Ended { id: id.clone(), host, end: observed::end(error) }
            }
            Observed::Done { id, url, .. } => {
                let (host, _) = self.trackers.place(url)?;
                Event::Ended { id: id.clone(), host, end: End::Reached }
            }
            Observed::Closed { .. } => return None,
        };
        Some(event)
    }
}

fn badge(stopped: u32) -> String {
    if stopped == 0 { String::new() } else { stopped.to_string() }
}

#[cfg(test)]
mod tests;
