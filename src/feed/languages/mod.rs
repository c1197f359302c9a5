//! In which language a text is written, as far as its words say so.
//!
//! What speaks: the commonest function words of each language, letters and endings particular to it, and a script that
//! few languages have; all of it data (`data/languages`), found by hash in one go over the tokens that the signals read
//! too. Languages that we have no phrases for are told as evidence against those that look like them: a Croatian text
//! is not Slovene because nobody wrote down Croatian. [`Guess`] may be two languages where both are at home in the text,
//! and none at all: unknown is an answer, and a better one than a guess at three words.
//!
//! A phrase that is found needs no guess: it is its own proof. The guess says which phrases are worth loading, and lets
//! whoever judges a text as a whole abstain. What it deliberately does not do: learn, count letters by statistics, or
//! ask the page what it says of itself.

#[cfg(feature = "authoring")]
mod file;

#[cfg(feature = "authoring")]
pub use file::{File, check, compile, format, parse};

use super::lexicon::Lexicon;
use super::packed::Packed;
use crate::pack::PackError;
use crate::text::{Folded, HASH_START, Marks, finish_hash, hash_of, step_hash};

/// The name of the pack's section that [`Languages::open`] reads.
pub const SECTION: &str = "languages";

/// What a letter's key begins with, and that of an ending: no word has these signs.
const LETTER: u8 = b'.';
const ENDING: u8 = b'-';
/// An ending has so many letters, and the word more than two besides.
const ENDING_LETTERS: usize = 3;
const SHORTEST_ENDED: usize = 5;

/// Scripts that few languages share, by their characters. A letter of such a script is some evidence by itself.
const SCRIPTS: [(&str, std::ops::RangeInclusive<char>); 4] = [
    ("arabic", '\u{600}'..='\u{6ff}'),
    ("cyrillic", '\u{400}'..='\u{52f}'),
    ("devanagari", '\u{900}'..='\u{97f}'),
    ("kana", '\u{3041}'..='\u{30ff}'),
];
/// Languages without a row in [`SCRIPTS`].
#[cfg(feature = "authoring")]
const LATIN: &str = "latin";

/// The letters whose languages are looked up once and not in every text: accents, Greek, Cyrillic, Arabic, Devanagari.
const COMMON_LETTERS: std::ops::Range<u32> = 0x80..0x980;

/// What one token says, by how many languages it says it of: what all have tells nothing.
const POINTS: [u32; 7] = [0, 6, 4, 3, 2, 2, 1];
/// How much a whole word and a particular letter count beside an ending or a script.
const SURE: u32 = 2;
/// A word that no other language has, and a little more, is the least.
const ENOUGH: u32 = 16;
/// Of two languages in one text each has more than that to itself.
const MIXED: u32 = 36;
/// At least so many points a token, in eighths: function words are a third of any text.
const DENSE: u32 = 8;
/// How far a language must be ahead of each other, by what only one of the two has.
const AHEAD: u32 = 6;
/// So many tokens are looked at, so that a novel costs no more than a long post.
const MOST_TOKENS: usize = 256;
/// And so much evidence is kept to compare two languages by.
const MOST_FOUND: usize = 192;

/// In which language a text is; see [`Languages::of`]. None, one, or two that are mixed, the stronger first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Guess {
    /// Places in the table of languages, one more each; nought is none.
    places: [u8; 2],
}

impl Guess {
    /// True if and only if the text is too short, too mixed, or in a language that we do not know.
    pub fn is_unknown(self) -> bool {
        self.places[0] == 0
    }

    /// The languages as a mask of their places.
    pub(super) fn mask(self) -> u32 {
        self.places.iter().filter(|place| **place > 0).fold(0, |mask, place| mask | 1 << (place - 1))
    }
}

/// One language of the table.
#[derive(Clone, Copy, Debug)]
struct Row {
    code: [u8; 2],
    flags: u8,
}

/// A text may be said to be in it; others are only evidence against these.
const IS_ANSWER: u8 = 1;
/// There are phrases of it.
const HAS_PHRASES: u8 = 2;

/// All languages that we can tell, opened.
#[derive(Clone, Debug, Default)]
pub struct Languages {
    rows: Vec<Row>,
    /// Which languages are written in each of [`SCRIPTS`].
    scripts: Vec<u32>,
    keys: Lexicon,
    /// Which languages have each key.
    masks: Vec<u32>,
    /// To which each of [`COMMON_LETTERS`] is particular, and which are written in its script.
    letters: Vec<(u32, u32)>,
}

