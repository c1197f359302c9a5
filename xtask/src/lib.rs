//! Everything one does with Plainsight beside writing it.

pub mod ask;
pub mod lists;
pub mod packs_trackers;

use std::path::{Path, PathBuf};

/// The repository's root folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}
