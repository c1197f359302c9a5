//! View of one company's eyes: on how many days it was told of a visit to which site, may have been, or was not.
//!
//! Days are counted and not requests: how many a page makes tells of the page. A week or month that is kept as one counts
//! as one day, since nobody knows on how many of it the site was visited: never more is told than is known.

use super::super::sighting::Counts;
use super::{Book, Span, sums};

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
    // By period, of each site what was counted in it: a day that is open may be kept in pieces.
    let mut leaves: Vec<_> = book.leaves(span).collect();
    leaves.sort_unstable_by_key(|leaf| leaf.period);
    let mut of_site = sums::<SiteTold>(book);
    for of_period in leaves.chunk_by(|one, next| one.period == next.period) {
        let mut met = sums::<Counts>(book);
        for leaf in of_period {
            for entry in &leaf.entries {
                for (_, counts) in leaf.companies(entry).iter().filter(|(company, _)| *company == number) {
                    met[entry.site].get_or_insert_default().add(counts);
                }
            }
        }
        for (site, counts) in met.into_iter().enumerate() {
            let Some(counts) = counts.filter(|counts| counts.requests > 0) else { continue };
            let sum = of_site[site].get_or_insert_default();
            let days = match (counts.through > 0, counts.not_seen() > 0) {
                (true, _) => &mut sum.told,
                (false, true) => &mut sum.maybe,
                (false, false) => &mut sum.prevented,
            };
            *days = days.saturating_add(1);
        }
    }
    let named = of_site.into_iter().enumerate().filter_map(|(n, sum)| Some(SiteTold { site: book.name(n), ..sum? }));
    let mut sites: Vec<SiteTold> = named.collect();
    sites.sort_unstable_by(|a, b| a.site.cmp(&b.site));
    sites
}
