//! The walk over a text: which programs speak, and from which token to which.
//!
//! Every token is looked up once; a token that begins a phrase starts that phrase's program there. A program is short
//! and the number of its ways is bounded where it is compiled, so that the whole walk is linear in the text. Within a
//! phrase, pictures between the words are stepped over, but the end of a sentence is not, unless the phrase says so.
//!
//! What it deliberately does not do: weigh one hit against another, or know what guards are for; `mod.rs` does.

use std::cell::Cell;

use super::program::{LEADS, Needs, Program, Property, Role, UNKNOWN, code};
use super::section::Section;
use crate::text::{Folded, Marks, Token};

/// This many pictures may stand between two words of a phrase.
const PICTURES_BETWEEN: usize = 3;
/// More phrases than this in one text add nothing, and each is compared with all guards.
const MOST_HITS: usize = 128;
/// So many words may lead up to an order.
const MOST_LEADS: usize = 5;
/// Deeper nesting than any phrase has; it only bounds what damaged data could do.
const DEEPEST: u32 = 64;

/// A program that spoke: its tokens (from, and one after the last), and where it comes from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) kind: u8,
    pub(super) strength: u8,
    pub(super) role: Role,
    pub(super) file: u8,
    pub(super) line: u16,
}

impl Hit {
    /// The bytes of the original that it stands for.
    pub(super) fn bytes(&self, folded: &Folded) -> Option<(usize, usize)> {
        let from = folded.tokens().get(self.from)?.from as usize;
        let to = folded.tokens().get(self.to.checked_sub(1)?)?.to as usize;
        Some((from, to))
    }
}

/// A text whose words have been looked up.
pub(super) struct Walk<'a> {
    section: &'a Section,
    tokens: &'a [Token],
    numbers: &'a [u16],
    /// The bits of the words that the section knows.
    words: u64,
    /// The marks after the last token.
    end: Marks,
    /// Of which token it was last asked whether an order may begin there, at a comma or not, and the answer: many
    /// phrases ask that of the same one.
    led: Cell<Option<(usize, bool, bool)>>,
}

impl<'a> Walk<'a> {
    /// `numbers` are those of the text's words in the section.
    pub(super) fn over(section: &'a Section, folded: &'a Folded, numbers: &'a [u16]) -> Walk<'a> {
        let known = numbers.iter().filter(|number| **number != UNKNOWN);
        let words = known.fold(0, |words, number| words | Needs::bit(*number));
        Walk { section, tokens: folded.tokens(), numbers, words, end: folded.end(), led: Cell::new(None) }
    }

    /// How many tokens there are.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// How many of them are single letters, as all characters are in scripts that are written without spaces.
    pub(super) fn letters(&self) -> usize {
        self.tokens.iter().filter(|token| token.marks.has(Marks::LETTER)).count()
    }

    /// All phrases, or all guards, that are in the text.
    pub(super) fn hits(&self, wanted: Role) -> Vec<Hit> {
        let mut hits = Vec::new();
        let guards = wanted != Role::Phrase;
        for (at, (token, &number)) in self.tokens.iter().zip(self.numbers).enumerate() {
            if number != UNKNOWN {
                self.start(self.section.starting_with(number, guards), wanted, at, &mut hits);
            }
            if token.marks.has(Marks::EMOJI) {
                self.start(self.section.starting_with_emoji(guards), wanted, at, &mut hits);
            } else if token.marks.has(Marks::NUMBER) {
                self.start(self.section.starting_with_number(guards), wanted, at, &mut hits);
            }
        }
        hits
    }

    fn start(&self, programs: &[u16], wanted: Role, at: usize, hits: &mut Vec<Hit>) {
        for program in programs {
            let Some(program) = self.section.program(*program) else { continue };
            if wanted == Role::Phrase && hits.len() >= MOST_HITS {
                return;
            }
            if !program.needs.are_met_by(self.words) {
                continue;
            }
            if let Some(to) = self.run(program.at, at, true, 0) {
                let Program { file, line, strength, role, .. } = *program;
                hits.push(Hit { from: at, to, kind: self.section.kind(file), strength, role, file, line });
            }
        }
    }

    /// Runs the program from code `pc` at token `at`; the token after its last if it speaks. `free` says that the next
    /// token may begin a new sentence.
    fn run(&self, mut pc: usize, mut at: usize, mut free: bool, depth: u32) -> Option<usize> {
        loop {
            let argument = || self.section.code(pc + 1);
            match self.section.code(pc)? {
                code::FOUND => return Some(at),
                code::WORD => at = self.take(at, free, |_, number| Some(number) == argument())?,
                code::SET => {
                    let set = argument()?;
                    at = self.take(at, free, |_, number| self.section.has(set, number))?;
                }
                code::PROPERTY => {
                    let property = argument()?;
                    at = self.take(at, free, |at, _| self.is(at, property))?;
                }
                code::GAP => {
                    let most = usize::from(argument()?);
                    return self.gap(pc + 2, at, free, most, depth);
                }
                code::START | code::CLAUSE => {
                    let is_comma_enough = self.section.code(pc) == Some(code::CLAUSE);
                    if !self.is_led(at, is_comma_enough) {
                        return None;
                    }
                    free = true;
                    pc += 1;
                    continue;
                }
                code::END => {
                    if !self.is_end(at) {
                        return None;
                    }
                    pc += 1;
                    continue;
                }
                code::ASKED => {
                    if !self.marks(at).has(Marks::ASKED) {
                        return None;
                    }
                    free = true;
                    pc += 1;
                    continue;
                }
                code::CROSS => {
                    free = true;
                    pc += 1;
                    continue;
                }
                code::FORK => {
                    let ways = usize::from(argument()?);
                    if depth >= DEEPEST {
                        return None;
                    }
                    return (0..ways).find_map(|way| {
                        // Jumps only lead forward: a program always ends.
                        let distance = self.section.code(pc + 2 + way).filter(|d| *d > 0)?;
                        self.run(pc + usize::from(distance), at, free, depth + 1)
                    });
                }
                code::JUMP => {
                    pc += usize::from(argument().filter(|d| *d > 0)?);
                    continue;
                }
                _ => return None,
            }
            free = false;
            pc += 2;
        }
    }

    /// The token after the one that fits, which stands at `at` or behind some pictures.
    fn take(&self, at: usize, free: bool, fits: impl Fn(usize, u16) -> bool) -> Option<usize> {
        for at in at..=at + PICTURES_BETWEEN {
            let token = self.tokens.get(at)?;
            if !free && token.marks.has(Marks::BREAK) {
                return None;
            }
            if fits(at, *self.numbers.get(at)?) {
                return Some(at + 1);
            }
            if !token.marks.has(Marks::EMOJI) {
                return None;
            }
        }
        None
    }

    fn gap(&self, pc: usize, at: usize, free: bool, most: usize, depth: u32) -> Option<usize> {
        for skipped in 0..=most {
            if let Some(to) = self.run(pc, at + skipped, free && skipped == 0, depth + 1) {
                return Some(to);
            }
            let token = self.tokens.get(at + skipped)?;
            if token.marks.has(Marks::BREAK) && !(free && skipped == 0) {
                return None;
            }
        }
        None
    }

    fn is(&self, at: usize, property: u16) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        let before = at.checked_sub(1).and_then(|b| self.tokens.get(b)).map(|t| t.marks).unwrap_or_default();
        let is = |wanted: Property| property == wanted as u16;
        let marks = token.marks;
        let picture_or_name = marks.has(Marks::EMOJI | Marks::MENTION | Marks::LINK);
        // Something to be repeated stands out from the words around it: in quotation marks or in capitals.
        let in_quotes = marks.has(Marks::QUOTED) && !before.has(Marks::QUOTED);
        let in_capitals = marks.has(Marks::CAPITALS) && !before.has(Marks::CAPITALS);
        (is(Property::Word) && !picture_or_name)
            || (is(Property::Number) && marks.has(Marks::NUMBER))
            || (is(Property::Said) && !picture_or_name && (in_quotes || in_capitals))
            || (is(Property::Letter) && marks.has(Marks::LETTER))
            || (is(Property::Emoji) && marks.has(Marks::EMOJI))
            || (is(Property::Mention) && marks.has(Marks::MENTION))
            || (is(Property::Link) && marks.has(Marks::LINK))
    }

