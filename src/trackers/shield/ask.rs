//! One question to the shield, from the first key to the answer.
//!
//! What is found out about a request on the way (its party, the numbers of its site) is found once. Buckets that were found are remembered on the stack, so that the exceptions kept in them are only
//! looked at when something would stop the request.

use super::super::list::Start;
use super::super::request::Request;
use super::super::{Answer, Decision, ResourceType};
use super::index::Shield;
use super::keys;
use super::layout::{self as at, flag};
use super::pattern::Text;
use super::site::{Numbers, numbers};
use crate::url::{is_under, labels};

/// Buckets of one request that fit on the stack; no more were met in 14,656 requests.
const FOUND: usize = 48;

pub(super) fn ask<'a>(shield: &Shield<'a>, request: &Request<'_>) -> Answer<'a> {
    let mut asked = Asked::new(shield, request);
    asked.collect();
    let mut stop = None;
    let mut important = false;
    asked.each(|asked, id, flags| {
        if flags & (flag::EXCEPTION | flag::STAND_IN_ONLY | flag::PARAM) != 0 {
            return false;
        }
        if (stop.is_none() || flags & flag::IMPORTANT != 0) && asked.speaks(id) {
            stop = Some(id);
            important = flags & flag::IMPORTANT != 0;
        }
        important
    });
    let Some(id) = stop else { return asked.changed() };
    let exception = asked.page_exception().or_else(|| asked.exception(important));
    let mut answer = Answer { rule: Some(shield.reference(id)), ..Answer::pass() };
    if let Some(exception) = exception {
        let changed = asked.changed();
        return Answer { exception: Some(shield.reference(exception)), rule: changed.rule.or(answer.rule), ..changed };
    }
    answer.redirect = asked.stand_in();
    answer.decision = if answer.redirect.is_some() { Decision::Change } else { Decision::Stop };
    answer
}

/// A request with what was found out about it.
struct Asked<'s, 'a, 'r> {
    shield: &'s Shield<'a>,
    request: &'s Request<'r>,
    found: [u32; FOUND],
    count: usize,
    more: Vec<u32>,
    third: Option<bool>,
    site: Numbers,
    to: Option<Numbers>,
}

impl<'s, 'a, 'r> Asked<'s, 'a, 'r> {
    fn new(shield: &'s Shield<'a>, request: &'s Request<'r>) -> Self {
        let site = numbers(shield, request.site);
        Asked { shield, request, found: [0; FOUND], count: 0, more: Vec::new(), third: None, site, to: None }
    }

    /// Looks up every key of the request.
    fn collect(&mut self) {
        let shield = self.shield;
        for (_, hash) in labels(self.request.host()) {
            self.keep(shield.hosts.find(hash));
        }
        for hash in keys::words(self.request.url.as_bytes()) {
            self.keep(shield.words.find(hash));
        }
        for i in 0..self.site.count {
            let bucket = shield.on_sites.get(self.site.ids[i] as usize);
            self.keep((bucket != at::NONE).then_some(bucket));
        }
        self.keep((shield.always != at::NONE).then_some(shield.always));
    }

    fn keep(&mut self, bucket: Option<u32>) {
        let Some(bucket) = bucket else { return };
        if self.count < FOUND {
            self.found[self.count] = bucket;
            self.count += 1;
        } else {
            self.more.push(bucket);
        }
    }

    /// Shows every rule found, until the visitor has seen enough. A word that stands twice shows its rules twice.
    fn each(&mut self, mut visit: impl FnMut(&mut Self, u32, u32) -> bool) {
        let shield = self.shield;
        for i in 0..self.count + self.more.len() {
            let bucket = if i < FOUND { self.found[i] } else { self.more[i - FOUND] };
            for id in shield.rules_of(bucket) {
                let (types, flags) = shield.kind(id);
                if self.is_meant(types) && self.is_on(id) && visit(self, id, flags) {
                    return;
                }
            }
        }
    }

