//! One language's phrases: a dictionary, sets of words, and programs, as `compile` packed them.
//!
//! What travels is as small as we know to make it (`packed.rs`, `lexicon.rs`, and `code` for a program's bytes), and is
//! unfolded once into tables that are asked in place: where each program begins, the programs that may begin with each
//! word, the members of each set. A set is the sorted numbers of its words. A program is a phrase as a sequence of
//! codes with jumps forward only, so that it ends whatever it holds. Every read is checked and a read outside answers
//! "no": damaged data can miss, but neither panic nor run on.

use super::super::lexicon::Lexicon;
use super::super::packed::Packed;
use super::program::{Bits, Needs, Program, Role};
use super::unfold::Unfolded;
use crate::text::Marks;

/// The section, opened.
#[derive(Clone, Debug)]
pub(super) struct Section {
    /// Two letters.
    pub(super) language: [u8; 2],
    /// Bit n is set if and only if some phrase has a beginning of n bytes.
    pub(super) lengths: u32,
    pub(super) words: Lexicon,
    /// The kinds that each file is about, as a mask.
    files: Vec<u64>,
    programs: Vec<Program>,
    unfolded: Unfolded,
}

impl Section {
    pub(super) fn open(bytes: &[u8]) -> Option<Section> {
        let mut from = Packed::of(bytes);
        let language = [from.byte()?, from.byte()?];
        let lengths = u32::from_le_bytes(*from.take(4)?.first_chunk()?);
        let words = Lexicon::read(&mut from)?;
        let (count, phrases) = (from.number()?, u16::try_from(from.number()?).ok()?);
        let (masks, _) = {
            let files = from.number()?;
            from.take(files.checked_mul(8)?)?.as_chunks::<8>()
        };
        let files = masks.iter().map(|mask| u64::from_le_bytes(*mask)).collect();
        let (roles, of_files, strengths) = (from.take(count)?, from.take(count)?, from.take(count)?);
        let mut programs = Vec::with_capacity(count);
        let mut line = 0;
        for n in 0..count {
            // Lines ascend within a file's programs of one role, and begin anew behind them.
            let is_anew = n == 0 || roles[n] != roles[n - 1] || of_files[n] != of_files[n - 1];
            line = if is_anew { 0 } else { line } + from.number()?;
            let (file, strength, role) = (of_files[n], strengths[n], Role::of(roles[n]));
            programs.push(Program {
                at: 0,
                file,
                line: u16::try_from(line).ok()?,
                strength,
                role,
                needs: Needs::default(),
                begins: Bits::default(),
                crosses: false,
            });
        }
        let unfolded = Unfolded::read(&mut from, &mut programs, phrases, words.len())?;
        from.is_empty().then_some(Section { language, lengths, words, files, programs, unfolded })
    }

    /// Where the lists of programs have those for pictures and those for numbers, if these marks have any.
    pub(super) fn places_of(&self, marks: Marks) -> [Option<u32>; 2] {
        let behind = |mark, place: usize| marks.has(mark).then_some(place as u32);
        [behind(Marks::EMOJI, self.words.len()), behind(Marks::NUMBER, self.words.len() + 1)]
    }

    /// The programs that may begin at this place: a word's number, or one of [`Section::places_of`].
    pub(super) fn starting_at(&self, place: usize) -> &[u16] {
        self.unfolded.starting_at(place)
    }

    /// Whether phrases, or guards, are looked out for at this place.
    pub(super) fn is_sought_at(&self, place: usize, guards: bool) -> bool {
        self.unfolded.is_sought_at(place, guards)
    }

    /// Tells of the phrases, or the guards, for which this place is looked out for, and whose words are in the text.
    pub(super) fn sought_at(&self, place: usize, words: &Bits, guards: bool, mut tell: impl FnMut(u16)) {
        self.unfolded.sought_at(place, words, guards, |number| {
            if self.program(number).is_some_and(|program| program.needs.are_met_by(words)) {
                tell(number);
            }
        });
    }

    /// How many programs there are.
    pub(super) fn programs(&self) -> usize {
        self.programs.len()
    }

    /// The program of this number.
    pub(super) fn program(&self, number: u16) -> Option<&Program> {
        self.programs.get(usize::from(number))
    }

    /// The codes of all programs.
    pub(super) fn code(&self) -> &[u16] {
        &self.unfolded.code
    }

    /// Whether the word of this number is in that set.
    pub(super) fn has(&self, set: u16, number: u16) -> bool {
        self.unfolded.has(set, number)
    }

    /// The kind that a file is about; the first, if it guards several.
    pub(super) fn kind(&self, file: u8) -> u8 {
        // There are at most 64 kinds, so that the number of zeros fits.
        self.kinds(file).trailing_zeros() as u8
    }

    /// Whether the guards of one file hold for the phrases of another: they have a kind in common.
    pub(super) fn guards(&self, guard: u8, phrase: u8) -> bool {
        self.kinds(guard) & self.kinds(phrase) != 0
    }

    fn kinds(&self, file: u8) -> u64 {
        self.files.get(usize::from(file)).copied().unwrap_or(0)
    }
}
