//! A sheet: all that the diary holds of one period. Per site: which companies were met and what became of their
//! requests, what its feeds were made of, how many pages were opened and how long it was looked at.
//!
//! Kinds and counts, never a text, an address or an author; where the person has it counted whose items they open, a mark
//! of the author's name (`opened.rs`). A sheet of a week is the sum of the sheets of its days, and
//! nothing of the sums is lost by it but on which day it was. What is shown of sheets is not said here; `view` is asked.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::event::Step;
use super::sighting::{Counts, Sighting};

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
    /// How often the person opened one, by the mark of whose it was; empty unless they have it counted.
    #[serde(skip_serializing_if = "Tally::is_empty")]
    pub opened: Tally,
}

impl Feed {
    /// All items.
    pub fn items(&self) -> u32 {
        self.numbers().into_iter().fold(0, u32::saturating_add)
    }

    /// Sources, kinds, acts, what was taken back, and at last what was opened.
    pub(super) fn tallies(&self) -> [&Tally; 5] {
        [&self.sources, &self.kinds, &self.acts, &self.undone, &self.opened]
    }

    /// The same, to be changed.
    pub(super) fn tallies_mut(&mut self) -> [&mut Tally; 5] {
        [&mut self.sources, &mut self.kinds, &mut self.acts, &mut self.undone, &mut self.opened]
    }

    fn numbers(&self) -> [u32; 4] {
        [self.sponsored, self.suggested, self.followed, self.unknown]
    }

    /// Joins each count with the other's of the same name.
    fn join(&mut self, other: &Feed, with: fn(u32, u32) -> u32) {
        let mine = [&mut self.sponsored, &mut self.suggested, &mut self.followed, &mut self.unknown];
        for (mine, its) in mine.into_iter().zip(other.numbers()) {
            *mine = with(*mine, its);
        }
        for (mine, its) in self.tallies_mut().into_iter().zip(other.tallies()) {
            for (word, count) in its {
                let known = mine.entry(word.clone()).or_default();
                *known = with(*known, *count);
            }
            mine.retain(|_, count| *count > 0);
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
    fn join(&mut self, other: &Row, with: fn(u32, u32) -> u32) {
        for (company, counts) in &other.companies {
            self.companies.entry(company.clone()).or_default().join(counts, with);
        }
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
    /// Writes down one step of a request.
    pub fn append(&mut self, step: &Step) {
        let Sighting { site, company, outcome, .. } = &step.sighting;
        let companies = &mut self.row(site).companies;
        if !companies.contains_key(&company.name) {
            companies.insert(company.name.clone(), Counts::default());
        }
        let Some(counts) = companies.get_mut(&company.name) else { return };
        if step.begun {
            counts.begin();
        }
        counts.settle(*outcome);
    }

    /// Adds what was counted at another time.
    pub fn add(&mut self, other: &Sheet) {
        self.join(other, u32::saturating_add);
    }

    /// Takes in another copy of the same sheet. Copies differ only in how far they got, so the larger of each count
    /// holds, and taking the same copy again changes nothing.
    pub fn merge(&mut self, copy: &Sheet) {
        self.join(copy, u32::max);
    }

    /// Takes away what is counted elsewhere.
    pub fn subtract(&mut self, other: &Sheet) {
        self.join(other, u32::saturating_sub);
    }

    fn join(&mut self, other: &Sheet, with: fn(u32, u32) -> u32) {
        for (site, row) in &other.sites {
            self.row(site).join(row, with);
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

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::ledger::sighting::{Outcome, Owner};
    use proptest::collection::btree_map;
    use proptest::prelude::*;

    fn any_tally() -> impl Strategy<Value = Tally> {
        btree_map("[a-c]{1,2}", 1u32..400, 0..3)
    }

    fn any_feed() -> impl Strategy<Value = Feed> {
        let numbers = (0u32..9, 0u32..9, 0u32..9, 0u32..900);
        // Most people have nothing counted of what they open.
        let opened = prop_oneof![2 => Just(Tally::new()), 1 => any_tally()];
        (numbers, [any_tally(), any_tally(), any_tally(), any_tally()], opened).prop_map(|(n, tallies, opened)| {
            let [sources, kinds, acts, undone] = tallies;
            Feed { sponsored: n.0, suggested: n.1, followed: n.2, unknown: n.3, sources, kinds, acts, undone, opened }
        })
    }

    fn any_counts() -> impl Strategy<Value = Counts> {
        let small = || prop_oneof![9 => 0u32..300, 1 => any::<u32>().prop_map(|n| n / 64)];
        (small(), small(), small(), small()).prop_map(|(requests, stopped, others, through)| Counts {
            requests,
            stopped,
            others,
            through,
        })
    }

    /// Any sheet; sums of some dozens of them do not overflow.
    pub(in crate::ledger) fn any_sheet() -> impl Strategy<Value = Sheet> {
        let row =
            (btree_map("[A-Dé]{1,2}", any_counts(), 0..4), btree_map("[xy]", any_feed(), 0..2), 0u32..9, 0u32..9000)
                .prop_map(|(companies, feeds, pages, seconds)| Row { companies, feeds, pages, seconds });
        btree_map("[a-c]\\.example", row, 0..4).prop_map(|sites| Sheet { sites })
    }

    fn step(site: &str, company: &str, begun: bool, outcome: Outcome) -> Step {
        let company = Owner { name: company.into(), purpose: "ad".into() };
        Step { day: 1, begun, sighting: Sighting { company, host: "h.example".into(), site: site.into(), outcome } }
    }

    #[test]
    fn a_request_is_one_whenever_its_end_is_told() {
        let mut sheet = Sheet::default();
        sheet.append(&step("news.example", "Loud", true, Outcome::NotSeen));
        sheet.append(&step("news.example", "Loud", false, Outcome::Stopped));
        sheet.append(&step("news.example", "Loud", true, Outcome::LetThrough));
        sheet.append(&step("news.example", "Quiet", true, Outcome::NotSeen));
        let told: Vec<_> =
            sheet.sites["news.example"].companies.iter().map(|(name, it)| (name.as_str(), *it)).collect();
        let loud = Counts { requests: 2, stopped: 1, others: 0, through: 1 };
        assert_eq!(told, [("Loud", loud), ("Quiet", Counts { requests: 1, ..Counts::default() })]);
    }

    proptest! {
        #[test]
        fn a_copy_taken_twice_changes_nothing(mine in any_sheet(), copy in any_sheet()) {
            let mut once = mine;
            once.merge(&copy);
            let mut twice = once.clone();
            twice.merge(&copy);
            prop_assert_eq!(&twice, &once);
        }

        #[test]
        fn what_was_added_can_be_taken_away(mine in any_sheet(), other in any_sheet()) {
            let mut sheet = mine.clone();
            sheet.add(&other);
            sheet.subtract(&other);
            // Names stay with nothing counted; what is counted is as before.
            for (site, row) in &mine.sites {
                for (company, counts) in &row.companies {
                    prop_assert_eq!(sheet.sites[site].companies[company], *counts);
                }
                prop_assert_eq!((sheet.sites[site].pages, sheet.sites[site].seconds), (row.pages, row.seconds));
            }
        }
    }
}
