//! Views of companies: on how many of the visited sites each was met, which on which, and one of them by itself.
//!
//! Whoever has no company known is here under the site of the host, as the ledger keeps it.

use super::super::book::{Entry, Leaf, Name};
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
    /// On how many of the visited sites each company was met.
    pub reach: Reach,
    /// The sites on which a company was met, the one with most companies first, each with what was counted.
    sites: Vec<(String, Vec<(Name, Counts)>)>,
    /// Where in `reach` the company of each number stands.
    ranks: Vec<usize>,
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
    // By site, since what is of one stays at hand while it is summed: of years there are a million of counts.
    let mut visits: Vec<Vec<(&Leaf, &Entry)>> = vec![Vec::new(); book.count()];
    for leaf in book.leaves(span) {
        for entry in &leaf.entries {
            visits[entry.site].push((leaf, entry));
        }
    }
    let mut places = vec![0; book.count()];
    let mut reach = Reach::default();
    let mut of_sites = sums::<Vec<(Name, Counts)>>(book);
    let mut of_companies = sums::<CompanyReach>(book);
    for (visits, of_site) in visits.iter().zip(&mut of_sites).filter(|(visits, _)| !visits.is_empty()) {
        reach.sites += 1;
        let mut row = Vec::new();
        for (leaf, entry) in visits {
            sum_up(leaf.companies(entry), &mut row, &mut places);
        }
        for (company, counts) in &row {
            of_companies[*company].get_or_insert_default().meet(counts);
        }
        *of_site = (!row.is_empty()).then_some(row);
    }
    let mut ranks = vec![0; book.count()];
    for (rank, (company, it)) in ranked(book, of_companies, |it| (it.sites, it.counts.requests)).into_iter().enumerate()
    {
        // Whoever was met has a number.
        ranks[book.known(&company).unwrap_or_default()] = rank;
        reach.companies.push(CompanyReach { company, ..it });
    }
    Met { reach, sites: ranked(book, of_sites, Vec::len), ranks }
}

/// Adds counts of companies to the row of a site. `places` says where in it each company stands; what it says of an earlier
/// row is seen to be old by who stands there. It is a function of its own, called often, so that browsers make it fast.
#[inline(never)]
fn sum_up(companies: &[(Name, Counts)], row: &mut Vec<(Name, Counts)>, places: &mut [usize]) {
    for (company, counts) in companies {
        let place = &mut places[*company];
        match row.get_mut(*place) {
            Some((known, sum)) if known == company => sum.add(counts),
            _ => {
                *place = row.len();
                row.push((*company, *counts));
            }
        }
    }
}

impl CompanyReach {
    /// One site more, with what was counted there.
    fn meet(&mut self, counts: &Counts) {
        self.sites += 1;
        self.stopped_on += u32::from(counts.stopped > 0 || counts.others > 0);
        self.through_on += u32::from(counts.through > 0);
        self.counts.add(counts);
    }
}

impl Met {
    /// Which company was met on which site, of so many of each at most.
    ///
    /// What is searched for may be either: a company whose name holds it is shown with all its sites, a site with all its
    /// companies. Empty words find everything.
    pub fn matrix(&self, find: &str, companies: usize, sites: usize) -> Matrix {
        let find = find.trim().to_lowercase();
        let fits = |name: &str| find.is_empty() || name.to_lowercase().contains(&find);
        let is_named: Vec<bool> = self.reach.companies.iter().map(|it| fits(&it.company)).collect();
        let mut rows = is_named.clone();
        let mut columns = Vec::new();
        for (site, row) in &self.sites {
            let is_site_named = fits(site);
            let mut is_shown = is_site_named;
            for (company, _) in row {
                let rank = self.ranks[*company];
                is_shown |= is_named[rank];
                rows[rank] |= is_site_named;
            }
            if is_shown {
                columns.push((site, row));
            }
        }
        let mut rows: Vec<usize> = (0..rows.len()).filter(|rank| rows[*rank]).collect();
        let left = (many(rows.len().saturating_sub(companies)), many(columns.len().saturating_sub(sites)));
        rows.truncate(companies);
        columns.truncate(sites);
        let mut cells = vec![vec![Counts::default(); columns.len()]; rows.len()];
        for (column, (_, row)) in columns.iter().enumerate() {
            for (company, counts) in *row {
                if let Ok(at) = rows.binary_search(&self.ranks[*company]) {
                    cells[at][column] = *counts;
                }
            }
        }
        Matrix {
            cells,
            companies: rows.into_iter().map(|rank| self.reach.companies[rank].company.clone()).collect(),
            sites: columns.into_iter().map(|(site, _)| site.clone()).collect(),
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
            for (_, counts) in leaf.companies(entry).iter().filter(|(company, _)| *company == number) {
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
