//! The book: sheets as they are read for views, every name once, so that three years of them are summed in one go.
//!
//! A book is made anew for each page that shows it and is never written. Old sheets are of weeks or months: a view shows
//! them as wide as they are, and never pretends to know the day.

use std::collections::BTreeMap;

use super::packed::{self, Unreadable};
use super::period::Period;
use super::sheet::{Feed, Sheet};
use super::sighting::Counts;

/// Days from the first (included) to the last (not included), each since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The first day.
    pub from: u32,
    /// The day after the last.
    pub to: u32,
}

impl Span {
    /// All days.
    pub const ALL: Span = Span { from: 0, to: u32::MAX };

    /// Whether a period lies in it, if only in part.
    pub fn meets(self, period: Period) -> bool {
        let (from, to) = period.days();
        from < self.to && self.from < to
    }
}

/// How wide the bars of a view are. What is kept in wider periods stays as wide as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// A bar a day.
    Day,
    /// A bar a week, from Monday to Sunday.
    Week,
    /// A bar a month. A week that lies in two belongs to the one of its Thursday.
    Month,
    /// A bar a year, with the same rule.
    Year,
}

impl Grain {
    /// The bar to which a period belongs.
    pub fn bar(self, period: Period) -> Span {
        let (from, to) = match (self, period) {
            (Grain::Year, _) => {
                let Period::Month(month) = period.month() else { return Span::ALL };
                let first = month - month % 12;
                (Period::Month(first).days().0, Period::Month(first.saturating_add(11)).days().1)
            }
            (Grain::Month, _) => period.month().days(),
            (Grain::Week, Period::Day(day)) => Period::week_of(day).days(),
            _ => period.days(),
        };
        Span { from, to }
    }
}

/// The number of a name in the book.
pub(super) type Name = usize;

/// One site in one period.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) site: Name,
    pub(super) companies: Vec<(Name, Counts)>,
    pub(super) feeds: Vec<(Name, Feed)>,
    pub(super) pages: u32,
    pub(super) seconds: u32,
}

/// One period.
#[derive(Clone, Debug)]
pub(super) struct Leaf {
    pub(super) period: Period,
    pub(super) entries: Vec<Entry>,
}

/// Sheets with every name once.
#[derive(Clone, Debug, Default)]
pub struct Book {
    names: Vec<String>,
    numbers: BTreeMap<String, Name>,
    leaves: Vec<Leaf>,
}

impl Book {
    /// Puts in a sheet of a period.
    pub fn add(&mut self, period: Period, sheet: &Sheet) {
        let entries = sheet.sites.iter().map(|(site, row)| Entry {
            site: self.number(site),
            companies: row.companies.iter().map(|(name, counts)| (self.number(name), *counts)).collect(),
            feeds: row.feeds.iter().map(|(platform, feed)| (self.number(platform), feed.clone())).collect(),
            pages: row.pages,
            seconds: row.seconds,
        });
        let leaf = Leaf { period, entries: entries.collect() };
        self.leaves.push(leaf);
    }

    /// Puts in a sheet as it is stored, without making it first, or of one site in it alone. A period without that site is
    /// put in too: it is kept.
    ///
    /// # Errors
    /// If nothing of it can be read. Of a damaged one what can be read is put in.
    pub fn add_packed(&mut self, period: Period, bytes: &[u8], site: Option<&str>) -> Result<(), Unreadable> {
        let value = match site {
            Some(site) => packed::unpack_site(bytes, site)?,
            None => packed::unpack(bytes)?,
        };
        let numbers: Vec<Name> = value.names.iter().map(|name| self.number(name)).collect();
        let entries = value.rows.into_iter().map(|row| Entry {
            site: numbers[row.site],
            companies: row.companies.into_iter().map(|(name, counts)| (numbers[name], counts)).collect(),
            feeds: row.feeds.into_iter().map(|(name, feed)| (numbers[name], feed)).collect(),
            pages: row.pages,
            seconds: row.seconds,
        });
        let leaf = Leaf { period, entries: entries.collect() };
        self.leaves.push(leaf);
        Ok(())
    }

    pub(super) fn name(&self, number: Name) -> String {
        self.names.get(number).cloned().unwrap_or_default()
    }

    pub(super) fn known(&self, name: &str) -> Option<Name> {
        self.numbers.get(name).copied()
    }

    /// How many names there are: all numbers are below.
    pub(super) fn count(&self) -> usize {
        self.names.len()
    }

    fn number(&mut self, name: &str) -> Name {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.names.len();
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }

    /// The leaves that lie in a span, also those that lie in it only in part.
    pub(super) fn leaves(&self, span: Span) -> impl Iterator<Item = &Leaf> {
        self.leaves.iter().filter(move |leaf| span.meets(leaf.period))
    }

    /// The bars of a span that anything is known of, in the order of time, and each leaf with the number of its bar.
    pub(super) fn bars(&self, span: Span, grain: Grain) -> (Vec<Span>, Vec<(usize, &Leaf)>) {
        let leaves: Vec<(Span, &Leaf)> = self.leaves(span).map(|leaf| (grain.bar(leaf.period), leaf)).collect();
        let mut bars: Vec<Span> = leaves.iter().map(|(bar, _)| *bar).collect();
        bars.sort_unstable();
        bars.dedup();
        let numbered = leaves.into_iter().filter_map(|(bar, leaf)| Some((bars.binary_search(&bar).ok()?, leaf)));
        let numbered = numbered.collect();
        (bars, numbered)
    }
}
