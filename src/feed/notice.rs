//! What is noticed in an item's words: by phrases, and by the learned model.
//!
//! The words are folded once for both, and the language that they are told to be in says what the model reads. What it
//! deliberately does not do: judge, or hold anything against words in a language that nobody here knows.

use super::item::Item;
use super::languages;
use super::level::Level;
use super::model::{self, Model};
use super::signals::{self, Signals};
use crate::pack::{Pack, PackError};
use crate::text::Folded;
use crate::verdict::Evidence;

/// All that notices something in words.
#[derive(Clone, Debug)]
pub struct Notice<'a> {
    signals: Signals,
    model: Model<'a>,
}

impl<'a> Notice<'a> {
    /// What the pack knows.
    ///
    /// # Errors
    /// If a section is missing or does not hold together.
    pub fn open(pack: &Pack<'a>) -> Result<Notice<'a>, PackError> {
        let signals = Signals::open(pack.section(languages::SECTION)?, pack.section(signals::SECTION)?)?;
        Ok(Notice { signals, model: Model::open(pack.section(model::SECTION)?)? })
    }

    /// Takes in the phrases of one more language.
    ///
    /// # Errors
    /// If they cannot be read; then all is as before.
    pub fn add_phrases(&mut self, phrases: &[u8]) -> Result<(), PackError> {
        self.signals.add(phrases)
    }

    /// The languages of items read so far whose phrases are not here; each is told once.
    pub fn wants(&self) -> Vec<String> {
        self.signals.wants()
    }

    /// What is noticed in an item's words. The level says how much of what the model only takes for likely is told.
    pub fn read(&self, item: &Item, level: Level) -> Vec<Evidence> {
        let folded = Folded::of(&item.text);
        let guess = self.signals.guess(&folded);
        let mut found = self.signals.read_folded(&item.text, &folded, item.headline);
        found.extend(self.model.read(&item.text, &folded, item.headline, level, self.signals.only(guess)));
        found
    }
}
