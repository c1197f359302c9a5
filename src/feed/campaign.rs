//! Campaigns: what an advertisement's own link says of whom it was aimed at.
//!
//! Advertisers name their campaigns for themselves (`de_rtg_besucher_30tage`, `women_35-54`), and the names travel in the
//! link for their statistics. Which parameters carry such names, and which words mean what, is data
//! (`data/campaigns.toml`, with what must speak and what must not). A word speaks only if it is a whole one: "men" does
//! not stand in "women", nor "age" in "page". It is the advertiser's word and no proof, and the receipt says so.
//!
//! What it deliberately does not do: keep, pass on or show a link as a whole, follow one, or look at the links of items
//! that nobody paid for.

mod address;
#[cfg(feature = "authoring")]
mod authoring;
mod tokens;

use self::address::decoded;
pub use self::address::place;
#[cfg(feature = "authoring")]
pub use self::authoring::{Ages, Aim, File, format, pack, parse};
use self::tokens::{Token, is_written, tokens};
use crate::pack::PackError;
use crate::url::opened;

/// The pack's section that holds what is known of campaigns.
pub const SECTION: &str = "campaigns";

/// So many words of a name are looked at: nobody reads more in a report.
const MOST_WORDS: usize = 64;
/// More is not told of one link.
const MOST_HINTS: usize = 8;

/// Something that a campaign's name says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The key of the sentence for people, in `_locales`.
    pub says: String,
    /// The words of the name that say it.
    pub words: String,
    /// The link's parameter that they stand in.
    pub parameter: String,
}

/// What is known of campaigns, read in place.
///
/// The section is text, a line a list: its name, then its words behind a tab each. The lists of aims are named by the key
/// of their sentence; [`NOTHING`] is the list of those that only look like one, and a sentence's list of what makes it
/// of an age ("f" in "f2534") is named by the key and [`AGED`].
#[derive(Clone, Copy, Debug)]
pub struct Campaigns<'a> {
    text: &'a str,
}

/// Words that say nothing although some of them would alone ("broad match").
const NOTHING: &str = "nothing";
/// Stands behind a key: what of it may stand before an age.
const AGED: &str = " aged";
/// Stands before a key that is not heard in what people search for.
const LOOSE: &str = "?";

impl<'a> Campaigns<'a> {
    /// Opens the pack's section.
    ///
    /// # Errors
    /// If it is no text.
    pub fn open(section: &'a [u8]) -> Result<Campaigns<'a>, PackError> {
        let text = std::str::from_utf8(section).map_err(|_| PackError::Section(SECTION))?;
        Ok(Campaigns { text })
    }

    /// What the names of the campaign say of whom the advertisement was aimed at, if this is its link. Each sentence is
    /// said once, with the first words that say it.
    pub fn read(&self, link: &str) -> Vec<Hint> {
        let mut hints: Vec<Hint> = Vec::new();
        let link = opened(link);
        let Some((_, query)) = link.split('#').next().unwrap_or_default().split_once('?') else { return hints };
        for pair in query.split('&') {
            let Some((name, value)) = pair.split_once('=') else { continue };
            let parameter = decoded(name).to_lowercase();
            let is_searched = self.has("searched", &parameter);
            if !is_searched && !self.has("parameters", &parameter) {
                continue;
            }
            let value = decoded(value);
            for (says, words) in self.aims(&value) {
                let (says, is_loose) = says.strip_prefix(LOOSE).map_or((says, false), |says| (says, true));
                let is_new = hints.iter().all(|hint| hint.says != says) && hints.len() < MOST_HINTS;
                if is_new && !(is_loose && is_searched) {
                    hints.push(Hint { says: says.into(), words: words.into(), parameter: parameter.clone() });
                }
            }
        }
        hints
    }

    /// The lists and their words.
    fn lists(&self) -> impl Iterator<Item = (&'a str, std::str::Split<'a, char>)> {
        self.text.lines().map(|line| {
            let mut words = line.split('\t');
            (words.next().unwrap_or_default(), words)
        })
    }

    fn has(&self, list: &str, word: &str) -> bool {
        self.lists().any(|(name, mut words)| name == list && words.any(|known| known == word))
    }

    /// The keys of what a name says, and the words that say it.
    fn aims<'v>(&self, value: &'v str) -> Vec<(&'a str, &'v str)> {
        let mut said = Vec::new();
        let tokens = tokens(value);
        // In a name of capitals alone a word in capitals is a word like any other.
        let is_loud = !value.chars().any(char::is_lowercase);
        let mut at = 0;
        while at < tokens.len().min(MOST_WORDS) {
            let is_denied =
                at.checked_sub(1).and_then(|before| tokens.get(before)).is_some_and(|it| self.has("not", &it.lower));
            let (key, length) = self.aim_at(&tokens[at..], is_loud);
            if length > 0 {
                if key != NOTHING && !is_denied {
                    said.push((key, written(value, &tokens[at..at + length])));
                }
                at += length;
                continue;
            }
            if let Some((ages, length)) = self.age_at(value, &tokens, at) {
                let words = written(value, &tokens[at..at + length]);
                if !is_denied {
                    said.extend(ages.into_iter().map(|key| (key, words)));
                }
                at += length;
                continue;
            }
            at += 1;
        }
        said
    }

