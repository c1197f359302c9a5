//! The files of `data` as the core takes them: names and texts; and its refusals as an error that shows all of them.
//!
//! What is in the files is the core's affair. What this deliberately does not do: leave out a file that was refused.

use std::fs;

use anyhow::{Context, Result, bail};
use plainsight::api::authoring::Refusal;
use serde::de::DeserializeOwned;

use crate::root;

/// Data that we chose or wrote fails loudly, with every reason at once.
///
/// # Errors
/// If there is any refusal.
pub fn sound(what: &str, refusals: &[Refusal]) -> Result<()> {
    if refusals.is_empty() {
        return Ok(());
    }
    let reasons: Vec<_> = refusals.iter().map(ToString::to_string).collect();
    bail!("{what} does not hold together:\n{}", reasons.join("\n"))
}

/// A TOML file of the repository, as whoever asks for it wants it.
///
/// # Errors
/// If it cannot be read, or has another form.
pub fn table<T: DeserializeOwned>(name: &str) -> Result<T> {
    let text = fs::read_to_string(root().join(name)).with_context(|| format!("cannot read {name}"))?;
    toml::from_str(&text).with_context(|| format!("{name} does not hold together"))
}

/// The files of a folder with this ending: their paths from the root, and their texts, sorted.
///
/// # Errors
/// If the folder or a file cannot be read.
pub fn texts(folder: &str, ending: &str) -> Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(root().join(folder)).with_context(|| format!("cannot read {folder}"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|found| found == ending) {
            let name = format!("{folder}/{}", path.file_name().unwrap_or_default().to_string_lossy());
            files.push((name, fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?));
        }
    }
    files.sort();
    Ok(files)
}
