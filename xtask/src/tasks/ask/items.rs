//! `cargo xtask ask items FILE`: what the core that ships notices in texts, and what it would do with them.
//!
//! Each line of the file is `{"text": …}`, with a `"title"` if there is one; a single short line is taken for a headline,
//! as it is beside a link. Each line printed is `{"signals": [{"kind", "score", "span"}], "act"}`, in the
//! same order, with a `"topic"` where the core tells one, and with `"like"` if words of one's own were given: how like
//! the text is to them, and whether that is enough. Spans count Unicode scalar values, from and to. The act is the one of a feed that is de-ranked, with all
//! else as it comes. A line that cannot be read is answered with an error in its place, so that lines still correspond.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use plainsight::api::authoring;
use plainsight::api::page::{Item, Page, Settings, words_of};
use plainsight::api::topics::Topics;
use serde::Deserialize;
use serde_json::json;

use crate::packs;
use crate::tasks::eval::name_of;

/// A line of the file.
#[derive(Deserialize)]
struct Asked {
    title: Option<String>,
    text: Option<String>,
}

/// Answers every line of the file.
///
/// # Errors
/// If the file or the shipped data cannot be read.
pub fn run(file: &Path, like: &[String]) -> Result<()> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let pack = authoring::pack(&packs::page()?)?;
    let page = anywhere(&pack)?;
    let topics = Topics::open(&packs::topics()?, &pack)?;
    let seeds = topics.seeds(&like.join(" "));
    let settings = Settings { derank: true, ..Settings::default() };
    for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let answer = match serde_json::from_str::<Asked>(line) {
            Ok(Asked { title, text }) => {
                let (text, headline) = words_of(title, text, true);
                let topic = topics.of(&text).map(|it| json!({"name": it.name, "probability": it.probability}));
                let like = seeds.as_ref().and_then(|seeds| topics.likeness(seeds, &text));
                let verdict = page.verdict(&Item { text, headline, ..Item::default() }, &settings);
                let signals: Vec<_> = verdict
                    .because
                    .iter()
                    .map(|evidence| {
                        json!({"kind": evidence.kind, "score": evidence.strength, "span": evidence.span, "quote": evidence.quote})
                    })
                    .collect();
                let mut answer = json!({"signals": signals, "act": name_of(&verdict.act)});
                if let Some(topic) = topic {
                    answer["topic"] = topic;
                }
                if let Some((likeness, is_like)) = like {
                    answer["like"] = json!({"likeness": likeness, "is": is_like});
                }
                answer
            }
            Err(error) => json!({"error": format!("line {}: {error}", i + 1)}),
        };
        println!("{answer}");
    }
    Ok(())
}

/// The core as it reads texts, which is the same on every site, with the phrases of all languages.
///
/// # Errors
/// If the pack or the sites cannot be read.
pub fn anywhere(pack: &[u8]) -> Result<Page<'_>> {
    let sites = packs::sites()?;
    let host = sites.iter().find_map(|site| site.hosts.first()).context("data/sites holds no site")?;
    let mut page = Page::open(pack, host, "")?;
    for (_, phrases) in packs::phrases()? {
        page.add(&phrases)?;
    }
    Ok(page)
}
