//! A sheet: all that the diary holds of one period. Per site: which companies were met and what became of their
//! requests, what its feeds were made of, how many pages were opened and how long it was looked at.
//!
//! Kinds and counts, never a text, an address or an author. A sheet of a week is the sum of the sheets of its days, and
//! nothing of the sums is lost by it but on which day it was. What is shown of sheets is not said here; `view` is asked.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::sighting::Counts;

/// Counts by word.
pub type Tally = BTreeMap<String, u32>;

/// What a platform's feed was made of. Each item is counted once as sponsored, suggested, followed or unknown, and with
/// it each kind that was found in it, and its source if the platform names one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Feed {
    /// Paid for.
    pub sponsored: u32,
    /// Put there by the platform, a row of others too.
    pub suggested: u32,
    /// Of whom the person follows, as the platform says.
    pub followed: u32,
    /// All others: the platform does not say.
    pub unknown: u32,
    /// By the name of the platform's source of candidates.
    pub sources: Tally,
    /// By kind of evidence.
    pub kinds: Tally,
    /// By what was done with them: `label`, `dim`, `lower`, `hide`.
    pub acts: Tally,
    /// What the person took back, by what had been done.
    pub undone: Tally,
}

impl Feed {
    /// All items.
    pub fn items(&self) -> u32 {
        [self.sponsored, self.suggested, self.followed, self.unknown].into_iter().fold(0, u32::saturating_add)
    }

    fn numbers(&mut self) -> [&mut u32; 4] {
        [&mut self.sponsored, &mut self.suggested, &mut self.followed, &mut self.unknown]
    }

    fn tallies(&mut self) -> [&mut Tally; 4] {
        [&mut self.sources, &mut self.kinds, &mut self.acts, &mut self.undone]
    }

    /// Joins each count with the other's of the same name.
    fn join(&mut self, other: &Feed, with: fn(u32, u32) -> u32) {
        let mut other = other.clone();
        for (mine, its) in self.numbers().into_iter().zip(other.numbers()) {
            *mine = with(*mine, *its);
        }
        for (mine, its) in self.tallies().into_iter().zip(other.tallies()) {
            for (word, count) in std::mem::take(its) {
                let known = mine.entry(word).or_default();
                *known = with(*known, count);
            }
        }
    }

    /// Adds what was counted at another time.
    pub fn add(&mut self, other: &Feed) {
        self.join(other, u32::saturating_add);
    }
}

/// What is known of one site in one period.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Row {
    /// Who was asked for, by the company's name.
    pub companies: BTreeMap<String, Counts>,
    /// What was seen of feeds, by platform.
    pub feeds: BTreeMap<String, Feed>,
    /// How many pages of it were opened.
    pub pages: u32,
    /// How long it was in view, with the person present, in seconds.
    pub seconds: u32,
}

impl Row {
    /// Adds what was counted of the same site at another time.
    pub fn add(&mut self, other: &Row) {
        for (company, counts) in &other.companies {
            self.companies.entry(company.clone()).or_default().add(counts);
        }
        self.join(other, u32::saturating_add);
    }

    /// Takes in another copy of the same row. Copies differ only in how far they got, so the larger of each count
    /// holds, and taking the same copy again changes nothing.
    pub fn merge(&mut self, copy: &Row) {
        for (company, counts) in &copy.companies {
            self.companies.entry(company.clone()).or_default().merge(counts);
        }
        self.join(copy, u32::max);
    }

    fn join(&mut self, other: &Row, with: fn(u32, u32) -> u32) {
        for (platform, feed) in &other.feeds {
            self.feeds.entry(platform.clone()).or_default().join(feed, with);
        }
        self.pages = with(self.pages, other.pages);
        self.seconds = with(self.seconds, other.seconds);
    }
}

/// All sites of one period, by name. A site that was visited has a row, also if nobody else was met there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sheet {
    /// The rows.
    pub sites: BTreeMap<String, Row>,
}

impl Sheet {
    /// Adds what was counted in another period.
    pub fn add(&mut self, other: &Sheet) {
        for (site, row) in &other.sites {
            self.row(site).add(row);
        }
    }

    /// Takes in another copy of the same sheet; see [`Row::merge`].
    pub fn merge(&mut self, copy: &Sheet) {
        for (site, row) in &copy.sites {
            self.row(site).merge(row);
        }
    }

    /// The row of a site, begun if there is none.
    pub fn row(&mut self, site: &str) -> &mut Row {
        // Looked up before it is inserted: nearly always it is there already, and `entry` would copy the name.
        if !self.sites.contains_key(site) {
            self.sites.insert(site.to_owned(), Row::default());
        }
        self.sites.entry(site.to_owned()).or_default()
    }
}
