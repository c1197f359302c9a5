//! The shipped sites against skeletons of feeds: small pages and answers with the truth written into them.
//!
//! Their structure is from what public projects measured, their words are ours. A page's items say in `data-truth` what
//! they are; an answer's are read here in another way than the sites' files do, by the words that stand in each item's
//! own text. One captured advertisement, whose label is letters among false ones, stands with them.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::feeds::told;
use crate::browser::Which;
use crate::tasks::eval::{self, Row};

/// What an item is, in the words of the skeletons.
fn kind(row: &Row) -> &'static str {
    match (row.sponsored, row.suggested) {
        (true, _) => "sponsored",
        (_, true) => "suggested",
        _ => "organic",
    }
}

/// An answer: its file, what stands before each item, and what stands in those that are paid for and suggested.
const ANSWERS: &[(&str, &str, &str, &str)] = &[
    ("facebook_comet_feed.ndjson", "\"brs_content_label\"", "\"SponsoredData\"", "StoryFollowButtonStrategy"),
    ("instagram_feed.json", "\"node\"", "\"tracking_token\"", "\"Suggested for you\""),
];

/// What else tells that an item of an answer is suggested.
const RECOMMENDED: &str = "RecommendationLabelStrategy";

const PAGES: &[&str] = &["facebook_comet_dom.html", "linkedin_new.html", "threads_dom.html"];

/// Holds the sites against the skeletons and captures below `shared`.
///
/// # Errors
/// The first item that was found to be something else than it is.
pub(super) fn run(shared: &Path) -> Result<()> {
    let skeletons = shared.join("captures/skeletons");
    for (name, begins, paid, suggested) in ANSWERS {
        let text = read(&skeletons.join(name))?;
        // What ends the feed is no item: it has no author.
        let items =
            text.split(begins).skip(1).filter(|item| item.contains("\"username\"") || item.contains("\"actors\""));
        let truths: Vec<_> = items
            .map(|item| match item {
                _ if item.contains(paid) => "sponsored",
                _ if item.contains(suggested) || item.contains(RECOMMENDED) => "suggested",
                _ => "organic",
            })
            .collect();
        compare(&skeletons.join(name), &truths, Which::Chromium)?;
    }
    for which in Which::BOTH {
        for name in PAGES {
            let file = skeletons.join(name);
            let text = read(&file)?;
            let truths: Vec<_> =
                text.split("data-truth=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            compare(&file, &truths, which)?;
        }
        // Whoever shortened the capture left a comment open, which would swallow the whole page.
        let captured = read(&shared.join("captures/facebook/fbadblock_2020-12-25_feed.html"))?;
        let mended = tempfile::Builder::new().prefix("fbadblock").suffix(".html").tempfile()?;
        fs::write(mended.path(), captured.replace("-- >", "-->"))?;
        compare(mended.path(), &["sponsored"], which)?;
    }
    Ok(())
}

fn read(file: &Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

fn compare(file: &Path, truths: &[&str], which: Which) -> Result<()> {
    let read = eval::read(&[file.to_path_buf()], which)?;
    let found: Vec<_> = read.iter().flat_map(|(_, found)| &found.rows).map(kind).collect();
    ensure!(!truths.is_empty(), "{}: no truth is in it", file.display());
    ensure!(found == truths, "{}: found {found:?}, and they are {truths:?}", file.display());
    let count = |kind: &str| truths.iter().filter(|truth| **truth == kind).count();
    told(file, which, truths.len(), count("sponsored"), count("suggested"));
    Ok(())
}
