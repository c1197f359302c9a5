//! How the index lies in its bytes: the one place that writer and reader share.
//!
//! All numbers are little-endian 32-bit words, so that WebAssembly reads them in place wherever the pack was loaded.
//! First the header: version, some numbers, and for every part where it begins and how many words it has. Then the
//! parts, then the texts (patterns, names of stand-ins, parameters), which are bytes.

use super::table::Words;

/// Raised with every change of this layout.
const VERSION: u32 = 3;
/// Numbers in the header: plain rules, where regular expressions begin, the bucket that is always tried, that of
/// whole pages, whether any site is written `example.*`.
pub(super) const NUMBERS: usize = 5;
const PARTS: usize = 9;
const HEADER: usize = 1 + NUMBERS + 2 * PARTS + 2;

/// The parts of an index.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part {
    /// Table: host → bucket.
    Hosts,
    /// Table: word → bucket.
    Words,
    /// Table: site → its number.
    Sites,
    /// By number of a site: bucket.
    OnSites,
    /// Types and methods, flags.
    Kinds,
    /// Rules that are only a host: kind, reference.
    Plain,
    /// All other rules: kind and form, reference, text from, text length, extra.
    Full,
    /// Counted runs of rule numbers.
    Buckets,
    /// Conditions that few rules have.
    Extras,
}

/// Words of a full rule.
pub(super) const ROW: usize = 5;
/// No bucket.
pub(super) const NONE: u32 = u32::MAX;
/// Set in a bucket that is a run and not a rule's own number.
pub(super) const MANY: u32 = 1 << 31;
/// A reference is list and line; a line has this many bits.
pub(super) const LINE_BITS: u32 = 22;
/// So many lists have a number in a reference.
pub(super) const LISTS: usize = 1 << (32 - LINE_BITS);
/// The line's part of a reference.
pub(super) const LINE_MASK: u32 = (1 << LINE_BITS) - 1;

/// Forms of a pattern, in bits 24 and 25 of a full rule's first word; start and end follow in the next three.
pub(super) const ANY: u32 = 0;
/// See [`ANY`].
pub(super) const HOST: u32 = 1;
/// See [`ANY`].
pub(super) const TEXT: u32 = 2;
/// See [`ANY`].
pub(super) const REGEX: u32 = 3;

/// Bits of an extra's first word: what follows it, in this order.
pub(super) const SITES_ONLY: u32 = 1;
/// See [`SITES_ONLY`].
pub(super) const SITES_NOT: u32 = 2;
/// See [`SITES_ONLY`].
pub(super) const TO_ONLY: u32 = 4;
/// See [`SITES_ONLY`].
pub(super) const TO_NOT: u32 = 8;
/// `denyallow`: the same as [`TO_NOT`], but a rule may have both.
pub(super) const TO_NOT_EITHER: u32 = 16;
/// See [`SITES_ONLY`]: where a text begins, and its length.
pub(super) const VALUE: u32 = 32;

/// Flags of a kind.
pub(super) mod flag {
    pub(in super::super) const EXCEPTION: u32 = 1;
    pub(in super::super) const IMPORTANT: u32 = 2;
    pub(in super::super) const MATCH_CASE: u32 = 4;
    pub(in super::super) const FIRST: u32 = 8;
    pub(in super::super) const THIRD: u32 = 16;
    pub(in super::super) const STRICT_FIRST: u32 = 32;
    pub(in super::super) const STRICT_THIRD: u32 = 64;
    pub(in super::super) const STAND_IN: u32 = 128;
    pub(in super::super) const STAND_IN_ONLY: u32 = 256;
    pub(in super::super) const PARAM: u32 = 512;
    /// Any of these makes the party matter.
    pub(in super::super) const PARTY: u32 = FIRST | THIRD | STRICT_FIRST | STRICT_THIRD;
}

/// Puts an index together.
pub(super) fn assemble(numbers: &[u32; NUMBERS], parts: &[(Part, Vec<u32>); PARTS], texts: &[u8]) -> Vec<u8> {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let mut head = vec![VERSION];
    head.extend(numbers);
    let mut from = HEADER;
    for (_, words) in parts {
        head.extend([count(from), count(words.len())]);
        from += words.len();
    }
    head.extend([count(from), count(texts.len())]);
    let words = head.iter().chain(parts.iter().flat_map(|(_, words)| words));
    words.flat_map(|w| w.to_le_bytes()).chain(texts.iter().copied()).collect()
}

/// An index taken apart: numbers, parts, texts.
pub(super) struct Opened<'a> {
    pub(super) numbers: [u32; NUMBERS],
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

    pub(super) fn part(&self, part: Part) -> Words<'a> {
        self.parts[part as usize]
    }
}
