//! What a browser would do with the declarative rules of some lists, played by the core.
//!
//! The checks hold it against the shield on real traffic, and real browsers are held against it. What it deliberately
//! does not do: name a rule in its list; a declarative rule stands for many lines.

use crate::api::requests::Question;
use crate::trackers::Request;
use crate::trackers::dnr::Rules;
use crate::trackers::dnr::play::Browser;
pub use crate::trackers::dnr::play::Outcome;
use crate::url::Suffixes;

/// A browser with rules.
#[derive(Debug)]
pub struct Played<'a>(Browser<'a>);

impl<'a> Played<'a> {
    /// With these rules, and the section of public suffixes that [`super::suffixes`] makes; none if that is damaged.
    pub fn open(rules: &'a Rules, suffixes: &'a [u8]) -> Option<Played<'a>> {
        Some(Played(Browser::new(rules, Suffixes::open(suffixes)?)))
    }

    /// What comes of a request. The page is the frame that asks.
    pub fn ask(&self, question: &Question<'_>) -> Outcome {
        self.0.ask(&Request::new(question.url, question.frame, question.kind))
    }
}

/// The section of public suffixes, of the text that their list has.
pub fn suffixes(text: &str) -> Vec<u8> {
    Suffixes::write(text)
}
