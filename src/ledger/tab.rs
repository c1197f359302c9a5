//! The tally of one tab: which companies its page asked for, and what became of each request.
//!
//! A pure state machine. It is fed what the browser reported, already joined with what `trackers` knows, and keeps
//! counts by company and host. The same report twice changes nothing, because browsers repeat themselves (Firefox
//! reports some blocks twice, redirects come back as new requests under the old number) and because a background that
//! dies may be fed a batch again. It knows no addresses, no browser's error names and no clock.
//!
//! A page that was there before the tab was first seen says so with `not_seen` and never pretends to be complete.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};

use super::event::{Asked, End, Event, Step};
use super::sighting::{Counts, Outcome, Owner, Sighting};

/// So many requests are remembered one by one, to recognise repetitions and to settle late answers. A page rarely has
/// more tracker requests under way; what is older stays in the counts and, if it was never settled, stays not seen.
const REMEMBERED: usize = 400;

/// Firefox asks twice for what its parser saw coming: once ahead of time and, when that was stopped, once more for the
/// element (13 ms later in a run of Firefox 153, under another number). The same address and type within this many
/// milliseconds of having been stopped on the same page is that second try, and one request to the person.
const SECOND_TRY_MS: u64 = 1000;

/// So many arrivals of pages are remembered, to recognise repetitions.
const ARRIVALS: usize = 16;

/// One host of a company, on this page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostTally {
    /// The requests to this host.
    pub counts: Counts,
    /// What its part of the company does with what it learns, as a word that `_locales` explains; empty if not known.
    #[serde(default)]
    pub purpose: String,
    /// The rule that spoke first, as list and line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The name behind this host, if it is a disguise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
}

/// One company, on this page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyTally {
    /// By host.
    pub hosts: BTreeMap<String, HostTally>,
}

impl CompanyTally {
    /// The counts of all its hosts together.
    pub fn counts(&self) -> Counts {
        let mut sum = Counts::default();
        self.hosts.values().for_each(|host| sum.add(&host.counts));
        sum
    }
}

/// A request that is remembered. Once settled it only serves to recognise repetitions, and everything but its number,
/// host and outcome is dropped: all tabs' memories share the ten megabytes that browsers give to `storage.session`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Hop {
    id: String,
    host: String,
    outcome: Outcome,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    open: Option<Open>,
    /// When it started, and its mark, if it was stopped on the page that is shown now: a second try may follow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stopped: Option<(u64, u32)>,
}

/// What is needed to settle a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Open {
    company: Owner,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    alias: Option<String>,
    rule: Option<String>,
    site: String,
    day: u32,
    at: u64,
    mark: u32,
    /// Whether it is in the counts yet.
    counted: bool,
    /// Whether it belongs to the page that is shown now; after a navigation old requests still end.
    here: bool,
}

/// The tally of the page in one tab, and the requests that may still be reported on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tab {
    /// The page's host; empty before anything is known of it.
    pub host: String,
    /// The page's site.
    pub site: String,
    /// True if and only if the page was there before we began to watch, so that counts are a part of the truth.
    pub not_seen: bool,
    /// Who was asked for, by company name.
    pub companies: BTreeMap<String, CompanyTally>,
    arrivals: VecDeque<String>,
    recent: VecDeque<Hop>,
}

impl Tab {
    /// Takes in one report and says what it changed for the sums, if anything.
    pub fn take(&mut self, event: Event) -> Option<Step> {
        match event {
            Event::Arrived { request, host, site } => {
                self.arrive(request, host, site);
                None
            }
            Event::Started { id, page, asked } => self.start(id, page, asked),
            Event::Ended { id, host, end } => self.settle(&id, &host, end),
        }
    }

    /// How many requests of this page our rules stopped.
    pub fn stopped(&self) -> u32 {
        self.companies.values().fold(0, |sum, company| sum.saturating_add(company.counts().stopped))
    }

    /// Returns true if and only if the end of this request at this host is still awaited.
    pub fn awaits(&self, id: &str, host: &str) -> bool {
        self.recent.iter().any(|hop| hop.open.is_some() && hop.id == id && hop.host == host)
    }

    /// Returns true if and only if the arrival of a page with this request is known already.
    pub fn knows_arrival(&self, request: &str) -> bool {
        self.arrivals.iter().any(|it| it == request)
    }

