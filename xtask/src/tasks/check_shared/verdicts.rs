//! Real requests, and what three other programs say of them: where all three agree, we agree.
//!
//! 14,656 requests with the verdicts of uBlock Origin's, Ghostery's and Brave's engines on the same lists. Where they
//! differ among themselves nobody can say who is right, and nothing is asserted.

use std::str::from_utf8;

use anyhow::{Result, ensure};
use plainsight::api::requests::{Decision, Question};
use serde::Deserialize;

use super::known;
use super::shared::Shared;
use crate::lists::bytes_of;

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
    #[serde(rename = "filter")]
    rule: Option<String>,
}

pub(super) fn run(shared: &Shared) -> Result<()> {
    let requests = shared.packs.open()?;
    let bytes = bytes_of(&shared.folder.join("requests/verdicts.jsonl.gz"))?;
    let (mut all, mut unanimous, mut stopped, mut differ) = (0, 0, 0, Vec::new());
    for line in from_utf8(&bytes)?.lines() {
        let it: Line = serde_json::from_str(line)?;
        all += 1;
        if it.ubo != it.ghostery || it.ubo != it.brave {
            continue;
        }
        unanimous += 1;
        stopped += usize::from(it.ubo == 1);
        let question = Question { url: &it.url, frame: &it.frame_url, kind: &it.kind, ..Question::default() };
        let answer = requests.ask(&question);
        // Whoever answers with a stand-in stops the request too: the others count it so.
        if (answer.decision == Decision::Pass) == (it.ubo == 1) {
            let theirs = if it.ubo == 1 { "stop" } else { "pass" };
            let what = format!("theirs: {theirs} {:?}; ours: {:?} {:?}", it.rule, answer.decision, answer.rule);
            differ.push((format!("{} on {} as {}", it.url, it.frame_url, it.kind), what));
        }
    }
    println!("  {all} requests, {unanimous} unanimous, {stopped} of those stopped");
    ensure!(unanimous > 0, "no request was compared");
    known::compare("verdicts", &differ)
}
