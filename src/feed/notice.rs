//! What is noticed in an item's words: by phrases, and by the learned model.
//!
//! The words are folded once for both, and the language that they are told to be in says what the model reads. The model
//! is brought, like the phrases of most languages, when there is something for it to read. What it deliberately does
//! not do: judge, or hold anything against words in a language that nobody here knows.

use std::cell::Cell;

use super::item::Item;
use super::languages;
use super::level::Level;
use super::model::{self, Model};
use super::signals::{self, Signals};
use crate::pack::{Pack, PackError};
use crate::text::Folded;
use crate::verdict::Evidence;

/// The language with whose pack the model comes, and those that some head of it reads.
pub const MODEL_COMES_WITH: &str = "en";
const MODEL_READS: [&str; 2] = ["en", "es"];

/// All that notices something in words.
#[derive(Clone, Debug)]
pub struct Notice {
    signals: Signals,
    /// The model's section; empty while it is not here.
    model: Vec<u8>,
    has_asked: Cell<bool>,
}

impl Notice {
    /// What the page's own pack knows.
    ///
    /// # Errors
    /// If a section is missing or does not hold together.
    pub fn open(pack: &Pack<'_>) -> Result<Notice, PackError> {
        let signals = Signals::open(pack.section(languages::SECTION)?, pack.section(signals::SECTION)?)?;
        Ok(Notice { signals, model: Vec::new(), has_asked: Cell::new(false) })
    }

    /// Takes in what the pack of one more language knows: phrases, the model, or both.
    ///
    /// # Errors
    /// If it has nothing of both, or something that does not hold together.
    pub fn add(&mut self, pack: &Pack<'_>) -> Result<(), PackError> {
        let (phrases, learned) = (pack.section(signals::SECTION), pack.section(model::SECTION));
        if let Ok(section) = learned {
            Model::open(section)?;
            self.model = section.to_vec();
        }
        match phrases {
            Ok(phrases) => self.signals.add(phrases),
            missing => learned.or(missing).map(drop),
        }
    }

    /// The languages of items read so far whose packs are not here; each is told once.
    pub fn wants(&self) -> Vec<String> {
        let mut wants = self.signals.wants();
        let is_wanted = self.model.is_empty() && MODEL_READS.iter().any(|language| self.signals.has_met(language));
        if is_wanted && !self.has_asked.replace(true) {
            wants.push(MODEL_COMES_WITH.to_owned());
        }
        wants
    }

    /// What is noticed in an item's words. The level says how much of what the model only takes for likely is told.
    pub fn read(&self, item: &Item, level: Level) -> Vec<Evidence> {
        let folded = Folded::of(&item.text);
        let guess = self.signals.guess(&folded);
        let mut found = self.signals.read_folded(&item.text, &folded, item.headline);
        // The section is read in place, and was found whole when it came.
        if let Ok(model) = Model::open(&self.model) {
            found.extend(model.read(&item.text, &folded, item.headline, level, self.signals.only(guess)));
        }
        found
    }
}
