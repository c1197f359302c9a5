//! What a head says of the texts of one set: what every table and plot here is made of.
//!
//! The core's own model scores them. Which texts may be measured is decided here; what follows from the scores is not.

use plainsight::api::authoring::{Head, Level, Model, Score};

use crate::text::labelled::Labelled;
use crate::text::recipe;
use crate::text::sets::Texts;

/// A text, and what a head says of it.
pub(super) struct Read<'t> {
    pub(super) text: &'t Labelled,
    pub(super) score: Option<Score>,
}

impl Read<'_> {
    /// Whether this level flags it.
    pub(super) fn is_flagged(&self, level: Level) -> bool {
        let flags = self.score.and_then(|score| score.level);
        flags.is_some_and(|flags| flags as usize <= level as usize)
    }
}

/// Reads all texts of a set that this head may be measured on: what is held out, and of sets that nothing is ever
/// learned from, all.
pub(super) fn read<'t>(
    model: &Model<'_>,
    texts: &'t Texts,
    set: &str,
    head: Head,
    language: Option<&str>,
) -> Vec<Read<'t>> {
    let is_foreign = recipe::is_foreign(set);
    let texts = texts.of(set).iter().filter(|text| is_foreign || text.is_held_out());
    texts.map(|text| Read { text, score: model.score(&text.text, &text.folded, head, language) }).collect()
}
