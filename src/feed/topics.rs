//! What an English text is about, as far as its words tell: one of a few topics, or how like it is to words of one's own.
//!
//! Each known word has a direction; a text is the sum of its words', the rarer counting more. A linear head that `cargo
//! xtask train` made says which topic that is, and says nothing where it is not sure, where too few words are known, or
//! where the text is not English. `data/model/TOPICS.md` tells how often it is wrong.
//!
//! What it deliberately does not do: judge, or find a topic a reason for anything. It counts what a feed is made of, and
//! answers what a person asked for by words of their own.

use super::lexicon::Lexicon;
use super::packed::Packed;
use crate::pack::PackError;
use crate::text::Folded;

/// The name of the pack's section that [`Topics::open`] reads.
pub const SECTION: &str = "topics";

/// The language that it was made for.
const LANGUAGE: &str = "en";
/// A text with fewer known words says too little.
const FEWEST_WORDS: u32 = 3;
/// More words than this are no longer one post.
const MOST_WORDS: usize = 256;
/// A direction's parts are whole steps to either side of this.
const MIDDLE: u8 = 8;
/// Directions have at most so many parts.
const MOST_PARTS: usize = 128;

/// The topics, the words and their directions.
#[derive(Clone, Debug)]
pub struct Topics {
    names: Vec<String>,
    /// From which probability on a topic is told, and from which likeness on a text is like one's own words.
    limits: [f32; 2],
    parts: usize,
    /// A row a topic: what each part of a direction weighs, and a constant.
    head: Vec<f32>,
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
        let mut names = Vec::new();
        for _ in 0..count {
            let length = usize::from(from.byte()?);
            names.push(std::str::from_utf8(from.take(length)?).ok()?.to_owned());
        }
        let limits = [float(from)?, float(from)?];
        let head = (0..count * (parts + 1)).map(|_| float(from)).collect::<Option<Vec<f32>>>()?;
        let words = Lexicon::read(from)?;
        let scales = from.take(words.len())?.to_vec();
        let steps = from.take(words.len() * parts / 2)?.to_vec();
        let is_sound = from.is_empty() && count > 0 && parts % 2 == 0 && (1..=MOST_PARTS).contains(&parts);
        is_sound.then_some(Topics { names, limits, parts, head, words, scales, steps })
    }

    /// The names of all topics.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// What a text in this language is about; nothing if it is not English, or it is not sure.
    pub fn of(&self, folded: &Folded, language: Option<&str>) -> Option<Topic<'_>> {
        let probabilities = self.probabilities(folded).filter(|_| language == Some(LANGUAGE))?;
        let (at, probability) = probabilities.into_iter().enumerate().max_by(|a, b| a.1.total_cmp(&b.1))?;
        let name = self.names.get(at)?;
        (probability >= self.limits[0]).then_some(Topic { name, probability })
    }

    /// How likely each topic is, sure or not; nothing if too few words are known.
    pub fn probabilities(&self, folded: &Folded) -> Option<Vec<f32>> {
        let direction = self.direction(folded, FEWEST_WORDS)?;
        let rows = self.head.chunks_exact(self.parts + 1);
        let sums = rows.map(|row| row.iter().zip(direction.iter().chain([&1.0])).map(|(a, b)| a * b).sum::<f32>());
        let mut powers: Vec<f32> = sums.map(f32::exp).collect();
        let all: f32 = powers.iter().sum();
        powers.iter_mut().for_each(|power| *power /= all);
        Some(powers)
    }

    /// The mean direction of some words of a person's own; nothing if none of them is known.
    pub fn seeds<'s>(&self, words: impl IntoIterator<Item = &'s str>) -> Option<Seeds> {
        let mut mean = vec![0.0; self.parts];
        for word in words {
            for (sum, part) in mean.iter_mut().zip(self.direction(&Folded::of(word), 1).unwrap_or_default()) {
                *sum += part;
            }
        }
        unit(mean).map(Seeds)
    }

    /// How like a text in this language is to a person's own words, from -1 to 1; nothing if it is not English.
    pub fn likeness(&self, seeds: &Seeds, folded: &Folded, language: Option<&str>) -> Option<f32> {
        let direction = self.direction(folded, FEWEST_WORDS).filter(|_| language == Some(LANGUAGE))?;
        Some(direction.iter().zip(&seeds.0).map(|(a, b)| a * b).sum())
    }

    /// Whether a text that is so like a person's own words is about them.
    pub fn is_like(&self, likeness: f32) -> bool {
        likeness >= self.limits[1]
    }

    /// The direction of a text, for learning.
    #[cfg(feature = "authoring")]
    pub fn direction_of(&self, folded: &Folded) -> Option<Vec<f32>> {
        self.direction(folded, FEWEST_WORDS)
    }

    /// The direction of a text's known words together.
    fn direction(&self, folded: &Folded, fewest: u32) -> Option<Vec<f32>> {
        let mut sums = vec![0i32; self.parts];
        let mut known = 0;
        for token in folded.tokens().iter().take(MOST_WORDS) {
            let Some(number) = self.words.find(token.hash).map(usize::from) else { continue };
            let half = self.parts / 2;
            let (Some(scale), Some(steps)) =
                (self.scales.get(number), self.steps.get(number * half..(number + 1) * half))
            else {
                continue;
            };
            known += 1;
            for (pair, step) in sums.chunks_exact_mut(2).zip(steps) {
                pair[0] += i32::from(*scale) * (i32::from(step & 15) - i32::from(MIDDLE));
                pair[1] += i32::from(*scale) * (i32::from(step >> 4) - i32::from(MIDDLE));
            }
        }
        // Sums of some hundred words of small steps are exact in a float.
        (known >= fewest).then(|| unit(sums.into_iter().map(|sum| sum as f32).collect())).flatten()
    }
}

/// The same direction with the length one; nothing of nothing.
fn unit(mut direction: Vec<f32>) -> Option<Vec<f32>> {
    let length = direction.iter().map(|part| part * part).sum::<f32>().sqrt();
    direction.iter_mut().for_each(|part| *part /= length);
    (length > 0.0).then_some(direction)
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
    let mut out = vec![small(made.names.len()), small(parts)];
    for name in &made.names {
        out.push(small(name.len()));
        out.extend(name.as_bytes());
    }
    out.extend(made.limits.iter().chain(made.head.iter().flatten()).flat_map(|number| number.to_le_bytes()));
    out.extend(super::lexicon::write(&made.words.iter().map(|word| word.0).collect::<Vec<u32>>()));
    out.extend(made.words.iter().map(|word| word.1));
    let step = |step: i8| (step.clamp(-7, 7) + 8).unsigned_abs();
    for (_, _, steps) in &made.words {
        out.extend(steps.chunks(2).map(|pair| step(pair[0]) | step(*pair.get(1).unwrap_or(&0)) << 4));
    }
    out
}
