//! One question to the shield, from the first key to the answer.
//!
//! Three books are asked in turn, each only if the one before left something to ask: most requests end with the first,
//! in which no rule that stops them is found. Whatever the address and the page are is in the notes; how a single rule
//! is held against them stands in `speaks.rs`.

use std::cell::OnceCell;

use super::super::request::{Request, host_range};
use super::super::{Answer, Decision, ResourceType};
use super::index::{Book, Shield};
use super::layout::{self as at, Row, gate};
use super::notes::{Notes, Page};
use super::speaks::{Address, Asked};
use crate::url::hash::Folded;

pub(super) fn ask<'a>(shield: &Shield<'a>, notes: &mut Notes, request: &Request<'_>) -> Answer<'a> {
    notes.take(request, |host| shield.site(host));
    let (third, to) = (OnceCell::new(), OnceCell::new());
    let asked = Asked { shield, request, notes, third, to };
    let [stops, excepts, _] = &shield.books;
    let Some(stop) = asked.first(stops, 0, 0) else { return asked.changed() };
    let reference = |row: Row| Some(shield.reference(row));
    let mut exception = asked.page_exception();
    let mut stop = stop;
    if exception.is_none() {
        exception = asked.first(excepts, 0, 0);
        // Over an important rule only an important exception stands.
        let important = exception.and_then(|_| asked.first(stops, gate::IMPORTANT, gate::IMPORTANT));
        if let Some(important) = important {
            stop = important;
            exception = asked.first(excepts, gate::IMPORTANT, gate::IMPORTANT);
        }
    }
    if let Some(exception) = exception {
        return Answer { rule: reference(stop), exception: reference(exception), ..Answer::pass() };
    }
    let redirect = asked.stand_in();
    let decision = if redirect.is_some() { Decision::Change } else { Decision::Stop };
    Answer { decision, rule: reference(stop), redirect, ..Answer::pass() }
}

impl<'a> Asked<'_, 'a, '_> {
    /// Shows every rule of a book that speaks and whose gate has, of the bits in the mask, exactly these, until the
    /// visitor has seen enough. A word that stands twice in an address may show its rules twice.
    #[inline(always)]
    fn each(&self, book: &Book<'a>, mask: u32, bits: u32, mut visit: impl FnMut(Row) -> bool) {
        let kind = 1 << self.request.kind as u32;
        let mut show = |bucket: u32, place: Option<usize>| {
            self.shield
                .bucket(bucket)
                .any(|row| row.gate & kind != 0 && row.gate & mask == bits && self.speaks(row, place) && visit(row))
        };
        let Notes { labels, words, site, .. } = self.notes;
        let enough = labels.iter().any(|it| book.hosts.find(it.hash).is_some_and(|bucket| show(bucket, Some(it.at))))
            || words.iter().any(|it| book.words.find(it.hash).is_some_and(|bucket| show(bucket, Some(it.at))))
            || site.numbers.iter().any(|id| show(book.on_sites.get(id as usize), None));
        if !enough {
            show(book.always, None);
        }
    }

    /// The first of them.
    fn first(&self, book: &Book<'a>, mask: u32, bits: u32) -> Option<Row> {
        // What no rule of the index has, none of this book has.
        if self.shield.gates & bits != bits {
            return None;
        }
        let mut first = None;
        self.each(book, mask, bits, |row| first.replace(row).is_none());
        first
    }

    /// The exception that silences all rules on the page that asks, if there is one.
    fn page_exception(&self) -> Option<Row> {
        let shield = self.shield;
        if shield.pages == at::NONE {
            return None;
        }
        let page = match self.request.kind {
            ResourceType::Document => self.request.url,
            _ => self.request.page,
        };
        let mut known = self.notes.page.borrow_mut();
        if known.url != page {
            let mut folded = Folded::default();
            folded.fill(page.as_bytes());
            let address = Address { url: page, folded: folded.bytes(), host: host_range(page) };
            let silent = shield.bucket(shield.pages).filter(|row| self.matches(*row, None, address)).collect();
            *known = Page { url: page.to_owned(), silent };
        }
        known.silent.iter().copied().find(|row| self.is_asked(*row) && self.conditions_hold(*row))
    }

    /// The stand-in that a stopped request is answered with, if rules name one and no exception takes it back.
    fn stand_in(&self) -> Option<&'a str> {
        let shield = self.shield;
        if shield.gates & (gate::STAND_IN | gate::STAND_IN_ONLY) == 0 {
            return None;
        }
        let [stops, _, changes] = &shield.books;
        let all = gate::EXCEPTION | gate::STAND_IN | gate::STAND_IN_ONLY | gate::PARAM;
        let named = self.first(stops, all, gate::STAND_IN);
        let name = shield.value(named.or_else(|| self.first(changes, all, gate::STAND_IN_ONLY))?);
        let mut silenced = false;
        for kind in [gate::STAND_IN, gate::STAND_IN_ONLY] {
            self.each(changes, all, gate::EXCEPTION | kind, |row| {
                let value = shield.value(row);
                silenced |= matches!(value, "" | "*") || value == name;
                silenced
            });
        }
        (!silenced && name != "none").then_some(name)
    }

    /// The answer for a request that nothing stops: passed, or with parameters taken out.
    fn changed(&self) -> Answer<'a> {
        let shield = self.shield;
        let mut answer = Answer::pass();
        if shield.gates & gate::PARAM == 0 {
            return answer;
        }
        let query = self.request.url.split_once('?').map_or("", |(_, rest)| rest);
        if query.is_empty() {
            return answer;
        }
        let (mut taken, mut kept) = (Vec::new(), Vec::new());
        self.each(&shield.books[2], gate::PARAM, gate::PARAM, |row| {
            if row.gate & gate::EXCEPTION != 0 {
                kept.push(shield.value(row))
            } else {
                taken.push(row)
            };
            false
        });
        for row in taken {
            let name = shield.value(row);
            let excepted = kept.iter().any(|k| k.is_empty() || *k == name);
            if !excepted && !answer.params.contains(&name) && shield.takes(row, name, query) {
                answer.rule.get_or_insert(shield.reference(row));
                answer.params.push(name);
            }
        }
        // As in a browser, what an exception lets through goes out as it is.
        let is_let_be = || self.page_exception().is_some() || self.first(&shield.books[1], 0, 0).is_some();
        if !answer.params.is_empty() && !is_let_be() {
            answer.decision = Decision::Change;
            return answer;
        }
        Answer::pass()
    }
}
