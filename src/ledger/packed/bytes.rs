//! What the stored form is made of: numbers of variable length, and parts with their length and checksum.
//!
//! A view of a year reads millions of these bytes, so the most common case is read first and at once. What they mean is not
//! known here.

/// Why a value cannot be read at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It was written by a later release, which knows what it means.
    Newer,
    /// Nothing of it can be read.
    Damaged,
}

/// FNV-1a: it finds damage, and is not meant against anybody.
fn checksum(bytes: &[u8]) -> u32 {
    let with = |sum: u32, byte: u32| (sum ^ byte).wrapping_mul(0x0100_0193);
    // Read by fours, since a view of a year checks millions of them.
    let (words, rest) = bytes.as_chunks();
    let of_words = words.iter().fold(0x811c_9dc5, |sum, word| {
        let word = u32::from_le_bytes(*word);
        with(with(with(with(sum, word & 0xff), word >> 8 & 0xff), word >> 16 & 0xff), word >> 24)
    });
    rest.iter().fold(of_words, |sum, byte| with(sum, u32::from(*byte)))
}

/// Puts a part with its length and checksum.
pub(super) fn sealed(out: &mut Vec<u8>, part: &[u8]) {
    put(out, part.len());
    out.extend_from_slice(&checksum(part).to_le_bytes());
    out.extend_from_slice(part);
}

/// The next part, or that it is damaged; none if it does not end.
pub(super) fn open<'a>(rest: &mut &'a [u8]) -> Option<Result<&'a [u8], Unreadable>> {
    part(rest).map(|(sum, part)| whole(sum, part))
}

/// The next part behind its checksum; none if it does not end.
pub(super) fn part<'a>(rest: &mut &'a [u8]) -> Option<(&'a [u8], &'a [u8])> {
    let len = take(rest)?;
    let (sum, after) = rest.split_at_checked(4)?;
    let (part, after) = after.split_at_checked(len)?;
    *rest = after;
    Some((sum, part))
}

pub(super) fn whole<'a>(sum: &[u8], part: &'a [u8]) -> Result<&'a [u8], Unreadable> {
    if checksum(part).to_le_bytes() == sum { Ok(part) } else { Err(Unreadable::Damaged) }
}

pub(super) fn put(out: &mut Vec<u8>, mut number: usize) {
    while number > 0x7f {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

pub(super) fn step(out: &mut Vec<u8>, before: &mut usize, number: usize) {
    put(out, number - *before);
    *before = number;
}

pub(super) fn take(rest: &mut &[u8]) -> Option<usize> {
    let mut number = 0u64;
    for shift in (0..35).step_by(7) {
        let (byte, after) = rest.split_first()?;
        *rest = after;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return usize::try_from(number).ok();
        }
    }
    None
}

pub(super) fn count(rest: &mut &[u8]) -> Option<u32> {
    u32::try_from(take(rest)?).ok()
}

pub(super) fn counts(rest: &mut &[u8]) -> Option<[u32; 4]> {
    Some([count(rest)?, count(rest)?, count(rest)?, count(rest)?])
}

/// A company's step and counts. Of most of them each takes a byte, and then all are read at once.
pub(super) fn five(rest: &mut &[u8]) -> Option<[u32; 5]> {
    if let Some(([step, a, b, c, d], after)) = rest.split_first_chunk()
        && (step | a | b | c | d) < 0x80
    {
        *rest = after;
        return Some([step, a, b, c, d].map(|byte| u32::from(*byte)));
    }
    let step = count(rest)?;
    let [a, b, c, d] = counts(rest)?;
    Some([step, a, b, c, d])
}
