//! Makes the two synthetic feeds that the demo and the browser tests look at.
//!
//! Input is what people write by hand: `demo/posts/*.toml` (the posts and the truth about each), `demo/watchers.toml`
//! (the third-party requests), `demo/www/` (the apps and styles of the replicas) and `demo/shared/` (scripts that every
//! host gets). Output is a folder per host, ready to be served, `truth.json` and `requests.json`. Truth and pages come
//! out of one reading of one file, so that they cannot drift apart; that is why this generator exists at all.
//!
//! What it deliberately does not do: it judges nothing (no word of the core is asked), it serves nothing, it has no
//! clock and no randomness (the same input gives the same bytes; ids are hashes of the posts' names), and it copies no
//! real post: only the structure around the texts is that of the platforms.

mod draw;
mod made;
mod posts;
mod proofs;
mod reddit;
mod serve;
mod watchers;
mod x;

use std::{fs, path::Path};

use anyhow::{Context, Result};
pub use made::Truth;
pub use posts::Bait;
pub use proofs::{Proof, SEEN, all_proofs, comment_proofs_of, proofs_of, serve_proof, unnamed};
pub use serve::serve;

/// Writes the folders of all demo hosts into `out` and returns the truth in the order of the feeds.
pub fn write(demo: &Path, out: &Path) -> Result<Vec<Truth>> {
    let watchers = watchers::read(&demo.join("watchers.toml"))?;
    copy(&demo.join("www"), out)?;
    for host in fs::read_dir(demo.join("www"))? {
        copy(&demo.join("shared"), &out.join(host?.file_name()).join("shared"))?;
    }
    let mut truth = Vec::new();
    for feed in [
        x::make(&posts::read(&demo.join("posts/x.toml"))?)?,
        reddit::make(&posts::read(&demo.join("posts/reddit.toml"))?)?,
    ] {
        for file in feed.files {
            // A generated part fills the place that the static page keeps for it.
            match file.marker {
                Some(marker) => fill(&out.join(file.path), marker, &file.text)?,
                None => put(&out.join(file.path), &file.text)?,
            }
        }
        truth.extend(feed.truth);
    }
    for (path, marker, text) in watchers::tags(&watchers) {
        fill(&out.join(path), marker, &text)?;
    }
    for (path, text) in watchers::lists(&watchers)?.into_iter().chain(watchers::answers(&watchers)) {
        put(&out.join(path), &text)?;
    }
    put(&out.join("truth.json"), &serde_json::to_string_pretty(&truth)?)?;
    put(&out.join("requests.json"), &serde_json::to_string_pretty(&watchers)?)?;
    Ok(truth)
}

/// Copies a folder; what was there before and has no counterpart stays.
fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot make {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target).with_context(|| format!("cannot write {}", target.display()))?;
        }
    }
    Ok(())
}

fn put(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

fn fill(path: &Path, marker: &str, text: &str) -> Result<()> {
    let page = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    anyhow::ensure!(page.matches(marker).count() == 1, "{} must hold {marker} once", path.display());
    put(path, &page.replace(marker, text))
}

#[cfg(test)]
mod tests;
