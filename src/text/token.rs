//! What a text is read into: tokens with their marks, and the words behind them.
//!
//! A word is known by its hash, so that a dictionary need hold no texts. How tokens are found stands in `reading.rs`.

use std::ops::{BitOr, BitOrAssign};

/// What is known of a token beside its word; several may hold at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks(pub(super) u16);

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
    pub(super) at: u32,
    pub(super) end: u32,
}

/// A text in tokens. Empty at first; [`Folded::read`] may be called again and again and keeps its memory.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    pub(super) words: String,
    pub(super) tokens: Vec<Token>,
    pub(super) end: Marks,
}

impl Folded {
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
