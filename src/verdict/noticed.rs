//! The table of what can be noticed in an item's words, as the build made it of `data/reasons`.
//!
//! The table lies in the code of each wasm, not in a pack: settings that are read where no pack is speak of kinds too.
//! What it deliberately does not do: notice. `feed` finds what speaks for a kind; this only says what the kinds are.

use super::Group;

include!(concat!(env!("OUT_DIR"), "/reasons.rs"));

/// A kind of signal: its place in the table, which holds for this build alone. Stored is its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Noticed(u8);

/// What a kind of signal is; a card of `data/reasons` without what is told to people who read it.
#[derive(Debug)]
pub struct Reason {
    /// Its name: in files, in stored settings, in the keys of words.
    pub name: &'static str,
    /// The group in which people decide on it.
    pub group: Group,
    /// Whether it speaks of headlines alone.
    pub headline: bool,
    /// Where the words that it rests on can be looked up.
    pub doors: &'static [Door],
}

/// A page elsewhere where the person may look words up.
#[derive(Debug)]
pub struct Door {
    /// Whose page it is.
    pub name: &'static str,
    /// Its address, with `{text}` for the words and, where it knows languages, `{language}` for the person's.
    pub url: &'static str,
    /// The languages that it answers in; empty if it takes any.
    pub languages: &'static [&'static str],
}

impl Noticed {
    /// How many kinds there are.
    pub const COUNT: usize = REASONS.len();

    /// The kind at this place of the table.
    pub fn at(place: usize) -> Option<Noticed> {
        u8::try_from(place).ok().filter(|_| place < Noticed::COUNT).map(Noticed)
    }

    /// The kind of this name; none if there is none.
    pub fn named(name: &str) -> Option<Noticed> {
        REASONS.iter().position(|reason| reason.name == name).and_then(Noticed::at)
    }

    /// Its place in the table, by which a pack of this build knows it.
    pub fn place(self) -> usize {
        usize::from(self.0)
    }

    /// What it is.
    pub fn reason(self) -> &'static Reason {
        &REASONS[self.place()]
    }
}
