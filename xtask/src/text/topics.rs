//! The recipe of topics: the embedding made small, a linear head over it, and the limits from which on it speaks.
//!
//! The embedding (a direction a word, distilled by others, Apache-2.0) is cut to the commonest words, to its first parts,
//! and to five steps a part. The head learns from headlines; posts whose terms are for research place the limit, if they are there,
//! and are measured on. What it deliberately does not do: draw anything by lot; all texts are gone through together.

use std::fs;
use std::io::{Cursor, Read as _};
use std::path::Path;

use anyhow::{Context, Result, ensure};
use plainsight::api::authoring::{Folded, Topics, TrainedTopics, write_topics};
use serde::Deserialize;

use super::limits::limit;
use super::sets::Texts;
use crate::files::table;

/// The topics, with the labels that they stand for.
const TOPICS: &str = "data/model/topics.toml";
/// So many of the commonest words are kept: what the package has room for.
const WORDS: usize = 4_300;
/// Parts of a direction as it was distilled, the weightiest first.
const ALL_PARTS: usize = 64;
/// So many of them are kept, and of each so many steps to either side: half the bytes of all parts in seven steps, and
/// texts are found as like somebody's own words as with these (`TOPICS.md`).
const PARTS: usize = 48;
const STEPS: f32 = 2.0;
/// What the head learns from, and what places its limit where it is there.
pub const HEADLINES: &str = "topic-headlines";
/// Posts with topics.
pub const TWEETS: &str = "topic-tweets";
/// Of what is told, so much is to be right.
const RIGHT: f32 = 0.85;
/// Of ordinary posts, so many may be like somebody's own topic by their words.
pub const LIKE: f32 = 0.005;
/// All texts are gone through so often.
const ROUNDS: usize = 200;
/// How fast the head moves, how much of the last step is kept, and how strongly it is drawn together.
const PACE: f32 = 8.0;
const KEPT: f32 = 0.9;
const EVEN: f32 = 1e-5;

/// [`TOPICS`].
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Known {
    /// One for each topic.
    pub topic: Vec<KnownTopic>,
}

/// A topic.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownTopic {
    /// Its name.
    pub name: String,
    /// The labels of the sets that mean it.
    pub labels: Vec<String>,
    /// Words that a person might name it by.
    pub seeds: Vec<String>,
}

impl Known {
    /// Reads the file.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn read() -> Result<Known> {
        table(TOPICS)
    }

    /// The place of the topic that a label means.
    pub fn place(&self, label: &str) -> Option<usize> {
        self.topic.iter().position(|topic| topic.labels.iter().any(|it| it == label))
    }
}

/// Makes the section of the embedding in the folder and of its texts.
///
/// # Errors
/// If the embedding or the topics cannot be read, or there are no texts to learn from.
pub fn section(folder: &Path, texts: &Texts) -> Result<Vec<u8>> {
    let known = Known::read()?;
    let mut made = TrainedTopics {
        names: known.topic.iter().map(|topic| topic.name.clone()).collect(),
        words: words(&folder.join("models"))?,
        limits: [0.0, 0.0],
        head: vec![vec![0.0; PARTS + 1]; known.topic.len()],
    };
    let learned: Vec<(Vec<f32>, usize)> = {
        let bare = Topics::open(&write_topics(&made))?;
        let texts = texts.of(HEADLINES).iter().filter(|text| !text.is_held_out());
        texts
            .filter_map(|text| Some((bare.direction_of(&text.folded, Some("en"))?, known.place(&text.label)?)))
            .collect()
    };
    ensure!(!learned.is_empty(), "there are no {HEADLINES} to learn topics from");
    made.head = head(&learned, known.topic.len());
    made.limits[0] = sure(&Topics::open(&write_topics(&made))?, texts, &known);
    made.limits[1] = like(&Topics::open(&write_topics(&made))?, texts, &known);
    Ok(write_topics(&made))
}

/// The commonest words: hash, how much each counts, and its direction in steps.
fn words(folder: &Path) -> Result<Vec<(u32, u8, Vec<i8>)>> {
    let read = |name: &str| fs::read(folder.join(name)).with_context(|| format!("cannot read {name} of the embedding"));
    let mut archive = zip::ZipArchive::new(Cursor::new(read("minilm_static64_int8.npz")?))?;
    let mut matrix = Vec::new();
    archive.by_name("E.npy")?.read_to_end(&mut matrix)?;
    let (matrix, counts) = (npy(&matrix)?, read("minilm_sif.npy")?);
    let (counts, _) = npy(&counts)?.as_chunks::<4>();
    let vocabulary = String::from_utf8(read("minilm_vocab.txt")?)?;
    let mut rows: Vec<(f32, &str, &[u8])> = Vec::new();
    for ((word, row), count) in vocabulary.lines().zip(matrix.chunks_exact(ALL_PARTS)).zip(counts) {
        // Pieces of words begin with a sign.
        if word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase()) {
            rows.push((f32::from_le_bytes(*count), word, row));
        }
    }
    // The commoner a word is, the less it counts.
    rows.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(b.1)));
    rows.truncate(WORDS);
    let sized = rows.iter().map(|(count, word, row)| {
        let row: Vec<i8> = row.iter().take(PARTS).map(|byte| i8::from_le_bytes([*byte])).collect();
        let largest = row.iter().map(|part| f32::from(*part).abs()).fold(1.0, f32::max);
        let steps = row.iter().map(|part| (f32::from(*part) / largest * STEPS).round() as i8).collect::<Vec<i8>>();
        let folded = Folded::of(word);
        (folded.tokens().first().map_or(0, |token| token.hash), count * largest, steps)
    });
    let mut sized: Vec<(u32, f32, Vec<i8>)> = sized.collect();
    sized.sort_by_key(|word| word.0);
    sized.dedup_by_key(|word| word.0);
    let largest = sized.iter().map(|word| word.1).fold(0.0, f32::max);
    let scale = |size: f32| (size / largest * f32::from(u8::MAX)).round() as u8;
    Ok(sized.into_iter().map(|(hash, size, steps)| (hash, scale(size), steps)).collect())
}

