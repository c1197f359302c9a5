//! What an English text is about, as far as its words tell: one of a few topics, or how like it is to words of one's own.
//!
//! Each known word has a direction; a text is the sum of its words', the rarer counting more. A linear head that `cargo
//! xtask train` made says which topic that is, and says nothing where it is not sure, where too few words are known, or
//! where the text is not English. `data/model/TOPICS.md` tells how often it is wrong.
//!
//! What it deliberately does not do: judge, or find a topic a reason for anything by itself. It answers what a person asked
//! for by words of their own.

use super::lexicon::Lexicon;
use super::packed::Packed;
use crate::pack::PackError;
use crate::text::{Folded, Token};

/// The name of the pack's section that [`Topics::open`] reads, and of the pack.
pub const SECTION: &str = "topics";

/// The language that it was made for.
pub const LANGUAGE: &str = "en";
/// A text with fewer known words says too little.
const FEWEST_WORDS: u32 = 3;
/// Nobody needs more words than this to name a topic.
const MOST_SEEDS: usize = 24;
/// More words than this are no longer one post.
const MOST_WORDS: usize = 256;
/// A direction's parts are whole steps to either side of this.
const MIDDLE: f32 = 8.0;
/// So many words are named for which a text is like a person's own.
const MOST_CARRYING: usize = 3;
/// Directions have at most so many parts.
const MOST_PARTS: usize = 128;

/// The topics, the words and their directions.
#[derive(Clone, Debug)]
pub struct Topics {
    /// The names of the topics, a line each.
    names: Vec<u8>,
    /// From which probability on a topic is told, and from which likeness on a text is like one's own words.
    limits: [f32; 2],
    parts: usize,
    /// A row a topic: what each part of a direction weighs, and a constant; four bytes a number, because somebody's own
    /// topics ask for none of them.
    head: Vec<u8>,
    words: Lexicon,
    /// How much each word counts.
    scales: Vec<u8>,
    /// The steps of each word's direction, two a byte.
    steps: Vec<u8>,
}

/// A topic of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Topic<'t> {
    /// Its name.
    pub name: &'t str,
    /// How likely it is, of all topics.
    pub probability: f32,
}

/// What a person's own topic is made of: the mean direction of some words.
#[derive(Clone, Debug, PartialEq)]
pub struct Seeds(Vec<f32>);

impl Seeds {
    /// How like a text of this direction is, from -1 to 1.
    pub fn likeness(&self, direction: &[f32]) -> f32 {
        dot(&self.0, direction)
    }
}

impl Topics {
    /// Opens the section that training wrote.
    ///
    /// # Errors
    /// [`PackError::Section`] if it does not hold together.
    pub fn open(bytes: &[u8]) -> Result<Topics, PackError> {
        Topics::read(&mut Packed::of(bytes)).ok_or(PackError::Section(SECTION))
    }

    fn read(from: &mut Packed<'_>) -> Option<Topics> {
        let (count, parts) = (usize::from(from.byte()?), usize::from(from.byte()?));
        let length = usize::from(from.byte()?);
        let names = from.take(length)?.to_vec();
        let limits = [float(from)?, float(from)?];
        let head = from.take(count * (parts + 1) * 4)?.to_vec();
        let words = Lexicon::read(from)?;
        let scales = from.take(words.len())?.to_vec();
        let steps = from.take(words.len() * parts / 2)?.to_vec();
        let is_sound = from.is_empty() && parts % 2 == 0 && (1..=MOST_PARTS).contains(&parts);
        is_sound.then_some(Topics { names, limits, parts, head, words, scales, steps })
    }

    /// The names of all topics.
    pub fn names(&self) -> Vec<&str> {
        str::from_utf8(&self.names).unwrap_or_default().lines().collect()
    }

