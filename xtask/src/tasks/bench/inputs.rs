//! What everybody is asked, in files that every program of the benchmark reads: lists, requests, and our own pack.
//!
//! The lists are all that we ship, off or on; the requests are real ones, with what three other programs say of them.
//! What it deliberately does not do: choose among the requests. All are asked, in the order in which they were made.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use plainsight::api::authoring::{self, ListText, Lists};
use serde::Deserialize;
use serde_json::json;

use crate::lists::{self, bytes_of};
use crate::{packs, root};

/// A line of `verdicts.jsonl.gz`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    url: String,
    frame_url: String,
    #[serde(rename = "type")]
    kind: String,
    ubo: u8,
    ghostery: u8,
    brave: u8,
}

/// The files, and what is expected of whoever reads them.
pub(super) struct Inputs {
    /// JSON: the lists' texts.
    pub(super) lists: PathBuf,
    /// JSON: `[url, frame, type]` each.
    pub(super) requests: PathBuf,
    /// Our pack of these lists.
    pub(super) pack: PathBuf,
    /// What the three others say where they agree: whether the request is stopped.
    pub(super) verdicts: Vec<Option<bool>>,
}

impl Inputs {
    /// Writes the files.
    pub(super) fn write(folder: &Path, shared: &Path) -> Result<Inputs> {
        fs::create_dir_all(folder)?;
        let (mut requests, mut verdicts) = (Vec::new(), Vec::new());
        let bytes = bytes_of(&shared.join("requests/verdicts.jsonl.gz"))?;
        for line in std::str::from_utf8(&bytes)?.lines() {
            let it: Line = serde_json::from_str(line)?;
            verdicts.push((it.ubo == it.ghostery && it.ubo == it.brave).then_some(it.ubo == 1));
            requests.push(json!([it.url, it.frame_url, it.kind]));
        }
        let texts: Vec<ListText> = lists::sets()?.into_iter().flat_map(|set| set.texts).collect();
        let inputs = Inputs {
            lists: folder.join("lists.json"),
            requests: folder.join("requests.json"),
            pack: folder.join("ours.pack"),
            verdicts,
        };
        fs::write(&inputs.requests, serde_json::to_string(&requests)?)?;
        let bare: Vec<&str> = texts.iter().map(|it| it.text.as_str()).collect();
        fs::write(&inputs.lists, serde_json::to_string(&bare)?)?;
        let pack = authoring::pack(&packs::background(&Lists::read(texts).0)?)?;
        fs::write(&inputs.pack, pack).context("cannot write the pack to be measured")?;
        Ok(inputs)
    }

    /// The folder beside the repository, or why there is nothing to measure.
    pub(super) fn beside() -> Option<PathBuf> {
        root().parent().map(|parent| parent.join("shared")).filter(|folder| folder.is_dir())
    }
}