    fn arrive(&mut self, request: String, host: String, site: String) {
        if self.arrivals.contains(&request) {
            return;
        }
        let mut arrivals = std::mem::take(&mut self.arrivals);
        if arrivals.len() >= ARRIVALS {
            arrivals.pop_front();
        }
        arrivals.push_back(request);
        *self = Tab { host, site, arrivals, recent: std::mem::take(&mut self.recent), ..Tab::default() };
        for hop in &mut self.recent {
            hop.stopped = None;
            if let Some(open) = &mut hop.open {
                open.here = false;
            }
        }
    }

    fn start(&mut self, id: String, page: Option<(String, String)>, asked: Asked) -> Option<Step> {
        if self.recent.iter().any(|hop| hop.id == id && hop.host == asked.host) {
            return None;
        }
        if self.arrivals.is_empty() && self.host.is_empty() {
            // The first we hear of this tab is not the arrival of a page: it was there before us.
            self.not_seen = true;
            if let Some((host, site)) = &page {
                (self.host, self.site) = (host.clone(), site.clone());
            }
        }
        // A page that is being left may still send beacons: they are its own, not the new page's.
        let (here, site) = match page {
            Some((host, site)) => (host == self.host, site),
            None => (true, self.site.clone()),
        };
        if let Some(outcome) = self.tried_before(&asked).filter(|_| here) {
            self.remember(Hop { id, host: asked.host, outcome, open: None, stopped: None });
            return None;
        }
        let Asked { company, host, alias, rule, notable: counted, day, at, mark } = asked;
        let open = Open { company, alias, rule, site, day, at, mark, counted, here };
        let step = counted.then(|| self.write(&host, &open, true, Outcome::NotSeen));
        self.remember(Hop { id, host, outcome: Outcome::NotSeen, open: Some(open), stopped: None });
        step
    }

    /// How the first try of this request was stopped, if this is the second.
    fn tried_before(&self, asked: &Asked) -> Option<Outcome> {
        let first = self.recent.iter().find(|hop| {
            hop.stopped.is_some_and(|(at, mark)| mark == asked.mark && asked.at.abs_diff(at) < SECOND_TRY_MS)
        })?;
        Some(first.outcome)
    }

    /// Puts the end of a request into the counts. An end that is known is never taken back.
    fn settle(&mut self, id: &str, host: &str, end: End) -> Option<Step> {
        let hop = self.recent.iter_mut().find(|hop| hop.id == id && hop.host == host)?;
        let open = hop.open.as_ref()?;
        let outcome = match (end, &open.rule) {
            (End::Broken, _) => return None,
            (End::Reached, _) => Outcome::LetThrough,
            (End::Blocked, Some(_)) => Outcome::Stopped,
            (End::Blocked, None) | (End::BlockedElsewhere, _) => Outcome::StoppedByOthers,
        };
        hop.outcome = outcome;
        let open = hop.open.take()?;
        hop.stopped = (open.here && outcome != Outcome::LetThrough).then_some((open.at, open.mark));
        // A request to somebody unknown is worth telling of only because it was stopped.
        let worth_telling = open.counted || outcome == Outcome::StoppedByOthers;
        worth_telling.then(|| self.write(host, &open, !open.counted, outcome))
    }

    /// Writes the beginning of a request, its end, or both at once into the counts of this page.
    fn write(&mut self, host: &str, open: &Open, begun: bool, outcome: Outcome) -> Step {
        if open.here {
            let company = self.companies.entry(open.company.name.clone()).or_default();
            let tally = company.hosts.entry(host.to_owned()).or_default();
            if tally.purpose.is_empty() {
                tally.purpose.clone_from(&open.company.purpose);
            }
            if tally.rule.is_none() {
                tally.rule.clone_from(&open.rule);
            }
            if tally.alias.is_none() {
                tally.alias.clone_from(&open.alias);
            }
            if begun {
                tally.counts.begin();
            }
            tally.counts.settle(outcome);
        }
        let sighting =
            Sighting { company: open.company.clone(), host: host.to_owned(), site: open.site.clone(), outcome };
        Step { day: open.day, begun, sighting }
    }

    /// Forgets the oldest settled request first: one that still runs has an end to come.
    fn remember(&mut self, hop: Hop) {
        if self.recent.len() >= REMEMBERED {
            let settled = self.recent.iter().position(|hop| hop.open.is_none());
            self.recent.remove(settled.unwrap_or(0));
        }
        self.recent.push_back(hop);
    }
}

#[cfg(test)]
mod tests;
