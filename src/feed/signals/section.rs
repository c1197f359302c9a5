//! The form of the pack's section: a dictionary, sets of words, programs, and the files they come from.
//!
//! All numbers are little-endian and read where they lie. Words are kept as 32-bit hashes, sorted, behind a table of
//! buckets; a word's number is its place. A set is the sorted numbers of its words. A program is a phrase as a
//! sequence of 16-bit codes with jumps forward only, so that it ends whatever it holds. Every read is checked and a
//! read outside answers "no": damaged data can miss, but neither panic nor run on.

use crate::text::{HASH_START, finish_hash, step_hash};

/// The number of a token that no phrase knows.
pub(super) const UNKNOWN: u16 = u16::MAX;
/// How the hash of a beginning differs from that of a whole word.
pub(super) const PREFIX_MARK: u8 = b'*';
/// Bits of the hash that choose a bucket.
pub(super) const BUCKET_BITS: u32 = 11;

/// Codes of programs; see `walk` for what each does.
pub(super) mod code {
    /// The phrase is found.
    pub(in super::super) const FOUND: u16 = 0;
    /// This word.
    pub(in super::super) const WORD: u16 = 1;
    /// One word of this set.
    pub(in super::super) const SET: u16 = 2;
    /// A token with this property: see [`super::Property`].
    pub(in super::super) const PROPERTY: u16 = 3;
    /// Up to so many tokens.
    pub(in super::super) const GAP: u16 = 4;
    /// Here a sentence begins.
    pub(in super::super) const START: u16 = 5;
    /// Here a sentence or its words end.
    pub(in super::super) const END: u16 = 6;
    /// Here a sentence may end.
    pub(in super::super) const CROSS: u16 = 7;
    /// So many ways on, each as a distance from this code.
    pub(in super::super) const FORK: u16 = 8;
    /// On at this distance.
    pub(in super::super) const JUMP: u16 = 9;
    /// Here a sentence ends as a question.
    pub(in super::super) const ASKED: u16 = 10;
    /// Here a sentence begins, or there is a comma.
    pub(in super::super) const CLAUSE: u16 = 11;
}

/// What a phrase may ask of a token instead of a word. The numbers are the pack's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u16)]
pub(super) enum Property {
    Word = 0,
    Number = 1,
    Said = 2,
    Letter = 3,
    Emoji = 4,
    Mention = 5,
    Link = 6,
}

/// The names that phrases use for them.
pub(super) const PROPERTIES: [(&str, Property); 7] = [
    ("w", Property::Word),
    ("n", Property::Number),
    ("said", Property::Said),
    ("letter", Property::Letter),
    ("emoji", Property::Emoji),
    ("mention", Property::Mention),
    ("link", Property::Link),
];

/// What a program is for. `Guard` stands for the three kinds of guard together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Phrase,
    Guard,
    NotAfter,
    NotBefore,
    NotWith,
}

impl Role {
    #[cfg(feature = "authoring")]
    pub(super) fn number(self) -> u8 {
        match self {
            Role::Phrase => 0,
            Role::NotAfter => 1,
            Role::NotBefore => 2,
            Role::NotWith | Role::Guard => 3,
        }
    }

    fn of(number: u8) -> Role {
        match number {
            0 => Role::Phrase,
            1 => Role::NotAfter,
            2 => Role::NotBefore,
            _ => Role::NotWith,
        }
    }
}

/// One compiled phrase.
#[derive(Clone, Copy, Debug)]
pub(super) struct Program {
    pub(super) at: usize,
    pub(super) file: u16,
    pub(super) line: u16,
    pub(super) strength: u8,
    pub(super) role: Role,
}

