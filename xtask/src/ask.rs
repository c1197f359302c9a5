//! Asks the trackers' room from the command line: about one request in words, or about a file of them in JSON lines.
//!
//! This is how a person checks what a list does to an address, and how the core is compared with other programs on real
//! traffic. It asks exactly what the extension asks, through the same pack.

use std::io::{BufRead, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use plainsight::pack::{self, Pack};
use plainsight::trackers::list::{self, List};
use plainsight::trackers::{Decision, Request, RuleRef, Trackers};
use serde::{Deserialize, Serialize};

use crate::{lists, packs_trackers};

/// One line of a file of requests.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Question {
    url: String,
    #[serde(default)]
    frame_url: String,
    #[serde(default, rename = "type")]
    kind: String,
}

/// One line of the answers.
#[derive(Serialize)]
struct Reply<'a> {
    decision: &'static str,
    rule: Option<&'a str>,
    list: Option<&'a str>,
    line: Option<u32>,
    company: Option<&'a str>,
}

/// The lists that are asked, with their texts.
struct Asked {
    pack: Vec<u8>,
    texts: Vec<String>,
}

impl Asked {
    /// Compiles these files, or the build's own lists if there are none.
    fn compile(build: &Path, files: &[PathBuf]) -> Result<Asked> {
        let own = lists::texts(build)?;
        let (lists, texts): (Vec<List>, Vec<String>) = if files.is_empty() {
            (packs_trackers::read(&own.lists).0, own.lists.into_iter().map(|l| l.text).collect())
        } else {
            let mut read = Vec::new();
            for file in files {
                let text = text_of(file)?;
                let name = file.file_name().unwrap_or_default().to_string_lossy();
                let id = name.split('.').next().unwrap_or_default();
                read.push((list::read(id, &text, &["ext_ublock", "env_mv3"]).0, text));
            }
            read.into_iter().unzip()
        };
        let sections = packs_trackers::sections_of(&lists, &own.suffixes, &own.companies)?;
        Ok(Asked { pack: pack::write(&sections), texts })
    }

    fn rule_text(&self, rule: RuleRef) -> Option<&str> {
        self.texts.get(rule.list as usize)?.lines().nth((rule.line as usize).checked_sub(1)?).map(str::trim)
    }
}

/// Answers every line of `file` (`-` is the standard input; `.gz` is unpacked) on the standard output, in order.
///
/// # Errors
/// If a file cannot be read, or a line is not a request.
pub fn requests(build: &Path, file: &str, list_files: &[PathBuf]) -> Result<()> {
    let asked = Asked::compile(build, list_files)?;
    let pack = Pack::open(&asked.pack)?;
    let trackers = Trackers::open(&pack)?;
    let text = text_of(Path::new(file))?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let it: Question = serde_json::from_str(line).with_context(|| format!("{file}:{}: not a request", i + 1))?;
        let request = Request::new(&it.url, &it.frame_url, &it.kind);
        let answer = trackers.ask(&request);
        let rule = answer.rule;
        let reply = Reply {
            decision: match answer.decision {
                Decision::Stop => "stop",
                Decision::Change => "change",
                Decision::Pass => "pass",
            },
            rule: rule.and_then(|r| asked.rule_text(r)),
            list: rule.and_then(|r| trackers.source(r)).map(|s| s.list),
            line: rule.map(|r| r.line),
            company: trackers.company(request.host()).map(|c| c.owner),
        };
        serde_json::to_writer(&mut out, &reply)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

/// Explains one request in words.
///
/// # Errors
/// If the lists cannot be read.
pub fn request(build: &Path, url: &str, from: &str, kind: &str, list_files: &[PathBuf]) -> Result<()> {
    let asked = Asked::compile(build, list_files)?;
    let pack = Pack::open(&asked.pack)?;
    let trackers = Trackers::open(&pack)?;
    let request = Request::new(url, from, kind);
    let answer = trackers.ask(&request);
    let mut out = std::io::stdout().lock();
    match trackers.company(request.host()) {
        Some(it) if it.owner == it.name => writeln!(out, "{} belongs to {}. {}", request.host(), it.name, it.says)?,
        Some(it) => writeln!(out, "{} belongs to {} ({}). {}", request.host(), it.owner, it.name, it.says)?,
        None => writeln!(out, "{} belongs to nobody we know.", request.host())?,
    }
    let mut tell = |what: &str, rule: RuleRef| -> Result<()> {
        let source = trackers.source(rule);
        let (list, section) = source.map_or(("?", ""), |s| (s.list, s.section));
        let text = asked.rule_text(rule).unwrap_or("");
        let section = if section.is_empty() { String::new() } else { format!(", section {section}") };
        Ok(writeln!(out, "{what} {text}\n  {list}, line {}{section}", rule.line)?)
    };
    match (answer.rule, answer.exception) {
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

/// Nanoseconds that one question takes, and how many were asked: a rough number from this machine, no browser.
///
/// # Errors
/// If a file cannot be read.
pub fn time(build: &Path, file: &str, list_files: &[PathBuf]) -> Result<(u128, usize)> {
    let asked = Asked::compile(build, list_files)?;
    let pack = Pack::open(&asked.pack)?;
    let trackers = Trackers::open(&pack)?;
    let text = text_of(Path::new(file))?;
    let all: Vec<Question> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let mut best = u128::MAX;
    let mut stopped = 0;
    for _ in 0..7 {
        let start = std::time::Instant::now();
        stopped = all
            .iter()
            .filter(|it| trackers.ask(&Request::new(&it.url, &it.frame_url, &it.kind)).decision != Decision::Pass)
            .count();
        best = best.min(start.elapsed().as_nanos() / all.len().max(1) as u128);
    }
    eprintln!("{stopped} of {} are not passed", all.len());
    Ok((best, all.len()))
}

fn text_of(path: &Path) -> Result<String> {
    let mut text = String::new();
    if path == Path::new("-") {
        for line in std::io::stdin().lock().lines() {
            text.push_str(&line?);
            text.push('\n');
        }
        return Ok(text);
    }
    let file = std::fs::File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
    if path.extension().is_some_and(|e| e == "gz") {
        flate2::read::GzDecoder::new(file).read_to_string(&mut text)?;
    } else {
        std::io::BufReader::new(file).read_to_string(&mut text)?;
    }
    Ok(text)
}
