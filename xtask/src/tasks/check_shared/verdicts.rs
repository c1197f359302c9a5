//! Real requests, and what three other programs say of them: where all three agree, we agree.
//!
//! 14,656 requests with the verdicts of uBlock Origin's, Ghostery's and Brave's engines on the same lists. Where they
//! differ among themselves nobody can say who is right, and nothing is asserted.

use anyhow::{Result, ensure};
use plainsight::api::requests::Decision;

use super::known;
use super::shared::Shared;
use crate::log;

pub(super) fn run(shared: &Shared) -> Result<()> {
    let requests = shared.packs.open()?;
    let (mut all, mut unanimous, mut stopped, mut differ) = (0, 0, 0, Vec::new());
    for it in log::read(&shared.folder)? {
        all += 1;
        let Some(is_stopped) = it.agreed() else { continue };
        unanimous += 1;
        stopped += usize::from(is_stopped);
        let answer = requests.ask(&it.question());
        // Whoever answers with a stand-in stops the request too: the others count it so.
        if (answer.decision == Decision::Pass) == is_stopped {
            let theirs = if is_stopped { "stop" } else { "pass" };
            let what = format!("theirs: {theirs} {:?}; ours: {:?} {:?}", it.rule, answer.decision, answer.rule);
            differ.push((it.name(), what));
        }
    }
    println!("  {all} requests, {unanimous} unanimous, {stopped} of those stopped");
    ensure!(unanimous > 0, "no request was compared");
    known::compare("verdicts", &differ)
}
