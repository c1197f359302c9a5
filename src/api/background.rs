//! What the background asks of the core: what is to become of a request, take in what the browser reported, tell of a
//! tab or a site, and what the browser has to be told so that it does what the person chose.
//!
//! Here `trackers`, `ledger` and the person's choice meet: a report carries an address, `trackers` says whose it is and
//! which rule speaks, the guard whether the rule is at work here, and `ledger` counts it. The state lives in a
//! [`Background`] value; what has to be stored comes out under the very keys it is stored under and goes in again at
//! the next start, because browsers stop a background after half a minute. Private windows count for their tab alone.

mod diary;
mod guard;
mod intake;
mod known;
mod learning;
mod names;
mod notes;
mod noticing;
mod observed;
mod report;
pub(super) mod spared;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use self::guard::Glance;
use self::guard::{Exceptions, Guard};
pub use self::known::{Known, Knows, Packed, Question};
pub use self::learning::{Learning, LearningOrder, Proposed, Seen};
use self::names::{NAMES, Names};
pub use self::notes::Tallied;
use self::notes::{Notes, WAITING};
pub use self::observed::{Batch, Observed};
pub use self::report::{CompanyReport, CountsReport, HostReport, RuleReport, SiteReport, TabReport, Through};
use super::diary::{Choice, Counts};
use super::protection::{Abilities, Plan};
use crate::ledger::Tab;
use crate::pack::PackError;
use crate::trackers::learn::Learned;

/// The background as it runs in the browser.
pub type Loaded = Background<Packed>;

/// A tab lets no more hosts through than this, however many somebody asks for.
const REVEALED: usize = 100;

/// Opens the pack and wakes up with what was stored before. The pack is kept for as long as the background lives.
///
/// # Errors
/// Says what is wrong with the pack; a damaged store is no error.
pub fn open(pack: Vec<u8>, saved: Saved) -> Result<Loaded, PackError> {
    Ok(Background::new(Packed::open(pack)?, saved))
}

/// A tab as it is kept and stored.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Watched {
    tab: Tab,
    private: bool,
}

/// What was stored, by key, and what the browser can do. Foreign text like any other: an entry that cannot be read is
/// left out.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Saved {
    /// From `storage.session`: `tab:12`, `through:12`, `names`, `waiting`.
    #[serde(default)]
    pub session: BTreeMap<String, Value>,
    /// From `storage.local`: `protection`, `also`, `settings`, `diary`.
    #[serde(default)]
    pub local: BTreeMap<String, Value>,
    /// What was learned of whom no list knows, as [`Background::learned`] wrote it; none while nobody learns.
    #[serde(default)]
    pub learned: Option<String>,
    /// The browser.
    #[serde(default)]
    pub abilities: Abilities,
}

/// What a batch of reports changed.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Changes {
    /// The text for the badges of these tabs.
    pub badges: Vec<Badge>,
    /// To be written into `storage.session`, by key.
    pub session: BTreeMap<String, Value>,
    /// To be removed from `storage.session`.
    pub gone: Vec<String>,
    /// Whether [`Background::notes`] are to be stored.
    pub diary: bool,
    /// Whether there is a new plan.
    pub plan: bool,
    /// Whether [`Background::learned`] has to be stored anew.
    pub learned: bool,
}

/// The number on the toolbar button of one tab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Badge {
    /// The tab.
    pub tab: i32,
    /// How many requests our rules stopped; empty for none, so that it never shows a zero that may mean "unknown".
    pub text: String,
}

/// What is to become of a request, for a browser that asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is made.
    Pass,
    /// It is made, unless the name behind its host is found to be somebody else's: ask, [`Background::named`], and again.
    Wonder,
    /// It is not made.
    Stop,
    /// A file of the extension (a path from its root) or another address is asked for instead.
    Instead(String),
}

/// The background's memory.
pub struct Background<T> {
    trackers: T,
    tabs: BTreeMap<i32, Watched>,
    notes: Notes,
    guard: Guard,
    /// None while the person does not want it.
    learned: Option<Learned>,
}

