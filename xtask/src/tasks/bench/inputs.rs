//! What everybody is asked, in files that every program of the benchmark reads: lists, requests, and our own pack.
//!
//! The lists are all that we ship, off or on; the requests are real ones, with what three other programs say of them.
//! What it deliberately does not do: choose among the requests. All are asked, in the order in which they were made.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;
use plainsight::api::authoring::{self, ListText, Lists};
use serde_json::json;

use crate::packs::Section;
use crate::{lists, log, packs};

/// The files, and what is expected of whoever reads them.
pub(super) struct Inputs {
    /// It holds `lists.json` (texts), `requests.json` (`[url, frame, type]` each), `ours.pack` and `texts.pack`.
    pub(super) folder: PathBuf,
    /// What the three others said, where they agreed: whether the request is stopped.
    pub(super) verdicts: Vec<Option<bool>>,
}

impl Inputs {
    /// Writes the files for the lists that we ship.
    pub(super) fn write(folder: &Path, shared: &Path) -> Result<Inputs> {
        Inputs::of(folder, shared, texts()?, lists::shipped()?.1)
    }

    /// Writes the files for other lists, of which `sets` says with which switch they go.
    pub(super) fn of(folder: &Path, shared: &Path, texts: Vec<ListText>, sets: Section) -> Result<Inputs> {
        fs::create_dir_all(folder)?;
        let (mut requests, mut verdicts) = (Vec::new(), Vec::new());
        for it in log::read(shared)? {
            verdicts.push(it.agreed());
            requests.push(json!([it.url, it.frame_url, it.kind]));
        }
        fs::write(folder.join("requests.json"), serde_json::to_string(&requests)?)?;
        let bare: Vec<&str> = texts.iter().map(|it| it.text.as_str()).collect();
        fs::write(folder.join("lists.json"), serde_json::to_string(&bare)?)?;
        let read = Lists::read(texts).0;
        let sections = [packs::background(&read)?, vec![sets, lists::homes()?]].concat();
        fs::write(folder.join("ours.pack"), authoring::pack(&sections)?)?;
        fs::write(folder.join("texts.pack"), authoring::pack(&[read.text_section()])?)?;
        Ok(Inputs { folder: folder.to_path_buf(), verdicts })
    }
}

/// The texts of all lists that we ship.
pub(super) fn texts() -> Result<Vec<ListText>> {
    Ok(lists::sets()?.into_iter().flat_map(|set| set.texts).collect())
}
