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

mod action;
mod condition;
#[cfg(feature = "authoring")]
mod cookies;
mod entity;
mod exception;
mod merge;
mod params;
#[cfg(feature = "authoring")]
pub mod play;
mod re2;
mod rule;

pub use action::stand_in_for;
pub use condition::Condition;
#[cfg(feature = "authoring")]
pub use cookies::cookies;
pub use rule::{Action, DnrRule, Header, QueryTransform, Redirect, Rules, Transform};

use self::exception::Exceptions;
use self::merge::Merged;
use self::params::Params;
use super::list::{List, settle};
use crate::verdict::Refusal;

/// Turns the rules of lists into declarative ones. `stand_in` says whether the extension has a file of that name.
pub fn rules(lists: &[List], stand_in: impl Fn(&str) -> bool) -> (Rules, Vec<Refusal>) {
    let mut refusals = Vec::new();
    let (mut merged, mut params) = (Merged::default(), Params::default());
    let settled = settle(lists);
    let exceptions = Exceptions::of(settled.iter().map(|(_, rule)| *rule));
    for (i, rule) in settled {
        let mut refuse = |reason: String| refusals.push(Refusal::new(&lists[i].name, rule.line as usize, reason));
        match params.take(&lists[i].name, rule) {
            Ok(true) => continue,
            Ok(false) => {}
            Err(reason) => {
                refuse(reason);
                continue;
            }
        }
        match action::of(rule, &stand_in) {
            Ok(actions) => {
                for (priority, action, types) in actions {
                    match condition::of(rule, types) {
                        Ok((mut condition, partly)) => {
                            partly.into_iter().for_each(&mut refuse);
                            if !matches!(action, Action::Allow | Action::AllowAllRequests | Action::Block) {
                                exceptions.narrow(rule, &mut condition);
                            }
                            merged.add(priority, action, condition);
                        }
                        Err(reason) => refuse(reason),
                    }
                }
            }
            Err(reason) => refuse(reason),
        }
    }
    let (taking, refused) = params.finish(&exceptions);
    taking.into_iter().for_each(|(priority, action, condition)| merged.add(priority, action, condition));
    refusals.extend(refused);
    (merged.finish(), refusals)
}

#[cfg(test)]
mod tests;
