//! Levels: how much is done with a group of kinds where the person chose nothing for it.
//!
//! Most people never open a table of eleven rows; one choice of three is for them. What each level does stands in one
//! table below, with its reasons. Whatever is done can be opened again by one click, and is undone by another choice.
//! What it deliberately does not do: know items, or whether a feed is de-ranked at all; `settings` holds that law.

use serde::{Deserialize, Serialize};

use crate::verdict::{Act, Group};

/// How much is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Everything is named and nothing is moved out of the way.
    Gentle,
    /// What is made to work on the reader is folded, everything else named.
    #[default]
    Balanced,
    /// What nobody asked for goes out of the way.
    Strict,
}

impl Level {
    /// All levels, mildest first.
    pub const ALL: [Level; 3] = [Level::Gentle, Level::Balanced, Level::Strict];

    /// Its name in stored settings and in the keys of words.
    pub fn name(self) -> &'static str {
        match self {
            Level::Gentle => "gentle",
            Level::Balanced => "balanced",
            Level::Strict => "strict",
        }
    }

    /// What is done with a group.
    ///
    /// Bait and pressure are made to waste the reader's time, so they fold first; only bait, whose words are the surest
    /// sign, is ever hidden unasked. A headline, a code or a heated word may stand on a post that is worth reading: they
    /// fold where the person wants it strict. So does what the platform put in. What people whom one follows react to,
    /// declare as paid, or make with a machine is part of following them, and is only named.
    pub fn act(self, group: Group) -> Act {
        let [gentle, balanced, strict] = match group {
            Group::Bait => [Act::Label, Act::Lower, Act::Hide],
            Group::Pressure => [Act::Label, Act::Lower, Act::Lower],
            Group::Headline | Group::Promotional | Group::Heated => [Act::Label, Act::Label, Act::Lower],
            Group::Sponsored | Group::Suggested | Group::Shelf => [Act::Label, Act::Label, Act::Lower],
            Group::Partnership | Group::Activity | Group::Ai => [Act::Label; 3],
        };
        match self {
            Level::Gentle => gentle,
            Level::Balanced => balanced,
            Level::Strict => strict,
        }
    }
}

/// Why less is done with a signal than its group's act says. Facts know none of these.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Leniency {
    /// The person follows the author, and so has asked for what they write.
    pub followed: bool,
    /// How often the person said of this kind that it was wrong of this author.
    pub undone: usize,
    /// The signal is weak, and counts only because it is not the only one.
    pub weak: bool,
}

impl Leniency {
    /// One step milder for an author who is followed, but still named, and only where the person did not `choose` the act
    /// themselves; one step for each time that the person said it was wrong; and no more than named if it is weak.
    pub fn soften(self, act: Act, chosen: bool) -> Act {
        let act = if self.followed && !chosen && act > Act::Label { milder(act) } else { act };
        let act = (0..self.undone.min(ACTS.len())).fold(act, |act, _| milder(act));
        if self.weak { act.min(Act::Label) } else { act }
    }
}

/// All acts, mildest first.
pub const ACTS: [Act; 5] = [Act::Show, Act::Label, Act::Dim, Act::Lower, Act::Hide];

fn milder(act: Act) -> Act {
    ACTS.into_iter().rev().find(|other| *other < act).unwrap_or(act)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_level_does_less_than_a_milder_one() {
        for group in Group::ALL {
            let acts = Level::ALL.map(|level| level.act(group));
            assert!(acts.is_sorted() && acts[0] == Act::Label, "{group:?}: {acts:?}");
        }
        assert_eq!(Level::default().act(Group::Bait), Act::Lower);
    }

    #[test]
    fn leniency_goes_step_by_step() {
        let followed = Leniency { followed: true, ..Leniency::default() };
        assert_eq!(
            ACTS.map(|act| followed.soften(act, false)),
            [Act::Show, Act::Label, Act::Label, Act::Dim, Act::Lower]
        );
        assert_eq!(ACTS.map(|act| followed.soften(act, true)), ACTS);
        let undone = |undone| Leniency { undone, ..Leniency::default() }.soften(Act::Lower, true);
        assert_eq!([1, 2, 3, 9].map(undone), [Act::Dim, Act::Label, Act::Show, Act::Show]);
        let weak = Leniency { weak: true, ..Leniency::default() };
        assert_eq!([Act::Show, Act::Hide].map(|act| weak.soften(act, true)), [Act::Show, Act::Label]);
    }
}
