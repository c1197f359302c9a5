//! What can be seen in the diary: pure sums of a [`Book`] over a span of days, ready to be drawn.
//!
//! Bars (`bars`, each the days that it covers) are only those of which anything is kept: a day without a bar is not a day
//! without trackers, nobody knows. Old days are kept as weeks and months, and their bars are as wide, whatever grain was
//! asked for; one that lies only partly in the span is shown whole. Lists are sorted, the most of it first, then by name,
//! so that a view is the same each time. No words for people are made here, and no share or percentage: the counts are
//! told, and who shows them divides.

mod companies;
mod feeds;
mod sites;
mod told;

#[cfg(test)]
mod tests;

pub use companies::{CompanyReach, Matrix, Met, OfCompany, Reach, SiteShare, met, of_company};
pub use feeds::{Feeds, PlatformFeed, feeds};
pub use sites::{CompanyShare, OfSite, SiteTime, Stopped, Time, of_site, stopped, time};
pub use told::{SiteTold, told};

use std::cmp::Ordering;

use super::book::{Book, Grain, Name, Span};

/// Numbers of sites or companies with their sums, sorted by the key, the largest first, then by name.
fn ranked<T, K: Ord>(book: &Book, mut sums: Vec<Option<T>>, key: impl Fn(&T) -> K) -> Vec<(String, T)> {
    let mut numbers: Vec<Name> = (0..sums.len()).filter(|number| sums[*number].is_some()).collect();
    let key = |number: Name| sums[number].as_ref().map(&key);
    in_order(&mut numbers, &|a, b| key(b).cmp(&key(a)).then_with(|| book.word(a).cmp(book.word(b))));
    numbers.into_iter().filter_map(|number| Some((book.name(number), sums[number].take()?))).collect()
}

/// The one sort of all lists: a sort of each kind of row would be kilobytes each in what every page of ours loads.
fn in_order(numbers: &mut [Name], compare: &dyn Fn(Name, Name) -> Ordering) {
    numbers.sort_unstable_by(|a, b| compare(*a, *b));
}

/// As many empty sums as there are names.
fn sums<T>(book: &Book) -> Vec<Option<T>> {
    std::iter::repeat_with(|| None).take(book.count()).collect()
}
