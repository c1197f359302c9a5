//! What must change in the browser so that it obeys the newest rules instead of the shipped ones.
//!
//! A rule's id is a hash of what it says without its hosts, so most rules are found again by their ids. Where one only
//! gained hosts, the new hosts alone become a dynamic rule and the shipped one, which may name 40,000, stays. Where it
//! lost some, it is switched off and stands anew among the dynamic rules. What this deliberately does not do: fit as much
//! as it can into a browser's limits. Half an update is neither the old list nor the new one, and is refused.

use std::collections::{BTreeMap, BTreeSet};

use super::super::dnr::DnrRule;

/// How much lists may change in a browser, over all files of static rules, or how much they do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// Dynamic rules.
    pub dynamic: usize,
    /// Those of them that do more than block and allow.
    pub risky: usize,
    /// Static rules that are switched off one by one.
    pub disabled: usize,
}

impl Load {
    /// What Chrome bears, as its documentation says since version 121, but for a thousand dynamic rules: those are left
    /// to what a person chooses for sites, which has to find room at any time.
    pub const CHROME: Load = Load { dynamic: 29_000, risky: 4_000, disabled: 5_000 };

    /// Whether it is borne.
    ///
    /// # Errors
    /// Says what is too much.
    pub fn within(self, most: Load) -> Result<(), String> {
        if self.dynamic <= most.dynamic && self.risky <= most.risky && self.disabled <= most.disabled {
            return Ok(());
        }
        let Load { dynamic, risky, disabled } = self;
        Err(format!(
            "the browser cannot hold so much: {disabled} rules to switch off and {dynamic} to add, {risky} of which change requests"
        ))
    }
}

/// What is to be done with the rules of one file, by `updateStaticRules` and `updateDynamicRules`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Shipped rules to switch off, sorted.
    pub disable: Vec<u32>,
    /// Rules to add, by id; none has a number of `taken`.
    pub add: Vec<DnrRule>,
}

/// Rules that an update adds have numbers from here up to twice as much, so that they are none of those that are given
/// out for what a person chose (below) and for a person's own lists (above).
pub const NUMBERS: u32 = 1 << 29;

/// The difference between the rules that are shipped and the newest. `taken` are the numbers of rules of other
/// differences; the numbers given out are added to them.
pub fn difference(shipped: &[DnrRule], newest: &[DnrRule], taken: &mut BTreeSet<u32>) -> Difference {
    let newest_by_id: BTreeMap<u32, &DnrRule> = newest.iter().map(|rule| (rule.id, rule)).collect();
    let shipped_by_id: BTreeMap<u32, &DnrRule> = shipped.iter().map(|rule| (rule.id, rule)).collect();
    let mut out = Difference::default();
    for (id, rule) in &newest_by_id {
        match shipped_by_id.get(id) {
            Some(old) if old == rule => {}
            Some(old) => match gained(old, rule) {
                Some(more) => out.add.push(more),
                None => {
                    out.disable.push(*id);
                    out.add.push((*rule).clone());
                }
            },
            None => out.add.push((*rule).clone()),
        }
    }
    out.disable.extend(shipped_by_id.keys().filter(|id| !newest_by_id.contains_key(id)));
    out.disable.sort_unstable();
    for rule in &mut out.add {
        rule.id = NUMBERS | (rule.id % NUMBERS);
        while !taken.insert(rule.id) {
            rule.id = NUMBERS | ((rule.id + 1) % NUMBERS);
        }
    }
    out.add.sort_by_key(|rule| rule.id);
    out
}

/// The rule for the hosts or sites that a rule gained, if that is all that became of it.
fn gained(old: &DnrRule, new: &DnrRule) -> Option<DnrRule> {
    let with = |rule: &DnrRule, hosts: Vec<String>, sites: Vec<String>| DnrRule {
        condition: rule.condition.with_names(hosts, sites),
        ..rule.clone()
    };
    if with(old, Vec::new(), Vec::new()) != with(new, Vec::new(), Vec::new()) {
        return None;
    }
    let (was, is) = (&old.condition, &new.condition);
    let hosts = more(&was.request_domains, &is.request_domains)?;
    let sites = more(&was.initiator_domains, &is.initiator_domains)?;
    match (hosts.is_empty(), sites.is_empty()) {
        (false, true) => Some(with(new, hosts, is.initiator_domains.clone())),
        (true, false) => Some(with(new, is.request_domains.clone(), sites)),
        _ => None,
    }
}

/// The names that are new, if none of the old is without its meaning: itself is there, or a name above it. An empty list
/// is every name, and so neither gains nor loses one.
fn more(old: &[String], new: &[String]) -> Option<Vec<String>> {
    if old.is_empty() || new.is_empty() {
        return (old.is_empty() && new.is_empty()).then(Vec::new);
    }
    let (before, after): (BTreeSet<&str>, BTreeSet<&str>) =
        (old.iter().map(String::as_str).collect(), new.iter().map(String::as_str).collect());
    let above = |name: &&str| name.match_indices('.').any(|(at, _)| after.contains(&name[at + 1..]));
    let is_kept = |name: &&str| after.contains(name) || above(name);
    before.iter().all(is_kept).then(|| after.difference(&before).map(|name| (*name).to_owned()).collect())
}
