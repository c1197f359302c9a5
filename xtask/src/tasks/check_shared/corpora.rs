//! Lines that another project's reader must take, and lines that it must refuse.
//!
//! Their dialect is not quite ours, so each line that we treat otherwise stands with its reason among the known
//! differences. That is stricter than a count: a line that changes sides is named.

use std::path::Path;
use std::str::from_utf8;

use anyhow::{Result, ensure};
use plainsight::api::authoring::{ListText, Lists};

use super::known;
use super::shared::Shared;
use crate::lists::bytes_of;

/// What becomes of a line, from the best to the worst.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// The shield matches it, or it is declared.
    Used,
    /// Read, but not about a request being made.
    Kept,
    /// Not a line that we can read.
    Refused,
}

pub(super) fn run(shared: &Shared) -> Result<()> {
    of_file(&shared.folder.join("lists/network-rule-corpus.txt"), "corpus", |fate| fate == Fate::Used)?;
    // Theirs is about what cannot be declared; what we match ourselves is another matter, and no mistake.
    of_file(&shared.folder.join("lists/network-rule-invalid-corpus.txt"), "invalid-corpus", |fate| fate != Fate::Used)
}

fn of_file(path: &Path, section: &str, is_right: impl Fn(Fate) -> bool) -> Result<()> {
    let bytes = bytes_of(path)?;
    let lines = from_utf8(&bytes)?.lines().filter(|line| !line.is_empty() && !line.starts_with("! "));
    let (mut counts, mut differ) = ([0; 3], Vec::new());
    for line in lines {
        let (fate, reason) = fate(line);
        counts[fate as usize] += 1;
        if !is_right(fate) {
            differ.push((line.to_owned(), if reason.is_empty() { "used".into() } else { reason }));
        }
    }
    println!("  {section}: {} lines used, {} kept, {} refused", counts[0], counts[1], counts[2]);
    ensure!(counts != [0; 3], "no line was read");
    known::compare(section, &differ)
}

fn fate(line: &str) -> (Fate, String) {
    let text = ListText { id: "line".into(), text: line.to_owned(), ..ListText::default() };
    let (list, refusals) = Lists::read(vec![text]);
    if let Some(refusal) = refusals.first() {
        return (Fate::Refused, refusal.reason.clone());
    }
    let accounts = list.account(|_| true);
    let not_in_shield = accounts.iter().flat_map(|it| it.not_in_shield.keys()).next();
    let is_declared = accounts.iter().any(|it| it.sizes.safe + it.sizes.risky > 0);
    match not_in_shield {
        Some(reason) if !is_declared => (Fate::Kept, reason.clone()),
        _ => (Fate::Used, String::new()),
    }
}
