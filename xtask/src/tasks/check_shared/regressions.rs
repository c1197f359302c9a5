//! Requests that another project once judged wrong: a page that was broken, or an advertisement that came through.
//!
//! Each cost somebody a page or their peace, and is cheap to ask again. What it deliberately does not do: keep ours;
//! those are cases in `tests/cases/trackers`.

use std::str::from_utf8;

use anyhow::{Result, bail, ensure};
use plainsight::api::requests::{Decision, Question};

use super::known;
use super::shared::Shared;
use crate::lists::bytes_of;

pub(super) fn run(shared: &Shared) -> Result<()> {
    let requests = shared.packs.open()?;
    let bytes = bytes_of(&shared.folder.join("requests/regressions.tsv"))?;
    let (mut all, mut differ) = (0, Vec::new());
    // The first line names the columns.
    for (i, line) in from_utf8(&bytes)?.lines().enumerate().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [url, frame, kind, blocked @ ("true" | "false")] = columns[..] else {
            bail!("regressions.tsv:{}: four columns are wanted: url, source, type, blocked", i + 1);
        };
        all += 1;
        let answer = requests.ask(&Question { url, frame, kind, ..Question::default() });
        if (answer.decision == Decision::Pass) == (blocked == "true") {
            differ.push((format!("{url} on {frame} as {kind}"), format!("{:?} {:?}", answer.decision, answer.rule)));
        }
    }
    println!("  {all} requests");
    ensure!(all > 0, "no request was compared");
    known::compare("regressions", &differ)
}
