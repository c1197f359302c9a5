//! Many lines become few rules: those that say the same but for their parameters, then but for their hosts, then but for
//! their sites.
//!
//! Parameters come first, and not only for the count: of several rules that take parameters out of one address a browser
//! obeys the first alone, and where that one has nothing to take it looks no further. So all that are taken out
//! everywhere are one rule, and every rule for fewer requests takes those too. Where two rules for some requests meet in one
//! address (a host's and a page's), one of them is obeyed. What it deliberately does not do: choose priorities.

use std::collections::{BTreeMap, BTreeSet};

use super::condition::Condition;
use super::rule::{Action, DnrRule, QueryTransform, Redirect, Rules, Transform};

/// How much higher rules stand that take parameters out of some addresses than one that does so everywhere, and how much
/// one does that does so everywhere but for some hosts.
const SOME: u32 = 2;
const BUT_SOME: u32 = 1;

/// Rules that say the same but for their hosts, then those that say the same but for their sites.
#[derive(Default)]
pub(super) struct Merged {
    by_host: BTreeMap<(u32, Action, Condition), BTreeSet<String>>,
    params: BTreeMap<(u32, Condition), BTreeSet<String>>,
}

impl Merged {
    pub(super) fn add(&mut self, priority: u32, action: Action, condition: Condition) {
        match action {
            Action::Redirect { redirect: Redirect::Transform(Transform::QueryTransform(it)) } => {
                self.params.entry((priority, condition)).or_default().extend(it.remove_params);
            }
            action => self.add_with_hosts(priority, action, condition),
        }
    }

    fn add_with_hosts(&mut self, priority: u32, action: Action, mut condition: Condition) {
        let hosts = std::mem::take(&mut condition.request_domains);
        condition.has_hosts = !hosts.is_empty();
        let key = (priority, action, condition);
        self.by_host.entry(key).or_default().extend(hosts);
    }

    /// Joins the parameters of equal conditions; those that are taken out everywhere join all others.
    fn join_params(&mut self) {
        let all = std::mem::take(&mut self.params);
        let everywhere: Vec<_> = all.iter().filter(|((_, condition), _)| condition.is_everywhere()).collect();
        for ((priority, condition), names) in &all {
            let wider = everywhere.iter().filter(|((_, wide), _)| wide != condition && wide.covers(condition));
            let mut names = names.clone();
            let before = names.len();
            names.extend(wider.flat_map(|(_, names)| (*names).clone()));
            let above = match condition.is_everywhere() {
                true if names.len() == before => 0,
                true => BUT_SOME,
                false => SOME,
            };
            let priority = priority + above;
            let transform = QueryTransform { remove_params: names.into_iter().collect() };
            let redirect = Redirect::Transform(Transform::QueryTransform(transform));
            self.add_with_hosts(priority, Action::Redirect { redirect }, condition.clone());
        }
    }

    pub(super) fn finish(mut self) -> Rules {
        self.join_params();
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
            let safe = matches!(action, Action::Allow | Action::AllowAllRequests | Action::Block);
            let rule = DnrRule { id, priority, action, condition };
            (if safe { &mut out.safe } else { &mut out.risky }).push(rule);
        }
        out.safe.sort_by_key(|r| r.id);
        out.risky.sort_by_key(|r| r.id);
        out
    }
}

/// Hosts without those that lie under another of them: the browser means them anyway.
fn without_covered(hosts: BTreeSet<String>) -> Vec<String> {
    let covered = |host: &String| host.match_indices('.').any(|(at, _)| hosts.contains(&host[at + 1..]));
    hosts.iter().filter(|host| !covered(host)).cloned().collect()
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
