//! Which languages know a word, and by which number: one look for all that are there.
//!
//! A page that has met many languages has as many dictionaries, and most words of a text are in none of them. Each word,
//! and each of its beginnings that could be one, is hashed once. A map of bits says whether any dictionary has something
//! of that hash; only then is it looked up in one table of them all. What it deliberately does not do: hold the words
//! themselves, or know what they are for.

use super::program::{Bits, PREFIX_MARK, UNKNOWN};
use super::section::Section;
use crate::text::{Folded, HASH_START, Marks, finish_hash, step_hash};

/// So many upper bits of a hash choose a bit of the map: some times more than all languages have words, and no more than
/// every dictionary keeps of a hash.
const MAP_BITS: u32 = 17;
/// And so many a bucket of the table.
const BUCKET_BITS: u32 = 13;

/// All words of all languages that are there.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    map: Vec<u32>,
    /// Where each bucket's entries begin, and behind the last where they end.
    starts: Vec<u32>,
    entries: Vec<Entry>,
    /// Of each language the lower bits of a hash, which its dictionary does not keep.
    lost: Vec<u32>,
    /// The lengths of beginnings that some language has.
    lengths: u32,
}

/// A word of one language. There are some ten thousand, so that a few bytes more would cost time.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    /// As much of its hash as is kept.
    hash: u32,
    number: u16,
    /// The language's place among the sections.
    place: u8,
    /// Whether phrases, and guards, are looked out for where this word is: at most words there are none.
    sought: [bool; 2],
}

/// The numbers of a text's words in every language that is there.
pub(super) struct Numbers {
    tokens: usize,
    /// The bits of the words that each language knows.
    words: Vec<Bits>,
    /// What was found, token by token, and what stands behind the words; of one token the last in a language counts.
    found: Vec<Place>,
}

/// Something of a text that a language knows.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// The language's place among the sections.
    language: u16,
    /// Whether phrases, and guards, are looked out for here.
    sought: [bool; 2],
    /// The word's number, or a place behind the words.
    list: u32,
    /// The token; one that is not there for what stands behind the words.
    at: u32,
}

impl Known {
    pub(super) fn of(sections: &[Section]) -> Known {
        let mut known = Known { map: vec![0; 1 << (MAP_BITS - 5)], ..Known::default() };
        let mut starts = vec![0; (1 << BUCKET_BITS) + 2];
        let mut all = Vec::new();
        for (place, section) in sections.iter().enumerate() {
            known.lengths |= section.lengths;
            known.lost.push(section.words.lost());
            let mut number = 0;
            section.words.each(|hash| {
                let bit = hash >> (32 - MAP_BITS);
                known.map[(bit / 32) as usize] |= 1 << (bit % 32);
                starts[bucket(hash) + 2] += 1;
                let sought = [false, true].map(|guards| section.is_sought_at(number.into(), guards));
                all.push(Entry { hash, number, place: place as u8, sought });
                number += 1;
            });
        }
        for bucket in 1..starts.len() {
            starts[bucket] += starts[bucket - 1];
        }
        known.entries = vec![Entry::default(); all.len()];
        for entry in all {
            let next = &mut starts[bucket(entry.hash) + 1];
            known.entries[*next as usize] = entry;
            *next += 1;
        }
        known.starts = starts;
        known
    }

    /// Whether some language may have a word of this hash; most have none, and this is asked of every beginning.
    #[inline(always)]
    fn may_have(&self, hash: u32) -> bool {
        let bit = hash >> (32 - MAP_BITS);
        self.map.get((bit / 32) as usize).is_some_and(|map| map >> (bit % 32) & 1 != 0)
    }

    /// The words of all languages that have this hash.
    fn entries(&self, hash: u32) -> &[Entry] {
        let bucket = bucket(hash);
        match (self.starts.get(bucket), self.starts.get(bucket + 1)) {
            (Some(from), Some(to)) => self.entries.get(*from as usize..*to as usize).unwrap_or_default(),
            _ => &[],
        }
    }

