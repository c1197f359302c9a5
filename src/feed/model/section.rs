//! The form of the pack's section: heads, the words that tell English, and tables of weights with their curves.
//!
//! All numbers are little-endian and read where they lie. Most pieces of a text weigh nothing, so a table is a map of
//! bits, one a bucket, then for every 64 of them how many are set before, then half a byte for each that is set: a code
//! that is worth its square. A curve turns a sum of weights into a probability. Every read is checked, and one outside
//! weighs nothing.

/// Bits of a map that stand in one block.
const BLOCK: usize = 64;
/// Points of a curve.
pub const POINTS: usize = 16;
/// Number of heads, of common words and of tables, one byte each, and one of padding.
const HEADER: usize = 4;
/// Language, headline flag, table and gate, three bytes of padding, the three limits, and how far each can be trusted.
const HEAD: usize = 8 + 6 * 4;
/// Length, bits, letters flag, two bytes of padding, step, bias, and the curve's first place and width, then its points.
const TABLE: usize = 4 + 4 + 4 * 4 + POINTS * 2;
/// The largest code of a weight.
#[cfg(feature = "authoring")]
const LARGEST: i32 = 8;
/// There is no such table.
const NONE: u8 = u8::MAX;

/// What one head rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct HeadRow {
    /// The language it was trained for, as two letters.
    pub language: [u8; 2],
    /// Whether it reads only what is like a headline.
    pub headline: bool,
    /// The number of its table.
    pub table: u8,
    /// The number of the table that says whether the text is of the sort at all.
    pub gate: Option<u8>,
    /// From which score on each level flags, the gentlest first.
    pub limits: [f32; 3],
    /// How many of the graded texts that each flags were called so by people, from 0 to 1.
    pub trust: [f32; 3],
}

/// A table of weights, in place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table<'a> {
    bits: u32,
    pub(super) letters: bool,
    step: f32,
    bias: f32,
    low: f32,
    width: f32,
    points: &'a [u8],
    map: &'a [u8],
    before: &'a [u8],
    weights: &'a [u8],
}

/// The section, opened.
#[derive(Clone, Copy, Debug)]
pub(super) struct Section<'a> {
    heads: &'a [u8],
    common: &'a [u8],
    tables: &'a [u8],
}

impl<'a> Section<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Option<Section<'a>> {
        let [heads, common, tables, _] = *bytes.first_chunk()?;
        let common_from = HEADER + usize::from(heads) * HEAD;
        let tables_from = common_from + usize::from(common) * 4;
        let section = Section {
            heads: bytes.get(HEADER..common_from)?,
            common: bytes.get(common_from..tables_from)?,
            tables: bytes.get(tables_from..)?,
        };
        let numbers = || 0..usize::from(heads);
        let has = |number: u8| number < tables && section.table(number).is_some();
        let is_whole =
            numbers().all(|head| section.head(head).is_some_and(|head| has(head.table) && head.gate.is_none_or(has)));
        is_whole.then_some(section)
    }

    pub(super) fn head(&self, number: usize) -> Option<HeadRow> {
        let row = self.heads.get(number.checked_mul(HEAD)?..)?.get(..HEAD)?;
        Some(HeadRow {
            language: [row[0], row[1]],
            headline: row[2] != 0,
            table: row[3],
            gate: Some(row[4]).filter(|gate| *gate != NONE),
            limits: [f32_at(row, 8)?, f32_at(row, 12)?, f32_at(row, 16)?],
            trust: [f32_at(row, 20)?, f32_at(row, 24)?, f32_at(row, 28)?],
        })
    }

    /// Whether a word of this hash is among the commonest of the language in which most was trained.
    pub(super) fn is_common(&self, hash: u32) -> bool {
        self.common.chunks_exact(4).any(|word| u32_at(word, 0) == Some(hash))
    }

    /// All bytes of a table, its head among them.
    pub(super) fn bytes(&self, number: u8) -> Option<&'a [u8]> {
        let mut rest = self.tables;
        for _ in 0..number {
            rest = rest.get(u32_at(rest, 0)? as usize..).filter(|next| next.len() < rest.len())?;
        }
        rest.get(..u32_at(rest, 0)? as usize)
    }

    pub(super) fn table(&self, number: u8) -> Option<Table<'a>> {
        let rest = self.bytes(number)?;
        let own = rest.get(TABLE..)?;
        let bits = u32::from(rest[4]);
        if !(6..=20).contains(&bits) {
            return None;
        }
        let blocks = (1 << bits) / BLOCK;
        let (map, own) = own.split_at_checked(blocks * BLOCK / 8)?;
        let (before, weights) = own.split_at_checked(blocks * 2)?;
        Some(Table {
            bits,
            letters: rest[5] != 0,
            step: f32_at(rest, 8)?,
            bias: f32_at(rest, 12)?,
            low: f32_at(rest, 16)?,
            width: f32_at(rest, 20)?,
            points: rest.get(24..TABLE)?,
            map,
            before,
            weights,
        })
    }
}

