//! What no list knows: hosts that were seen to carry something that tells one person from all others, on several sites.
//!
//! The idea is Privacy Badger's (2014): who is embedded on many sites and gets or sets an identifying cookie on each of
//! them can follow a person from one to the other, whatever it says of itself. A party is *proposed* once that was seen
//! on [`SITES`] sites, with the evidence (which cookie on which site), and it is the person who decides. Of a cookie
//! only the name is kept, never the value.
//!
//! What it deliberately does not do: stop anything, look at first parties or at hosts that a list already knows (the
//! background asks only about others), or look into storage and fingerprints, which would need a script in every page.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// On so many sites a party must have been seen with an identifying cookie (Privacy Badger's threshold).
pub const SITES: usize = 3;
/// Evidence is kept of so many sites a party: enough to show, too little for a diary.
const KEPT_SITES: usize = 5;
/// So many parties are kept; the one that was not seen for the longest time gives way.
const KEPT: usize = 2_000;
/// A value that holds as much can tell one person from all others on Earth: the logarithm of 8.2 thousand million.
const PERSON: f32 = 33.0;
/// Shorter runs of letters and digits are words, versions, dates and flags.
const SHORTEST: usize = 6;

/// A cookie that was seen on a request to a third party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Header<'a> {
    /// The request's `Cookie`: all cookies that the browser sent.
    Sent(&'a str),
    /// One `Set-Cookie` of the answer.
    Set(&'a str),
}

/// What was seen of a party on one site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The name of the identifying cookie.
    pub cookie: String,
    /// True if the answer set it, false if the browser sent it.
    pub was_set: bool,
    /// The day on which it was first seen here (days since 1970, local).
    pub day: i32,
}

/// What was seen of one party.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Party {
    /// By the page's site.
    sites: BTreeMap<String, Evidence>,
    /// When it was last seen to have something identifying.
    last: i32,
}

/// Everything that was learned; stored as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Learned {
    /// By registrable domain.
    parties: BTreeMap<String, Party>,
    /// Parties that the person leaves alone and that are not proposed again.
    left: BTreeSet<String>,
}

/// A party that followed the person over several sites, and how that was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Its registrable domain.
    pub party: String,
    /// On which sites it was seen with what, by site.
    pub sites: Vec<(String, Evidence)>,
}

impl Learned {
    /// Takes in the cookies of a request by a page of `site` to a third party. `spared` says which names carry nothing
    /// about a person. Returns true if and only if something new was learned.
    pub fn saw(
        &mut self,
        party: &str,
        site: &str,
        header: Header<'_>,
        day: i32,
        spared: impl Fn(&str) -> bool,
    ) -> bool {
        if party.is_empty() || site.is_empty() || self.left.contains(party) {
            return false;
        }
        let identifying = |pair: &&str| {
            let (name, value) = pair.split_once('=').unwrap_or(("", pair));
            !spared(name.trim()) && bits(value) >= PERSON
        };
        let found = match header {
            Header::Sent(cookies) => cookies.split(';').find(identifying),
            Header::Set(cookie) => cookie.split(';').next().filter(identifying).filter(|_| lasts(cookie)),
        };
        let Some(pair) = found else { return false };
        let name = pair.split_once('=').map_or("", |(name, _)| name.trim());
        let known = self.parties.entry(party.to_owned()).or_default();
        let is_new = !known.sites.contains_key(site) && known.sites.len() < KEPT_SITES;
        let is_later = day > known.last;
        if is_new {
            let was_set = matches!(header, Header::Set(_));
            known.sites.insert(site.to_owned(), Evidence { cookie: name.to_owned(), was_set, day });
        }
        known.last = known.last.max(day);
        if self.parties.len() > KEPT {
            let oldest = self.parties.iter().min_by_key(|(_, it)| it.last).map(|(name, _)| name.clone());
            oldest.map(|name| self.parties.remove(&name));
        }
        is_new || is_later
    }

