//! Rules become declarativeNetRequest rules: the form in which Chrome blocks.
//!
//! A browser guarantees 30,000 of them, and lists have 100,000 lines. But nine lines in ten only name a host, and one
//! declarative rule may name any number of hosts: all such lines with the same conditions become ONE rule. What is left
//! becomes one rule each, or one for all the sites it differs in. Whatever cannot be said in this form is handed back
//! as a refusal with its reason; where only part of a line can be said (a site written `example.*` among others), the
//! part is used and the rest refused.
//!
//! Safe rules (block, allow) and unsafe ones (redirect, headers, parameters) are kept apart, because a store lets an
//! update of safe rules through without a review. An id is the hash of what the rule says, without its hosts: a
//! rule that did not change keeps its id when the list does.
//!
//! What it deliberately does not do: `resourceTypes` is left out where a rule covers all types, and types are excluded
//! rather than listed where a rule covers most, because Firefox has types that Chrome refuses to hear of (`beacon`).

mod condition;
mod re2;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

pub use condition::Condition;

use super::ResourceType;
use super::list::{Effect, List, Rule, Types, settle};
use crate::verdict::Refusal;

/// One declarative rule, as the browser reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DnrRule {
    /// At least 1; the same for the same rule in every version of a list.
    pub id: u32,
    /// The higher wins.
    pub priority: u32,
    /// What is done.
    pub action: Action,
    /// With which requests.
    pub condition: Condition,
}

/// What a declarative rule does.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum Action {
    /// Lets it through.
    Allow,
    /// Lets everything through that the page or frame asks for.
    AllowAllRequests,
    /// Stops it.
    Block,
    /// Answers it with something else.
    Redirect {
        /// With what.
        redirect: Redirect,
    },
    /// Changes headers.
    #[serde(rename_all = "camelCase")]
    ModifyHeaders {
        /// Of the answer.
        response_headers: Vec<Header>,
    },
}

/// What a request is answered with instead.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Redirect {
    /// A file of the extension.
    ExtensionPath(String),
    /// The same address, changed.
    Transform(Transform),
}

/// What changes in an address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Transform {
    /// The whole query; empty takes it away.
    Query(String),
    /// Some of the query.
    QueryTransform(QueryTransform),
}

/// What changes in a query.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct QueryTransform {
    /// Parameters that are taken out.
    pub remove_params: Vec<String>,
}

/// A header that is added.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Header {
    /// Its name.
    pub header: &'static str,
    /// `append`.
    pub operation: &'static str,
    /// What it says.
    pub value: String,
}

/// All declarative rules of some lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Rules {
    /// Block and allow.
    pub safe: Vec<DnrRule>,
    /// Redirects, headers and parameters.
    pub risky: Vec<DnrRule>,
}

/// Where the extension keeps the stand-ins that `redirect=` names; they must be web-accessible there.
pub const STAND_INS: &str = "/stand-ins/";

/// A block; an exception stands above it, and what is important above that.
const BLOCK: u32 = 10;
/// A redirect speaks before the block of the same line would.
const REDIRECT: u32 = 11;
const ALLOW: u32 = 20;
/// Parameters go and policies come whether or not an exception lets the request through.
const CHANGE: u32 = 25;
const IMPORTANT: u32 = 30;
const IMPORTANT_REDIRECT: u32 = 31;
/// A page on which nothing is to be stopped.
const PAGE: u32 = 40;

/// Turns the rules of lists into declarative ones. `stand_in` says whether the extension has a file of that name.
pub fn rules(lists: &[List], stand_in: impl Fn(&str) -> bool) -> (Rules, Vec<Refusal>) {
    let mut refusals = Vec::new();
    let mut merged = Merged::default();
    for (i, rule) in settle(lists) {
        let mut refuse = |reason: String| refusals.push(Refusal::new(&lists[i].name, rule.line as usize, reason));
        match actions(rule, &stand_in) {
            Ok(actions) => {
                for (priority, action, types) in actions {
                    match condition::of(rule, types) {
                        Ok((condition, partly)) => {
                            partly.into_iter().for_each(&mut refuse);
                            merged.add(priority, action, condition);
                        }
                        Err(reason) => refuse(reason),
                    }
                }
            }
            Err(reason) => refuse(reason),
        }
    }
    (merged.finish(), refusals)
}

/// What a rule does, once or in several parts: priority, action, types.
fn actions(rule: &Rule, stand_in: impl Fn(&str) -> bool) -> Result<Vec<(u32, Action, Types)>, String> {
    let types = Types(rule.types.0 & Types::REQUESTS.0);
    if types == Types::default() {
        return Err("it is about windows alone, which declarativeNetRequest does not know".into());
    }
    let page = Types::of(ResourceType::Document);
    match &rule.effect {
        Effect::Block if rule.exception => {
            let priority = if rule.important { IMPORTANT } else { ALLOW };
            let mut out = Vec::new();
            if types.meets(page) {
                out.push((PAGE, Action::AllowAllRequests, page));
            }
            if types.without(page) != Types::default() {
                out.push((priority, Action::Allow, types.without(page)));
            }
            Ok(out)
        }
        Effect::Block => {
            let priority = if rule.important { IMPORTANT } else { BLOCK };
            // Apart, the part without the page itself joins the great rule of all hosts.
            let parts = if types == Types::REQUESTS { vec![types.without(page), page] } else { vec![types] };
            Ok(parts.into_iter().map(|types| (priority, Action::Block, types)).collect())
        }
        _ if rule.exception => Err("declarativeNetRequest has no exception from a change alone".into()),
        Effect::Redirect { only_if_stopped: true, .. } => {
            Err("a redirect of what another rule stops cannot be declared".into())
        }
        Effect::Redirect { to, .. } => {
            let (block, redirect) = if rule.important { (IMPORTANT, IMPORTANT_REDIRECT) } else { (BLOCK, REDIRECT) };
            let mut out = vec![(block, Action::Block, types)];
            if stand_in(to) {
                let redirect_to = Redirect::ExtensionPath(format!("{STAND_INS}{to}"));
                out.push((redirect, Action::Redirect { redirect: redirect_to }, types));
            }
            Ok(out)
        }
        Effect::RemoveParam(name) => {
            if name.starts_with(['~', '/']) || name.contains('*') {
                return Err("declarativeNetRequest takes out parameters by their whole name alone".into());
            }
            let transform = if name.is_empty() {
                Transform::Query(String::new())
            } else {
                Transform::QueryTransform(QueryTransform { remove_params: vec![name.clone()] })
            };
            Ok(vec![(CHANGE, Action::Redirect { redirect: Redirect::Transform(transform) }, types)])
        }
        Effect::Policy { header, value } => {
            let header = Header { header, operation: "append", value: value.clone() };
            Ok(vec![(CHANGE, Action::ModifyHeaders { response_headers: vec![header] }, types)])
        }
        Effect::Carried { option, .. } => Err(format!("{option} is not about a request being made")),
    }
}

/// Rules that say the same but for their hosts, then those that say the same but for their sites.
#[derive(Default)]
struct Merged {
    by_host: BTreeMap<(u32, Action, Condition), BTreeSet<String>>,
}

impl Merged {
    fn add(&mut self, priority: u32, action: Action, mut condition: Condition) {
        let hosts = std::mem::take(&mut condition.request_domains);
        condition.has_hosts = !hosts.is_empty();
        let key = (priority, action, condition);
        self.by_host.entry(key).or_default().extend(hosts);
    }

    fn finish(self) -> Rules {
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

#[cfg(test)]
mod tests;