    /// Returns true if and only if the type and the method are among a kind's.
    fn is_meant(&self, types: u32) -> bool {
        let methods = types >> 16;
        types & (1 << self.request.kind as u32) != 0 && (methods == 0 || methods & u32::from(self.request.method) != 0)
    }

    /// Whether the rule's list is asked.
    fn is_on(&self, id: u32) -> bool {
        self.request.lists == u64::MAX || self.request.lists & self.shield.reference(id).bit() != 0
    }

    /// Returns true if and only if a rule whose type fits matches the request.
    fn speaks(&mut self, id: u32) -> bool {
        let (_, flags) = self.shield.kind(id);
        self.party_fits(flags) && (self.shield.is_plain(id) || self.full_fits(id, flags))
    }

    fn full_fits(&mut self, id: u32, flags: u32) -> bool {
        let shield = self.shield;
        let row = shield.row(id);
        let extra = shield.full.get(row + 4);
        self.sites_fit(extra) && self.pattern_fits(id, row, flags, self.request.url, self.request.host)
    }

    fn pattern_fits(&self, id: u32, row: usize, flags: u32, url: &str, host: (usize, usize)) -> bool {
        let shield = self.shield;
        let form = shield.full.get(row) >> 24;
        let text = shield.text(shield.full.get(row + 2), shield.full.get(row + 3));
        let match_case = flags & flag::MATCH_CASE != 0;
        match form & 3 {
            at::ANY => true,
            at::HOST => {
                let host = url.get(host.0..host.1).unwrap_or("");
                std::str::from_utf8(text).is_ok_and(|domain| is_under(host, domain))
            }
            at::TEXT => {
                let start = match form >> 2 & 3 {
                    0 => Start::Free,
                    1 => Start::Address,
                    _ => Start::Label,
                };
                Text { start, end: form >> 4 & 1 != 0, match_case, body: text }.matches(url.as_bytes(), host)
            }
            _ => match (id as usize).checked_sub(shield.first_regex) {
                Some(n) => shield.regexes.matches(n, text, match_case, url),
                None => false,
            },
        }
    }

    fn party_fits(&mut self, flags: u32) -> bool {
        if flags & flag::PARTY == 0 {
            return true;
        }
        let (shield, request) = (self.shield, self.request);
        let third = *self.third.get_or_insert_with(|| shield.suffixes.is_third_party(request.host(), request.site));
        let strict_third = !request.host().eq_ignore_ascii_case(request.site);
        !(flags & flag::THIRD != 0 && !third
            || flags & flag::FIRST != 0 && third
            || flags & flag::STRICT_THIRD != 0 && !strict_third
            || flags & flag::STRICT_FIRST != 0 && strict_third)
    }

    /// Compares the lists of sites and hosts that a rule names.
    fn sites_fit(&mut self, extra: u32) -> bool {
        if extra == 0 {
            return true;
        }
        let words = self.shield.extras;
        let which = words.get(extra as usize);
        let mut from = extra as usize + 1;
        let lists = [
            (at::SITES_ONLY, false, true),
            (at::SITES_NOT, false, false),
            (at::TO_ONLY, true, true),
            (at::TO_NOT, true, false),
            (at::TO_NOT_EITHER, true, false),
        ];
        for (bit, of_request, wanted) in lists {
            if which & bit == 0 {
                continue;
            }
            let count = words.get(from) as usize;
            let Some(ids) = words.part(from + 1, count) else { return false };
            from += 1 + count;
            let (shield, host) = (self.shield, self.request.host());
            let mut to = || *self.to.get_or_insert_with(|| numbers(shield, host));
            let numbers = if of_request { to() } else { self.site };
            if numbers.are_in(ids) != wanted {
                return false;
            }
        }
        true
    }

    /// The exception that lets a request through; over an important rule only another important one stands.
    fn exception(&mut self, important: bool) -> Option<u32> {
        let needed = if important { flag::IMPORTANT } else { 0 };
        let mask = flag::EXCEPTION | flag::STAND_IN | flag::STAND_IN_ONLY | flag::PARAM | needed;
        self.first_with(flag::EXCEPTION | needed, mask)
    }

