//! The tables of topics: by set how often one is told and right, which are taken for which, and how many ordinary posts
//! are like a person's own words.
//!
//! What it deliberately does not do: choose the limits; they stand in the section.

use std::fmt::Write as _;
use std::fs;

use anyhow::{Context, Result};
use plainsight::api::authoring::{Folded, Topics};

use crate::root;
use crate::tasks::sizes::gzipped;
use crate::tasks::train::TOPICS;
use crate::text::recipe::ORDINARY;
use crate::text::sets::Texts;
use crate::text::topics::{HEADLINES, Known, TWEETS};

/// Writes what the shipped topics say of what was held out.
pub(super) fn tables(out: &mut String, texts: &Texts) -> Result<()> {
    let bytes = fs::read(root().join(TOPICS)).with_context(|| format!("cannot read {TOPICS}"))?;
    let (topics, known) = (Topics::open(&bytes)?, Known::read()?);
    writeln!(out, "## Topics\n\nThe section has {} bytes, {} gzipped.\n", bytes.len(), gzipped(&bytes)?)?;
    for set in [HEADLINES, TWEETS] {
        confusion(out, &topics, &known, texts, set)?;
    }
    ordinary(out, &topics, &known, texts)
}

/// A row a label; of it, what was told, with an own column for nothing.
fn confusion(out: &mut String, topics: &Topics, known: &Known, texts: &Texts, set: &str) -> Result<()> {
    let names = topics.names();
    let mut labels: Vec<(String, Vec<usize>)> = Vec::new();
    let (mut all, mut told, mut right, mut likeliest, mut of_topics) = (0, 0, 0, 0, 0);
    for text in texts.of(set).iter().filter(|text| text.is_held_out()) {
        let said = topics.of(&text.folded, Some("en")).and_then(|it| names.iter().position(|name| *name == it.name));
        let place = known.place(&text.label);
        if !labels.iter().any(|(label, _)| *label == text.label) {
            labels.push((text.label.clone(), vec![0; names.len() + 1]));
        }
        if let Some((_, counts)) = labels.iter_mut().find(|(label, _)| *label == text.label) {
            counts[said.unwrap_or(names.len())] += 1;
        }
        all += 1;
        told += usize::from(said.is_some());
        right += usize::from(said.is_some() && said == place);
        of_topics += usize::from(place.is_some());
        let best = topics.probabilities(&text.folded).and_then(|it| crate::text::topics::best(&it));
        likeliest += usize::from(place.is_some() && best.map(|it| it.0) == place);
    }
    let part = |n: usize, of: usize| n as f64 / of.max(1) as f64;
    writeln!(
        out,
        "{set}: {all} texts; of what is told {:.3} is right; nothing is said of {:.3}; the likeliest is right for {:.3} of those with a topic\n",
        part(right, told),
        1.0 - part(told, all),
        part(likeliest, of_topics)
    )?;
    labels.sort();
    writeln!(out, "| label | {} | nothing |\n|---|{}", names.join(" | "), "---|".repeat(names.len() + 1))?;
    for (label, counts) in labels {
        let cells: Vec<String> = counts.iter().map(usize::to_string).collect();
        writeln!(out, "| {label} | {} |", cells.join(" | "))?;
    }
    writeln!(out)?;
    Ok(())
}

/// Of ordinary posts that were held out, how many are like the words of each topic, and how many have any topic told; and
/// of the headlines with that topic, how many are like its words.
fn ordinary(out: &mut String, topics: &Topics, known: &Known, texts: &Texts) -> Result<()> {
    writeln!(
        out,
        "Like a person's own words, in percent: of ordinary posts, and of posts and headlines on the topic.\n"
    )?;
    writeln!(out, "| words | {} | {TWEETS} | {HEADLINES} |\n|---|---|---|---|---|---|", ORDINARY.join(" | "))?;
    let percent = |n: usize, of: usize| 100.0 * n as f64 / of.max(1) as f64;
    for (place, topic) in known.topic.iter().enumerate() {
        let Some(seeds) = topics.seeds(&Folded::of(&topic.seeds.join(" "))) else { continue };
        write!(out, "| {} |", topic.seeds.join(", "))?;
        for set in ORDINARY.into_iter().chain([TWEETS, HEADLINES]) {
            let is_on = |label: &str| ORDINARY.contains(&set) || known.place(label) == Some(place);
            let texts: Vec<_> = texts.of(set).iter().filter(|it| it.is_held_out() && is_on(&it.label)).collect();
            let like = texts.iter().filter(|it| {
                topics.likeness(&seeds, &it.folded, Some("en")).is_some_and(|likeness| topics.is_like(likeness))
            });
            write!(out, " {:.2} |", percent(like.count(), texts.len()))?;
        }
        writeln!(out)?;
    }
    writeln!(out)?;
    Ok(())
}