    /// What a text in this language is about; nothing if it is not English, or it is not sure.
    pub fn of(&self, folded: &Folded, language: Option<&str>) -> Option<Topic<'_>> {
        let probabilities = self.probabilities(folded).filter(|_| language == Some(LANGUAGE))?;
        let (at, probability) = probabilities.into_iter().enumerate().max_by(|a, b| a.1.total_cmp(&b.1))?;
        let name = *self.names().get(at)?;
        (probability >= self.limits[0]).then_some(Topic { name, probability })
    }

    /// How likely each topic is, sure or not; nothing if too few words are known.
    pub fn probabilities(&self, folded: &Folded) -> Option<Vec<f32>> {
        let mut direction = self.direction(folded.tokens(), FEWEST_WORDS)?;
        direction.push(1.0);
        let (numbers, _) = self.head.as_chunks::<4>();
        let numbers: Vec<f32> = numbers.iter().copied().map(f32::from_le_bytes).collect();
        let rows = numbers.chunks_exact(self.parts + 1);
        let mut powers: Vec<f32> = rows.map(|row| dot(row, &direction).exp()).collect();
        let all: f32 = powers.iter().sum();
        powers.iter_mut().for_each(|power| *power /= all);
        Some(powers)
    }

    /// The mean direction of the words by which a person named a topic; nothing if none of them is known.
    pub fn seeds(&self, words: &Folded) -> Option<Seeds> {
        let mut mean = vec![0.0; self.parts];
        for word in words.tokens().chunks(1).take(MOST_SEEDS) {
            let direction = self.direction(word, 1).unwrap_or_default();
            mean.iter_mut().zip(direction).for_each(|(sum, part)| *sum += part);
        }
        unit(mean).map(Seeds)
    }

    /// How like a text in this language is to a person's own words, from -1 to 1; nothing if it is not English.
    pub fn likeness(&self, seeds: &Seeds, folded: &Folded, language: Option<&str>) -> Option<f32> {
        Some(seeds.likeness(&self.direction_of(folded, language)?))
    }

    /// Whether a text that is so like a person's own words is about them.
    pub fn is_like(&self, likeness: f32) -> bool {
        likeness >= self.limits[1]
    }

    /// The words for which a text is like a person's own the most, as they stand in it, the weightiest first.
    pub fn carrying(&self, seeds: &Seeds, text: &str, folded: &Folded) -> String {
        let mut best = [(0.0, ""); MOST_CARRYING];
        for token in folded.tokens().iter().take(MOST_WORDS) {
            let Some(number) = self.words.find(token.hash) else { continue };
            let word = text.get(token.from as usize..token.to as usize).unwrap_or_default();
            if best.iter().any(|(_, other)| other.eq_ignore_ascii_case(word)) {
                continue;
            }
            let weight = seeds.0.iter().enumerate().map(|(part, seed)| self.part(number, part) * seed).sum();
            let mut next = (weight, word);
            for place in &mut best {
                if next.0 > place.0 {
                    std::mem::swap(place, &mut next);
                }
            }
        }
        let mut words = String::new();
        for (_, word) in best.iter().filter(|(_, word)| !word.is_empty()) {
            words.push_str(if words.is_empty() { "" } else { ", " });
            words.push_str(word);
        }
        words
    }

    /// Whether a word is known.
    pub fn knows(&self, word: &Token) -> bool {
        self.words.find(word.hash).is_some()
    }

    /// The direction of a text in this language; nothing if it is not English, or too few words are known.
    pub fn direction_of(&self, folded: &Folded, language: Option<&str>) -> Option<Vec<f32>> {
        self.direction(folded.tokens(), FEWEST_WORDS).filter(|_| language == Some(LANGUAGE))
    }

    /// The direction of a text's known words together.
    fn direction(&self, tokens: &[Token], fewest: u32) -> Option<Vec<f32>> {
        // Sums of some hundred words of small steps are exact in a float.
        let mut sums = vec![0.0; self.parts];
        let mut known = 0;
        for token in tokens.iter().take(MOST_WORDS) {
            let Some(number) = self.words.find(token.hash) else { continue };
            known += 1;
            sums.iter_mut().enumerate().for_each(|(part, sum)| *sum += self.part(number, part));
        }
        (known >= fewest).then(|| unit(sums)).flatten()
    }

    /// A part of a word's direction, which is as long as the word counts.
    fn part(&self, number: u16, part: usize) -> f32 {
        let number = usize::from(number);
        let pair = self.steps.get((number * self.parts + part) / 2).copied().unwrap_or_default();
        let step = if part.is_multiple_of(2) { pair & 15 } else { pair >> 4 };
        let scale = self.scales.get(number).copied().unwrap_or_default();
        f32::from(scale) * (f32::from(step) - MIDDLE)
    }
}

/// The same direction with the length one; nothing of nothing.
fn unit(mut direction: Vec<f32>) -> Option<Vec<f32>> {
    let length = dot(&direction, &direction).sqrt();
    direction.iter_mut().for_each(|part| *part /= length);
    (length > 0.0).then_some(direction)
}

fn dot(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn float(from: &mut Packed<'_>) -> Option<f32> {
    from.take(4)?.first_chunk().copied().map(f32::from_le_bytes)
}

/// What training makes of topics.
#[cfg(feature = "authoring")]
#[derive(Clone, Debug, Default)]
pub struct TrainedTopics {
    /// The topics.
    pub names: Vec<String>,
    /// From which probability on a topic is told, and from which likeness on a text is like one's own words.
    pub limits: [f32; 2],
    /// A row a topic: what each part of a direction weighs, and a constant.
    pub head: Vec<Vec<f32>>,
    /// Each word's hash, how much it counts, and its direction in steps of -7 to 7; ascending by hash, each there once.
    pub words: Vec<(u32, u8, Vec<i8>)>,
}

/// Writes the section.
#[cfg(feature = "authoring")]
pub fn write(made: &TrainedTopics) -> Vec<u8> {
    let small = |n: usize| u8::try_from(n).unwrap_or(u8::MAX);
    let parts = made.words.first().map_or(0, |word| word.2.len());
    let names = made.names.join("\n");
    let mut out = vec![small(made.names.len()), small(parts), small(names.len())];
    out.extend(names.as_bytes());
    out.extend(made.limits.iter().chain(made.head.iter().flatten()).flat_map(|number| number.to_le_bytes()));
    out.extend(super::lexicon::write(&made.words.iter().map(|word| word.0).collect::<Vec<u32>>()));
    out.extend(made.words.iter().map(|word| word.1));
    let step = |step: i8| (step.clamp(-7, 7) + 8).unsigned_abs();
    for (_, _, steps) in &made.words {
        out.extend(steps.chunks(2).map(|pair| step(pair[0]) | step(*pair.get(1).unwrap_or(&0)) << 4));
    }
    out
}