/// What was found in a text: which languages each piece of evidence speaks for, and how loud.
struct Found {
    pieces: Vec<(u32, u32)>,
    tokens: u32,
}

impl Languages {
    /// Opens the section that `compile` wrote.
    ///
    /// # Errors
    /// [`PackError::Section`] if it does not hold together.
    pub fn open(bytes: &[u8]) -> Result<Languages, PackError> {
        Languages::read(&mut Packed::of(bytes)).ok_or(PackError::Section(SECTION))
    }

    fn read(from: &mut Packed<'_>) -> Option<Languages> {
        let count = usize::from(from.byte()?);
        let (rows, _) = from.take(count * 3)?.as_chunks::<3>();
        let rows = rows.iter().map(|[one, two, flags]| Row { code: [*one, *two], flags: *flags }).collect();
        let scripts = masks(from.take(SCRIPTS.len() * 4)?, SCRIPTS.len());
        let keys = Lexicon::read(from)?;
        let masks = masks(from.take(keys.len() * 4)?, keys.len());
        let mut languages = Languages { rows, scripts, keys, masks, letters: Vec::new() };
        let letters = COMMON_LETTERS.map(|code| char::from_u32(code).map_or((0, 0), |c| languages.letter(c)));
        languages.letters = letters.collect();
        (count <= 32 && from.is_empty()).then_some(languages)
    }

    /// In which language this text is. At most some hundred tokens are looked at, each once.
    pub fn of(&self, folded: &Folded) -> Guess {
        let found = self.found(folded);
        let mut scores = [0u32; 32];
        for (mask, points) in &found.pieces {
            each_place(*mask, |place| scores[place] += points);
        }
        let Some(best) = self.place_of_most(&scores) else { return Guess::default() };
        if scores[best] < ENOUGH || scores[best] * 8 < found.tokens * DENSE || !self.has(best, IS_ANSWER) {
            return Guess::default();
        }
        // Two languages are compared by what only one of them has: what Spanish and Portuguese share is no evidence.
        let mut both = [0u32; 32];
        for (mask, points) in found.pieces.iter().filter(|(mask, _)| mask >> best & 1 != 0) {
            each_place(*mask, |place| both[place] += points);
        }
        // The best has all that it has in common with itself.
        let alone: [u32; 32] = std::array::from_fn(|place| scores[place] - both[place]);
        let is_rival = |place: usize| {
            let (ours, theirs) = (scores[best] - both[place], alone[place]);
            let ahead = if self.has(place, IS_ANSWER) || theirs > 0 { AHEAD } else { 0 };
            place != best && (theirs * 2 > ours || ours < theirs + ahead)
        };
        let Some(other) = self.place_of_most(&alone) else { return Guess::default() };
        let (ours, theirs) = (scores[best] - both[other], alone[other]);
        let mut places = [small(best) + 1, 0];
        let both = self.has(other, IS_ANSWER) && ours >= MIXED && theirs >= MIXED && theirs * 3 >= ours;
        if both {
            places[1] = small(other) + 1;
        }
        let is_in_doubt = (0..self.rows.len()).any(|place| is_rival(place) && !(both && place == other));
        if is_in_doubt { Guess::default() } else { Guess { places } }
    }

    /// Where the most points are. Of two that are level the one is meant of which there may be phrases.
    fn place_of_most(&self, points: &[u32; 32]) -> Option<usize> {
        let mut best = (0, None);
        for (place, (row, points)) in self.rows.iter().zip(points).enumerate() {
            let rank = points * 2 + u32::from(row.flags & IS_ANSWER != 0);
            if rank > best.0 || best.1.is_none() {
                best = (rank, Some(place));
            }
        }
        best.1
    }

    /// The codes of a guess, the stronger first.
    pub fn codes(&self, guess: Guess) -> impl Iterator<Item = &str> {
        let places = guess.places.into_iter().filter(|place| *place > 0);
        places.filter_map(|place| self.code(usize::from(place) - 1))
    }

    /// The code of the language at this place.
    pub(super) fn code(&self, place: usize) -> Option<&str> {
        self.rows.get(place).and_then(|row| std::str::from_utf8(&row.code).ok())
    }

    /// The language of this code as a mask of its place; nothing if it is none of the table.
    pub(super) fn mask_of(&self, code: [u8; 2]) -> u32 {
        self.rows.iter().position(|row| row.code == code).map_or(0, |place| 1 << place)
    }

