//! The recipe of the model: which sets each table learns from, and how the limits are found.
//!
//! Four tables: how much a headline is clickbait, whether a text is a headline at all (its gate), whether a text is
//! heated, and clickbait in Spanish. All is made eleven times: once of everything that is not held out, and ten times
//! without a tenth, so that curves and limits rest on scores of texts that the table had not seen.
//!
//! The gate is why ordinary posts are left alone: mixed into one table, they teach it that people write otherwise than
//! newspapers, and it then knows little of clickbait (see the card).

use std::collections::BTreeMap;

use plainsight::api::authoring::{
    Folded, Head, HeadRow, Model, Trained, is_headline, is_readable, pieces, write_model,
};

use super::curve;
use super::labelled::Labelled;
use super::learn::{self, Example, Way};
use super::limits::{RATES, limit};
use super::sets::Texts;

/// Into so many shares the texts are cut, each of which is once not learned from.
const SHARES: u8 = 10;
/// The ordinary posts by which the limits are found; of those that are graded, what is graded as heated is none to the
/// head that looks for it.
pub const ORDINARY: [&str; 3] = ["goemotions", "tweets-emoji", "tweets-sentiment"];
/// From this grade on a judge's words are "slightly": a third, in the words of the Webis judges, which are rounded.
pub const SLIGHTLY: f32 = 0.33;
/// Of words that tell English, so many.
const COMMON: usize = 32;
/// A word that stands in more than this part of texts in another language does not tell English.
const FOREIGN: f32 = 0.005;
/// Sets in other languages.
const OTHERS: [&str; 2] = ["ta1c", "germeval"];

const WORDS: Way = Way { bits: 14, letters: false, even: 1.0, fewest: 3, most: 3000, apart: false };

/// What a table learns: from each set, graded how, and counted how much.
struct Lesson {
    way: Way,
    sets: &'static [(&'static str, f32, Grade)],
    /// Whether only what is like a headline is learned from.
    headline: bool,
    /// The power to which its probabilities are taken: half for a gate, whose doubts else outweigh what was graded.
    power: f32,
}

/// What a text is to come to.
#[derive(Clone, Copy)]
enum Grade {
    Own,
    All(f32),
}

/// The tables, in the order of the section.
const LESSONS: [Lesson; 4] = [
    Lesson { way: Way { bits: 16, ..WORDS }, sets: &[("webis-posts", 1.0, Grade::Own)], headline: true, power: 1.0 },
    Lesson {
        way: WORDS,
        sets: &[
            ("webis-posts", 1.0, Grade::All(1.0)),
            ("webis-titles", 1.0, Grade::All(1.0)),
            ("chakraborty", 1.0, Grade::All(1.0)),
            ("youtube", 1.0, Grade::All(1.0)),
            ("goemotions", 1.0, Grade::All(0.0)),
            ("davidson", 1.0, Grade::All(0.0)),
            ("sms", 1.0, Grade::All(0.0)),
        ],
        headline: true,
        power: 0.5,
    },
    Lesson {
        way: Way { letters: true, fewest: 5, most: 4000, apart: true, ..WORDS },
        sets: &[
            ("civil", 0.3, Grade::Own),
            ("civil-sentences", 0.5, Grade::Own),
            ("goemotions", 1.0, Grade::Own),
            ("davidson", 0.3, Grade::Own),
        ],
        headline: false,
        power: 1.0,
    },
    Lesson { way: Way { most: 2000, ..WORDS }, sets: &[("ta1c", 1.0, Grade::Own)], headline: false, power: 1.0 },
];

/// Makes the section.
pub fn section(texts: &Texts) -> Vec<u8> {
    let learned: Vec<Vec<Example>> = LESSONS.iter().map(|lesson| examples(texts, lesson)).map(unzip).collect();
    let parts: Vec<Vec<u8>> =
        LESSONS.iter().map(|lesson| examples(texts, lesson).into_iter().map(|it| it.0).collect()).collect();
    let table = |number: usize, left_out: Option<u8>| {
        let kept = learned[number].iter().zip(&parts[number]).filter(|(_, part)| Some(*part % SHARES) != left_out);
        learn::table(&kept.map(|(example, _)| example.clone()).collect::<Vec<_>>(), LESSONS[number].way)
    };
    let mut whole: Vec<Trained> = (0..LESSONS.len()).map(|number| table(number, None)).collect();
    let mut shares: Vec<Vec<Trained>> =
        (0..SHARES).map(|share| (0..LESSONS.len()).map(|number| table(number, Some(share))).collect()).collect();
    for (number, table) in whole.iter_mut().enumerate() {
        let unseen = learned[number].iter().zip(&parts[number]);
        let graded: Vec<(f32, f32)> = unseen
            .map(|(example, part)| (shares[usize::from(part % SHARES)][number].sum(&example.buckets), example.grade))
            .collect();
        curve::draw(table, &graded);
        table.points.iter_mut().for_each(|point| *point = point.powf(LESSONS[number].power));
        for share in &mut shares {
            (share[number].place, share[number].points) = (table.place, table.points);
        }
    }
    let common = common(texts);
    let mut heads = heads();
    let unlimited: Vec<Vec<u8>> = shares.iter().map(|tables| write_model(&heads, &common, tables)).collect();
    for (head, row) in Head::ALL.into_iter().zip(&mut heads) {
        let scores = ordinary(texts, head, &unlimited);
        row.limits = RATES.map(|rate| limit(&scores, rate));
        let graded = graded(texts, head, &unlimited);
        row.trust = row.limits.map(|from| {
            let flagged: Vec<bool> = graded.iter().filter(|(sure, _)| *sure >= from).map(|(_, is)| *is).collect();
            flagged.iter().filter(|is| **is).count() as f32 / flagged.len().max(1) as f32
        });
    }
    write_model(&heads, &common, &whole)
}

