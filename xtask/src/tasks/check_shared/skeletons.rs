//! The shipped sites against platforms of which only parts are there: skeletons of their feeds, reduced renderers, and
//! answers to visitors who were not logged in.
//!
//! What is true of a skeleton is written down here as it was read by eye; what is true of an answer is read by walking
//! all of it, which no site's file does. It deliberately says nothing of platforms of which nothing is there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::feeds::told;
use crate::browser::Which;
use crate::tasks::eval;

/// What an item is, by eye.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Is {
    Ordinary,
    Sponsored,
    Followed,
    Suggested,
}

/// Each skeleton, and what stands in it.
const SKELETONS: &[(&str, &[(&str, Is)])] = &[
    ("bluesky_feed.json", &[("1", Is::Followed), ("2", Is::Suggested), ("3", Is::Suggested)]),
    ("mastodon_dom.html", &[("1", Is::Ordinary)]),
    ("reddit_old.html", &[("t3_a", Is::Sponsored), ("t3_b", Is::Ordinary)]),
    ("tiktok_item_list.json", &[("1", Is::Ordinary), ("2", Is::Ordinary), ("3", Is::Sponsored)]),
    (
        "youtube_home.json",
        &[
            ("ADVIDEO0001", Is::Sponsored),
            ("RDMIX", Is::Ordinary),
            ("VIDEO000001", Is::Ordinary),
            ("VIDEO000002", Is::Ordinary),
        ],
    ),
];

/// Reduced renderers of YouTube, and the ids of the films and mixes in them, by eye.
const REDUCED: &[(&str, &[&str])] = &[
    ("main-upnext-feed-watchpage-lockup-continuation.json", &["RDGMEM0s70dY0AfCwh3LqQ-Bv1xg", "rI2gQ7K4F8g"]),
    ("main-upnext-feed-watchpage2-claim-prefaced-lockup-continuation.json", &["AM6n0J6ZXNo", "rI2gQ7K4F8g"]),
    ("main-watch-initial-lockup-shorts-json.json", &["6IQUsbxUyYw", "8Li0Tyeqlc4", "RDGMEM0s70dY0AfCwh3LqQ-Bv1xg"]),
    ("main-doms-mutated-main-dom.html", &["41ZY18JqI2A", "RD6cfCgLgiFDM", "om2lIWXLLN4", "ubhxKNlOlRg"]),
    ("ytm-watch-player-dom.html", &["BRycGIKZzpQ"]),
];

/// Whole answers of YouTube to visitors, which hold no advertisement.
const ANSWERS: &[&str] =
    &["search_youtubesearchextractor_all_generated_mock_2.json", "youtubekioskextractor_live_generated_mock_2.json"];

/// Holds the sites against what is below `shared`.
///
/// # Errors
/// The first item that was found to be something else than it is.
pub(super) fn run(shared: &Path) -> Result<()> {
    let captures = shared.join("captures");
    for which in Which::BOTH {
        for (name, items) in SKELETONS {
            let truths = items.iter().map(|(id, is)| ((*id).to_owned(), *is)).collect();
            compare(&captures.join("skeletons").join(name), &truths, which)?;
        }
    }
    for (name, ids) in REDUCED {
        let truths = ids.iter().map(|id| ((*id).to_owned(), Is::Ordinary)).collect();
        compare(&captures.join("youtube").join(name), &truths, Which::Chromium)?;
    }
    for name in ANSWERS {
        whole(&captures.join("youtube").join(name))?;
    }
    for name in ["feed-generation.test.ts.snap", "timeline.test.ts.snap"] {
        bluesky(&captures.join("bluesky").join(name))?;
    }
    Ok(())
}

/// The feeds that Bluesky's own tests expect, of which each post says whether its author is followed.
fn bluesky(file: &Path) -> Result<()> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let alone = tempfile::tempdir()?;
    let answer = alone.path().join("feed.json");
    let snapshots = text.split("exports[`").filter_map(|one| one.split_once("] = `\n")?.1.split_once("\n`;"));
    let mut checked = 0;
    for feed in snapshots.map(|(snapshot, _)| plain_json(snapshot)).filter(|json| json.starts_with("[{\"")) {
        let posts: Vec<Value> = serde_json::from_str(&feed)?;
        let truths: BTreeMap<String, Is> = posts
            .iter()
            .filter_map(|entry| {
                let id = entry["post"]["uri"].as_str()?.rsplit('/').next()?.to_owned();
                // What the first of the rules says: of a feed that Bluesky puts together.
                Some((
                    id,
                    match &entry["post"]["author"]["viewer"] {
                        Value::Object(viewer) if viewer.contains_key("following") => Is::Followed,
                        Value::Object(_) => Is::Suggested,
                        _ => Is::Ordinary,
                    },
                ))
            })
            .collect();
        if truths.is_empty() {
            continue;
        }
        fs::write(&answer, format!("{{\"feed\":{feed}}}"))?;
        compare(&answer, &truths, Which::Chromium)?;
        checked += 1;
    }
    ensure!(checked > 0, "{} holds no feed", file.display());
    Ok(())
}

/// A snapshot as JSON: without the commas before closing brackets, and with addresses of posts for its placeholders.
fn plain_json(snapshot: &str) -> String {
    let mut json = String::new();
    for line in snapshot.replace("\"record(", "\"at://did:plc:x/app.bsky.feed.post/").replace(")\"", "\"").lines() {
        let line = line.trim();
        if line.starts_with(['}', ']']) && json.ends_with(',') {
            json.pop();
        }
        json.push_str(line);
    }
    json
}

/// An answer of YouTube as it was recorded, with its request around it.
fn whole(file: &Path) -> Result<()> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let recorded: Value = serde_json::from_str(&text)?;
    let body = recorded["response"]["responseBody"].as_str().context("there is no answer in it")?;
    let mut ids = BTreeSet::new();
    films(&serde_json::from_str(body)?, &mut ids);
    let alone = tempfile::tempdir()?;
    let answer = alone.path().join("answer.json");
    fs::write(&answer, body)?;
    compare(&answer, &ids.into_iter().map(|id| (id, Is::Ordinary)).collect(), Which::Chromium)
}

/// The films of an answer that stand by themselves, not in a row of others.
fn films(value: &Value, ids: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                if let ("videoRenderer", Some(id)) = (key.as_str(), inner["videoId"].as_str()) {
                    ids.insert(id.to_owned());
                } else if !key.to_lowercase().contains("shelf") {
                    films(inner, ids);
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|inner| films(inner, ids)),
        _ => {}
    }
}

fn compare(file: &Path, truths: &BTreeMap<String, Is>, which: Which) -> Result<()> {
    let read = eval::read(&[file.to_path_buf()], which)?;
    let found: BTreeMap<String, Is> = read
        .iter()
        .flat_map(|(_, found)| &found.rows)
        .map(|row| {
            let is = match (row.sponsored, row.suggested, row.followed) {
                (true, ..) => Is::Sponsored,
                (_, true, _) => Is::Suggested,
                (.., Some(true)) => Is::Followed,
                _ => Is::Ordinary,
            };
            (row.id.clone(), is)
        })
        .collect();
    ensure!(found == *truths, "{}: {found:?}, not {truths:?}", file.display());
    let count = |is: Is| truths.values().filter(|truth| **truth == is).count();
    told(file, which, truths.len(), count(Is::Sponsored), count(Is::Suggested));
    Ok(())
}
