//! The log of real requests beside the project, with what three other programs say of each: `requests/verdicts.jsonl.gz`.
//!
//! Checks and benchmark put the same requests to us; here they are read, once for all. What it deliberately does not do:
//! judge, or leave any out.

use std::path::Path;
use std::str::from_utf8;

use anyhow::Result;
use plainsight::api::requests::Question;
use serde::Deserialize;

use crate::lists::bytes_of;

/// One request, and whether uBlock Origin's core, Ghostery's and Brave's stop it (1) or not (0).
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Logged {
    /// Its address.
    pub url: String,
    /// The address of the frame that asks; may be empty.
    pub frame_url: String,
    /// What it is for, in the browsers' words.
    #[serde(rename = "type")]
    pub kind: String,
    ubo: u8,
    ghostery: u8,
    brave: u8,
    /// The rule that spoke there, if one did.
    #[serde(rename = "filter")]
    pub rule: Option<String>,
}

impl Logged {
    /// Whether it is stopped, where all three say the same.
    pub fn agreed(&self) -> Option<bool> {
        (self.ubo == self.ghostery && self.ubo == self.brave).then_some(self.ubo == 1)
    }

    /// The same as a question to us.
    pub fn question(&self) -> Question<'_> {
        Question { url: &self.url, frame: &self.frame_url, kind: &self.kind, ..Question::default() }
    }

    /// How the committed differences name it.
    pub fn name(&self) -> String {
        format!("{} on {} as {}", self.url, self.frame_url, self.kind)
    }
}

/// All of them, in the order in which they were made.
///
/// # Errors
/// If the folder has no such log, or a line of it is not as expected.
pub fn read(shared: &Path) -> Result<Vec<Logged>> {
    let bytes = bytes_of(&shared.join("requests/verdicts.jsonl.gz"))?;
    from_utf8(&bytes)?.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}
