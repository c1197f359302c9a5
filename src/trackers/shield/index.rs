//! The compiled rules, opened: where each part of the index lies, and how a rule is read out of it.
//!
//! It only reads. How a question walks through it stands in `ask.rs`, how the parts lie in `layout.rs`.

use super::super::RuleRef;
use super::layout::{self, Opened, Part, flag};
use super::regex::Regexes;
use super::table::{Table, Words};
use crate::url::{Suffixes, host_hash};

/// The compiled rules; borrows the section they lie in.
#[derive(Debug)]
pub struct Shield<'a> {
    pub(super) suffixes: Suffixes<'a>,
    pub(super) hosts: Table<'a>,
    pub(super) words: Table<'a>,
    pub(super) sites: Table<'a>,
    pub(super) on_sites: Words<'a>,
    pub(super) kinds: Words<'a>,
    pub(super) plain: Words<'a>,
    pub(super) full: Words<'a>,
    pub(super) buckets: Words<'a>,
    pub(super) extras: Words<'a>,
    pub(super) texts: &'a [u8],
    pub(super) first_regex: usize,
    pub(super) always: u32,
    pub(super) pages: u32,
    pub(super) has_entities: bool,
    pub(super) has_params: bool,
    pub(super) regexes: Regexes,
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

    /// The rules that name exactly this host and nothing else about an address, whichever list they are of.
    pub(in super::super) fn host_rules(&self, host: &str) -> impl Iterator<Item = RuleRef> {
        let bucket = self.hosts.find(host_hash(host)).unwrap_or(layout::NONE);
        self.rules_of(bucket).filter(|id| self.is_plain(*id)).map(|id| self.reference(id))
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
    pub(super) fn rules_of(&self, bucket: u32) -> Run<'a> {
        let one = bucket & layout::MANY == 0;
        let from = if one || bucket == layout::NONE { 0 } else { (bucket & !layout::MANY) as usize };
        let count = if one { 1 } else { self.buckets.get(from) as usize };
        let count = if bucket == layout::NONE { 0 } else { count.min(self.buckets.len().max(1)) };
        Run { words: self.buckets, at: from + 1, left: count, one: one.then_some(bucket) }
    }

    #[inline(always)]
    pub(super) fn is_plain(&self, id: u32) -> bool {
        (id as usize) < self.plain.len() / 2
    }

    /// The first word of a full rule's row.
    pub(super) fn row(&self, id: u32) -> usize {
        (id as usize - self.plain.len() / 2) * layout::ROW
    }

    /// Types and methods, and flags.
    #[inline]
    pub(super) fn kind(&self, id: u32) -> (u32, u32) {
        let kind =
            if self.is_plain(id) { self.plain.get(id as usize * 2) } else { self.full.get(self.row(id)) & 0x00ff_ffff };
        (self.kinds.get(kind as usize * 2), self.kinds.get(kind as usize * 2 + 1))
    }

    pub(super) fn reference(&self, id: u32) -> RuleRef {
        let word =
            if self.is_plain(id) { self.plain.get(id as usize * 2 + 1) } else { self.full.get(self.row(id) + 1) };
        RuleRef { list: word >> layout::LINE_BITS, line: word & layout::LINE_MASK }
    }

    pub(super) fn text(&self, from: u32, len: u32) -> &'a [u8] {
        let from = from as usize;
        self.texts.get(from..from.saturating_add(len as usize)).unwrap_or(&[])
    }
}

/// The numbers of the rules in a bucket.
pub(super) struct Run<'a> {
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
