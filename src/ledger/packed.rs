//! The form in which sheets are stored: small, versioned, and readable where it is not damaged.
//!
//! `version · how many rows, and names · rows`. Every name stands once, sorted, and is meant by its number; numbers are of variable length,
//! and names in a row are written as the step from the one before. The names and each row carry a checksum of their own,
//! so that one damaged byte costs one site and not three months. Where it is counted whose items the person opens, feeds have
//! a tally more, and the form another number. Nothing here stores anything, or knows which period a sheet is of.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

pub use self::bytes::Unreadable;
use self::bytes::{count, counts, five, open, part, put, sealed, step, take, whole};
use super::sheet::{Feed, Row, Sheet};
use super::sighting::Counts;

mod bytes;

#[cfg(test)]
mod tests;

/// The first byte of every value: what follows is of this form; where feeds hold what was opened, of the second.
const VERSION: u8 = 1;
const WITH_OPENED: u8 = 2;

/// A value as it is read: names once, and rows that mean them by number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unpacked<'a> {
    /// All names.
    pub names: Vec<&'a str>,
    /// The rows that could be read.
    pub rows: Vec<Numbered>,
    /// What was counted of companies in all of them, one row after the other: three years are a million of these.
    pub companies: Vec<(usize, Counts)>,
    /// Whether some could not.
    pub is_damaged: bool,
}

/// One site's row; names are numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbered {
    /// The site.
    pub site: usize,
    /// Pages opened.
    pub pages: u32,
    /// Seconds in view.
    pub seconds: u32,
    /// Where its companies stand.
    pub companies: Range<usize>,
    /// By platform.
    pub feeds: Vec<(usize, Feed)>,
}

/// Writes a sheet.
pub fn pack(sheet: &Sheet) -> Vec<u8> {
    let mut names = BTreeSet::new();
    for (site, row) in &sheet.sites {
        names.insert(site.as_str());
        names.extend(row.companies.keys().map(String::as_str));
        for (platform, feed) in &row.feeds {
            names.insert(platform);
            names.extend(feed.tallies().into_iter().flat_map(BTreeMap::keys).map(String::as_str));
        }
    }
    let names: Vec<&str> = names.into_iter().collect();
    // Each of them is among the names.
    let number = |name: &str| names.binary_search(&name).unwrap_or_default();
    let has_opened = sheet.sites.values().flat_map(|row| row.feeds.values()).any(|feed| !feed.opened.is_empty());
    let (version, tallies) = if has_opened { (WITH_OPENED, 5) } else { (VERSION, 4) };
    let mut out = vec![version];
    let mut table = Vec::new();
    put(&mut table, sheet.sites.len());
    put(&mut table, names.len());
    for name in &names {
        put(&mut table, name.len());
        table.extend_from_slice(name.as_bytes());
    }
    sealed(&mut out, &table);
    for (site, row) in &sheet.sites {
        let mut bytes = Vec::new();
        put(&mut bytes, number(site));
        put(&mut bytes, row.pages as usize);
        put(&mut bytes, row.seconds as usize);
        put(&mut bytes, row.companies.len());
        let mut before = 0;
        for (company, counts) in &row.companies {
            step(&mut bytes, &mut before, number(company));
            for count in [counts.requests, counts.stopped, counts.others, counts.through] {
                put(&mut bytes, count as usize);
            }
        }
        put(&mut bytes, row.feeds.len());
        for (platform, feed) in &row.feeds {
            put(&mut bytes, number(platform));
            for count in [feed.sponsored, feed.suggested, feed.followed, feed.unknown] {
                put(&mut bytes, count as usize);
            }
            for tally in feed.tallies().into_iter().take(tallies) {
                put(&mut bytes, tally.len());
                let mut before = 0;
                for (word, count) in tally {
                    step(&mut bytes, &mut before, number(word));
                    put(&mut bytes, *count as usize);
                }
            }
        }
        sealed(&mut out, &bytes);
    }
    out
}

/// Reads a value as far as it can be read.
///
/// # Errors
/// If nothing of it can.
pub fn unpack(bytes: &[u8]) -> Result<Unpacked<'_>, Unreadable> {
    let Head { names, rows, tallies, mut rest } = head(bytes)?;
    // A company in a row takes five bytes at least.
    let mut value = Unpacked { names, companies: Vec::with_capacity(rest.len() / 5), ..Unpacked::default() };
    while !rest.is_empty() {
        match open(&mut rest) {
            // Where the length is damaged, what follows cannot be found.
            None => rest = &[],
            Some(part) => {
                if let Ok(part) = part {
                    value.take(part, tallies);
                }
            }
        }
    }
    value.is_damaged = value.rows.len() != rows;
    Ok(value)
}

