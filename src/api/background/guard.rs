//! What becomes of a request by the person's choice: the lists that are on, sites that rest, whom they let through.
//!
//! One judgement serves twice. Where a browser asks the extension, it is the answer; where the browser acts by the
//! declared rules of [`super::super::protection::plan`], it is what they say, so that a rule is named for a request if
//! and only if it is at work there. The two agree because both are made from the same choice.
//!
//! What it deliberately does not know: what did become of the request.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::known::{Known, Knows, Question};
use super::names::{Behind, Names};
use super::report::Through;
use crate::api::protection::plan::{self, InTab};
use crate::api::protection::{Abilities, Plan, Protection, Rest, Switch};
use crate::api::requests::Decision;
use crate::url::{Url, is_under};

/// What is let through in one tab while it is on a site, as it is kept and stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Exceptions {
    /// The site.
    pub(super) site: String,
    /// The companies that were named.
    #[serde(default)]
    pub(super) companies: BTreeSet<String>,
    /// Hosts that were revealed one by one.
    #[serde(default)]
    pub(super) revealed: BTreeSet<String>,
    /// Hosts of the companies, disguises too.
    #[serde(default)]
    pub(super) hosts: BTreeSet<String>,
}

/// What the rules say of a request at a glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glance {
    /// It is made.
    Pass,
    /// It is made, unless the name behind its host is somebody else's.
    PassUnlessDisguised,
    /// It is not made.
    Stop,
    /// It is made otherwise.
    Change,
}

/// What is to become of a request, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Judged {
    /// Whose it is, and the rule that is at work.
    pub(super) known: Known,
    /// The name behind its host, where that is what the rule speaks of.
    pub(super) alias: Option<String>,
    /// Whether it is worth asking which name is behind its host.
    pub(super) wonders: bool,
}

/// The person's choice, and what was learned since.
#[derive(Clone, Debug, Default)]
pub(super) struct Guard {
    protection: Protection,
    abilities: Abilities,
    /// The lists that are on, a bit each.
    lists: u64,
    /// By tab.
    pub(super) exceptions: BTreeMap<i32, Exceptions>,
    pub(super) names: Names,
}

impl Guard {
    /// For a browser that can do this; nothing is chosen yet.
    pub(super) fn new(abilities: Abilities) -> Guard {
        Guard { abilities, ..Guard::default() }
    }

    /// Takes in a choice.
    pub(super) fn choose(&mut self, trackers: &impl Knows, stored: Value) {
        self.protection = Protection::from(stored);
        self.lists = trackers
            .lists(&|set| Switch::ALL.into_iter().any(|switch| switch.name() == set && self.protection.is_on(switch)));
    }

    /// Takes in which hosts the person has read besides those of `data/sites`.
    pub(super) fn read_also(&mut self, stored: Value) {
        let hosts: BTreeMap<String, Value> = serde_json::from_value(stored).unwrap_or_default();
        self.abilities.places.also = hosts.into_keys().collect();
    }

    /// Takes in what the person chose for feeds: on which sites the front page leads.
    pub(super) fn read_settings(&mut self, stored: &Value) {
        self.abilities.places.choose_fronts(stored);
    }

    /// What a browser has to be told at a moment.
    pub(super) fn plan(&self, trackers: &impl Knows, now: u64) -> Plan {
        let in_tab =
            |it: &Exceptions| InTab { site: it.site.clone(), hosts: it.hosts.union(&it.revealed).cloned().collect() };
        let tabs = self.exceptions.iter().map(|(tab, it)| (*tab, in_tab(it))).collect();
        plan::plan(&self.protection, now, &self.abilities, |owner| trackers.domains(owner), &tabs)
    }

    /// How long the protections rest on a site; none if they are at work.
    pub(super) fn rests(&self, site: &str, now: u64) -> Option<Rest> {
        self.protection.rests(site, now)
    }

    /// Who is let through in a tab on a site.
    pub(super) fn through(&self, tab: i32, site: &str) -> Vec<Through> {
        let of_site = self.protection.companies_through(site).map(|name| (name, false));
        let in_tab = self.exceptions.get(&tab).filter(|it| it.site == site);
        let of_tab = in_tab.into_iter().flat_map(|it| it.companies.iter().chain(&it.revealed)).map(|name| (name, true));
        of_site.chain(of_tab).map(|(name, tab)| Through { name: name.clone(), tab }).collect()
    }

