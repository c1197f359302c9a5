//! Text made comparable: folding, with a map back to the original.
//!
//! People who want reactions write the same words in many disguises: styled alphabets, look-alike letters, digits for
//! letters, spaces between letters, invisible marks, hashtags. [`Folded`] cuts a text into tokens (words, numbers,
//! emoji, mentions, links) that compare equal whatever the disguise, and each keeps the bytes of the original that it
//! stands for, so that a quote always shows the words as they stood. One pass, linear, for any UTF-8.
//!
//! What it deliberately does not do: know languages, drop accents (ä is not a), or normalise all of Unicode.

mod letters;
mod reading;
mod signs;

use std::ops::{BitOr, BitOrAssign};

use reading::Reading;

/// About so many bytes stand for a token; only how much memory is asked for at first depends on it.
const BYTES_A_TOKEN: usize = 5;

/// What is known of a token beside its word; several may hold at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks(u16);

impl Marks {
    /// A sentence or a line ended before it; also holds for the first token.
    pub const BREAK: Marks = Marks(1);
    /// A colon, dash, bracket, quotation mark or ellipsis stands before it.
    pub const PAUSE: Marks = Marks(2);
    /// It is a picture.
    pub const EMOJI: Marks = Marks(4);
    /// It consists of digits.
    pub const NUMBER: Marks = Marks(8);
    /// It names somebody: `@name`.
    pub const MENTION: Marks = Marks(16);
    /// It is an address: `https://…`.
    pub const LINK: Marks = Marks(32);
    /// It is part of a hashtag.
    pub const HASHTAG: Marks = Marks(64);
    /// It stands between quotation marks.
    pub const QUOTED: Marks = Marks(128);
    /// It has two letters or more, and all are capitals.
    pub const CAPITALS: Marks = Marks(256);
    /// It is one single letter.
    pub const LETTER: Marks = Marks(512);
    /// A question mark stands before it (and so also a break).
    pub const ASKED: Marks = Marks(1024);
    /// A comma or semicolon stands before it.
    pub const COMMA: Marks = Marks(2048);

    /// Whether any of `marks` holds.
    pub fn has(self, marks: Marks) -> bool {
        self.0 & marks.0 != 0
    }
}

impl BitOr for Marks {
    type Output = Marks;
    fn bitor(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }
}

impl BitOrAssign for Marks {
    fn bitor_assign(&mut self, other: Marks) {
        self.0 |= other.0;
    }
}

/// A word, number, picture, mention or link of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// The byte of the original at which it begins.
    pub from: u32,
    /// The byte of the original after its last.
    pub to: u32,
    /// [`hash_of`] its folded word.
    pub hash: u32,
    /// What else is known of it.
    pub marks: Marks,
    at: u32,
    end: u32,
}

/// A text in tokens. Empty at first; [`Folded::read`] may be called again and again and keeps its memory.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    words: String,
    tokens: Vec<Token>,
    end: Marks,
}

impl Folded {
    /// Folds a text.
    pub fn of(text: &str) -> Folded {
        let mut folded = Folded::default();
        folded.read(text);
        folded
    }

    /// The tokens, in order.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// What the signs after the last token say of a token that would follow.
    pub fn end(&self) -> Marks {
        self.end
    }

    /// A token's folded word; emoji are their first character, mentions `@`, links `/`.
    pub fn word(&self, token: &Token) -> &str {
        self.words.get(token.at as usize..token.end as usize).unwrap_or_default()
    }

    /// Forgets what was read before and folds `text`, of which only the first 4 GB count.
    pub fn read(&mut self, text: &str) {
        self.words.clear();
        self.tokens.clear();
        self.words.reserve(text.len());
        self.tokens.reserve(text.len() / BYTES_A_TOKEN + 8);
        Reading::of(text, self).run();
    }
}

/// How many Unicode scalar values stand before byte `at` of `text`.
pub fn scalars_before(text: &str, at: usize) -> u32 {
    // Every byte that does not continue a character begins one.
    let count = text.as_bytes().iter().take(at).filter(|b| **b & 0xc0 != 0x80).count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// FNV-1a, then mixed so that its upper bits are good too: the name of a word in a dictionary.
pub fn hash_of(word: &[u8]) -> u32 {
    finish_hash(word.iter().fold(HASH_START, |hash, byte| step_hash(hash, *byte)))
}

/// The state before the first byte, for hashing all beginnings of a word in one go.
pub const HASH_START: u32 = 0x811c_9dc5;

/// One byte more.
pub fn step_hash(hash: u32, byte: u8) -> u32 {
    (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
}

/// From the state to the hash.
pub fn finish_hash(hash: u32) -> u32 {
    let hash = (hash ^ (hash >> 15)).wrapping_mul(0x2c1b_3c6d);
    hash ^ (hash >> 13)
}

/// Other spellings of a word that people use for want of keys: accents left out, `ae` for `ä`. Not the word itself.
#[cfg(feature = "authoring")]
pub fn spellings(word: &str) -> Vec<String> {
    let bare: String = word.chars().map(|c| letters::bare(c).unwrap_or(c)).collect();
    let long = word.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('ß', "ss");
    let sharp = word.replace('ß', "ss");
    let mut all = vec![bare, long, sharp];
    all.sort();
    all.dedup();
    all.retain(|w| w != word);
    all
}

#[cfg(test)]
mod tests;
