//! Signals: what the core notices in an item's own words, with the words quoted.
//!
//! Every kind is described once a language in `data/signals/KIND.LANG.txt`, as phrases with the examples that prove
//! them. The build turns those of a language into one section; English lies in the page's own pack, for bait is written
//! in English among posts of any language, and the others are brought when the first text in them is met
//! ([`Signals::wants`], [`Signals::add`]). [`Signals`] finds the phrases of all kinds in one walk a language. A text is
//! read in every language that is there, whatever it was guessed to be: a phrase that is found is its own proof.
//!
//! What it deliberately does not do: judge. It says what was found, how surely, and where; `feed::judge` decides what
//! becomes of the item. It also notices only what is asked of the reader, never whether a text is true.

mod asked;
#[cfg(feature = "authoring")]
mod check;
#[cfg(feature = "authoring")]
mod compile;
#[cfg(feature = "authoring")]
mod dictionary;
#[cfg(feature = "authoring")]
mod file;
mod known;
mod lists;
#[cfg(feature = "authoring")]
mod phrase;
mod place;
mod program;
mod section;
#[cfg(test)]
mod steps;
mod unfold;
mod walk;

#[cfg(feature = "authoring")]
pub use self::{
    check::check,
    compile::compile,
    file::{Line, Part, SignalFile, format, parse},
};

use std::cell::Cell;

use super::languages::{Guess, Languages};
use crate::pack::PackError;
use crate::text::{Folded, scalars_before};
use crate::verdict::{Evidence, Kind, Noticed, Origin};
use known::{Known, bit};
use program::Role;
use section::Section;
use walk::{Hit, Walk};

/// The name of the pack's section that [`Signals::open`] reads.
pub const SECTION: &str = "signals";

/// Bait stands at the beginning or the end of a post. A phrase further inside than this many words, on both sides, is
/// more likely a story about it.
const NEAR_AN_END: usize = 45;
/// So many tokens stand for a word in scripts that are written without spaces.
const CHARACTERS_A_WORD: usize = 3;
/// What remains of the strength of a phrase further inside.
const FAR_INSIDE: f32 = 0.5;
/// More phrases than this in one text add nothing, and each is compared with all guards.
const MOST_HITS: usize = 128;
/// A phrase in quotation marks is talked about, not said, if the text has at least this many words around them.
const WORDS_AROUND_A_QUOTATION: usize = 3;

/// The phrases of all kinds, in the languages that are there.
#[derive(Clone, Debug, Default)]
pub struct Signals {
    languages: Languages,
    sections: Vec<Section>,
    known: Known,
    /// The languages that some text was in, and those that were asked for, as masks of their places.
    met: Cell<u32>,
    asked: Cell<u32>,
}

impl Signals {
    /// Opens on the languages that can be told, and on the phrases that are there from the beginning: a section that
    /// `compile` wrote, or nothing.
    ///
    /// # Errors
    /// [`PackError::Section`] if one of them does not hold together.
    pub fn open(languages: &[u8], phrases: &[u8]) -> Result<Signals, PackError> {
        let mut signals = Signals { languages: Languages::open(languages)?, ..Signals::default() };
        if !phrases.is_empty() {
            signals.add(phrases)?;
        }
        Ok(signals)
    }

    /// Adds the phrases of one more language.
    ///
    /// # Errors
    /// [`PackError::Section`] if they do not hold together; then all is as before.
    pub fn add(&mut self, phrases: &[u8]) -> Result<(), PackError> {
        let section = Section::open(phrases).ok_or(PackError::Section(SECTION))?;
        let there = self.languages.mask_of(section.language);
        self.asked.set(self.asked.get() | there);
        self.sections.retain(|before| before.language != section.language);
        self.sections.push(section);
        self.known = Known::of(&self.sections);
        Ok(())
    }

    /// The languages of texts that were read, whose phrases are not here; each is told once.
    pub fn wants(&self) -> Vec<String> {
        let wanted = self.met.get() & self.languages.with_phrases() & !self.asked.get();
        self.asked.set(self.asked.get() | wanted);
        let places = (0..u32::BITS as usize).filter(|place| wanted >> place & 1 != 0);
        places.filter_map(|place| self.languages.code(place)).map(str::to_owned).collect()
    }

    /// In which language a text is. Its phrases are wanted from now on, if they are not here.
    pub fn guess(&self, folded: &Folded) -> Guess {
        let guess = self.languages.of(folded);
        self.met.set(self.met.get() | guess.mask());
        guess
    }

    /// Whether some text was in this language.
    pub fn has_met(&self, language: &str) -> bool {
        let code = language.as_bytes().first_chunk().copied().unwrap_or_default();
        self.met.get() & self.languages.mask_of(code) != 0
    }

