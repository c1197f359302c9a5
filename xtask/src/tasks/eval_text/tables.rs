//! The tables by set: what is read, how well it is ordered, and what each level flags.
//!
//! What it deliberately does not do: choose sets by their figures; whatever is in the folder is in the table.

use std::fmt::Write as _;

use anyhow::Result;
use plainsight::api::authoring::{Head, Level, Model};

use super::reading::{Read, read};
use crate::text::measure::{Flagged, auc, mse};
use crate::text::recipe::SLIGHTLY;
use crate::text::sets::Texts;

/// Each head, the language of its sets, and the sets.
const MEASURED: [(Head, &str, &[&str]); 3] = [
    (Head::Clickbait, "en", &["webis-posts", "webis-titles", "webis-pilot", "chakraborty", "youtube"]),
    (Head::Heated, "en", &["olid", "davidson", "civil", "goemotions"]),
    (Head::ClickbaitEs, "es", &["ta1c"]),
];
/// Sets whose grades are means of several judges: of others, a mean error says nothing.
const GRADED: [&str; 2] = ["webis-posts", "civil"];

pub(super) fn by_set(out: &mut String, model: &Model<'_>, texts: &Texts) -> Result<()> {
    writeln!(out, "## By set\n")?;
    writeln!(
        out,
        "| head | set | texts | read | AUC | AUC of flags | MSE | level | flagged | precision | recall | at least slightly |"
    )?;
    writeln!(out, "|---|---|---|---|---|---|---|---|---|---|---|---|")?;
    for (head, language, sets) in MEASURED {
        for set in sets {
            let texts = read(model, texts, set, head, Some(language));
            if !texts.is_empty() {
                rows(out, head, set, &texts)?;
            }
        }
    }
    writeln!(out)?;
    Ok(())
}

fn rows(out: &mut String, head: Head, set: &str, texts: &[Read<'_>]) -> Result<()> {
    let said: Vec<_> = texts.iter().filter_map(|read| Some((read.text, read.score?))).collect();
    let by = |score: fn(&plainsight::api::authoring::Score) -> f32| {
        auc(&said.iter().map(|(text, said)| (score(said), text.is)).collect::<Vec<_>>())
    };
    let (by_probability, by_flags) = (by(|score| score.probability), by(|score| score.sure));
    let graded: Vec<_> = said.iter().map(|(text, said)| (said.probability, text.grade)).collect();
    let error = if GRADED.contains(&set) { format!("{:.4}", mse(&graded)) } else { "–".to_owned() };
    for level in Level::ALL {
        let flagged = flagged(texts, level);
        let graded = texts.iter().filter(|read| read.is_flagged(level));
        let slightly =
            graded.filter(|read| read.text.grade >= SLIGHTLY || (read.text.grade > 0.0 && set == "webis-posts"));
        let slightly = slightly.count() as f64 / flagged.all() as f64;
        let (name, all, share) = (head.name(), texts.len(), said.len() as f64 / texts.len() as f64);
        let first = format!("| {name} | {set} | {all} | {share:.2} | {by_probability:.3} | {by_flags:.3} | {error} ");
        let (precision, recall) = (flagged.precision(), flagged.recall());
        let level = level.name();
        writeln!(out, "{first}| {level} | {} | {precision:.3} | {recall:.3} | {slightly:.3} |", flagged.all())?;
    }
    Ok(())
}

fn flagged(texts: &[Read<'_>], level: Level) -> Flagged {
    Flagged::count(texts.iter().map(|read| (read.is_flagged(level), read.text.is)))
}

pub(super) fn confusions(out: &mut String, model: &Model<'_>, texts: &Texts) -> Result<()> {
    writeln!(out, "## Confusion on the balanced level\n")?;
    writeln!(out, "| head | set | flagged rightly | flagged wrongly | missed | left |\n|---|---|---|---|---|---|")?;
    for (head, language, sets) in MEASURED {
        for set in sets {
            let it = flagged(&read(model, texts, set, head, Some(language)), Level::Balanced);
            writeln!(
                out,
                "| {} | {set} | {} | {} | {} | {} |",
                head.name(),
                it.rightly,
                it.wrongly,
                it.missed,
                it.left
            )?;
        }
    }
    writeln!(out)?;
    Ok(())
}

pub(super) fn across_begins(out: &mut String) -> Result<()> {
    writeln!(out, "## Heated, trained without the set it is measured on\n")?;
    writeln!(out, "| set | AUC | level | flagged | precision | recall |\n|---|---|---|---|---|---|")?;
    Ok(())
}

pub(super) fn across(out: &mut String, model: &Model<'_>, texts: &Texts, set: &str) -> Result<()> {
    let texts = read(model, texts, set, Head::Heated, Some("en"));
    let said: Vec<_> = texts.iter().filter_map(|read| Some((read.score?.sure, read.text.is))).collect();
    for level in Level::ALL {
        let it = flagged(&texts, level);
        let (precision, recall) = (it.precision(), it.recall());
        writeln!(
            out,
            "| {set} | {:.3} | {} | {} | {precision:.3} | {recall:.3} |",
            auc(&said),
            level.name(),
            it.all()
        )?;
    }
    Ok(())
}