/// The tables, in the order in which they lie in the section; the header holds the end of each.
#[derive(Clone, Copy, Debug)]
#[repr(usize)]
pub(super) enum Table {
    /// 2^BUCKET_BITS + 1 × u16: where each bucket's words begin.
    Buckets = 0,
    /// u32 each: the words' hashes, ascending.
    Words,
    /// u32 each, one more than words: where each word's list in `Lists` begins. Then those of emoji and of numbers.
    Starts,
    /// u16 each: the programs that may begin with a word.
    Lists,
    /// u32 each, one more than sets: where each set begins in `Members`.
    Sets,
    /// u16 each: numbers of words.
    Members,
    /// PROGRAM bytes each.
    Programs,
    /// u16 each.
    Code,
    /// FILE bytes each.
    Files,
    /// The files' names.
    Names,
}

/// The first set holds the words that may lead up to an order: "please", "and", "now".
pub(super) const LEADS: u16 = 0;
/// How many tables there are.
pub(super) const TABLES: usize = 10;
/// A mask of the lengths that beginnings of words have, the number of phrases, then the end of each table.
pub(super) const HEADER: usize = 8 + TABLES * 4;
/// Place of its code u32, file u16, line u16, strength u8, role u8, two bytes of padding.
pub(super) const PROGRAM: usize = 12;
/// Kinds u64 as a mask, language u16 as two letters, length of its name u16, place of its name u32.
pub(super) const FILE: usize = 16;

/// The section, opened.
#[derive(Clone, Copy, Debug)]
pub(super) struct Section<'a> {
    tables: [&'a [u8]; TABLES],
    /// Bit n is set if and only if some phrase has a beginning of n bytes.
    lengths: u32,
    /// Programs below this number are phrases, all others are guards.
    phrases: u16,
    words: usize,
}

