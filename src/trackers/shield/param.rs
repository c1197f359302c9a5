//! Which parameters of an address does a `removeparam` mean? A name, `/an expression/`, or with `~` all others.
//!
//! An expression sees the name, `=` and the value as they stand in the address. What this deliberately does not do: take
//! anything out. In browsers the declarative rules do; here it is only said that a rule speaks.

use super::index::Shield;
use super::layout::Row;

/// The expression in the value of a `removeparam`, and whether it minds the case, if the value is one.
pub(super) fn expression(value: &str) -> Option<(&str, bool)> {
    let value = value.strip_prefix('~').unwrap_or(value).strip_prefix('/')?;
    value.strip_suffix('/').map(|it| (it, true)).or_else(|| value.strip_suffix("/i").map(|it| (it, false)))
}

impl Shield<'_> {
    /// Returns true if and only if a query holds a parameter that a rule with this value takes out.
    pub(super) fn takes(&self, row: Row, value: &str, query: &str) -> bool {
        let query = query.split('#').next().unwrap_or("");
        let (name, wanted) = value.strip_prefix('~').map_or((value, true), |rest| (rest, false));
        let is_meant = |pair: &str| match (expression(value), self.value_regex(row)) {
            (Some((source, match_case)), Some(number)) => {
                self.regexes.matches(number, source.as_bytes(), match_case, pair)
            }
            _ => name.is_empty() || pair.split('=').next() == Some(name),
        };
        query.split('&').any(|pair| !pair.is_empty() && is_meant(pair) == wanted)
    }
}
