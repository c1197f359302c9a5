//! Learning a table of weights: logistic regression with soft labels, its weights drawn together by their squares.
//!
//! All texts are gone through together, towards the least error by the limited-memory rule of Broyden, Fletcher, Goldfarb
//! and Shanno (Nocedal 1980), so that the same texts make the same table. A rare piece may weigh more than a common one:
//! its share in a text counts by how rare it is, which the weight then holds. What matters least is left out, and the
//! rest is learned once more without it. Each source may have a constant of its own while learning, which is thrown
//! away: what sets differ in as a whole is not to be learned as what is graded.
//!
//! What it deliberately does not do: know what is learned. It stands here and is no crate's, because the rule is short.
//! Going through the texts one by one, with most weights drawn to zero, was here before and came to less (see the card).

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
    /// How strongly all weights are drawn together.
    pub even: f32,
    /// A bucket in which fewer texts than this have a piece weighs nothing.
    pub fewest: u32,
    /// How many weights are kept at most.
    pub most: usize,
    /// Whether each source has a constant of its own.
    pub apart: bool,
}

/// The least error is nearly reached after so many rounds.
const ROUNDS: usize = 60;
/// And when a round makes it less by no more than this part.
const LITTLE: f64 = 1e-6;
/// So many rounds are remembered.
const MEMORY: usize = 8;
/// A step that does not help is halved, down to this.
const SHORTEST: f32 = 1e-4;
/// How strongly a source's constant is drawn to zero.
const EVEN_CONSTANT: f32 = 0.01;
/// How rare a piece is, is counted in this: what stands in one text of 150 counts as it is.
const RARE: f32 = 5.0;

/// Learns a table; its curve is not yet drawn.
pub fn table(examples: &[Example], way: Way) -> Trained {
    let texts = texts_of(examples, 1 << way.bits);
    let rare =
        |count: &u32| if *count < way.fewest { 0.0 } else { (examples.len() as f32 / *count as f32).ln() / RARE };
    let mut scales: Vec<f32> = texts.iter().map(rare).collect();
    let mut learned = Course::new(examples, &scales, way).walk();
    if scales.iter().filter(|scale| **scale > 0.0).count() > way.most {
        // How much is lost without a weight, about: it is in as many sums as there are texts with its piece.
        let matters = learned.0.iter().zip(&texts).map(|(weight, texts)| weight.abs() * (*texts as f32).sqrt());
        let matters: Vec<f32> = matters.collect();
        let mut sorted = matters.clone();
        sorted.sort_by(|a, b| b.total_cmp(a));
        let limit = sorted.get(way.most).copied().unwrap_or(0.0);
        scales.iter_mut().zip(matters).filter(|(_, matters)| *matters <= limit).for_each(|(scale, _)| *scale = 0.0);
        learned = Course::new(examples, &scales, way).walk();
    }
    let mut made = Trained { letters: way.letters, bias: learned.1, ..Trained::default() };
    made.weigh(&learned.0);
    made
}

/// In how many texts each bucket has a piece.
fn texts_of(examples: &[Example], buckets: usize) -> Vec<u32> {
    let mut texts = vec![0u32; buckets];
    for example in examples {
        let mut own = example.buckets.clone();
        own.sort_unstable();
        own.dedup();
        own.iter().for_each(|bucket| texts[*bucket as usize] += 1);
    }
    texts
}

/// What is learned from, and how: the way from no weights at all to those with the least error.
struct Course<'e> {
    examples: &'e [Example],
    scales: &'e [f32],
    /// Of each text the buckets that count, and its source's place behind them.
    rows: Vec<(Vec<(u32, f32)>, usize)>,
    /// How strongly each number is drawn to zero: buckets, constants of sources, the constant of all.
    even: Vec<f32>,
}

