//! `cargo xtask ask requests FILE` and `ask request URL`: what becomes of requests, which rule says so, and whose they are.
//!
//! This is how a person checks what a list does to an address, and how the core is compared with other programs on real
//! traffic. It asks what the extension asks, through packs made the same way. Each line of a file is `{"url", "frameUrl",
//! "type"}`; each line printed is `{"decision", "rule", "list", "line", "company"}`.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use plainsight::api::authoring::{self, Lists};
use plainsight::api::requests::{Answer, Decision, Question, Requests, Rule};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{lists, packs};

/// A line of the file.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    url: String,
    #[serde(default)]
    frame_url: String,
    #[serde(default, rename = "type")]
    kind: String,
}

/// A line of the answers, in this order.
#[derive(Serialize)]
struct Told<'a> {
    decision: Decision,
    rule: Option<&'a str>,
    list: Option<&'a str>,
    line: Option<u32>,
    company: Option<&'a str>,
}

/// The packs that lists become: the one that is asked, and the one with their texts.
pub struct Packs {
    requests: Vec<u8>,
    texts: Vec<u8>,
}

impl Packs {
    /// Compiles the lists in these files, or those that ship switched on if there are none.
    ///
    /// # Errors
    /// If a file or our own data cannot be read.
    pub fn of_files(files: &[PathBuf]) -> Result<Packs> {
        Packs::of(&if files.is_empty() { lists::usual()? } else { lists::from_files(files)? })
    }

    /// Compiles lists.
    ///
    /// # Errors
    /// If our own data cannot be read.
    pub fn of(lists: &Lists) -> Result<Packs> {
        Ok(Packs {
            requests: authoring::pack(&packs::background(lists)?)?,
            texts: authoring::pack(&[lists.text_section()])?,
        })
    }

    /// Opens them.
    ///
    /// # Errors
    /// Never for packs that were just made.
    pub fn open(&self) -> Result<Requests<'_>> {
        Ok(Requests::open(&self.requests)?.with_texts(&self.texts)?)
    }
}

/// Answers every line of `file` (`-` is the standard input; `.gz` is unpacked) on the standard output, in order.
///
/// # Errors
/// If a file cannot be read.
pub fn requests(file: &str, list_files: &[PathBuf]) -> Result<()> {
    let packs = Packs::of_files(list_files)?;
    let requests = packs.open()?;
    let text = text_of(file)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str::<Line>(line) {
            Ok(Line { url, frame_url, kind }) => {
                let question = Question { url: &url, frame: &frame_url, kind: &kind, ..Question::default() };
                serde_json::to_writer(&mut out, &told(&requests.ask(&question)))?;
            }
            Err(error) => serde_json::to_writer(&mut out, &json!({"error": format!("line {}: {error}", i + 1)}))?,
        }
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

fn told<'a>(answer: &Answer<'a>) -> Told<'a> {
    Told {
        decision: answer.decision,
        rule: answer.rule.and_then(|rule| rule.text),
        list: answer.rule.map(|rule| rule.list),
        line: answer.rule.map(|rule| rule.line),
        company: answer.company.map(|company| company.owner),
    }
}

/// Explains one request in words.
///
/// # Errors
/// If the lists cannot be read.
pub fn request(url: &str, from: &str, kind: &str) -> Result<()> {
    let packs = Packs::of_files(&[])?;
    let requests = packs.open()?;
    let answer = requests.ask(&Question { url, frame: from, kind, ..Question::default() });
    let host = requests.place(url).map_or_else(|| url.to_owned(), |(host, _)| host);
    let mut out = std::io::stdout().lock();
    match answer.company {
        Some(it) if it.owner == it.name => writeln!(out, "{host} belongs to {}. {}", it.name, it.says)?,
        Some(it) => writeln!(out, "{host} belongs to {} ({}). {}", it.owner, it.name, it.says)?,
        None => writeln!(out, "{host} belongs to nobody we know.")?,
    }
    let mut tell = |what: &str, rule: &Rule<'_>| -> Result<()> {
        let section = if rule.section.is_empty() { String::new() } else { format!(", section {}", rule.section) };
        Ok(writeln!(out, "{what} {}\n  {}, line {}{section}", rule.text.unwrap_or(""), rule.title, rule.line)?)
    };
    match (&answer.rule, &answer.exception) {
        (Some(rule), Some(exception)) => {
            tell("This rule would speak:", rule)?;
            tell("but this exception lets it through:", exception)?;
        }
        (Some(rule), None) => tell("This rule speaks:", rule)?,
        _ => {}
    }
    match answer.decision {
        Decision::Stop => writeln!(out, "It is stopped.")?,
        Decision::Change if !answer.params.is_empty() => {
            writeln!(out, "It is made, without: {}.", answer.params.join(", "))?;
        }
        Decision::Change => writeln!(out, "It is answered with {}.", answer.redirect.unwrap_or("a stand-in"))?,
        Decision::Pass => writeln!(out, "It passes.")?,
    }
    Ok(())
}

/// Bytes that are no text spoil the lines they stand in, not the file.
fn text_of(file: &str) -> Result<String> {
    let mut bytes = Vec::new();
    if file == "-" {
        std::io::stdin().lock().read_to_end(&mut bytes).context("cannot read the standard input")?;
    } else {
        bytes = lists::bytes_of(Path::new(file))?;
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
