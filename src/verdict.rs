//! The words that all rooms share: act, kind and group, origin, evidence, verdict, refusal.
//!
//! They stand apart so that feeds and trackers can speak of the same things without knowing each other. Nothing is
//! decided here: `feed::judge` makes verdicts, `explain` puts them into words.

#[cfg(feature = "authoring")]
pub mod card;
mod chapter;
mod group;
#[cfg(feature = "authoring")]
pub mod interest;
mod kind;
mod noticed;
#[cfg(feature = "authoring")]
pub mod platform;
mod special;
#[cfg(feature = "authoring")]
pub mod technique;

pub use chapter::Chapter;
pub use group::Group;
pub use kind::Kind;
pub use noticed::{Door, Noticed, Reason};
pub use special::Special;

use serde::{Deserialize, Serialize};

/// What is done with an item. Ordered: a later act takes more of the item away than an earlier one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Act {
    /// Left as the platform shows it.
    #[default]
    Show,
    /// Shown in full, with a mark that says what it is.
    Label,
    /// Shown faded until the person points at it or focuses it.
    Dim,
    /// Collapsed in place to one line that opens it again.
    Lower,
    /// Taken out of sight; a thin line says so and opens it again.
    Hide,
}

/// Where evidence comes from, in order of trust: the wire first, label words last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// The data that the platform sent to its own page.
    Wire,
    /// An attribute or the structure of the page.
    Attribute,
    /// A label's words, in the language of the page.
    Label,
    /// The item's own words.
    Text,
}

/// One fact or signal with what it rests on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// What it speaks for.
    pub kind: Kind,
    /// How sure it is, from 0 to 1. A platform's own statement is 1.
    pub strength: f32,
    /// The words or the data that it rests on, quoted as they stood.
    pub quote: String,
    /// Where the quote stands in the item's text, in Unicode scalar values (from, to); none for facts.
    pub span: Option<(u32, u32)>,
    /// Where it comes from.
    pub origin: Origin,
    /// The data field, or the file and line of the phrase, that spoke.
    pub rule: String,
}

/// An act and the evidence for it, the strongest first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// What is to be done with the item.
    pub act: Act,
    /// Why; empty if and only if nothing was found.
    pub because: Vec<Evidence>,
}

/// A piece of foreign input that could not be used, and why. The rest of that input was used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The file, list or address that it stood in.
    pub file: String,
    /// The line, counted from 1; 0 if it concerns the whole.
    pub line: u32,
    /// The reason, for people who write such files.
    pub reason: String,
}

impl Refusal {
    /// A refusal of `line` (from 1; 0 for the whole) of `file`.
    pub fn new(file: impl Into<String>, line: usize, reason: impl Into<String>) -> Refusal {
        Refusal { file: file.into(), line: u32::try_from(line).unwrap_or(u32::MAX), reason: reason.into() }
    }

    /// A refusal of what stands at byte `at` of the file's `text`; of the whole if nobody knows where.
    pub fn at_byte(file: &str, text: &str, at: Option<usize>, reason: &str) -> Refusal {
        let before = at.map(|at| text.bytes().take(at).filter(|byte| *byte == b'\n').count());
        Refusal::new(file, before.map_or(0, |lines| lines + 1), reason)
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.reason)
    }
}