    /// The referrer that another site is told instead of this one; none if this one may stay.
    pub(super) fn referrer(&self, trackers: &impl Knows, to: &str, referrer: &str, now: u64) -> Option<String> {
        let ((host, _), (_, site)) = (trackers.place(to)?, trackers.place(referrer)?);
        let works = self.protection.is_on(Switch::Referrer) && self.protection.rests(&site, now).is_none();
        if !works || trackers.site(&host) == site {
            return None;
        }
        let path = Url::parse(referrer)?.path();
        (path.len() > 1).then(|| format!("{}/", &referrer[..referrer.len() - path.len()]))
    }

    /// What the rules say of a request of a page at the top, wherever that is.
    pub(super) fn glance(&self, trackers: &impl Knows, question: Question<'_>) -> Glance {
        match trackers.decide(&Question { lists: self.lists, ..question }) {
            Decision::Stop => Glance::Stop,
            Decision::Change => Glance::Change,
            Decision::Pass if self.abilities.asks && may_be_disguised(question) => Glance::PassUnlessDisguised,
            Decision::Pass => Glance::Pass,
        }
    }

    /// What is to become of a request that a tab makes; none if it goes to no host.
    pub(super) fn judge(&self, trackers: &impl Knows, tab: i32, question: Question<'_>, now: u64) -> Option<Judged> {
        // A worker has no page: its own place is all that is known.
        let frame = Url::parse(question.frame).map_or("", |it| it.host());
        let top = if question.page.is_empty() { frame } else { question.page };
        let site = trackers.site(top);
        let lists = if self.protection.rests(&site, now).is_some() { 0 } else { self.lists };
        let question = Question { lists, page: top, ..question };
        let mut judged = Judged { known: trackers.about(question)?, ..Judged::default() };
        let is_disguisable = self.abilities.asks && lists != 0 && judged.known.rule.is_none();
        if is_disguisable && judged.known.site == site && judged.known.host != top {
            self.look_behind(trackers, question, now, &mut judged);
        }
        let known = &mut judged.known;
        if known.rule.is_some() && self.lets_through(trackers, tab, &site, known) {
            (known.rule, known.instead) = (None, None);
        }
        Some(judged)
    }

    /// Asks again under the name behind the host, if that is somebody else's.
    fn look_behind(&self, trackers: &impl Knows, question: Question<'_>, now: u64, judged: &mut Judged) {
        let name = match self.names.behind(&judged.known.host, now) {
            Behind::NotAsked => return judged.wonders = true,
            Behind::Itself => return,
            Behind::Name(name) => name,
        };
        let Some((from, to)) = Url::parse(question.url).map(|it| it.host_range()) else { return };
        let url = format!("{}{name}{}", &question.url[..from], &question.url[to..]);
        let Some(behind) = trackers.about(Question { url: &url, ..question }) else { return };
        // A file of ours may stand in, but an address under the other name was never asked for.
        let is_stopped = behind.rule.is_some() && behind.instead.as_ref().is_none_or(|it| it.starts_with('/'));
        if is_stopped && behind.site != judged.known.site {
            let host = std::mem::take(&mut judged.known.host);
            judged.alias = Some(name.to_owned());
            judged.known = Known { host, ..behind };
        }
    }

    fn lets_through(&self, trackers: &impl Knows, tab: i32, site: &str, known: &Known) -> bool {
        let is_among = |hosts: &BTreeSet<String>| hosts.iter().any(|host| is_under(&known.host, host));
        let in_tab = self.exceptions.get(&tab).filter(|it| it.site == site);
        if in_tab.is_some_and(|it| is_among(&it.hosts) || is_among(&it.revealed)) {
            return true;
        }
        let owner = known.company.as_ref().map_or("", |company| company.name.as_str());
        let Some(met) = self.protection.let_through_as(site, owner) else { return false };
        // A declared rule lets through the hosts that it names; whoever is asked knows the company behind all of them.
        self.abilities.asks || is_among(met) || trackers.domains(owner).iter().any(|it| is_under(&known.host, it))
    }
}

/// Whether a request may go to another company under a host of the page's own: to another host of what looks like the
/// same site. That is a cheap look, which says yes to some that belong to others (`a.co.uk` and `b.co.uk`).
fn may_be_disguised(question: Question<'_>) -> bool {
    let host = |address| Url::parse(address).map_or("", |it| it.host());
    let (host, page) = (host(question.url), host(question.frame));
    let end = |host: &str| host.rmatch_indices('.').nth(1).map_or(0, |(at, _)| at + 1);
    host != page && host[end(host)..] == page[end(page)..]
}