    /// What is known of the token, or of the place after the last.
    fn marks(&self, at: usize) -> Marks {
        self.tokens.get(at).map_or(self.end, |token| token.marks)
    }

    /// As [`Walk::is_led_start`], and remembers the answer.
    fn is_led(&self, at: usize, is_comma_enough: bool) -> bool {
        match self.led.get() {
            Some((of, comma, is)) if (of, comma) == (at, is_comma_enough) => is,
            _ => {
                let is = self.is_led_start(at, is_comma_enough);
                self.led.set(Some((at, is_comma_enough, is)));
                is
            }
        }
    }

    /// Whether an order may begin here: at a start, or after a few words that lead up to it ("please", "now").
    fn is_led_start(&self, at: usize, is_comma_enough: bool) -> bool {
        for at in (at.saturating_sub(MOST_LEADS)..=at).rev() {
            if self.is_start(at) || (is_comma_enough && self.marks(at).has(Marks::COMMA)) {
                return true;
            }
            let before = at.checked_sub(1).and_then(|b| self.numbers.get(b)).copied().unwrap_or(UNKNOWN);
            if !self.section.has(LEADS, before) {
                return false;
            }
        }
        false
    }

    /// Whether a sentence, a clause or a line begins with this token, or words begin again behind something else.
    fn is_start(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        let other = Marks::EMOJI | Marks::MENTION | Marks::LINK;
        let before = at.checked_sub(1).and_then(|b| self.tokens.get(b));
        let hashtag_begins = |t: &Token| t.marks.has(Marks::HASHTAG) != token.marks.has(Marks::HASHTAG);
        token.marks.has(Marks::BREAK | Marks::PAUSE) || before.is_none_or(|b| b.marks.has(other) || hashtag_begins(b))
    }

    /// Whether the words of a sentence are at an end before this token.
    fn is_end(&self, at: usize) -> bool {
        let other = Marks::BREAK | Marks::PAUSE | Marks::EMOJI | Marks::MENTION | Marks::LINK | Marks::HASHTAG;
        self.tokens.get(at).is_none_or(|token| token.marks.has(other))
    }

    /// Whether a sentence ends between these tokens.
    pub(super) fn breaks(&self, from: usize, to: usize) -> bool {
        (from..=to).filter_map(|at| self.tokens.get(at)).any(|token| token.marks.has(Marks::BREAK)) && from <= to
    }

    /// Whether all of it stands in quotation marks.
    pub(super) fn is_quoted(&self, hit: &Hit) -> bool {
        self.tokens.get(hit.from..hit.to).is_some_and(|tokens| tokens.iter().all(|t| t.marks.has(Marks::QUOTED)))
    }

    /// How many words of the text stand in no quotation.
    pub(super) fn unquoted(&self) -> usize {
        let other = Marks::QUOTED | Marks::EMOJI | Marks::LINK | Marks::MENTION | Marks::HASHTAG;
        self.tokens.iter().filter(|token| !token.marks.has(other)).count()
    }
}
