//! Two small forms that are read in place: words, and a table from 64-bit hashes to words.
//!
//! The table is the heart of the shield. Most lookups find nothing, so the first thing a lookup reads is one word that
//! says where a row begins and ends; a row holds two keys on average, and a key is compared in two halves. With 64 bits
//! kept of every key, a wrong hit would need 2^64 tries; the builder proves that the list's own keys do not collide.
//!
//! Layout, in words: bits, number of keys, `2^bits + 1` row starts, first halves, second halves, values.

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
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Table<'a> {
    bits: u32,
    rows: Words<'a>,
    first: Words<'a>,
    second: Words<'a>,
    values: Words<'a>,
}

impl<'a> Table<'a> {
    /// Opens a table at the beginning of the words; returns it and how many words it took.
    pub(crate) fn open(words: Words<'a>) -> Option<(Table<'a>, usize)> {
        let (bits, count) = (words.get(0), words.get(1) as usize);
        if bits == 0 || bits > 24 || count > words.len() {
            return None;
        }
        let rows = (1usize << bits) + 1;
        let part = |i: usize| words.part(2 + rows + i * count, count);
        let table = Table { bits, rows: words.part(2, rows)?, first: part(0)?, second: part(1)?, values: part(2)? };
        // A row must end where keys end; between the rows it is enough that reading beyond gives 0.
        (table.rows.get(rows - 1) as usize == count).then_some((table, 2 + rows + 3 * count))
    }

    /// The word kept under a hash.
    #[inline]
    pub(crate) fn find(&self, hash: u64) -> Option<u32> {
        let row = (hash >> (64 - self.bits.max(1))) as usize;
        let (first, second) = halves(hash);
        let (from, to) = (self.rows.get(row) as usize, self.rows.get(row + 1) as usize);
        for i in from..to.min(self.first.len()) {
            if self.first.get(i) == first && self.second.get(i) == second {
                return Some(self.values.get(i));
            }
        }
        None
    }

    /// Writes a table; of two values for one key the first is kept.
    pub(crate) fn write(mut pairs: Vec<(u64, u32)>) -> Vec<u32> {
        pairs.sort_by_key(|(hash, _)| *hash);
        pairs.dedup_by_key(|(hash, _)| *hash);
        let bits = (pairs.len() / 2).next_power_of_two().trailing_zeros().clamp(1, 24);
        let mut rows = vec![0u32; (1 << bits) + 1];
        for (hash, _) in &pairs {
            rows[(hash >> (64 - bits)) as usize + 1] += 1;
        }
        for i in 1..rows.len() {
            rows[i] += rows[i - 1];
        }
        let count = u32::try_from(pairs.len()).unwrap_or(u32::MAX);
        let mut out = vec![bits, count];
        out.extend(rows);
        out.extend(pairs.iter().map(|(hash, _)| halves(*hash).0));
        out.extend(pairs.iter().map(|(hash, _)| halves(*hash).1));
        out.extend(pairs.iter().map(|(_, value)| value));
        out
    }
}

#[inline(always)]
#[allow(clippy::cast_possible_truncation, reason = "the two halves of a hash are meant")]
fn halves(hash: u64) -> (u32, u32) {
    (hash as u32, (hash >> 32) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_found_and_nothing_else() {
        for n in [0u64, 1, 2, 3, 100, 5000] {
            let hash = |i: u64| crate::url::mix(i.wrapping_mul(0x9e37_79b9));
            let words = Table::write((0..n).map(|i| (hash(i), u32::try_from(i).unwrap_or(0) + 7)).collect());
            let bytes: Vec<u8> = words.iter().flat_map(|w| w.to_le_bytes()).collect();
            let (table, used) = Table::open(Words(&bytes)).expect("what was just written opens");
            assert_eq!(used, words.len());
            assert!((0..n).all(|i| table.find(hash(i)) == u32::try_from(i + 7).ok()));
            assert!((n..n + 1000).all(|i| table.find(hash(i)).is_none()));
        }
    }
}
