//! `cargo xtask eval-text FOLDER`: what the shipped core says of labelled texts that nothing was learned from.
//!
//! It writes `data/model/RESULTS.md` and the plot beside it: by set and level what is flagged rightly and wrongly, how
//! many ordinary posts are flagged, by the model and by each kind of phrase, what each head costs, how often the language
//! of the examples is told (`eval_language`), and how the probabilities fit. With `--across` it trains anew without each set of the heated head, and says what is then found in that set.
//!
//! What it deliberately does not do: weigh texts by itself. The model and the phrases are the core's that ships.

mod costs;
mod plot;
mod rates;
mod reading;
mod tables;
mod topics;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use plainsight::api::authoring::Model;

use crate::root;
use crate::tasks::eval_language;
use crate::tasks::sizes::gzipped;
use crate::tasks::train::WEIGHTS;
use crate::text::recipe;
use crate::text::sets::Texts;

/// Where the results lie.
const RESULTS: &str = "data/model/RESULTS.md";
/// Where the plot lies.
const PLOT: &str = "data/model/calibration.svg";
/// Sets that the heated head learns from, each left out once, with what is made of the same comments; the first is measured.
const LEFT_OUT: [&[&str]; 3] = [&["davidson"], &["civil", "civil-sentences"], &["goemotions"]];

/// Measures, and writes what came of it.
///
/// # Errors
/// If a set or the shipped data cannot be read, or a file not be written.
pub fn run(folder: &Path, across: bool) -> Result<()> {
    let texts = Texts::read(folder, &[])?;
    let bytes = fs::read(root().join(WEIGHTS)).with_context(|| format!("cannot read {WEIGHTS}"))?;
    let model = Model::open(&bytes)?;
    let mut out = String::from("# What the model says of texts it has not seen\n\n");
    writeln!(
        out,
        "Made by `cargo xtask eval-text`; what the columns mean and what follows from it stands in [CARD.md](CARD.md)."
    )?;
    writeln!(out, "\nThe section has {} bytes, {} gzipped.\n", bytes.len(), gzipped(&bytes)?)?;
    costs::table(&mut out, &model, &texts)?;
    tables::by_set(&mut out, &model, &texts)?;
    tables::confusions(&mut out, &model, &texts)?;
    rates::of_model(&mut out, &model, &texts)?;
    rates::of_languages(&mut out, &model, &texts)?;
    rates::of_phrases(&mut out, &texts)?;
    topics::tables(&mut out, &texts)?;
    writeln!(out, "## Languages of the examples\n\nAs `cargo xtask eval-language` tells it.\n")?;
    writeln!(out, "```text\n{}```\n", eval_language::table(None)?)?;
    if across {
        tables::across_begins(&mut out)?;
        for sets in LEFT_OUT {
            let without = Texts::read(folder, &sets.iter().map(|set| (*set).to_owned()).collect::<Vec<_>>())?;
            let bytes = recipe::section(&without);
            tables::across(&mut out, &Model::open(&bytes)?, &texts, sets[0])?;
        }
    }
    plot::calibration(&root().join(PLOT), &model, &texts)?;
    print!("{out}");
    fs::write(root().join(RESULTS), out).with_context(|| format!("cannot write {RESULTS}"))
}
