//! `cargo xtask eval PATH…`: holds the shipped sites against captures, and prints what they find.
//!
//! An answer (JSON, or JSON lines) goes through the wire reader; a page is opened in a real browser, where the shipped
//! `extract.js` reads it as the site's file says. Both then go to the core that ships. Which site a capture belongs to
//! is not asked: the one that finds the most items in it is taken, and a capture in which none finds any is said to be
//! unread, never passed over. What it deliberately does not do: know what is right; that is for the reader of its table.

pub mod page;
mod wire;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use plainsight::api::authoring::Site;
use plainsight::api::page::{Page, Settings};
use plainsight::pack;
use serde::Serialize;

use crate::browser::Which;
use crate::packs;

/// One item, as `--json` prints it.
#[derive(Debug, Serialize)]
pub struct Row {
    file: String,
    site: String,
    /// The platform's id of it.
    pub id: String,
    /// Whether it is paid for.
    pub sponsored: bool,
    /// Whether the platform suggests it.
    pub suggested: bool,
    /// Whether the person follows its author, if that is said.
    pub followed: Option<bool>,
    /// The candidate source.
    pub source: Option<String>,
    /// The stated reason.
    pub reason: Option<String>,
    targeting: Option<String>,
    signals: Vec<Signal>,
}

/// One signal of an item.
#[derive(Debug, Serialize)]
struct Signal {
    kind: String,
    score: f32,
    span: Option<(u32, u32)>,
    quote: String,
}

/// The shipped data, opened as a page would open it.
pub struct Shipped {
    /// All sites.
    pub sites: Vec<Site>,
    pack: Vec<u8>,
}

impl Shipped {
    /// What the build would pack now.
    ///
    /// # Errors
    /// If the data does not hold together.
    pub fn open() -> Result<Shipped> {
        Ok(Shipped { sites: packs::sites()?, pack: pack::write(&packs::page()?) })
    }

    /// The core of a page of this site.
    ///
    /// # Errors
    /// If the pack cannot be opened.
    pub fn page(&self, site: &Site) -> Result<Page<'_>> {
        let host = site.hosts.first().context("a site without hosts")?;
        Ok(Page::open(&self.pack, host)?)
    }
}

/// Reads every capture of these paths (folders are walked) and prints a table, or JSON lines.
///
/// # Errors
/// If a path cannot be read, or no browser can be had for a page.
pub fn run(paths: &[PathBuf], json: bool, which: Which) -> Result<()> {
    for (file, found) in &read(paths, which)? {
        for refusal in &found.refusals {
            eprintln!("{}: {refusal}", file.display());
        }
        if json {
            for row in &found.rows {
                println!("{}", serde_json::to_string(row)?);
            }
        } else {
            print_table(file, &found.rows);
        }
    }
    Ok(())
}

/// What the best fitting sites find in the captures of these paths.
///
/// # Errors
/// If a path cannot be read, or no browser can be had for a page.
pub fn read(paths: &[PathBuf], which: Which) -> Result<Vec<(PathBuf, Found)>> {
    let shipped = Shipped::open()?;
    let mut files = Vec::new();
    for path in paths {
        walk(path, &mut files)?;
    }
    files.sort();
    let (pages, answers): (Vec<_>, Vec<_>) = files.into_iter().partition(|file| has_ending(file, &["html", "htm"]));
    let mut read = Vec::new();
    for file in answers.into_iter().filter(|file| has_ending(file, &["json", "ndjson"])) {
        let found = wire::read(&shipped, &file)?;
        read.push((file, found));
    }
    if !pages.is_empty() {
        read.extend(page::read(&shipped, pages, which)?);
    }
    Ok(read)
}

/// What was found in one capture.
#[derive(Debug, Default)]
pub struct Found {
    /// The items.
    pub rows: Vec<Row>,
    /// What could not be used.
    pub refusals: Vec<String>,
}

fn row(file: &Path, site: &Site, page: &Page<'_>, item: &plainsight::api::page::Item) -> Row {
    let verdict = page.verdict(item, &Settings::default());
    let value = |said: &Option<plainsight::api::page::Said>| said.as_ref().map(|said| said.value.clone());
    Row {
        file: file.display().to_string(),
        site: site.id.clone(),
        id: item.id.clone(),
        sponsored: item.sponsored.is_some(),
        suggested: item.suggested.is_some(),
        followed: item.followed,
        source: value(&item.source),
        reason: value(&item.reason),
        targeting: value(&item.targeting),
        signals: verdict
            .because
            .into_iter()
            .filter(|evidence| evidence.span.is_some())
            .map(|evidence| Signal {
                kind: name_of(&evidence.kind),
                score: evidence.strength,
                span: evidence.span,
                quote: evidence.quote,
            })
            .collect(),
    }
}

/// The name of a kind or an act, as data files and messages write it.
pub fn name_of(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn walk(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path).with_context(|| format!("cannot read {}", path.display()))? {
            walk(&entry?.path(), files)?;
        }
    } else {
        fs::metadata(path).with_context(|| format!("cannot read {}", path.display()))?;
        files.push(path.to_path_buf());
    }
    Ok(())
}

fn has_ending(file: &Path, endings: &[&str]) -> bool {
    file.extension().and_then(|ending| ending.to_str()).is_some_and(|ending| endings.contains(&ending))
}

fn print_table(file: &Path, rows: &[Row]) {
    if rows.is_empty() {
        println!("{}: no site of ours reads this", file.display());
        return;
    }
    let count = |is: &dyn Fn(&Row) -> bool| rows.iter().filter(|row| is(row)).count();
    println!(
        "{}: {} items of {}: {} sponsored, {} suggested, {} followed, {} with a source, {} with a stated reason",
        file.display(),
        rows.len(),
        rows[0].site,
        count(&|row| row.sponsored),
        count(&|row| row.suggested),
        count(&|row| row.followed == Some(true)),
        count(&|row| row.source.is_some()),
        count(&|row| row.reason.is_some()),
    );
    for row in rows {
        let what = match (row.sponsored, row.suggested, row.followed) {
            (true, ..) => "sponsored",
            (_, true, _) => "suggested",
            (_, _, Some(true)) => "followed",
            _ => "-",
        };
        let signals: Vec<_> = row.signals.iter().map(|s| format!("{} {:?}", s.kind, s.quote)).collect();
        println!(
            "  {:24} {:10} {:28} {:48} {}",
            row.id,
            what,
            row.source.as_deref().unwrap_or("-"),
            row.reason.as_deref().or(row.targeting.as_deref()).unwrap_or("-"),
            signals.join(", ")
        );
    }
}
