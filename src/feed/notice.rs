//! What is noticed in an item's words: by phrases, and by the learned model.
//!
//! The words are folded once for both. What it deliberately does not do: judge, or know in which language a text is
//! written; while nobody says so, the model reads what it takes for English by itself.

use super::item::Item;
use super::level::Level;
use super::model::{self, Model};
use super::signals::{self, Signals};
use crate::pack::{Pack, PackError};
use crate::text::Folded;
use crate::verdict::Evidence;

/// All that notices something in words.
#[derive(Clone, Copy, Debug)]
pub struct Notice<'a> {
    signals: Signals<'a>,
    model: Model<'a>,
}

impl<'a> Notice<'a> {
    /// What the pack knows.
    ///
    /// # Errors
    /// If a section is missing or does not hold together.
    pub fn open(pack: &Pack<'a>) -> Result<Notice<'a>, PackError> {
        let signals = Signals::open(pack.section(signals::SECTION)?)?;
        Ok(Notice { signals, model: Model::open(pack.section(model::SECTION)?)? })
    }

    /// What is noticed in an item's words. The level says how much of what the model only takes for likely is told.
    pub fn read(&self, item: &Item, level: Level) -> Vec<Evidence> {
        let folded = Folded::of(&item.text);
        let mut found = self.signals.read_folded(&item.text, &folded, item.headline);
        found.extend(self.model.read(&item.text, &folded, item.headline, level, None));
        found
    }
}
