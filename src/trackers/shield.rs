//! All rules, compiled once, and asked in place.
//!
//! The index is bytes that the build (or the update on the device) made; opening it checks its lengths and nothing is
//! parsed, copied or built. A question walks the host's labels and the address's words once, looks each up, and tries
//! only the rules kept under what it found: most often none. Order: an exception for the whole page silences
//! everything; an important rule stands above exceptions that are not; any other needs that no exception speaks. Only where no rule
//! stops a request are its parameters looked at.
//!
//! What it deliberately does not do: remember. There is no cache that could be stale or leak what was visited; a regular
//! expression is compiled at its first use and kept, that is all.

mod ask;
mod build;
mod keys;
mod layout;
mod pattern;
mod regex;
mod site;
mod table;

pub use build::build;
pub(super) use table::{Table, Words};

use self::layout::{Opened, Part, flag};
use self::regex::Regexes;
use super::request::Request;
use super::{Answer, RuleRef};
use crate::url::{Suffixes, host_hash};

/// The compiled rules; borrows the section they lie in.
#[derive(Debug)]
pub struct Shield<'a> {
    suffixes: Suffixes<'a>,
    hosts: Table<'a>,
    words: Table<'a>,
    sites: Table<'a>,
    on_sites: Words<'a>,
    kinds: Words<'a>,
    plain: Words<'a>,
    full: Words<'a>,
    buckets: Words<'a>,
    extras: Words<'a>,
    texts: &'a [u8],
    first_regex: usize,
    always: u32,
    pages: u32,
    has_entities: bool,
    has_params: bool,
    regexes: Regexes,
}

impl<'a> Shield<'a> {
    /// Opens an index; `None` if it was made for another version or does not hold together.
    pub fn open(index: &'a [u8], suffixes: Suffixes<'a>) -> Option<Shield<'a>> {
        let opened = Opened::open(index)?;
        let [plain_count, first_regex, always, pages, entities] = opened.numbers;
        let plain = opened.part(Part::Plain);
        let full = opened.part(Part::Full);
        let kinds = opened.part(Part::Kinds);
        let total = plain.len() / 2 + full.len() / layout::ROW;
        if plain.len() / 2 != plain_count as usize || first_regex as usize > total {
            return None;
        }
        let has_params = (0..kinds.len() / 2).any(|i| kinds.get(i * 2 + 1) & flag::PARAM != 0);
        Some(Shield {
            suffixes,
            hosts: Table::open(opened.part(Part::Hosts))?.0,
            words: Table::open(opened.part(Part::Words))?.0,
            sites: Table::open(opened.part(Part::Sites))?.0,
            on_sites: opened.part(Part::OnSites),
            kinds,
            plain,
            full,
            buckets: opened.part(Part::Buckets),
            extras: opened.part(Part::Extras),
            texts: opened.texts,
            first_regex: first_regex as usize,
            always,
            pages,
            has_entities: entities != 0,
            has_params,
            regexes: Regexes::new(total - first_regex as usize),
        })
    }

    /// What is to become of a request, and which rules say so.
    pub fn ask(&self, request: &Request<'_>) -> Answer<'a> {
        ask::ask(self, request)
    }

    /// The rule that names exactly this host and nothing else about an address, if there is one.
    pub(super) fn host_rule(&self, host: &str) -> Option<RuleRef> {
        let bucket = self.hosts.find(host_hash(host))?;
        self.rules_of(bucket).find(|id| (*id as usize) < self.plain.len() / 2).map(|id| self.reference(id))
    }

    /// How many rules are in it: those that are only a host, and all.
    pub fn sizes(&self) -> (usize, usize) {
        (self.plain.len() / 2, self.plain.len() / 2 + self.full.len() / layout::ROW)
    }

    /// How many rules are tried whatever the request.
    pub fn always_tried(&self) -> usize {
        self.rules_of(self.always).count()
    }

    #[inline]
    fn rules_of(&self, bucket: u32) -> Run<'a> {
        let one = bucket & layout::MANY == 0;
        let from = if one || bucket == layout::NONE { 0 } else { (bucket & !layout::MANY) as usize };
        let count = if one { 1 } else { self.buckets.get(from) as usize };
        let count = if bucket == layout::NONE { 0 } else { count.min(self.buckets.len().max(1)) };
        Run { words: self.buckets, at: from + 1, left: count, one: one.then_some(bucket) }
    }

    #[inline(always)]
    fn is_plain(&self, id: u32) -> bool {
        (id as usize) < self.plain.len() / 2
    }

    /// The first word of a full rule's row.
    fn row(&self, id: u32) -> usize {
        (id as usize - self.plain.len() / 2) * layout::ROW
    }

    /// Types and methods, and flags.
    #[inline]
    fn kind(&self, id: u32) -> (u32, u32) {
        let kind =
            if self.is_plain(id) { self.plain.get(id as usize * 2) } else { self.full.get(self.row(id)) & 0x00ff_ffff };
        (self.kinds.get(kind as usize * 2), self.kinds.get(kind as usize * 2 + 1))
    }

    fn reference(&self, id: u32) -> RuleRef {
        let word =
            if self.is_plain(id) { self.plain.get(id as usize * 2 + 1) } else { self.full.get(self.row(id) + 1) };
        RuleRef { list: word >> layout::LINE_BITS, line: word & layout::LINE_MASK }
    }

    fn text(&self, from: u32, len: u32) -> &'a [u8] {
        let from = from as usize;
        self.texts.get(from..from.saturating_add(len as usize)).unwrap_or(&[])
    }
}

/// The numbers of the rules in a bucket.
struct Run<'a> {
    words: Words<'a>,
    at: usize,
    left: usize,
    one: Option<u32>,
}

impl Iterator for Run<'_> {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        self.left = self.left.checked_sub(1)?;
        self.at += 1;
        Some(self.one.unwrap_or_else(|| self.words.get(self.at - 1)))
    }
}

/// The reason why a rule's regular expression cannot be used here, if it cannot.
fn regex_refusal(rule: &super::list::Rule) -> Option<String> {
    match &rule.pattern {
        super::list::Pattern::Regex(source) => regex::refusal(source, rule.match_case),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
