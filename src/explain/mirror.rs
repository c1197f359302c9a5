//! The mirror: what a company could have inferred of a person, from the sites on which it was told of them.
//!
//! The build makes the tables of `data/interests`, `data/sites` and `data/companies`. A site is of the interests whose
//! cards name it; only a site that no card names is asked for the words in its name. What a company did infer nobody but
//! the company knows, and nothing here says so: only what it was told, may have been told, or was prevented from learning.
//! Only the extension's own pages carry this.

use std::collections::{BTreeMap, BTreeSet};

use super::key;
use crate::ledger::view::{SiteTold, told};
use crate::ledger::{Book, Span};
use crate::verdict::Special;

mod said;

pub use said::{Choice, Said};

include!(concat!(env!("OUT_DIR"), "/interests.rs"));
include!(concat!(env!("OUT_DIR"), "/platforms.rs"));

/// So many days are looked back: for as long as the diary keeps days apart, and a count of days is true.
pub const DAYS: u32 = 90;
/// Fewer visits (a site on a day) are no interest: one may be a link that somebody sent.
const HINT: u32 = 2;
/// More than one a month, in three months.
const CLEAR: u32 = 4;
/// One a week, in as many weeks as 90 days have.
const STRONG: u32 = 13;

/// Something that people are interested in.
#[derive(Debug, PartialEq, Eq)]
pub struct Interest {
    /// Its name, as in `data`.
    pub name: &'static str,
    /// What it tells of, if the law protects that.
    pub special: Option<Special>,
    /// The sites that are of it, with blanks between them.
    sites: &'static str,
    /// The words that show it, with blanks between them.
    words: &'static str,
}

impl Interest {
    /// The key of its name for people.
    pub fn title(&self) -> String {
        key("interest", self.name)
    }

    /// All keys that it asks for.
    pub fn keys(&self) -> impl Iterator<Item = String> {
        [self.title()].into_iter().chain(self.special.map(|special| special.says().to_owned()))
    }
}

/// All interests, sorted by name.
pub fn interests() -> &'static [Interest] {
    &INTERESTS
}

/// A company that runs platforms.
#[derive(Debug)]
pub struct Platforms {
    /// Its name in the diary.
    pub company: &'static str,
    /// The ids of their sites.
    pub sites: &'static [&'static str],
    /// Where a person can choose what the company knows and shows: the site's id (empty for the company itself), what the
    /// page is for, and its address.
    pub links: &'static [(&'static str, &'static str, &'static str)],
}

/// All companies that run platforms, sorted by name.
pub fn platforms() -> &'static [Platforms] {
    &PLATFORMS
}

/// What became of what a company could have learned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// It was told enough.
    Told,
    /// It may have been told enough: nobody saw what became of some of it.
    Maybe,
    /// It was prevented from being told enough.
    Prevented,
}

/// How much speaks for an interest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// More than one visit.
    Hint,
    /// More than one a month.
    Clear,
    /// One a week or more.
    Strong,
}

impl Strength {
    /// By the number of visits; none if they are too few.
    fn of(visits: u32) -> Option<Strength> {
        match visits {
            0..HINT => None,
            HINT..CLEAR => Some(Strength::Hint),
            CLEAR..STRONG => Some(Strength::Clear),
            _ => Some(Strength::Strong),
        }
    }
}

/// An interest that could have been inferred, with what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inferred {
    /// The interest.
    pub interest: &'static Interest,
    /// What became of it.
    pub end: End,
    /// How much speaks for it.
    pub strength: Strength,
    /// So many visits do: a site on a day.
    pub visits: u32,
    /// The sites, the one with most days first.
    pub sites: Vec<SiteTold>,
}

/// What a company could know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mirror {
    /// On so many sites it was told of the person, or may have been.
    pub seen: u32,
    /// Of so many of these nobody here knows what they are about.
    pub unknown: u32,
    /// What it could have inferred, by end and strength; what was prevented comes last.
    pub inferred: Vec<Inferred>,
    /// What the person called wrong; it could have been inferred all the same.
    pub wrong: Vec<Inferred>,
    /// So many the person does not want to be shown.
    pub hidden: u32,
}

/// Which sites are of which interests.
#[derive(Debug)]
pub struct Sites {
    named: BTreeMap<&'static str, Vec<&'static Interest>>,
    words: Vec<(&'static str, &'static Interest)>,
}

