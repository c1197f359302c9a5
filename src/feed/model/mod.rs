//! The one small learned model: how much a headline is clickbait, and whether a text is heated.
//!
//! It weighs words and letters (`grams.rs`) by tables that `cargo xtask train` makes of graded texts; `data/model/CARD.md`
//! says of which, and how often it is wrong. A head speaks only of what it was trained for: texts of its language, of a
//! fitting length, and where it is about headlines, of what is like one. Of all else it says nothing. What it flags, it
//! shows by the words that weighed most.
//!
//! What it deliberately does not do: know what is true, or who speaks. "Heated" is insulting or angry language and never
//! called hate. It has no state: the same text has the same score on every page.

mod grams;
mod section;

use super::level::Level;
use crate::pack::PackError;
use crate::text::{Folded, Marks, scalars_before};
use crate::verdict::{Evidence, Kind, Origin};
pub use section::{HeadRow, POINTS};
use section::{Section, Table};
#[cfg(feature = "authoring")]
pub use section::{Trained, write};

/// The name of the pack's section that [`Model::open`] reads.
pub const SECTION: &str = "model";

/// What is asked of a text. The numbers are the section's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Head {
    /// How much an English headline withholds or promises in order to be clicked.
    Clickbait = 0,
    /// Whether an English text insults or is written in anger.
    Heated = 1,
    /// As `Clickbait`, in Spanish; trained on little.
    ClickbaitEs = 2,
}

impl Head {
    /// All heads.
    pub const ALL: [Head; 3] = [Head::Clickbait, Head::Heated, Head::ClickbaitEs];

    /// What it speaks for.
    fn kind(self) -> Option<Kind> {
        Kind::named(match self {
            Head::Clickbait | Head::ClickbaitEs => "clickbait",
            Head::Heated => "heated",
        })
    }

    /// Whether it rests on too little to be more than a first try: its evidence says so to the person.
    fn is_beta(self) -> bool {
        self == Head::ClickbaitEs
    }

    /// Its name in evidence and reports.
    pub fn name(self) -> &'static str {
        match self {
            Head::Clickbait => "clickbait",
            Head::Heated => "heated",
            Head::ClickbaitEs => "clickbait-es",
        }
    }
}

/// What a head says of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// The grade that people would give, from 0 to 1.
    pub probability: f32,
    /// What is held against the limits: the probability, less where the text hardly is of the sort that was graded.
    pub sure: f32,
    /// The gentlest level that flags it.
    pub level: Option<Level>,
    /// How many of the graded texts that this level flags were called so by people; 0 for what is not flagged.
    pub trust: f32,
    /// The bytes of the text whose words weighed most; only of what is flagged.
    pub span: Option<(usize, usize)>,
}

/// Fewest and most words of a headline.
const HEADLINE: std::ops::RangeInclusive<usize> = 5..=25;
/// A text of fewer words says too little.
const FEWEST_WORDS: usize = 2;
/// A headline holds at most so many hashtags, pictures, and ends of a sentence inside.
const MOST_EXTRAS: usize = 1;
/// A text in no known language counts as English where it holds so many of its commonest words.
const FEWEST_COMMON: usize = 2;
/// A word belongs to the quotation if it weighs more than this part of the heaviest.
const WEIGHTY: f32 = 0.1;

/// The model; borrows the pack.
#[derive(Clone, Copy, Debug)]
pub struct Model<'a> {
    section: Section<'a>,
}

