//! How the index lies in its bytes: the one place that writer and reader share.
//!
//! All numbers are little-endian 32-bit words, so that WebAssembly reads them in place wherever the pack was loaded.
//! First the header: version, some numbers, and for every part where it begins and how many words it has. Then the
//! parts, then the texts (patterns, names of stand-ins, parameters), which are bytes.
//!
//! The rules are rows in one long run of words, all rows of a bucket one behind the other, so that a bucket is read from
//! front to back wherever it begins. A row is two words for a rule that only names a host, five for any other.

use super::table::Words;

/// Raised with every change of this layout.
const VERSION: u32 = 6;
/// See [`Number`].
pub(super) const NUMBERS: usize = Number::Regexes as usize + 1;
/// See [`Part`].
pub(super) const PARTS: usize = Part::FirstBook as usize + BOOKS * BOOK;
const HEADER: usize = 1 + NUMBERS + 2 * PARTS + 2;

/// Numbers in the header.
#[derive(Clone, Copy, Debug)]
pub(super) enum Number {
    /// Rules that only name a host.
    Plain,
    /// All rules.
    All,
    /// What the rules say at all: every gate's bits together.
    Gates,
    /// Whether any site is written `example.*`.
    Entities,
    /// The bucket of whole pages.
    Pages,
    /// The buckets that are tried whatever the request, one a book.
    Always,
    /// So many regular expressions.
    Regexes = Number::Always as isize + BOOKS as isize,
}

/// The parts of an index.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    /// Table: site → its number.
    Sites,
    /// The rules.
    Rows,
    /// Conditions that few rules have.
    Extras,
    /// The first of the books' parts, [`BOOK`] each: table host → bucket, table word → bucket, and by number of a site
    /// its bucket.
    FirstBook,
}

/// Rules are kept in three books: what stops, what excepts, what changes. The second is opened only when the first
/// has spoken, the third when the others have.
pub(super) const BOOKS: usize = 3;
/// The parts of a book.
pub(super) const BOOK: usize = 3;

/// No bucket.
pub(super) const NONE: u32 = u32::MAX;
/// Words of a row of a rule that only names a host: gate, reference.
pub(super) const PLAIN_ROW: usize = 2;
/// Words of any other: gate, reference, where its text begins, its length and [`MORE`], extra.
pub(super) const FULL_ROW: usize = 5;
/// The length of a row's text; behind it in the same word stands for a text where in it the key is, counted from 1, and
/// for a regular expression its number.
pub(super) const LENGTH_BITS: u32 = 13;
/// See [`LENGTH_BITS`].
pub(super) const LENGTH_MASK: u32 = (1 << LENGTH_BITS) - 1;
/// A reference is list and line; a line has this many bits.
pub(super) const LINE_BITS: u32 = 22;
/// So many lists have a number in a reference.
pub(super) const LISTS: usize = 1 << (32 - LINE_BITS);
/// The line's part of a reference.
pub(super) const LINE_MASK: u32 = (1 << LINE_BITS) - 1;

/// A rule in the run of rows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) at: usize,
    pub(super) gate: u32,
}

/// A gate, the first word of a row: whatever of a rule can be compared without a look at the address. Its first twelve
/// bits are the types that the rule is about, so it is never 0.
pub(super) mod gate {
    pub(in super::super) const TYPES: u32 = (1 << 12) - 1;
    pub(in super::super) const FIRST: u32 = 1 << 12;
    pub(in super::super) const THIRD: u32 = 1 << 13;
    pub(in super::super) const STRICT_FIRST: u32 = 1 << 14;
    pub(in super::super) const STRICT_THIRD: u32 = 1 << 15;
    /// Any of these makes the party matter.
    pub(in super::super) const PARTY: u32 = FIRST | THIRD | STRICT_FIRST | STRICT_THIRD;
    pub(in super::super) const EXCEPTION: u32 = 1 << 16;
    pub(in super::super) const IMPORTANT: u32 = 1 << 17;
    pub(in super::super) const MATCH_CASE: u32 = 1 << 18;
    pub(in super::super) const STAND_IN: u32 = 1 << 19;
    pub(in super::super) const STAND_IN_ONLY: u32 = 1 << 20;
    pub(in super::super) const PARAM: u32 = 1 << 21;
    /// Two bits: one of [`ANY`], [`HOST`], [`TEXT`], [`REGEX`].
    pub(in super::super) const FORM: u32 = 22;
    pub(in super::super) const ANY: u32 = 0;
    pub(in super::super) const HOST: u32 = 1;
    pub(in super::super) const TEXT: u32 = 2;
    pub(in super::super) const REGEX: u32 = 3;
    /// Two bits: where a text begins; free, address, label.
    pub(in super::super) const START: u32 = 24;
    /// The text must reach the end of the address.
    pub(in super::super) const END: u32 = 1 << 26;
    /// The row has five words.
    pub(in super::super) const FULL: u32 = 1 << 27;
    /// The bucket ends with this row.
    pub(in super::super) const LAST: u32 = 1 << 28;
}

