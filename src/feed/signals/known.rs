//! Which languages know a word, and by which number: one look for all that are there.
//!
//! A page that has met many languages has as many dictionaries, and most words of a text are in none of them. Each word,
//! and each of its beginnings that could be one, is hashed once. A map of bits says whether any dictionary has something
//! of that hash; only then is it looked up in one table of them all. What it deliberately does not do: hold the words
//! themselves, or know what they are for.

use super::program::{Bits, PREFIX_MARK, UNKNOWN, bit_of};
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
    /// The lengths of beginnings that some language has.
    lengths: u32,
}

/// A word of one language.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    /// As much of its hash as is kept.
    hash: u32,
    /// The lower bits, which are not.
    lost: u32,
    /// The language's place among the sections.
    place: u16,
    number: u16,
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
    /// The word's number, or a place behind the words.
    list: u32,
    /// The token; none for what stands behind the words.
    at: Option<u32>,
}

impl Known {
    pub(super) fn of(sections: &[Section]) -> Known {
        let mut known = Known { map: vec![0; 1 << (MAP_BITS - 5)], ..Known::default() };
        let mut starts = vec![0; (1 << BUCKET_BITS) + 2];
        let mut all = Vec::new();
        for (place, section) in sections.iter().enumerate() {
            known.lengths |= section.lengths;
            let lost = section.words.lost();
            let mut number = 0;
            section.words.each(|hash| {
                let bit = hash >> (32 - MAP_BITS);
                known.map[(bit / 32) as usize] |= 1 << (bit % 32);
                starts[bucket(hash) + 2] += 1;
                all.push(Entry { hash, lost, place: place as u16, number });
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
        if !self.may_have(hash) {
            return &[];
        }
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
            words: vec![0; sections.len()],
            found: Vec::with_capacity(4 * tokens.len()),
        };
        let mut marks = Marks::default();
        for (token, at) in tokens.iter().zip(0u32..) {
            marks |= token.marks;
            let own = found.take(self.entries(token.hash), token.hash, at, 0, |_| true);
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
                    if self.may_have(hash) {
                        let has = |place: u16| {
                            sections.get(usize::from(place)).is_some_and(|section| section.lengths >> length & 1 != 0)
                        };
                        found.take(self.entries(hash), hash, at, own, has);
                    }
                }
                lengths >>= 1;
            }
        }
        for (section, place) in sections.iter().zip(0..) {
            let behind = section.places_of(marks).into_iter().flatten();
            found.found.extend(behind.map(|list| Place { language: place, list, at: None }));
        }
        found
    }
}

impl Numbers {
    /// Takes the numbers of those entries that have this hash, but not for languages that know the word as a whole.
    fn take(&mut self, entries: &[Entry], hash: u32, at: u32, own: u32, fits: impl Fn(u16) -> bool) -> u32 {
        let mut have = 0;
        for entry in entries {
            if (entry.hash ^ hash) > entry.lost || own & bit(entry.place) != 0 || !fits(entry.place) {
                continue;
            }
            if let Some(words) = self.words.get_mut(usize::from(entry.place)) {
                *words |= bit_of(entry.number.into());
                self.found.push(Place { language: entry.place, list: entry.number.into(), at: Some(at) });
                have |= bit(entry.place);
            }
        }
        have
    }

    /// The numbers in one language, a token each.
    pub(super) fn of(&self, language: u16) -> Vec<u16> {
        let mut numbers = vec![UNKNOWN; self.tokens];
        for found in self.found.iter().filter(|found| found.language == language) {
            if let Some(slot) = found.at.and_then(|at| numbers.get_mut(at as usize)) {
                // A number behind the words has no token.
                *slot = found.list as u16;
            }
        }
        numbers
    }

    /// The phrases, or the guards, whose words are all in the text, as far as single words tell, in the languages of a
    /// mask: the place of each one's language, and its number.
    pub(super) fn candidates(&self, sections: &[Section], languages: u32, guards: bool) -> Vec<(u16, u16)> {
        let mut candidates = Vec::new();
        for &Place { language, list, .. } in &self.found {
            let at = usize::from(language);
            let (Some(section), Some(words)) = (sections.get(at), self.words.get(at)) else { continue };
            if languages & bit(language) != 0 {
                let mut tell = |program| candidates.push((language, program));
                section.sought_at(list as usize, *words, guards, &mut tell);
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
