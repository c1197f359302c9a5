//! What goes into the packs that the cores load, and into the wire reader: one function for each, in one place.
//!
//! The build writes `build/page.pack` and `build/background.pack` from the sections named here, and replaces
//! `__SITES__` in the wire reader by [`wire_sites`]. The inside of a section belongs to whoever reads it; what this
//! file deliberately does not do is know any of them: it calls the core's own writers and gives each result a name.

use std::fs;

use anyhow::{Context, Result, bail};
use plainsight::api::authoring::{self, Refusal, Site};

use crate::{packs_trackers, root};

/// A section of a pack: its name in the core, and its bytes.
pub type Section = (&'static str, Vec<u8>);

/// What the page core loads beside every feed. Budget: see [`crate::tasks::sizes`].
///
/// # Errors
/// If a data file does not hold together.
pub fn page() -> Result<Vec<Section>> {
    let (signals, refusals) = authoring::signal_section(&texts("data/signals", "txt")?);
    sound("data/signals", &refusals)?;
    Ok(vec![authoring::site_section(&sites()?), signals])
}

/// What the background core loads at every start.
///
/// # Errors
/// If a data file or a list cannot be read.
pub fn background() -> Result<Vec<Section>> {
    packs_trackers::sections(&root().join("build"))
}

/// What the background loads only when a person asks to see a rule: the lists' own lines.
///
/// # Errors
/// If a list cannot be read.
pub fn texts_of_lists() -> Result<Vec<Section>> {
    packs_trackers::text_sections(&root().join("build"))
}

/// The JSON that tells the wire reader which responses of which sites to pass on.
///
/// # Errors
/// If a site's file does not hold together.
pub fn wire_sites() -> Result<String> {
    Ok(authoring::wire_table(&sites()?))
}

/// All sites of `data/sites`.
///
/// # Errors
/// If any file is refused.
pub fn sites() -> Result<Vec<Site>> {
    let (sites, refusals) = authoring::sites(&texts("data/sites", "toml")?);
    sound("data/sites", &refusals)?;
    Ok(sites)
}

/// Our own data fails loudly, with every reason at once.
fn sound(folder: &str, refusals: &[Refusal]) -> Result<()> {
    if refusals.is_empty() {
        return Ok(());
    }
    let reasons: Vec<_> = refusals.iter().map(ToString::to_string).collect();
    bail!("{folder} does not hold together:\n{}", reasons.join("\n"))
}

/// The files of a folder with this ending: their paths from the root, and their texts, sorted.
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
