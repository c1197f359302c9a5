//! Two small forms that are read in place: words, and a table from 64-bit hashes to words.
//!
//! The table is the heart of the shield. Most lookups find nothing, and most of those end at the first thing that is
//! read: eight bytes of a sieve, in which every key has set two bits (of 50 hashes that are no key, 49 fall through it).
//! Then one word says where a row begins and the next where it ends; a row holds two keys on average, each with its
//! value beside it. Of a key the 32 bits are kept that neither choose its row nor its marks in the sieve. With the row 48
//! bits decide in a table of 100,000 keys, behind the sieve: of 100 million hashes that are no key one is taken for one with
//! a chance of 1 in 1,000. What is kept of hashes does not compress, and is what a package mostly consists of.
//!
//! Layout, in words: bits, number of keys, the sieve (two words for every two rows), `2^bits + 1` row starts, then per key
//! what is kept of it and the value.

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

    /// The n-th pair of words as one.
    #[inline(always)]
    pub(crate) fn pair(self, n: usize) -> u64 {
        match self.0.get(n * 8..n * 8 + 8).and_then(<[u8]>::first_chunk) {
            Some(bytes) => u64::from_le_bytes(*bytes),
            None => 0,
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
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Table<'a> {
    bits: u32,
    sieve: Words<'a>,
    rows: Words<'a>,
    keys: Words<'a>,
}

/// Words of a key: what is kept of it, and the value.
const KEY: usize = 2;

impl<'a> Table<'a> {
    /// Opens a table at the beginning of the words; returns it and how many words it took.
    pub(crate) fn open(words: Words<'a>) -> Option<(Table<'a>, usize)> {
        let (bits, count) = (words.get(0), words.get(1) as usize);
        if bits == 0 || bits > 24 || count > words.len() {
            return None;
        }
        let rows = 1usize << bits;
        let keys = 2 + rows + rows + 1;
        let table = Table {
            bits,
            sieve: words.part(2, rows)?,
            rows: words.part(2 + rows, rows + 1)?,
            keys: words.part(keys, KEY * count)?,
        };
        // A row must end where keys end; between the rows it is enough that reading beyond gives 0.
        (table.rows.get(rows) as usize == count).then_some((table, keys + KEY * count))
    }

    /// The word kept under a hash.
    #[inline(always)]
    pub(crate) fn find(&self, hash: u64) -> Option<u32> {
        let row = row(hash, self.bits);
        let marks = marks(hash);
        if self.sieve.pair(row / 2) & marks == marks { self.find_in(row, hash) } else { None }
    }

    /// Out of the way of what is done for every word.
    #[inline(never)]
    fn find_in(&self, row: usize, hash: u64) -> Option<u32> {
        let wanted = kept(hash);
        let (from, to) = (self.rows.get(row) as usize, self.rows.get(row + 1) as usize);
        let run = self.keys.part(KEY * from, KEY * to.saturating_sub(from))?;
        (0..run.len() / KEY).find(|i| run.get(KEY * i) == wanted).map(|i| run.get(KEY * i + 1))
    }

    /// Writes a table; of two values for one key the first holds.
    pub(crate) fn write(mut pairs: Vec<(u64, u32)>) -> Vec<u32> {
        pairs.sort_by_key(|(hash, _)| *hash);
        pairs.dedup_by_key(|(hash, _)| *hash);
        let bits = (pairs.len() / 2).next_power_of_two().trailing_zeros().clamp(1, 24);
        let mut sieve = vec![0u64; (1 << bits) / 2];
        let mut rows = vec![0u32; (1 << bits) + 1];
        for (hash, _) in &pairs {
            sieve[row(*hash, bits) / 2] |= marks(*hash);
            rows[row(*hash, bits) + 1] += 1;
        }
        for i in 1..rows.len() {
            rows[i] += rows[i - 1];
        }
        let mut out = vec![bits, u32::try_from(pairs.len()).unwrap_or(u32::MAX)];
        out.extend(sieve.iter().flat_map(|marks| halves(*marks)));
        out.extend(rows);
        out.extend(pairs.iter().flat_map(|(hash, value)| [kept(*hash), *value]));
        out
    }
}

/// The row of a hash: its first bits, so that keys in order are rows in order.
#[inline(always)]
fn row(hash: u64, bits: u32) -> usize {
    (hash >> (64 - bits.max(1))) as usize
}

/// The two bits that a key has set in the sieve of its row; they may be one.
#[inline(always)]
fn marks(hash: u64) -> u64 {
    1 << (hash & 63) | 1 << (hash >> 6 & 63)
}

/// What is kept of a key: bits that [`row`] does not look at (in a table of up to 2^16 rows), nor [`marks`].
#[inline(always)]
#[allow(clippy::cast_possible_truncation, reason = "32 bits of the hash are meant")]
fn kept(hash: u64) -> u32 {
    (hash >> 16) as u32
}

/// Two words that [`Words::pair`] reads as one.
#[allow(clippy::cast_possible_truncation, reason = "the two halves are meant")]
fn halves(marks: u64) -> [u32; 2] {
    [marks as u32, (marks >> 32) as u32]
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
            let (table, used) = Table::open(Words(&bytes)).expect("what was just written opens");
            assert_eq!(used, words.len());
            assert!((0..n).all(|i| table.find(hash(i)) == u32::try_from(i + 7).ok()));
            assert!((n..n + 1000).all(|i| table.find(hash(i)).is_none()));
        }
    }
}
