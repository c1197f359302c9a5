//! `cargo xtask train FOLDER`: the learned model, made of labelled texts.
//!
//! The same texts make the same bytes, which is tried: everything is made twice. It is slow without `--release`, and takes a minute or two with it; what it writes
//! is committed, because the texts are not ours to keep. How good it is, `eval-text` tells.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::root;
use crate::tasks::sizes::gzipped;
use crate::text::sets::Texts;
use crate::text::{recipe, topics};

/// Where the model lies.
pub const WEIGHTS: &str = "data/model/weights.bin";
/// Where the topics lie.
pub const TOPICS: &str = "data/model/topics.bin";

/// Trains, and writes the section.
///
/// # Errors
/// If a set cannot be read, or the file not be written.
pub fn run(folder: &Path, to: Option<&Path>, without: &[String]) -> Result<()> {
    let texts = Texts::read(folder, without)?;
    for (set, texts) in &texts.sets {
        println!("  {set:18} {:>6} texts", texts.len());
    }
    let to = to.map_or_else(root, Path::to_path_buf);
    let make = |name| match name {
        TOPICS => topics::section(folder, &texts),
        _ => Ok(recipe::section(&texts)),
    };
    for name in [TOPICS, WEIGHTS] {
        let bytes = make(name)?;
        ensure!(bytes == make(name)?, "{name}: trained twice, the same texts made other bytes");
        let to = to.join(name);
        fs::create_dir_all(to.parent().unwrap_or(&to))?;
        fs::write(&to, &bytes).with_context(|| format!("cannot write {}", to.display()))?;
        println!("  {}: {} bytes, {} gzipped; twice the same", to.display(), bytes.len(), gzipped(&bytes)?);
    }
    Ok(())
}
