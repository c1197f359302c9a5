//! The trackers' part of the packs, the declarative rules, and the report of what became of every line.
//!
//! Everything is made by the core's own writers; this file only brings the texts and names the results. The report is
//! committed (`data/lists.REPORT.txt`), so that a change of the parser shows in the diff as lines gained or lost.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Result, bail};
use plainsight::trackers::company::make::{self, Entry};
use plainsight::trackers::list::{self, List};
use plainsight::trackers::{self as core, dnr, shield, source};
use plainsight::url::Suffixes;
use plainsight::verdict::Refusal;

use crate::lists::{self, Text};

/// A section of a pack: its name in the core, and its bytes.
pub type Section = (&'static str, Vec<u8>);

/// What a list may ask of us in `!#if`.
const TRUTHS: [&str; 2] = ["ext_ublock", "env_mv3"];

/// The sections that the background core opens with [`core::Trackers::open`].
///
/// # Errors
/// If a text is missing or our own data does not hold together.
pub fn sections(build: &Path) -> Result<Vec<Section>> {
    let texts = lists::texts(build)?;
    let (lists, _) = read(&texts.lists);
    sections_of(&lists, &texts.suffixes, &texts.companies)
}

/// The section of the texts' own pack, which is read only when a person asks to see a rule.
///
/// # Errors
/// If a text is missing.
pub fn text_sections(build: &Path) -> Result<Vec<Section>> {
    let texts = lists::list_texts(build)?;
    let all: Vec<&str> = texts.iter().map(|l| l.text.as_str()).collect();
    Ok(vec![(core::TEXTS, core::Texts::write(&all))])
}

/// The same for lists that were already read.
///
/// # Errors
/// If our own data does not hold together.
pub fn sections_of(lists: &[List], suffixes: &str, companies: &str) -> Result<Vec<Section>> {
    let (made, refusals) = make::write(companies, &own_companies()?);
    if !refusals.is_empty() {
        bail!("third-party-web is not in the form that is known: {}", refusals[0]);
    }
    Ok(vec![
        (core::SUFFIXES, Suffixes::write(suffixes)),
        (core::SHIELD, shield::build(lists).0),
        (core::COMPANIES, made.bytes.clone()),
        (core::SOURCES, source::write(lists, |name| made.sections.get(name).copied())),
    ])
}

/// Reads all of `data/companies`.
///
/// # Errors
/// With every refusal: our own data fails loudly.
pub fn own_companies() -> Result<Vec<Entry>> {
    let mut files: Vec<_> = std::fs::read_dir(crate::root().join("data/companies"))?.collect::<Result<_, _>>()?;
    files.sort_by_key(std::fs::DirEntry::path);
    let (mut entries, mut reasons) = (Vec::new(), Vec::new());
    for file in files.iter().filter(|f| f.path().extension().is_some_and(|e| e == "toml")) {
        let name = format!("data/companies/{}", file.file_name().to_string_lossy());
        match make::read(&name, &std::fs::read_to_string(file.path())?) {
            Ok(entry) => entries.push(entry),
            Err(refusal) => reasons.push(refusal.to_string()),
        }
    }
    if reasons.is_empty() {
        Ok(entries)
    } else {
        bail!("data/companies does not hold together:\n{}", reasons.join("\n"))
    }
}

/// Writes `build/rules/trackers.json` (safe rules) and `trackers-unsafe.json`; returns how many rules each has.
///
/// # Errors
/// If a text is missing or a file cannot be written.
pub fn write_rules(build: &Path) -> Result<(usize, usize)> {
    let (lists, _) = read(&lists::list_texts(build)?);
    let (rules, _) = dnr::rules(&lists, has_stand_in);
    let folder = build.join("rules");
    std::fs::create_dir_all(&folder)?;
    for (name, rules) in [("trackers.json", &rules.safe), ("trackers-unsafe.json", &rules.risky)] {
        let text = serde_json::to_string(rules)?;
        // The store of Firefox refuses larger files.
        if text.len() > 5_000_000 {
            bail!("{name} has {} bytes; a store takes 5 MB", text.len());
        }
        std::fs::write(folder.join(name), text)?;
    }
    Ok((rules.safe.len(), rules.risky.len()))
}

/// Whether the extension ships a stand-in of that name.
fn has_stand_in(name: &str) -> bool {
    !name.contains("..") && crate::root().join("extension/stand-ins").join(name).is_file()
}

/// Reads all lists.
pub fn read(texts: &[Text]) -> (Vec<List>, Vec<Refusal>) {
    let mut refusals = Vec::new();
    let lists = texts
        .iter()
        .map(|text| {
            let (list, refused) = list::read(&text.id, &text.text, &TRUTHS);
            refusals.extend(refused);
            list
        })
        .collect();
    (lists, refusals)
}

/// Writes the report where it is committed.
///
/// # Errors
/// As [`report`], or if it cannot be written.
pub fn write_report(build: &Path) -> Result<()> {
    Ok(std::fs::write(crate::root().join("data/lists.REPORT.txt"), report(build)?)?)
}

/// What became of every line, as `data/lists.REPORT.txt` keeps it.
///
/// # Errors
/// If a text is missing.
pub fn report(build: &Path) -> Result<String> {
    let texts = lists::list_texts(build)?;
    let (lists, refusals) = read(&texts);
    let mut out = String::from(
        "What became of the lines of each list. Made by the build; a change here is a change of the parser.\n",
    );
    for (text, list) in texts.iter().zip(&lists) {
        let one = std::slice::from_ref(list);
        let version = if list.version.starts_with('%') { "" } else { &list.version };
        writeln!(out, "\n{} — {} — package {} {version}", list.name, list.title, text.version)?;
        tally(&mut out, "rules", list.rules.iter().map(|r| r.form().to_owned()));
        writeln!(out, "  lines that hide elements, not ours: {}", list.hiding)?;
        let of_list = refusals.iter().filter(|r| r.file == list.name);
        tally(&mut out, "refused by the reader", of_list.map(|r| r.reason.clone()));
        let (index, refused) = shield::build(one);
        tally(&mut out, "refused by the shield", refused.into_iter().map(|r| r.reason));
        writeln!(out, "  index: {} KB", index.len() / 1024)?;
        let (rules, refused) = dnr::rules(one, has_stand_in);
        writeln!(out, "  declarative rules: {} safe, {} unsafe", rules.safe.len(), rules.risky.len())?;
        tally(&mut out, "refused by declarativeNetRequest", refused.into_iter().map(|r| r.reason));
    }
    let (rules, _) = dnr::rules(&lists, has_stand_in);
    writeln!(
        out,
        "\nall lists together\n  declarative rules: {} safe, {} unsafe",
        rules.safe.len(),
        rules.risky.len()
    )?;
    writeln!(out, "  index: {} KB", shield::build(&lists).0.len() / 1024)?;
    Ok(out)
}

fn tally(out: &mut String, what: &str, of: impl Iterator<Item = String>) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for it in of {
        // A reason may quote what it refuses; the counts are by kind.
        *counts.entry(it.split('"').next().unwrap_or("").trim().to_owned()).or_default() += 1;
    }
    let _ = writeln!(out, "  {what}: {}", counts.values().sum::<usize>());
    for (kind, n) in counts {
        let _ = writeln!(out, "    {n:>6}  {kind}");
    }
}
