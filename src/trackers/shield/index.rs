//! The compiled rules, opened: where each part of the index lies, and how a rule is read out of it.
//!
//! It only reads. How a question walks through it stands in `ask.rs`, how the parts lie in `layout.rs`.

use std::cell::RefCell;

use super::super::RuleRef;
use super::layout::{self as at, BOOKS, Number, Opened, Part, Row, extra, gate};
use super::notes::{Notes, Site};
use super::regex::Regexes;
use super::site::{self, Numbers};
use super::table::{Table, Words};
use crate::url::{Suffixes, host_hash};

/// The compiled rules; borrows the section they lie in.
#[derive(Debug)]
pub struct Shield<'a> {
    pub(super) suffixes: Suffixes<'a>,
    sites: Table<'a>,
    /// What stops, what excepts, what changes.
    pub(super) books: [Book<'a>; BOOKS],
    pub(super) pages: u32,
    rows: Words<'a>,
    extras: Words<'a>,
    texts: &'a [u8],
    sizes: (usize, usize),
    /// Every gate's bits together: what no rule says need not be looked for.
    pub(super) gates: u32,
    has_entities: bool,
    pub(super) regexes: Regexes,
    pub(super) notes: RefCell<Notes>,
}

/// Rules of one effect, by what they are found by.
#[derive(Debug)]
pub(super) struct Book<'a> {
    pub(super) hosts: Table<'a>,
    pub(super) words: Table<'a>,
    pub(super) on_sites: Words<'a>,
    pub(super) always: u32,
}

impl<'a> Shield<'a> {
    /// Opens an index; `None` if it was made for another version or does not hold together.
    pub fn open(index: &'a [u8], suffixes: Suffixes<'a>) -> Option<Shield<'a>> {
        let opened = Opened::open(index)?;
        let book = |n: usize| {
            Some(Book {
                hosts: Table::open(opened.book(n, 0))?,
                words: Table::open(opened.book(n, 1))?,
                on_sites: opened.book(n, 2),
                always: opened.always(n),
            })
        };
        let number = |number| opened.number(number) as usize;
        let rows = opened.part(Part::Rows);
        // A regular expression has a row.
        if number(Number::Regexes) > rows.len() {
            return None;
        }
        Some(Shield {
            suffixes,
            sites: Table::open(opened.part(Part::Sites))?,
            books: [book(0)?, book(1)?, book(2)?],
            pages: opened.number(Number::Pages),
            rows,
            extras: opened.part(Part::Extras),
            texts: opened.texts,
            sizes: (number(Number::Plain), number(Number::All)),
            gates: opened.number(Number::Gates),
            has_entities: number(Number::Entities) != 0,
            regexes: Regexes::new(number(Number::Regexes)),
            notes: RefCell::default(),
        })
    }

    /// The rules that name exactly this host and nothing else about an address, whichever list they are of.
    pub(in super::super) fn host_rules(&self, host: &str) -> impl Iterator<Item = RuleRef> {
        let bucket = self.books[0].hosts.find(host_hash(host)).unwrap_or(at::NONE);
        self.bucket(bucket).filter(|row| row.gate & gate::FULL == 0).map(|row| self.reference(row))
    }

    /// How many rules are in it: those that are only a host, and all.
    pub fn sizes(&self) -> (usize, usize) {
        self.sizes
    }

    /// The numbers that a host's names have as sites.
    pub(super) fn numbers(&self, host: &str) -> Numbers {
        site::numbers(&self.sites, host, self.has_entities.then_some(self.suffixes))
    }

    /// What is known of the site of a frame at this host.
    pub(super) fn site(&self, host: &str) -> Site {
        let domain = self.suffixes.domain(host).to_owned();
        Site { host: Some(host.to_owned()), domain, numbers: self.numbers(host) }
    }

    /// The rows of a bucket.
    #[inline(always)]
    pub(super) fn bucket(&self, from: u32) -> Bucket<'a> {
        Bucket { rows: self.rows, next: Some(from).filter(|from| *from != at::NONE) }
    }

    pub(super) fn reference(&self, row: Row) -> RuleRef {
        let word = self.rows.get(row.at + 1);
        RuleRef { list: word >> at::LINE_BITS, line: word & at::LINE_MASK }
    }

    /// The text of a full row, and the number behind its length.
    #[inline]
    pub(super) fn row_text(&self, row: Row) -> (&'a [u8], usize) {
        let more = self.rows.get(row.at + 3);
        (self.text(self.rows.get(row.at + 2), more & at::LENGTH_MASK), (more >> at::LENGTH_BITS) as usize)
    }

    /// The conditions of a row that few have, if it has any.
    #[inline]
    pub(super) fn extra(&self, row: Row) -> Option<Extra<'a>> {
        let at = if row.gate & gate::FULL == 0 { 0 } else { self.rows.get(row.at + 4) as usize };
        (at != 0).then(|| Extra { words: self.extras, which: self.extras.get(at), next: at + 1 })
    }

    pub(super) fn text(&self, from: u32, len: u32) -> &'a [u8] {
        let from = from as usize;
        self.texts.get(from..from.saturating_add(len as usize)).unwrap_or(&[])
    }

    /// The name of a stand-in or of a parameter.
    pub(super) fn value(&self, row: Row) -> &'a str {
        let Some(mut extra) = self.extra(row) else { return "" };
        extra.part(extra::METHODS, 1);
        let text = extra.part(extra::VALUE, 3).map_or(&[][..], |it| self.text(it.get(0), it.get(1)));
        std::str::from_utf8(text).unwrap_or("")
    }

    /// The number of the regular expression by which a rule names parameters, if it does.
    pub(super) fn value_regex(&self, row: Row) -> Option<usize> {
        let mut extra = self.extra(row)?;
        extra.part(extra::METHODS, 1);
        (extra.part(extra::VALUE, 3)?.get(2) as usize).checked_sub(1)
    }
}

/// The walk of a bucket's rows.
pub(super) struct Bucket<'a> {
    rows: Words<'a>,
    next: Option<u32>,
}

impl Iterator for Bucket<'_> {
    type Item = Row;

    #[inline(always)]
    fn next(&mut self) -> Option<Row> {
        let at = self.next? as usize;
        let gate = self.rows.get(at);
        let words = if gate & gate::FULL == 0 { at::PLAIN_ROW } else { at::FULL_ROW };
        self.next = u32::try_from(at + words).ok().filter(|_| gate & gate::LAST == 0);
        // Beyond the end everything is 0.
        (gate != 0).then_some(Row { at, gate })
    }
}

/// The conditions of a rule, read in their order.
pub(super) struct Extra<'a> {
    words: Words<'a>,
    pub(super) which: u32,
    next: usize,
}

impl<'a> Extra<'a> {
    /// The part of that bit, which has so many words; `None` if the rule has none.
    pub(super) fn part(&mut self, bit: u32, count: usize) -> Option<Words<'a>> {
        if self.which & bit == 0 {
            return None;
        }
        self.next += count;
        self.words.part(self.next - count, count)
    }

    /// The counted part of that bit.
    pub(super) fn list(&mut self, bit: u32) -> Option<Words<'a>> {
        let count = self.part(bit, 1)?.get(0) as usize;
        self.part(bit, count)
    }
}
