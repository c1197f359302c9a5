//! Everything one does with Plainsight beside writing it: build, pack, test, and drive real browsers.
//!
//! It is a library with a thin door (`main.rs`) so that the browser tests, and whatever else wants to see the
//! extension alive, use the same harness ([`browser`]) and the same build ([`tasks`]) that the command line does.
//! What it deliberately does not hold: any judgement on feeds or trackers. That is the core's, and is asked there.

pub mod browser;
pub mod cookies;
pub mod everywhere;
pub mod files;
pub mod learn;
pub mod lists;
pub mod log;
pub mod packs;
pub mod replica;
pub mod run;
pub mod tasks;
pub mod text;
pub mod tools;
pub mod wrapped;
pub mod years;

use std::path::{Path, PathBuf};

/// The repository's root folder: where `manifest.json` lies and the browser loads the extension from.
pub fn root() -> PathBuf {
    // The crate lies one folder below the root, wherever it was cloned to.
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}
