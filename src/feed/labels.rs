//! Labels: the words by which platforms mark items for people ("Sponsored", "Suggested for you", "Mara likes this"),
//! recognised in every language at once.
//!
//! Where a page has neither type names nor attributes, its words are the last thing that tells; but words stand in
//! posts too. So a text is a label only if all of it is one: the whole of it, folded, equals a label of `data/labels`,
//! or one with a name in the place of each `*`. Whoever asks must have taken the text from where labels stand.
//!
//! What it deliberately does not do: find a label inside a longer text, know the language of a page (people mix them,
//! and platforms leave words untranslated), or say which of two meanings a word has: it names both.

#[cfg(feature = "authoring")]
mod authoring;
mod words;

use serde::{Deserialize, Serialize};

#[cfg(feature = "authoring")]
pub use self::authoring::{File, Words, check, format, pack, parse};
use self::words::{run, words};
use crate::pack::PackError;

/// The pack's section that holds all labels.
pub const SECTION: &str = "labels";

/// A text of more characters is no label, and is not looked at.
pub const LONGEST: usize = 200;

/// More words than these are no name.
const LONGEST_NAME: usize = 16;

/// What a label says of its item. The names are the ones used in `data/labels`, the order is that of their files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum Label {
    /// Somebody the person knows did something with it: "Mara likes this".
    Activity,
    /// It is made by a machine, or said to be: "AI info".
    Ai,
    /// It is a comment, not a post: "Comment by Mara", as it is read out.
    Comment,
    /// The button that follows its author, there only for those who are not followed.
    Follow,
    /// The button that joins its group.
    Join,
    /// It is there because many near the person looked at it: "Popular near you".
    Near,
    /// Its author is paid for it by another: "Paid partnership".
    Partnership,
    /// It is a shelf of people: "People you may know".
    People,
    /// Somebody passed it on: "Mara reposted".
    Repost,
    /// It is a shelf of short films: "Reels and short videos".
    Shorts,
    /// It is there because the person looked at something like it: "Because you viewed a similar post".
    Similar,
    /// It is paid for: "Sponsored", "Ad", "Promoted".
    Sponsored,
    /// It is suggested: "Suggested for you", "Recommended".
    Suggested,
}

impl Label {
    /// All of them, in their order.
    pub const ALL: [Label; 13] = [
        Label::Activity,
        Label::Ai,
        Label::Comment,
        Label::Follow,
        Label::Join,
        Label::Near,
        Label::Partnership,
        Label::People,
        Label::Repost,
        Label::Shorts,
        Label::Similar,
        Label::Sponsored,
        Label::Suggested,
    ];

    fn bit(self) -> u16 {
        1 << self as u8
    }
}

/// The labels that a text is; more than one where a word means different things on different platforms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found(u16);

impl Found {
    /// True if and only if the text is this label.
    pub fn has(self, label: Label) -> bool {
        self.0 & label.bit() != 0
    }

    /// True if and only if the text is no label.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The labels, in their order.
    pub fn iter(self) -> impl Iterator<Item = Label> {
        Label::ALL.into_iter().filter(move |label| self.has(*label))
    }
}

/// All labels of all languages, read in place.
///
/// The section holds, for each label in its order, how many whole texts it has (u16), and then their hashes (u32 each,
/// ascending); behind them the texts with names, those of the same shape together (see [`Shape`]). All little-endian.
#[derive(Clone, Copy, Debug)]
pub struct Labels<'a> {
    counts: &'a [[u8; 2]],
    whole: &'a [[u8; 4]],
    named: &'a [u8],
}

