//! The bundle of data that a core loads: named sections behind a magic, a version and a checksum, read in place.
//!
//! A pack is made by the build and shipped beside the wasm, so damage to it is our own fault and fails loudly at the
//! door ([`Pack::open`]); after that nothing is checked again and nothing is copied. The sections' inner forms belong
//! to whoever reads them. What it deliberately does not do: compress (the store's zip does), or migrate: a stale pack
//! is rebuilt, never guessed at.

use std::fmt;

/// The first eight bytes of every pack.
const MAGIC: [u8; 8] = *b"PLAINSGT";
/// Raised with every change of this layout or of any section's.
const VERSION: u32 = 6;
/// Magic, version, number of sections, checksum of that number and of all that follows.
const HEADER: usize = 8 + 4 + 4 + 8;
/// A name of at most 24 bytes, padded with zeros, then offset and length.
const ENTRY: usize = 24 + 4 + 4;
/// Sections start at multiples of this, so that tables of 32- and 64-bit numbers can be read in place.
const ALIGN: usize = 8;

/// Why a pack was turned away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackError {
    /// It is shorter than its own tables say, or does not start with the magic.
    NotAPack,
    /// It was made for another version of this layout.
    Version(u32),
    /// The checksum does not fit: it was damaged.
    Checksum,
    /// A section that is asked for is not in it.
    Missing(&'static str),
    /// A section is there, but its inside does not hold together.
    Section(&'static str),
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PackError::NotAPack => write!(f, "these bytes are not a Plainsight pack"),
            PackError::Version(v) => {
                write!(f, "this pack has version {v}, the core reads version {VERSION}: build again")
            }
            PackError::Checksum => write!(f, "this pack is damaged: its checksum does not fit"),
            PackError::Missing(name) => write!(f, "this pack has no section {name:?}: build again"),
            PackError::Section(name) => {
                write!(f, "the section {name:?} of this pack does not hold together: build again")
            }
        }
    }
}

impl std::error::Error for PackError {}

/// A pack whose header and checksum were found good; borrows the bytes it was opened on.
#[derive(Clone, Copy, Debug)]
pub struct Pack<'a> {
    bytes: &'a [u8],
}

