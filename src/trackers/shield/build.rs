//! Rules become the binary index that the shield reads in place.
//!
//! Every rule is kept in one of three books (what stops, what excepts, what changes), and there under one key: its host if
//! it names a whole one, the rarest of the words it needs, the sites it speaks on, or, if there is nothing to hold it by,
//! in the short list that is tried for every request. What the shield cannot speak of (headers, windows) is handed back
//! with the reason, never dropped in silence.
//!
//! The layout is told in `layout.rs`, which both sides use.

use std::collections::{BTreeMap, HashMap};

use super::super::list::{Effect, Hosts, List, Pattern, Rule, Start, Types};
use super::keys::{self, Word};
use super::layout::{self as at, BOOK, BOOKS, NUMBERS, Number, PARTS, Part, extra, gate};
use super::table::Table;
use super::usable::{Placed, usable};
use crate::url::host_hash;
use crate::verdict::Refusal;

/// Under what a rule is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Host(u64),
    Word(u64),
    Site(u32),
    Always,
}

/// Compiles lists into an index. At most 1,024 lists of 4 million lines each; from the 64th on they are switched
/// together. `stand_in` says whether the extension has a file of that name: as in the declarative rules, what would be
/// answered with one that is not there is stopped.
pub fn build(lists: &[List], stand_in: impl Fn(&str) -> bool) -> (Vec<u8>, Vec<Refusal>) {
    let mut refusals = Vec::new();
    let rules = usable(lists, stand_in, &mut refusals);
    (Builder::default().build(&rules), refusals)
}

/// A rule in a bucket, and where in its text the key stands.
type Kept<'r> = (&'r Placed<'r>, Option<usize>);

#[derive(Default)]
struct Builder {
    sites: BTreeMap<String, u32>,
    rows: Vec<u32>,
    texts: Vec<u8>,
    texts_seen: HashMap<String, u32>,
    extras: Vec<u32>,
    extras_seen: HashMap<Vec<u32>, u32>,
    gates: u32,
    regexes: u32,
}

impl Builder {
    fn build(mut self, rules: &[Placed]) -> Vec<u8> {
        let has_entities = self.name_sites(rules);
        let mut numbers = [0; NUMBERS];
        let mut parts: [Vec<u32>; PARTS] = std::array::from_fn(|_| Vec::new());
        for book in 0..BOOKS {
            let rules: Vec<&Placed> = rules.iter().filter(|(_, rule)| book_of(rule) == book).collect();
            let (mut hosts, mut words) = (Vec::new(), Vec::new());
            let mut on_sites = vec![at::NONE; self.sites.len()];
            let mut always = at::NONE;
            for (key, bucket) in self.buckets(&rules) {
                let from = self.write_bucket(key, &bucket);
                match key {
                    Key::Host(hash) => hosts.push((hash, from)),
                    Key::Word(hash) => words.push((hash, from)),
                    Key::Site(id) => on_sites[id as usize] = from,
                    Key::Always => always = from,
                }
            }
            numbers[Number::Always as usize + book] = always;
            let of_book = [Table::write(hosts), Table::write(words), on_sites];
            for (n, part) in of_book.into_iter().enumerate() {
                parts[Part::FirstBook as usize + book * BOOK + n] = part;
            }
        }
        let pages: Vec<Kept> = rules.iter().filter(|(_, rule)| is_page(rule)).map(|rule| (rule, None)).collect();
        numbers[Number::Pages as usize] =
            if pages.is_empty() { at::NONE } else { self.write_bucket(Key::Always, &pages) };
        let plain = rules.iter().filter(|(_, rule)| rule.is_plain_host()).count();
        numbers[Number::Plain as usize] = count(plain);
        numbers[Number::All as usize] = count(rules.len());
        numbers[Number::Gates as usize] = self.gates;
        numbers[Number::Entities as usize] = u32::from(has_entities);
        numbers[Number::Regexes as usize] = self.regexes;
        parts[Part::Sites as usize] =
            Table::write(self.sites.iter().map(|(name, id)| (host_hash(name), *id)).collect());
        parts[Part::Rows as usize] = self.rows;
        parts[Part::Extras as usize] = self.extras;
        at::assemble(&numbers, &parts, &self.texts)
    }

