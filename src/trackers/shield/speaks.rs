//! Does one rule speak of a request? What costs least is asked first.
//!
//! Of the rules in a bucket most are for another type (their gate says so before anything here is called), then for
//! another party, then have another text; methods and sites are compared last. What it deliberately does not do: look
//! for rules, or weigh them against each other; see `ask.rs`.

use std::cell::OnceCell;

use super::super::list::Start;
use super::super::request::Request;
use super::index::Shield;
use super::layout::{Row, extra, gate};
use super::notes::Notes;
use super::pattern::{Text, find};
use super::site::Numbers;
use crate::url::bytes_under;

/// An address that a pattern is held against.
#[derive(Clone, Copy)]
pub(super) struct Address<'u> {
    /// As it came.
    pub(super) url: &'u str,
    /// In lower case.
    pub(super) folded: &'u [u8],
    /// Where its host begins and ends.
    pub(super) host: (usize, usize),
}

/// A request with what was found out about it.
pub(super) struct Asked<'s, 'a, 'r> {
    pub(super) shield: &'s Shield<'a>,
    pub(super) request: &'s Request<'r>,
    pub(super) notes: &'s Notes,
    /// Whether it goes to another party than the page's; found at the first rule that asks.
    pub(super) third: OnceCell<bool>,
    /// The numbers that the host asked for has as a site; found as the party is.
    pub(super) to: OnceCell<Numbers>,
}

impl Asked<'_, '_, '_> {
    /// Returns true if and only if a rule whose type fits matches the request; `place` is where in the address the key
    /// stands under which the rule was found.
    #[inline(always)]
    pub(super) fn speaks(&self, row: Row, place: Option<usize>) -> bool {
        self.is_asked(row) && self.party_fits(row.gate) && (row.gate & gate::FULL == 0 || self.full_speaks(row, place))
    }

    fn full_speaks(&self, row: Row, place: Option<usize>) -> bool {
        let address = Address { url: self.request.url, folded: self.notes.url.bytes(), host: self.request.host };
        self.matches(row, place, address) && self.conditions_hold(row)
    }

    /// Whether the rule's list is asked.
    #[inline(always)]
    pub(super) fn is_asked(&self, row: Row) -> bool {
        self.request.lists == u64::MAX || self.request.lists & self.shield.reference(row).bit() != 0
    }

    #[inline(always)]
    fn party_fits(&self, gate: u32) -> bool {
        gate & gate::PARTY == 0 || self.whose_fits(gate)
    }

    fn whose_fits(&self, gate: u32) -> bool {
        let third = *self.third.get_or_init(|| self.is_third());
        let strict_third = !self.request.host().eq_ignore_ascii_case(self.request.site);
        !(gate & gate::THIRD != 0 && !third
            || gate & gate::FIRST != 0 && third
            || gate & gate::STRICT_THIRD != 0 && !strict_third
            || gate & gate::STRICT_FIRST != 0 && strict_third)
    }

    /// Whether the request goes to another party than the page's. One comparison tells it of most that do; what lies
    /// under the page's domain may still be registered apart from it.
    fn is_third(&self) -> bool {
        let (host, site) = (self.request.host(), self.request.site);
        let may_be_first = host.is_empty() || bytes_under(host.as_bytes(), self.notes.site.domain.as_bytes());
        !may_be_first || self.shield.suffixes.is_third_party(host, site)
    }

    /// Holds a rule's pattern against an address.
    pub(super) fn matches(&self, row: Row, place: Option<usize>, address: Address<'_>) -> bool {
        let (text, more) = self.shield.row_text(row);
        match row.gate >> gate::FORM & 3 {
            gate::ANY => true,
            gate::HOST => bytes_under(address.url.as_bytes().get(address.host.0..address.host.1).unwrap_or(&[]), text),
            gate::TEXT => {
                let start = match row.gate >> gate::START & 3 {
                    0 => Start::Free,
                    1 => Start::Address,
                    _ => Start::Label,
                };
                let minds_case = row.gate & gate::MATCH_CASE != 0;
                let url = if minds_case { address.url.as_bytes() } else { address.folded };
                let text = Text { start, end: row.gate & gate::END != 0, body: text };
                match place.zip(more.checked_sub(1)) {
                    Some((place, key)) => {
                        place.checked_sub(key).is_some_and(|at| text.matches_at(url, address.host, at))
                    }
                    None => text.matches(url, address.host),
                }
            }
            _ => {
                let minds_case = row.gate & gate::MATCH_CASE != 0;
                self.may_match(row, address) && self.shield.regexes.matches(more, text, minds_case, address.url)
            }
        }
    }

    /// Whether the address holds what a regular expression needs: running one costs as much as all else together.
    fn may_match(&self, row: Row, address: Address<'_>) -> bool {
        let Some(mut extra) = self.shield.extra(row) else { return true };
        extra.part(extra::METHODS, 1);
        extra.part(extra::VALUE, 3);
        let Some(needs) = extra.part(extra::NEEDS, 3) else { return true };
        address.url.len() >= needs.get(2) as usize
            && find(self.shield.text(needs.get(0), needs.get(1)), address.folded, 0).is_some()
    }

    /// Compares the method, and the sites and hosts that a rule names.
    pub(super) fn conditions_hold(&self, row: Row) -> bool {
        let Some(mut extra) = self.shield.extra(row) else { return true };
        if extra.part(extra::METHODS, 1).is_some_and(|it| it.get(0) & u32::from(self.request.method) == 0) {
            return false;
        }
        extra.part(extra::VALUE, 3);
        extra.part(extra::NEEDS, 3);
        let lists = [
            (extra::SITES_ONLY, false, true),
            (extra::SITES_NOT, false, false),
            (extra::TO_ONLY, true, true),
            (extra::TO_NOT, true, false),
            (extra::TO_NOT_EITHER, true, false),
        ];
        lists.iter().all(|&(bit, of_request, wanted)| {
            if extra.which & bit == 0 {
                return true;
            }
            let Some(ids) = extra.list(bit) else { return false };
            let numbers = match of_request {
                true => self.to.get_or_init(|| self.shield.numbers(self.request.host())),
                false => &self.notes.site.numbers,
            };
            numbers.are_in(ids) == wanted
        })
    }
}
