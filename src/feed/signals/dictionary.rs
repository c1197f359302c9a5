//! The words of a language's phrases, numbered: what the compiler looks words up in.
//!
//! A word is known under its other spellings too, and a beginning of words stands for every known word that begins so.
//! What it deliberately does not do: know which language that is.

use std::collections::{BTreeMap, BTreeSet};

use super::phrase::Piece;
use super::program::PREFIX_MARK;
use crate::text::{Folded, hash_of, spellings};
use crate::verdict::Refusal;

/// All words and beginnings, numbered in the order of their hashes. The key of a beginning ends in `*`.
pub(super) struct Dictionary {
    pub(super) keys: Vec<(u32, String)>,
    pub(super) numbers: BTreeMap<String, u16>,
}

impl Dictionary {
    pub(super) fn of(phrases: &[&[Piece]], mut all: BTreeSet<String>, refusals: &mut Vec<Refusal>) -> Dictionary {
        phrases.iter().for_each(|pieces| collect(pieces, &mut all));
        let mut keys: Vec<(u32, String)> = all.into_iter().map(|key| (hash_of(key.as_bytes()), key)).collect();
        keys.sort();
        for pair in keys.windows(2) {
            if pair[0].0 == pair[1].0 {
                let reason = format!("{:?} and {:?} have the same hash: word one otherwise", pair[0].1, pair[1].1);
                refusals.push(Refusal::new("signals", 0, reason));
            }
        }
        let numbers = keys.iter().enumerate().map(|(i, (_, key))| (key.clone(), narrow(i))).collect();
        Dictionary { keys, numbers }
    }

    /// The numbers of a piece's words: its spellings, and for a beginning every known word that begins so.
    pub(super) fn members(&self, piece: &Piece) -> BTreeSet<u16> {
        let number = |key: String| self.numbers.get(&key).copied();
        match piece {
            Piece::Word(word) => spelled(word).into_iter().filter_map(number).collect(),
            Piece::Prefix(prefix) => {
                let begins = |key: &str| spelled(prefix).iter().any(|p| key.starts_with(p.as_str()));
                self.numbers.iter().filter(|(key, _)| begins(key)).map(|(_, n)| *n).collect()
            }
            _ => BTreeSet::new(),
        }
    }
}

/// The folded words of a line.
pub(super) fn words_of(line: &str) -> Vec<String> {
    let folded = Folded::of(line);
    folded.tokens().iter().map(|token| folded.word(token).to_owned()).collect()
}

/// A word and its other spellings. Short words keep their accents: `é` and `e` are two words.
fn spelled(word: &str) -> Vec<String> {
    let others = if word.chars().count() >= 4 { spellings(word) } else { Vec::new() };
    std::iter::once(word.to_owned()).chain(others).collect()
}

fn collect(pieces: &[Piece], all: &mut BTreeSet<String>) {
    for piece in pieces {
        match piece {
            Piece::Word(word) => all.extend(spelled(word)),
            Piece::Prefix(prefix) => {
                all.extend(spelled(prefix).into_iter().map(|p| format!("{p}{}", char::from(PREFIX_MARK))));
            }
            Piece::Any(ways) => ways.iter().for_each(|way| collect(way, all)),
            _ => {}
        }
    }
}

/// What does not fit was refused; saturating keeps the rest in order.
pub(super) fn narrow(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}
