//! The public suffixes, as a table read in place: under which endings do people register names of their own?
//!
//! `a.example.co.uk` and `b.example.co.uk` are one party, `a.co.uk` and `b.co.uk` are two; only the Public Suffix List
//! (<https://publicsuffix.org>, MPL-2.0) knows. The build turns its text into a section of the pack with
//! [`Suffixes::write`]; private suffixes (`github.io`) count, as they do in both browsers.
//!
//! The names themselves are kept, not only their hashes, so that an answer is never wrong by accident. Layout, in
//! little-endian 32-bit words: bits, number of names, where each of the `2^bits + 1` rows begins, then per name
//! (offset << 2 | kind); after them the names, each with its length before it.

use super::{host_hash, labels, to_ascii};

const NAME: u32 = 0;
const STAR: u32 = 1;
const EXCEPTION: u32 = 2;

/// The table of public suffixes; borrows the section it was opened on.
#[derive(Clone, Copy, Debug)]
pub struct Suffixes<'a> {
    rows: &'a [u8],
    names: &'a [u8],
    texts: &'a [u8],
    bits: u32,
}

impl<'a> Suffixes<'a> {
    /// Opens a section; `None` if it is shorter than its own numbers say.
    pub fn open(bytes: &'a [u8]) -> Option<Suffixes<'a>> {
        let (bits, count) = (word(bytes, 0)?, word(bytes, 1)? as usize);
        if bits > 20 {
            return None;
        }
        let rows = 8 + 4 * ((1usize << bits) + 1);
        let names = rows.checked_add(count.checked_mul(4)?)?;
        Some(Suffixes { rows: bytes.get(8..rows)?, names: bytes.get(rows..names)?, texts: bytes.get(names..)?, bits })
    }

    /// No suffixes at all: every last label is one.
    pub fn none() -> Suffixes<'static> {
        Suffixes { rows: &[], names: &[], texts: &[], bits: 0 }
    }

    /// The part of a host that was registered: `example.co.uk` of `a.b.example.co.uk`. A host that is itself a suffix,
    /// a single word or a number is its own.
    pub fn domain<'h>(&self, host: &'h str) -> &'h str {
        if super::is_ip(host) {
            return host;
        }
        &host[self.domain_start(host)..]
    }

    /// The public suffix of a host: `co.uk`. Empty for numbers and hosts without a dot that are not suffixes.
    pub fn suffix<'h>(&self, host: &'h str) -> &'h str {
        let domain = self.domain(host);
        if super::is_ip(host) { "" } else { domain.split_once('.').map_or("", |(_, suffix)| suffix) }
    }

    /// Returns true if and only if the two hosts belong to different registrations. An empty host is nobody's.
    pub fn is_third_party(&self, a: &str, b: &str) -> bool {
        if a.eq_ignore_ascii_case(b) {
            return a.is_empty();
        }
        !self.domain(a).eq_ignore_ascii_case(self.domain(b))
    }

    /// Walks from the right; the longest rule wins, an exception before all.
    fn domain_start(&self, host: &str) -> usize {
        let mut start = 0;
        // How many labels the domain must still gain: the default rule is `*`, one label of suffix.
        let mut star = true;
        let mut suffix_found = false;
        for (at, hash) in labels(host) {
            if suffix_found {
                start = at;
                suffix_found = false;
            }
            let kinds = self.kinds(&host[at..], hash);
            if kinds & (1 << EXCEPTION) != 0 {
                return at;
            }
            if kinds & (1 << NAME) != 0 || star {
                suffix_found = true;
                start = 0;
            }
            star = kinds & (1 << STAR) != 0;
        }
        start
    }

    /// Which kinds of rule there are for exactly this name, as bits.
    fn kinds(&self, name: &str, hash: u64) -> u32 {
        if self.rows.is_empty() {
            return 0;
        }
        let row = row(hash, self.bits);
        let (from, to) = (word(self.rows, row).unwrap_or(0), word(self.rows, row + 1).unwrap_or(0));
        let mut found = 0;
        for i in from..to {
            let Some(entry) = word(self.names, i as usize) else { break };
            let at = (entry >> 2) as usize;
            let text = self.texts.get(at).and_then(|len| self.texts.get(at + 1..at + 1 + usize::from(*len)));
            if text.is_some_and(|text| text.eq_ignore_ascii_case(name.as_bytes())) {
                found |= 1 << (entry & 3);
            }
        }
        found
    }

    /// Makes the section from the list's own text.
    pub fn write(list: &str) -> Vec<u8> {
        let mut names: Vec<(String, u32)> = list
            .lines()
            .filter_map(|line| line.split_whitespace().next())
            .filter(|line| !line.starts_with("//"))
            .map(|line| match (line.strip_prefix("*."), line.strip_prefix('!')) {
                (Some(name), _) => (to_ascii(name), STAR),
                (_, Some(name)) => (to_ascii(name), EXCEPTION),
                _ => (to_ascii(line), NAME),
            })
            .filter(|(name, _)| name.len() < 256 && !name.is_empty())
            .collect();
        names.sort();
        names.dedup();
        // Four names a row on average: the rows stay small and the names' words stay few.
        let bits = (names.len() / 4).next_power_of_two().trailing_zeros().min(20);
        names.sort_by_key(|(name, _)| row(host_hash(name), bits));
        let (mut entries, mut texts) = (Vec::new(), Vec::new());
        let mut rows = vec![0u32; (1 << bits) + 1];
        for (name, kind) in &names {
            rows[row(host_hash(name), bits) + 1] += 1;
            entries.push(u32::try_from(texts.len()).unwrap_or(0) << 2 | kind);
            texts.push(u8::try_from(name.len()).unwrap_or(0));
            texts.extend_from_slice(name.as_bytes());
        }
        for i in 1..rows.len() {
            rows[i] += rows[i - 1];
        }
        let count = u32::try_from(entries.len()).unwrap_or(0);
        let words = [bits, count].into_iter().chain(rows).chain(entries);
        words.flat_map(u32::to_le_bytes).chain(texts).collect()
    }
}

fn row(hash: u64, bits: u32) -> usize {
    if bits == 0 { 0 } else { (hash >> (64 - bits)) as usize }
}

fn word(bytes: &[u8], i: usize) -> Option<u32> {
    bytes.get(i * 4..i * 4 + 4)?.try_into().ok().map(u32::from_le_bytes)
}
