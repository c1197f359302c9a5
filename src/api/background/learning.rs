//! What is said about learning whom no list knows: the person's orders, and what they are told.
//!
//! What it deliberately does not hold: how it is carried out; that is `noticing.rs`, beside it.

use serde::{Deserialize, Serialize};

/// What the person, or the script for them, wants of it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "order", rename_all = "kebab-case")]
pub enum LearningOrder {
    /// To be told how things are.
    Tell,
    /// To begin.
    Begin,
    /// To end it, and to have everything forgotten.
    End,
    /// To have forgotten what was seen; whom they leave alone stays left alone.
    Forget,
    /// To leave a party alone.
    Leave {
        /// Its registrable domain.
        party: String,
    },
    /// To have a party looked at again that was left alone.
    TakeBack {
        /// Its registrable domain.
        party: String,
    },
    /// A rule of theirs now stops a party: what was seen of it is no longer needed.
    Blocked {
        /// Its registrable domain.
        party: String,
    },
}

/// What the person is told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Learning {
    /// Whether it is on.
    pub is_on: bool,
    /// How many parties are remembered.
    pub parties: usize,
    /// Who followed them.
    pub proposals: Vec<Proposed>,
    /// Whom they leave alone.
    pub left: Vec<String>,
}

/// A party that followed them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed {
    /// Its registrable domain.
    pub party: String,
    /// Whose it is, if that is known.
    pub company: Option<String>,
    /// What that company does, in a sentence in English; empty if nobody has written one.
    pub says: String,
    /// The rule that stops it.
    pub rule: String,
    /// How it was seen, by site.
    pub seen: Vec<Seen>,
}

/// How a party was seen on a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Seen {
    /// The site.
    pub site: String,
    /// The name of the cookie.
    pub cookie: String,
    /// Whether the party set it; else it was sent to the party.
    pub was_set: bool,
    /// When first (days since 1970, local).
    pub day: i32,
}