/// The numbers of a NumPy file, behind its head.
fn npy(bytes: &[u8]) -> Result<&[u8]> {
    ensure!(bytes.starts_with(b"\x93NUMPY\x01"), "the embedding is no NumPy file of version 1");
    let length = bytes.get(8..10).map_or(0, |it| usize::from(it[0]) | usize::from(it[1]) << 8);
    bytes.get(10 + length..).context("the embedding is cut off")
}

/// Logistic regression over all topics, each counted by the root of how many texts it has.
fn head(learned: &[(Vec<f32>, usize)], topics: usize) -> Vec<Vec<f32>> {
    let mut of_topic = vec![0f32; topics];
    learned.iter().for_each(|(_, topic)| of_topic[*topic] += 1.0);
    let weigh = |topic: usize| 1.0 / of_topic[topic].max(1.0).sqrt();
    let all: f32 = learned.iter().map(|(_, topic)| weigh(*topic)).sum();
    let mut head = vec![vec![0f32; PARTS + 1]; topics];
    let mut moving = head.clone();
    for _ in 0..ROUNDS {
        let mut slopes = vec![vec![0f32; PARTS + 1]; topics];
        for (direction, topic) in learned {
            let sums = head.iter().map(|row| row[PARTS] + row.iter().zip(direction).map(|(a, b)| a * b).sum::<f32>());
            let powers: Vec<f32> = sums.map(f32::exp).collect();
            let whole: f32 = powers.iter().sum();
            for (place, power) in powers.iter().enumerate() {
                let wrong = (power / whole - f32::from(u8::from(place == *topic))) * weigh(*topic) / all;
                let slope = &mut slopes[place];
                slope.iter_mut().zip(direction).for_each(|(slope, part)| *slope += wrong * part);
                slope[PARTS] += wrong;
            }
        }
        for ((row, moving), slopes) in head.iter_mut().zip(&mut moving).zip(&slopes) {
            for ((weight, moving), slope) in row.iter_mut().zip(moving).zip(slopes) {
                *moving = KEPT * *moving - PACE * (slope + EVEN * *weight);
                *weight += *moving;
            }
        }
    }
    head
}

/// The lowest probability from which on so much as is wanted of what is told is right, of each set that is there. What
/// no label means a topic for is wrong whatever is told.
fn sure(topics: &Topics, texts: &Texts, known: &Known) -> f32 {
    let limits = [HEADLINES, TWEETS].map(|set| {
        let texts = texts.of(set).iter().filter(|text| !text.is_held_out());
        let mut told: Vec<(f32, bool)> = texts
            .filter_map(|text| {
                let (place, probability) = best(&topics.probabilities(&text.folded)?)?;
                Some((probability, Some(place) == known.place(&text.label)))
            })
            .collect();
        told.sort_by(|a, b| b.0.total_cmp(&a.0));
        let (mut right, mut limit) = (0.0, 1.0);
        for (n, (probability, is)) in told.iter().enumerate() {
            right += f32::from(u8::from(*is));
            if right >= RIGHT * (n + 1) as f32 {
                limit = *probability;
            }
        }
        if told.is_empty() { 0.0 } else { limit }
    });
    limits[0].max(limits[1])
}

/// The place of the likeliest topic, and how likely it is.
pub fn best(probabilities: &[f32]) -> Option<(usize, f32)> {
    probabilities.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1))
}

/// From which likeness on a text is like a person's own words: so that by the words of each topic only few ordinary posts
/// are, on the mean. Headlines stand in where no ordinary posts are.
fn like(topics: &Topics, texts: &Texts, known: &Known) -> f32 {
    let scores: Vec<Vec<Option<f32>>> = known.topic.iter().flat_map(|topic| likenesses(topics, texts, topic)).collect();
    limit(&scores, LIKE)
}

/// How like the ordinary posts that are not held out are to the words of a topic, a source each.
fn likenesses(topics: &Topics, texts: &Texts, topic: &KnownTopic) -> Vec<Vec<Option<f32>>> {
    let Some(seeds) = topics.seeds(&Folded::of(&topic.seeds.join(" "))) else { return Vec::new() };
    let of = |set: &&str| {
        let texts = texts.of(set).iter().filter(|text| !text.is_held_out());
        texts.map(|text| topics.likeness(&seeds, &text.folded, Some("en"))).collect::<Vec<_>>()
    };
    super::recipe::ORDINARY.iter().map(of).filter(|scores| !scores.is_empty()).collect()
}
