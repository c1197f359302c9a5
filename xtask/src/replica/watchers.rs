//! The third-party requests of the demo pages: which page asks whom, and how.
//!
//! Scripts, pictures and frames become tags in the page (the place is marked with a comment); fetches and beacons are
//! made by the page's own `watchers.js`, which reads a list next to it. It knows no filter list: whether a request is a
//! tracker is written by hand, as the truth that the tests compare with.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::draw::{html, picture};

/// One request with its truth.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Watcher {
    pub(super) page: String,
    pub(super) how: How,
    pub(super) url: String,
    pub(super) company: String,
    pub(super) tracker: bool,
}

/// By which means the page asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum How {
    Script,
    Img,
    Frame,
    Fetch,
    Beacon,
}

#[derive(Deserialize)]
struct Table {
    request: Vec<Watcher>,
}

/// Reads the list.
pub(super) fn read(path: &Path) -> Result<Vec<Watcher>> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let table: Table = toml::from_str(&text).with_context(|| format!("cannot understand {}", path.display()))?;
    Ok(table.request)
}

/// The tags of every page: file, marker, text.
pub(super) fn tags(watchers: &[Watcher]) -> Vec<(String, &'static str, String)> {
    let mut pages: BTreeMap<&str, String> = BTreeMap::new();
    for watcher in watchers {
        let url = html(&watcher.url);
        let tag = match watcher.how {
            How::Script => format!("<script async src=\"{url}\"></script>\n"),
            How::Img => format!("<img class=\"watcher\" width=\"1\" height=\"1\" alt=\"\" src=\"{url}\">\n"),
            How::Frame => format!("<iframe class=\"watcher\" width=\"1\" height=\"1\" src=\"{url}\"></iframe>\n"),
            How::Fetch | How::Beacon => continue,
        };
        pages.entry(&watcher.page).or_default().push_str(&tag);
    }
    pages.into_iter().map(|(page, text)| (format!("{page}/index.html"), "<!-- watchers -->", text)).collect()
}

/// What the harmless hosts answer with: file, text. Trackers get no answer.
pub(super) fn answers(watchers: &[Watcher]) -> Vec<(String, String)> {
    watchers
        .iter()
        .filter(|watcher| !watcher.tracker)
        .map(|watcher| {
            let path = watcher.url.trim_start_matches("https://").to_owned();
            let text = if watcher.how == How::Script { "// Nothing.\n".into() } else { picture(&watcher.url) };
            (path, text)
        })
        .collect()
}

/// What each page's `watchers.js` reads: file, text.
pub(super) fn lists(watchers: &[Watcher]) -> Result<Vec<(String, String)>> {
    let mut pages: BTreeMap<&str, Vec<&Watcher>> = BTreeMap::new();
    for watcher in watchers {
        let asked = pages.entry(&watcher.page).or_default();
        if matches!(watcher.how, How::Fetch | How::Beacon) {
            asked.push(watcher);
        }
    }
    pages
        .into_iter()
        .map(|(page, asked)| {
            let list: Vec<_> = asked.iter().map(|it| serde_json::json!({ "how": it.how, "url": it.url })).collect();
            Ok((format!("{page}/watchers.json"), serde_json::to_string_pretty(&list)?))
        })
        .collect()
}