    /// Gives every name in a `domain=`, `to=` or `denyallow=` a number. Whether any is written `example.*`.
    fn name_sites(&mut self, rules: &[Placed]) -> bool {
        let lists = |rule: &Rule| {
            let Rule { sites, to, denyallow, .. } = rule;
            [&sites.only, &sites.not, &to.only, &to.not, denyallow].map(Clone::clone).concat()
        };
        self.sites = rules.iter().flat_map(|(_, rule)| lists(rule)).map(|name| (name, 0)).collect();
        for (id, number) in self.sites.values_mut().zip(0..) {
            *id = number;
        }
        self.sites.keys().any(|name| name.ends_with(".*"))
    }

    /// The rules of a book by their keys.
    fn buckets<'r>(&self, rules: &[&'r Placed<'r>]) -> BTreeMap<Key, Vec<Kept<'r>>> {
        let candidates: Vec<Vec<(Key, Word)>> = rules.iter().map(|(_, rule)| candidates(rule)).collect();
        let mut met: BTreeMap<Key, u32> = BTreeMap::new();
        for (key, _) in candidates.iter().flatten() {
            *met.entry(*key).or_default() += 1;
        }
        let mut buckets: BTreeMap<Key, Vec<Kept>> = BTreeMap::new();
        for (rule, keys) in rules.iter().zip(&candidates) {
            for (key, place) in self.choose(&rule.1, keys, &met) {
                buckets.entry(key).or_default().push((rule, place));
            }
        }
        buckets
    }

    /// One key for a rule, or one for each of its sites.
    fn choose(&self, rule: &Rule, keys: &[(Key, Word)], met: &BTreeMap<Key, u32>) -> Vec<(Key, Option<usize>)> {
        // How many rules are tried per thousand requests because of this choice: a host is met seldom.
        let cost = |(key, word): &(Key, Word)| {
            let often = if matches!(key, Key::Host(_)) { 1 } else { 2 + word.common * 10 };
            often * met.get(key).copied().unwrap_or(0)
        };
        let best = keys.iter().min_by_key(|k| cost(k));
        let few_sites = |k| rule.sites.only.len() == 1 && cost(k) > 40;
        if !rule.sites.only.is_empty() && best.is_none_or(|k| k.1.common >= 2 || few_sites(k)) {
            let ids = rule.sites.only.iter().filter_map(|name| self.sites.get(name));
            return ids.map(|id| (Key::Site(*id), None)).collect();
        }
        match best {
            Some((key, word)) if word.common < 90 => vec![(*key, word.place)],
            _ => vec![(Key::Always, None)],
        }
    }

    /// Writes the rows of a bucket, one behind the other; returns where they begin.
    fn write_bucket(&mut self, key: Key, bucket: &[Kept]) -> u32 {
        let from = count(self.rows.len());
        for (i, ((reference, rule), place)) in bucket.iter().enumerate() {
            let last = if i + 1 == bucket.len() { gate::LAST } else { 0 };
            let by_host = matches!(key, Key::Host(_));
            let row = self.row(rule, *reference, by_host, *place);
            self.gates |= row[0];
            self.rows.push(row[0] | last);
            self.rows.extend(&row[1..]);
        }
        from
    }

    fn row(&mut self, rule: &Rule, reference: u32, by_host: bool, place: Option<usize>) -> Vec<u32> {
        let gate = gate_of(rule);
        // Who is found under the host that it names has nothing left to compare.
        if by_host && rule.is_plain_host() && rule.methods == 0 {
            return vec![gate, reference];
        }
        let place = place.map_or(0, |place| count(place + 1));
        let (form, text, more) = match &rule.pattern {
            Pattern::Any => (gate::ANY, "", 0),
            Pattern::Host(_) if by_host => (gate::ANY, "", 0),
            Pattern::Host(host) => (gate::HOST, host.as_str(), 0),
            Pattern::Regex(source) => {
                self.regexes += 1;
                (gate::REGEX, source.as_str(), self.regexes - 1)
            }
            Pattern::Text { body, .. } => (gate::TEXT, body.as_str(), place),
        };
        let gate = match rule.pattern {
            Pattern::Text { start, end, .. } => gate | (start as u32) << gate::START | if end { gate::END } else { 0 },
            _ => gate,
        };
        let (from, len) = self.text(text);
        let more = len | more << at::LENGTH_BITS;
        vec![gate | form << gate::FORM | gate::FULL, reference, from, more, self.extra(rule)]
    }

