//! Which languages know a word, and by which number: one look for all that are there.
//!
//! A page that has met many languages has as many dictionaries, and most words of a text are in none of them. Each word,
//! and each of its beginnings that could be one, is hashed once. A map of bits says whether any dictionary has something
//! of that hash; only then is it looked up in one table of them all. What it deliberately does not do: hold the words
//! themselves, or know what they are for.

use super::program::{Needs, PREFIX_MARK, UNKNOWN};
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
    numbers: Vec<u16>,
    tokens: usize,
    /// The bits of the words that each language knows.
    words: Vec<u64>,
    /// The languages, and the places in their lists of programs, of what was found in the text.
    found: Vec<(u16, u32)>,
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

    /// The words of all languages that have this hash.
    fn entries(&self, hash: u32) -> &[Entry] {
        let bit = hash >> (32 - MAP_BITS);
        if self.map.get((bit / 32) as usize).is_none_or(|map| map >> (bit % 32) & 1 == 0) {
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
            numbers: vec![UNKNOWN; sections.len() * tokens.len()],
            tokens: tokens.len(),
            words: vec![0; sections.len()],
            found: Vec::with_capacity(4 * tokens.len()),
        };
        let mut marks = Marks::default();
        for (at, token) in tokens.iter().enumerate() {
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
                    let has = |place: u16| {
                        sections.get(usize::from(place)).is_some_and(|section| section.lengths >> length & 1 != 0)
                    };
                    found.take(self.entries(hash), hash, at, own, has);
                }
                lengths >>= 1;
            }
        }
        for (section, place) in sections.iter().zip(0..) {
            found.found.extend(section.places_of(marks).into_iter().flatten().map(|list| (place, list)));
        }
        found
    }
}

impl Numbers {
    /// Takes the numbers of those entries that have this hash, but not for languages that know the word as a whole.
    fn take(&mut self, entries: &[Entry], hash: u32, at: usize, own: u32, fits: impl Fn(u16) -> bool) -> u32 {
        let mut have = 0;
        for entry in entries {
            if (entry.hash ^ hash) > entry.lost || own & bit(entry.place) != 0 || !fits(entry.place) {
                continue;
            }
            let place = usize::from(entry.place);
            if let (Some(slot), Some(words)) =
                (self.numbers.get_mut(place * self.tokens + at), self.words.get_mut(place))
            {
                *slot = entry.number;
                *words |= Needs::bit(entry.number);
                self.found.push((entry.place, u32::from(entry.number)));
                have |= bit(entry.place);
            }
        }
        have
    }

    /// The numbers in the language at this place, a token each.
    pub(super) fn of(&self, place: u16) -> &[u16] {
        let place = usize::from(place);
        self.numbers.get(place * self.tokens..(place + 1) * self.tokens).unwrap_or_default()
    }

    /// The phrases, or the guards, whose words are all in the text, as far as single words tell, in the languages of a
    /// mask: the place of each one's language, and its number.
    pub(super) fn candidates(&self, sections: &[Section], languages: u32, guards: bool) -> Vec<(u16, u16)> {
        let mut candidates = Vec::new();
        for &(place, list) in &self.found {
            let at = usize::from(place);
            let (Some(section), Some(words)) = (sections.get(at), self.words.get(at)) else { continue };
            if languages & bit(place) != 0 {
                let mut tell = |program| candidates.push((place, program));
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
