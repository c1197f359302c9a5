//! Which rules are for the shield, and what they are in this extension.
//!
//! What the shield cannot speak of (headers, windows) and what names a stand-in that is not shipped is handed back with
//! its reason. What it deliberately does not do: choose where a rule is kept; that is the builder's.

use std::borrow::Cow;

use super::super::list::{Effect, List, Pattern, Rule, Types, settle};
use super::layout as at;
use super::regex;
use crate::verdict::Refusal;

/// A rule with where it stands.
pub(super) type Placed<'l> = (u32, Cow<'l, Rule>);

/// The rules that hold, without those that are not for the shield.
pub(super) fn usable<'l>(
    lists: &'l [List],
    stand_in: impl Fn(&str) -> bool,
    refusals: &mut Vec<Refusal>,
) -> Vec<Placed<'l>> {
    let mut out = Vec::new();
    for (list, rule) in settle(lists) {
        let placed = match useless(list, rule) {
            Some(reason) => Err(reason),
            None => as_shipped(rule, &stand_in).ok_or_else(|| "the extension has no such stand-in".into()),
        };
        let line = rule.line;
        match placed {
            Err(reason) => refusals.push(Refusal::new(&lists[list].name, line as usize, reason)),
            Ok(rule) => out.push((u32::try_from(list).unwrap_or(0) << at::LINE_BITS | line.min(at::LINE_MASK), rule)),
        }
    }
    out
}

/// Why the shield has no use for a rule, if it has none.
fn useless(list: usize, rule: &Rule) -> Option<String> {
    match &rule.effect {
        Effect::Carried { option, .. } => Some(format!("{option} is not about a request being made")),
        Effect::Policy { header, .. } => Some(format!("{header} is added by declarativeNetRequest alone")),
        _ if !rule.types.meets(Types::REQUESTS) => Some("it is about windows alone, not requests".into()),
        _ if list >= at::LISTS => Some(format!("only {} lists fit into one index", at::LISTS)),
        _ => regex_refusal(rule),
    }
}

/// The reason why a rule's regular expressions cannot be used here, if they cannot.
fn regex_refusal(rule: &Rule) -> Option<String> {
    let of_pattern = match &rule.pattern {
        Pattern::Regex(source) => regex::refusal(source, rule.match_case),
        _ => None,
    };
    let of_parameter = || super::parameter_regex(rule).and_then(|(source, case)| regex::refusal(source, case));
    of_pattern.or_else(of_parameter)
}

/// The rule as it is where only some stand-ins are shipped: what it would answer with another is stopped. Nothing is
/// left of it if it would only have named one, or taken one back.
fn as_shipped(rule: &Rule, stand_in: impl Fn(&str) -> bool) -> Option<Cow<'_, Rule>> {
    let Effect::Redirect { to, only_if_stopped } = &rule.effect else { return Some(Cow::Borrowed(rule)) };
    let takes_back_all = rule.exception && matches!(to.as_str(), "" | "*");
    if takes_back_all || stand_in(to) {
        return Some(Cow::Borrowed(rule));
    }
    let stops = !rule.exception && !only_if_stopped;
    stops.then(|| Cow::Owned(Rule { effect: Effect::Block, ..rule.clone() }))
}