    /// Conditions that few rules have; equal ones are kept once. 0 stands for none.
    fn extra(&mut self, rule: &Rule) -> u32 {
        let mut words = vec![0];
        if rule.methods != 0 {
            words[0] |= extra::METHODS;
            words.push(u32::from(rule.methods));
        }
        if let Effect::Redirect { to: value, .. } | Effect::RemoveParam(value) = &rule.effect {
            words[0] |= extra::VALUE;
            let (from, len) = self.text(value);
            let regex = super::parameter_regex(rule).map_or(0, |_| {
                self.regexes += 1;
                self.regexes
            });
            words.extend([from, len, regex]);
        }
        if let Pattern::Regex(source) = &rule.pattern {
            words[0] |= extra::NEEDS;
            let needs = keys::of_regex(source);
            let (from, len) = self.text(&needs.text);
            words.extend([from, len, count(needs.shortest)]);
        }
        let Hosts { only, not } = &rule.sites;
        let lists = [
            (extra::SITES_ONLY, only),
            (extra::SITES_NOT, not),
            (extra::TO_ONLY, &rule.to.only),
            (extra::TO_NOT, &rule.to.not),
            (extra::TO_NOT_EITHER, &rule.denyallow),
        ];
        for (bit, names) in lists.into_iter().filter(|(_, names)| !names.is_empty()) {
            let mut ids: Vec<u32> = names.iter().filter_map(|name| self.sites.get(name)).copied().collect();
            ids.sort_unstable();
            words[0] |= bit;
            words.push(count(ids.len()));
            words.extend(ids);
        }
        if words[0] == 0 {
            return 0;
        }
        if self.extras.is_empty() {
            self.extras.push(0);
        }
        let next = count(self.extras.len());
        let known = *self.extras_seen.entry(words.clone()).or_insert(next);
        if known == next {
            self.extras.extend(words);
        }
        known
    }

    fn text(&mut self, text: &str) -> (u32, u32) {
        let next = count(self.texts.len());
        let from = *self.texts_seen.entry(text.to_owned()).or_insert(next);
        if from == next {
            self.texts.extend_from_slice(text.as_bytes());
        }
        (from, count(text.len()))
    }
}

/// Which book a rule is kept in.
fn book_of(rule: &Rule) -> usize {
    match &rule.effect {
        Effect::RemoveParam(_) | Effect::Redirect { only_if_stopped: true, .. } => 2,
        Effect::Redirect { .. } if rule.exception => 2,
        _ => usize::from(rule.exception),
    }
}

fn gate_of(rule: &Rule) -> u32 {
    let mut gate = u32::from(rule.types.0) & gate::TYPES;
    let mut set = |on: bool, bit: u32| gate |= if on { bit } else { 0 };
    set(rule.exception, gate::EXCEPTION);
    set(rule.important, gate::IMPORTANT);
    set(rule.match_case, gate::MATCH_CASE);
    // Either party is both.
    let either = rule.party.first && rule.party.third;
    set(rule.party.first && !either, gate::FIRST);
    set(rule.party.third && !either, gate::THIRD);
    set(rule.party.strict_first, gate::STRICT_FIRST);
    set(rule.party.strict_third, gate::STRICT_THIRD);
    set(matches!(rule.effect, Effect::Redirect { only_if_stopped: false, .. }), gate::STAND_IN);
    set(matches!(rule.effect, Effect::Redirect { only_if_stopped: true, .. }), gate::STAND_IN_ONLY);
    set(matches!(rule.effect, Effect::RemoveParam(_)), gate::PARAM);
    gate
}

/// An exception for a whole page: it silences every rule there.
fn is_page(rule: &Rule) -> bool {
    rule.exception && rule.effect == Effect::Block && rule.types.meets(Types(1))
}

/// The keys a rule could be kept under.
fn candidates(rule: &Rule) -> Vec<(Key, Word)> {
    let by_host = |host: &str, place| (Key::Host(host_hash(host)), Word { hash: 0, common: 0, place });
    match &rule.pattern {
        Pattern::Host(host) => vec![by_host(host, None)],
        pattern => {
            let mut out: Vec<_> = keys::needed(pattern).into_iter().map(|word| (Key::Word(word.hash), word)).collect();
            if let Pattern::Text { start: Start::Label, body, .. } = pattern {
                out.extend(keys::whole_host(body).map(|host| by_host(host, Some(0))));
            }
            // Who takes a parameter out speaks only where there is one of that name, between signs that end words.
            if let (Effect::RemoveParam(name), false) = (&rule.effect, rule.exception)
                && !name.starts_with(['~', '/'])
            {
                out.extend(keys::of_name(name).into_iter().map(|word| (Key::Word(word.hash), word)));
            }
            out
        }
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
