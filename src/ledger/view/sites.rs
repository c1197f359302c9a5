//! Views of sites: how long each was looked at, what was stopped on all of them, and one of them by itself.
//!
//! Time is counted where a feed is read and nowhere else: a site without seconds is not one that nobody looked at.

use super::super::sighting::Counts;
use super::feeds::{Feeds, among};
use super::{Book, Grain, Span, ranked, sums};

/// How long sites were looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Time {
    /// The days of each bar.
    pub bars: Vec<Span>,
    /// All sites together, in seconds.
    pub seconds: u64,
    /// The sites, the longest first; none that was never looked at.
    pub sites: Vec<SiteTime>,
}

/// How long one site was looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteTime {
    /// The site.
    pub site: String,
    /// In seconds.
    pub seconds: u64,
    /// In each bar.
    pub over: Vec<u64>,
}

/// What became of all requests to companies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stopped {
    /// The days of each bar.
    pub bars: Vec<Span>,
    /// In each bar.
    pub over: Vec<Counts>,
    /// Over the whole span.
    pub total: Counts,
}

/// One site by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfSite {
    /// The site.
    pub site: String,
    /// The first day of which anything of it is kept, or of the week or month that the day was folded into.
    pub since: Option<u32>,
    /// How many of its pages were opened.
    pub pages: u64,
    /// How long it was looked at.
    pub seconds: u64,
    /// All requests to companies there.
    pub counts: Counts,
    /// Who was met there, most requests first.
    pub companies: Vec<CompanyShare>,
    /// The days of each bar; the same as those of `feeds`.
    pub bars: Vec<Span>,
    /// The requests in each bar.
    pub over: Vec<Counts>,
    /// The seconds in each bar.
    pub seconds_over: Vec<u64>,
    /// What its feeds were made of; no platform if it has none.
    pub feeds: Feeds,
}

/// One company's part of a site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompanyShare {
    /// The company.
    pub company: String,
    /// The requests to it.
    pub counts: Counts,
}

/// How long each site was looked at.
pub fn time(book: &Book, span: Span, grain: Grain) -> Time {
    let (bars, leaves) = book.bars(span, grain);
    let mut of_site = sums::<SiteTime>(book);
    let mut seconds = 0;
    for (bar, leaf) in leaves {
        for entry in leaf.entries.iter().filter(|entry| entry.seconds > 0) {
            let sum = of_site[entry.site]
                .get_or_insert_with(|| SiteTime { over: vec![0; bars.len()], ..SiteTime::default() });
            sum.seconds += u64::from(entry.seconds);
            sum.over[bar] += u64::from(entry.seconds);
            seconds += u64::from(entry.seconds);
        }
    }
    let rows = ranked(book, of_site, |sum| sum.seconds);
    Time { bars, seconds, sites: rows.into_iter().map(|(site, sum)| SiteTime { site, ..sum }).collect() }
}

/// What became of all requests to companies.
pub fn stopped(book: &Book, span: Span, grain: Grain) -> Stopped {
    let (bars, leaves) = book.bars(span, grain);
    let mut view = Stopped { over: vec![Counts::default(); bars.len()], bars, total: Counts::default() };
    for (bar, leaf) in leaves {
        view.over[bar].add(&leaf.total);
        view.total.add(&leaf.total);
    }
    view
}

/// One site by itself. A site that nothing is known of has no companies and no bars.
pub fn of_site(book: &Book, span: Span, grain: Grain, site: &str) -> OfSite {
    let mut view = OfSite { site: site.to_owned(), ..OfSite::default() };
    let Some(number) = book.known(site) else { return view };
    let (bars, leaves) = book.bars(span, grain);
    view.over = vec![Counts::default(); bars.len()];
    view.seconds_over = vec![0; bars.len()];
    view.bars = bars.clone();
    let mut companies = sums::<Counts>(book);
    for (bar, leaf) in &leaves {
        for entry in leaf.entries.iter().filter(|entry| entry.site == number) {
            let first = leaf.period.days().0;
            view.since = Some(view.since.map_or(first, |since| since.min(first)));
            view.pages += u64::from(entry.pages);
            view.seconds += u64::from(entry.seconds);
            view.seconds_over[*bar] += u64::from(entry.seconds);
            for (company, counts) in leaf.companies(entry) {
                view.counts.add(counts);
                view.over[*bar].add(counts);
                companies[*company].get_or_insert_default().add(counts);
            }
        }
    }
    let rows = ranked(book, companies, |counts| counts.requests);
    view.companies = rows.into_iter().map(|(company, counts)| CompanyShare { company, counts }).collect();
    view.feeds = among(book, bars, &leaves, |site| site == number);
    view
}
