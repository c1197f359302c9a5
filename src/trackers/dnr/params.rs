//! Parameters that are taken out of addresses, in a form in which declarative rules do not get in each other's way.
//!
//! Of all rules that fit a request a browser asks the one of highest priority, and no other, even if that one finds
//! nothing to take out; and where such a one fits, Firefox changes no headers (measured in Chromium 156 and Firefox 153).
//! So a rule speaks only where its parameter stands: the changed address then meets the others. It takes out the whole
//! family of its parameter (`utm_source` and its like), so that an address is not changed twenty times, after which
//! browsers give up. Where something is to be stopped it stands back,
//! and so it does where an exception lets a request through, which then goes out as it is.
//!
//! What it deliberately does not do: take out names by pattern, which no declarative rule can, or names without a value,
//! which tell nobody anything. A fragment that looks like a parameter (`#q=1`) may hide another from the browser.

use std::collections::{BTreeMap, BTreeSet};

use super::condition::{self, Condition};
use super::exception::{self, Exceptions};
use super::rule::{Action, QueryTransform, Redirect, Transform};
use crate::trackers::list::{Effect, Rule, Types};
use crate::verdict::Refusal;

/// What cannot be bound to its parameter, because its pattern ends where the parameter begins.
const SOMEWHERE: u32 = 8;
/// What speaks only where its parameter stands.
const PRESENT: u32 = 9;

/// The rules about parameters, gathered to be declared together.
#[derive(Default)]
pub(super) struct Params<'r> {
    taken: Vec<(&'r str, &'r Rule, &'r str)>,
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
        if rule.exception {
            return exception::said::<()>(rule).map(|_| true);
        }
        self.taken.push((list, rule, name));
        Ok(true)
    }

    /// Priority, action and condition of each declarative rule; refused is what cannot be said.
    pub(super) fn finish(self, exceptions: &Exceptions<'_>) -> (Vec<(u32, Action, Condition)>, Vec<Refusal>) {
        let (mut refusals, mut out) = (Vec::new(), Vec::new());
        let mut families: BTreeMap<(Condition, &str), BTreeSet<String>> = BTreeMap::new();
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
            exceptions.narrow(rule, &mut condition);
            if name.is_empty() {
                out.push((SOMEWHERE, whole_query(), condition));
            } else if bound(name, &condition).is_some() {
                families.entry((condition, family(name))).or_default().insert((*name).to_owned());
            } else {
                somewhere.entry(condition).or_default().insert((*name).to_owned());
            }
        }
        for ((condition, _), names) in families {
            let of_one = |name: &String| Some((PRESENT, taking(names.clone()), bound(name, &condition)?));
            out.extend(names.iter().filter_map(of_one));
        }
        out.extend(somewhere.into_iter().map(|(condition, names)| (SOMEWHERE, taking(names), condition)));
        (out, refusals)
    }
}

/// What names of one scheme begin with: `utm` of `utm_source`. A name that belongs to no scheme is its own.
fn family(name: &str) -> &str {
    name.split_once('_').map_or(name, |(family, _)| if family.is_empty() { name } else { family })
}

/// The condition where the parameter stands; none if its pattern leaves no room for that.
fn bound(name: &str, condition: &Condition) -> Option<Condition> {
    let is_plain = name.bytes().all(|b| b.is_ascii_graphic() && !b"*^|".contains(&b));
    let before = match &condition.url_filter {
        None => String::new(),
        Some(pattern) if pattern.ends_with(['|', '^', '?', '&']) => return None,
        Some(pattern) => format!("{pattern}*"),
    };
    let url_filter = Some(format!("{before}^{name}="));
    (is_plain && condition.regex_filter.is_none()).then(|| Condition { url_filter, ..condition.clone() })
}

fn taking(names: impl IntoIterator<Item = String>) -> Action {
    let remove_params = names.into_iter().collect();
    Action::Redirect { redirect: Redirect::Transform(Transform::QueryTransform(QueryTransform { remove_params })) }
}

fn whole_query() -> Action {
    Action::Redirect { redirect: Redirect::Transform(Transform::Query(String::new())) }
}