    /// Of all lists the longest words that the tokens begin with, and how many tokens that are.
    fn aim_at(&self, tokens: &[Token<'_>], is_loud: bool) -> (&'a str, usize) {
        let mut best = ("", 0);
        for (key, words) in
            self.lists().filter(|(key, _)| key.trim_start_matches(LOOSE).starts_with("receipt") || *key == NOTHING)
        {
            if key.ends_with(AGED) {
                continue;
            }
            for phrase in words {
                let length = phrase.split(' ').count();
                let is_here = length > best.1
                    && length <= tokens.len()
                    && phrase.split(' ').zip(tokens).all(|(word, token)| is_written(word, token, is_loud));
                if is_here {
                    best = (key, length);
                }
            }
        }
        best
    }

    /// A range of ages that begins here: what it says, and how many tokens it takes.
    ///
    /// By itself "25-44" is one only if it is one of those that platforms offer, and nothing makes it a date; behind a
    /// word for age, or a letter that stands for whom it is ("f2534", "w18-24"), any that may be one is.
    fn age_at(&self, value: &str, tokens: &[Token<'_>], at: usize) -> Option<(Vec<&'a str>, usize)> {
        let key = self.lists().find(|(name, _)| *name == "ages").and_then(|(_, mut words)| words.next())?;
        let first = tokens.get(at)?;
        if let Some((from, to)) = self.two(value, &tokens[at..]) {
            let second = tokens.get(at + 1)?;
            let is_other = |other: &Token<'_>| {
                let is_joined = other.end == first.start || other.start == second.end;
                is_joined || other.is_number() || self.has("dates", &other.lower)
            };
            let is_band = self.has("from", from) && self.has("to", to);
            let mut around = at.checked_sub(1).into_iter().chain([at + 2]).filter_map(|near| tokens.get(near));
            let has_sign = value.get(second.end..)?.starts_with(['%', '€', '$', '£', '+']);
            return (is_band && !has_sign && !around.any(is_other)).then(|| (vec![key], 2));
        }
        let is_word = self.has("age", &first.lower);
        let next = tokens.get(at + 1)?;
        let is_joined = next.start == first.end;
        if !is_word && !(self.has("aged", &first.lower) && (is_joined || self.two(value, &tokens[at + 1..]).is_some()))
        {
            return None;
        }
        let length = if let Some((from, to)) = next.text.split_at_checked(2).filter(|(_, to)| to.len() == 2) {
            (next.is_number() && is_joined && is_range(from, to)).then_some(2)?
        } else {
            let to = tokens.get(at + 2)?;
            let is_one = next.is_number() && to.is_number() && is_range(next.text, to.text);
            (is_one && (is_word || self.two(value, &tokens[at + 1..]).is_some())).then_some(3)?
        };
        let aged = self.lists().filter_map(|(name, mut words)| {
            let key = name.strip_suffix(AGED)?;
            words.any(|word| word == first.lower).then_some(key)
        });
        Some((std::iter::once(key).chain(aged).collect(), length))
    }

    /// Two numbers of two digits with nothing but a dash between.
    fn two<'t>(&self, value: &str, tokens: &[Token<'t>]) -> Option<(&'t str, &'t str)> {
        let [from, to, ..] = tokens else { return None };
        let is_dashed = matches!(value.get(from.end..to.start), Some("-" | "–"));
        let are_two = from.is_number() && to.is_number() && from.text.len() == 2 && to.text.len() == 2;
        (is_dashed && are_two).then_some((from.text, to.text))
    }
}

/// Whether these may be the ages from and to which somebody is aimed at. No year is: 2026 is none from 20 to 26.
fn is_range(from: &str, to: &str) -> bool {
    let (Ok(from), Ok(to)) = (from.parse::<u8>(), to.parse::<u8>()) else { return false };
    (13..=65).contains(&from) && from != 19 && from != 20 && to <= 99 && from + 4 <= to
}

/// The words of a name as they stand in it.
fn written<'v>(value: &'v str, tokens: &[Token<'_>]) -> &'v str {
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return "" };
    value.get(first.start..last.end).unwrap_or_default()
}
