//! What the rules say of one request: what is to become of it, and which rules want it so.
//!
//! An answer points at rules and never holds their text; whoever shows one looks it up. What it deliberately does not
//! say: what did become of the request. That is the browser's report, and the ledger's.

use serde::{Deserialize, Serialize};

/// What the rules say of one request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer<'a> {
    /// What is to become of it.
    pub decision: Decision,
    /// The rule that speaks for stopping or changing it, even where an exception overrules it.
    pub rule: Option<RuleRef>,
    /// The exception that lets it through.
    pub exception: Option<RuleRef>,
    /// The stand-in that answers it.
    pub redirect: Option<&'a str>,
    /// The parameters to take out of its address, as rules write them: a name, `/an expression/`, either with `~` for all
    /// others; the empty name is the whole query.
    pub params: Vec<&'a str>,
}

impl Answer<'_> {
    /// No rule speaks.
    pub fn pass() -> Self {
        Answer { decision: Decision::Pass, rule: None, exception: None, redirect: None, params: Vec::new() }
    }
}

/// Where a rule stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RuleRef {
    /// Which of the lists, in the order in which they were compiled.
    pub list: u32,
    /// The line, counted from 1.
    pub line: u32,
}

impl RuleRef {
    /// The bit that switches the rule's list on in a question. There are 64: all lists from the 64th on share the last,
    /// and are on together or off together.
    pub fn bit(self) -> u64 {
        1 << self.list.min(63)
    }
}

/// What the rules say of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Decision {
    /// It is not to be made.
    Stop,
    /// It is made, but changed (redirected, or without some parameters).
    Change,
    /// It is made.
    Pass,
}
