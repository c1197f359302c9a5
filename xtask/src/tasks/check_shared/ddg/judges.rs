//! The two that are asked about a request by lines of a list: the shield, and the browser that the core plays.
//!
//! What it deliberately does not do: take a side. Where the two disagree the case fails, whatever was expected.

use anyhow::{Context, Result, ensure};
use plainsight::api::authoring::{self, ListText, Lists, Outcome, Played, Rules, Section, suffixes};
use plainsight::api::requests::{Decision, Question, Requests};

use crate::lists;

/// The public suffixes, read once.
pub(super) struct Suffixes {
    section: Section,
    bytes: Vec<u8>,
}

impl Suffixes {
    pub(super) fn read() -> Result<Suffixes> {
        let text = lists::around()?.suffixes;
        let (sections, _) = Lists::default().request_sections(&text, "[]", &[], |_| true);
        let section = sections.into_iter().next().context("the suffixes have a section")?;
        Ok(Suffixes { section, bytes: suffixes(&text) })
    }
}

/// A list in both its forms.
pub(super) struct Judges<'s> {
    pack: Vec<u8>,
    rules: Rules,
    suffixes: &'s Suffixes,
}

impl<'s> Judges<'s> {
    /// Compiles lines, none of which may be refused.
    pub(super) fn of(lines: &[String], suffixes: &'s Suffixes) -> Result<Judges<'s>> {
        let text = ListText { id: "ddg".into(), text: lines.join("\n"), ..ListText::default() };
        let (list, refusals) = Lists::read(vec![text]);
        ensure!(refusals.is_empty(), "{refusals:?}");
        let (rules, refusals) = list.declared(|_| true);
        ensure!(refusals.is_empty(), "{refusals:?}");
        let (sections, _) = list.request_sections("", "[]", &[], |_| true);
        let sections: Vec<Section> =
            std::iter::once(suffixes.section.clone()).chain(sections.into_iter().skip(1)).collect();
        Ok(Judges { pack: authoring::pack(&sections)?, rules, suffixes })
    }

    /// What becomes of a request, by both.
    pub(super) fn ask(&self, url: &str, frame: &str, kind: &str) -> Result<Outcome> {
        let question = Question { url, frame, kind, ..Question::default() };
        let shield = Requests::open(&self.pack)?.ask(&question).decision;
        let browser = Played::open(&self.rules, &self.suffixes.bytes).context("the suffixes open")?;
        let outcome = browser.ask(&question);
        ensure!(shield == outcome.decision, "{url} on {frame}: shield {shield:?}, declared {:?}", outcome.decision);
        Ok(outcome)
    }
}

/// What is expected in their words, in ours.
pub(super) fn decision(action: Option<&str>) -> Decision {
    match action {
        Some("block") => Decision::Stop,
        Some("redirect") => Decision::Change,
        _ => Decision::Pass,
    }
}
