//! DuckDuckGo's reference tests, as far as they are about what we do too: one file a subject.
//!
//! Theirs are cases for another form of rules, so each subject is put into lines of a list first, and both forms of ours
//! are asked: the shield, and the browser that the core plays. They must agree with each other on every case; where they
//! disagree with what is expected, the known differences say why. [`LEFT`] says in words what is not asked.

mod blocklist;
mod domains;
mod judges;
mod params;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde::de::DeserializeOwned;

use super::known;
use super::shared::Shared;
use crate::lists::bytes_of;

/// What of their tests is about something that we do not do, or that only a browser can be asked; and how many that are.
const LEFT: &[(&str, usize)] = &[
    ("AMP pages: no link is led to another page", 12),
    ("cookies of trackers: only the browser's own protection limits them", 28),
    ("the age of a page's own cookies: not ours", 10),
    ("reports of broken sites: nothing is sent anywhere", 17),
    (
        "click to load, the Sec-GPC header, trimmed referrers, fingerprints, a remote configuration: not in the core",
        223,
    ),
];

pub(super) fn run(shared: &Shared) -> Result<()> {
    let folder = shared.folder.join("reference/ddg");
    let judges = judges::Suffixes::read()?;
    let mut differ = Vec::new();
    for (name, subject) in [
        ("url-parameters", params::run as fn(&Folder, &judges::Suffixes) -> Result<Asked>),
        ("request-blocklist", blocklist::run),
        ("tracker-radar-tests/TR-domain-matching", domains::run),
    ] {
        let asked = subject(&Folder(folder.join(name)), &judges).with_context(|| name.to_owned())?;
        ensure!(asked.cases > 0, "{name}: nothing was asked");
        println!("  {name}: {} cases, {} left out: {}", asked.cases, asked.left, asked.why);
        differ.extend(asked.differ.into_iter().map(|(case, what)| (format!("{name}: {case}"), what)));
    }
    for (what, count) in LEFT {
        println!("  not asked, {count} cases: {what}");
    }
    known::compare("ddg", &differ)
}

/// A subject's folder.
struct Folder(PathBuf);

impl Folder {
    fn read<T: DeserializeOwned>(&self, file: &str) -> Result<T> {
        let path: &Path = &self.0.join(file);
        serde_json::from_slice(&bytes_of(path)?).with_context(|| format!("{} is not as expected", path.display()))
    }
}

/// What came of a subject's cases.
#[derive(Default)]
struct Asked {
    cases: usize,
    /// How many were left out, and why.
    left: usize,
    why: &'static str,
    /// The case's name, and what was found.
    differ: Vec<(String, String)>,
}
