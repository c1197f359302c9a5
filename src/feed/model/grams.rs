//! The pieces of a text that the model weighs: words, pairs of words, signs, and letters in a row, each as a hash.
//!
//! One walk makes them for all heads. They come from folded tokens, so that styled letters and other disguises make no
//! difference; links, names and pictures are left out, because they tell where a text was collected rather than what it
//! says, and of a number only its length counts. Training walks the same way, so that both see the same pieces.
//!
//! What it deliberately does not do: keep the pieces' texts, or count them; a piece that stands twice is told of twice.

use crate::text::{Folded, Marks, Token};

/// More words than this are no post that the model was made for; the caller then abstains.
pub(super) const MOST_WORDS: usize = 256;
/// Letters of a word beyond this many bytes are not looked at.
const LONGEST_WORD: usize = 48;
/// Numbers of more digits than this are all alike.
const MOST_DIGITS: usize = 4;
/// How many letters stand in a row.
const LETTERS: [u32; 3] = [3, 4, 5];
/// Letters are packed a byte each, and their number stands above them.
const BYTE: u32 = 8;

/// What a text's beginning and end count as in pairs of words.
const BEGINNING: u32 = 1;
const END: u32 = 2;
/// The signs that are weighed, each with the number that stands for it.
const SIGNS: [(Marks, u32); 6] = [
    (Marks::CAPITALS, 3),
    (Marks::ASKED, 4),
    (Marks::PAUSE, 5),
    (Marks::BREAK, 6),
    (Marks::HASHTAG, 7),
    (Marks::QUOTED, 8),
];
/// That the whole text ends as a question.
const ASKS: u32 = 9;

/// Whether a token is weighed at all.
pub(super) fn counts(token: &Token) -> bool {
    !token.marks.has(Marks::MENTION | Marks::LINK | Marks::EMOJI)
}

/// Tells of every piece: its hash, and the first and last token that it stands in. With `letters`, of letters too.
pub(super) fn walk(folded: &Folded, letters: bool, mut tell: impl FnMut(u32, usize, usize)) {
    let (mut before, mut last) = (BEGINNING, None);
    for (at, token) in folded.tokens().iter().enumerate().filter(|(_, token)| counts(token)) {
        let word = word(token, folded);
        tell(spread(u64::from(word)), at, at);
        tell(pair(before, word), last.unwrap_or(at), at);
        for (sign, number) in SIGNS {
            if token.marks.has(sign) && (last.is_some() || sign != Marks::BREAK) {
                tell(spread(u64::from(number)), at, at);
            }
        }
        if letters && !token.marks.has(Marks::NUMBER) {
            rows(folded.word(token), |hash| tell(hash, at, at));
        }
        (before, last) = (word, Some(at));
    }
    let Some(last) = last else { return };
    tell(pair(before, END), last, last);
    if folded.end().has(Marks::ASKED) {
        tell(spread(u64::from(ASKS)), last, last);
    }
}

/// What stands for a word: its hash, or of a number how long it is.
fn word(token: &Token, folded: &Folded) -> u32 {
    if token.marks.has(Marks::NUMBER) {
        // At most MOST_DIGITS, and above the numbers of signs.
        16 + folded.word(token).len().min(MOST_DIGITS) as u32
    } else {
        token.hash
    }
}

/// Every row of letters of a word, with a space at either end.
fn rows(word: &str, mut tell: impl FnMut(u32)) {
    let (mut row, mut seen) = (u64::from(b' '), 1);
    let word = word.as_bytes();
    let word = word.get(..LONGEST_WORD).unwrap_or(word);
    for at in 0..=word.len() {
        row = row << BYTE | u64::from(word.get(at).copied().unwrap_or(b' '));
        seen += 1;
        for count in LETTERS {
            if seen < count {
                break;
            }
            tell(spread(row & ((1 << (count * BYTE)) - 1) | u64::from(count) << (6 * BYTE)));
        }
    }
}

fn pair(before: u32, word: u32) -> u32 {
    spread(u64::from(before) << 32 | u64::from(word) | 1 << 63)
}

/// Fibonacci hashing: the upper half of the product depends on all bits.
fn spread(piece: u64) -> u32 {
    let mixed = (piece ^ (piece >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> 32) as u32
}
