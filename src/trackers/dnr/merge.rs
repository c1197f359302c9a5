//! Rules that differ only in hosts or sites become one: this is how 100,000 lines fit.
//!
//! What it deliberately does not do: join rules of different conditions, however alike they are.

use std::collections::{BTreeMap, BTreeSet};

use super::condition::Condition;
use super::rule::{Action, DnrRule, Rules};

/// All rules so far: those that say the same but for their hosts, then those that say the same but for their sites.
#[derive(Default)]
pub(super) struct Merged {
    by_host: BTreeMap<(u32, Action, Condition), BTreeSet<String>>,
}

impl Merged {
    pub(super) fn add(&mut self, priority: u32, action: Action, mut condition: Condition) {
        let hosts = std::mem::take(&mut condition.request_domains);
        condition.has_hosts = !hosts.is_empty();
        let key = (priority, action, condition);
        self.by_host.entry(key).or_default().extend(hosts);
    }

    /// The rules in the order of what they say: alike ones side by side compress better than in the order of their ids.
    pub(super) fn finish(self) -> Rules {
        let mut by_site: BTreeMap<(u32, Action, Condition), BTreeSet<String>> = BTreeMap::new();
        for ((priority, action, mut condition), hosts) in self.by_host {
            condition.request_domains = without_covered(hosts);
            let mut sites = BTreeSet::new();
            // Sites may be joined where none is excluded: "on a" and "on b" is "on a or b".
            let joinable = condition.excluded_initiator_domains.is_empty() && !condition.initiator_domains.is_empty();
            if joinable {
                sites.extend(std::mem::take(&mut condition.initiator_domains));
                condition.joined = true;
            }
            by_site.entry((priority, action, condition)).or_default().extend(sites);
        }
        let mut used = BTreeSet::new();
        let mut out = Rules::default();
        for ((priority, action, mut condition), sites) in by_site {
            if condition.joined {
                condition.initiator_domains = without_covered(sites);
            }
            let id = id(priority, &action, &condition, &mut used);
            let is_safe = action.is_safe();
            let rule = DnrRule { id, priority, action, condition };
            (if is_safe { &mut out.safe } else { &mut out.risky }).push(rule);
        }
        out
    }
}

/// Hosts without those that lie under another of them: the browser means them anyway.
///
/// They are sorted from their ends, because what has the same ending side by side is compressed better: of the rules of
/// trackers and of ads together a twenty-eighth (deflate, 2026-11-23).
fn without_covered(hosts: BTreeSet<String>) -> Vec<String> {
    let covered = |host: &String| host.match_indices('.').any(|(at, _)| hosts.contains(&host[at + 1..]));
    let mut out: Vec<String> = hosts.iter().filter(|host| !covered(host)).cloned().collect();
    out.sort_unstable_by(|a, b| a.bytes().rev().cmp(b.bytes().rev()));
    out
}

/// An id from what the rule says. Hosts and sites are left out, so that it outlives their changes, but where two rules
/// differ in nothing else the later in order gets the next free number.
fn id(priority: u32, action: &Action, condition: &Condition, used: &mut BTreeSet<u32>) -> u32 {
    let lean = Condition { request_domains: Vec::new(), initiator_domains: Vec::new(), ..condition.clone() };
    let text = serde_json::to_string(&(priority, action, &lean)).unwrap_or_default();
    let hash = crate::url::host_hash(&text);
    let mut id = u32::try_from(hash % 0x3fff_ffff).unwrap_or(0) + 1;
    while !used.insert(id) {
        id += 1;
    }
    id
}
