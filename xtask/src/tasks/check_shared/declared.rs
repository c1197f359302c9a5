//! Real requests, and whether the declarative rules decide about them as the shield does.
//!
//! The browser is played by the core. All requests of the log are put to both, those too of which others say different
//! things: here nobody is asked but ourselves. What this deliberately does not do: ask real browsers, which know no such
//! log; `tests/browser/outcome.rs` puts cases of our own to them.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use plainsight::api::authoring::{Played, suffixes};
use plainsight::api::requests::Decision;

use super::known;
use super::shared::Shared;
use crate::packs::has_stand_in;
use crate::{lists, log};

pub(super) fn run(shared: &Shared) -> Result<()> {
    let requests = shared.packs.open()?;
    let (rules, _) = lists::from_files(&shared.lists)?.declared(has_stand_in);
    let suffixes = suffixes(&lists::around()?.suffixes);
    let browser = Played::open(&rules, &suffixes).context("the suffixes were just written")?;
    let (mut all, mut stopped, mut spoke, mut differ) = (0, 0, BTreeSet::new(), Vec::new());
    for it in log::read(&shared.folder)? {
        all += 1;
        let question = it.question();
        let (ours, theirs) = (requests.ask(&question), browser.ask(&question));
        stopped += usize::from(theirs.decision == Decision::Stop);
        spoke.extend(theirs.rule);
        if ours.decision != theirs.decision {
            let what = format!(
                "shield: {:?} {:?}; declared: {:?}, rule {:?}",
                ours.decision, ours.rule, theirs.decision, theirs.rule
            );
            differ.push((it.name(), what));
        }
    }
    println!(
        "  {all} requests, {stopped} stopped; {} of {} declarative rules spoke",
        spoke.len(),
        rules.safe.len() + rules.risky.len()
    );
    ensure!(all > 0, "no request was compared");
    known::compare("declared", &differ)
}
