//! The folder of captures, and what more than one check needs of it.
//!
//! It is opened once, because compiling two lists is most of the time that the checks of requests take. What it
//! deliberately does not do: read a capture; each check reads its own.

use std::path::PathBuf;

use anyhow::Result;

use crate::tasks::ask::requests::Packs;

/// The folder, opened.
pub(super) struct Shared {
    /// Where the captures lie.
    pub(super) folder: PathBuf,
    /// EasyList and EasyPrivacy in the versions that others were asked about.
    pub(super) packs: Packs,
    /// The files of those lists.
    pub(super) lists: [PathBuf; 2],
}

impl Shared {
    /// Opens the folder.
    pub(super) fn open(folder: PathBuf) -> Result<Shared> {
        let files = ["easylist", "easyprivacy"].map(|list| folder.join(format!("lists/{list}.debian-1.67.0.txt.gz")));
        Ok(Shared { packs: Packs::of_files(&files)?, lists: files, folder })
    }
}
