//! Our phrases against posts that people read and labelled by hand: how often they are right, kind by kind.
//!
//! The posts are not ours to keep. `tests/cases/cues.tsv` names each by a hash of its words and says what it asks of its
//! reader; the words lie in the folder beside the repository. What this deliberately does not do: weigh what could be
//! called either way. It is counted apart, neither right nor wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use plainsight::api::authoring;
use plainsight::api::page::{Item, Settings};
use sha2::{Digest, Sha256};

use super::shared::Shared;
use crate::run::{capture, command};
use crate::tasks::ask::items;
use crate::{packs, root};

const FILE: &str = "tests/cases/cues.tsv";
/// Evidence below this never marks a post by itself.
const SURE: f32 = 0.5;
/// Of the posts that a kind marks, so many must be of that kind…
const RIGHT: f64 = 0.95;
/// …where at least so many of them were labelled.
const ENOUGH: usize = 10;
/// Whose texts are headlines, by their file or, among the candidates, by their pool: newspapers' lines above a link (which
/// the sets have left out) and titles of films. They are read as such.
const HEADLINES: [&str; 9] = [
    "AG news",
    "dev/clickbait_chakraborty.tsv.xz",
    "dev/clickbait_webis_posts.tsv.xz",
    "dev/clickbait_webis_small.tsv.xz",
    "dev/clickbait_webis_titles.tsv.xz",
    "dev/clickbait_youtube_channels.tsv.xz",
    "webis news tweets",
    "yt clickbait",
    "yt other",
];
/// The rules of what a model has learned begin so: `cargo xtask eval-text` measures that, on labels that are made for it.
const LEARNED: &str = "model/";
/// The cue of a post that was labelled because a phrase spoke: it says how often phrases are right, but not what they miss.
const FOUND: &str = "found";

/// A labelled post.
struct Labelled<'t> {
    /// The file that it stands in, below `text` of the shared folder.
    from: &'t str,
    /// Which simple pattern fired in it, or how else it was chosen.
    cue: &'t str,
    is: BTreeSet<&'t str>,
    /// What it could be called or not.
    may_be: BTreeSet<&'t str>,
}

/// What became of the posts of a kind.
#[derive(Default)]
struct Count {
    right: usize,
    arguable: usize,
    wrong: Vec<String>,
    /// Posts of the kind that were not chosen by a phrase, and how many of them were noticed.
    all: usize,
    noticed: usize,
}

pub(super) fn run(shared: &Shared) -> Result<()> {
    let table = fs::read_to_string(root().join(FILE)).with_context(|| format!("cannot read {FILE}"))?;
    let labelled = read(&table)?;
    let texts = texts(&shared.folder.join("text"), &labelled)?;
    let pack = authoring::pack(&packs::page()?)?;
    let page = items::anywhere(&pack)?;
    let settings = Settings { derank: true, ..Settings::default() };
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    for (hash, it) in &labelled {
        let (text, pool) = texts.get(hash).with_context(|| format!("{FILE}: {} holds no text {hash}", it.from))?;
        let is_headline = HEADLINES.contains(&it.from) || HEADLINES.contains(&pool.as_str());
        let headline = if is_headline { text.len() } else { 0 };
        let mut found = BTreeMap::new();
        for evidence in page.verdict(&Item { text: text.clone(), headline, ..Item::default() }, &settings).because {
            if evidence.strength >= SURE && !evidence.rule.starts_with(LEARNED) {
                found.insert(name_of(&evidence.kind)?, evidence.rule);
            }
        }
        for kind in it.is.iter().filter(|_| it.cue != FOUND) {
            let count = counts.entry((*kind).to_owned()).or_default();
            count.all += 1;
            count.noticed += usize::from(found.contains_key(*kind));
        }
        for (kind, rule) in found {
            let count = counts.entry(kind.clone()).or_default();
            match (it.is.contains(kind.as_str()), it.may_be.contains(kind.as_str())) {
                (true, _) => count.right += 1,
                (_, true) => count.arguable += 1,
                _ => count.wrong.push(format!("{hash} by {rule}")),
            }
        }
    }
    println!("  {} labelled posts", labelled.len());
    judge(&counts)
}