fn unzip(examples: Vec<(u8, Example)>) -> Vec<Example> {
    examples.into_iter().map(|(_, example)| example).collect()
}

fn heads() -> Vec<HeadRow> {
    let row = |language: &[u8; 2], headline, table, gate| HeadRow {
        language: *language,
        headline,
        table,
        gate,
        limits: [f32::INFINITY; 3],
        trust: [0.0; 3],
    };
    vec![row(b"en", true, 0, Some(1)), row(b"en", false, 2, None), row(b"es", true, 3, None)]
}

/// What a lesson teaches, each with the part that its text belongs to.
fn examples(texts: &Texts, lesson: &Lesson) -> Vec<(u8, Example)> {
    let mut examples = Vec::new();
    for (set, weight, grade) in lesson.sets {
        for text in texts.of(set).iter().filter(|text| !text.is_held_out() && is_readable(&text.folded)) {
            if lesson.headline && !is_headline(&text.text, &text.folded) {
                continue;
            }
            let grade = match grade {
                Grade::Own => text.grade,
                Grade::All(grade) => *grade,
            };
            let buckets = buckets(&text.folded, lesson.way);
            examples.push((text.part, Example { buckets, grade, weight: *weight, source: text.set }));
        }
    }
    examples
}

fn buckets(folded: &Folded, way: Way) -> Vec<u32> {
    pieces(folded, way.letters).into_iter().map(|hash| hash >> (32 - way.bits)).collect()
}

/// The scores of ordinary posts, a source each, by the model that had not seen them.
fn ordinary(texts: &Texts, head: Head, unlimited: &[Vec<u8>]) -> Vec<Vec<Option<f32>>> {
    let models: Vec<Model<'_>> = unlimited.iter().filter_map(|bytes| Model::open(bytes).ok()).collect();
    let sets: &[&str] = if head == Head::ClickbaitEs { &["ta1c"] } else { &ORDINARY };
    let language = if head == Head::ClickbaitEs { "es" } else { "en" };
    let scores = sets.iter().map(|set| {
        let texts = texts.of(set).iter().filter(|text| !text.is_held_out() && is_ordinary(text, head));
        let score = |text: &Labelled| {
            let model = models.get(usize::from(text.part % SHARES))?;
            model.score(&text.text, &text.folded, head, Some(language)).map(|score| score.sure)
        };
        texts.map(score).collect::<Vec<_>>()
    });
    scores.filter(|scores| !scores.is_empty()).collect()
}

/// The scores of graded texts, by the model that had not seen them, and whether people called them so: at least slightly.
fn graded(texts: &Texts, head: Head, unlimited: &[Vec<u8>]) -> Vec<(f32, bool)> {
    let models: Vec<Model<'_>> = unlimited.iter().filter_map(|bytes| Model::open(bytes).ok()).collect();
    let (sets, language): (&[&str], _) = match head {
        Head::Clickbait => (&["webis-posts"], "en"),
        Head::Heated => (&["civil", "goemotions", "davidson"], "en"),
        Head::ClickbaitEs => (&["ta1c"], "es"),
    };
    let texts = sets.iter().flat_map(|set| texts.of(set)).filter(|text| !text.is_held_out());
    let scored = texts.filter_map(|text| {
        let model = models.get(usize::from(text.part % SHARES))?;
        let score = model.score(&text.text, &text.folded, head, Some(language))?;
        Some((score.sure, text.grade >= SLIGHTLY))
    });
    scored.collect()
}

/// Whether nothing is ever learned from a set nor found by it.
pub fn is_foreign(set: &str) -> bool {
    !ORDINARY.contains(&set) && !LESSONS.iter().any(|lesson| lesson.sets.iter().any(|(name, _, _)| *name == set))
}

/// Whether a text of an ordinary source is one for this head.
pub fn is_ordinary(text: &Labelled, head: Head) -> bool {
    head == Head::Clickbait || !text.is
}

/// The commonest English words that are rare in other languages.
fn common(texts: &Texts) -> Vec<u32> {
    let counted = |sets: &[&str]| {
        let (mut counts, mut all) = (BTreeMap::<u32, u32>::new(), 0u32);
        for text in sets.iter().flat_map(|set| texts.of(set)).filter(|text| !text.is_held_out()) {
            let mut words: Vec<u32> = text.folded.tokens().iter().map(|token| token.hash).collect();
            words.sort_unstable();
            words.dedup();
            words.into_iter().for_each(|word| *counts.entry(word).or_default() += 1);
            all += 1;
        }
        (counts, all)
    };
    let (english, _) = counted(&["webis-titles", "goemotions"]);
    let (others, all) = counted(&OTHERS);
    let is_foreign = |word: &u32| others.get(word).is_some_and(|n| *n as f32 > all as f32 * FOREIGN);
    let mut words: Vec<(u32, u32)> =
        english.into_iter().filter(|(word, _)| !is_foreign(word)).map(|(word, n)| (n, word)).collect();
    words.sort_by(|a, b| b.cmp(a));
    words.into_iter().take(COMMON).map(|(_, word)| word).collect()
}
