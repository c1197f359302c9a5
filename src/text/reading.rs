//! One reading of one text, character by character, into words, pictures and signs.
//!
//! It keeps the word that is open, what the signs before the next token say of it, and the quotation that is open;
//! everything it learns goes into `Folded`. What is another letter in disguise stands in `letters.rs`.
//!
//! What it deliberately does not do: look at a character twice, but for the few words that were disguised.

use super::letters::{
    compose, has_no_case, is_combining, is_emoji, is_foreign, is_inner_sign, is_letter_or_digit, is_plain_letter,
    is_silent, is_small, ligature, may_be_styled, one_of_several, plain, stands_alone,
};
use super::token::{Folded, Marks, Token, hash_of};
use super::word::{Word, begins_link, undisguise};

/// One reading of one text.
pub(super) struct Reading<'a> {
    pub(super) text: &'a str,
    pub(super) folded: &'a mut Folded,
    /// What the next token gets from the signs before it.
    pub(super) next: Marks,
    /// The quotation mark that would close the open quotation, and the token with which that began.
    pub(super) open: Option<(char, usize)>,
    /// How many of the last tokens are single letters with one sign between them.
    spaced: usize,
    pub(super) word: Word,
}

impl<'a> Reading<'a> {
    pub(super) fn of(text: &'a str, folded: &'a mut Folded) -> Reading<'a> {
        Reading { text, folded, next: Marks::BREAK, open: None, spaced: 0, word: Word::default() }
    }

    pub(super) fn run(mut self) {
        let mut at = 0;
        while let Some(c) = self.peek(at) {
            // Offsets are 32 bits wide.
            if at > u32::MAX as usize - 8 {
                break;
            }
            at = self.step(at, c).max(at + c.len_utf8());
        }
        self.close_word();
        self.join_spaced();
        self.folded.end = self.next;
    }

    pub(super) fn peek(&self, at: usize) -> Option<char> {
        match self.text.as_bytes().get(at) {
            Some(b) if b.is_ascii() => Some(char::from(*b)),
            Some(_) => self.text.get(at..).and_then(|rest| rest.chars().next()),
            None => None,
        }
    }

    /// Takes the character at `at` and returns where to go on.
    fn step(&mut self, at: usize, c: char) -> usize {
        let after = at + c.len_utf8();
        if c.is_ascii_alphanumeric() {
            if !self.word.open && (c == 'h' || c == 'H' || c == 'w') && begins_link(&self.text.as_bytes()[at..]) {
                return self.link(at);
            }
            if !self.word.hashtag {
                return self.plain_run(at);
            }
            self.letter(at, after, c);
            return after;
        }
        if c == ' ' {
            self.close_word();
            return after;
        }
        if c.is_ascii() {
            return self.sign(at, after, c);
        }
        if is_plain_letter(c) {
            self.letter(at, after, c);
            return after;
        }
        if is_silent(c) {
            self.silent(after);
            return after;
        }
        let styled = may_be_styled(c);
        if styled && let Some(two) = ligature(c) {
            two.chars().for_each(|c| self.letter(at, after, c));
            return after;
        }
        let shown = if styled { plain(c) } else { c };
        if is_combining(shown) {
            self.combine(shown, after);
        } else if is_emoji(shown) {
            return self.emoji(at, after, shown);
        } else if stands_alone(shown) {
            self.close_word();
            self.letter(at, after, shown);
            self.close_word();
        } else if is_letter_or_digit(shown) || (self.word.open && is_inner_sign(shown)) {
            // A styled letter is a letter, and is a capital if it looks like one; that is not worth a table.
            self.letter(at, after, shown);
        } else {
            return self.sign(at, after, shown);
        }
        after
    }

    fn combine(&mut self, mark: char, after: usize) {
        if self.word.open {
            if let Some(base) = self.folded.words.pop() {
                self.folded.words.push(compose(base, mark).unwrap_or(base));
            }
            self.word.to = after;
        }
    }

    /// Most text is plain letters and digits: all that follow each other are taken at once.
    fn plain_run(&mut self, at: usize) -> usize {
        let rest = self.text.as_bytes().get(at..).unwrap_or_default();
        let (mut letters, mut capitals, mut digits) = (0, 0, 0);
        for byte in rest {
            match byte {
                b'a'..=b'z' => letters += 1,
                b'A'..=b'Z' => (letters, capitals) = (letters + 1, capitals + 1),
                b'0'..=b'9' => digits += 1,
                _ => break,
            }
        }
        // What is read is not longer than offsets of 32 bits reach.
        let after = at + (letters + digits) as usize;
        let start = self.folded.words.len();
        if !self.word.open {
            self.word = Word { open: true, from: at, at: start, ..Word::default() };
        }
        self.folded.words.push_str(self.text.get(at..after).unwrap_or_default());
        if capitals > 0 {
            self.folded.words.get_mut(start..).unwrap_or_default().make_ascii_lowercase();
        }
        self.word.to = after;
        self.word.letters += letters;
        self.word.capitals += capitals;
        self.word.digits += digits;
        self.word.latin |= letters > 0;
        after
    }

    pub(super) fn letter(&mut self, from: usize, to: usize, c: char) {
        let small = is_small(c);
        let upper = !small && !has_no_case(c) && c.is_uppercase();
        if self.word.open && self.word.hashtag && self.camel_edge(to, c, upper) {
            self.close_word();
            self.word.hashtag = true;
        }
        if !self.word.open {
            self.word =
                Word { open: true, from, at: self.folded.words.len(), hashtag: self.word.hashtag, ..Word::default() };
        }
        self.word.to = to;
        self.word.last_upper = upper;
        if !is_plain_letter(c) && c.is_numeric() {
            self.word.digits += 1;
        } else {
            self.word.letters += 1;
            self.word.capitals += u32::from(upper);
        }
        if c.is_ascii() {
            self.word.latin |= c.is_ascii_alphabetic();
            self.folded.words.push(c.to_ascii_lowercase());
            return;
        }
        if small {
            self.word.foreign |= is_foreign(c);
            self.folded.words.push(c);
            return;
        }
        if has_no_case(c) {
            self.folded.words.push(one_of_several(c));
            return;
        }
        for low in c.to_lowercase() {
            if is_combining(low) {
                self.combine(low, to);
                continue;
            }
            self.word.foreign |= is_foreign(low);
            self.folded.words.push(one_of_several(low));
        }
    }

    /// Whether a new word begins inside a hashtag: `TagAFriend`, `Top10`.
    fn camel_edge(&self, to: usize, c: char, upper: bool) -> bool {
        let last_digit = self.folded.words.chars().next_back().is_some_and(char::is_numeric);
        if c.is_numeric() || last_digit {
            return c.is_numeric() != last_digit;
        }
        let before_lower = || self.peek(to).is_some_and(char::is_lowercase);
        upper && (!self.word.last_upper || before_lower())
    }

    pub(super) fn close_word(&mut self) {
        let word = std::mem::take(&mut self.word);
        if !word.open {
            return;
        }
        undisguise(&mut self.folded.words, &word);
        let mut marks = Marks::default();
        if word.hashtag {
            marks |= Marks::HASHTAG;
        }
        if word.letters == 0 && !word.disguised {
            marks |= Marks::NUMBER;
        } else if word.letters > 1 && word.capitals == word.letters {
            marks |= Marks::CAPITALS;
        } else if word.letters == 1 && word.digits == 0 {
            marks |= Marks::LETTER;
        }
        self.push(word.from, word.to, word.at, marks);
    }

    /// Adds a token whose folded word is all of `words` from `start` on.
    pub(super) fn push(&mut self, from: usize, to: usize, start: usize, marks: Marks) {
        let gap = self.folded.tokens.last().map_or(0, |last| from - (last.to as usize).min(from));
        let single = marks.has(Marks::LETTER) && !marks.has(Marks::HASHTAG);
        let upper = |at: usize| self.peek(at).is_some_and(char::is_uppercase);
        let goes_on =
            || self.folded.tokens.last().is_none_or(|last| gap == 1 && upper(last.from as usize) == upper(from));
        if !(single && (self.spaced == 0 || goes_on())) {
            self.join_spaced();
        }
        let end = self.folded.words.len();
        let hash = hash_of(self.folded.words.as_bytes().get(start..).unwrap_or_default());
        let marks = marks | self.next;
        self.next = Marks::default();
        self.folded.tokens.push(Token {
            from: small(from),
            to: small(to),
            hash,
            marks,
            at: small(start),
            end: small(end),
        });
        self.spaced = if single { self.spaced + 1 } else { 0 };
    }

    /// `T A G` is one word.
    fn join_spaced(&mut self) {
        let n = std::mem::take(&mut self.spaced);
        if n < 3 {
            return;
        }
        let Some(first) = self.folded.tokens.len().checked_sub(n) else { return };
        let (Some(&head), Some(&last)) = (self.folded.tokens.get(first), self.folded.tokens.last()) else { return };
        let hash = hash_of(self.folded.words.as_bytes().get(head.at as usize..last.end as usize).unwrap_or_default());
        self.folded.tokens.truncate(first);
        let marks = Marks(head.marks.0 & !Marks::LETTER.0);
        self.folded.tokens.push(Token { to: last.to, end: last.end, hash, marks, ..head });
    }
}

/// Offsets are kept in 32 bits; `Reading::run` stops before they could be more.
pub(super) fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
