//! What every subject of DuckDuckGo's tests has: a folder with its cases, and what came of asking them.
//!
//! What it deliberately does not know: what a case is. Each subject reads its own.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::de::DeserializeOwned;

use crate::lists::bytes_of;

/// A subject's folder.
pub(super) struct Folder(pub(super) PathBuf);

impl Folder {
    pub(super) fn read<T: DeserializeOwned>(&self, file: &str) -> Result<T> {
        let path: &Path = &self.0.join(file);
        serde_json::from_slice(&bytes_of(path)?).with_context(|| format!("{} is not as expected", path.display()))
    }
}

/// What came of a subject's cases.
#[derive(Default)]
pub(super) struct Asked {
    pub(super) cases: usize,
    /// How many were left out, and why.
    pub(super) left: usize,
    pub(super) why: &'static str,
    /// The case's name, and what was found.
    pub(super) differ: Vec<(String, String)>,
}
