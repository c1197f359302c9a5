//! Text made comparable: folding, with a map back to the original.
//!
//! People who want reactions write the same words in many disguises: styled alphabets, look-alike letters, digits for
//! letters, spaces between letters, invisible marks, hashtags. [`Folded`] cuts a text into tokens (words, numbers,
//! emoji, mentions, links) that compare equal whatever the disguise, and each keeps the bytes of the original that it
//! stands for, so that a quote always shows the words as they stood. One pass, linear, for any UTF-8.
//!
//! What it deliberately does not do: know languages, drop accents (ä is not a), or normalise all of Unicode.

mod letters;

use std::ops::{BitOr, BitOrAssign};

use letters::{
    compose, is_combining, is_emoji, is_half_flag, is_inner_sign, is_silent, leet, ligature, look_alike, may_be_styled,
    plain, stands_alone,
};

/// A quotation of more tokens than this is a mark that somebody forgot.
const LONGEST_QUOTATION: usize = 60;

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
        Reading { text, folded: self, next: Marks::BREAK, open: None, spaced: 0, word: Word::default() }.run();
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

/// The word that is being read.
#[derive(Default)]
struct Word {
    open: bool,
    from: usize,
    to: usize,
    at: usize,
    letters: u32,
    capitals: u32,
    digits: u32,
    latin: bool,
    foreign: bool,
    disguised: bool,
    hashtag: bool,
    last_upper: bool,
}

/// One reading of one text.
struct Reading<'a> {
    text: &'a str,
    folded: &'a mut Folded,
    /// What the next token gets from the signs before it.
    next: Marks,
    /// The quotation mark that would close the open quotation, and the token with which that began.
    open: Option<(char, usize)>,
    /// How many of the last tokens are single letters with one sign between them.
    spaced: usize,
    word: Word,
}