impl<'a> Pack<'a> {
    /// Opens a pack, checking magic, version, checksum and that every section lies inside.
    ///
    /// # Errors
    /// Says which of them did not hold.
    pub fn open(bytes: &'a [u8]) -> Result<Pack<'a>, PackError> {
        let header = bytes.get(..HEADER).ok_or(PackError::NotAPack)?;
        if header[..8] != MAGIC {
            return Err(PackError::NotAPack);
        }
        let version = u32_at(bytes, 8).ok_or(PackError::NotAPack)?;
        if version != VERSION {
            return Err(PackError::Version(version));
        }
        let sections = u32_at(bytes, 12).ok_or(PackError::NotAPack)?;
        let wanted =
            bytes.get(16..24).and_then(|b| b.try_into().ok()).map(u64::from_le_bytes).ok_or(PackError::NotAPack)?;
        if wanted != checksum(sections, &bytes[HEADER..]) {
            return Err(PackError::Checksum);
        }
        let pack = Pack { bytes };
        let whole = (0..pack.len()).all(|i| pack.entry(i).is_some_and(|(_, section)| section.is_some()));
        if whole { Ok(pack) } else { Err(PackError::NotAPack) }
    }

    /// The section of that name.
    ///
    /// # Errors
    /// [`PackError::Missing`] if there is none.
    pub fn section(&self, name: &'static str) -> Result<&'a [u8], PackError> {
        (0..self.len())
            .filter_map(|i| self.entry(i))
            .find(|(n, _)| *n == name.as_bytes())
            .and_then(|(_, section)| section)
            .ok_or(PackError::Missing(name))
    }

    /// All sections, name and bytes, in their order. A name that is no text is none of ours and left out.
    pub fn sections(&self) -> impl Iterator<Item = (&'a str, &'a [u8])> {
        let entries = (0..self.len()).filter_map(|i| self.entry(i));
        entries.filter_map(|(name, section)| Some((std::str::from_utf8(name).ok()?, section?)))
    }

    fn len(&self) -> usize {
        u32_at(self.bytes, 12).unwrap_or(0) as usize
    }

    fn entry(&self, i: usize) -> Option<(&'a [u8], Option<&'a [u8]>)> {
        let at = HEADER.checked_add(i.checked_mul(ENTRY)?)?;
        let name = self.bytes.get(at..at + 24)?;
        let name = name.split(|b| *b == 0).next().unwrap_or(name);
        let from = u32_at(self.bytes, at + 24)? as usize;
        let to = from.checked_add(u32_at(self.bytes, at + 28)? as usize)?;
        Some((name, self.bytes.get(from..to)))
    }
}

/// Writes a pack of these sections (name, bytes). Names longer than 24 bytes are cut, which [`Pack::section`] would
/// then not find: they are constants of ours, and the build opens what it wrote.
pub fn write(sections: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut table = Vec::new();
    let mut body = Vec::new();
    let start = HEADER + sections.len() * ENTRY;
    for (name, bytes) in sections {
        while !(start + body.len()).is_multiple_of(ALIGN) {
            body.push(0);
        }
        let mut padded = [0u8; 24];
        let n = name.len().min(24);
        padded[..n].copy_from_slice(&name.as_bytes()[..n]);
        table.extend_from_slice(&padded);
        table.extend_from_slice(&to_u32(start + body.len()).to_le_bytes());
        table.extend_from_slice(&to_u32(bytes.len()).to_le_bytes());
        body.extend_from_slice(bytes);
    }
    table.extend_from_slice(&body);
    let mut out = Vec::with_capacity(HEADER + table.len());
    out.extend_from_slice(&MAGIC);
    out.extend_from_slice(&VERSION.to_le_bytes());
    let many = to_u32(sections.len());
    out.extend_from_slice(&many.to_le_bytes());
    out.extend_from_slice(&checksum(many, &table).to_le_bytes());
    out.extend_from_slice(&table);
    out
}

/// A pack of 4 GB is a mistake of the build; saturating makes `Pack::open` refuse it.
fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

/// FNV-1a over eight bytes at a time, in four lanes that need not wait for each other's product: it is to find damage,
/// not malice, and is paid at every cold start.
fn checksum(sections: u32, bytes: &[u8]) -> u64 {
    let mut lanes = [START, START ^ 1, START ^ 2, START ^ 3];
    let (blocks, rest) = bytes.as_chunks::<32>();
    for block in blocks {
        let (words, _) = block.as_chunks::<8>();
        for (lane, word) in lanes.iter_mut().zip(words) {
            *lane = step(*lane, u64::from_le_bytes(*word));
        }
    }
    let hash = lanes.into_iter().fold(START, step);
    rest.iter().fold(hash, |hash, byte| step(hash, u64::from(*byte))) ^ bytes.len() as u64 ^ u64::from(sections) << 32
}

/// FNV-1a's offset basis and prime for 64 bits.
const START: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// The upper bits come down again, for a product carries only upwards.
fn step(hash: u64, word: u64) -> u64 {
    let hash = (hash ^ word).wrapping_mul(PRIME);
    hash ^ (hash >> 29)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Vec<u8> {
        write(&[("sites", b"one".to_vec()), ("signals", vec![7; 100]), ("empty", vec![])])
    }

    #[test]
    fn sections_come_back_aligned_and_whole() {
        let bytes = sample();
        let pack = Pack::open(&bytes).expect("a fresh pack opens");
        assert_eq!(pack.section("sites"), Ok(&b"one"[..]));
        assert_eq!(pack.section("signals"), Ok(&[7u8; 100][..]));
        assert_eq!(pack.section("empty"), Ok(&[][..]));
        assert_eq!(pack.section("other"), Err(PackError::Missing("other")));
        let offset = pack.section("signals").expect("there").as_ptr() as usize - bytes.as_ptr() as usize;
        assert_eq!(offset % ALIGN, 0);
    }

    #[test]
    fn every_flipped_byte_and_every_cut_is_refused() {
        let bytes = sample();
        for i in 0..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[i] ^= 0x40;
            assert!(Pack::open(&damaged).is_err(), "byte {i} was flipped and the pack still opened");
            assert!(Pack::open(&bytes[..i]).is_err(), "the pack was cut at {i} and still opened");
        }
    }
}
