//! A text with its label, and how the files are parted in which sets bring theirs.
//!
//! Every text belongs to one of a hundred parts by the hash of its folded words, so that a text and its copies, in
//! whatever set, stand on one side: the first twenty parts are held out, and nothing is learned from them. What it
//! deliberately does not do: know any set.

use plainsight::api::authoring::Folded;

/// Parts below this number are held out.
const HELD_OUT: u8 = 20;
/// How many parts there are.
const PARTS: u32 = 100;

/// A text with its label.
#[derive(Clone, Debug)]
pub struct Labelled {
    /// The set.
    pub set: &'static str,
    /// The text.
    pub text: String,
    /// The text, folded.
    pub folded: Folded,
    /// What people said of it, from 0 to 1: a mean where several did, else what its class stands for.
    pub grade: f32,
    /// Its class.
    pub is: bool,
    /// Its topic, in the set's own word; empty where the set has none.
    pub label: String,
    /// The part it belongs to.
    pub part: u8,
}

impl Labelled {
    pub(super) fn new(set: &'static str, text: &str, grade: f32, is: bool) -> Labelled {
        let folded = Folded::of(text);
        let hash = folded.tokens().iter().fold(7u64, |hash, token| {
            let mixed = (hash ^ u64::from(token.hash)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            mixed ^ (mixed >> 31)
        });
        // A remainder of a hundred fits.
        let part = (hash % u64::from(PARTS)) as u8;
        Labelled { set, text: text.to_owned(), folded, grade, is, label: String::new(), part }
    }

    /// Whether nothing may be learned from it.
    pub fn is_held_out(&self) -> bool {
        self.part < HELD_OUT
    }
}

/// Begins a file of an archive.
pub(super) const FILE: char = '\u{1c}';

/// The text of one file of an archive.
pub(super) fn file_of<'t>(archive: &'t str, name: &str) -> &'t str {
    let mut files = archive.split(FILE).filter_map(|file| file.split_once('\n'));
    files.find(|(is, _)| *is == name).map_or("", |(_, text)| text)
}

/// The records of comma-separated values behind their heads; what is no record is left out.
pub(super) fn records(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    reader.records().filter_map(Result::ok).map(|row| row.iter().map(str::to_owned).collect()).collect()
}
