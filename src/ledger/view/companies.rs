//! Views of companies: on how many of the visited sites each was met, which on which, and one of them by itself.
//!
//! Whoever has no company known is here under the site of the host, as the ledger keeps it.

use super::super::sighting::Counts;
use super::{Book, Grain, Span, ranked, sums};

/// On how many sites companies were met.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// How many sites were visited.
    pub sites: u32,
    /// All companies, the one that was met on most sites first.
    pub companies: Vec<CompanyReach>,
}

/// How far one company reaches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompanyReach {
    /// Its name.
    pub company: String,
    /// On how many sites it was met.
    pub sites: u32,
    /// On how many of them at least one request to it was stopped, by our rules or by something else.
    pub stopped_on: u32,
    /// On how many of them at least one request reached it.
    pub through_on: u32,
    /// All requests to it.
    pub counts: Counts,
}

/// Which company was met on which site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrix {
    /// The companies that reach furthest.
    pub companies: Vec<String>,
    /// The sites with most companies.
    pub sites: Vec<String>,
    /// What was counted, a row a company and in it a cell a site; no requests where they did not meet.
    pub cells: Vec<Vec<Counts>>,
    /// How many companies are left out.
    pub more_companies: u32,
    /// How many sites on which a company was met are left out.
    pub more_sites: u32,
}

/// One company by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfCompany {
    /// Its name.
    pub company: String,
    /// How many sites were visited, with or without it.
    pub of: u32,
    /// All requests to it.
    pub counts: Counts,
    /// Where it was met, the site with most requests first.
    pub sites: Vec<SiteShare>,
    /// The days of each bar.
    pub bars: Vec<Span>,
    /// What was counted in each bar.
    pub over: Vec<Counts>,
}

/// A company's part of one site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteShare {
    /// The site.
    pub site: String,
    /// The requests there.
    pub counts: Counts,
}

/// What each company was asked for on each site: a list a company.
fn met(book: &Book, span: Span) -> Vec<Vec<(usize, Counts)>> {
    let mut rows: Vec<Vec<(usize, Counts)>> = vec![Vec::new(); book.count()];
    for entry in book.leaves(span).flat_map(|leaf| &leaf.entries) {
        for (company, counts) in &entry.companies {
            if let Some(row) = rows.get_mut(*company) {
                row.push((entry.site, *counts));
            }
        }
    }
    for row in &mut rows {
        row.sort_unstable_by_key(|(site, _)| *site);
        row.dedup_by(|next, kept| {
            let is_same = next.0 == kept.0;
            if is_same {
                kept.1.add(&next.1);
            }
            is_same
        });
    }
    rows
}

/// Which sites were visited, by number.
fn visited(book: &Book, span: Span) -> u32 {
    let mut is_visited = vec![false; book.count()];
    for entry in book.leaves(span).flat_map(|leaf| &leaf.entries) {
        is_visited[entry.site] = true;
    }
    many(is_visited.into_iter().filter(|is| *is).count())
}

fn many(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn reach_of(row: Vec<(usize, Counts)>) -> Option<CompanyReach> {
    let mut sum = CompanyReach { sites: many(row.len()), ..CompanyReach::default() };
    for (_, counts) in &row {
        sum.stopped_on += u32::from(counts.stopped > 0 || counts.others > 0);
        sum.through_on += u32::from(counts.through > 0);
        sum.counts.add(counts);
    }
    (!row.is_empty()).then_some(sum)
}

/// On how many of the visited sites each company was met.
pub fn reach(book: &Book, span: Span) -> Reach {
    let sums = met(book, span).into_iter().map(reach_of).collect();
    let rows = ranked(book, sums, |sum: &CompanyReach| (sum.sites, sum.counts.requests));
    let companies = rows.into_iter().map(|(company, sum)| CompanyReach { company, ..sum }).collect();
    Reach { sites: visited(book, span), companies }
}

/// Which company was met on which site, of so many of each at most.
pub fn matrix(book: &Book, span: Span, companies: usize, sites: usize) -> Matrix {
    let met = met(book, span);
    let of_site: Vec<Option<u32>> = met.iter().flatten().fold(sums(book), |mut sums, (site, _)| {
        *sums[*site].get_or_insert(0) += 1;
        sums
    });
    let mut columns: Vec<String> = ranked(book, of_site, |count| *count).into_iter().map(|(site, _)| site).collect();
    let mut rows = ranked(
        book,
        met.into_iter().map(|row| (!row.is_empty()).then_some(row)).collect(),
        |row: &Vec<(usize, Counts)>| row.len(),
    );
    let left = (many(rows.len().saturating_sub(companies)), many(columns.len().saturating_sub(sites)));
    rows.truncate(companies);
    columns.truncate(sites);
    let place: Vec<Option<usize>> = columns.iter().map(|site| book.known(site)).collect();
    let cell = |row: &Vec<(usize, Counts)>, site: &Option<usize>| {
        let at = row.binary_search_by_key(site, |(site, _)| Some(*site));
        at.map(|at| row[at].1).unwrap_or_default()
    };
    let cells = rows.iter().map(|(_, row)| place.iter().map(|site| cell(row, site)).collect()).collect();
    Matrix {
        companies: rows.into_iter().map(|(company, _)| company).collect(),
        sites: columns,
        cells,
        more_companies: left.0,
        more_sites: left.1,
    }
}

/// One company by itself. A company that nothing is known of has no sites and no bars.
pub fn of_company(book: &Book, span: Span, grain: Grain, company: &str) -> OfCompany {
    let mut view = OfCompany { company: company.to_owned(), of: visited(book, span), ..OfCompany::default() };
    let Some(number) = book.known(company) else { return view };
    let (bars, leaves) = book.bars(span, grain);
    view.over = vec![Counts::default(); bars.len()];
    view.bars = bars;
    let mut of_site = sums::<Counts>(book);
    for (bar, leaf) in leaves {
        for entry in &leaf.entries {
            for (_, counts) in entry.companies.iter().filter(|(company, _)| *company == number) {
                view.counts.add(counts);
                view.over[bar].add(counts);
                of_site[entry.site].get_or_insert_default().add(counts);
            }
        }
    }
    let rows = ranked(book, of_site, |counts| counts.requests);
    view.sites = rows.into_iter().map(|(site, counts)| SiteShare { site, counts }).collect();
    view
}
