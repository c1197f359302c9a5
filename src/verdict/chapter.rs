//! Chapters: what a technique works with, and in which order people read of them.
//!
//! The build reads this file too, to know the chapters that a card of `data/techniques` may name, so it deliberately
//! uses nothing of ours. It is no `Group`: nobody decides on a chapter, and much of it is in no feed.

use serde::{Deserialize, Serialize};

/// What a technique works with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Chapter {
    /// What stands in a feed beside what people asked for.
    Feed,
    /// How advertisements are aimed at people.
    Aiming,
    /// How people are watched from site to site.
    Watching,
    /// What keeps people where they are, or calls them back.
    Holding,
    /// How words work on people; every kind of signal is here.
    Words,
}

impl Chapter {
    /// The key of its heading in `_locales`.
    pub fn heading(self) -> &'static str {
        match self {
            Chapter::Feed => "chapterFeed",
            Chapter::Aiming => "chapterAiming",
            Chapter::Watching => "chapterWatching",
            Chapter::Holding => "chapterHolding",
            Chapter::Words => "chapterWords",
        }
    }
}
