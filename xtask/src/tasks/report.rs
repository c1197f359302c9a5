//! `cargo xtask report`: writes `data/lists.REPORT.txt`, which says what became of every line of every list.
//!
//! It is committed, so that a change of the parser shows in the diff as lines gained or lost. What it deliberately does
//! not hold: the lines themselves, which belong to the lists' authors.

use std::fmt::Write as _;

use anyhow::Result;
use plainsight::api::authoring::{Account, Lists, Tally};

use crate::packs::has_stand_in;
use crate::{lists, root};

/// Writes the report where it is committed.
///
/// # Errors
/// As [`report`], or if it cannot be written.
pub fn run() -> Result<()> {
    Ok(std::fs::write(root().join("data/lists.REPORT.txt"), report()?)?)
}

/// What became of every line.
///
/// # Errors
/// If a text is missing.
pub fn report() -> Result<String> {
    let mut out = String::from(
        "What became of the lines of each list. Made by the build; a change here is a change of the parser.\n",
    );
    for set in lists::sets()? {
        let (lists, _) = Lists::read(set.texts);
        for (account, version) in lists.account(has_stand_in).iter().zip(&set.versions) {
            of_list(&mut out, account, version)?;
        }
        let (sizes, state) = (lists.sizes(has_stand_in), if set.on { "on" } else { "off" });
        writeln!(out, "\nall lists of the set {}, which is {state} when the extension is new", set.id)?;
        writeln!(out, "  declarative rules: {} safe, {} unsafe", sizes.safe, sizes.risky)?;
        writeln!(out, "  index: {} KB", sizes.index / 1024)?;
    }
    Ok(out)
}

fn of_list(out: &mut String, account: &Account, source: &str) -> Result<()> {
    // The repository of a list has a token where its published text has a date.
    let version = if account.version.starts_with('%') { "" } else { &account.version };
    let heading = format!("{} — {} — {source} {version}", account.id, account.title);
    writeln!(out, "\n{}", heading.trim_end())?;
    tally(out, "rules", &account.rules)?;
    writeln!(out, "  lines that hide elements, not ours: {}", account.hiding)?;
    tally(out, "refused by the reader", &account.unread)?;
    tally(out, "refused by the shield", &account.not_in_shield)?;
    writeln!(out, "  index: {} KB", account.sizes.index / 1024)?;
    writeln!(out, "  declarative rules: {} safe, {} unsafe", account.sizes.safe, account.sizes.risky)?;
    tally(out, "refused by declarativeNetRequest", &account.not_declared)
}

fn tally(out: &mut String, what: &str, counts: &Tally) -> Result<()> {
    writeln!(out, "  {what}: {}", counts.values().sum::<usize>())?;
    for (kind, n) in counts {
        writeln!(out, "    {n:>6}  {kind}")?;
    }
    Ok(())
}
