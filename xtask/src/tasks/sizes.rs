//! What was made, how large it is, and whether that is allowed.
//!
//! Sizes are gzipped, as what travels and what the stores count. A budget is law: over it the build fails. What this
//! deliberately does not do: measure time, which is `bench`'s.

use std::io::Write as _;
use std::path::Path;

use anyhow::{Context, Result, bail};

/// One kilobyte, as in the budgets.
const KB: u64 = 1000;

/// The page core with its data, English phrases among it, and the largest of what is brought when a language is met (its
/// phrases, or the model): what is loaded beside a feed that is written in one language. Beside one in two it is some
/// kilobytes more. Brave's engine alone is 760 KB as wasm; ours with all that it knows of feeds is to be a third of that.
pub const PAGE: u64 = 250 * KB;
/// What tells topics, which is brought beside a feed in English for somebody who has made one, and for nobody else: less
/// than half of the core that it is brought to.
pub const TOPICS: u64 = 75 * KB;
/// The background core with its data, which is loaded anew whenever the browser wakes the background.
pub const BACKGROUND: u64 = 500 * KB;
/// The extension's own pages, read anew whenever the popup opens: no more than the background's.
pub const PAGES: u64 = 500 * KB;
/// A whole package for a store: what people download over any network.
pub const PACKAGE: u64 = 5000 * KB;
/// Firefox's store refuses any JSON file larger than this (`FILE_TOO_LARGE`).
pub const JSON_FILE: u64 = 5 * 1024 * 1024;

/// How many bytes these are when gzipped.
///
/// # Errors
/// Never in practice: it writes to memory.
pub fn gzipped(bytes: &[u8]) -> Result<u64> {
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gz.write_all(bytes)?;
    Ok(gz.finish()?.len() as u64)
}

/// Prints the size of each file and of all, and says which is the largest; none of none.
///
/// # Errors
/// If a file cannot be read.
pub fn largest<'n>(folder: &Path, files: &'n [String], what: &str) -> Result<Option<&'n str>> {
    let (mut sum, mut largest) = (0, (0, None));
    for name in files {
        let bytes = std::fs::read(folder.join(name)).with_context(|| format!("cannot read {name}"))?;
        let size = gzipped(&bytes)?;
        println!("  {name:24} {:>9} bytes, {size:>8} gzipped", bytes.len());
        sum += size;
        largest = largest.max((size, Some(name.as_str())));
    }
    println!("  {what}: {sum} bytes gzipped");
    Ok(largest.1)
}

/// Prints the size of each file, and fails if together they are over the budget.
///
/// # Errors
/// If a file cannot be read, or the sum is over the budget.
pub fn within_budget(folder: &Path, files: &[&str], what: &str, budget: u64) -> Result<()> {
    let mut sum = 0;
    for name in files {
        let bytes = std::fs::read(folder.join(name)).with_context(|| format!("cannot read {name}"))?;
        let size = gzipped(&bytes)?;
        sum += size;
        println!("  {name:24} {:>9} bytes, {:>8} gzipped", bytes.len(), size);
    }
    println!("  {what}: {} of {} KB gzipped", sum.div_ceil(KB), budget / KB);
    if sum > budget {
        bail!("{what} is {sum} bytes gzipped, over its budget of {budget}: make it smaller, or decide anew why");
    }
    Ok(())
}
