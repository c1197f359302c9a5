//! Lines behind `!#`: parts of a list for some programs only, and parts that are kept elsewhere.
//!
//! `!#if` asks for words (`env_firefox && !ext_devbuild`); whoever reads a list says which of them are true. `!#include`
//! names a file beside the list: [`whole`] puts such files in their places, from texts that it is handed, before the
//! list is read, so that lines are counted in the text that is kept. What it deliberately does not do: reach anything,
//! or leave the list's own folder.

use super::about::where_markup_begins;
use crate::verdict::Refusal;

/// How deep lists may include each other, and conditions may be nested.
const DEEPEST: usize = 16;
/// The most bytes that a list may grow to by including.
const LONGEST: usize = 1 << 26;
/// How many files a list may include, each as often as it is included: a few that all include each other would have no end.
const MOST: usize = 1000;

/// Which lines of a list are read: the `!#if`s that are open.
#[derive(Debug)]
pub(super) struct Branches<'t> {
    truths: &'t [&'t str],
    /// For every open `!#if`, whether its lines are read.
    open: Vec<bool>,
}

impl<'t> Branches<'t> {
    pub(super) fn new(truths: &'t [&'t str]) -> Self {
        Branches { truths, open: Vec::new() }
    }

    /// Returns true if and only if no open condition is false.
    pub(super) fn are_read(&self) -> bool {
        !self.open.contains(&false)
    }

    /// Returns true if and only if an `!#if` waits for its `!#endif`.
    pub(super) fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// Obeys a line behind `!#`; an error is the reason why it cannot.
    pub(super) fn obey(&mut self, directive: &str) -> Result<(), String> {
        let (word, rest) = word(directive);
        match word {
            "if" => self.open.push(holds(rest, self.truths, 0)),
            "else" => {
                let last = self.open.last_mut().ok_or("an !#else without its !#if")?;
                *last = !*last;
            }
            "endif" => self.open.pop().map(drop).ok_or("an !#endif without its !#if")?,
            _ if !self.are_read() => {}
            "include" => return Err("an !#include of a text that is not at hand".into()),
            _ => return Err(format!("the directive {word:?} is not known")),
        }
        Ok(())
    }
}

/// A directive's name, and what stands behind it.
fn word(directive: &str) -> (&str, &str) {
    let end = directive.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(directive.len());
    (&directive[..end], directive[end..].trim())
}

/// `a && !(b || c)`; too deep a nesting is false.
fn holds(condition: &str, truths: &[&str], depth: usize) -> bool {
    let text = condition.trim();
    let split = |sign: &str| {
        let mut level = 0i32;
        text.bytes().enumerate().find_map(|(at, b)| {
            level += i32::from(b == b'(') - i32::from(b == b')');
            (level == 0 && text.as_bytes()[at..].starts_with(sign.as_bytes())).then_some(at)
        })
    };
    if depth > DEEPEST {
        return false;
    }
    if let Some(at) = split("||") {
        return holds(&text[..at], truths, depth + 1) || holds(&text[at + 2..], truths, depth + 1);
    }
    if let Some(at) = split("&&") {
        return holds(&text[..at], truths, depth + 1) && holds(&text[at + 2..], truths, depth + 1);
    }
    if let Some(rest) = text.strip_prefix('!') {
        return !holds(rest, truths, depth + 1);
    }
    match text.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
        Some(inner) => holds(inner, truths, depth + 1),
        None => truths.contains(&text),
    }
}

/// A list with the files that it includes in their places, and what could not be included. `beside` gives the text of a
/// file by its path relative to the list's own folder, if that text is at hand. A line that includes nothing stays, and
/// reading the list refuses it.
pub fn whole(
    name: &str,
    text: &str,
    truths: &[&str],
    beside: impl Fn(&str) -> Option<String>,
) -> (String, Vec<Refusal>) {
    let mut out = Whole { name, truths, beside: &beside, text: String::new(), files: 0, refusals: Vec::new() };
    out.add(text, "", &mut Vec::new());
    (out.text, out.refusals)
}

/// A list that is being put together.
struct Whole<'a> {
    name: &'a str,
    truths: &'a [&'a str],
    beside: &'a dyn Fn(&str) -> Option<String>,
    text: String,
    /// How many files were included.
    files: usize,
    refusals: Vec<Refusal>,
}

impl Whole<'_> {
    /// Adds a text that lies in `folder` (empty, or with its slash); `within` are the files that it is part of.
    fn add(&mut self, text: &str, folder: &str, within: &mut Vec<String>) {
        let mut branches = Branches::new(self.truths);
        for (i, line) in text.lines().enumerate() {
            let directive = line.trim().strip_prefix("!#");
            let file = directive.map(word).filter(|(word, _)| *word == "include" && branches.are_read());
            match file.map(|(_, path)| self.file(folder, path, within)) {
                Some(Ok((path, text))) => {
                    let inner = path.rfind('/').map_or("", |at| &path[..=at]).to_owned();
                    self.files += 1;
                    within.push(path);
                    self.add(&text, &inner, within);
                    within.pop();
                    continue;
                }
                Some(Err(reason)) => self.refusals.push(Refusal::new(self.name, i + 1, reason)),
                // What is wrong with a condition is said when the whole is read.
                None => drop(directive.map(|it| branches.obey(it))),
            }
            self.text.push_str(line);
            self.text.push('\n');
        }
    }

    /// The path and text of a file that is included, or the reason why it is not.
    fn file(&self, folder: &str, path: &str, within: &[String]) -> Result<(String, String), String> {
        if path.is_empty() || path.starts_with('/') || path.contains([':', '\\', '?', '#']) || path.contains("..") {
            return Err(format!("{path:?} does not lie beside the list"));
        }
        let path = format!("{folder}{}", path.trim_start_matches("./"));
        if within.len() >= DEEPEST || within.contains(&path) {
            return Err(format!("{path:?} includes itself, or lies too deep"));
        }
        let text = (self.beside)(&path).ok_or_else(|| format!("{path:?} is not at hand"))?;
        if where_markup_begins(&text).is_some() {
            return Err(format!("{path:?} is a page or a document, not a list"));
        }
        if !is_balanced(&text) {
            return Err(format!("{path:?} does not close what it opens"));
        }
        if self.files >= MOST {
            return Err("the list includes too many files".into());
        }
        if self.text.len() + text.len() > LONGEST {
            return Err("the list would grow beyond 64 MB".into());
        }
        Ok((path, text))
    }
}

/// Returns true if and only if every condition is closed within the text, so that it cannot change what stands around.
fn is_balanced(text: &str) -> bool {
    let mut open = 0usize;
    let directives = text.lines().filter_map(|line| line.trim().strip_prefix("!#"));
    let is_sound = directives.map(|it| word(it).0).all(|word| match word {
        "if" => open.checked_add(1).map(|n| open = n).is_some(),
        "else" => open > 0,
        "endif" => open.checked_sub(1).map(|n| open = n).is_some(),
        _ => true,
    });
    is_sound && open == 0
}
