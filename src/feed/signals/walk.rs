//! The walk over a text: which programs speak, and from which token to which.
//!
//! Every token is looked up once; a token that begins a phrase starts that phrase's program there. A program is short
//! and the number of its ways is bounded where it is compiled, so that the whole walk is linear in the text. Within a
//! phrase, pictures between the words are stepped over, but the end of a sentence is not, unless the phrase says so.
//!
//! What it deliberately does not do: weigh one hit against another, or know what guards are for (`mod.rs`), or tell what
//! stands at a place (`place.rs`).

use std::cell::Cell;

use super::program::{Bits, Program, Role, UNKNOWN, code};
use super::section::Section;
use crate::text::{Folded, Marks, Token};

/// This many pictures may stand between two words of a phrase.
const PICTURES_BETWEEN: usize = 3;
/// In a sentence of more words than this it is not looked first whether all that a phrase needs is ahead.
const LONGEST_SENTENCE: usize = 40;
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
    pub(super) section: &'a Section,
    pub(super) tokens: &'a [Token],
    pub(super) numbers: Vec<u16>,
    code: &'a [u16],
    /// The marks after the last token.
    pub(super) end: Marks,
    /// Of which token it was last asked whether an order may begin there, at a comma or not, and the answer: many
    /// phrases ask that of the same one.
    pub(super) led: Cell<Option<(usize, bool, bool)>>,
}

impl<'a> Walk<'a> {
    /// `numbers` are those of the text's words in the section.
    pub(super) fn over(section: &'a Section, folded: &'a Folded, numbers: Vec<u16>) -> Walk<'a> {
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
        let mut begins = Bits::default();
        for (_, program) in candidates {
            if let Some(program) = self.section.program(*program) {
                begins.add_all(&program.begins);
            }
            if let Some(bits) = wanted.get_mut(usize::from(program / 32)) {
                *bits |= 1 << (program % 32);
            }
        }
        let bits_of = |program: u16| wanted.get(usize::from(program / 32)).copied().unwrap_or(0);
        let is_wanted = |program: u16| bits_of(program) >> (program % 32) & 1 != 0;
        let mut at = 0;
        while let (Some(token), Some(&number)) = (self.tokens.get(at), self.numbers.get(at)) {
            if number != UNKNOWN && begins.has(number.into()) {
                self.start(usize::from(number), &is_wanted, at, most, &mut hits);
            }
            if token.marks.has(Marks::EMOJI | Marks::NUMBER) {
                for place in self.section.places_of(token.marks).into_iter().flatten() {
                    self.start(place as usize, &is_wanted, at, most, &mut hits);
                }
            }
            at += 1;
        }
        hits
    }

    fn start(&self, place: usize, is_wanted: &impl Fn(u16) -> bool, at: usize, most: usize, hits: &mut Vec<Hit>) {
        let mut ahead = None;
        for program in self.section.starting_at(place) {
            step();
            if !is_wanted(*program) {
                continue;
            }
            let Some(program) = self.section.program(*program).filter(|_| hits.len() < most) else { return };
            let may_speak = program.crosses || program.needs.are_met_by(ahead.get_or_insert_with(|| self.ahead(at)));
            if may_speak && let Some(to) = self.run(program.at, at, true, 0) {
                let Program { file, line, strength, role, .. } = *program;
                hits.push(Hit { from: at, to, kind: self.section.kind(file), strength, role, file, line });
            }
        }
    }

    /// The bits of the words from this token to the end of its sentence; of all words, if that is far.
    fn ahead(&self, at: usize) -> Bits {
        let mut bits = Bits::default();
        let mut last = at;
        while let (Some(token), Some(&number)) = (self.tokens.get(last), self.numbers.get(last)) {
            if last > at && token.marks.has(Marks::BREAK) {
                break;
            }
            if last > at + LONGEST_SENTENCE {
                return Bits::ALL;
            }
            step();
            if number != UNKNOWN {
                bits.add(number.into());
            }
            last += 1;
        }
        bits
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
                    let next = self.next(at, free);
                    for distance in self.code.get(pc + 2..pc + 2 + ways)? {
                        let pc = pc + usize::from(*distance);
                        // Jumps only lead forward: a program always ends.
                        if *distance > 0
                            && self.may_go_on(pc, next)
                            && let Some(to) = self.run(pc, at, free, depth + 1)
                        {
                            return Some(to);
                        }
                    }
                    return None;
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
        for at_skipped in at..=at + most {
            step();
            let is_free = free && at_skipped == at;
            if self.may_go_on(pc, self.next(at_skipped, is_free))
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

    /// The number of the word that must be the next of a phrase, where one must follow at this token: an unknown one where
    /// none may; nothing where a picture may stand before it.
    fn next(&self, at: usize, free: bool) -> Option<u16> {
        let marks = self.tokens.get(at)?.marks;
        if !free && marks.has(Marks::BREAK) {
            return Some(UNKNOWN);
        }
        self.numbers.get(at).copied().filter(|_| !marks.has(Marks::EMOJI))
    }

    /// Whether a run from code `pc` is worth it, if the next word is this.
    fn may_go_on(&self, pc: usize, next: Option<u16>) -> bool {
        match (self.code.get(pc..), next) {
            (Some(&[code::WORD, word, ..]), Some(next)) => word == next,
            (Some(&[code::SET, set, ..]), Some(next)) => self.section.has(set, next),
            _ => true,
        }
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
