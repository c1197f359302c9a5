//! The cards of `data/techniques`, one a technique that is explained to people and is no kind of signal.
//!
//! They are read as strictly as the kinds' cards, and by the same code. They stand in a folder of their own because a
//! kind is a bit in packs and a row of what can be noticed, and a technique must never become one by accident. The
//! build compiles this very file into its script; a browser never carries it. What is told to people stands in
//! `_locales`, not here.

use serde::{Deserialize, Serialize};

use super::card;
use super::chapter::Chapter;

/// A technique.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Technique {
    /// Its name, and the file's without its ending: small letters, words joined by a hyphen.
    pub name: String,
    /// Where people read of it.
    pub chapter: Chapter,
    /// Who described it.
    pub sources: Vec<String>,
}

/// What is wrong with a technique that could be read; `stem` is its file's name without the ending.
pub fn faults(stem: &str, technique: &Technique) -> Vec<String> {
    card::misnamed(stem, &technique.name, &technique.sources)
}

/// A row of the table of cards for people, in Rust; `noticed` says that it is of a kind of signal.
pub fn row(name: &str, chapter: Chapter, noticed: bool, sources: &[String]) -> String {
    format!("Lesson {{ name: {name:?}, chapter: Chapter::{chapter:?}, noticed: {noticed}, sources: &{sources:?} }}")
}
