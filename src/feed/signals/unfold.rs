//! From a program's bytes to what is walked over, and to the words with which each program may begin.
//!
//! Packed, ways of a phrase stand one after another, each with its end; unfolded they are reached by jumps. Which words
//! begin a phrase follows from its program, so it is not packed at all. What it deliberately does not do: run programs
//! (`walk.rs`) or trust them: whatever the bytes hold, it ends, with a section or without.

use super::super::packed::Packed;
use super::program::{Needs, Program, Property, UNKNOWN, code};

/// The bytes of packed programs. From `WORD` on, the lower bits of the byte are the upper ones of a word's number.
pub(super) mod packed {
    /// A way, or the whole phrase, ends.
    pub(in super::super) const END_OF_WAY: u8 = 0;
    /// A set that was not there before: how many words, then each as the distance from the one before.
    pub(in super::super) const NEW_SET: u8 = 1;
    /// Codes without anything behind them.
    pub(in super::super) const PLAIN: [(u8, u16); 5] = [
        (2, super::code::START),
        (3, super::code::END),
        (4, super::code::CROSS),
        (5, super::code::ASKED),
        (6, super::code::CLAUSE),
    ];
    /// With the property's number.
    pub(in super::super) const PROPERTY: u8 = 8;
    /// With its length.
    pub(in super::super) const GAP: u8 = 16;
    /// With the upper bits of a set's number.
    pub(in super::super) const SET: u8 = 24;
    /// With the number of ways, which follow.
    pub(in super::super) const FORK: u8 = 48;
    /// With the upper bits of a word's number.
    pub(in super::super) const WORD: u8 = 128;
}

/// Deeper nesting than any phrase has; it only bounds what damaged data could do.
const DEEPEST: u32 = 48;
/// A phrase has at most some hundred ways, so that its beginnings are found in fewer steps than this.
const MOST_STEPS: usize = 20_000;

/// Programs and all that follows from them.
#[derive(Clone, Debug, Default)]
pub(super) struct Unfolded {
    pub(super) code: Vec<u16>,
    /// Where each set begins in `members`, and behind the last where that ends.
    sets: Vec<usize>,
    members: Vec<u16>,
    /// Where each word's list begins in `lists`, then those of pictures and of numbers, and where the last ends.
    starts: Vec<u32>,
    /// The programs that may begin with a word, ascending.
    lists: Vec<u16>,
}

impl Unfolded {
    /// Reads the programs, says of each where it begins, and gathers with what.
    pub(super) fn read(from: &mut Packed<'_>, programs: &mut [Program], words: usize) -> Option<Unfolded> {
        let mut made = Unfolded { sets: vec![0], ..Unfolded::default() };
        made.read_set(from)?;
        for program in programs.iter_mut() {
            program.at = made.code.len();
            program.needs = made.read_way(from, 0)?;
            made.code.push(code::FOUND);
        }
        made.gather(programs, words)?;
        Some(made)
    }

    /// The members of a set, ascending.
    pub(super) fn members(&self, set: u16) -> &[u16] {
        let set = usize::from(set);
        match (self.sets.get(set), self.sets.get(set + 1)) {
            (Some(from), Some(to)) => self.members.get(*from..*to).unwrap_or_default(),
            _ => &[],
        }
    }

    /// The programs that may begin with the word of this number, or the picture or number behind the words.
    pub(super) fn starting_at(&self, place: usize) -> &[u16] {
        match (self.starts.get(place), self.starts.get(place + 1)) {
            (Some(from), Some(to)) => self.lists.get(*from as usize..*to as usize).unwrap_or_default(),
            _ => &[],
        }
    }

    fn read_set(&mut self, from: &mut Packed<'_>) -> Option<u16> {
        let count = from.number()?;
        let mut member = 0;
        for n in 0..count {
            member = from.number()? + if n == 0 { 0 } else { member + 1 };
            self.members.push(u16::try_from(member).ok().filter(|it| *it != UNKNOWN)?);
        }
        self.sets.push(self.members.len());
        u16::try_from(self.sets.len() - 2).ok()
    }

