//! Rules become the binary index that the shield reads in place.
//!
//! Every rule is kept under one key: its host if it names a whole one, the rarest of the words it needs, the sites it
//! speaks on, or, if there is nothing to hold it by, in the short list that is tried for every request. What the shield cannot speak of (headers, windows) is handed back with the
//! reason, never dropped in silence.
//!
//! The layout is told in `layout.rs`, which both sides use.

use std::collections::{BTreeMap, HashMap};

use super::super::list::{Effect, Hosts, List, Pattern, Rule, Start, Types};
use super::keys;
use super::layout::{self as at, Part, flag};
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
    Page,
}

/// Compiles lists into an index. At most 1,024 lists of 4 million lines each; from the 64th on they are switched
/// together. `stand_in` says whether the extension has a file of that name: as in the declarative rules, what would be
/// answered with one that is not there is stopped.
pub fn build(lists: &[List], stand_in: impl Fn(&str) -> bool) -> (Vec<u8>, Vec<Refusal>) {
    let mut refusals = Vec::new();
    let rules = usable(lists, stand_in, &mut refusals);
    (Builder::default().build(&rules), refusals)
}

#[derive(Default)]
struct Builder {
    kinds: BTreeMap<(u32, u32), u32>,
    sites: BTreeMap<String, u32>,
    texts: Vec<u8>,
    extras: Vec<u32>,
    extras_seen: HashMap<Vec<u32>, u32>,
    has_entities: bool,
}

impl Builder {
    fn build(mut self, rules: &[Placed]) -> Vec<u8> {
        self.name_sites(rules);
        // Plain hosts first, regular expressions last: the number of a rule says which it is.
        let mut order: Vec<&Placed> = rules.iter().collect();
        order.sort_by_key(|(_, r)| match r.pattern {
            Pattern::Regex(_) => 2,
            _ => i32::from(!r.is_plain_host() || is_page(r)),
        });
        let plain_count = order.iter().filter(|(_, r)| r.is_plain_host() && !is_page(r)).count();
        let first_regex = order.iter().filter(|(_, r)| !matches!(r.pattern, Pattern::Regex(_))).count();
        let keys = self.choose_keys(&order);
        let mut buckets: BTreeMap<Key, Vec<u32>> = BTreeMap::new();
        for (id, of_rule) in keys.iter().enumerate() {
            for key in of_rule {
                buckets.entry(*key).or_default().push(u32::try_from(id).unwrap_or(0));
            }
        }
        let (mut plain, mut full) = (Vec::new(), Vec::new());
        for (id, (reference, rule)) in order.iter().enumerate() {
            let kind = self.kind(rule);
            if id < plain_count {
                plain.extend([kind, *reference]);
            } else {
                full.extend(self.row(kind, *reference, rule));
            }
        }
        let mut lists = Vec::new();
        let (mut hosts, mut words) = (Vec::new(), Vec::new());
        let mut on_sites = vec![at::NONE; self.sites.len()];
        let (mut always, mut pages) = (at::NONE, at::NONE);
        for (key, ids) in buckets {
            let value = bucket(&mut lists, &ids);
            match key {
                Key::Host(hash) => hosts.push((hash, value)),
                Key::Word(hash) => words.push((hash, value)),
                Key::Site(id) => on_sites[id as usize] = value,
                Key::Always => always = value,
                Key::Page => pages = value,
            }
        }
        let sites = self.sites.iter().map(|(name, id)| (host_hash(name), *id)).collect();
        let mut kinds = vec![0; self.kinds.len() * 2];
        for ((a, b), id) in &self.kinds {
            kinds[*id as usize * 2] = *a;
            kinds[*id as usize * 2 + 1] = *b;
        }
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let numbers = [count(plain_count), count(first_regex), always, pages, u32::from(self.has_entities)];
        at::assemble(
            &numbers,
            &[
                (Part::Hosts, Table::write(hosts)),
                (Part::Words, Table::write(words)),
                (Part::Sites, Table::write(sites)),
                (Part::OnSites, on_sites),
                (Part::Kinds, kinds),
                (Part::Plain, plain),
                (Part::Full, full),
                (Part::Buckets, lists),
                (Part::Extras, self.extras),
            ],
            &self.texts,
        )
    }

    /// Gives every name in a `domain=`, `to=` or `denyallow=` a number.
    fn name_sites(&mut self, rules: &[Placed]) {
        for (_, rule) in rules {
            let lists = [&rule.sites.only, &rule.sites.not, &rule.to.only, &rule.to.not, &rule.denyallow];
            for name in lists.into_iter().flatten() {
                self.has_entities |= name.ends_with(".*");
                self.sites.entry(name.clone()).or_insert(0);
            }
        }
        for (id, number) in self.sites.values_mut().zip(0..) {
            *id = number;
        }
    }

    /// One key for every rule, or one for each of its sites.
    fn choose_keys(&self, order: &[&Placed]) -> Vec<Vec<Key>> {
        let candidates: Vec<Vec<(Key, u32)>> = order.iter().map(|(_, rule)| candidates(rule)).collect();
        let mut count: BTreeMap<Key, u32> = BTreeMap::new();
        for (key, _) in candidates.iter().flatten() {
            *count.entry(*key).or_default() += 1;
        }
        order
            .iter()
            .zip(&candidates)
            .map(|((_, rule), keys)| {
                // How many rules are tried per thousand requests because of this choice: a host is met seldom.
                let cost = |(key, common): &(Key, u32)| {
                    let met = if matches!(key, Key::Host(_)) { 1 } else { 2 + common * 10 };
                    met * count.get(key).copied().unwrap_or(0)
                };
                let best = keys.iter().min_by_key(|k| cost(k));
                let few_sites = |k| rule.sites.only.len() == 1 && cost(k) > 40;
                let by_site = !rule.sites.only.is_empty() && best.is_none_or(|k| k.1 >= 2 || few_sites(k));
                let mut chosen: Vec<Key> = match best {
                    _ if by_site => {
                        rule.sites.only.iter().filter_map(|n| self.sites.get(n)).map(|id| Key::Site(*id)).collect()
                    }
                    Some((key, common)) if *common < 90 => vec![*key],
                    _ => vec![Key::Always],
                };
                chosen.extend(is_page(rule).then_some(Key::Page));
                chosen
            })
            .collect()
    }

