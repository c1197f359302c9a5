//! Learning a table of weights: logistic regression with soft labels, by the follow-the-regularised-leader rule.
//!
//! Most weights end at zero, which is what keeps the model small (McMahan et al. 2013). The texts come in an order that
//! only their number decides, so that the same texts make the same table. Each source has a constant of its own while
//! learning, which is thrown away: what sets differ in as a whole is not to be learned as what is graded.
//!
//! What it deliberately does not do: know what is learned. It stands here and is no crate's, because the rule is short.

use std::collections::BTreeMap;

use plainsight::api::authoring::Trained;

/// A text as it is learned from.
#[derive(Clone, Debug)]
pub struct Example {
    /// Buckets of its pieces, as often as they stand in it.
    pub buckets: Vec<u32>,
    /// What it is to come to, from 0 to 1.
    pub grade: f32,
    /// How much it counts.
    pub weight: f32,
    /// Where it comes from.
    pub source: &'static str,
}

/// How to learn.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    /// Two to this power is the number of buckets.
    pub bits: u32,
    /// Whether letters in a row are weighed too.
    pub letters: bool,
    /// How strongly small weights are drawn to zero.
    pub sparse: f32,
    /// How many weights are kept at most.
    pub most: usize,
    /// How often all texts are gone through.
    pub rounds: usize,
    /// Whether each source has a constant of its own.
    pub apart: bool,
}

/// How fast weights move.
const PACE: f32 = 0.3;
/// How strongly all weights are drawn together.
const EVEN: f32 = 1.0;
/// A bucket in which fewer texts than this have a piece weighs nothing.
const FEWEST_TEXTS: u32 = 2;
/// Steps to either side.
const STEPS: f32 = 8.0;
/// Of ten thousand weights a hundred may be larger than the largest step.
const CLIPPED: f32 = 0.99;

/// Learns a table; its curve is not yet drawn.
pub fn table(examples: &[Example], way: Way) -> Trained {
    let (mut weights, bias) = learn(examples, way);
    drop_rare(&mut weights, examples);
    keep_largest(&mut weights, way.most);
    let mut sizes: Vec<f32> = weights.iter().map(|weight| weight.abs()).filter(|size| *size > 0.0).collect();
    sizes.sort_by(f32::total_cmp);
    let at = (sizes.len().saturating_sub(1) as f32 * CLIPPED) as usize;
    let step = sizes.get(at).copied().unwrap_or(STEPS) / STEPS;
    let in_steps = |weight: &f32| (weight / step).round().clamp(-STEPS, STEPS) as i8;
    let weights = weights.iter().map(in_steps).collect();
    Trained { letters: way.letters, weights, step, bias, ..Trained::default() }
}

fn learn(examples: &[Example], way: Way) -> (Vec<f32>, f32) {
    let buckets = 1 << way.bits;
    let (mut pulls, mut squares, mut weights) = (vec![0f32; buckets], vec![0f32; buckets], vec![0f32; buckets]);
    let (mut bias, mut constants) = (Constant::default(), BTreeMap::<&str, Constant>::new());
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut state = 42;
    for _ in 0..way.rounds {
        shuffle(&mut order, &mut state);
        for example in order.iter().filter_map(|at| examples.get(*at)) {
            let share = 1.0 / (example.buckets.len().max(1) as f32).sqrt();
            let weighed: f32 = example.buckets.iter().map(|bucket| weights[*bucket as usize]).sum();
            let own = constants.entry(example.source).or_default();
            let sum = bias.value + own.value + weighed * share;
            let slope = (1.0 / (1.0 + (-sum).exp()) - example.grade) * example.weight;
            bias.step(slope);
            if way.apart {
                own.step(slope);
            }
            let slope = slope * share;
            for bucket in &example.buckets {
                let at = *bucket as usize;
                let grown = squares[at] + slope * slope;
                pulls[at] += slope - (grown.sqrt() - squares[at].sqrt()) / PACE * weights[at];
                squares[at] = grown;
                let pull = pulls[at];
                weights[at] = if pull.abs() <= way.sparse {
                    0.0
                } else {
                    -(pull - pull.signum() * way.sparse) / ((1.0 + grown.sqrt()) / PACE + EVEN)
                };
            }
        }
    }
    (weights, bias.value)
}

/// A constant, which nothing draws to zero.
#[derive(Clone, Copy, Debug)]
struct Constant {
    value: f32,
    squares: f32,
}

impl Default for Constant {
    fn default() -> Constant {
        Constant { value: 0.0, squares: 1.0 }
    }
}

impl Constant {
    fn step(&mut self, slope: f32) {
        self.squares += slope * slope;
        self.value -= PACE / self.squares.sqrt() * slope;
    }
}

/// Puts an order out of order, always in the same way.
fn shuffle(order: &mut [usize], state: &mut u64) {
    for at in (1..order.len()).rev() {
        // Steele et al. 2014, splitmix.
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        order.swap(at, ((mixed ^ (mixed >> 31)) % (at as u64 + 1)) as usize);
    }
}

fn drop_rare(weights: &mut [f32], examples: &[Example]) {
    let mut texts = vec![0u32; weights.len()];
    for example in examples {
        let mut buckets = example.buckets.clone();
        buckets.sort_unstable();
        buckets.dedup();
        buckets.iter().for_each(|bucket| texts[*bucket as usize] += 1);
    }
    for (weight, texts) in weights.iter_mut().zip(texts) {
        if texts < FEWEST_TEXTS {
            *weight = 0.0;
        }
    }
}

fn keep_largest(weights: &mut [f32], most: usize) {
    let mut sizes: Vec<f32> = weights.iter().map(|weight| weight.abs()).collect();
    sizes.sort_by(|a, b| b.total_cmp(a));
    let smallest = sizes.get(most).copied().unwrap_or(0.0);
    weights.iter_mut().filter(|weight| weight.abs() <= smallest).for_each(|weight| *weight = 0.0);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts() -> Vec<Example> {
        let example =
            |buckets: &[u32], grade: f32, source| Example { buckets: buckets.to_vec(), grade, weight: 1.0, source };
        let rows = [
            example(&[1, 2], 0.9, "a"),
            example(&[1, 3], 0.8, "b"),
            example(&[4, 2], 0.1, "a"),
            example(&[4, 3], 0.0, "b"),
            example(&[4, 5], 0.1, "a"),
        ];
        rows.iter().cycle().take(200).cloned().collect()
    }

    const WAY: Way = Way { bits: 6, letters: false, sparse: 0.1, most: 64, rounds: 10, apart: true };

    #[test]
    fn what_is_graded_high_weighs_more_than_what_is_graded_low() {
        let table = table(&texts(), WAY);
        assert!(table.weights[1] > 0 && table.weights[4] < 0, "{:?}", &table.weights[..8]);
        assert_eq!(table.weights[7], 0);
    }

    #[test]
    fn the_same_texts_make_the_same_table_and_no_more_weights_than_allowed() {
        let way = Way { most: 2, ..WAY };
        let made = table(&texts(), way);
        assert_eq!(made.weights, table(&texts(), way).weights);
        assert!(made.weights.iter().filter(|weight| **weight != 0).count() <= 2, "{:?}", &made.weights[..8]);
    }
}