impl<T: Knows> Background<T> {
    /// Wakes up with what was stored before.
    pub fn new(trackers: T, mut saved: Saved) -> Background<T> {
        let mut guard = Guard::new(saved.abilities);
        guard.choose(&trackers, saved.local.remove("protection").unwrap_or_default());
        guard.read_also(saved.local.remove("also").unwrap_or_default());
        guard.read_settings(&saved.local.remove("settings").unwrap_or_default());
        guard.names = Names::read(saved.session.remove(NAMES).unwrap_or_default());
        let waiting = saved.session.remove(WAITING).unwrap_or_default();
        let notes = Notes::wake(Choice::from(&saved.local.remove("diary").unwrap_or_default()), &waiting);
        let mut tabs = BTreeMap::new();
        for (key, value) in saved.session {
            if let Some((number, watched)) = entry::<i32, Watched>(&key, "tab:", &value) {
                tabs.insert(number, watched);
            } else if let Some((number, exceptions)) = entry::<i32, Exceptions>(&key, "through:", &value) {
                guard.exceptions.insert(number, exceptions);
            }
        }
        let learned = saved.learned.map(|stored| serde_json::from_str(&stored).unwrap_or_default());
        Background { trackers, tabs, notes, guard, learned }
    }

    /// What the rules say of a request of the page at the top itself: found without making anything, for a browser that
    /// asks for every request. Whether the protections are at work here at all is not looked at, so whatever does not
    /// pass at a glance needs [`Background::verdict`].
    pub fn glance(&self, question: Question<'_>) -> Glance {
        self.guard.glance(&self.trackers, question)
    }

    /// What is to become of a request at a moment (milliseconds since 1970). `page` is the address of the page at the
    /// top; empty where the browser does not tell.
    pub fn verdict(&self, tab: i32, question: Question<'_>, page: &str, now: u64) -> Verdict {
        let page = self.trackers.place(page);
        let top = page.as_ref().map_or_else(|| self.shown(tab), |(host, _)| host.as_str());
        match self.guard.judge(&self.trackers, tab, Question { page: top, ..question }, now) {
            Some(judged) if judged.wonders => Verdict::Wonder,
            Some(guard::Judged { known: Known { rule: Some(_), instead, .. }, .. }) => {
                instead.map_or(Verdict::Stop, Verdict::Instead)
            }
            _ => Verdict::Pass,
        }
    }

    /// The referrer that is sent with a request instead of this one, for a browser that asks; none if this one may stay.
    pub fn referrer(&self, to: &str, referrer: &str, now: u64) -> Option<String> {
        self.guard.referrer(&self.trackers, to, referrer, now)
    }

    /// A resolver said which name is behind a host; the empty name is none.
    pub fn named(&mut self, host: &str, name: &str, now: u64, private: bool) {
        self.guard.names.learn(host, name, now, private);
    }

    /// The person chose anew.
    pub fn protect(&mut self, stored: Value) {
        self.guard.choose(&self.trackers, stored);
    }

    /// The person has other hosts read, besides those of `data/sites`.
    pub fn read_also(&mut self, stored: Value) {
        self.guard.read_also(stored);
    }

    /// The person chose anew for feeds.
    pub fn read_settings(&mut self, stored: &Value) {
        self.guard.read_settings(stored);
    }

    /// What the browser has to be told at a moment.
    pub fn plan(&self, now: u64) -> Plan {
        self.guard.plan(&self.trackers, now)
    }

    /// Lets these companies through, and no others, in a tab that shows `url`, until it leaves the site. None at all
    /// takes back what was revealed, too.
    pub fn through(&mut self, number: i32, url: &str, companies: Vec<String>) -> Changes {
        let companies: BTreeSet<String> = companies.into_iter().take(REVEALED).collect();
        let mut hosts: BTreeSet<String> = companies.iter().flat_map(|name| self.trackers.domains(name)).collect();
        let tallies = self.tabs.get(&number).map(|watched| &watched.tab.companies);
        for company in companies.iter().filter_map(|name| tallies?.get(name)) {
            hosts.extend(company.hosts.keys().cloned());
        }
        self.except(number, url, |it| {
            if companies.is_empty() {
                it.revealed.clear();
            }
            (it.companies, it.hosts) = (companies, hosts);
        })
    }