impl Reading<'_> {
    fn run(mut self) {
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

    fn peek(&self, at: usize) -> Option<char> {
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
        } else if shown.is_alphanumeric() || (self.word.open && is_inner_sign(shown)) {
            // A styled letter is a letter, and is a capital if it looks like one; that is not worth a table.
            self.letter(at, after, shown);
        } else {
            return self.sign(at, after, shown);
        }
        after
    }

    /// An invisible character: a picture grows by it, all else is as before.
    fn silent(&mut self, after: usize) {
        if !self.word.open
            && let Some(last) = self.folded.tokens.last_mut()
            && last.marks.has(Marks::EMOJI)
            && self.next == Marks::default()
            && last.to as usize + 4 >= after
        {
            last.to = small(after);
        }
    }

    fn combine(&mut self, mark: char, after: usize) {
        if self.word.open {
            if let Some(base) = self.folded.words.pop() {
                self.folded.words.push(compose(base, mark).unwrap_or(base));
            }
            self.word.to = after;
        }
    }

    fn letter(&mut self, from: usize, to: usize, c: char) {
        let upper = c.is_uppercase();
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
        if c.is_numeric() {
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
        for low in c.to_lowercase() {
            if is_combining(low) {
                self.combine(low, to);
                continue;
            }
            self.word.foreign |= matches!(low, '\u{370}'..='\u{52f}');
            self.folded.words.push(low);
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

    fn emoji(&mut self, at: usize, mut after: usize, c: char) -> usize {
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

    fn link(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let after = at + rest.find(char::is_whitespace).unwrap_or(rest.len());
        let start = self.folded.words.len();
        self.folded.words.push('/');
        self.push(at, after, start, Marks::LINK);
        after
    }

    /// Anything that is neither letter nor picture.
    fn sign(&mut self, at: usize, after: usize, c: char) -> usize {
        let next = self.peek(after);
        let before_letter = next.is_some_and(char::is_alphanumeric);
        if self.word.open && before_letter {
            match c {
                // `don't` is one word, in whatever quotation mark, and so is `d'accord`.
                '\'' | '’' | '‘' | '`' | '´' | 'ʼ' | '′' => return after,
                '@' | '$' => {
                    self.letter(at, after, c);
                    self.word.letters -= 1;
                    self.word.disguised = true;
                    return after;
                }
                _ => {}
            }
        }
        let followed_word = self.word.open;
        let in_hashtag = self.word.hashtag;
        self.close_word();
        match c {
            '@' if next.is_some_and(|n| n.is_alphanumeric() || n == '_') => return self.mention(at, after),
            // Bait does sums: `1 like = 1 prayer`, `like & share`, `97 % will not`.
            '&' | '=' | '+' | '%' | '@' => {
                let start = self.folded.words.len();
                self.folded.words.push(c);
                self.push(at, after, start, Marks::default());
            }
            '#' if before_letter => self.word.hashtag = true,
            '_' if in_hashtag && before_letter => self.word.hashtag = true,
            '$' if next.is_some_and(char::is_alphabetic) => {
                self.letter(at, after, 's');
                return after;
            }
            '<' if next == Some('3') => return self.emoji(at, after + 1, '❤'),
            '?' | '？' | '؟' => self.end_sentence(Marks::ASKED),
            '.' if next == Some('.') || self.next.has(Marks::PAUSE) => self.next |= Marks::PAUSE,
            '.' | '!' | '\n' | '\r' | '¡' | '¿' | '。' | '！' | '．' | '।' | '۔' | '\u{2028}' | '\u{2029}' | '|'
            | '•' | '·' => {
                self.end_sentence(Marks::default());
            }
            '"' | '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '‚' | '\'' | '`' | '「' | '」' | '『' | '』' =>
            {
                self.next |= Marks::PAUSE;
                self.quotation(c, followed_word, before_letter);
            }
            ':' | '-' | '–' | '—' | '(' | ')' | '[' | ']' | '…' | '：' | '（' | '）'
                if !(c == '-' && followed_word && before_letter) =>
            {
                self.next |= Marks::PAUSE;
            }
            ',' | ';' | '、' | '，' | '،' => self.next |= Marks::COMMA,
            _ => {}
        }
        after
    }

    fn end_sentence(&mut self, marks: Marks) {
        self.next |= Marks::BREAK | marks;
    }

    fn quotation(&mut self, c: char, followed_word: bool, before_letter: bool) {
        if let Some((close, first)) = self.open {
            let closes = c == close || (close == '”' && c == '“') || (close == '»' && c == '«');
            // A single mark closes only where a quotation can end, not in `the '90s`.
            if closes && !(close == '\'' && before_letter) {
                if self.folded.tokens.len() - first < LONGEST_QUOTATION {
                    self.folded.tokens.iter_mut().skip(first).for_each(|token| token.marks |= Marks::QUOTED);
                }
                self.open = None;
                return;
            }
            // Nothing else opens inside one, but a quotation that never ends is forgotten.
            if self.folded.tokens.len() - first < LONGEST_QUOTATION {
                return;
            }
        }
        let close = match c {
            '"' => '"',
            '“' | '„' => '”',
            '«' => '»',
            '»' => '«',
            '「' => '」',
            '『' => '』',
            '‘' | '‚' => '’',
            '\'' if !followed_word && before_letter => '\'',
            _ => return,
        };
        self.open = Some((close, self.folded.tokens.len()));
    }

    fn mention(&mut self, at: usize, after: usize) -> usize {
        let rest = &self.text[after..];
        let len = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        let start = self.folded.words.len();
        self.folded.words.push('@');
        self.push(at, after + len, start, Marks::MENTION);
        after + len
    }

    fn close_word(&mut self) {
        let word = std::mem::take(&mut self.word);
        if !word.open {
            return;
        }
        self.undisguise(&word);
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

    /// Puts plain letters for look-alikes and for digits between letters, and one letter for three or more.
    fn undisguise(&mut self, word: &Word) {
        let mixed = word.latin && word.foreign;
        let leety = word.letters > 0 && (word.digits > 0 || word.disguised);
        if !mixed && !leety && !stretched(self.folded.words.as_bytes().get(word.at..).unwrap_or_default()) {
            return;
        }
        let raw: Vec<char> = self.folded.words.get(word.at..).unwrap_or_default().chars().collect();
        self.folded.words.truncate(word.at);
        // Only a word whose foreign letters all look Latin is a Latin word in disguise.
        let alike = mixed && raw.iter().all(|c| !matches!(c, '\u{370}'..='\u{52f}') || look_alike(*c).is_some());
        for (i, &c) in raw.iter().enumerate() {
            let inside = i > 0 && raw[i - 1].is_alphabetic() && raw.get(i + 1).is_some_and(|n| n.is_alphabetic());
            let c = if alike { look_alike(c).unwrap_or(c) } else { c };
            let c = if leety && inside { leet(c).unwrap_or(c) } else { c };
            let run = i >= 1 && raw[i - 1] == raw[i];
            let long_run = run && ((i >= 2 && raw[i - 2] == raw[i]) || raw.get(i + 1) == Some(&raw[i]));
            if !(long_run && c.is_alphabetic()) {
                self.folded.words.push(c);
            }
        }
    }

    /// Adds a token whose folded word is all of `words` from `start` on.
    fn push(&mut self, from: usize, to: usize, start: usize, marks: Marks) {
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
fn small(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Whether a word has the same letter three times in a row.
fn stretched(word: &[u8]) -> bool {
    word.windows(3).any(|w| w[0] == w[1] && w[1] == w[2])
}

fn begins_link(rest: &[u8]) -> bool {
    let starts = |with: &[u8]| rest.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with));
    starts(b"http://") || starts(b"https://") || starts(b"www.")
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

#[cfg(test)]
mod tests;
