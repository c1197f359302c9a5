//! The files in `data/signals`: read strictly, written in one form only.
//!
//! A file is about one kind in one language (`tag-bait.en.txt`), or guards several kinds (`bait.en.txt`). A head of
//! `name: value` lines, then parts: `phrases`, the guards `not after`, `not before` and `not with`, and the proof:
//! `flags`, posts that must be noticed, and `spares`, posts that must not. A post stands on one line, with `\n` where
//! it had a new one. `format(parse(file)) == file` is the whole style guide.
//!
//! What it deliberately does not do: read the phrases (`phrase.rs`) or prove them (`check.rs`).

use crate::verdict::{Noticed, Refusal};

/// The parts of a file, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What is noticed.
    Phrases,
    /// Words that may stand before an order as if it began there.
    Leads,
    /// What, standing before a phrase, spares it.
    NotAfter,
    /// What, standing after a phrase, spares it.
    NotBefore,
    /// What, standing anywhere in the text, spares all of its phrases.
    NotWith,
    /// Posts that must be noticed.
    Flags,
    /// Posts that must not.
    Spares,
}

/// Every part and its title.
pub(super) const PARTS: [(Part, &str); 7] = [
    (Part::Phrases, "phrases"),
    (Part::Leads, "leads"),
    (Part::NotAfter, "not after"),
    (Part::NotBefore, "not before"),
    (Part::NotWith, "not with"),
    (Part::Flags, "flags"),
    (Part::Spares, "spares"),
];

/// A line of a part, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// From 1.
    pub line: usize,
    /// What it says; in examples as it stands in the file, with `\n` for a new line.
    pub text: String,
    /// Its part.
    pub part: Part,
}

/// One file of `data/signals`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SignalFile {
    /// Its name, without folders.
    pub name: String,
    /// Whether it has phrases of its own (`kind: …`) or only guards other files' (`guards: …`).
    pub is_guard: bool,
    /// The kinds that it is about, sorted; one, unless it guards.
    pub kinds: Vec<String>,
    /// Two letters.
    pub language: String,
    /// In hundredths; how sure its phrases are unless they say otherwise.
    pub strength: u8,
    /// What it notices, and where it is wrong; one sentence or more a line.
    pub notes: Vec<String>,
    /// All lines of all parts.
    pub lines: Vec<Line>,
}

impl SignalFile {
    /// The lines of one part.
    pub fn part(&self, part: Part) -> impl Iterator<Item = &Line> {
        self.lines.iter().filter(move |line| line.part == part)
    }
}

/// Reads a file. What could not be used is refused, each with its line and column, and the rest is there.
pub fn parse(name: &str, text: &str) -> (SignalFile, Vec<Refusal>) {
    let mut file = SignalFile { name: name.to_owned(), strength: 80, ..SignalFile::default() };
    let mut refusals = Vec::new();
    let mut part = None;
    for (i, line) in text.lines().enumerate() {
        let mut refuse = |reason: String| refusals.push(Refusal::new(name, i + 1, reason));
        if line.is_empty() {
            continue;
        }
        if let Some(title) = line.strip_suffix(':') {
            match PARTS.iter().find(|(_, t)| *t == title) {
                Some((p, _)) => part = Some(*p),
                None => refuse(std::format!("column 1: there is no part {title:?}")),
            }
        } else if let Some(part) = part {
            file.lines.push(Line { line: i + 1, text: line.to_owned(), part });
        } else if let Some((key, value)) = line.split_once(": ") {
            if let Err(reason) = head(&mut file, key, value) {
                refuse(std::format!("column {}: {reason}", key.len() + 3));
            }
        } else {
            refuse("column 1: before the first part there are only lines like `language: en`".to_owned());
        }
    }
    let expected = std::format!("{}.{}.txt", file.kinds.first().map_or("", String::as_str), file.language);
    let is_named_well =
        if file.is_guard { name.ends_with(&std::format!(".{}.txt", file.language)) } else { name == expected };
    if !is_named_well {
        refusals.push(Refusal::new(name, 0, std::format!("its name does not say its kind and language: {expected}")));
    }
    (file, refusals)
}

fn head(file: &mut SignalFile, key: &str, value: &str) -> Result<(), String> {
    match key {
        "kind" | "guards" => {
            file.is_guard = key == "guards";
            file.kinds = value.split(' ').map(str::to_owned).collect();
            file.kinds.sort();
            let unknown = file.kinds.iter().find(|kind| Noticed::named(kind).is_none());
            unknown.map_or(Ok(()), |kind| Err(std::format!("there is no kind {kind:?}")))
        }
        "language" => {
            file.language = value.to_owned();
            let is_code = value.len() == 2 && value.bytes().all(|b| b.is_ascii_lowercase());
            is_code.then_some(()).ok_or_else(|| "a language is two small letters".to_owned())
        }
        "strength" => {
            file.strength = strength(value).ok_or_else(|| "a strength is a number like 0.9, above 0".to_owned())?;
            Ok(())
        }
        "note" => {
            file.notes.push(value.to_owned());
            Ok(())
        }
        _ => Err(std::format!("there is no {key:?} here")),
    }
}

/// `0.85` in hundredths.
pub(super) fn strength(text: &str) -> Option<u8> {
    let digits = if text == "1" { "100" } else { text.strip_prefix("0.")? };
    let is_plain = digits.bytes().all(|b| b.is_ascii_digit()) && (1..=2).contains(&digits.len()) || digits == "100";
    let number: u8 = digits.parse().ok().filter(|_| is_plain)?;
    let number = if digits.len() == 1 { number * 10 } else { number };
    (number > 0).then_some(number)
}

/// The one form of a file: head, parts in order, lines sorted, an empty line before each part.
pub fn format(file: &SignalFile) -> String {
    let mut out = String::new();
    let mut put = |key: &str, value: &str| out.push_str(&std::format!("{key}: {value}\n"));
    put(if file.is_guard { "guards" } else { "kind" }, &file.kinds.join(" "));
    put("language", &file.language);
    if !file.is_guard {
        let short = std::format!("{}.{:02}", file.strength / 100, file.strength % 100);
        put("strength", short.trim_end_matches('0').trim_end_matches('.'));
    }
    file.notes.iter().for_each(|note| put("note", note));
    for (part, title) in PARTS {
        let mut lines: Vec<&str> = file.part(part).map(|line| line.text.trim()).collect();
        lines.sort_unstable();
        lines.dedup();
        if !lines.is_empty() {
            out.push_str(&std::format!("\n{title}:\n{}\n", lines.join("\n")));
        }
    }
    out
}