impl<'a> Section<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Option<Section<'a>> {
        let mut tables: [&[u8]; TABLES] = [&[]; TABLES];
        let mut from = HEADER;
        for (i, table) in tables.iter_mut().enumerate() {
            let to = u32_at(bytes, 8 + i * 4)? as usize;
            *table = bytes.get(from..to)?;
            from = to;
        }
        let words = tables[Table::Words as usize].len() / 4;
        let whole = from == bytes.len()
            && tables[Table::Buckets as usize].len() == ((1 << BUCKET_BITS) + 1) * 2
            && tables[Table::Starts as usize].len() == (words + 3) * 4;
        whole.then_some(Section {
            tables,
            lengths: u32_at(bytes, 0)?,
            phrases: u16::try_from(u32_at(bytes, 4)?).ok()?,
            words,
        })
    }

    fn table(&self, table: Table) -> &'a [u8] {
        self.tables[table as usize]
    }

    /// The number of a word: its own if a phrase names it, else that of its longest known beginning.
    pub(super) fn number(&self, word: &str, hash: u32) -> u16 {
        let own = self.find(hash);
        if own != UNKNOWN || self.lengths == 0 {
            return own;
        }
        let mut longest = UNKNOWN;
        let mut state = HASH_START;
        for (i, byte) in word.bytes().enumerate().take(31) {
            state = step_hash(state, byte);
            if self.lengths & (2 << i) != 0 {
                let found = self.find(finish_hash(step_hash(state, PREFIX_MARK)));
                longest = if found == UNKNOWN { longest } else { found };
            }
        }
        longest
    }

    fn find(&self, hash: u32) -> u16 {
        let bucket = (hash >> (32 - BUCKET_BITS)) as usize;
        let buckets = self.table(Table::Buckets);
        let (Some(from), Some(to)) = (u16_at(buckets, bucket * 2), u16_at(buckets, bucket * 2 + 2)) else {
            return UNKNOWN;
        };
        let words = self.table(Table::Words);
        (from..to).find(|n| u32_at(words, usize::from(*n) * 4) == Some(hash)).unwrap_or(UNKNOWN)
    }

    /// The programs for phrases, or those for guards, that may begin with the word of this number.
    pub(super) fn starting_with(&self, number: u16, guards: bool) -> impl Iterator<Item = Program> + use<'a> {
        self.list(usize::from(number), guards)
    }

    /// The programs that may begin with any picture.
    pub(super) fn starting_with_emoji(&self, guards: bool) -> impl Iterator<Item = Program> + use<'a> {
        self.list(self.words, guards)
    }

    /// The programs that may begin with any number.
    pub(super) fn starting_with_number(&self, guards: bool) -> impl Iterator<Item = Program> + use<'a> {
        self.list(self.words + 1, guards)
    }

    fn list(&self, place: usize, guards: bool) -> impl Iterator<Item = Program> + use<'a> {
        let starts = self.table(Table::Starts);
        let from = u32_at(starts, place * 4).unwrap_or(0) as usize;
        let to = u32_at(starts, place * 4 + 4).unwrap_or(0) as usize;
        let section = *self;
        let list = self.table(Table::Lists).get(from * 2..to * 2).unwrap_or_default();
        let numbers = list.chunks_exact(2).filter_map(|pair| u16_at(pair, 0));
        // Lists ascend, so that the phrases of each come first.
        let wanted = numbers.skip_while(move |n| guards && *n < section.phrases);
        wanted.take_while(move |n| guards || *n < section.phrases).filter_map(move |n| section.program(n))
    }

    fn program(&self, number: u16) -> Option<Program> {
        let bytes = self.table(Table::Programs).get(usize::from(number) * PROGRAM..)?.get(..PROGRAM)?;
        Some(Program {
            at: u32_at(bytes, 0)? as usize,
            file: u16_at(bytes, 4)?,
            line: u16_at(bytes, 6)?,
            strength: bytes[8],
            role: Role::of(bytes[9]),
        })
    }

    /// The code at this place.
    pub(super) fn code(&self, at: usize) -> Option<u16> {
        u16_at(self.table(Table::Code), at.checked_mul(2)?)
    }

    /// Whether the word of this number is in that set.
    pub(super) fn has(&self, set: u16, number: u16) -> bool {
        let sets = self.table(Table::Sets);
        let (Some(from), Some(to)) = (u32_at(sets, usize::from(set) * 4), u32_at(sets, usize::from(set) * 4 + 4))
        else {
            return false;
        };
        let members = self.table(Table::Members).get(from as usize * 2..to as usize * 2).unwrap_or_default();
        let (mut low, mut high) = (0, members.len() / 2);
        while low < high {
            let middle = usize::midpoint(low, high);
            match u16_at(members, middle * 2).map(|m| m.cmp(&number)) {
                Some(std::cmp::Ordering::Equal) => return true,
                Some(std::cmp::Ordering::Less) => low = middle + 1,
                _ => high = middle,
            }
        }
        false
    }

    /// The name of a file, without its folder.
    pub(super) fn name(&self, file: u16) -> &'a str {
        let name = || {
            let row = self.file(file)?;
            let from = u32_at(row, 12)? as usize;
            let bytes = self.table(Table::Names).get(from..from + usize::from(u16_at(row, 10)?))?;
            std::str::from_utf8(bytes).ok()
        };
        name().unwrap_or_default()
    }

    /// The kind that a file is about; the first, if it guards several.
    pub(super) fn kind(&self, file: u16) -> u8 {
        // There are at most 64 kinds, so that the number of zeros fits.
        self.kinds(file).trailing_zeros() as u8
    }

    /// Whether the guards of one file hold for the phrases of another: same language, and a kind in common.
    pub(super) fn guards(&self, guard: u16, phrase: u16) -> bool {
        let language = |file| self.file(file).and_then(|row| u16_at(row, 8));
        self.kinds(guard) & self.kinds(phrase) != 0 && language(guard) == language(phrase)
    }

    fn kinds(&self, file: u16) -> u64 {
        let row = self.file(file).unwrap_or_default();
        let low = u64::from(u32_at(row, 0).unwrap_or(0));
        low | u64::from(u32_at(row, 4).unwrap_or(0)) << 32
    }

    fn file(&self, file: u16) -> Option<&'a [u8]> {
        self.table(Table::Files).get(usize::from(file) * FILE..)?.get(..FILE)
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().copied().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().copied().map(u32::from_le_bytes)
}