impl Table<'_> {
    /// What a piece weighs, in steps.
    pub(super) fn weight(&self, hash: u32) -> i32 {
        let bucket = (hash >> (32 - self.bits)) as usize;
        // Most weigh nothing: that is seen in one byte.
        if self.map.get(bucket / 8).is_none_or(|bits| bits >> (bucket % 8) & 1 == 0) {
            return 0;
        }
        let (block, bit) = (bucket / BLOCK, bucket % BLOCK);
        let Some(map) = self.map.get(block * 8..).and_then(|map| map.first_chunk()).copied().map(u64::from_le_bytes)
        else {
            return 0;
        };
        let inside = (map & ((1 << bit) - 1)).count_ones() as usize;
        let before = self.before.get(block * 2..).and_then(|n| n.first_chunk()).copied().map_or(0, u16::from_le_bytes);
        let place = usize::from(before) + inside;
        let pair = self.weights.get(place / 2).copied().unwrap_or_default();
        let code = i32::from(pair >> (place % 2 * 4) & 15);
        // -8 to 8 without the zero, which needs no weight.
        worth(code - 8 + i32::from(code > 7))
    }

    /// What so many steps of so many pieces come to.
    pub(super) fn sum(&self, steps: i32, pieces: u32) -> f32 {
        // Steps and pieces are counts of one post: they fit into a float.
        self.bias + steps as f32 * self.step / (pieces.max(1) as f32).sqrt()
    }

    /// The probability of a sum, on the line between the curve's two points around it.
    pub(super) fn probability(&self, sum: f32) -> f32 {
        let point = |at: usize| {
            let at = at.min(POINTS - 1) * 2;
            self.points
                .get(at..)
                .and_then(|p| p.first_chunk())
                .copied()
                .map_or(0.0, |p| f32::from(u16::from_le_bytes(p)))
        };
        let place = ((sum - self.low) / self.width).clamp(0.0, (POINTS - 1) as f32);
        let (at, part) = (place as usize, place.fract());
        (point(at) * (1.0 - part) + point(at + 1) * part) / f32::from(u16::MAX)
    }
}

/// How many steps a code is worth: its square, because most weights are small, and few are very large.
fn worth(code: i32) -> i32 {
    code * code.abs()
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().copied().map(u32::from_le_bytes)
}

fn f32_at(bytes: &[u8], at: usize) -> Option<f32> {
    u32_at(bytes, at).map(f32::from_bits)
}

/// What training makes of a table.
#[cfg(feature = "authoring")]
#[derive(Clone, Debug, Default)]
pub struct Trained {
    /// Whether letters in a row are weighed too.
    pub letters: bool,
    /// One code a bucket, from -8 to 8, each worth its square in steps; their number is a power of two.
    pub codes: Vec<i8>,
    /// What a step is worth.
    pub step: f32,
    /// What a text without any piece comes to.
    pub bias: f32,
    /// The first place of the curve, and how far its points are apart.
    pub place: (f32, f32),
    /// The curve.
    pub points: [f32; POINTS],
}

#[cfg(feature = "authoring")]
impl Trained {
    /// Takes the codes whose worth is nearest to these weights.
    pub fn weigh(&mut self, weights: &[f32]) {
        let largest = weights.iter().map(|weight| weight.abs()).fold(f32::MIN_POSITIVE, f32::max);
        self.step = largest / worth(LARGEST) as f32;
        let off = |weight: f32, code: i32| (worth(code) as f32 * self.step - weight.abs()).abs();
        let nearest = |weight: &f32| {
            let code = (0..=LARGEST).min_by(|a, b| off(*weight, *a).total_cmp(&off(*weight, *b))).unwrap_or_default();
            code as i8 * if *weight < 0.0 { -1 } else { 1 }
        };
        self.codes = weights.iter().map(nearest).collect();
    }

    /// What so many pieces in these buckets come to.
    pub fn sum(&self, buckets: &[u32]) -> f32 {
        let codes = buckets.iter().filter_map(|bucket| self.codes.get(*bucket as usize));
        let steps: i32 = codes.map(|code| worth(i32::from(*code))).sum();
        self.bias + steps as f32 * self.step / (buckets.len().max(1) as f32).sqrt()
    }
}

/// Writes a section.
#[cfg(feature = "authoring")]
pub fn write(heads: &[HeadRow], common: &[u32], tables: &[Trained]) -> Vec<u8> {
    let count = |n: usize| u8::try_from(n).unwrap_or(u8::MAX);
    let mut out = vec![count(heads.len()), count(common.len()), count(tables.len()), 0];
    for head in heads {
        out.extend(head.language);
        out.extend([u8::from(head.headline), head.table, head.gate.unwrap_or(NONE), 0, 0, 0]);
        out.extend(head.limits.iter().chain(&head.trust).flat_map(|number| number.to_le_bytes()));
    }
    out.extend(common.iter().flat_map(|hash| hash.to_le_bytes()));
    for table in tables {
        let (mut map, mut before, mut codes) = (Vec::new(), Vec::new(), Vec::new());
        for block in table.codes.chunks(BLOCK) {
            before.extend(u16::try_from(codes.len()).unwrap_or(u16::MAX).to_le_bytes());
            let set = block.iter().enumerate().filter(|(_, weight)| **weight != 0);
            map.extend(set.fold(0u64, |map, (bit, _)| map | 1 << bit).to_le_bytes());
            let weighty = block.iter().filter(|weight| **weight != 0);
            codes.extend(weighty.map(|weight| (weight.clamp(&-8, &8) + 8 - i8::from(*weight > 0)).unsigned_abs()));
        }
        let packed = codes.chunks(2).map(|pair| pair[0] | pair.get(1).unwrap_or(&0) << 4);
        let mut row = vec![count(table.codes.len().trailing_zeros() as usize), u8::from(table.letters), 0, 0];
        for number in [table.step, table.bias, table.place.0, table.place.1] {
            row.extend(number.to_le_bytes());
        }
        // A probability times the largest number of two bytes is one.
        let points = table.points.iter().map(|point| (point * f32::from(u16::MAX)).round() as u16);
        row.extend(points.flat_map(u16::to_le_bytes));
        row.extend(map.into_iter().chain(before).chain(packed));
        out.extend(u32::try_from(row.len() + 4).unwrap_or(u32::MAX).to_le_bytes());
        out.extend(row);
    }
    out
}