    fn kind(&mut self, rule: &Rule) -> u32 {
        let mut flags = 0;
        let mut set = |on: bool, bit: u32| flags |= if on { bit } else { 0 };
        set(rule.exception, flag::EXCEPTION);
        set(rule.important, flag::IMPORTANT);
        set(rule.match_case, flag::MATCH_CASE);
        // Either party is both.
        let either = rule.party.first && rule.party.third;
        set(rule.party.first && !either, flag::FIRST);
        set(rule.party.third && !either, flag::THIRD);
        set(rule.party.strict_first, flag::STRICT_FIRST);
        set(rule.party.strict_third, flag::STRICT_THIRD);
        match &rule.effect {
            Effect::Redirect { only_if_stopped: true, .. } => flags |= flag::STAND_IN_ONLY,
            Effect::Redirect { .. } => flags |= flag::STAND_IN,
            Effect::RemoveParam(_) => flags |= flag::PARAM,
            _ => {}
        }
        let next = u32::try_from(self.kinds.len()).unwrap_or(0);
        *self.kinds.entry((u32::from(rule.types.0) | u32::from(rule.methods) << 16, flags)).or_insert(next)
    }

    fn row(&mut self, kind: u32, reference: u32, rule: &Rule) -> [u32; at::ROW] {
        let (form, text) = match &rule.pattern {
            Pattern::Any => (at::ANY, ""),
            Pattern::Host(host) => (at::HOST, host.as_str()),
            Pattern::Regex(source) => (at::REGEX, source.as_str()),
            Pattern::Text { start, end, body } => {
                let start = match start {
                    Start::Free => 0,
                    Start::Address => 1,
                    Start::Label => 2,
                };
                (at::TEXT | start << 2 | u32::from(*end) << 4, body.as_str())
            }
        };
        let (from, len) = self.text(text);
        [kind | form << 24, reference, from, len, self.extra(rule)]
    }

    /// Conditions that few rules have; equal ones are kept once. 0 stands for none.
    fn extra(&mut self, rule: &Rule) -> u32 {
        let mut words = vec![0];
        let mut add = |bit: u32, names: &[String], sites: &BTreeMap<String, u32>| {
            if !names.is_empty() {
                let mut ids: Vec<u32> = names.iter().filter_map(|n| sites.get(n)).copied().collect();
                ids.sort_unstable();
                words[0] |= bit;
                words.push(u32::try_from(ids.len()).unwrap_or(0));
                words.extend(ids);
            }
        };
        let Hosts { only, not } = &rule.sites;
        add(at::SITES_ONLY, only, &self.sites);
        add(at::SITES_NOT, not, &self.sites);
        add(at::TO_ONLY, &rule.to.only, &self.sites);
        add(at::TO_NOT, &rule.to.not, &self.sites);
        add(at::TO_NOT_EITHER, &rule.denyallow, &self.sites);
        if let Effect::Redirect { to: value, .. } | Effect::RemoveParam(value) = &rule.effect {
            words[0] |= at::VALUE;
            let (from, len) = self.text(value);
            words.extend([from, len]);
        }
        if words[0] == 0 {
            return 0;
        }
        if self.extras.is_empty() {
            self.extras.push(0);
        }
        let next = u32::try_from(self.extras.len()).unwrap_or(0);
        match self.extras_seen.get(&words) {
            Some(known) => *known,
            None => {
                self.extras.extend(&words);
                self.extras_seen.insert(words, next);
                next
            }
        }
    }

    fn text(&mut self, text: &str) -> (u32, u32) {
        let from = u32::try_from(self.texts.len()).unwrap_or(0);
        self.texts.extend_from_slice(text.as_bytes());
        (from, u32::try_from(text.len()).unwrap_or(0))
    }
}

/// An exception for a whole page: it silences every rule there.
fn is_page(rule: &Rule) -> bool {
    rule.exception && rule.effect == Effect::Block && rule.types.meets(Types(1))
}

/// The keys a rule could be kept under, each with how common (per cent of addresses) it is.
fn candidates(rule: &Rule) -> Vec<(Key, u32)> {
    match &rule.pattern {
        Pattern::Host(host) => vec![(Key::Host(host_hash(host)), 0)],
        pattern => {
            let mut out: Vec<(Key, u32)> =
                keys::needed(pattern).into_iter().map(|(hash, common)| (Key::Word(hash), common)).collect();
            if let Pattern::Text { start: Start::Label, body, .. } = pattern {
                out.extend(keys::whole_host(body).map(|host| (Key::Host(host_hash(host)), 0)));
            }
            out
        }
    }
}

/// One rule is its own bucket; several are a counted run.
fn bucket(lists: &mut Vec<u32>, ids: &[u32]) -> u32 {
    if let [one] = ids {
        return *one;
    }
    let from = u32::try_from(lists.len()).unwrap_or(0);
    lists.push(u32::try_from(ids.len()).unwrap_or(0));
    lists.extend(ids);
    from | at::MANY
}
