//! What is kept for longer: per day and site, which companies were asked for how often, and with what outcome.
//!
//! A day is the unit of keeping, writing and forgetting: one day is one stored value, so that a busy page rewrites a
//! few kilobytes and never the whole diary. The sums hold companies, not hosts and never addresses. Private windows
//! do not come here at all; the caller keeps them away. Weighing and putting into words is left to the pages.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::event::Step;
use super::sighting::{Counts, Sighting};

/// One day: site, then company, then counts. Sorted, so that the same day is always the same text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Day {
    /// The counts by site and company.
    pub sites: BTreeMap<String, BTreeMap<String, Counts>>,
}

/// All days known so far, by their number (days since the first of January 1970 in the person's own time zone).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SiteDays {
    days: BTreeMap<u32, Day>,
}

impl SiteDays {
    /// Writes down one step of a request.
    pub fn append(&mut self, step: &Step) {
        let Sighting { site, company, outcome, .. } = &step.sighting;
        let sites = &mut self.days.entry(step.day).or_default().sites;
        // Looked up before it is inserted: nearly every step is about a pair that is there already, and `entry`
        // would copy both names each time.
        if !sites.contains_key(site) {
            sites.insert(site.clone(), BTreeMap::new());
        }
        let Some(companies) = sites.get_mut(site) else { return };
        if !companies.contains_key(&company.name) {
            companies.insert(company.name.clone(), Counts::default());
        }
        let Some(counts) = companies.get_mut(&company.name) else { return };
        if step.begun {
            counts.begin();
        }
        counts.settle(*outcome);
    }

    /// Takes in a stored copy of one day. Taking the same copy again changes nothing.
    pub fn merge(&mut self, number: u32, saved: &Day) {
        let day = self.days.entry(number).or_default();
        for (site, companies) in &saved.sites {
            let known = day.sites.entry(site.clone()).or_default();
            for (company, counts) in companies {
                known.entry(company.clone()).or_default().merge(counts);
            }
        }
    }

    /// One day, to be stored.
    pub fn day(&self, number: u32) -> Option<&Day> {
        self.days.get(&number)
    }

    /// The companies seen on a site over all days, most requests first.
    pub fn site(&self, site: &str) -> Vec<(String, Counts)> {
        let mut sum: BTreeMap<&str, Counts> = BTreeMap::new();
        for companies in self.days.values().filter_map(|day| day.sites.get(site)) {
            for (company, counts) in companies {
                sum.entry(company).or_default().add(counts);
            }
        }
        let mut rows: Vec<_> = sum.into_iter().map(|(company, counts)| (company.to_owned(), counts)).collect();
        rows.sort_by(|a, b| b.1.requests.cmp(&a.1.requests).then_with(|| a.0.cmp(&b.0)));
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::sighting::{Outcome, Owner};
    use proptest::prelude::*;

    fn step(day: u32, site: &str, company: &str, begun: bool, outcome: Outcome) -> Step {
        let company = Owner { name: company.into(), purpose: "ad".into() };
        Step { day, begun, sighting: Sighting { company, host: "h.example".into(), site: site.into(), outcome } }
    }

    #[test]
    fn a_site_is_summed_over_its_days_most_asked_first() {
        let mut days = SiteDays::default();
        days.append(&step(1, "news.example", "Quiet", true, Outcome::NotSeen));
        days.append(&step(1, "news.example", "Loud", true, Outcome::NotSeen));
        days.append(&step(1, "news.example", "Loud", false, Outcome::Stopped));
        days.append(&step(2, "news.example", "Loud", true, Outcome::LetThrough));
        days.append(&step(2, "shop.example", "Loud", true, Outcome::Stopped));
        let rows = days.site("news.example");
        assert_eq!(
            rows,
            [
                ("Loud".to_owned(), Counts { requests: 2, stopped: 1, others: 0, through: 1 }),
                ("Quiet".to_owned(), Counts { requests: 1, ..Counts::default() }),
            ]
        );
        assert_eq!(days.site("other.example"), []);
    }

    proptest! {
        #[test]
        fn merging_a_stored_copy_twice_or_after_going_on_changes_nothing(
            steps in proptest::collection::vec((0u32..3, 0usize..3, 0usize..3, any::<bool>(), 0usize..4), 0..60),
            cut in 0usize..60,
        ) {
            let outcomes = [Outcome::Stopped, Outcome::StoppedByOthers, Outcome::LetThrough, Outcome::NotSeen];
            let names = ["a.example", "b.example", "c.example"];
            let mut days = SiteDays::default();
            let mut stored = SiteDays::default();
            for (i, (day, site, company, begun, outcome)) in steps.iter().enumerate() {
                if i == cut {
                    stored = days.clone();
                }
                days.append(&step(*day, names[*site], names[*company], *begun, outcomes[*outcome]));
            }
            let mut merged = days.clone();
            for _ in 0..2 {
                for (number, day) in &stored.days {
                    merged.merge(*number, day);
                }
                for (number, day) in &days.days {
                    merged.merge(*number, day);
                }
            }
            prop_assert_eq!(merged, days);
        }
    }
}
