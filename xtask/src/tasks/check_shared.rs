//! `cargo xtask check-shared`: what can only be checked beside the larger captures of real pages and requests.
//!
//! They are too large for this repository and lie in a folder `shared` next to it; where it is missing there is
//! nothing to check. Each check is one line in [`CHECKS`]. What it deliberately does not do: replace the tests, which
//! hold without it.

mod feeds;

use anyhow::{Context, Result};

use crate::root;

/// A check: its name, and what runs it on the folder.
type Check = (&'static str, fn(&std::path::Path) -> Result<()>);

/// All of them, in the order they run.
const CHECKS: &[Check] = &[("the feeds of real captures", feeds::run)];

/// Runs every check; says so if there is no such folder.
///
/// # Errors
/// The first check that fails.
pub fn run() -> Result<()> {
    let Some(shared) = root().parent().map(|parent| parent.join("shared")).filter(|shared| shared.is_dir()) else {
        println!("check-shared: no folder ../shared, so nothing to check");
        return Ok(());
    };
    for (name, check) in CHECKS {
        println!("check-shared: {name}");
        check(&shared).with_context(|| format!("check-shared: {name}"))?;
    }
    Ok(())
}
