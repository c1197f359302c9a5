//! Which of the sites that rules name is this host? Found once for a request, compared as numbers.
//!
//! Every name in a `domain=`, `to=` or `denyallow=` has a number in the index. A host has few that any rule names, often
//! none, and then every rule for other sites is done with after one comparison of nothing.

use super::table::{Table, Words};
use crate::url::{Labels, Suffixes, hash, labels};

/// Numbers of a host's labels (as a site) that are remembered; deeper names have no rule of their own.
const NUMBERS: usize = 16;

/// The numbers that the names of a host have as sites.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Numbers {
    ids: [u32; NUMBERS],
    count: usize,
}

impl Numbers {
    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = u32> {
        self.ids[..self.count].iter().copied()
    }

    /// Returns true if and only if one of them is in the sorted list.
    pub(super) fn are_in(&self, list: Words<'_>) -> bool {
        self.ids[..self.count].iter().any(|id| {
            let (mut from, mut to) = (0, list.len());
            while from < to {
                let middle = (from + to) / 2;
                match list.get(middle).cmp(id) {
                    std::cmp::Ordering::Less => from = middle + 1,
                    std::cmp::Ordering::Greater => to = middle,
                    std::cmp::Ordering::Equal => return true,
                }
            }
            false
        })
    }
}

/// The numbers of a host's names: of every suffix, and, where the suffixes are given, of `name.*` for every name before
/// its public suffix.
pub(super) fn numbers(sites: &Table<'_>, host: &str, suffixes: Option<Suffixes<'_>>) -> Numbers {
    let mut out = Numbers { ids: [0; NUMBERS], count: 0 };
    let mut keep = |id: Option<u32>| {
        if let Some(id) = id.filter(|_| out.count < NUMBERS) {
            out.ids[out.count] = id;
            out.count += 1;
        }
    };
    for (_, hash) in labels(host) {
        keep(sites.find(hash));
    }
    if let Some(suffixes) = suffixes {
        let suffix = suffixes.suffix(host);
        if let Some(name) = host.strip_suffix(suffix).and_then(|n| n.strip_suffix('.')).filter(|_| !suffix.is_empty()) {
            // `name.*` hashes as the name does before a last label `*`.
            for (_, hash) in Labels::from(hash::step(hash::seed(), hash::of(b"*")), name) {
                keep(sites.find(hash));
            }
        }
    }
    out
}
