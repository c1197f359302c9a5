//! Exceptions from a change: `@@||host^$removeparam`, and the like for policies and stand-ins.
//!
//! declarativeNetRequest knows exceptions from everything alone, so the rules that change something are told to leave the
//! excepted host out, or the sites on which the exception speaks of every address. A host is left out whole even where the
//! exception speaks of some of its pages only: in doubt a request stays as it is. What it deliberately does not do: guess
//! at a host. Where a line names neither host nor site, it is refused.

use super::super::list::{Effect, Pattern, Rule, Start, Types};
use super::condition::Condition;

/// The exceptions from changes of some lists.
#[derive(Debug)]
pub(super) struct Exceptions<'r>(Vec<(Where<'r>, &'r Effect)>);

/// Where an exception from a change speaks.
#[derive(Clone, Copy, Debug)]
enum Where<'r> {
    /// Of requests to this host.
    To(&'r str),
    /// Of all requests on these sites.
    On(&'r [String]),
}

impl<'r> Exceptions<'r> {
    pub(super) fn of(rules: impl Iterator<Item = &'r Rule>) -> Exceptions<'r> {
        let from_changes = rules.filter(|rule| rule.exception && rule.effect != Effect::Block);
        Exceptions(from_changes.filter_map(|rule| Some((place(rule)?, &rule.effect))).collect())
    }

    /// Leaves the hosts and sites out of a condition that exceptions take from this rule's change.
    pub(super) fn narrow(&self, rule: &Rule, condition: &mut Condition) {
        for (place, _) in self.0.iter().filter(|(_, excepted)| is_from(excepted, &rule.effect)) {
            match place {
                Where::To(host) if condition.may_ask(host) => {
                    condition.excluded_request_domains.push((*host).to_owned());
                }
                Where::To(_) => {}
                Where::On(sites) => condition.excluded_initiator_domains.extend(sites.iter().cloned()),
            }
        }
        for names in [&mut condition.excluded_request_domains, &mut condition.excluded_initiator_domains] {
            names.sort();
            names.dedup();
        }
    }
}

/// No declarative rule, for what an exception takes from others.
///
/// # Errors
/// What of the exception is not said, or said of more than it.
pub(super) fn said<T>(rule: &Rule) -> Result<Vec<T>, String> {
    let is_all = rule.types.without(Types::POPUP) == if policy(&rule.effect) { rule.types } else { Types::REQUESTS };
    let is_whole = is_all && matches!(rule.pattern, Pattern::Host(_)) && rule.sites.is_empty();
    match place(rule) {
        Some(Where::To(_)) if !is_whole => Err("an exception from a change is declared for its whole host".into()),
        Some(Where::On(_)) if !is_all => Err("an exception from a change is declared for all types".into()),
        Some(_) => Ok(Vec::new()),
        None => Err("an exception from a change cannot be declared without a host or sites".into()),
    }
}

fn policy(effect: &Effect) -> bool {
    matches!(effect, Effect::Policy { .. })
}

/// Returns true if and only if an exception with this effect takes that effect back: all of its kind, or this one.
fn is_from(exception: &Effect, effect: &Effect) -> bool {
    match (exception, effect) {
        (Effect::RemoveParam(kept), Effect::RemoveParam(name)) => kept.is_empty() || kept == name,
        (Effect::Redirect { to: kept, .. }, Effect::Redirect { to, .. }) => {
            kept.is_empty() || kept == "*" || kept == to
        }
        (Effect::Policy { header: kept, value: said }, Effect::Policy { header, value }) => {
            kept == header && (said.is_empty() || said == value)
        }
        _ => false,
    }
}

/// The whole host that a rule names, or else its sites.
fn place(rule: &Rule) -> Option<Where<'_>> {
    match &rule.pattern {
        Pattern::Host(host) => Some(Where::To(host)),
        Pattern::Text { start: Start::Label, body, .. } => {
            let (host, rest) = body.split_at(body.find(['/', '^', '?', ':', '*', '|'])?);
            (rest.starts_with(['/', '^']) && host.contains('.')).then_some(Where::To(host))
        }
        Pattern::Any => {
            let is_plain = rule.to.is_empty() && rule.sites.not.is_empty() && !rule.sites.only.is_empty();
            let is_named = !rule.sites.only.iter().any(|site| site.ends_with(".*"));
            (is_plain && is_named).then_some(Where::On(&rule.sites.only))
        }
        _ => None,
    }
}
