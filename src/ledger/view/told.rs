//! View of one company's eyes: on how many days it was told of a visit to which site, may have been, or was not.
//!
//! Days are counted and not requests: how many a page makes tells of the page. A week or month that is kept as one counts
//! as one day, since nobody knows on how many of it the site was visited: never more is told than is known.

use std::collections::BTreeMap;

use super::super::sighting::Counts;
use super::{Book, Span};

/// What became of a company's requests on one site, in days. Each day counts once, by the worst that happened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteTold {
    /// The site.
    pub site: String,
    /// On so many days at least one request reached the company.
    pub told: u32,
    /// On so many others nobody saw what became of one.
    pub maybe: u32,
    /// On so many others each was stopped, by our rules or by something else.
    pub prevented: u32,
}

impl SiteTold {
    /// All days.
    pub fn days(&self) -> u32 {
        self.told.saturating_add(self.maybe).saturating_add(self.prevented)
    }
}

/// All sites on which a company was met, sorted by name.
pub fn told(book: &Book, span: Span, company: &str) -> Vec<SiteTold> {
    let Some(number) = book.known(company) else { return Vec::new() };
    // A day that is open may be kept in two pieces.
    let mut met: BTreeMap<_, Counts> = BTreeMap::new();
    for leaf in book.leaves(span) {
        for entry in &leaf.entries {
            for (_, counts) in entry.companies.iter().filter(|(company, _)| *company == number) {
                met.entry((entry.site, leaf.period)).or_default().add(counts);
            }
        }
    }
    let mut sites: BTreeMap<String, SiteTold> = BTreeMap::new();
    for ((site, _), counts) in met.into_iter().filter(|(_, counts)| counts.requests > 0) {
        let site = book.name(site);
        let sum = sites.entry(site.clone()).or_insert_with(|| SiteTold { site, ..SiteTold::default() });
        let days = match (counts.through > 0, counts.not_seen() > 0) {
            (true, _) => &mut sum.told,
            (false, true) => &mut sum.maybe,
            (false, false) => &mut sum.prevented,
        };
        *days = days.saturating_add(1);
    }
    sites.into_values().collect()
}
