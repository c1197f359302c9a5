//! Groups: kinds that people decide on together, and in which order they are offered.
//!
//! A group is a row of the choices, and so a decision on what people can choose; which kinds of signals belong to it is
//! data (`data/reasons`). The build reads this file too, to know the groups that a card may name, so it deliberately
//! uses nothing else of ours.

use serde::{Deserialize, Serialize};

/// Kinds that people decide on together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// Advertisements.
    Sponsored,
    /// What its author is paid for.
    Partnership,
    /// What the platform puts in without being asked.
    Suggested,
    /// What is there because of what somebody did whom the person follows.
    Activity,
    /// Rows of others in between.
    Shelf,
    /// What the platform says was made with the help of AI.
    Ai,
    /// What asks for reactions, shares, tags, votes or comments, openly or by tricks.
    Bait,
    /// Headlines that withhold or promise instead of telling.
    Headline,
    /// What presses for haste, fear of missing out, or passing on.
    Pressure,
    /// Advertising that does not call itself so.
    Promotional,
    /// Heated or insulting language.
    Heated,
}

impl Group {
    /// All groups, in the order in which they are offered.
    pub const ALL: [Group; 11] = [
        Group::Sponsored,
        Group::Partnership,
        Group::Suggested,
        Group::Activity,
        Group::Shelf,
        Group::Ai,
        Group::Bait,
        Group::Headline,
        Group::Pressure,
        Group::Promotional,
        Group::Heated,
    ];

    /// Its name in stored settings and in the keys of words.
    pub fn name(self) -> &'static str {
        match self {
            Group::Sponsored => "sponsored",
            Group::Partnership => "partnership",
            Group::Suggested => "suggested",
            Group::Activity => "activity",
            Group::Shelf => "shelf",
            Group::Ai => "ai",
            Group::Bait => "bait",
            Group::Headline => "headline",
            Group::Pressure => "pressure",
            Group::Promotional => "promotional",
            Group::Heated => "heated",
        }
    }
}
