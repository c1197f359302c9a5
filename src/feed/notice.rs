//! What is noticed in an item's words: by phrases, by the learned model, and by what tells a person's own topics.
//!
//! The words are folded once for all, and the language that they are told to be in says what the model reads. The model is
//! brought, like the phrases of most languages, when there is something for it to read, and what tells topics when
//! somebody has one as well. What it deliberately does not do: judge, or hold anything against words in a language that
//! nobody here knows.

use std::cell::Cell;

use super::item::Item;
use super::languages;
use super::level::Level;
use super::model::{self, Model};
use super::own::Own;
use super::signals::{self, Signals};
use super::topics::{self, Topics};
use crate::pack::{Pack, PackError};
use crate::text::Folded;
use crate::verdict::{Act, Evidence, Kind, Origin};

/// The language with whose pack the model comes, and those that some head of it reads.
pub const MODEL_COMES_WITH: &str = "en";
const MODEL_READS: [&str; 2] = ["en", "es"];
/// A language's pack is called this and its code.
const PHRASES: &str = "phrases-";

/// An item's words, folded, and the languages that they may be in.
#[derive(Clone, Debug)]
pub struct Words {
    folded: Folded,
    guess: languages::Guess,
}

/// All that notices something in words.
#[derive(Clone, Debug)]
pub struct Notice {
    signals: Signals,
    /// The model's section; empty while it is not here.
    model: Vec<u8>,
    has_asked: Cell<bool>,
    topics: Option<Topics>,
    /// Whether there was something to ask topics of while they were not here; none if that was told.
    lacks_topics: Cell<Option<bool>>,
}

impl Notice {
    /// What the page's own pack knows.
    ///
    /// # Errors
    /// If a section is missing or does not hold together.
    pub fn open(pack: &Pack<'_>) -> Result<Notice, PackError> {
        let signals = Signals::open(pack.section(languages::SECTION)?, pack.section(signals::SECTION)?)?;
        let (has_asked, lacks_topics) = (Cell::new(false), Cell::new(Some(false)));
        Ok(Notice { signals, model: Vec::new(), has_asked, topics: None, lacks_topics })
    }

    /// Takes in what one more pack knows: phrases of a language, the model, or both, or topics.
    ///
    /// # Errors
    /// If it has nothing of these, or something that does not hold together.
    pub fn add(&mut self, pack: &Pack<'_>) -> Result<(), PackError> {
        if let Ok(section) = pack.section(topics::SECTION) {
            self.topics = Some(Topics::open(section)?);
            return Ok(());
        }
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

    /// The packs that items read so far ask for and that are not here, by their names; each is told once.
    pub fn wants(&self) -> Vec<String> {
        let mut wants = self.signals.wants();
        let is_wanted = self.model.is_empty() && MODEL_READS.iter().any(|language| self.signals.has_met(language));
        if is_wanted && !self.has_asked.replace(true) {
            wants.push(MODEL_COMES_WITH.to_owned());
        }
        wants.iter_mut().for_each(|language| language.insert_str(0, PHRASES));
        if self.lacks_topics.get() == Some(true) {
            self.lacks_topics.set(None);
            wants.push(topics::SECTION.to_owned());
        }
        wants
    }

    /// An item's words, to be asked of.
    pub fn fold(&self, item: &Item) -> Words {
        let folded = Folded::of(&item.text);
        Words { guess: self.signals.guess(&folded), folded }
    }

    /// What the person asked to be done with an item that is like topics of theirs, and the evidence for it. Of a language
    /// that topics do not know nothing is said.
    pub fn alike(&self, site: &str, item: &Item, words: &Words, own: &Own) -> (Act, Vec<Evidence>) {
        let mut found = (Act::Show, Vec::new());
        if own.topics.is_empty() {
            return found;
        }
        let Words { folded, guess } = words;
        let language = self.signals.only(*guess);
        let Some(topics) = &self.topics else {
            let is_wanted = language == Some(topics::LANGUAGE);
            self.lacks_topics.set(self.lacks_topics.get().map(|before| before || is_wanted));
            return found;
        };
        let Some(direction) = topics.direction_of(folded, language) else { return found };
        for rule in &own.topics {
            let Some(seeds) = topics.seeds(&Folded::of(rule.text.as_str())) else { continue };
            let strength = seeds.likeness(&direction);
            if !topics.is_like(strength) {
                continue;
            }
            let quote = topics.carrying(&seeds, &item.text, folded);
            let (kind, origin, rule_text) = (Kind::Topic, Origin::Text, rule.text.as_str().to_owned());
            let evidence = Evidence { kind, strength, quote, span: None, origin, rule: rule_text };
            if !own.is_wrong(site, item, &evidence) {
                found.0 = found.0.max(rule.act);
                found.1.push(evidence);
            }
        }
        found
    }

    /// What is noticed in an item's words. The level says how much of what the model only takes for likely is told.
    pub fn read(&self, item: &Item, Words { folded, guess }: &Words, level: Level) -> Vec<Evidence> {
        let mut found = self.signals.read_folded(&item.text, folded, item.headline);
        // The section is read in place, and was found whole when it came.
        if let Ok(model) = Model::open(&self.model) {
            found.extend(model.read(&item.text, folded, item.headline, level, self.signals.only(*guess)));
        }
        found
    }
}
