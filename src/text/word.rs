//! One word while it is being read, and what it turns out to be when it ends.
//!
//! What it deliberately does not do: know the text around the word; `reading.rs` does.

use super::letters::{leet, look_alike};

/// The word that is being read.
#[derive(Default)]
pub(super) struct Word {
    pub(super) open: bool,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) at: usize,
    pub(super) letters: u32,
    pub(super) capitals: u32,
    pub(super) digits: u32,
    pub(super) latin: bool,
    pub(super) foreign: bool,
    pub(super) disguised: bool,
    pub(super) hashtag: bool,
    pub(super) last_upper: bool,
}

/// Puts plain letters for look-alikes and for digits between letters, and one letter for three or more.
pub(super) fn undisguise(words: &mut String, word: &Word) {
    let mixed = word.latin && word.foreign;
    let leety = word.letters > 0 && (word.digits > 0 || word.disguised);
    if !mixed && !leety && !stretched(words.get(word.at..).unwrap_or_default(), word.letters) {
        return;
    }
    let raw: Vec<char> = words.get(word.at..).unwrap_or_default().chars().collect();
    words.truncate(word.at);
    // Only a word whose foreign letters all look Latin is a Latin word in disguise.
    let alike = mixed && raw.iter().all(|c| !matches!(c, '\u{370}'..='\u{52f}') || look_alike(*c).is_some());
    for (i, &c) in raw.iter().enumerate() {
        let inside = i > 0 && raw[i - 1].is_alphabetic() && raw.get(i + 1).is_some_and(|n| n.is_alphabetic());
        let c = if alike { look_alike(c).unwrap_or(c) } else { c };
        let c = if leety && inside { leet(c).unwrap_or(c) } else { c };
        let run = i >= 1 && raw[i - 1] == raw[i];
        let long_run = run && ((i >= 2 && raw[i - 2] == raw[i]) || raw.get(i + 1) == Some(&raw[i]));
        if !(long_run && c.is_alphabetic()) {
            words.push(c);
        }
    }
}

/// Whether a word of so many letters has the same one three times in a row.
fn stretched(word: &str, letters: u32) -> bool {
    let bytes = word.as_bytes();
    // Where each letter is one byte, which most words are made of, no character is put together.
    if bytes.len() == letters as usize {
        return bytes.windows(3).any(|three| three[0] == three[1] && three[1] == three[2]);
    }
    let mut last = [' '; 2];
    word.chars().any(|c| {
        let is_third = last == [c, c];
        last = [last[1], c];
        is_third
    })
}

/// Whether no word but an address begins here.
pub(super) fn begins_link(rest: &[u8]) -> bool {
    let starts = |with: &[u8]| rest.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with));
    starts(b"http://") || starts(b"https://") || starts(b"www.")
}