    /// Reads one way to its end; says what a text must have for it.
    fn read_way(&mut self, from: &mut Packed<'_>, depth: u32) -> Option<Needs> {
        let mut needs = Needs::default();
        loop {
            let byte = from.byte()?;
            let mut long = |begin: u8| Some(u16::from(byte - begin) << 8 | u16::from(from.byte()?));
            match byte {
                packed::END_OF_WAY => return Some(needs),
                packed::NEW_SET => {
                    let set = self.read_set(from)?;
                    needs.add(self.words_of(set));
                    self.code.extend([code::SET, set]);
                }
                packed::WORD.. => {
                    let word = long(packed::WORD)?;
                    needs.add(Needs::bit(word));
                    self.code.extend([code::WORD, word]);
                }
                packed::FORK.. => needs.add(self.read_fork(from, usize::from(byte - packed::FORK), depth)?),
                packed::SET.. => {
                    let set = long(packed::SET)?;
                    needs.add(self.words_of(set));
                    self.code.extend([code::SET, set]);
                }
                packed::GAP.. => self.code.extend([code::GAP, u16::from(byte - packed::GAP)]),
                packed::PROPERTY.. => self.code.extend([code::PROPERTY, u16::from(byte - packed::PROPERTY)]),
                _ => self.code.push(packed::PLAIN.iter().find(|(it, _)| *it == byte)?.1),
            }
        }
    }

    /// The bits of a set's words.
    fn words_of(&self, set: u16) -> u64 {
        self.members(set).iter().fold(0, |words, number| words | Needs::bit(*number))
    }

    /// Reads all ways of a fork; says of which words one must be in a text.
    fn read_fork(&mut self, from: &mut Packed<'_>, ways: usize, depth: u32) -> Option<u64> {
        if depth >= DEEPEST {
            return None;
        }
        let fork = self.code.len();
        self.code.extend([code::FORK, u16::try_from(ways).ok()?]);
        self.code.extend(std::iter::repeat_n(0, ways));
        let mut jumps = Vec::with_capacity(ways);
        let mut words = 0;
        for way in 0..ways {
            self.code[fork + 2 + way] = u16::try_from(self.code.len() - fork).ok()?;
            words |= self.read_way(from, depth + 1)?.narrowest();
            jumps.push(self.code.len());
            self.code.extend([code::JUMP, 0]);
        }
        let end = self.code.len();
        for jump in jumps {
            self.code[jump + 1] = u16::try_from(end - jump).ok()?;
        }
        Some(words)
    }

    /// Fills `starts` and `lists`: pairs of place and program, counted, then each put behind those before it.
    fn gather(&mut self, programs: &[Program], words: usize) -> Option<()> {
        let places = words + 2;
        let mut pairs: Vec<(usize, u16)> = Vec::new();
        let mut last = vec![UNKNOWN; places];
        for (number, program) in programs.iter().enumerate() {
            let number = u16::try_from(number).ok().filter(|it| *it != UNKNOWN)?;
            let mut steps = 0;
            self.firsts(program.at, words, &mut steps, &mut |place| {
                if let Some(before) = last.get_mut(place).filter(|before| **before != number) {
                    *before = number;
                    pairs.push((place, number));
                }
            })?;
        }
        self.starts = vec![0; places + 1];
        for (place, _) in &pairs {
            self.starts[place + 1] += 1;
        }
        for place in 0..places {
            self.starts[place + 1] += self.starts[place];
        }
        let mut next = self.starts.clone();
        self.lists = vec![0; pairs.len()];
        for (place, number) in pairs {
            self.lists[next[place] as usize] = number;
            next[place] += 1;
        }
        Some(())
    }

    /// Tells of every place of `starts` with which the program may go on from `pc`.
    fn firsts(&self, mut pc: usize, words: usize, steps: &mut usize, tell: &mut dyn FnMut(usize)) -> Option<()> {
        loop {
            *steps += 1;
            if *steps > MOST_STEPS {
                return None;
            }
            let argument = || self.code.get(pc + 1).copied();
            match *self.code.get(pc)? {
                code::WORD => {
                    tell(usize::from(argument()?));
                    return Some(());
                }
                code::SET => {
                    self.members(argument()?).iter().for_each(|member| tell(usize::from(*member)));
                    return Some(());
                }
                code::PROPERTY => {
                    let is_emoji = argument()? == Property::Emoji as u16;
                    tell(words + usize::from(!is_emoji));
                    return Some(());
                }
                code::FORK => {
                    for way in 0..usize::from(argument()?) {
                        let distance = self.code.get(pc + 2 + way).copied()?;
                        self.firsts(pc + usize::from(distance), words, steps, tell)?;
                    }
                    return Some(());
                }
                code::JUMP => pc += usize::from(argument()?),
                // The compiler refuses what could begin with a gap or be found in nothing.
                code::GAP | code::FOUND => return Some(()),
                _ => pc += 1,
            }
        }
    }
}