    /// The code of the only language of a guess; none if it is unknown, or there are two.
    pub fn only(&self, guess: Guess) -> Option<&str> {
        let mut codes = self.languages.codes(guess);
        codes.next().filter(|_| codes.next().is_none())
    }

    /// What is noticed in `text`, all of which may be a headline.
    pub fn read(&self, text: &str) -> Vec<Evidence> {
        self.read_folded(text, &Folded::of(text), text.len())
    }

    /// What is noticed in `text`, which is also given `folded` and whose first `headline` bytes are a headline: at most
    /// one piece of evidence a kind, the strongest, in the order of kinds.
    pub fn read_folded(&self, text: &str, folded: &Folded, headline: usize) -> Vec<Evidence> {
        let mut best = [None::<Best<'_>>; Noticed::COUNT];
        let numbers = self.known.numbers(&self.sections, folded);
        let phrases = numbers.candidates(&self.sections, u32::MAX, false);
        let languages = phrases.iter().fold(0, |languages, (place, _)| languages | bit(*place));
        for (section, place) in self.sections.iter().zip(0..) {
            if languages & bit(place) == 0 {
                continue;
            }
            let walk = Walk::over(section, folded, numbers.of(place));
            let hits = walk.hits(phrases.iter().filter(|it| it.0 == place), MOST_HITS);
            // Guards are looked for only where there is something to guard against.
            if !hits.is_empty() {
                let guards = numbers.candidates(&self.sections, bit(place), true);
                let guards = walk.hits(guards.iter(), usize::MAX);
                weigh(&walk, section, folded, headline, (&hits, &guards), &mut best);
            }
        }
        best.into_iter().flatten().filter_map(|best| evidence(text, folded, &best)).collect()
    }
}

/// The surest phrase of a kind.
#[derive(Clone, Copy)]
struct Best<'s> {
    strength: f32,
    hit: Hit,
    section: &'s Section,
}

/// Weighs the phrases of one language; what is surer than what was found before takes its place.
fn weigh<'s>(
    walk: &Walk<'_>,
    section: &'s Section,
    folded: &Folded,
    headline: usize,
    (hits, guards): (&[Hit], &[Hit]),
    best: &mut [Option<Best<'s>>],
) {
    let is_mostly_quotation = walk.unquoted() < WORDS_AROUND_A_QUOTATION;
    // Where characters are tokens, several of them make up a word.
    let near = NEAR_AN_END + NEAR_AN_END * (CHARACTERS_A_WORD - 1) * walk.letters() / walk.len().max(1);
    for &hit in hits {
        if (walk.is_quoted(&hit) && !is_mostly_quotation) || is_spared(section, &hit, guards, walk) {
            continue;
        }
        let Some(noticed) = Noticed::at(usize::from(hit.kind)) else { continue };
        if noticed.reason().headline && hit.bytes(folded).is_none_or(|(_, to)| to > headline) {
            continue;
        }
        let strength = strength_of(&hit, near, walk.len());
        let Some(place) = best.get_mut(noticed.place()) else { continue };
        let length = hit.to - hit.from;
        let is_better = place.is_none_or(|old| (strength, length) > (old.strength, old.hit.to - old.hit.from));
        if is_better {
            *place = Some(Best { strength, hit, section });
        }
    }
}

fn is_spared(section: &Section, hit: &Hit, guards: &[Hit], walk: &Walk<'_>) -> bool {
    guards.iter().any(|guard| {
        walk::step();
        section.guards(guard.file, hit.file)
            && match guard.role {
                Role::NotAfter => guard.from < hit.from && guard.to >= hit.from && !walk.breaks(guard.to, hit.from),
                Role::NotBefore => guard.to > hit.to && guard.from <= hit.to && !walk.breaks(hit.to, guard.from),
                _ => true,
            }
    })
}

fn evidence(text: &str, folded: &Folded, best: &Best<'_>) -> Option<Evidence> {
    let Best { strength, hit, section } = *best;
    let (from, to) = hit.bytes(folded)?;
    let noticed = Noticed::at(usize::from(hit.kind))?;
    let name = noticed.reason().name;
    let language = std::str::from_utf8(&section.language).ok()?;
    Some(Evidence {
        kind: Kind::Noticed(noticed),
        strength,
        quote: text.get(from..to)?.to_owned(),
        span: Some((scalars_before(text, from), scalars_before(text, to))),
        origin: Origin::Text,
        rule: std::format!("signals/{name}.{language}.txt:{}", hit.line),
    })
}

fn strength_of(hit: &Hit, near: usize, tokens: usize) -> f32 {
    let is_inside = hit.from > near && tokens.saturating_sub(hit.to) > near;
    f32::from(hit.strength) / 100.0 * if is_inside { FAR_INSIDE } else { 1.0 }
}
