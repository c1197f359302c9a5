//! The proof of the files: their form, and every example that they give.
//!
//! A file states what it notices and what it spares, and both are tried against all files together, for a post is read
//! in all languages at once. What it deliberately does not do: count how often a phrase is right on real posts; that
//! is measured elsewhere, on text that is not ours to keep.

use super::file::{Part, SignalFile, format, parse};
use super::{Signals, compile};
use crate::verdict::{Evidence, Refusal};

/// Fewest examples of either sort that a file must give.
const FEWEST: usize = 10;
/// The same for English, in which most bait is written.
const FEWEST_ENGLISH: usize = 15;

/// Everything that is wrong with these files (name without folders, text), with line and column.
pub fn check(files: &[(&str, &str)]) -> Vec<Refusal> {
    let (bytes, mut refusals) = compile(files);
    let Ok(signals) = Signals::open(&bytes) else {
        refusals.push(Refusal::new("signals", 0, "the compiled form cannot be opened"));
        return refusals;
    };
    for (name, text) in files {
        let (file, _) = parse(name, text);
        refusals.extend(first_difference(name, text, &format(&file)));
        refusals.extend(too_few(&file));
        for line in file.part(Part::Flags).chain(file.part(Part::Spares)) {
            let post = line.text.replace("\\n", "\n");
            let found = signals.read(&post);
            let ours: Vec<&Evidence> = found.iter().filter(|e| is_about(&file, e)).collect();
            match (line.part, ours.first()) {
                (Part::Flags, None) => refusals.push(Refusal::new(*name, line.line, "column 1: nothing notices this")),
                (Part::Spares, Some(e)) => {
                    let column = e.span.map_or(1, |span| span.0 + 1);
                    let reason = std::format!("column {column}: {} notices {:?}", e.rule, e.quote);
                    refusals.push(Refusal::new(*name, line.line, reason));
                }
                _ => {}
            }
        }
    }
    refusals
}

fn is_about(file: &SignalFile, evidence: &Evidence) -> bool {
    file.kinds.iter().any(|kind| kind == evidence.kind.name())
}

fn too_few(file: &SignalFile) -> Option<Refusal> {
    let fewest = if file.language == "en" { FEWEST_ENGLISH } else { FEWEST };
    let (flags, spares) = (file.part(Part::Flags).count(), file.part(Part::Spares).count());
    let is_short = spares < fewest || (!file.is_guard && flags < fewest);
    let reason = || std::format!("{flags} flags and {spares} spares are too little proof: {fewest} of each");
    is_short.then(|| Refusal::new(&file.name, 0, reason()))
}

/// Where a file first differs from its canonical form.
fn first_difference(name: &str, is: &str, ought: &str) -> Option<Refusal> {
    if is == ought {
        return None;
    }
    let mut lines = is.lines().zip(ought.lines()).enumerate();
    let (line, (a, b)) =
        lines.find(|(_, (a, b))| a != b).unwrap_or((is.lines().count().min(ought.lines().count()), ("", "")));
    let column = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count() + 1;
    Some(Refusal::new(name, line + 1, std::format!("column {column}: in its one form this line is {b:?}")))
}
