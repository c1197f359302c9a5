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
#[cfg(feature = "authoring")]
mod cookies;
mod merged;
mod params;
mod re2;
mod rule;

pub use condition::Condition;
#[cfg(feature = "authoring")]
pub use cookies::cookies;
pub use rule::{Action, DnrRule, Header, QueryTransform, Redirect, Rules, Transform};

use self::merged::Merged;
use self::params::Params;
use self::rule::{ALLOW, BLOCK, CHANGE, IMPORTANT, IMPORTANT_REDIRECT, PAGE, REDIRECT};
use super::ResourceType;
use super::list::{Effect, List, Rule, Types, settle};
use crate::verdict::Refusal;

/// Where the extension keeps the stand-ins that `redirect=` names; they must be web-accessible there.
const STAND_INS: &str = "/extension/stand-ins/";

/// Where the stand-in of that name is asked for in place of a request of this type; none if the request is stopped.
pub fn stand_in_for(kind: ResourceType, name: &str) -> Option<String> {
    (!Types::TELLING.meets(Types::of(kind))).then(|| format!("{STAND_INS}{name}"))
}

/// Turns the rules of lists into declarative ones. `stand_in` says whether the extension has a file of that name.
pub fn rules(lists: &[List], stand_in: impl Fn(&str) -> bool) -> (Rules, Vec<Refusal>) {
    let mut refusals = Vec::new();
    let (mut merged, mut params) = (Merged::default(), Params::default());
    for (i, rule) in settle(lists) {
        let mut refuse = |reason: String| refusals.push(Refusal::new(&lists[i].name, rule.line as usize, reason));
        match params.take(&lists[i].name, rule) {
            Ok(true) => continue,
            Ok(false) => {}
            Err(reason) => {
                refuse(reason);
                continue;
            }
        }
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
    let (taking, refused) = params.finish();
    taking.into_iter().for_each(|(priority, action, condition)| merged.add(priority, action, condition));
    refusals.extend(refused);
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
            let types = types.without(Types::TELLING);
            if stand_in(to) && types != Types::default() {
                let redirect_to = Redirect::ExtensionPath(format!("{STAND_INS}{to}"));
                out.push((redirect, Action::Redirect { redirect: redirect_to }, types));
            }
            Ok(out)
        }
        Effect::RemoveParam(_) => Err("parameters are declared together".into()),
        Effect::Policy { header, value } => {
            let response_headers = vec![Header { header, operation: "append", value: Some(value.clone()) }];
            Ok(vec![(CHANGE, Action::ModifyHeaders { request_headers: Vec::new(), response_headers }, types)])
        }
        Effect::Carried { option, .. } => Err(format!("{option} is not about a request being made")),
    }
}

#[cfg(test)]
mod tests;
