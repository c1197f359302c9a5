//! What feeds are made of: the topic of a text, how like it is to words of one's own, and which of these are known.
//!
//! A pack of its own holds what is needed for it, so that nobody loads it who does not ask. What is done with a post that
//! is like a topic of somebody's, the page's core says (`api::page`). What this deliberately does not do: count, or keep
//! anything; whoever asks does.

pub use crate::feed::topics::{Seeds, Topic};
use crate::feed::{languages::Languages, topics};
use crate::pack::{Pack, PackError};
use crate::text::Folded;

/// The words by which a person may name a topic.
#[derive(Clone, Debug)]
pub struct Known(topics::Topics);

impl Known {
    /// With the topics of a pack.
    ///
    /// # Errors
    /// If it lacks their section, or that does not hold together.
    pub fn open(pack: &[u8]) -> Result<Known, PackError> {
        Ok(Known(topics::Topics::open(Pack::open(pack)?.section(topics::SECTION)?)?))
    }

    /// Of the words that a person wrote, those that are known, and those that are not.
    pub fn of<'w>(&self, written: &'w str) -> (Vec<&'w str>, Vec<&'w str>) {
        let (mut known, mut unknown) = (Vec::new(), Vec::new());
        for token in Folded::of(written).tokens() {
            let words = if self.0.knows(token) { &mut known } else { &mut unknown };
            words.extend(written.get(token.from as usize..token.to as usize));
        }
        (known, unknown)
    }
}

/// What tells topics.
#[derive(Clone, Debug)]
pub struct Topics {
    topics: topics::Topics,
    languages: Languages,
}

impl Topics {
    /// With the topics of one pack, and the languages that the page's own can tell.
    ///
    /// # Errors
    /// If one of them lacks its section, or it does not hold together.
    pub fn open(topics: &[u8], page: &[u8]) -> Result<Topics, PackError> {
        let (topics, page) = (Pack::open(topics)?, Pack::open(page)?);
        let languages = Languages::open(page.section(crate::feed::languages::SECTION)?)?;
        Ok(Topics { topics: topics::Topics::open(topics.section(topics::SECTION)?)?, languages })
    }

    /// What a text is about; nothing where it is not sure, or the text is not English.
    pub fn of(&self, text: &str) -> Option<Topic<'_>> {
        let folded = Folded::of(text);
        self.topics.of(&folded, self.language(&folded))
    }

    /// A topic of one's own, named by a few words; nothing if none of them is known.
    pub fn seeds(&self, words: &str) -> Option<Seeds> {
        self.topics.seeds(&Folded::of(words))
    }

    /// How like a text is to a topic of one's own, from -1 to 1, and whether that is enough to be about it; nothing where
    /// too few words are known, or the text is not English.
    pub fn likeness(&self, seeds: &Seeds, text: &str) -> Option<(f32, bool)> {
        let folded = Folded::of(text);
        let likeness = self.topics.likeness(seeds, &folded, self.language(&folded))?;
        Some((likeness, self.topics.is_like(likeness)))
    }

    fn language(&self, folded: &Folded) -> Option<&str> {
        let mut codes = self.languages.codes(self.languages.of(folded));
        codes.next().filter(|_| codes.next().is_none())
    }
}