/// Reads of a value one site's row alone, which costs next to nothing; whether others are damaged is not looked at.
///
/// # Errors
/// If nothing of it can.
pub fn unpack_site<'a>(bytes: &'a [u8], site: &str) -> Result<Unpacked<'a>, Unreadable> {
    let Head { names, tallies, mut rest, .. } = head(bytes)?;
    let mut value = Unpacked { names, ..Unpacked::default() };
    let Ok(site) = value.names.binary_search(&site) else { return Ok(value) };
    while let Some((sum, part)) = part(&mut rest) {
        if take(&mut &*part) == Some(site)
            && let Ok(part) = whole(sum, part)
        {
            value.take(part, tallies);
        }
    }
    Ok(value)
}

/// A value of which the rows are not read yet.
struct Head<'a> {
    names: Vec<&'a str>,
    /// How many rows there were.
    rows: usize,
    /// How many tallies a feed has.
    tallies: usize,
    /// The rows.
    rest: &'a [u8],
}

fn head(bytes: &[u8]) -> Result<Head<'_>, Unreadable> {
    let (tallies, mut rest) = match bytes.split_first() {
        Some((&VERSION, rest)) => (4, rest),
        Some((&WITH_OPENED, rest)) => (5, rest),
        Some((version, _)) if *version > WITH_OPENED => return Err(Unreadable::Newer),
        _ => return Err(Unreadable::Damaged),
    };
    let mut table = open(&mut rest).and_then(Result::ok).ok_or(Unreadable::Damaged)?;
    let rows = take(&mut table).ok_or(Unreadable::Damaged)?;
    Ok(Head { names: names(table).ok_or(Unreadable::Damaged)?, rows, tallies, rest })
}

impl Unpacked<'_> {
    /// Takes in a row, if it can be read.
    fn take(&mut self, part: &[u8], tallies: usize) {
        let before = self.companies.len();
        match row(part, &self.names, tallies, &mut self.companies) {
            Some(row) => self.rows.push(row),
            None => self.companies.truncate(before),
        }
    }

    /// The companies of a row.
    pub fn companies(&self, row: &Numbered) -> &[(usize, Counts)] {
        &self.companies[row.companies.clone()]
    }

    /// The sheet, with its names in words.
    pub fn sheet(&self) -> Sheet {
        let name = |number: usize| self.names[number].to_owned();
        let mut sheet = Sheet::default();
        for row in &self.rows {
            // One by one: collecting into a map brings a sort for each type of it, kilobytes in what is loaded at every wake.
            let mut into = Row { pages: row.pages, seconds: row.seconds, ..Row::default() };
            for (company, counts) in self.companies(row) {
                into.companies.insert(name(*company), *counts);
            }
            for (platform, feed) in &row.feeds {
                into.feeds.insert(name(*platform), feed.clone());
            }
            sheet.sites.insert(name(row.site), into);
        }
        sheet
    }
}

fn names(mut table: &[u8]) -> Option<Vec<&str>> {
    let many = take(&mut table)?;
    // Every name takes a byte at least: a damaged number must not ask for all memory.
    let mut names = Vec::with_capacity(many.min(table.len()));
    for _ in 0..many {
        let len = take(&mut table)?;
        let (name, after) = table.split_at_checked(len)?;
        names.push(std::str::from_utf8(name).ok()?);
        table = after;
    }
    Some(names)
}

fn row(mut rest: &[u8], names: &[&str], tallies: usize, companies: &mut Vec<(usize, Counts)>) -> Option<Numbered> {
    let name = |number: usize| (number < names.len()).then_some(number);
    let rest = &mut rest;
    let mut row =
        Numbered { site: name(take(rest)?)?, pages: count(rest)?, seconds: count(rest)?, ..Numbered::default() };
    row.companies.start = companies.len();
    let mut before = 0usize;
    for _ in 0..take(rest)? {
        let [step, counts @ ..] = five(rest)?;
        before = name(before.checked_add(step as usize)?)?;
        let [requests, stopped, others, through] = counts;
        companies.push((before, Counts { requests, stopped, others, through }));
    }
    row.companies.end = companies.len();
    for _ in 0..take(rest)? {
        let platform = name(take(rest)?)?;
        let [sponsored, suggested, followed, unknown] = counts(rest)?;
        let mut feed = Feed { sponsored, suggested, followed, unknown, ..Feed::default() };
        for tally in feed.tallies_mut().into_iter().take(tallies) {
            let mut before = 0usize;
            for _ in 0..take(rest)? {
                before = name(before.checked_add(take(rest)?)?)?;
                tally.insert(names[before].to_owned(), count(rest)?);
            }
        }
        row.feeds.push((platform, feed));
    }
    rest.is_empty().then_some(row)
}