/// Bits of an extra's first word: what follows it, in this order. First what has a fixed length …
pub(super) mod extra {
    /// The methods, as bits.
    pub(in super::super) const METHODS: u32 = 1;
    /// The name of a stand-in or parameter: where it begins, its length, and if it is a regular expression its number,
    /// counted from 1.
    pub(in super::super) const VALUE: u32 = 2;
    /// What an address must hold for a regular expression to be tried: where that text begins, its length, and how long
    /// the address must be.
    pub(in super::super) const NEEDS: u32 = 4;
    /// … then counted numbers of sites.
    pub(in super::super) const SITES_ONLY: u32 = 8;
    pub(in super::super) const SITES_NOT: u32 = 16;
    pub(in super::super) const TO_ONLY: u32 = 32;
    pub(in super::super) const TO_NOT: u32 = 64;
    /// `denyallow`: the same as [`TO_NOT`], but a rule may have both.
    pub(in super::super) const TO_NOT_EITHER: u32 = 128;
}

/// Puts an index together.
pub(super) fn assemble(numbers: &[u32; NUMBERS], parts: &[Vec<u32>; PARTS], texts: &[u8]) -> Vec<u8> {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let mut head = vec![VERSION];
    head.extend(numbers);
    let mut from = HEADER;
    for words in parts {
        head.extend([count(from), count(words.len())]);
        from += words.len();
    }
    head.extend([count(from), count(texts.len())]);
    let words = head.iter().chain(parts.iter().flatten());
    words.flat_map(|w| w.to_le_bytes()).chain(texts.iter().copied()).collect()
}

/// An index taken apart: numbers, parts, texts.
pub(super) struct Opened<'a> {
    numbers: [u32; NUMBERS],
    parts: [Words<'a>; PARTS],
    pub(super) texts: &'a [u8],
}

impl<'a> Opened<'a> {
    /// `None` if the bytes are not an index of this version, or shorter than they say.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Opened<'a>> {
        let words = Words(bytes);
        if words.get(0) != VERSION {
            return None;
        }
        let mut parts = [Words::default(); PARTS];
        for (i, part) in parts.iter_mut().enumerate() {
            let at = 1 + NUMBERS + 2 * i;
            *part = words.part(words.get(at) as usize, words.get(at + 1) as usize)?;
        }
        let at = 1 + NUMBERS + 2 * PARTS;
        let from = (words.get(at) as usize).checked_mul(4)?;
        let texts = bytes.get(from..from.checked_add(words.get(at + 1) as usize)?)?;
        Some(Opened { numbers: std::array::from_fn(|i| words.get(1 + i)), parts, texts })
    }

    pub(super) fn number(&self, number: Number) -> u32 {
        self.numbers[number as usize]
    }

    /// The bucket of a book that is tried whatever the request.
    pub(super) fn always(&self, book: usize) -> u32 {
        self.numbers[Number::Always as usize + book]
    }

    pub(super) fn part(&self, part: Part) -> Words<'a> {
        self.parts[part as usize]
    }

    /// The n-th part of a book.
    pub(super) fn book(&self, book: usize, n: usize) -> Words<'a> {
        self.parts[Part::FirstBook as usize + book * BOOK + n]
    }
}
