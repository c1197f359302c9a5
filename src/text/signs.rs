//! What signs do to a text: they end sentences, open and close quotations, join words and begin hashtags.
//!
//! They are never tokens, but for the few with which bait does sums; what they mean is kept as marks of the next token.
//! What it deliberately does not do: pair brackets, or know the quotation marks of languages that few people write.

use super::letters::is_letter_or_digit;
use super::reading::Reading;
use super::token::Marks;

/// A quotation of more tokens than this is a mark that somebody forgot.
const LONGEST_QUOTATION: usize = 60;

impl Reading<'_> {
    /// Anything that is neither letter nor picture.
    pub(super) fn sign(&mut self, at: usize, after: usize, c: char) -> usize {
        let next = self.peek(after);
        let before_letter = next.is_some_and(is_letter_or_digit);
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
            ':' | '-' | '–' | '—' | '(' | ')' | '[' | ']' | '…' | '：' | '（' | '）' | '【' | '】' | '※'
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
                if self.since(first) < LONGEST_QUOTATION {
                    self.folded.tokens.iter_mut().skip(first).for_each(|token| token.marks |= Marks::QUOTED);
                }
                self.open = None;
                return;
            }
            // Nothing else opens inside one, but a quotation that never ends is forgotten.
            if self.since(first) < LONGEST_QUOTATION {
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

    /// How many words stand behind a quotation's mark; none where the last one was joined to a word before it.
    fn since(&self, first: usize) -> usize {
        self.folded.tokens.len().saturating_sub(first)
    }

    fn mention(&mut self, at: usize, after: usize) -> usize {
        let rest = &self.text[after..];
        let len = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
        let start = self.folded.words.len();
        self.folded.words.push('@');
        self.push(at, after + len, start, Marks::MENTION);
        after + len
    }

    /// An address counts as one token, whatever words are in it.
    pub(super) fn link(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let after = at + rest.find(char::is_whitespace).unwrap_or(rest.len());
        let start = self.folded.words.len();
        self.folded.words.push('/');
        self.push(at, after, start, Marks::LINK);
        after
    }
}
