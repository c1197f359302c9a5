//! The differences we know of: `tests/cases/trackers/known-differences.txt`.
//!
//! A section a check (`[verdicts]`), and in it blocks: lines that begin with `;` say why, and below them stands what
//! differs, one a line. The file may only shrink. What differs and is not written down fails, and so does a line that
//! no longer differs, because it hides the next time that it does.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use anyhow::{Context, Result, bail};

use crate::root;

const FILE: &str = "tests/cases/trackers/known-differences.txt";
/// More differences than these are not printed; the first ones tell enough.
const SHOWN: usize = 40;

/// Holds what was found to differ against the section of that name: `found` is what stands in the file, and what to
/// say of it.
///
/// # Errors
/// With what differs and is not known, and what is known and does not differ.
pub(super) fn compare(section: &str, found: &[(String, String)]) -> Result<()> {
    let text = std::fs::read_to_string(root().join(FILE)).with_context(|| format!("cannot read {FILE}"))?;
    let known = read(&text, section)?;
    let names: BTreeSet<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
    println!("  {} differ, {} of them known", names.len(), names.iter().filter(|name| known.contains(*name)).count());
    let mut wrong = String::new();
    for (name, what) in found.iter().filter(|(name, _)| !known.contains(name.as_str())).take(SHOWN) {
        write!(wrong, "\n{name}\n    {what}")?;
    }
    for name in known.iter().filter(|name| !names.contains(*name)) {
        write!(wrong, "\n{name}\n    no longer differs: take the line out of {FILE}")?;
    }
    if wrong.is_empty() { Ok(()) } else { bail!("[{section}]{wrong}") }
}

/// The lines of a section; each must have a reason above it in its block.
fn read<'t>(text: &'t str, section: &str) -> Result<BTreeSet<&'t str>> {
    let (mut here, mut has_reason, mut known) = (false, false, BTreeSet::new());
    for (i, line) in text.lines().enumerate() {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            here = name == section;
        }
        if line.is_empty() || line.starts_with(['#', '[']) {
            has_reason = false;
        } else if line.starts_with(';') {
            has_reason = true;
        } else if !has_reason {
            bail!("{FILE}:{}: a difference without a reason above it", i + 1);
        } else if here && !known.insert(line) {
            bail!("{FILE}:{}: it stands there twice", i + 1);
        }
    }
    Ok(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# Why\n[a]\n; because\none\ntwo\n\n[b]\n; for another reason\none\n";

    #[test]
    fn a_section_holds_its_own_lines() {
        assert_eq!(read(TEXT, "a").unwrap(), BTreeSet::from(["one", "two"]));
        assert_eq!(read(TEXT, "b").unwrap(), BTreeSet::from(["one"]));
        assert_eq!(read(TEXT, "c").unwrap(), BTreeSet::new());
    }

    #[test]
    fn no_difference_without_a_reason_and_none_twice() {
        assert!(read("[a]\none\n", "a").is_err());
        assert!(read("[a]\n; because\none\n\ntwo\n", "a").is_err());
        assert!(read("[a]\n; because\none\none\n", "a").is_err());
    }

    #[test]
    fn the_committed_file_is_well_formed() {
        let text = std::fs::read_to_string(root().join(FILE)).expect("it is there");
        read(&text, "").expect("every difference has a reason");
    }
}
