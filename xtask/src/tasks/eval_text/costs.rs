//! What each head costs: the bytes of its tables, and the time that it takes for a text.
//!
//! The time is this machine's and this build's, so that it says how heads compare; what an item costs in JavaScript's
//! engine, all heads and phrases together, `cargo xtask bench items` measures. What it deliberately does not do: count
//! the folding of a text, which is done once for all that read it.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Instant;

use anyhow::Result;
use plainsight::api::authoring::{Head, Model};

use crate::tasks::sizes::gzipped;
use crate::text::sets::Texts;

/// Each head, the language of its texts, and a set of them.
const ASKED: [(Head, &str, &str); 3] = [
    (Head::Clickbait, "en", "webis-posts"),
    (Head::Heated, "en", "tweets-sentiment"),
    (Head::ClickbaitEs, "es", "ta1c"),
];
/// All texts of the set are asked so often; the quickest time counts, because others use the machine too.
const ROUNDS: usize = 5;

pub(super) fn table(out: &mut String, model: &Model<'_>, texts: &Texts) -> Result<()> {
    let build = if cfg!(debug_assertions) { "development" } else { "release" };
    writeln!(out, "## What each head costs\n")?;
    writeln!(
        out,
        "Natively, in a {build} build, for a text that is folded; in V8 `cargo xtask bench items` measures.\n"
    )?;
    writeln!(out, "| head | language | bytes | gzipped | texts of | read | microseconds a text |")?;
    writeln!(out, "|---|---|---|---|---|---|---|")?;
    for (head, language, set) in ASKED {
        let tables = model.tables(head);
        let asked = texts.of(set);
        let (mut quickest, mut read) = (f64::INFINITY, 0);
        for _ in 0..ROUNDS {
            let start = Instant::now();
            let said = asked
                .iter()
                .filter(|it| black_box(model.score(black_box(&it.text), &it.folded, head, Some(language))).is_some());
            read = said.count();
            quickest = quickest.min(start.elapsed().as_secs_f64() * 1e6 / asked.len().max(1) as f64);
        }
        let share = read as f64 / asked.len().max(1) as f64;
        writeln!(
            out,
            "| {} | {language} | {} | {} | {set} | {share:.2} | {quickest:.2} |",
            head.name(),
            tables.len(),
            gzipped(&tables)?
        )?;
    }
    writeln!(out)?;
    Ok(())
}
