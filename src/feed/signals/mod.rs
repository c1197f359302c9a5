//! Signals: what the core notices in an item's own words, with the words quoted.
//!
//! Every kind is described once a language in `data/signals/KIND.LANG.txt`, as phrases with the examples that prove
//! them. The build turns all of them into one section of the pack; [`Signals`] reads that in place and finds the
//! phrases of all kinds and languages in a single walk over the text. A language is never guessed: a phrase that is
//! found is its own proof.
//!
//! What it deliberately does not do: judge. It says what was found, how surely, and where; `feed::judge` decides what
//! becomes of the item. It also notices only what is asked of the reader, never whether a text is true.

#[cfg(feature = "authoring")]
mod check;
#[cfg(feature = "authoring")]
mod compile;
#[cfg(feature = "authoring")]
mod dictionary;
#[cfg(feature = "authoring")]
mod file;
#[cfg(feature = "authoring")]
mod phrase;
mod section;
mod walk;

#[cfg(feature = "authoring")]
pub use self::{
    check::check,
    compile::compile,
    file::{Line, Part, SignalFile, format, parse},
};

use crate::pack::PackError;
use crate::text::{Folded, scalars_before};
use crate::verdict::{Evidence, Kind, Noticed, Origin};
use section::{Role, Section};
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
/// A phrase in quotation marks is talked about, not said, if the text has at least this many words around them.
const WORDS_AROUND_A_QUOTATION: usize = 3;

/// All phrases of all kinds and languages, compiled; borrows the pack.
#[derive(Clone, Copy, Debug)]
pub struct Signals<'a> {
    section: Section<'a>,
}

impl<'a> Signals<'a> {
    /// Opens the section that `compile` wrote.
    ///
    /// # Errors
    /// [`PackError::Section`] if its tables do not lie inside it.
    pub fn open(bytes: &'a [u8]) -> Result<Signals<'a>, PackError> {
        Section::open(bytes).map(|section| Signals { section }).ok_or(PackError::Section(SECTION))
    }

    /// What is noticed in `text`: at most one piece of evidence a kind, the strongest, in the order of kinds.
    pub fn read(&self, text: &str) -> Vec<Evidence> {
        let folded = Folded::of(text);
        let walk = Walk::over(self.section, &folded);
        let hits = walk.hits(Role::Phrase);
        if hits.is_empty() {
            return Vec::new();
        }
        // Guards are looked for only where there is something to guard against.
        let guards = walk.hits(Role::Guard);
        let mut best = [None::<(f32, Hit)>; Noticed::COUNT];
        let is_mostly_quotation = walk.unquoted() < WORDS_AROUND_A_QUOTATION;
        for hit in hits {
            if (walk.is_quoted(&hit) && !is_mostly_quotation) || self.is_spared(&hit, &guards, &walk) {
                continue;
            }
            let strength = strength_of(&hit, &walk);
            let Some(place) = best.get_mut(usize::from(hit.kind)) else { continue };
            let is_better = place.is_none_or(|(s, old)| (strength, hit.to - hit.from) > (s, old.to - old.from));
            if is_better {
                *place = Some((strength, hit));
            }
        }
        best.into_iter().flatten().filter_map(|(strength, hit)| self.evidence(text, &walk, strength, &hit)).collect()
    }

    fn is_spared(&self, hit: &Hit, guards: &[Hit], walk: &Walk<'_>) -> bool {
        guards.iter().any(|guard| {
            self.section.guards(guard.file, hit.file)
                && match guard.role {
                    Role::NotAfter => guard.from < hit.from && guard.to >= hit.from && !walk.breaks(guard.to, hit.from),
                    Role::NotBefore => guard.to > hit.to && guard.from <= hit.to && !walk.breaks(hit.to, guard.from),
                    _ => true,
                }
        })
    }

    fn evidence(&self, text: &str, walk: &Walk<'_>, strength: f32, hit: &Hit) -> Option<Evidence> {
        let (from, to) = walk.bytes(hit)?;
        Some(Evidence {
            kind: Kind::Noticed(Noticed::at(usize::from(hit.kind))?),
            strength,
            quote: text.get(from..to)?.to_owned(),
            span: Some((scalars_before(text, from), scalars_before(text, to))),
            origin: Origin::Text,
            rule: std::format!("signals/{}:{}", self.section.name(hit.file), hit.line),
        })
    }
}

fn strength_of(hit: &Hit, walk: &Walk<'_>) -> f32 {
    // Where characters are tokens, several of them make up a word.
    let near = NEAR_AN_END + NEAR_AN_END * (CHARACTERS_A_WORD - 1) * walk.letters() / walk.len().max(1);
    let is_inside = hit.from > near && walk.len().saturating_sub(hit.to) > near;
    f32::from(hit.strength) / 100.0 * if is_inside { FAR_INSIDE } else { 1.0 }
}
