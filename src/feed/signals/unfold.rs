//! From a program's bytes to what is walked over, and to the words with which each program may begin.
//!
//! Packed, ways of a phrase stand one after another, each with its end; unfolded they are reached by jumps. Which words
//! begin a phrase follows from its program, so it is not packed at all. What it deliberately does not do: run programs
//! (`walk.rs`) or trust them: whatever the bytes hold, it ends, with a section or without.

use super::super::packed::Packed;
use super::lists::Lists;
use super::program::{Bits, Program, Property, UNKNOWN, code, crosses};

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
    /// Where each set begins in `members`, and behind the last where that ends; and the bits of its words.
    sets: Vec<(u32, Bits)>,
    members: Vec<u16>,
    /// The programs that may begin with each word, behind them with pictures and with numbers.
    begun: Lists,
    /// The same places: the phrases, and the guards, for which a word is looked out for, because it is the rarest that
    /// they need.
    sought: [Lists; 2],
    /// What each of these needs besides, as it stands there: most are passed over for that.
    beside: [Vec<Bits>; 2],
    /// How often each word stands in the programs.
    pub(super) mentions: Vec<u32>,
}

impl Unfolded {
    /// Reads the programs, says of each where it begins, and gathers with what.
    pub(super) fn read(
        from: &mut Packed<'_>,
        programs: &mut [Program],
        phrases: u16,
        words: usize,
    ) -> Option<Unfolded> {
        let mut made = Unfolded { sets: vec![(0, Bits::default())], mentions: vec![0; words], ..Unfolded::default() };
        made.read_set(from)?;
        for program in programs.iter_mut() {
            program.at = made.code.len();
            made.read_way(from, 0)?;
            made.code.push(code::FOUND);
            program.crosses = crosses(made.code.get(program.at..).unwrap_or_default());
        }
        made.gather(programs, phrases, words)?;
        Some(made)
    }

    /// The members of a set, ascending.
    pub(super) fn members(&self, set: u16) -> &[u16] {
        let set = usize::from(set);
        match (self.sets.get(set), self.sets.get(set + 1)) {
            (Some((from, _)), Some((to, _))) => self.members.get(*from as usize..*to as usize).unwrap_or_default(),
            _ => &[],
        }
    }

    /// Whether the word of this number is in a set.
    pub(super) fn has(&self, set: u16, number: u16) -> bool {
        // Most words are in no dictionary at all, and most others not even among those with the same bits.
        number != UNKNOWN
            && self.sets.get(usize::from(set)).is_some_and(|(_, bits)| bits.has(number.into()))
            && self.members(set).binary_search(&number).is_ok()
    }

    /// The programs that may begin with the word of this number, or the picture or number behind the words.
    pub(super) fn starting_at(&self, place: usize) -> &[u16] {
        self.begun.at(place)
    }

    /// Whether there are phrases or guards that can only speak where the word of this number is, or the picture or number
    /// behind the words; each stands at some such place of every text in which it speaks.
    pub(super) fn is_sought_at(&self, place: usize, guards: bool) -> bool {
        !self.sought[usize::from(guards)].range(place).is_empty()
    }

    /// Tells of them, but for most of those that need what is not among a text's words.
    pub(super) fn sought_at(&self, place: usize, words: &Bits, guards: bool, mut tell: impl FnMut(u16)) {
        let (lists, beside) = (&self.sought[usize::from(guards)], &self.beside[usize::from(guards)]);
        for at in lists.range(place) {
            if beside.get(at).is_some_and(|needed| needed.may_be_in(words)) {
                lists.all().get(at).copied().into_iter().for_each(&mut tell);
            }
        }
    }

    fn read_set(&mut self, from: &mut Packed<'_>) -> Option<u16> {
        let count = from.number()?;
        let (mut member, mut bits) = (0, Bits::default());
        for n in 0..count {
            member = from.number()? + if n == 0 { 0 } else { member + 1 };
            let number = u16::try_from(member).ok().filter(|it| *it != UNKNOWN)?;
            self.members.push(number);
            bits.add(number.into());
        }
        self.sets.last_mut()?.1 = bits;
        self.sets.push((u32::try_from(self.members.len()).ok()?, Bits::default()));
        u16::try_from(self.sets.len() - 2).ok()
    }

