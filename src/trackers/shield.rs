//! All rules, compiled once, and asked in place.
//!
//! The index is bytes that the build (or the update on the device) made; opening it checks its lengths and nothing is
//! parsed, copied or built. A question walks the host's labels and the address's words once, looks each up, and tries
//! only the rules kept under what it found: most often none. Order: an exception for the whole page silences
//! everything; an important rule stands above exceptions that are not; any other needs that no exception speaks. Only where no rule
//! stops a request are its parameters looked at.
//!
//! What it deliberately does not do: remember. There is no cache that could be stale or leak what was visited; a regular
//! expression is compiled at its first use and kept, that is all.

mod ask;
mod build;
mod index;
mod keys;
mod layout;
mod notes;
mod param;
mod pattern;
mod regex;
mod site;
mod speaks;
mod table;
mod usable;

pub use build::build;
pub use index::Shield;
pub(super) use table::{Table, Words};

use super::Answer;
use super::request::Request;

impl<'a> Shield<'a> {
    /// What is to become of a request, and which rules say so.
    pub fn ask(&self, request: &Request<'_>) -> Answer<'a> {
        ask::ask(self, &mut self.notes.borrow_mut(), request)
    }
}

/// The expression by which a rule names parameters, if it does.
fn parameter_regex(rule: &super::list::Rule) -> Option<(&str, bool)> {
    match &rule.effect {
        super::list::Effect::RemoveParam(value) => param::expression(value),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
