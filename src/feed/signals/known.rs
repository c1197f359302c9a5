//! Which languages may know a word: one look for all that are there, before any of them is asked.
//!
//! A page that has met many languages has as many dictionaries, and most words of a text are in none of them. Each
//! word, and each of its beginnings that could be one, is hashed once; a table of masks says which dictionaries have
//! something of that hash, and only they are asked. What it deliberately does not do: answer; a mask may say too much,
//! and never too little.

use super::program::{PREFIX_MARK, UNKNOWN};
use super::section::Section;
use crate::text::{Folded, HASH_START, finish_hash, step_hash};

/// So many upper bits of a hash choose a mask: some times more masks than all languages have words.
const BITS: u32 = 15;

/// The languages that may know each hash, as masks of their places among the sections.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    masks: Vec<u32>,
    /// The lengths of beginnings that some language has.
    lengths: u32,
}

/// The numbers of a text's words in every language that is there.
pub(super) struct Numbers {
    numbers: Vec<u16>,
    tokens: usize,
    /// The languages that know some word of it.
    met: u32,
}

impl Known {
    pub(super) fn of(sections: &[Section]) -> Known {
        let mut known = Known { masks: vec![0; 1 << BITS], lengths: 0 };
        for (place, section) in sections.iter().enumerate() {
            known.lengths |= section.lengths;
            section.words.each(|hash| known.masks[(hash >> (32 - BITS)) as usize] |= bit(place));
        }
        known
    }

    fn mask(&self, hash: u32) -> u32 {
        self.masks.get((hash >> (32 - BITS)) as usize).copied().unwrap_or(0)
    }

    /// Looks up every word: its own number if a phrase names it, else that of its longest known beginning.
    pub(super) fn numbers(&self, sections: &[Section], folded: &Folded) -> Numbers {
        let tokens = folded.tokens();
        let mut found = Numbers { numbers: vec![UNKNOWN; sections.len() * tokens.len()], tokens: tokens.len(), met: 0 };
        for (at, token) in tokens.iter().enumerate() {
            let own = found.look(sections, self.mask(token.hash), token.hash, at, |_| true);
            let mut state = HASH_START;
            // The lengths from the next byte on that some beginning has.
            let mut lengths = self.lengths >> 1;
            for (byte, length) in folded.word(token).bytes().zip(1u32..) {
                if lengths == 0 {
                    break;
                }
                state = step_hash(state, byte);
                if lengths & 1 != 0 {
                    let hash = finish_hash(step_hash(state, PREFIX_MARK));
                    let may = self.mask(hash) & !own;
                    found.look(sections, may, hash, at, |section| section.lengths >> length & 1 != 0);
                }
                lengths >>= 1;
            }
        }
        found
    }
}

impl Numbers {
    /// Asks the languages of a mask for a hash; says which have it.
    fn look(
        &mut self,
        sections: &[Section],
        mut may: u32,
        hash: u32,
        at: usize,
        fits: impl Fn(&Section) -> bool,
    ) -> u32 {
        let mut have = 0;
        while may != 0 {
            let place = may.trailing_zeros() as usize;
            may &= may - 1;
            let section = sections.get(place).filter(|section| fits(section));
            if let Some(number) = section.and_then(|section| section.words.find(hash))
                && let Some(slot) = self.numbers.get_mut(place * self.tokens + at)
            {
                *slot = number;
                have |= bit(place);
            }
        }
        self.met |= have;
        have
    }

    /// The numbers in the language at this place, a token each.
    pub(super) fn of(&self, place: usize) -> &[u16] {
        self.numbers.get(place * self.tokens..(place + 1) * self.tokens).unwrap_or_default()
    }

    /// Whether the language at this place knows any of the words.
    pub(super) fn is_met(&self, place: usize) -> bool {
        self.met & bit(place) != 0
    }
}

/// No more languages than a mask has bits can be told, so that each section has its own.
fn bit(place: usize) -> u32 {
    1 << (place % 32)
}
