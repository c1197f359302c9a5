//! `cargo xtask bench trackers`: how fast the shield is, beside everybody else who answers the same questions.

mod inputs;

use std::path::Path;

use anyhow::{Context, Result};

use self::inputs::Inputs;
use crate::root;

/// Measures everybody.
///
/// # Errors
/// If our decisions are wrong, or a budget is exceeded.
pub fn trackers(folder: Option<&Path>) -> Result<()> {
    let shared = folder.map(Path::to_path_buf).or_else(Inputs::beside).context("the requests are in ../shared")?;
    Inputs::write(&root().join("target/bench"), &shared)?;
    Ok(())
}
