//! Exceptions from a change: `@@||host^$removeparam` (declared with the parameters, in `params.rs`), and the like for
//! policies and stand-ins.
//!
//! declarativeNetRequest knows exceptions from everything alone, so the rules that change something are told to leave the
//! excepted host out. That is said for the whole host even where the exception speaks of some of its pages only: in doubt
//! a request stays as it is. What it deliberately does not do: guess at a host. Where a line names none, it is refused.

use super::super::list::{Effect, Pattern, Rule, Start, Types};
use super::condition::Condition;
use super::rule::Action;

/// The exceptions from changes of some lists.
#[derive(Debug)]
pub(super) struct Exceptions<'r>(Vec<(&'r str, &'r Effect)>);

impl<'r> Exceptions<'r> {
    pub(super) fn of(rules: impl Iterator<Item = &'r Rule>) -> Exceptions<'r> {
        let from_changes = rules.filter(|rule| rule.exception && rule.effect != Effect::Block);
        Exceptions(from_changes.filter_map(|rule| Some((host(&rule.pattern)?, &rule.effect))).collect())
    }

    /// Leaves the hosts out of a condition that exceptions take from this rule's change.
    pub(super) fn narrow(&self, rule: &Rule, action: &Action, condition: &mut Condition) {
        if matches!(action, Action::Allow | Action::AllowAllRequests | Action::Block) {
            return;
        }
        for (host, _) in self.0.iter().filter(|(_, excepted)| is_from(excepted, &rule.effect)) {
            if condition.may_ask(host) && !condition.excluded_request_domains.iter().any(|known| known == host) {
                condition.excluded_request_domains.push((*host).to_owned());
            }
        }
        condition.excluded_request_domains.sort();
    }
}

/// No declarative rule, for what an exception takes from others.
///
/// # Errors
/// What of the exception is not said, or said of more than it.
pub(super) fn said<T>(rule: &Rule) -> Result<Vec<T>, String> {
    let is_whole = matches!(rule.pattern, Pattern::Host(_))
        && rule.sites.is_empty()
        && rule.types.without(Types::POPUP) == if policy(&rule.effect) { rule.types } else { Types::REQUESTS };
    match host(&rule.pattern) {
        Some(_) if is_whole => Ok(Vec::new()),
        Some(_) => Err("an exception from a change is declared for its whole host".into()),
        None => Err("an exception from a change cannot be declared without a host".into()),
    }
}

fn policy(effect: &Effect) -> bool {
    matches!(effect, Effect::Policy { .. })
}

/// Returns true if and only if an exception with this effect takes that effect back: all of its kind, or this one.
fn is_from(exception: &Effect, effect: &Effect) -> bool {
    match (exception, effect) {
        (Effect::Redirect { to: kept, .. }, Effect::Redirect { to, .. }) => {
            kept.is_empty() || kept == "*" || kept == to
        }
        (Effect::Policy { header: kept, value: said }, Effect::Policy { header, value }) => {
            kept == header && (said.is_empty() || said == value)
        }
        _ => false,
    }
}

/// The whole host that a pattern names.
pub(super) fn host(pattern: &Pattern) -> Option<&str> {
    match pattern {
        Pattern::Host(host) => Some(host),
        Pattern::Text { start: Start::Label, body, .. } => {
            let (host, rest) = body.split_at(body.find(['/', '^', '?', ':', '*', '|'])?);
            (rest.starts_with(['/', '^']) && host.contains('.')).then_some(host)
        }
        _ => None,
    }
}

/// The sites on which an exception speaks of every address.
pub(super) fn sites(rule: &Rule) -> &[String] {
    let is_every = rule.pattern == Pattern::Any && rule.to.is_empty() && rule.sites.not.is_empty();
    let is_named = !rule.sites.only.iter().any(|site| site.ends_with(".*"));
    if is_every && is_named && rule.types == Types::REQUESTS { &rule.sites.only } else { &[] }
}
