//! Words known by their hashes: which number has this word?
//!
//! The upper bits of a hash choose a bucket, and only the sixteen bits below them are kept, so that a word costs two
//! bytes. The build takes as many bits for buckets as it needs to tell all its words apart; a word that nobody wrote
//! down is taken for a known one about once in a hundred thousand times, and a phrase needs several words in a row.
//!
//! What it deliberately does not do: hold the words themselves.

use super::packed::Packed;

/// The lower part of a hash, as it is kept.
const REST: u32 = 16;

/// All words of one table, numbered in the order of their hashes.
#[derive(Clone, Debug, Default)]
pub(super) struct Lexicon {
    /// So many upper bits choose a bucket, 1 to 16.
    bits: u32,
    /// Where each bucket's words begin, and behind the last where they end.
    starts: Vec<u16>,
    rests: Vec<u16>,
}

impl Lexicon {
    /// Reads what [`write`] wrote.
    pub(super) fn read(from: &mut Packed<'_>) -> Option<Lexicon> {
        let bits = u32::from(from.byte()?);
        if !(1..=REST).contains(&bits) {
            return None;
        }
        let mut starts = vec![0u16];
        let mut sum = 0u16;
        for count in from.take(1 << bits)? {
            sum = sum.checked_add(u16::from(*count))?;
            starts.push(sum);
        }
        Some(Lexicon { bits, starts, rests: from.shorts(usize::from(sum))? })
    }

    /// How many words it has.
    pub(super) fn len(&self) -> usize {
        self.rests.len()
    }

    /// Tells of every word as much of its hash as is kept, the bits below that unset.
    pub(super) fn each(&self, mut tell: impl FnMut(u32)) {
        for (bucket, ends) in self.starts.windows(2).enumerate() {
            // There are at most 2^16 buckets.
            let head = (bucket as u32) << (32 - self.bits);
            for rest in self.rests.get(usize::from(ends[0])..usize::from(ends[1])).unwrap_or_default() {
                tell(head | u32::from(*rest) << (REST - self.bits));
            }
        }
    }

    /// The lower bits of a hash, which are not kept.
    pub(super) fn lost(&self) -> u32 {
        (1 << (REST - self.bits)) - 1
    }

    /// The number of the word with this hash.
    pub(super) fn find(&self, hash: u32) -> Option<u16> {
        let bucket = hash.checked_shr(32 - self.bits)? as usize;
        let (from, to) = (*self.starts.get(bucket)?, *self.starts.get(bucket + 1)?);
        let rest = rest_of(hash, self.bits);
        let bucket = self.rests.get(usize::from(from)..usize::from(to))?;
        // A bucket's words are some of the 65,536 that there are at most.
        bucket.iter().position(|other| *other == rest).map(|at| from + at as u16)
    }
}

/// The sixteen bits below those of the bucket.
fn rest_of(hash: u32, bits: u32) -> u16 {
    ((hash >> (REST - bits)) & 0xffff) as u16
}

/// Writes the table of these hashes, ascending and each there once; a word's number is its place among them.
#[cfg(feature = "authoring")]
pub(super) fn write(hashes: &[u32]) -> Vec<u8> {
    let key = |bits: u32| move |hash: &u32| (hash >> (32 - bits), rest_of(*hash, bits));
    let is_told_apart = |bits: u32| !hashes.windows(2).any(|two| key(bits)(&two[0]) == key(bits)(&two[1]));
    // Four words a bucket: fewer cost bytes for empty ones, more cost time.
    let least = (hashes.len() / 4).checked_ilog2().unwrap_or(0).clamp(1, REST);
    let bits = (least..REST).find(|bits| is_told_apart(*bits)).unwrap_or(REST);
    let mut counts = vec![0u8; 1 << bits];
    for hash in hashes {
        if let Some(count) = counts.get_mut((hash >> (32 - bits)) as usize) {
            *count = count.saturating_add(1);
        }
    }
    let rests = hashes.iter().flat_map(|hash| rest_of(*hash, bits).to_le_bytes());
    std::iter::once(bits as u8).chain(counts.iter().copied()).chain(rests).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::hash_of;

    fn hashes(words: usize) -> Vec<u32> {
        let mut hashes: Vec<u32> = (0..words).map(|n| hash_of(n.to_string().as_bytes())).collect();
        hashes.sort_unstable();
        hashes.dedup();
        hashes
    }

    #[test]
    fn every_word_has_its_number_and_others_have_none() {
        for words in [0, 1, 3, 700, 9000] {
            let hashes = hashes(words);
            let bytes = write(&hashes);
            let lexicon = Lexicon::read(&mut Packed::of(&bytes)).expect("as just written");
            assert_eq!(lexicon.len(), hashes.len());
            for (number, hash) in hashes.iter().enumerate() {
                assert_eq!(lexicon.find(*hash).map(usize::from), Some(number));
            }
            let strangers = (0..10_000).filter(|n| lexicon.find(hash_of(format!("x{n}").as_bytes())).is_some()).count();
            assert!(strangers < 10, "{strangers} of 10000 unknown words are taken for one of {words}");
        }
    }

    #[test]
    fn what_is_cut_off_is_not_read() {
        let bytes = write(&hashes(300));
        for cut in 0..bytes.len() {
            assert!(Lexicon::read(&mut Packed::of(&bytes[..cut])).is_none(), "cut at {cut}");
        }
    }
}
