//! Reading, checking, writing and packing the files of labels: what the build and the tests do, and the browser never.
//!
//! A file is one language. Its labels stand in two lists a kind: `captured` for what a capture or a public list named
//! in `sources` shows, `known` for what is held to be a platform's word and was compared with nothing. A wrong label
//! fades somebody's post, so whatever could be taken for another is refused here.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::words::{run, words};
use super::{LONGEST, Label};
use crate::text::Folded;
use crate::verdict::Refusal;

/// A language's labels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// The language, as BCP 47 names it, and the file's name without its ending.
    pub language: String,
    /// When somebody last looked the whole file through (year-month-day).
    pub checked: String,
    /// Where its labels come from.
    pub sources: Vec<String>,
    /// Labels that stand under more than one kind, here or in another language, because platforms mean different
    /// things by them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shared: Vec<String>,
    /// The words of each kind; `*` stands for a name.
    pub labels: BTreeMap<Label, Words>,
}

/// The words of a kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Seen in a capture or public list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub captured: Vec<String>,
    /// Held to be a platform's words, and compared with nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub known: Vec<String>,
}

impl Words {
    /// All of them, those seen first.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.captured.iter().chain(&self.known).map(String::as_str)
    }
}

impl File {
    /// Every label with its kind.
    pub fn iter(&self) -> impl Iterator<Item = (Label, &str)> {
        self.labels.iter().flat_map(|(label, words)| words.iter().map(|text| (*label, text)))
    }
}

/// Reads a file; none, and the reason with its line, if it is not one.
pub fn parse(file: &str, text: &str) -> (Option<File>, Vec<Refusal>) {
    match toml::from_str(text) {
        Ok(read) => (Some(read), Vec::new()),
        Err(error) => (None, vec![Refusal::at_byte(file, text, error.span().map(|span| span.start), error.message())]),
    }
}

/// The canonical text of a file. `format(parse(text)) == text` holds for every file in `data/labels`.
pub fn format(file: &File) -> String {
    // Maps and lists of texts can always be written.
    toml::to_string_pretty(file).unwrap_or_default()
}

/// The section of the pack that holds these files' labels; see [`super::Labels`] for its form.
pub fn pack(files: &[File]) -> Vec<u8> {
    let mut whole = Label::ALL.map(|_| BTreeSet::new());
    let mut named: BTreeMap<(Label, Vec<u8>), BTreeSet<Vec<u32>>> = BTreeMap::new();
    for (label, text) in files.iter().flat_map(File::iter) {
        let parts = parts(text);
        let hashes = parts.iter().filter_map(|part| run(part));
        if parts.len() == 1 {
            whole[label as usize].extend(hashes);
        } else {
            let shape = parts.iter().map(|part| u8::try_from(part.len()).unwrap_or(u8::MAX)).collect();
            named.entry((label, shape)).or_default().insert(hashes.collect());
        }
    }
    let mut section = Vec::new();
    for own in &whole {
        section.extend(small(own.len()));
    }
    section.extend(whole.iter().flatten().flat_map(|hash| hash.to_le_bytes()));
    for ((label, shape), texts) in named {
        // A label has at most 200 characters, and so far fewer parts than fill a byte.
        section.extend([label as u8, u8::try_from(shape.len()).unwrap_or(u8::MAX)]);
        section.extend(shape);
        section.extend(small(texts.len()));
        section.extend(texts.iter().flatten().flat_map(|hash| hash.to_le_bytes()));
    }
    section
}

/// How many labels of a kind there are: as 65,536 would be a mistake, saturating makes `Labels::open` refuse it.
fn small(count: usize) -> [u8; 2] {
    u16::try_from(count).unwrap_or(u16::MAX).to_le_bytes()
}

/// What is wrong with files (name, content) that could be read, each alone and all together.
pub fn check(files: &[(String, File)]) -> Vec<Refusal> {
    let mut kinds: BTreeMap<Key, BTreeSet<Label>> = BTreeMap::new();
    for (label, text) in files.iter().flat_map(|(_, file)| file.iter()) {
        kinds.entry(key(text)).or_default().insert(label);
    }
    files.iter().flat_map(|(name, file)| check_one(name, file, &kinds)).collect()
}

