//! How tables of the pack are written small: bytes, shorts, and numbers that take as many bytes as they need.
//!
//! What is written so is read once, from the front, into tables that are quick to ask. Every read is checked: whatever
//! the bytes hold, it ends, with nothing where something is missing. What it deliberately does not do: know what the
//! numbers mean.

/// Bytes that are read from the front.
#[derive(Clone, Copy, Debug)]
pub(super) struct Packed<'a> {
    rest: &'a [u8],
}

impl<'a> Packed<'a> {
    pub(super) fn of(rest: &'a [u8]) -> Packed<'a> {
        Packed { rest }
    }

    /// So many bytes.
    pub(super) fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(taken)
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|taken| taken[0])
    }

    /// So many shorts, little-endian.
    pub(super) fn shorts(&mut self, count: usize) -> Option<Vec<u16>> {
        let (pairs, _) = self.take(count.checked_mul(2)?)?.as_chunks::<2>();
        Some(pairs.iter().map(|pair| u16::from_le_bytes(*pair)).collect())
    }

    /// A number, seven bits a byte, the lowest first; a set upper bit says that more follow.
    pub(super) fn number(&mut self) -> Option<usize> {
        let mut number = 0;
        for shift in [0, 7, 14, 21] {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }
}

/// Writes what [`Packed::number`] reads; of a number that needs more than 28 bits, the lowest.
#[cfg(feature = "authoring")]
pub(super) fn put_number(out: &mut Vec<u8>, number: usize) {
    let mut rest = number & 0xfff_ffff;
    while rest >= 0x80 {
        out.push(0x80 | low(rest & 0x7f));
        rest >>= 7;
    }
    out.push(low(rest));
}

#[cfg(feature = "authoring")]
fn low(number: usize) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_and_a_cut_one_does_not() {
        for number in [0, 1, 127, 128, 300, 65_535, 0xfff_ffff] {
            let mut bytes = Vec::new();
            put_number(&mut bytes, number);
            let mut packed = Packed::of(&bytes);
            assert_eq!(packed.number(), Some(number));
            assert!(packed.is_empty());
            assert_eq!(Packed::of(&bytes[..bytes.len() - 1]).number(), None);
        }
        assert_eq!(Packed::of(&[0xff; 9]).number(), None, "a number has an end");
    }
}
