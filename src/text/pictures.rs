//! Pictures in a text: each is a token, however many characters make it.
//!
//! What it deliberately does not do: know which characters are pictures; `letters.rs` does.

use super::letters::{is_emoji, is_half_flag, is_silent};
use super::reading::{Reading, small};
use super::token::Marks;

impl Reading<'_> {
    /// An invisible character: a picture grows by it, all else is as before.
    pub(super) fn silent(&mut self, after: usize) {
        if !self.word.open
            && let Some(last) = self.folded.tokens.last_mut()
            && last.marks.has(Marks::EMOJI)
            && self.next == Marks::default()
            && last.to as usize + 4 >= after
        {
            last.to = small(after);
        }
    }

    /// A picture with all that is joined to it.
    pub(super) fn emoji(&mut self, at: usize, mut after: usize, c: char) -> usize {
        self.close_word();
        if is_half_flag(c) && self.peek(after).is_some_and(is_half_flag) {
            after += 4;
        }
        // Pictures joined to one (a family, a heart on fire) count as the first of them.
        while let Some(joined) = self.text.get(after..).and_then(joined_emoji) {
            after += joined;
        }
        let start = self.folded.words.len();
        self.folded.words.push(c);
        self.push(at, after, start, Marks::EMOJI);
        after
    }
}

/// The length of a joiner with the picture after it, if `rest` begins with one.
fn joined_emoji(rest: &str) -> Option<usize> {
    let mut len = 0;
    let mut joined = false;
    for c in rest.chars().take(6) {
        if joined && is_emoji(c) {
            return Some(len + c.len_utf8());
        }
        joined |= c == '\u{200d}';
        // A lone silent sign is left to `silent`.
        if !is_silent(c) {
            return None;
        }
        len += c.len_utf8();
    }
    None
}
