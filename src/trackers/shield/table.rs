//! Two small forms that are read in place: words, and a table from 64-bit hashes to words.
//!
//! The table is the heart of the shield. Most lookups find nothing, and most of those end at the first thing that is
//! read: eight bytes of a sieve, in which every key has set two bits (of 50 hashes that are no key, 49 fall through it).
//! Then one word says where a row begins and the next where it ends; a row holds two keys on average, each with its
//! value beside it. Of a key the 32 bits are kept that do not choose its row. With the row 48 bits decide in a table of
//! 100,000 keys: of 100 million hashes that are no key one is taken for one with a chance of 1 in 20. Only the rule of a
//! host acts without another look at the address; at 15,000 lookups of hosts a day that is once in some 300 years.
//!
//! What is kept of hashes does not compress, and is what a package mostly consists of. That is why the sieve is not
//! written, whose marks are among the bits that are kept, nor where rows begin, but only how many keys each has: both are
//! made when a table is opened, in one walk.
//!
//! Layout, in words: bits, number of keys, number of bytes that tell the rows' sizes; those bytes, padded to a word; then
//! per key what is kept of it and the value. A size is the sum of bytes up to the first that is not 255.

/// Little-endian 32-bit words, read in place. Beyond the end everything is 0.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Words<'a>(pub(crate) &'a [u8]);

impl<'a> Words<'a> {
    #[inline(always)]
    pub(crate) fn get(self, i: usize) -> u32 {
        match self.0.get(i * 4..i * 4 + 4) {
            Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
            _ => 0,
        }
    }

    pub(crate) fn len(self) -> usize {
        self.0.len() / 4
    }

    /// The words from `from`, `count` of them; `None` if there are not so many.
    pub(crate) fn part(self, from: usize, count: usize) -> Option<Words<'a>> {
        self.0.get(from.checked_mul(4)?..from.checked_add(count)?.checked_mul(4)?).map(Words)
    }
}

/// A table from hashes to words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table<'a> {
    bits: u32,
    /// For every two rows the marks of their keys.
    sieve: Box<[u64]>,
    /// Where each row begins, and where the last ends.
    rows: Box<[u32]>,
    keys: Words<'a>,
}

/// Words of a key: what is kept of it, and the value.
const KEY: usize = 2;

impl<'a> Table<'a> {
    /// Opens a table at the beginning of the words, and makes its sieve.
    pub(crate) fn open(words: Words<'a>) -> Option<Table<'a>> {
        let (bits, count) = (words.get(0), words.get(1) as usize);
        if bits == 0 || bits > 24 || count > words.len() {
            return None;
        }
        let length = words.get(2) as usize;
        let mut sizes = words.part(3, length.div_ceil(4))?.0.get(..length)?.iter();
        let keys = words.part(3 + length.div_ceil(4), KEY * count)?;
        let size = 1usize << bits;
        let (mut sieve, mut rows) = (vec![0; size / 2], Vec::with_capacity(size + 1));
        let mut at = 0;
        for row in 0..size {
            rows.push(u32::try_from(at).ok()?);
            let mut left = 255;
            while left == 255 {
                left = *sizes.next()?;
                for _ in 0..left {
                    sieve[row / 2] |= marks(keys.get(KEY * at));
                    at += 1;
                }
            }
        }
        rows.push(u32::try_from(at).ok()?);
        (at == count).then(|| Table { bits, sieve: sieve.into(), rows: rows.into(), keys })
    }

    /// The word kept under a hash.
    #[inline(always)]
    pub(crate) fn find(&self, hash: u64) -> Option<u32> {
        let (row, wanted) = (row(hash, self.bits), kept(hash));
        let marks = marks(wanted);
        if self.sieve.get(row / 2)? & marks == marks { self.find_in(row, wanted) } else { None }
    }

    /// Out of the way of what is done for every word.
    #[inline(never)]
    fn find_in(&self, row: usize, wanted: u32) -> Option<u32> {
        let (from, to) = (*self.rows.get(row)? as usize, *self.rows.get(row + 1)? as usize);
        let run = self.keys.part(KEY * from, KEY * (to - from))?;
        (0..run.len() / KEY).find(|i| run.get(KEY * i) == wanted).map(|i| run.get(KEY * i + 1))
    }

    /// Writes a table; of two values for one key the first holds.
    pub(crate) fn write(mut pairs: Vec<(u64, u32)>) -> Vec<u32> {
        pairs.sort_by_key(|(hash, _)| *hash);
        pairs.dedup_by_key(|(hash, _)| *hash);
        let bits = (pairs.len() / 2).next_power_of_two().trailing_zeros().clamp(1, 24);
        let mut sizes = Vec::with_capacity(1 << bits);
        let mut rest = pairs.as_slice();
        for n in 0..1 << bits {
            let in_row = rest.partition_point(|(hash, _)| row(*hash, bits) == n);
            rest = &rest[in_row..];
            sizes.extend(std::iter::repeat_n(255, in_row / 255));
            sizes.push(u8::try_from(in_row % 255).unwrap_or(0));
        }
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let mut out = vec![bits, count(pairs.len()), count(sizes.len())];
        sizes.resize(sizes.len().next_multiple_of(4), 0);
        out.extend(sizes.as_chunks().0.iter().map(|word| u32::from_le_bytes(*word)));
        out.extend(pairs.iter().flat_map(|(hash, value)| [kept(*hash), *value]));
        out
    }
}

/// The row of a hash: its first bits, so that keys in order are rows in order.
#[inline(always)]
fn row(hash: u64, bits: u32) -> usize {
    (hash >> (64 - bits.max(1))) as usize
}

/// The two bits that a key has set in the sieve of its row, by what is kept of it; they may be one.
#[inline(always)]
fn marks(kept: u32) -> u64 {
    1 << (kept & 63) | 1 << (kept >> 6 & 63)
}

/// What is kept of a key: bits that [`row`] does not look at, in a table of up to 2^16 rows.
#[inline(always)]
#[allow(clippy::cast_possible_truncation, reason = "32 bits of the hash are meant")]
fn kept(hash: u64) -> u32 {
    (hash >> 16) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_found_and_nothing_else() {
        for n in [0u64, 1, 2, 3, 100, 5000] {
            let hash = |i: u64| crate::url::hash::step(crate::url::hash::seed(), i);
            let words = Table::write((0..n).map(|i| (hash(i), u32::try_from(i).unwrap_or(0) + 7)).collect());
            let bytes: Vec<u8> = words.iter().flat_map(|w| w.to_le_bytes()).collect();
            let table = Table::open(Words(&bytes)).expect("what was just written opens");
            assert!((0..n).all(|i| table.find(hash(i)) == u32::try_from(i + 7).ok()));
            assert!((n..n + 1000).all(|i| table.find(hash(i)).is_none()));
            assert!((0..words.len()).all(|end| Table::open(Words(&bytes[..4 * end])).is_none()));
        }
    }

    #[test]
    fn a_row_may_hold_any_number_of_keys() {
        for n in [254u64, 255, 256, 600] {
            // All with the same first bits.
            let words = Table::write((0..n).map(|i| (i << 16, u32::try_from(i).unwrap_or(0))).collect());
            let bytes: Vec<u8> = words.iter().flat_map(|w| w.to_le_bytes()).collect();
            let table = Table::open(Words(&bytes)).expect("what was just written opens");
            assert!((0..n).all(|i| table.find(i << 16) == u32::try_from(i).ok()));
        }
    }
}