    /// Reads one way to its end.
    fn read_way(&mut self, from: &mut Packed<'_>, depth: u32) -> Option<()> {
        loop {
            let byte = from.byte()?;
            let mut long = |begin: u8| Some(u16::from(byte - begin) << 8 | u16::from(from.byte()?));
            match byte {
                packed::END_OF_WAY => return Some(()),
                packed::NEW_SET => {
                    let set = self.read_set(from)?;
                    self.push_set(set);
                }
                packed::WORD.. => {
                    let word = long(packed::WORD)?;
                    self.mention(word);
                    self.code.extend([code::WORD, word]);
                }
                packed::FORK.. => self.read_fork(from, usize::from(byte - packed::FORK), depth)?,
                packed::SET.. => {
                    let set = long(packed::SET)?;
                    self.push_set(set);
                }
                packed::GAP.. => self.code.extend([code::GAP, u16::from(byte - packed::GAP)]),
                packed::PROPERTY.. => self.code.extend([code::PROPERTY, u16::from(byte - packed::PROPERTY)]),
                _ => self.code.push(packed::PLAIN.iter().find(|(it, _)| *it == byte)?.1),
            }
        }
    }

    fn push_set(&mut self, set: u16) {
        self.members(set).to_vec().into_iter().for_each(|word| self.mention(word));
        self.code.extend([code::SET, set]);
    }

    fn mention(&mut self, word: u16) {
        if let Some(count) = self.mentions.get_mut(usize::from(word)) {
            *count += 1;
        }
    }

    /// Reads all ways of a fork.
    fn read_fork(&mut self, from: &mut Packed<'_>, ways: usize, depth: u32) -> Option<()> {
        if depth >= DEEPEST {
            return None;
        }
        let fork = self.code.len();
        self.code.extend([code::FORK, u16::try_from(ways).ok()?]);
        self.code.extend(std::iter::repeat_n(0, ways));
        let mut jumps = Vec::with_capacity(ways);
        for way in 0..ways {
            self.code[fork + 2 + way] = u16::try_from(self.code.len() - fork).ok()?;
            self.read_way(from, depth + 1)?;
            jumps.push(self.code.len());
            self.code.extend([code::JUMP, 0]);
        }
        let end = self.code.len();
        for jump in jumps {
            self.code[jump + 1] = u16::try_from(end - jump).ok()?;
        }
        Some(())
    }

    /// Finds with what each program may begin, what it needs, and for which word it is looked out for.
    fn gather(&mut self, programs: &mut [Program], phrases: u16, words: usize) -> Option<()> {
        let (mut begun, mut sought, mut beside) = (Vec::new(), [Vec::new(), Vec::new()], Vec::new());
        let mut last = vec![UNKNOWN; words + 2];
        for (number, program) in programs.iter_mut().enumerate() {
            let number = u16::try_from(number).ok().filter(|it| *it != UNKNOWN)?;
            let first = begun.len();
            let (mut steps, mut begins) = (0, Bits::default());
            self.firsts(program.at, words, &mut steps, &mut |place| {
                if let Some(before) = last.get_mut(place).filter(|before| **before != number) {
                    *before = number;
                    begins.add(place);
                    begun.push((place, number));
                }
            })?;
            let asked = self.asked(program.at)?;
            (program.needs, program.begins) = (asked.needs, begins);
            let sought = &mut sought[usize::from(number >= phrases)];
            let words = asked.sought.map(|(_, words)| words).unwrap_or_default();
            beside.push(asked.needs.beside(&Bits::of(&words)));
            if words.is_empty() {
                // Without any word it begins with a picture or a number.
                sought.extend(begun.get(first..).unwrap_or_default());
            } else {
                sought.extend(words.into_iter().map(|word| (usize::from(word), number)));
            }
        }
        self.begun = Lists::of(&begun, words + 2);
        self.sought = sought.map(|pairs| Lists::of(&pairs, words + 2));
        let beside_of = |number: &u16| beside.get(usize::from(*number)).copied().unwrap_or_default();
        self.beside = [0, 1].map(|role: usize| self.sought[role].all().iter().map(beside_of).collect());
        self.mentions = Vec::new();
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