fn check_one(name: &str, file: &File, kinds: &BTreeMap<Key, BTreeSet<Label>>) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    let mut refuse = |reason: String| refusals.push(Refusal::new(name, 0, reason));
    if name.rsplit('/').next() != Some(&format!("{}.toml", file.language)) {
        refuse(format!("the file of language {:?} must be named {}.toml", file.language, file.language));
    }
    if !is_language(&file.language) {
        refuse(format!("{:?} does not name a language, such as de or zh-Hant", file.language));
    }
    if file.checked.len() != 10 {
        refuse(format!("checked is {:?}; it must be a day, such as 2026-11-22", file.checked));
    }
    if file.sources.is_empty() || file.sources.iter().any(String::is_empty) {
        refuse("sources must say where the labels come from".into());
    }
    let lists = file.labels.values().flat_map(|words| [&words.captured, &words.known]);
    for list in lists.chain([&file.shared]) {
        if let Some(pair) = list.windows(2).find(|pair| pair[0] >= pair[1]) {
            refuse(format!("{:?} must not stand before {:?}: lists are sorted, each label once", pair[0], pair[1]));
        }
    }
    let mut seen = BTreeMap::new();
    for (label, text) in file.iter() {
        if let Some(reason) = unfit(text) {
            refuse(format!("{text:?}: {reason}"));
        }
        if let Some(other) = seen.insert((label, key(text)), text) {
            refuse(format!("{text:?} and {other:?} are the same, once they are folded"));
        }
        let others = kinds.get(&key(text)).map_or(0, BTreeSet::len);
        if others > 1 && !file.shared.iter().any(|shared| shared == text) {
            refuse(format!(
                "{text:?} stands under {others} kinds in all languages together: decide, or list it in shared"
            ));
        }
    }
    for text in &file.shared {
        if kinds.get(&key(text)).is_none_or(|kinds| kinds.len() < 2) || !file.iter().any(|(_, own)| own == text) {
            refuse(format!("{text:?} is listed in shared, and is not"));
        }
    }
    refusals
}

/// Why a text can be no label, if it can be none.
fn unfit(text: &str) -> Option<&'static str> {
    let parts = parts(text);
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let inner = parts.get(1..parts.len().saturating_sub(1)).unwrap_or_default();
    if letters < 2 {
        Some("it has not even two letters")
    } else if text.trim() != text {
        Some("it has blanks at its ends")
    } else if text.chars().count() > LONGEST {
        Some("it is longer than any text that is looked at")
    } else if parts.iter().flatten().any(Option::is_none) {
        Some("a hashtag, mention, link or quotation is never a label")
    } else if inner.iter().any(Vec::is_empty) {
        Some("between two names there must be a word")
    } else if is_glued(text) {
        Some("* is joined to a word: it stands for whole words")
    } else {
        None
    }
}

/// Whether a word in the place of a `*` would become one with its neighbours.
fn is_glued(text: &str) -> bool {
    let count = |text: &str| Folded::of(text).tokens().len();
    count(&text.replace('*', "Name")) != text.split('*').map(count).sum::<usize>() + text.matches('*').count()
}

/// The words of what stands around the names.
fn parts(text: &str) -> Vec<Vec<Option<u32>>> {
    text.split('*').map(words).collect()
}

/// What makes two labels the same.
type Key = Vec<Option<u32>>;

fn key(text: &str) -> Key {
    parts(text).iter().map(|part| run(part)).collect()
}

/// `de`, `fil`, `zh-Hant`, `pt-BR`.
fn is_language(name: &str) -> bool {
    let mut parts = name.split('-');
    let is_first = |part: &str| matches!(part.len(), 2 | 3) && part.bytes().all(|b| b.is_ascii_lowercase());
    let is_script = |part: &str| part.len() == 4 && part.starts_with(|c: char| c.is_ascii_uppercase());
    let is_region = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_uppercase());
    parts.next().is_some_and(is_first) && parts.all(|part| is_script(part) || is_region(part))
}
