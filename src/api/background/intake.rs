//! Takes in reports: joins each with what is known of it, hands it to the tally of its tab, and tells what changed.
//!
//! A page's service worker serves all tabs of its origin and belongs to none, so browsers report its requests without
//! a tab. They are counted for the one tab that shows a page of that origin; where there are several or none, nobody
//! can say for whom the worker asked, and they are not counted.

use std::collections::BTreeSet;

use super::known::{Known, Knows, Question};
use super::names::NAMES;
use super::{Background, Badge, Batch, Changes, Observed, observed};
use crate::ledger::{Asked, End, Event, Owner};

impl<T: Knows> Background<T> {
    /// Takes in reports in the order in which the browser made them: a request that comes before its page would be
    /// counted for the page before.
    pub fn saw(&mut self, batch: &Batch) -> Changes {
        let mut touched_tabs = BTreeSet::new();
        let mut changes = Changes::default();
        let mut events: Vec<&Observed> = batch.events.iter().collect();
        // What was made at the same moment stays as it came.
        events.sort_by(|one, other| one.at().total_cmp(&other.at()));
        for observed in events {
            if matches!(observed, Observed::Cookies { .. }) {
                changes.learned |= self.learn_from(observed, batch.zone);
                continue;
            }
            let Some(number) = self.tab_of(observed) else { continue };
            if matches!(observed, Observed::Closed { .. }) {
                if self.tabs.remove(&number).is_some() {
                    changes.gone.push(format!("tab:{number}"));
                }
                self.leave(number, "", &mut changes);
                touched_tabs.remove(&number);
                continue;
            }
            let Some(event) = self.event(observed, number, batch.zone) else { continue };
            if let Event::Arrived { site, .. } = &event {
                self.leave(number, site, &mut changes);
            }
            // An end without a beginning is no reason to know a tab, nor to store it again.
            let ends = matches!(event, Event::Ended { .. });
            if ends && !self.tabs.contains_key(&number) {
                continue;
            }
            let watched = self.tabs.entry(number).or_default();
            watched.private |= observed.private() == Some(true);
            let arrival = match &event {
                Event::Arrived { request, site, .. } if !watched.tab.knows_arrival(request) => Some(site.clone()),
                _ => None,
            };
            let step = watched.tab.take(event);
            if step.is_some() || !ends {
                touched_tabs.insert(number);
            }
            if watched.private {
                continue;
            }
            if let Some(site) = arrival {
                self.notes.arrived(observed::day(observed.at(), batch.zone), &site);
            }
            if let Some(step) = step {
                self.notes.append(&step);
            }
        }
        for number in touched_tabs {
            let Some(watched) = self.tabs.get(&number) else { continue };
            changes.badges.push(Badge { tab: number, text: badge(watched.tab.stopped()) });
            if let Ok(value) = serde_json::to_value(watched) {
                changes.session.insert(format!("tab:{number}"), value);
            }
        }
        changes.diary = self.notes.has_unsaved();
        if let Some(kept) = self.guard.names.unsaved() {
            changes.session.insert(NAMES.to_owned(), kept);
        }
        changes
    }

    /// What was let through in a tab ends where the tab leaves the site, or is closed.
    fn leave(&mut self, number: i32, site: &str, changes: &mut Changes) {
        if self.guard.exceptions.get(&number).is_some_and(|it| it.site != site) {
            self.guard.exceptions.remove(&number);
            changes.gone.push(format!("through:{number}"));
            changes.plan = true;
        }
    }

    /// The tab that a report is about; none if it is about nobody's.
    fn tab_of(&self, observed: &Observed) -> Option<i32> {
        if observed.tab() >= 0 {
            return Some(observed.tab());
        }
        match observed {
            Observed::Start { frame, .. } => {
                let (host, _) = self.trackers.place(frame)?;
                let mut of_origin = self.tabs.iter().filter(|(_, watched)| watched.tab.host == host);
                let (number, watched) = of_origin.next()?;
                let fits = observed.private().is_none_or(|private| private == watched.private);
                (fits && of_origin.next().is_none()).then_some(*number)
            }
            Observed::Redirect { id, url, .. } | Observed::Failed { id, url, .. } | Observed::Done { id, url, .. } => {
                let (host, _) = self.trackers.place(url)?;
                self.tabs.iter().find(|(_, watched)| watched.tab.awaits(id, &host)).map(|(number, _)| *number)
            }
            Observed::Page { .. } | Observed::Cookies { .. } | Observed::Closed { .. } => None,
        }
    }

    /// Joins a report with what `trackers` knows.
    fn event(&self, observed: &Observed, number: i32, zone: i32) -> Option<Event> {
        let event = match observed {
            Observed::Page { id, url, .. } => {
                let (host, site) = self.trackers.place(url)?;
                Event::Arrived { request: id.clone(), host, site }
            }
            Observed::Start { tab, id, url, frame, page, kind, at, .. } => {
                let page = page.as_deref().and_then(|page| self.trackers.place(page));
                let top = page.as_ref().map_or_else(|| self.shown(*tab), |(host, _)| host.as_str());
                // `as` saturates, and no time at all becomes 0.
                let now = *at as u64;
                let question = Question { url, frame, page: top, kind, ..Question::default() };
                let judged = self.guard.judge(&self.trackers, number, question, now)?;
                let known = judged.known;
                // What stays at home is nobody watching, and most of all requests: it is not remembered at all.
                if !known.leaves && known.rule.is_none() {
                    return None;
                }
                let notable = known.rule.is_some() || known.company.is_some();
                let company =
                    known.company.unwrap_or_else(|| Owner { name: known.site.clone(), purpose: String::new() });
                let Known { host, rule, .. } = known;
                let (day, mark) = (observed::day(*at, zone), observed::mark(url, kind));
                let asked = Asked { company, host, alias: judged.alias, rule, notable, day, at: now, mark };
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
            Observed::Cookies { .. } | Observed::Closed { .. } => return None,
        };
        Some(event)
    }
}

fn badge(stopped: u32) -> String {
    if stopped == 0 { String::new() } else { stopped.to_string() }
}
