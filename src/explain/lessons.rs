//! The cards for people: of each kind of signal and each technique what it does, an example, how to see it, and sources.
//!
//! The build makes the table of `data/reasons` and `data/techniques`; the words are messages like all others, found by
//! the name of the card. Only the extension's own pages carry this, never the core beside a feed, which does without
//! it. What it deliberately does not do: say that anything is one of these. That is the judge's.

use super::key;
use crate::verdict::Chapter;

include!(concat!(env!("OUT_DIR"), "/lessons.rs"));

/// A card for people.
#[derive(Debug)]
pub struct Lesson {
    /// Its name, as in `data`.
    pub name: &'static str,
    /// Where people read of it.
    pub chapter: Chapter,
    /// Whether it is of a kind of signal, whose name people know from the mark before an item.
    pub noticed: bool,
    /// Who described it: author, title, where and when.
    pub sources: &'static [&'static str],
}

/// All cards, chapter by chapter, sorted by name in each.
pub fn all() -> &'static [Lesson] {
    &LESSONS
}

impl Lesson {
    /// The key of its title.
    pub fn title(&self) -> String {
        if self.noticed { key("markKind", self.name) } else { self.part("Title") }
    }

    /// The key of what it does to people.
    pub fn does(&self) -> String {
        self.part("Does")
    }

    /// The key of a made-up example.
    pub fn example(&self) -> String {
        self.part("Example")
    }

    /// The key of how people can see it for themselves.
    pub fn see(&self) -> String {
        self.part("See")
    }

    /// All keys that it asks for, the heading of its chapter first.
    pub fn keys(&self) -> [String; 5] {
        [self.chapter.heading().to_owned(), self.title(), self.does(), self.example(), self.see()]
    }

    fn part(&self, part: &str) -> String {
        key("card", self.name) + part
    }
}