impl<'a> Labels<'a> {
    /// Opens the pack's section.
    ///
    /// # Errors
    /// If it is not what [`pack`] writes.
    pub fn open(section: &'a [u8]) -> Result<Labels<'a>, PackError> {
        let damaged = PackError::Section(SECTION);
        let (counts, rest) = section.split_at_checked(2 * Label::ALL.len()).ok_or(damaged)?;
        let counts = counts.as_chunks::<2>().0;
        let sum: usize = counts.iter().map(|count| usize::from(u16::from_le_bytes(*count))).sum();
        let (whole, named) = rest.split_at_checked(4 * sum).ok_or(damaged)?;
        let mut shapes = Shapes { rest: named };
        shapes.by_ref().for_each(drop);
        let is_whole = shapes.rest.is_empty();
        is_whole.then_some(Labels { counts, whole: whole.as_chunks::<4>().0, named }).ok_or(damaged)
    }

    /// The labels that the whole of `text` is; none for most texts. Case, styled and invisible characters, signs and
    /// blanks make no difference; a hashtag or a quotation is never a label.
    pub fn find(&self, text: &str) -> Found {
        let mut found = Found::default();
        if text.chars().nth(LONGEST).is_some() {
            return found;
        }
        let words = words(text);
        if let Some(hash) = run(&words) {
            let mut rest = self.whole;
            for (label, count) in Label::ALL.into_iter().zip(self.counts) {
                let (own, others) = rest.split_at_checked(u16::from_le_bytes(*count).into()).unwrap_or_default();
                if own.binary_search_by_key(&hash, |bytes| u32::from_le_bytes(*bytes)).is_ok() {
                    found.0 |= label.bit();
                }
                rest = others;
            }
        }
        for shape in (Shapes { rest: self.named }) {
            if !found.has(shape.label) && shape.fits(&words) {
                found.0 |= shape.label.bit();
            }
        }
        found
    }
}

/// Texts of one label with names at the same places. What stands around the names are parts, one more than names.
///
/// In the section: the label (u8), how many parts (u8), how many words each part has (u8; none at an end where a name
/// stands), how many texts (u16), and for each text the hash (u32) of every part that has words.
struct Shape<'a> {
    label: Label,
    parts: &'a [u8],
    /// How many hashes a text has.
    width: usize,
    hashes: &'a [[u8; 4]],
}

impl Shape<'_> {
    /// Whether the words are one of these texts, with a name of at least one word for each `*`.
    fn fits(&self, words: &[Option<u32>]) -> bool {
        let [first, inner @ .., last] = self.parts else { return false };
        let Some((head, rest)) = words.split_at_checked((*first).into()) else { return false };
        let Some(at) = rest.len().checked_sub((*last).into()) else { return false };
        let (names, tail) = rest.split_at(at);
        let (begins, ends) = (run(head), run(tail));
        self.hashes.chunks_exact(self.width).any(|mut hashes| {
            if !head.is_empty() {
                let Some((hash, others)) = hashes.split_first() else { return false };
                hashes = others;
                if begins != Some(u32::from_le_bytes(*hash)) {
                    return false;
                }
            }
            if !tail.is_empty() {
                let Some((hash, others)) = hashes.split_last() else { return false };
                hashes = others;
                if ends != Some(u32::from_le_bytes(*hash)) {
                    return false;
                }
            }
            are_names(names, inner.iter().zip(hashes))
        })
    }
}

/// Whether these words are names with the parts between them. Each part is taken where it first stands: what is left
/// is the longest that the last name could be.
fn are_names<'p>(mut words: &[Option<u32>], parts: impl Iterator<Item = (&'p u8, &'p [u8; 4])>) -> bool {
    for (count, hash) in parts {
        let count = usize::from(*count);
        let is_here = |from: &usize| words.get(*from..from + count).and_then(run) == Some(u32::from_le_bytes(*hash));
        let Some(from) = (1..=LONGEST_NAME).find(is_here) else { return false };
        words = words.get(from + count..).unwrap_or_default();
    }
    (1..=LONGEST_NAME).contains(&words.len())
}

/// The shapes, one after the other, up to the first that does not hold together.
struct Shapes<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Shapes<'a> {
    type Item = Shape<'a>;

    fn next(&mut self) -> Option<Shape<'a>> {
        let (&[label, count], rest) = self.rest.split_first_chunk::<2>()?;
        let (parts, rest) = rest.split_at_checked(count.into())?;
        let (texts, rest) = rest.split_first_chunk::<2>()?;
        let width = parts.iter().filter(|words| **words > 0).count();
        let (hashes, rest) = rest.split_at_checked(4 * width * usize::from(u16::from_le_bytes(*texts)))?;
        let label = *Label::ALL.get(usize::from(label)).filter(|_| width > 0)?;
        self.rest = rest;
        Some(Shape { label, parts, width, hashes: hashes.as_chunks::<4>().0 })
    }
}
