//! `cargo xtask check-shared`: what can only be checked beside the larger captures of real pages and requests.
//!
//! They are too large for this repository, and not ours to give away; they lie in a folder `shared` next to it. Where
//! it is missing there is nothing to check. One file a check, each one line in [`CHECKS`]. Where we answer otherwise
//! than those we are compared with, [`known`] wants it written down with the reason. What this deliberately does not do:
//! replace the tests, which hold without it.

mod companies;
mod corpora;
mod cues;
mod ddg;
mod declared;
mod feeds;
mod known;
mod labels;
mod marked;
mod pairs;
mod regressions;
mod shared;
mod skeletons;
mod verdicts;

use std::path::Path;

use anyhow::{Context, Result};

use self::shared::Shared;
use crate::root;

/// A check: its name, and what runs it.
type Check = (&'static str, fn(&Shared) -> Result<()>);

/// All of them, in the order they run.
const CHECKS: &[Check] = &[
    ("verdicts on real requests", verdicts::run),
    ("declarative rules against the shield on real requests", declared::run),
    ("filters and the requests they must match", pairs::run),
    ("requests that were once judged wrong", regressions::run),
    ("lines that a reader must take or refuse", corpora::run),
    ("DuckDuckGo's reference tests", ddg::run),
    ("whose the stopped requests are", companies::run),
    ("the labels that others wrote down", labels::run),
    ("phrases against posts that were labelled by hand", cues::run),
    ("the feeds of real captures", |shared| feeds::run(&shared.folder)),
    ("feeds that carry their truth", |shared| marked::run(&shared.folder)),
    ("skeletons of feeds, and parts of real ones", |shared| skeletons::run(&shared.folder)),
];

/// Runs every check on a folder, or on the one beside the repository; says so if there is none.
///
/// # Errors
/// The first check that fails.
pub fn run(folder: Option<&Path>) -> Result<()> {
    let beside = root().parent().map(|parent| parent.join("shared"));
    let Some(folder) = folder.map(Path::to_path_buf).or(beside).filter(|folder| folder.is_dir()) else {
        println!("check-shared: no folder ../shared, so nothing to check");
        return Ok(());
    };
    let shared = Shared::open(folder)?;
    for (name, check) in CHECKS {
        println!("check-shared: {name}");
        check(&shared).with_context(|| format!("check-shared: {name}"))?;
    }
    Ok(())
}