    /// Looks up every word: its own number if a phrase names it, else that of its longest known beginning.
    pub(super) fn numbers(&self, sections: &[Section], folded: &Folded) -> Numbers {
        let tokens = folded.tokens();
        let mut found = Numbers {
            tokens: tokens.len(),
            words: vec![Bits::default(); sections.len()],
            found: Vec::with_capacity(4 * tokens.len()),
        };
        let mut marks = Marks::default();
        for (token, at) in tokens.iter().zip(0u32..) {
            marks |= token.marks;
            let own = self.take(&mut found, token.hash, at, 0, |_| true);
            let mut state = HASH_START;
            let word = folded.word(token).as_bytes();
            // The lengths from the next byte on that some beginning has.
            let mut lengths = self.lengths >> 1;
            let mut length = 0;
            while let Some(&byte) = word.get(length)
                && lengths != 0
            {
                state = step_hash(state, byte);
                length += 1;
                // No beginning ends inside a character.
                if lengths & 1 != 0 && word.get(length).is_none_or(|next| next & 0xc0 != 0x80) {
                    let hash = finish_hash(step_hash(state, PREFIX_MARK));
                    let has = |place: u8| {
                        sections.get(usize::from(place)).is_some_and(|section| section.lengths >> length & 1 != 0)
                    };
                    self.take(&mut found, hash, at, own, has);
                }
                lengths >>= 1;
            }
        }
        for (section, place) in sections.iter().zip(0..) {
            let behind = section.places_of(marks).into_iter().flatten();
            found.found.extend(behind.map(|list| Place { language: place, list, at: u32::MAX, sought: [true; 2] }));
        }
        found
    }

    /// Takes the numbers of those entries that have this hash, but not for languages that know the word as a whole.
    #[inline(always)]
    fn take(&self, found: &mut Numbers, hash: u32, at: u32, own: u32, fits: impl Fn(u8) -> bool) -> u32 {
        if !self.may_have(hash) {
            return 0;
        }
        let mut have = 0;
        for &Entry { hash: kept, number, place, sought } in self.entries(hash) {
            let language = u16::from(place);
            // What is not kept may differ.
            let is_it = self.lost.get(usize::from(place)).is_some_and(|lost| kept ^ hash <= *lost);
            if !is_it || own & bit(language) != 0 || !fits(place) {
                continue;
            }
            if let Some(words) = found.words.get_mut(usize::from(place)) {
                words.add(number.into());
                found.found.push(Place { language, list: number.into(), at, sought });
                have |= bit(language);
            }
        }
        have
    }
}

impl Numbers {
    /// The numbers in one language, a token each.
    pub(super) fn of(&self, language: u16) -> Vec<u16> {
        let mut numbers = vec![UNKNOWN; self.tokens];
        for found in self.found.iter().filter(|found| found.language == language) {
            if let Some(slot) = numbers.get_mut(found.at as usize) {
                // A number behind the words has no token.
                *slot = found.list as u16;
            }
        }
        numbers
    }

    /// The phrases, or the guards, whose words are all in the text, as far as single words tell, in the languages of a
    /// mask: the place of each one's language, and its number.
    pub(super) fn candidates(&self, sections: &[Section], languages: u32, guards: bool) -> Vec<(u16, u16)> {
        let mut candidates = Vec::with_capacity(self.tokens);
        for &Place { language, list, sought, .. } in &self.found {
            if !(sought[usize::from(guards)] && languages & bit(language) != 0) {
                continue;
            }
            let at = usize::from(language);
            if let (Some(section), Some(words)) = (sections.get(at), self.words.get(at)) {
                section.sought_at(list as usize, words, guards, |program| candidates.push((language, program)));
            }
        }
        candidates
    }
}

fn bucket(hash: u32) -> usize {
    (hash >> (32 - BUCKET_BITS)) as usize
}

/// No more languages than a mask has bits can be told, so that each section has its own.
pub(super) fn bit(place: u16) -> u32 {
    1 << (place % 32)
}