    /// The languages that have phrases, as a mask of their places.
    pub(super) fn with_phrases(&self) -> u32 {
        (0..self.rows.len()).filter(|place| self.has(*place, HAS_PHRASES)).fold(0, |mask, place| mask | 1 << place)
    }

    fn has(&self, place: usize, flag: u8) -> bool {
        self.rows.get(place).is_some_and(|row| row.flags & flag != 0)
    }

    fn found(&self, folded: &Folded) -> Found {
        let mut found = Found { pieces: Vec::with_capacity(MOST_FOUND), tokens: 0 };
        let other = Marks::EMOJI | Marks::NUMBER | Marks::MENTION | Marks::LINK | Marks::HASHTAG;
        for token in folded.tokens().iter().take(MOST_TOKENS).filter(|token| !token.marks.has(other)) {
            found.tokens += 1;
            let word = folded.word(token);
            let own = self.key(token.hash);
            found.add(own, SURE);
            if word.is_ascii() {
                if own == 0
                    && let Some(end) = word.len().checked_sub(ENDING_LETTERS).filter(|_| word.len() >= SHORTEST_ENDED)
                {
                    found.add(self.ending(&word[end..]), 1);
                }
            } else {
                self.letters(word, own == 0, &mut found);
            }
        }
        found
    }

    /// What the letters of a word say that is not plain English letters, and, if `with_ending`, its ending.
    fn letters(&self, word: &str, with_ending: bool, found: &mut Found) {
        let mut particular = 0;
        let mut script = 0;
        let mut count = 0;
        for c in word.chars() {
            count += 1;
            if c.is_ascii() {
                continue;
            }
            let common = self.letters.get((c as u32 - COMMON_LETTERS.start) as usize);
            let (mask, written) = common.copied().unwrap_or_else(|| self.letter(c));
            script |= written;
            // Of several particular letters those languages remain that have all of them.
            particular = if particular & mask == 0 { particular | mask } else { particular & mask };
        }
        found.add(particular, SURE);
        found.add(script, 1);
        if with_ending && count >= SHORTEST_ENDED {
            let end = word.char_indices().rev().nth(ENDING_LETTERS - 1).map_or(0, |(at, _)| at);
            found.add(self.ending(word.get(end..).unwrap_or_default()), 1);
        }
    }

    /// The languages to which a letter is particular, and those that are written in its script.
    fn letter(&self, letter: char) -> (u32, u32) {
        let mut bytes = [LETTER; 5];
        let length = letter.encode_utf8(&mut bytes[1..]).len();
        let script = SCRIPTS.iter().position(|(_, range)| range.contains(&letter));
        let written = script.and_then(|script| self.scripts.get(script)).copied().unwrap_or(0);
        (self.key(hash_of(bytes.get(..=length).unwrap_or_default())), written)
    }

    fn ending(&self, ending: &str) -> u32 {
        self.key(finish_hash(ending.bytes().fold(step_hash(HASH_START, ENDING), step_hash)))
    }

    /// The languages that have the key of this hash.
    fn key(&self, hash: u32) -> u32 {
        self.keys.find(hash).and_then(|number| self.masks.get(usize::from(number))).copied().unwrap_or(0)
    }
}

impl Found {
    fn add(&mut self, mask: u32, weight: u32) {
        if mask != 0 && self.pieces.len() < MOST_FOUND {
            let shared = (mask.count_ones() as usize).min(POINTS.len() - 1);
            self.pieces.push((mask, POINTS[shared] * weight));
        }
    }
}

/// Tells of every place of a mask.
fn each_place(mut mask: u32, mut tell: impl FnMut(usize)) {
    while mask != 0 {
        tell(mask.trailing_zeros() as usize);
        mask &= mask - 1;
    }
}

/// Masks lie by their bytes, all lowest ones first: so they pack better.
fn masks(planes: &[u8], count: usize) -> Vec<u32> {
    let byte = |at: usize| planes.get(at).copied().unwrap_or(0);
    let mask = |n: usize| u32::from_le_bytes([byte(n), byte(count + n), byte(2 * count + n), byte(3 * count + n)]);
    (0..count).map(mask).collect()
}

/// There are at most 32 languages.
fn small(place: usize) -> u8 {
    u8::try_from(place).unwrap_or(u8::MAX)
}
