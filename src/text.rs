//! Text made comparable: folding, with a map back to the original.
//!
//! People who want reactions write the same words in many disguises: styled alphabets, look-alike letters, digits for
//! letters, spaces between letters, invisible marks, hashtags. [`Folded`] cuts a text into tokens (words, numbers,
//! emoji, mentions, links) that compare equal whatever the disguise, and each keeps the bytes of the original that it
//! stands for, so that a quote always shows the words as they stood. One pass, linear, for any UTF-8.
//!
//! What it deliberately does not do: know languages, drop accents (ä is not a), or normalise all of Unicode.

mod letters;
mod pictures;
mod reading;
mod signs;
mod token;
mod word;

use reading::Reading;
pub use token::{Folded, HASH_START, Marks, Token, finish_hash, hash_of, step_hash};

/// About so many bytes stand for a token; only how much memory is asked for at first depends on it.
const BYTES_A_TOKEN: usize = 5;

impl Folded {
    /// Folds a text.
    pub fn of(text: &str) -> Folded {
        let mut folded = Folded::default();
        folded.read(text);
        folded
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
