//! `cargo xtask train FOLDER`: the learned model, made of labelled texts.
//!
//! The same texts make the same bytes. It is slow without `--release`, and takes a minute or two with it; what it writes
//! is committed, because the texts are not ours to keep. How good it is, `eval-text` tells.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::root;
use crate::tasks::sizes::gzipped;
use crate::text::recipe;
use crate::text::sets::Texts;

/// Where the model lies.
pub const WEIGHTS: &str = "data/model/weights.bin";

/// Trains, and writes the section.
///
/// # Errors
/// If a set cannot be read, or the file not be written.
pub fn run(folder: &Path, to: Option<&Path>, without: &[String]) -> Result<()> {
    let texts = Texts::read(folder, without)?;
    for (set, texts) in &texts.sets {
        println!("  {set:18} {:>6} texts", texts.len());
    }
    let bytes = recipe::section(&texts);
    let to = to.map_or_else(|| root().join(WEIGHTS), Path::to_path_buf);
    fs::create_dir_all(to.parent().unwrap_or(&to))?;
    fs::write(&to, &bytes).with_context(|| format!("cannot write {}", to.display()))?;
    println!("  {}: {} bytes, {} gzipped", to.display(), bytes.len(), gzipped(&bytes)?);
    Ok(())
}
