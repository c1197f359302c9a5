//! Was the platform told that the person had been where an item leads?
//!
//! Whoever owns the platform may have trackers on other sites, and the diary knows on which of them they were met. Here it
//! is found out what to look up: the company behind the page's own address, and the sites of an item's link and
//! advertiser; and what the diary says becomes a report. Nothing is said where nothing is known. What this deliberately
//! does not do: read the store (`web::noting`), or say that an item is there because of it, which nobody can know.

use serde::Serialize;

use super::super::report::CountsReport;
use super::super::{Background, Knows};
use crate::api::diary::{Key, Period, Span, Values};
use crate::ledger::told::{Part, Told, met};
use crate::url::{Url, to_ascii};

/// So many periods are told by themselves; nobody reads ninety days in a receipt.
const MOST: usize = 3;

/// What is to be looked up in the diary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Telling {
    /// The company that owns the platform.
    pub company: String,
    /// Where the item leads; the first of which anything is known counts.
    pub sites: Vec<String>,
}

/// What a platform's company was told of visits to a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ToldReport {
    /// The company.
    pub company: String,
    /// The site.
    pub site: String,
    /// When, the newest first; never empty.
    pub told: Vec<ToldReportOf>,
}

/// A part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ToldReportOf {
    /// How wide it is: a `day`, a `week`, a `month`, or all that lies `before` the others.
    pub width: &'static str,
    /// Its first day, since 1970.
    pub from: u32,
    /// The day after its last.
    pub to: u32,
    /// What became of the requests.
    pub counts: CountsReport,
}

impl<T: Knows> Background<T> {
    /// What is to be looked up for an item of the page at `url` whose link and advertiser say where it leads; none if the
    /// platform is nobody's that is known, or the item leads nowhere else.
    pub fn telling(&self, url: &str, leads: &[String]) -> Option<Telling> {
        let (host, _) = self.trackers.place(url)?;
        let company = self.trackers.owner(&host)?;
        let mut sites: Vec<String> = Vec::new();
        for lead in leads.iter().take(2) {
            let link = self.trackers.target(lead);
            let host = match Url::parse(&link) {
                Some(url) if matches!(url.scheme(), "http" | "https") => url.host(),
                Some(_) => "",
                // Many wires tell the host alone.
                None => link.split(['/', '?', '#']).next().unwrap_or_default(),
            };
            let host = to_ascii(host);
            let site = self.trackers.site(&host);
            if !site.is_empty() && self.trackers.owner(&host) != Some(company) && !sites.contains(&site) {
                sites.push(site);
            }
        }
        (!sites.is_empty()).then(|| Telling { company: company.to_owned(), sites })
    }

    /// What the diary says of it, given what is stored; none if it says nothing. Days that are open are known better here.
    pub fn told(&self, telling: &Telling, stored: &Values) -> Option<ToldReport> {
        let Telling { company, sites } = telling;
        sites.iter().find_map(|site| {
            let mut told = Told::default();
            for (day, counts) in self.notes.met(site, company) {
                told.add(Period::Day(day), counts);
            }
            for (key, bytes) in stored {
                let is_open = matches!(key, Key::Row(day, _) if self.notes.has(*day));
                let Some(period) = key.period().filter(|_| !is_open) else { continue };
                if let Some(counts) = met(bytes, site, company) {
                    told.add(period, &counts);
                }
            }
            let parts: Vec<ToldReportOf> = told.parts(MOST).into_iter().map(ToldReportOf::from).collect();
            (!parts.is_empty()).then(|| ToldReport { company: company.clone(), site: site.clone(), told: parts })
        })
    }
}

impl From<Part> for ToldReportOf {
    fn from(Part { period, span: Span { from, to }, counts }: Part) -> ToldReportOf {
        let width = match period {
            Some(Period::Day(_)) => "day",
            Some(Period::Week(_)) => "week",
            Some(Period::Month(_)) => "month",
            None => "before",
        };
        ToldReportOf { width, from, to, counts: counts.into() }
    }
}