impl Sites {
    /// Of a table of interests.
    pub fn of_table(table: &'static [Interest]) -> Sites {
        let mut named: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for interest in table {
            for site in interest.sites.split_ascii_whitespace() {
                named.entry(site).or_default().push(interest);
            }
        }
        let words = table.iter().flat_map(|it| it.words.split_ascii_whitespace().map(move |word| (word, it)));
        Sites { named, words: words.collect() }
    }

    /// The interests that a site is of, sorted by name; none if nobody knows.
    pub fn of(&self, site: &str) -> Vec<&'static Interest> {
        if let Some(named) = self.named.get(site) {
            return named.clone();
        }
        let shown = self.words.iter().filter(|(word, _)| site.split(['.', '-']).any(|part| shows(word, part)));
        let by_name: BTreeMap<&str, _> = shown.map(|(_, interest)| (interest.name, *interest)).collect();
        by_name.into_values().collect()
    }
}

/// Whether a word of a card is in a part of a site's name, where its stars say that it may be.
fn shows(word: &str, part: &str) -> bool {
    match (word.strip_prefix('*'), word.strip_suffix('*')) {
        (Some(rest), Some(_)) => rest.strip_suffix('*').is_some_and(|bare| part.contains(bare)),
        (Some(ending), None) => part.ends_with(ending),
        (None, Some(beginning)) => part.starts_with(beginning),
        (None, None) => part == word,
    }
}

/// The days that are looked back on a day, which is the last of them.
pub fn span(today: u32) -> Span {
    let to = today.saturating_add(1);
    Span { from: to.saturating_sub(DAYS), to }
}

/// What a company could know by a day, from the diary of the days before.
pub fn mirror(book: &Book, company: &str, today: u32, choice: &Choice) -> Mirror {
    of_sites(&Sites::of_table(&INTERESTS), told(book, span(today), company), choice)
}

/// What a company could know from these sites.
fn of_sites(known: &Sites, met: Vec<SiteTold>, choice: &Choice) -> Mirror {
    let mut mirror = Mirror::default();
    let mut of: BTreeMap<&str, (&Interest, Vec<SiteTold>)> = BTreeMap::new();
    let mut unknown = BTreeSet::new();
    for site in met {
        let interests = known.of(&site.site);
        if site.told > 0 || site.maybe > 0 {
            mirror.seen = mirror.seen.saturating_add(1);
            if interests.is_empty() {
                unknown.insert(site.site.clone());
            }
        }
        for interest in interests {
            of.entry(interest.name).or_insert_with(|| (interest, Vec::new())).1.push(site.clone());
        }
    }
    mirror.unknown = u32::try_from(unknown.len()).unwrap_or(u32::MAX);
    for inferred in of.into_values().filter_map(|(interest, sites)| inferred(interest, sites)) {
        match choice.said.get(inferred.interest.name) {
            None => mirror.inferred.push(inferred),
            Some(Said::Wrong) => mirror.wrong.push(inferred),
            Some(Said::Hidden) => mirror.hidden = mirror.hidden.saturating_add(1),
        }
    }
    for list in [&mut mirror.inferred, &mut mirror.wrong] {
        list.sort_by_key(|it| (it.end, std::cmp::Reverse(it.visits), it.interest.name));
    }
    mirror
}

/// An interest that visits to these sites speak for; none if they are too few.
fn inferred(interest: &'static Interest, mut sites: Vec<SiteTold>) -> Option<Inferred> {
    let sum = |days: fn(&SiteTold) -> u32| sites.iter().map(days).fold(0, u32::saturating_add);
    let ends = [
        (End::Told, sum(|it| it.told)),
        (End::Maybe, sum(|it| it.told.saturating_add(it.maybe))),
        (End::Prevented, sum(SiteTold::days)),
    ];
    let (end, visits, strength) =
        ends.into_iter().find_map(|(end, visits)| Some((end, visits, Strength::of(visits)?)))?;
    sites.sort_by(|a, b| b.days().cmp(&a.days()).then_with(|| a.site.cmp(&b.site)));
    Some(Inferred { interest, end, strength, visits, sites })
}

#[cfg(test)]
mod tests;
