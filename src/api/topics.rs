//! What feeds are made of: the topic of a text, and how like it is to words of one's own.
//!
//! A pack of its own holds what is needed for it, so that nobody loads it who does not ask. What this deliberately does
//! not do: count, or keep anything; whoever asks does.

pub use crate::feed::topics::{Seeds, Topic};
use crate::feed::{languages::Languages, topics};
use crate::pack::{Pack, PackError};
use crate::text::Folded;

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

    /// A topic of one's own, made of a few words; nothing if none of them is known.
    pub fn seeds<'s>(&self, words: impl IntoIterator<Item = &'s str>) -> Option<Seeds> {
        self.topics.seeds(words)
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