    /// The first rule that speaks and whose flags, of those in the mask, are exactly these.
    fn first_with(&mut self, flags: u32, mask: u32) -> Option<u32> {
        let mut first = None;
        self.each(|asked, id, its| {
            if its & mask == flags && asked.speaks(id) {
                first = Some(id);
            }
            first.is_some()
        });
        first
    }

    /// The exception that silences all rules on the page that asks, if there is one.
    fn page_exception(&mut self) -> Option<u32> {
        let shield = self.shield;
        let (page, host) = match self.request.kind {
            ResourceType::Document => (self.request.url, self.request.host),
            _ => (self.request.page, self.request.page_host),
        };
        shield.rules_of(shield.pages).find(|id| {
            let row = shield.row(*id);
            self.is_on(*id)
                && self.sites_fit(shield.full.get(row + 4))
                && self.pattern_fits(*id, row, shield.kind(*id).1, page, host)
        })
    }

    /// The stand-in that a stopped request is answered with, if rules name one and no exception takes it back.
    fn stand_in(&mut self) -> Option<&'a str> {
        let all = flag::EXCEPTION | flag::STAND_IN | flag::STAND_IN_ONLY | flag::PARAM;
        let named = self.first_with(flag::STAND_IN, all).or_else(|| self.first_with(flag::STAND_IN_ONLY, all))?;
        let name = self.value(named);
        let mut silenced = false;
        for kind in [flag::STAND_IN, flag::STAND_IN_ONLY] {
            self.each(|asked, id, its| {
                let meant = its & all == flag::EXCEPTION | kind && asked.speaks(id);
                silenced |= meant && (matches!(asked.value(id), "" | "*") || asked.value(id) == name);
                silenced
            });
        }
        (!silenced && name != "none").then_some(name)
    }

    /// The answer for a request that nothing stops: passed, or with parameters taken out.
    fn changed(&mut self) -> Answer<'a> {
        let mut answer = Answer::pass();
        let query = self.request.url.split_once('?').map_or("", |(_, rest)| rest);
        if !self.shield.has_params || query.is_empty() {
            return answer;
        }
        let (mut taken, mut kept) = (Vec::new(), Vec::new());
        self.each(|asked, id, flags| {
            if flags & flag::PARAM != 0 && asked.speaks(id) {
                (if flags & flag::EXCEPTION != 0 { &mut kept } else { &mut taken }).push(id);
            }
            false
        });
        let kept: Vec<&str> = kept.into_iter().map(|id| self.value(id)).collect();
        for id in taken {
            let name = self.value(id);
            let excepted = kept.iter().any(|k| k.is_empty() || *k == name);
            if !excepted && !answer.params.contains(&name) && holds(query, name) {
                answer.rule.get_or_insert(self.shield.reference(id));
                answer.params.push(name);
            }
        }
        if !answer.params.is_empty() && self.page_exception().is_none() {
            answer.decision = Decision::Change;
            return answer;
        }
        Answer::pass()
    }

    /// The name of a stand-in or of a parameter.
    fn value(&self, id: u32) -> &'a str {
        let words = self.shield.extras;
        let extra = self.shield.full.get(self.shield.row(id) + 4) as usize;
        let which = words.get(extra);
        let mut from = extra + 1;
        for bit in [at::SITES_ONLY, at::SITES_NOT, at::TO_ONLY, at::TO_NOT, at::TO_NOT_EITHER] {
            if which & bit != 0 {
                from += 1 + words.get(from) as usize;
            }
        }
        let text = if which & at::VALUE != 0 { self.shield.text(words.get(from), words.get(from + 1)) } else { &[] };
        std::str::from_utf8(text).unwrap_or("")
    }
}

/// Whether a query holds a parameter of that name; the empty name is any.
fn holds(query: &str, name: &str) -> bool {
    let query = query.split('#').next().unwrap_or("");
    query.split('&').any(|pair| !pair.is_empty() && (name.is_empty() || pair.split('=').next() == Some(name)))
}
