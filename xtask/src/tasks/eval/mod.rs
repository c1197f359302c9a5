//! `cargo xtask eval PATH…`: holds the shipped sites against captures, and prints what they find.
//!
//! An answer (JSON, or JSON lines) goes through the wire reader; a page is opened in a real browser, where the shipped
//! `extract.js` reads it as the site's file says. Both then go to the core that ships. Which site a capture belongs to
//! is not asked: the one that finds the most items in it is taken, and a capture in which none finds any is said to be
//! unread, never passed over. What it deliberately does not do: know what is right; that is for the reader of its table.

mod found;
pub mod page;
mod wire;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

pub use self::found::{Found, Row, Shipped, name_of};
use crate::browser::Which;

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
    for file in answers {
        if has_ending(&file, &["json", "ndjson"]) {
            let found = wire::read(&shipped, &file)?;
            read.push((file, found));
        } else {
            eprintln!("{}: neither a page nor JSON, by its ending: not read", file.display());
        }
    }
    if !pages.is_empty() {
        read.extend(page::read(&shipped, pages, which)?);
    }
    Ok(read)
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
