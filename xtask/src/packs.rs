//! What goes into the packs that the cores load, and into the wire reader: one function for each, in one place.
//!
//! The build writes `build/page.pack` and `build/background.pack` from the sections named here, and replaces
//! `__SITES__` in the wire reader by [`wire_sites`]. The inside of a section belongs to whoever reads it; what this
//! file deliberately does not do is know any of them: it calls the core's own writers and gives each result a name.

use anyhow::Result;

/// A section of a pack: its name in the core, and its bytes.
pub type Section = (&'static str, Vec<u8>);

/// What the page core loads beside every feed. Budget: see [`crate::tasks::sizes`].
///
/// # Errors
/// If a data file does not hold together.
pub fn page() -> Result<Vec<Section>> {
    Ok(vec![])
}

/// What the background core loads at every start.
///
/// # Errors
/// If a data file or a list cannot be read.
pub fn background() -> Result<Vec<Section>> {
    Ok(vec![])
}

/// The JSON that tells the wire reader which responses of which sites to pass on.
///
/// # Errors
/// If a site's file does not hold together.
pub fn wire_sites() -> Result<String> {
    Ok("{}".into())
}
