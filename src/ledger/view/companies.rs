//! Views of companies: on how many of the visited sites each was met, which on which, and one of them by itself.
//!
//! Whoever has no company known is here under the site of the host, as the ledger keeps it.

use super::super::book::Name;
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

/// What was counted between companies and sites in a span, summed once for all that is told of it.
#[derive(Clone, Debug, Default)]
pub struct Met {
    /// How many sites were visited, with or without a company.
    visited: u32,
    /// The sites on which a company was met, the one with most companies first.
    sites: Vec<String>,
    /// The companies, the one that was met on most sites first, each with what was counted on which of `sites`.
    companies: Vec<(String, Vec<(usize, Counts)>)>,
}

/// What each company was asked for on each site: a list a company, by their numbers in the book.
fn pairs(book: &Book, span: Span) -> Vec<Vec<(Name, Counts)>> {
    let mut rows: Vec<Vec<(Name, Counts)>> = vec![Vec::new(); book.count()];
    for entry in book.leaves(span).flat_map(|leaf| &leaf.entries) {
        for (company, counts) in &entry.companies {
            rows[*company].push((entry.site, *counts));
        }
    }
    // Where in a row each site stands; what it says of an earlier row is seen to be old by the site that stands there.
    let mut places = vec![0; book.count()];
    for row in &mut rows {
        let mut kept = 0;
        for at in 0..row.len() {
            let (site, counts) = row[at];
            let place = places[site];
            if place < kept && row[place].0 == site {
                row[place].1.add(&counts);
            } else {
                places[site] = kept;
                row[kept] = row[at];
                kept += 1;
            }
        }
        row.truncate(kept);
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

/// What was counted between companies and sites.
pub fn met(book: &Book, span: Span) -> Met {
    let mut rows = pairs(book, span);
    let mut of_site = sums::<(Name, u32)>(book);
    for (site, _) in rows.iter().flatten() {
        of_site[*site].get_or_insert((*site, 0)).1 += 1;
    }
    let sites = ranked(book, of_site, |(_, companies)| *companies);
    let mut places = vec![0; book.count()];
    for (place, (_, (site, _))) in sites.iter().enumerate() {
        places[*site] = place;
    }
    for (site, _) in rows.iter_mut().flatten() {
        *site = places[*site];
    }
    let rows = rows.into_iter().map(|row| (!row.is_empty()).then_some(row)).collect();
    let companies = ranked(book, rows, |row: &Vec<_>| (row.len(), sum(row).requests));
    Met { visited: visited(book, span), sites: sites.into_iter().map(|(site, _)| site).collect(), companies }
}

fn sum(row: &[(usize, Counts)]) -> Counts {
    row.iter().fold(Counts::default(), |mut sum, (_, counts)| {
        sum.add(counts);
        sum
    })
}

impl Met {
    /// On how many of the visited sites each company was met.
    pub fn reach(&self) -> Reach {
        let of = |(company, row): &(String, Vec<(usize, Counts)>)| {
            let on = |is: fn(&Counts) -> bool| many(row.iter().filter(|(_, counts)| is(counts)).count());
            CompanyReach {
                company: company.clone(),
                sites: many(row.len()),
                stopped_on: on(|counts| counts.stopped > 0 || counts.others > 0),
                through_on: on(|counts| counts.through > 0),
                counts: sum(row),
            }
        };
        Reach { sites: self.visited, companies: self.companies.iter().map(of).collect() }
    }

    /// Which company was met on which site, of so many of each at most.
    ///
    /// What is searched for may be either: a company whose name holds it is shown with all its sites, a site with all its
    /// companies. Empty words find everything.
    pub fn matrix(&self, find: &str, companies: usize, sites: usize) -> Matrix {
        let find = find.trim().to_lowercase();
        let fits = |name: &str| find.is_empty() || name.to_lowercase().contains(&find);
        let is_named: Vec<bool> = self.sites.iter().map(|site| fits(site)).collect();
        let mut columns = is_named.clone();
        let mut rows = Vec::new();
        for (company, row) in &self.companies {
            let is_row_named = fits(company);
            if is_row_named {
                row.iter().for_each(|(site, _)| columns[*site] = true);
            }
            if is_row_named || row.iter().any(|(site, _)| is_named[*site]) {
                rows.push((company, row));
            }
        }
        let mut columns: Vec<usize> = (0..self.sites.len()).filter(|site| columns[*site]).collect();
        let left = (many(rows.len().saturating_sub(companies)), many(columns.len().saturating_sub(sites)));
        rows.truncate(companies);
        columns.truncate(sites);
        let cells = |row: &[(usize, Counts)]| {
            let mut cells = vec![Counts::default(); columns.len()];
            for (site, counts) in row {
                if let Ok(column) = columns.binary_search(site) {
                    cells[column] = *counts;
                }
            }
            cells
        };
        Matrix {
            cells: rows.iter().map(|(_, row)| cells(row)).collect(),
            companies: rows.into_iter().map(|(company, _)| company.clone()).collect(),
            sites: columns.into_iter().map(|site| self.sites[site].clone()).collect(),
            more_companies: left.0,
            more_sites: left.1,
        }
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
