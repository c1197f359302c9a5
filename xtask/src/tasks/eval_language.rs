//! `cargo xtask eval-language [DIR]`: how often the language of a text is told, wrongly told, and not told.
//!
//! The examples of `data/signals` are always asked, each of which has its language by its file's name. A folder may bring
//! more: `XX.txt`, a post a line, is in the language XX, and if that is none of ours each of its posts must stay unknown.
//! Printed is a table of what was said of each. A post that was told as two languages counts as right if its own is
//! among them. What this deliberately does not do: keep any of those texts, or pass or fail.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use plainsight::api::authoring;

use crate::files::texts;
use crate::packs;

/// How often each answer was given to the texts of one language.
type Answers = BTreeMap<String, usize>;

/// Asks for every text, and prints the table.
///
/// # Errors
/// If the folder or the data cannot be read.
pub fn run(folder: Option<&Path>) -> Result<()> {
    print!("{}", table(folder)?);
    Ok(())
}

/// Asks for every text, and makes the table.
///
/// # Errors
/// If the folder or the data cannot be read.
pub fn table(folder: Option<&Path>) -> Result<String> {
    let languages = authoring::open_languages(&packs::page()?)?;
    let mut tables: BTreeMap<String, Answers> = BTreeMap::new();
    let mut ask = |kind: &str, language: &str, text: &str| {
        let told = authoring::languages_of(&languages, text);
        let answer = if told.contains(&language) { language.to_owned() } else { told.join("+") };
        *tables.entry(format!("{kind} {language}")).or_default().entry(answer).or_default() += 1;
    };
    for (language, post) in authoring::examples(&texts("data/signals", "txt")?) {
        ask("examples", &language, &post);
    }
    for entry in folder.map(fs::read_dir).transpose()?.into_iter().flatten() {
        let path = entry?.path();
        let language = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        text.lines().filter(|line| !line.trim().is_empty()).for_each(|line| ask("folder", &language, line));
    }
    let mut out = String::new();
    writeln!(out, "{:14} {:>7} {:>7} {:>7} {:>8}  told wrongly as", "of", "texts", "right", "wrong", "unknown")?;
    for (of, answers) in tables {
        let all: usize = answers.values().sum();
        let count = |answer: &str| answers.get(answer).copied().unwrap_or(0);
        let own = of.rsplit(' ').next().unwrap_or_default();
        let (right, unknown) = (count(own), count(""));
        let part = |n: usize| format!("{:.1}%", 100.0 * n as f64 / all.max(1) as f64);
        let mut others: Vec<(usize, &str)> =
            answers.iter().filter(|(it, _)| *it != own && !it.is_empty()).map(|(it, n)| (*n, it.as_str())).collect();
        others.sort_by(|a, b| b.cmp(a));
        let others: Vec<String> = others.iter().take(8).map(|(n, answer)| format!("{answer} {n}")).collect();
        let wrong = all - right - unknown;
        let parts = format!("{:>7} {:>7} {:>8}", part(right), part(wrong), part(unknown));
        writeln!(out, "{}", format!("{of:14} {all:>7} {parts}  {}", others.join(", ")).trim_end())?;
    }
    Ok(out)
}