    /// Who followed the person over [`SITES`] sites and is not left alone, by name.
    pub fn proposals(&self) -> Vec<Proposal> {
        let enough = self.parties.iter().filter(|(_, it)| it.sites.len() >= SITES);
        enough
            .map(|(party, it)| Proposal {
                party: party.clone(),
                sites: it.sites.iter().map(|(site, evidence)| (site.clone(), evidence.clone())).collect(),
            })
            .collect()
    }

    /// The person leaves a party alone, for ever: it is not looked at any more.
    pub fn leave(&mut self, party: &str) {
        self.forget(party);
        self.left.insert(party.to_owned());
    }

    /// A party that was left alone may be looked at again.
    pub fn take_back(&mut self, party: &str) {
        self.left.remove(party);
    }

    /// Whom the person leaves alone, by name.
    pub fn left(&self) -> impl Iterator<Item = &str> {
        self.left.iter().map(String::as_str)
    }

    /// Forgets what was seen of a party.
    pub fn forget(&mut self, party: &str) {
        self.parties.remove(party);
    }

    /// Forgets what was seen of all parties; whom the person leaves alone is a choice of theirs, and stays.
    pub fn forget_all(&mut self) {
        self.parties.clear();
    }

    /// How many parties were seen to have something identifying.
    pub fn parties(&self) -> usize {
        self.parties.len()
    }
}

/// How much a value may hold, at most, in bits: the runs of letters and digits in it that are no words or times.
fn bits(value: &str) -> f32 {
    value.split(|c: char| !c.is_ascii_alphanumeric()).map(run_bits).sum()
}

/// A random run of letters and digits holds as much as its letters could; a run of letters alone reads like words,
/// which hold about a bit a letter (Shannon, Prediction and Entropy of Printed English, 1951).
fn run_bits(run: &str) -> f32 {
    let count = u16::try_from(run.len()).map_or(f32::from(u16::MAX), f32::from);
    let has = |test: fn(&u8) -> bool| run.bytes().any(|b| test(&b));
    let (digits, letters) = (has(u8::is_ascii_digit), has(u8::is_ascii_alphabetic));
    let (upper, lower) = (has(u8::is_ascii_uppercase), has(u8::is_ascii_lowercase));
    let beyond_hex = run.bytes().any(|b| !b.is_ascii_hexdigit());
    let symbols: f32 = match (digits, letters) {
        _ if run.len() < SHORTEST => return 0.0,
        (true, false) if is_time(run) => return 0.0,
        (true, false) => 10.0,
        (true, true) if !beyond_hex => 16.0,
        (true, true) => 36.0,
        // Letters in both cases, again and again, are no word in any language.
        _ if upper && lower && run.len() >= 16 && changes_case_often(run) => 52.0,
        _ => 2.0,
    };
    count * symbols.log2()
}

/// Seconds or milliseconds since 1970, from 2001 on: ten or thirteen digits that begin with 1 or 2.
fn is_time(run: &str) -> bool {
    matches!(run.len(), 10 | 13) && run.starts_with(['1', '2'])
}

fn changes_case_often(run: &str) -> bool {
    let changes = run.as_bytes().windows(2).filter(|two| two[0].is_ascii_uppercase() != two[1].is_ascii_uppercase());
    changes.count() * 4 >= run.len()
}

/// A cookie that goes with the window, or within the day, follows nobody far.
fn lasts(cookie: &str) -> bool {
    const DAY: i64 = 86_400;
    let attribute = |name: &str| {
        cookie.split(';').skip(1).find_map(|part| {
            let (its, value) = part.split_once('=')?;
            its.trim().eq_ignore_ascii_case(name).then_some(value.trim())
        })
    };
    match attribute("max-age") {
        Some(seconds) => seconds.parse::<i64>().is_ok_and(|seconds| seconds >= DAY),
        // The date itself is not read: those who delete a cookie by it write 1970.
        None => attribute("expires").is_some_and(|date| !date.contains("1970")),
    }
}

#[cfg(test)]
mod tests;
