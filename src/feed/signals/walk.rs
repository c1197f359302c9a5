//! The walk over a text: which programs speak, and from which token to which.
//!
//! Every token is looked up once; a token that begins a phrase starts that phrase's program there. A program is short
//! and the number of its ways is bounded where it is compiled, so that the whole walk is linear in the text. Within a
//! phrase, pictures between the words are stepped over, but the end of a sentence is not, unless the phrase says so.
//!
//! What it deliberately does not do: weigh one hit against another, or know what guards are for; `mod.rs` does.

use std::cell::Cell;

use super::program::{LEADS, Program, Property, Role, UNKNOWN, code};
use super::section::Section;
use crate::text::{Folded, Marks, Token};

/// This many pictures may stand between two words of a phrase.
const PICTURES_BETWEEN: usize = 3;
/// So many words may lead up to an order.
const MOST_LEADS: usize = 5;
/// Deeper nesting than any phrase has; it only bounds what damaged data could do.
const DEEPEST: u32 = 64;

#[cfg(test)]
thread_local! {
    /// How often anything was looked at; `steps.rs` holds that against the length of the text.
    pub(super) static STEPS: Cell<u64> = const { Cell::new(0) };
}

/// Says that something was looked at; shipped, it says nothing.
pub(super) fn step() {
    #[cfg(test)]
    STEPS.set(STEPS.get() + 1);
}

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
    code: &'a [u16],
    /// The marks after the last token.
    end: Marks,
    /// Of which token it was last asked whether an order may begin there, at a comma or not, and the answer: many
    /// phrases ask that of the same one.
    led: Cell<Option<(usize, bool, bool)>>,
}

impl<'a> Walk<'a> {
    /// `numbers` are those of the text's words in the section.
    pub(super) fn over(section: &'a Section, folded: &'a Folded, numbers: &'a [u16]) -> Walk<'a> {
        let (tokens, code) = (folded.tokens(), section.code());
        Walk { section, tokens, numbers, code, end: folded.end(), led: Cell::new(None) }
    }

    /// How many tokens there are.
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// How many of them are single letters, as all characters are in scripts that are written without spaces.
    pub(super) fn letters(&self) -> usize {
        self.tokens.iter().inspect(|_| step()).filter(|token| token.marks.has(Marks::LETTER)).count()
    }

    /// Of these phrases, or guards, all that are in the text.
    pub(super) fn hits<'c>(&self, candidates: impl Iterator<Item = &'c (u16, u16)>, most: usize) -> Vec<Hit> {
        let (mut hits, mut wanted) = (Vec::new(), vec![0u32; self.section.programs().div_ceil(32)]);
        for (_, program) in candidates {
            if let Some(bits) = wanted.get_mut(usize::from(program / 32)) {
                *bits |= 1 << (program % 32);
            }
        }
        let bits_of = |program: u16| wanted.get(usize::from(program / 32)).copied().unwrap_or(0);
        let is_wanted = |program: u16| bits_of(program) >> (program % 32) & 1 != 0;
        for (at, (token, &number)) in self.tokens.iter().zip(self.numbers).enumerate() {
            if number != UNKNOWN {
                self.start(usize::from(number), &is_wanted, at, most, &mut hits);
            }
            for place in self.section.places_of(token.marks).into_iter().flatten() {
                self.start(place as usize, &is_wanted, at, most, &mut hits);
            }
        }
        hits
    }

    fn start(&self, place: usize, is_wanted: &impl Fn(u16) -> bool, at: usize, most: usize, hits: &mut Vec<Hit>) {
        for program in self.section.starting_at(place) {
            step();
            if !is_wanted(*program) {
                continue;
            }
            let Some(program) = self.section.program(*program).filter(|_| hits.len() < most) else { return };
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
            step();
            let argument = || self.code.get(pc + 1).copied();
            match *self.code.get(pc)? {
                code::FOUND => return Some(at),
                code::WORD => {
                    let word = argument()?;
                    at = self.take(at, free, |_, number| number == word)?;
                }
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
                code::FORK => {
                    let ways = usize::from(argument()?);
                    if depth >= DEEPEST {
                        return None;
                    }
                    return (0..ways).find_map(|way| {
                        // Jumps only lead forward: a program always ends.
                        let distance = self.code.get(pc + 2 + way).copied().filter(|d| *d > 0)?;
                        self.run(pc + usize::from(distance), at, free, depth + 1)
                    });
                }
                code::JUMP => {
                    pc += usize::from(argument().filter(|d| *d > 0)?);
                    continue;
                }
                plain => {
                    let is_met = match plain {
                        code::START | code::CLAUSE => self.is_led(at, plain == code::CLAUSE),
                        code::END => self.is_end(at),
                        code::ASKED => self.marks(at).has(Marks::ASKED),
                        code::CROSS => true,
                        _ => false,
                    };
                    is_met.then_some(())?;
                    free |= plain != code::END;
                    pc += 1;
                    continue;
                }
            }
            free = false;
            pc += 2;
        }
    }

    /// The token after the one that fits, which stands at `at` or behind some pictures.
    fn take(&self, at: usize, free: bool, fits: impl Fn(usize, u16) -> bool) -> Option<usize> {
        for at in at..=at + PICTURES_BETWEEN {
            step();
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
        // Where a word must follow, only tokens that may be it, or pictures before it, are worth a run.
        let next = self.code.get(pc..pc + 2).unwrap_or_default();
        let may_follow = |at: usize| match (next, self.numbers.get(at), self.tokens.get(at)) {
            (_, Some(_), Some(token)) if token.marks.has(Marks::EMOJI) => true,
            ([code::WORD, word], Some(number), _) => number == word,
            ([code::SET, set], Some(number), _) => self.section.has(*set, *number),
            _ => true,
        };
        for at_skipped in at..=at + most {
            step();
            let is_free = free && at_skipped == at;
            if may_follow(at_skipped)
                && let Some(to) = self.run(pc, at_skipped, is_free, depth + 1)
            {
                return Some(to);
            }
            if self.tokens.get(at_skipped)?.marks.has(Marks::BREAK) && !is_free {
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
        self.tokens.iter().inspect(|_| step()).filter(|token| !token.marks.has(other)).count()
    }
}
