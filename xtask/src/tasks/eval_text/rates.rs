//! How many ordinary posts are flagged: by the model, by it in other languages, and by each kind of phrase.
//!
//! Ordinary posts are not labelled, so that every rate is an upper bound of what is flagged wrongly.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Context, Result};
use plainsight::api::authoring::{self, Head, Level, Model};
use plainsight::api::page::{Item, Page, Settings};

use super::reading::read;
use crate::packs;
use crate::tasks::eval::name_of;
use crate::text::recipe::{ORDINARY, is_ordinary};
use crate::text::sets::Texts;

/// Sets in languages that no English head was trained for.
const FOREIGN: [&str; 2] = ["ta1c", "germeval"];

pub(super) fn of_model(out: &mut String, model: &Model<'_>, texts: &Texts) -> Result<()> {
    writeln!(out, "## Ordinary posts that are flagged, in percent\n")?;
    writeln!(out, "| head | source | texts | language said | read | gentle | balanced | strict |")?;
    writeln!(out, "|---|---|---|---|---|---|---|---|")?;
    for head in [Head::Clickbait, Head::Heated] {
        for set in ORDINARY.into_iter().chain(["sms"]) {
            for language in [Some("en"), None] {
                let mut texts = read(model, texts, set, head, language);
                texts.retain(|read| is_ordinary(read.text, head));
                let percent = |n: usize| 100.0 * n as f64 / texts.len() as f64;
                let said = percent(texts.iter().filter(|read| read.score.is_some()).count());
                let name = language.unwrap_or("no");
                write!(out, "| {} | {set} | {} | {name} | {said:.1} |", head.name(), texts.len())?;
                for level in Level::ALL {
                    write!(out, " {:.2} |", percent(texts.iter().filter(|read| read.is_flagged(level)).count()))?;
                }
                writeln!(out)?;
            }
        }
    }
    writeln!(out)?;
    Ok(())
}

pub(super) fn of_languages(out: &mut String, model: &Model<'_>, texts: &Texts) -> Result<()> {
    writeln!(out, "## Texts in other languages, where nobody says which, in percent\n")?;
    writeln!(out, "| head | set | texts | read as English | flagged on strict |\n|---|---|---|---|---|")?;
    for head in [Head::Clickbait, Head::Heated] {
        for set in FOREIGN {
            let texts = read(model, texts, set, head, None);
            let percent = |n: usize| 100.0 * n as f64 / texts.len() as f64;
            let said = percent(texts.iter().filter(|read| read.score.is_some()).count());
            let flagged = percent(texts.iter().filter(|read| read.is_flagged(Level::Strict)).count());
            writeln!(out, "| {} | {set} | {} | {said:.2} | {flagged:.2} |", head.name(), texts.len())?;
        }
    }
    writeln!(out)?;
    Ok(())
}

/// By the whole core, as a page asks it: a post as a text, and again as a title.
pub(super) fn of_phrases(out: &mut String, texts: &Texts) -> Result<()> {
    let pack = authoring::pack(&packs::page()?)?;
    let sites = packs::sites()?;
    let host = sites.iter().find_map(|site| site.hosts.first()).context("data/sites holds no site")?;
    let page = Page::open(&pack, host, "")?;
    let settings = Settings { derank: true, ..Settings::default() };
    writeln!(out, "## Ordinary posts by each kind, on the balanced level, in percent\n")?;
    writeln!(out, "As a post, and as if it were a title.\n")?;
    let mut counts: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    for (at, set) in ORDINARY.iter().enumerate() {
        for text in texts.of(set).iter().filter(|text| text.is_held_out()) {
            for (as_title, headline) in [(false, 0), (true, text.text.len())] {
                let item = Item { text: text.text.clone(), headline, ..Item::default() };
                for evidence in page.verdict(&item, &settings).because {
                    let counts = counts.entry(name_of(&evidence.kind)).or_insert_with(|| vec![(0, 0); ORDINARY.len()]);
                    let (posts, titles) = &mut counts[at];
                    *(if as_title { titles } else { posts }) += 1;
                }
            }
        }
    }
    writeln!(out, "| kind | {} |\n|---|---|---|---|", ORDINARY.join(" | "))?;
    let held_out = ORDINARY.map(|set| texts.of(set).iter().filter(|text| text.is_held_out()).count());
    for (kind, counts) in counts {
        let cells = counts.iter().zip(held_out).map(|((posts, titles), all)| {
            let percent = |n: &usize| 100.0 * *n as f64 / all as f64;
            format!("{:.2}, {:.2}", percent(posts), percent(titles))
        });
        writeln!(out, "| {kind} | {} |", cells.collect::<Vec<_>>().join(" | "))?;
    }
    writeln!(out)?;
    Ok(())
}
