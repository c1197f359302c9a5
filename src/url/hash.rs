//! Eight bytes at a time: lower case, hashes, and where a word ends.
//!
//! Every request is hashed word by word and label by label, so this is where most of the time would go. A 64-bit number
//! holds eight letters, and arithmetic on it treats them all at once; letters that are not ASCII stay as they are.
//! Case does not matter to any hash. Words of eight letters or fewer never share a hash: each step can be undone.
//!
//! What it deliberately does not do: resist somebody who looks for collisions. A list that wants to stop a host may name it.

/// The top bit of every byte.
const TOPS: u64 = 0x8080_8080_8080_8080;
/// One in every byte.
const ONES: u64 = 0x0101_0101_0101_0101;
/// Where every hash begins: the fraction of the golden ratio.
const SEED: u64 = 0x9e37_79b9_7f4a_7c15;

/// The top bit of every byte that is an ASCII one and not below `from`.
#[inline(always)]
fn at_least(eight: u64, from: u8) -> u64 {
    // Without their top bits no byte can carry into the next.
    (eight & !TOPS).wrapping_add(ONES * u64::from(0x80 - from)) & !eight & TOPS
}

/// Eight bytes in lower case.
#[inline(always)]
pub(crate) fn lower(eight: u64) -> u64 {
    let capitals = at_least(eight, b'A') & !at_least(eight, b'Z' + 1);
    eight | capitals >> 2
}

/// How many of eight bytes in lower case, from the first on, are ASCII letters and digits.
#[inline(always)]
pub(crate) fn leading_word(eight: u64) -> usize {
    let digits = at_least(eight, b'0') & !at_least(eight, b'9' + 1);
    let letters = at_least(eight, b'a') & !at_least(eight, b'z' + 1);
    (!(digits | letters) & TOPS).trailing_zeros() as usize / 8
}

/// A hash before its first eight.
pub(crate) const fn seed() -> u64 {
    SEED
}

/// A hash with up to eight bytes more, zeros behind them.
#[inline(always)]
pub(crate) fn step(hash: u64, eight: u64) -> u64 {
    let hash = (hash ^ eight).wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^ hash >> 32
}

/// The first `count` (1 to 8) of eight bytes, zeros behind them.
#[inline(always)]
pub(crate) fn first(eight: u64, count: usize) -> u64 {
    eight & u64::MAX >> (64 - 8 * count)
}

/// The hash of a run of bytes.
#[inline]
pub(crate) fn of(bytes: &[u8]) -> u64 {
    let (eights, rest) = bytes.as_chunks::<8>();
    let hash = eights.iter().fold(SEED, |hash, eight| step(hash, lower(u64::from_le_bytes(*eight))));
    if rest.is_empty() {
        return hash;
    }
    let last = match bytes.last_chunk::<8>() {
        // The last eight overlap the ones before; what was counted is shifted out.
        Some(eight) => u64::from_le_bytes(*eight) >> (64 - 8 * rest.len()),
        None => rest.iter().rev().fold(0, |last, b| last << 8 | u64::from(*b)),
    };
    step(hash, lower(last))
}

/// Text in lower case, with at least eight zeros behind it so that eight bytes can be read at any place. It is filled
/// again and again, and keeps its memory.
#[derive(Clone, Debug, Default)]
pub(crate) struct Folded {
    eights: Vec<[u8; 8]>,
    len: usize,
}

impl Folded {
    /// Takes another text.
    pub(crate) fn fill(&mut self, text: &[u8]) {
        let folded = |eight: &[u8; 8]| lower(u64::from_le_bytes(*eight)).to_le_bytes();
        let (eights, rest) = text.as_chunks::<8>();
        self.eights.clear();
        self.eights.extend(eights.iter().map(folded));
        let mut last = [0; 8];
        last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        self.eights.extend([folded(&last), [0; 8]]);
        self.len = text.len();
    }

    /// The text.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.eights.as_flattened().get(..self.len).unwrap_or(&[])
    }

    /// Shows every word (a run of ASCII letters and digits) with its hash and where it begins.
    #[inline]
    pub(crate) fn words(&self, mut show: impl FnMut(u64, usize)) {
        let padded = self.eights.as_flattened();
        let eight_at = |at: usize| match padded.get(at..at + 8).and_then(<[u8]>::first_chunk) {
            Some(eight) => u64::from_le_bytes(*eight),
            None => 0,
        };
        let mut at = 0;
        while at < self.len {
            let mut eight = eight_at(at);
            let mut count = leading_word(eight);
            let from = at;
            let mut hash = SEED;
            while count > 0 {
                hash = step(hash, first(eight, count));
                at += count;
                if count < 8 {
                    break;
                }
                eight = eight_at(at);
                count = leading_word(eight);
            }
            if at > from {
                show(hash, from);
            }
            // What stands behind a word, or where none began, is no letter of one.
            at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_bytes_are_what_each_of_them_is() {
        for byte in 0..=255u8 {
            for place in 0..8 {
                let eight = u64::from_le_bytes(std::array::from_fn(|i| if i == place { byte } else { b'a' }));
                let folded = lower(eight).to_le_bytes();
                assert_eq!(folded[place], byte.to_ascii_lowercase());
                let is_word = byte.to_ascii_lowercase().is_ascii_alphanumeric();
                assert_eq!(leading_word(lower(eight)), if is_word { 8 } else { place }, "{byte} at {place}");
            }
        }
    }

    #[test]
    fn words_have_the_hash_of_their_letters_wherever_they_stand() {
        let text = "HTTPS://a.exämple.co.uk/abcdefgh/abcdefghi-abcdefghijklmnop?x=1&&abcdefghijklmnopq";
        let mut folded = Folded::default();
        for cut in 0..text.len() {
            let Some(text) = text.get(cut..) else { continue };
            folded.fill(text.as_bytes());
            assert_eq!(folded.bytes(), text.to_ascii_lowercase().as_bytes());
            let mut found = Vec::new();
            folded.words(|hash, at| found.push((hash, at)));
            let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
            let place = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
            let want: Vec<_> = words.map(|word| (of(word.as_bytes()), place(word))).collect();
            assert_eq!(found, want, "{text}");
        }
    }
}