    /// Lets these hosts, too, through in a tab that shows `url`, until it leaves the site.
    pub fn reveal(&mut self, number: i32, url: &str, hosts: Vec<String>) -> Changes {
        let is_host =
            |host: &String| self.trackers.place(&format!("https://{host}/")).is_some_and(|(it, _)| it == *host);
        let hosts: Vec<String> = hosts.into_iter().take(REVEALED).filter(is_host).collect();
        self.except(number, url, |it| {
            it.revealed.extend(hosts);
            while it.revealed.len() > REVEALED {
                it.revealed.pop_first();
            }
        })
    }

    fn except(&mut self, number: i32, url: &str, change: impl FnOnce(&mut Exceptions)) -> Changes {
        let mut changes = Changes::default();
        let Some((_, site)) = self.trackers.place(url) else { return changes };
        let before = self.guard.exceptions.remove(&number).filter(|it| it.site == site).unwrap_or_default();
        let mut it = Exceptions { site, ..before };
        change(&mut it);
        changes.plan = true;
        let key = format!("through:{number}");
        if it.hosts.is_empty() && it.revealed.is_empty() {
            changes.gone.push(key);
        } else if let Ok(value) = serde_json::to_value(&it) {
            changes.session.insert(key, value);
            self.guard.exceptions.insert(number, it);
        }
        changes
    }

    /// What is known of the page that the tab shows at `url`, at a moment.
    pub fn tab(&self, number: i32, url: &str, now: u64) -> TabReport {
        let Some((host, site)) = self.trackers.place(url) else { return TabReport::default() };
        let mut report = match self.tabs.get(&number).map(|watched| &watched.tab) {
            // Another page than the one we counted for (out of the browser's memory of pages, for one) was not seen.
            Some(tab) if tab.host == host => TabReport::of(tab, &self.trackers),
            _ => TabReport { site, not_seen: true, ..TabReport::default() },
        };
        report.rests = self.guard.rests(&report.site, now);
        report.through = self.guard.through(number, &report.site);
        report
    }

    /// What is known of a site of the days that are open.
    pub fn site(&self, host: &str) -> SiteReport {
        let site = self.site_of(host);
        let mut companies: BTreeMap<String, Counts> = BTreeMap::new();
        for (company, counts) in self.notes.site(&site).flat_map(|row| &row.companies) {
            companies.entry(company.clone()).or_default().add(counts);
        }
        let mut rows: Vec<(String, Counts)> = companies.into_iter().collect();
        rows.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.requests));
        SiteReport::of(site, rows, &self.trackers)
    }

    fn site_of(&self, host: &str) -> String {
        self.trackers.place(&format!("https://{host}/")).map_or_else(|| host.to_owned(), |(_, site)| site)
    }

    /// The host of the page that a tab shows, as far as it was seen.
    fn shown(&self, number: i32) -> &str {
        self.tabs.get(&number).map_or("", |watched| watched.tab.host.as_str())
    }
}

impl Loaded {
    /// A rule in its own words, by its list's short name and its line, out of the texts' pack.
    ///
    /// # Errors
    /// Says what is wrong with that pack.
    pub fn rule(&self, texts: &[u8], list: &str, line: u32) -> Result<Option<String>, PackError> {
        self.trackers.requests.text(texts, list, line)
    }
}

/// An entry of a store whose key is a word and a number.
fn entry<N: std::str::FromStr, V: serde::de::DeserializeOwned>(key: &str, word: &str, value: &Value) -> Option<(N, V)> {
    Some((key.strip_prefix(word)?.parse().ok()?, V::deserialize(value).ok()?))
}

#[cfg(test)]
mod tests;