/// Prints the table; fails if a kind is wrong too often.
fn judge(counts: &BTreeMap<String, Count>) -> Result<()> {
    let mut faults = Vec::new();
    println!(
        "  {:14} {:>5} {:>8} {:>5} {:>9}   {:>8} {:>6}",
        "kind", "right", "arguable", "wrong", "precision", "labelled", "recall"
    );
    for (kind, Count { right, arguable, wrong, all, noticed }) in counts {
        let (precision, recall) = (share(*right, right + wrong.len()), share(*noticed, *all));
        println!("  {kind:14} {right:5} {arguable:8} {:5} {precision:9.3}   {all:8} {recall:6.2}", wrong.len());
        if right + wrong.len() >= ENOUGH && precision < RIGHT {
            faults.push(format!(
                "{kind} is right in {precision:.3} of its marks, {RIGHT} are wanted:\n{}",
                wrong.join("\n")
            ));
        }
    }
    ensure!(counts.values().any(|count| count.right > 0), "nothing was noticed");
    ensure!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}

/// As a share of one; of none, nothing.
fn share(part: usize, all: usize) -> f64 {
    if all == 0 { 0.0 } else { part as f64 / all as f64 }
}

/// A kind's name as it stands in files.
fn name_of(kind: &impl serde::Serialize) -> Result<String> {
    Ok(serde_json::to_value(kind)?.as_str().context("a kind has a name")?.to_owned())
}

/// The labels, by the hash of the text.
fn read(table: &str) -> Result<BTreeMap<&str, Labelled<'_>>> {
    let mut all = BTreeMap::new();
    for (i, line) in table.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
        let [hash, from, cue, is, may_be] = line.split('\t').collect::<Vec<_>>()[..] else {
            bail!("{FILE}:{}: five columns are wanted: hash, file, cue, is, may be", i + 1);
        };
        let before = all.insert(hash, Labelled { from, cue, is: kinds(is), may_be: kinds(may_be) });
        ensure!(before.is_none(), "{FILE}:{}: {hash} is labelled twice", i + 1);
    }
    Ok(all)
}

/// The kinds of a column.
fn kinds(column: &str) -> BTreeSet<&str> {
    column.split(' ').filter(|kind| *kind != "-").collect()
}

/// The texts that are labelled, by their hashes, each with the second column, which names a candidate's pool.
fn texts<'t>(folder: &Path, labelled: &BTreeMap<&'t str, Labelled<'_>>) -> Result<BTreeMap<&'t str, (String, String)>> {
    let files: BTreeSet<&str> = labelled.values().map(|it| it.from).collect();
    let mut texts = BTreeMap::new();
    for file in files {
        let path = folder.join(file);
        let path = path.to_str().context("the shared folder has a name that is no text")?;
        let content = match file.strip_suffix(".xz") {
            Some(_) => capture("unpacking labelled text", command("xz", &["-dc", path]))?,
            None => fs::read_to_string(path).with_context(|| format!("cannot read {path}"))?,
        };
        // The text is the last column; the first line names the columns.
        for line in content.lines().skip(1) {
            let text = line.rsplit('\t').next().unwrap_or_default();
            let pool = line.split('\t').nth(1).unwrap_or_default();
            if let Some((hash, _)) = labelled.get_key_value(hash_of(text).as_str()) {
                texts.insert(*hash, (text.to_owned(), pool.to_owned()));
            }
        }
    }
    Ok(texts)
}

/// The first half of SHA-256's first half, in hexadecimal: enough to tell some thousand texts apart.
fn hash_of(text: &str) -> String {
    Sha256::digest(text).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
