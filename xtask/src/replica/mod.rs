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

mod posts;
mod reddit;
mod serve;
mod watchers;
mod x;

use std::{fs, path::Path};

pub use serve::serve;

use anyhow::{Context, Result};
use serde::Serialize;

pub use posts::Bait;

/// What is true of one post of a replica: what Plainsight ought to find out by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Truth {
    /// The host that shows the post.
    pub host: String,
    /// Which feed of the host: `home`, or `following` (X only).
    pub tab: String,
    /// The page of the feed, from 1.
    pub page: usize,
    /// The id as the platform writes it: digits for X, `t3_…` for Reddit.
    pub id: String,
    /// The name in the TOML file, for people.
    pub name: String,
    /// Handle of the author.
    pub author: String,
    /// Reddit: the community. None on X and for ads.
    pub community: Option<String>,
    /// Language tag of the text.
    pub lang: String,
    /// The words of the post (on Reddit: title, then body).
    pub text: String,
    /// Whether the person follows the author (X) or has joined the community (Reddit). None where neither applies.
    pub followed: Option<bool>,
    /// True if and only if somebody paid for the place.
    pub sponsored: bool,
    /// True if and only if the person did not ask for it and nobody paid for it.
    pub suggested: bool,
    /// The candidate source as the platform's data names it.
    pub source: Option<String>,
    /// The platform's own sentence, visible or only in the page's data.
    pub reason: Option<String>,
    /// True if and only if the sentence is in the data but the platform does not show it.
    pub reason_hidden: bool,
    /// Ads: the advertiser's domain.
    pub domain: Option<String>,
    /// Kinds of engagement bait, sorted; empty if none.
    pub bait: Vec<Bait>,
    /// Why a post that looks like bait must not be flagged.
    pub why_not: Option<String>,
}

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

/// One generated file, or one generated part of a static file.
struct Made {
    path: String,
    marker: Option<&'static str>,
    text: String,
}

/// A whole feed: its files and its truth.
struct Feed {
    files: Vec<Made>,
    truth: Vec<Truth>,
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

/// Text as HTML text or as the value of an attribute in double quotes.
fn html(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            other => safe.push(other),
        }
    }
    safe
}

/// A picture of our own: two hues and a horizon. No photograph of anybody, nothing to license.
fn picture(name: &str) -> String {
    let seed = posts::hash(name);
    let (sky, land, sun) = (seed % 360, (seed / 360) % 360, 60 + (seed / 7) % 480);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 360\">\
         <rect width=\"640\" height=\"360\" fill=\"hsl({sky} 45% 72%)\"/>\
         <circle cx=\"{sun}\" cy=\"110\" r=\"44\" fill=\"hsl({sky} 80% 90%)\"/>\
         <path d=\"M0 250 C120 190 220 300 340 240 S560 200 640 260 V360 H0z\" fill=\"hsl({land} 32% 46%)\"/>\
         <path d=\"M0 300 C160 260 300 340 460 290 S600 300 640 290 V360 H0z\" fill=\"hsl({land} 36% 32%)\"/></svg>"
    )
}

/// A round face without a face: one hue and an initial.
fn avatar(name: &str) -> String {
    let hue = posts::hash(name) % 360;
    let initial = html(&name.chars().next().unwrap_or('?').to_uppercase().to_string());
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 48 48\"><rect width=\"48\" height=\"48\" \
         fill=\"hsl({hue} 40% 45%)\"/><text x=\"24\" y=\"32\" font-family=\"sans-serif\" font-size=\"22\" \
         text-anchor=\"middle\" fill=\"#fff\">{initial}</text></svg>"
    )
}

#[cfg(test)]
mod tests;