impl<'e> Course<'e> {
    fn new(examples: &'e [Example], scales: &'e [f32], way: Way) -> Course<'e> {
        let mut sources: Vec<&str> = examples.iter().map(|example| example.source).collect();
        sources.sort_unstable();
        sources.dedup();
        let all = scales.len() + sources.len();
        let row = |example: &Example| {
            let share = 1.0 / (example.buckets.len().max(1) as f32).sqrt();
            let counts = example.buckets.iter().map(|bucket| (*bucket, share * scales[*bucket as usize]));
            let source = sources.binary_search(&example.source).unwrap_or_default();
            // Where sources have none of their own, theirs is the constant of all.
            (counts.filter(|(_, share)| *share > 0.0).collect(), if way.apart { scales.len() + source } else { all })
        };
        let mut even = vec![way.even; scales.len()];
        even.resize(all, EVEN_CONSTANT);
        even.push(0.0);
        Course { examples, scales, rows: examples.iter().map(row).collect(), even }
    }

    /// How wrong these numbers are, and in which direction it grows.
    fn error(&self, numbers: &[f32]) -> (f64, Vec<f32>) {
        let mut slopes: Vec<f32> = numbers.iter().zip(&self.even).map(|(number, even)| number * even).collect();
        let mut error = dot(&slopes, numbers) / 2.0;
        let last = numbers.len() - 1;
        for (example, (row, source)) in self.examples.iter().zip(&self.rows) {
            let own = if *source == last { 0.0 } else { numbers[*source] };
            let weighed: f32 = row.iter().map(|(bucket, share)| numbers[*bucket as usize] * share).sum();
            let sum = numbers[last] + own + weighed;
            // The logarithm of a probability, in the form that no large sum overflows.
            let (far, grade) = (f64::from(sum.abs()), f64::from(example.grade));
            let wrong = if sum > 0.0 { 1.0 - grade } else { grade };
            error += f64::from(example.weight) * ((-far).exp().ln_1p() + wrong * far);
            let slope = (1.0 / (1.0 + (-sum).exp()) - example.grade) * example.weight;
            row.iter().for_each(|(bucket, share)| slopes[*bucket as usize] += slope * share);
            if *source != last {
                slopes[*source] += slope;
            }
            slopes[last] += slope;
        }
        (error, slopes)
    }

    /// The weights with the least error, and the constant of all.
    fn walk(&self) -> (Vec<f32>, f32) {
        let mut numbers = vec![0f32; self.even.len()];
        let (mut error, mut slopes) = self.error(&numbers);
        let mut past: Vec<Step> = Vec::new();
        for _ in 0..ROUNDS {
            let way = direction(&slopes, &past);
            let falls = -dot(&way, &slopes);
            let mut length = 1.0;
            let (next, (next_error, next_slopes)) = loop {
                let next: Vec<f32> = numbers.iter().zip(&way).map(|(number, way)| number - length * way).collect();
                let found = self.error(&next);
                if found.0 <= error + 1e-4 * f64::from(length) * falls || length < SHORTEST {
                    break (next, found);
                }
                length /= 2.0;
            };
            let gained = error - next_error;
            if gained <= 0.0 {
                break;
            }
            let moved: Vec<f32> = next.iter().zip(&numbers).map(|(next, number)| next - number).collect();
            let bent: Vec<f32> = next_slopes.iter().zip(&slopes).map(|(next, slope)| next - slope).collect();
            let both = dot(&moved, &bent);
            if both > 1e-10 {
                past.push(Step { moved, bent, both });
                if past.len() > MEMORY {
                    past.remove(0);
                }
            }
            (numbers, error, slopes) = (next, next_error, next_slopes);
            if gained < error * LITTLE {
                break;
            }
        }
        let bias = numbers.last().copied().unwrap_or_default();
        (numbers.iter().zip(self.scales).map(|(number, scale)| number * scale).collect(), bias)
    }
}

/// A round that is remembered: how far the numbers moved, how their slopes changed, and the product of both.
struct Step {
    moved: Vec<f32>,
    bent: Vec<f32>,
    both: f64,
}

/// Where to go: up the slopes, as the remembered rounds say that they bend.
fn direction(slopes: &[f32], past: &[Step]) -> Vec<f32> {
    let mut way = slopes.to_vec();
    let add = |way: &mut [f32], times: f64, what: &[f32]| {
        way.iter_mut().zip(what).for_each(|(way, what)| *way += times as f32 * what);
    };
    let mut shares = vec![0.0; past.len()];
    for (step, share) in past.iter().zip(&mut shares).rev() {
        *share = dot(&step.moved, &way) / step.both;
        add(&mut way, -*share, &step.bent);
    }
    let length = past.last().map_or_else(
        || 1.0 / dot(slopes, slopes).sqrt().max(f64::MIN_POSITIVE),
        |step| step.both / dot(&step.bent, &step.bent),
    );
    way.iter_mut().for_each(|way| *way *= length as f32);
    for (step, share) in past.iter().zip(&shares) {
        let back = dot(&step.bent, &way) / step.both;
        add(&mut way, share - back, &step.moved);
    }
    way
}

fn dot(a: &[f32], b: &[f32]) -> f64 {
    a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
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

    const WAY: Way = Way { bits: 6, letters: false, even: 0.1, fewest: 2, most: 64, apart: true };

    #[test]
    fn what_is_graded_high_weighs_more_than_what_is_graded_low() {
        let table = table(&texts(), WAY);
        assert!(table.codes[1] > 0 && table.codes[4] < 0, "{:?}", &table.codes[..8]);
        assert_eq!(table.codes[7], 0);
    }

    #[test]
    fn the_same_texts_make_the_same_table_and_no_more_weights_than_allowed() {
        let way = Way { most: 2, ..WAY };
        let made = table(&texts(), way);
        assert_eq!(made.codes, table(&texts(), way).codes);
        assert!(made.codes.iter().filter(|weight| **weight != 0).count() <= 2, "{:?}", &made.codes[..8]);
    }
}
