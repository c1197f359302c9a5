//! Parameters that are taken out of addresses, in a form in which declarative rules do not get in each other's way.
//!
//! Of all rules that fit a request a browser asks the one of highest priority, and no other, even if that one finds
//! nothing to take out (measured in Chromium 156 and Firefox 153). A rule for every address above the blocks would
//! therefore let everything through, and of two hundred rules for every address one would work. So what holds
//! everywhere becomes ONE rule for each set of types, with all names; what holds in some places speaks only where its
//! parameter stands, and before the others, which the changed address then meets. All of them stand below a block.
//!
//! What it deliberately does not do: take out names by pattern, which no declarative rule can.

use std::collections::{BTreeMap, BTreeSet};

use super::condition::{self, Condition};
use super::rule::{Action, QueryTransform, Redirect, Transform};
use crate::trackers::list::{Effect, Pattern, Rule, Types};
use crate::verdict::Refusal;

/// What holds everywhere, for the most types; for fewer types it stands one higher each.
const EVERYWHERE: u32 = 1;
/// What holds in some places and cannot be bound to its parameter: its pattern ends where the parameter begins.
const SOMEWHERE: u32 = 8;
/// What speaks only where its parameter stands.
const PRESENT: u32 = 9;

/// The rules about parameters, gathered to be declared together.
#[derive(Default)]
pub(super) struct Params<'r> {
    taken: Vec<(&'r str, &'r Rule, &'r str)>,
    /// Host, and the parameter that is left there; the empty name is all of them.
    kept: Vec<(&'r str, &'r str)>,
}

impl<'r> Params<'r> {
    /// Returns true if and only if the rule is about parameters; it is then remembered.
    ///
    /// # Errors
    /// The reason why it cannot be declared.
    pub(super) fn take(&mut self, list: &'r str, rule: &'r Rule) -> Result<bool, String> {
        let Effect::RemoveParam(name) = &rule.effect else { return Ok(false) };
        if name.starts_with(['~', '/']) || name.contains('*') {
            return Err("declarativeNetRequest takes out parameters by their whole name alone".into());
        }
        match (&rule.pattern, rule.exception) {
            (_, false) => self.taken.push((list, rule, name)),
            (Pattern::Host(host), true) if is_bare(rule) => self.kept.push((host, name)),
            _ => return Err("declarativeNetRequest has no exception from a change alone, but for whole hosts".into()),
        }
        Ok(true)
    }

    /// Priority, action and condition of each declarative rule; refused is what cannot be said.
    pub(super) fn finish(self) -> (Vec<(u32, Action, Condition)>, Vec<Refusal>) {
        let (mut refusals, mut out) = (Vec::new(), Vec::new());
        let mut everywhere: BTreeMap<Types, (BTreeSet<String>, Condition)> = BTreeMap::new();
        let mut somewhere: BTreeMap<Condition, BTreeSet<String>> = BTreeMap::new();
        for (list, rule, name) in &self.taken {
            let refuse = |reason: String| Refusal::new(*list, rule.line as usize, reason);
            let types = Types(rule.types.0 & Types::REQUESTS.0);
            let (mut condition, partly) = match condition::of(rule, types) {
                Ok(said) => said,
                Err(reason) => {
                    refusals.push(refuse(reason));
                    continue;
                }
            };
            refusals.extend(partly.into_iter().map(refuse));
            let special = self.spare(name, &mut condition);
            if rule.pattern == Pattern::Any && is_bare(rule) && !special && !name.is_empty() {
                everywhere.entry(types).or_insert_with(|| (BTreeSet::new(), condition)).0.insert((*name).to_owned());
            } else if !name.is_empty() && bind(name, &mut condition) {
                out.push((PRESENT, taking([(*name).to_owned()]), condition));
            } else if name.is_empty() {
                out.push((SOMEWHERE, whole_query(), condition));
            } else {
                somewhere.entry(condition).or_default().insert((*name).to_owned());
            }
        }
        out.extend(somewhere.into_iter().map(|(condition, names)| (SOMEWHERE, taking(names), condition)));
        for (types, (_, condition)) in &everywhere {
            let wider = |other: &Types| types.without(*other) == Types::default();
            let covering: Vec<_> = everywhere.iter().filter(|(other, _)| wider(other)).collect();
            let names: BTreeSet<String> = covering.iter().flat_map(|(_, (names, _))| names.iter().cloned()).collect();
            let above = u32::try_from(covering.len()).unwrap_or(u32::MAX).min(SOMEWHERE - EVERYWHERE) - 1;
            out.push((EVERYWHERE + above, taking(names), condition.clone()));
        }
        (out, refusals)
    }

    /// Leaves out the hosts on which this parameter is left; returns true if that are more than those on which all are.
    fn spare(&self, name: &str, condition: &mut Condition) -> bool {
        let asked = &condition.request_domains;
        let is_met = |host: &str| {
            let related = |it: &String| crate::url::is_under(host, it) || crate::url::is_under(it, host);
            asked.is_empty() || asked.iter().any(related)
        };
        let met = self.kept.iter().filter(|(host, _)| is_met(host));
        let (all, own): (Vec<_>, Vec<_>) =
            met.filter(|(_, kept)| kept.is_empty() || *kept == name).partition(|it| it.1.is_empty());
        let special = own.iter().any(|(host, _)| !all.iter().any(|(other, _)| host == other));
        let hosts: Vec<String> = all.into_iter().chain(own).map(|(host, _)| (*host).to_owned()).collect();
        condition.excluded_request_domains.extend(hosts);
        condition.excluded_request_domains.sort();
        condition.excluded_request_domains.dedup();
        special
    }
}

/// Returns true if and only if a rule has no condition but its pattern and types.
fn is_bare(rule: &Rule) -> bool {
    let no_place = rule.sites.is_empty() && rule.to.is_empty() && rule.denyallow.is_empty();
    no_place && rule.party == <_>::default() && rule.methods == 0 && !rule.match_case
}

/// Makes a condition hold only where the parameter stands; false if its pattern leaves no room for that.
fn bind(name: &str, condition: &mut Condition) -> bool {
    if condition.regex_filter.is_some() || !name.bytes().all(|b| b.is_ascii_graphic() && !b"*^|".contains(&b)) {
        return false;
    }
    let before = match &condition.url_filter {
        None => String::new(),
        Some(pattern) if pattern.ends_with(['|', '^', '?', '&']) => return false,
        Some(pattern) => format!("{pattern}*"),
    };
    condition.url_filter = Some(format!("{before}^{name}="));
    true
}

fn taking(names: impl IntoIterator<Item = String>) -> Action {
    let remove_params = names.into_iter().collect();
    Action::Redirect { redirect: Redirect::Transform(Transform::QueryTransform(QueryTransform { remove_params })) }
}

fn whole_query() -> Action {
    Action::Redirect { redirect: Redirect::Transform(Transform::Query(String::new())) }
}
