//! Single filters, and a request that each must match (or except).
//!
//! 9,445 pairs that another project collected from the lists over years, with all that authors ever wrote. Each filter
//! is compiled as a list of its own; below an exception stands a rule that stops everything.

use anyhow::{Result, ensure};
use plainsight::api::authoring::{self, ListText, Lists, Section};
use plainsight::api::requests::{Decision, Question, Requests};
use serde::Deserialize;

use super::known;
use super::shared::Shared;
use crate::lists::{self, bytes_of};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Pair {
    #[serde(rename = "filters")]
    lines: Vec<String>,
    source_url: String,
    #[serde(rename = "type")]
    kind: String,
    url: String,
}

/// Stops whatever is asked for: there must be something that an exception can except.
const EVERYTHING: &str = "/./$all";

pub(super) fn run(shared: &Shared) -> Result<()> {
    let pairs: Vec<Pair> = serde_json::from_slice(&bytes_of(&shared.folder.join("requests/pairs.json"))?)?;
    // All lists share the suffixes, and making them takes longer than everything else.
    let (sections, _) = Lists::default().request_sections(&lists::around()?.suffixes, "[]", &[], |_| true);
    let suffixes = sections.into_iter().next();
    let (mut all, mut differ) = (0, Vec::new());
    for pair in &pairs {
        for line in &pair.lines {
            all += 1;
            if let Some(what) = complaint(line, pair, suffixes.as_ref())? {
                differ.push((format!("{line} -> {} on {} as {}", pair.url, pair.source_url, pair.kind), what));
            }
        }
    }
    println!("  {} requests, {all} pairs", pairs.len());
    ensure!(all > 0, "no pair was compared");
    known::compare("pairs", &differ)
}

/// What is wrong with how a list's line treats its request, if anything is.
fn complaint(line: &str, pair: &Pair, suffixes: Option<&Section>) -> Result<Option<String>> {
    let text = ListText { id: "pair".into(), text: format!("{line}\n{EVERYTHING}\n"), ..ListText::default() };
    let is_exception = line.starts_with("@@");
    let text = if is_exception { text } else { ListText { text: line.to_owned(), ..text } };
    let (list, refusals) = Lists::read(vec![text]);
    if let Some(refusal) = refusals.first() {
        return Ok(Some(format!("refused: {}", refusal.reason)));
    }
    let (sections, _) = list.request_sections("", "[]", &[], |_| true);
    let sections: Vec<Section> = suffixes.cloned().into_iter().chain(sections.into_iter().skip(1)).collect();
    let pack = authoring::pack(&sections)?;
    // They say document of whatever a page loads as one; what another page asks for is a frame.
    let kind = if pair.kind == "document" { "sub_frame" } else { &pair.kind };
    let question = Question { url: &pair.url, frame: &pair.source_url, kind, ..Question::default() };
    let answer = Requests::open(&pack)?.ask(&question);
    let matches = if is_exception {
        answer.exception.is_some_and(|rule| rule.line == 1)
    } else {
        answer.decision != Decision::Pass
    };
    Ok((!matches).then(|| format!("{:?}, rule {:?}, exception {:?}", answer.decision, answer.rule, answer.exception)))
}