impl<'a> Model<'a> {
    /// Opens the section that training wrote.
    ///
    /// # Errors
    /// [`PackError::Section`] if its tables do not lie inside it.
    pub fn open(bytes: &'a [u8]) -> Result<Model<'a>, PackError> {
        Section::open(bytes).map(|section| Model { section }).ok_or(PackError::Section(SECTION))
    }

    /// The tables that `head` weighs by, its gate's behind its own: what it costs in bytes.
    #[cfg(feature = "authoring")]
    pub fn tables(&self, head: Head) -> Vec<u8> {
        let numbers = self.section.head(head as usize).into_iter().flat_map(|row| [Some(row.table), row.gate]);
        numbers.flatten().filter_map(|number| self.section.bytes(number)).flatten().copied().collect()
    }

    /// What `head` says of `text`, which is also given `folded`; nothing if it was not made for such a text.
    /// `language` is what the text is known to be written in ("en"): where it is not known, a head for English still
    /// reads what holds several of the commonest English words, and no other head does.
    pub fn score(&self, text: &str, folded: &Folded, head: Head, language: Option<&str>) -> Option<Score> {
        let row = self.section.head(head as usize)?;
        let words = folded.tokens().iter().filter(|token| grams::counts(token)).count();
        if !(FEWEST_WORDS..=grams::MOST_WORDS).contains(&words) || (row.headline && !is_headline(text, folded)) {
            return None;
        }
        let is_fitting = match language {
            Some(language) => language.as_bytes() == row.language,
            None => &row.language == b"en" && self.is_english(folded),
        };
        if !is_fitting {
            return None;
        }
        let table = self.section.table(row.table)?;
        let gate = row.gate.and_then(|gate| self.section.table(gate));
        let probability = table.probability(weigh(&table, folded));
        let sure = gate.map_or(probability, |gate| probability * gate.probability(weigh(&gate, folded)));
        let at = row.limits.iter().position(|limit| sure >= *limit);
        let level = at.and_then(|at| Level::ALL.get(at)).copied();
        let trust = at.and_then(|at| row.trust.get(at)).copied().unwrap_or_default();
        let span = level.and_then(|_| span(&table, text, folded));
        Some(Score { probability, sure, level, trust, span })
    }

    /// The evidence of all heads that flag `text`, which is also given `folded` and whose first `headline` bytes are a
    /// headline, on this level.
    pub fn read(
        &self,
        text: &str,
        folded: &Folded,
        headline: usize,
        level: Level,
        language: Option<&str>,
    ) -> Vec<Evidence> {
        let mut found = Vec::new();
        let title = text.get(..headline).filter(|title| !title.is_empty());
        // Most often all of it is the headline or nothing is; only a title above a text is folded by itself.
        let own = title.filter(|title| title.len() < text.len()).map(Folded::of);
        for head in Head::ALL {
            let is_of_headlines = self.section.head(head as usize).is_some_and(|row| row.headline);
            let (text, folded) = match (is_of_headlines, title) {
                (false, _) => (text, folded),
                (true, Some(title)) => (title, own.as_ref().unwrap_or(folded)),
                (true, None) => continue,
            };
            let score = self.score(text, folded, head, language);
            found.extend(score.and_then(|score| evidence(head, score, text, level)));
        }
        found
    }

    /// Whether several different words of the commonest stand in it.
    fn is_english(&self, folded: &Folded) -> bool {
        let mut seen = [0u32; FEWEST_COMMON];
        let mut count = 0;
        for token in folded.tokens() {
            if self.section.is_common(token.hash) && !seen.contains(&token.hash) {
                if let Some(place) = seen.get_mut(count) {
                    *place = token.hash;
                }
                count += 1;
            }
        }
        count >= FEWEST_COMMON
    }
}

fn evidence(head: Head, score: Score, text: &str, level: Level) -> Option<Evidence> {
    score.level.filter(|flags| (*flags as usize) <= level as usize)?;
    let (from, to) = score.span?;
    Some(Evidence {
        kind: head.kind()?,
        strength: score.trust,
        quote: text.get(from..to)?.to_owned(),
        span: Some((scalars_before(text, from), scalars_before(text, to))),
        origin: Origin::Text,
        rule: std::format!("model/{}{}", head.name(), if head.is_beta() { " (beta)" } else { "" }),
    })
}

/// Whether a text is like a headline: a few words in one or two sentences, begun as a sentence is, that speak to nobody.
pub fn is_headline(text: &str, folded: &Folded) -> bool {
    let (mut words, mut hashtags, mut pictures, mut ends) = (0, 0, 0, 0);
    let mut first = None;
    for token in folded.tokens() {
        if token.marks.has(Marks::MENTION) || folded.word(token) == "@" {
            return false;
        }
        if token.marks.has(Marks::HASHTAG) {
            hashtags += 1;
        } else if token.marks.has(Marks::EMOJI) {
            pictures += 1;
        } else if !token.marks.has(Marks::LINK) {
            ends += usize::from(words > 0 && token.marks.has(Marks::BREAK));
            words += 1;
            first = first.or_else(|| text.get(token.from as usize..)?.chars().next());
        }
    }
    let begins = first.is_some_and(|letter| !letter.is_lowercase());
    begins && HEADLINE.contains(&words) && [hashtags, pictures, ends].iter().all(|count| *count <= MOST_EXTRAS)
}

fn weigh(table: &Table<'_>, folded: &Folded) -> f32 {
    let (mut steps, mut pieces) = (0i32, 0u32);
    grams::walk(folded, table.letters, |hash, _, _| {
        steps += table.weight(hash);
        pieces += 1;
    });
    table.sum(steps, pieces)
}

/// The words in a row that weighed most, in bytes of the text.
fn span(table: &Table<'_>, text: &str, folded: &Folded) -> Option<(usize, usize)> {
    let mut weights = vec![0f32; folded.tokens().len()];
    grams::walk(folded, table.letters, |hash, from, to| {
        let weight = table.weight(hash) as f32;
        for at in [from, to] {
            if let Some(sum) = weights.get_mut(at) {
                *sum += weight / 2.0;
            }
        }
    });
    let heaviest = weights.iter().copied().fold(0.0, f32::max);
    let (mut best, mut run, mut from, mut found) = (0.0, 0.0, 0, None);
    for (at, weight) in weights.iter().enumerate() {
        if run <= 0.0 {
            (run, from) = (0.0, at);
        }
        run += weight - heaviest * WEIGHTY;
        if run > best {
            (best, found) = (run, Some((from, at)));
        }
    }
    let (first, last) = found?;
    let (from, to) = (folded.tokens().get(first)?.from as usize, folded.tokens().get(last)?.to as usize);
    text.get(from..to).map(|_| (from, to))
}

/// Every piece of a text that is weighed, as hashes: what training counts.
#[cfg(feature = "authoring")]
pub fn pieces(folded: &Folded, letters: bool) -> Vec<u32> {
    let mut pieces = Vec::new();
    grams::walk(folded, letters, |hash, _, _| pieces.push(hash));
    pieces
}

/// Whether a text has a number of words that the model reads.
#[cfg(feature = "authoring")]
pub fn is_readable(folded: &Folded) -> bool {
    let words = folded.tokens().iter().filter(|token| grams::counts(token)).count();
    (FEWEST_WORDS..=grams::MOST_WORDS).contains(&words)
}
