//! The shipped sites against real captures: every advertisement, every suggestion and its reason, and no false ones.
//!
//! What is true of a capture is read here in another way than the sites' files do: on X by the name of each entry and of
//! its source, on Reddit by the text of the captured element and by the table of reasons that came with it. The captures
//! are not the project's and stay beside it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::browser::Which;
use crate::tasks::eval::{self, Row};

/// What is true of a captured item, and whether its author is followed where the capture says so.
#[derive(Debug, PartialEq)]
struct Truth {
    sponsored: bool,
    suggested: bool,
    followed: Option<bool>,
    source: Option<String>,
    reason: Option<String>,
}

impl Truth {
    fn of(row: &Row) -> Truth {
        Truth {
            sponsored: row.sponsored,
            suggested: row.suggested,
            followed: row.followed,
            source: row.source.clone(),
            reason: row.reason.clone(),
        }
    }
}

/// Holds the sites against the captures below `shared`.
///
/// # Errors
/// The first item that was found to be something else than it is.
pub(super) fn run(shared: &Path) -> Result<()> {
    let captures = shared.join("captures");
    for name in ["HomeTimeline.json", "HomeTimeline2.json"] {
        x(&captures.join("x").join(name))?;
    }
    reddit(&captures.join("reddit"))
}

fn x(file: &Path) -> Result<()> {
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut truths = BTreeMap::new();
    let answer: Value = serde_json::from_str(&text)?;
    for instruction in answer["data"]["home"]["home_timeline_urt"]["instructions"].as_array().context("no feed")? {
        for entry in instruction["entries"].as_array().into_iter().flatten() {
            let is_ad = entry["entryId"].as_str().is_some_and(|id| id.starts_with("promoted-"));
            let single = std::iter::once(&entry["content"]);
            let several = entry["content"]["items"].as_array().into_iter().flatten().map(|item| &item["item"]);
            for content in single.chain(several) {
                x_item(content, is_ad, &mut truths);
            }
        }
    }
    compare(file, &truths)
}

fn x_item(content: &Value, is_ad: bool, truths: &mut BTreeMap<String, Truth>) {
    let result = &content["itemContent"]["tweet_results"]["result"];
    let tweet = result.get("tweet").unwrap_or(result);
    let Some(id) = tweet["rest_id"].as_str() else { return };
    let author = &tweet["core"]["user_results"]["result"];
    let following = &author["relationship_perspectives"]["following"];
    let following = following.as_bool().or_else(|| author["legacy"]["following"].as_bool());
    let source = content["clientEventInfo"]["component"].as_str().unwrap_or_default();
    let truth = Truth {
        sponsored: is_ad,
        suggested: !is_ad && source != "for_you_in_network",
        followed: following,
        source: Some(source.to_owned()),
        reason: content["itemContent"]["socialContext"]["text"].as_str().map(str::to_owned),
    };
    truths.insert(id.to_owned(), truth);
}

fn reddit(folder: &Path) -> Result<()> {
    let table = folder.join("recommendation_sources.tsv");
    let table = fs::read_to_string(&table).with_context(|| format!("cannot read {}", table.display()))?;
    let reasons: BTreeMap<&str, &str> = table
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once('\t'))
        .map(|(source, rest)| (source, rest.split('\t').next().unwrap_or_default().trim_start_matches("(hidden) ")))
        .collect();
    for which in Which::BOTH {
        let read = eval::read(&[folder.to_path_buf()], which)?;
        let (mut checked, mut ads) = (0, 0);
        for (file, found) in read.iter().filter(|(file, _)| file.extension().is_some_and(|ending| ending == "html")) {
            let text = fs::read_to_string(file)?;
            let attribute = |name: &str| {
                let start = text.find(&format!("{name}=\""))? + name.len() + 2;
                text.get(start..)?.split('"').next().map(str::to_owned)
            };
            let is_ad = text.contains("<shreddit-ad-post");
            let is_shelf = text.contains("<in-feed-community-recommendations");
            if !is_ad && !is_shelf && !text.contains("<shreddit-post ") {
                ensure!(found.rows.is_empty(), "{}: no feed item is in it, and one was found", file.display());
                continue;
            }
            let [row] = found.rows.as_slice() else {
                anyhow::bail!("{}: one item is in it, and {} were found", file.display(), found.rows.len());
            };
            let source = attribute("recommendation-source");
            let wanted = Truth {
                sponsored: is_ad,
                suggested: !is_ad,
                followed: None,
                reason: source.as_deref().and_then(|source| reasons.get(source)).map(|reason| (*reason).to_owned()),
                source: source.or_else(|| is_shelf.then(|| "related_community_recommendations".to_owned())),
            };
            ensure!(Truth::of(row) == wanted, "{}: {:?}, not {wanted:?}", file.display(), Truth::of(row));
            checked += 1;
            ads += usize::from(is_ad);
        }
        ensure!(checked > 0, "{} holds no captured item", folder.display());
        told(&folder.join("*.html"), which, checked, ads, checked - ads);
    }
    Ok(())
}

/// Says of a file in which every item was found to be what it is, and nothing else was found, how many of them there are,
/// and in which of the two ways they were read. No file holds an answer and the page that was made of it, so what both
/// together find is not measured here.
pub(super) fn told(file: &Path, which: Which, items: usize, sponsored: usize, suggested: usize) {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let way = match file.extension().is_some_and(|ending| ending == "html") {
        true => format!("page alone, in {which:?}"),
        false => "wire alone".to_owned(),
    };
    println!(
        "  {name} ({way}): {items} items, {sponsored} sponsored, {suggested} suggested, each found to be what it is"
    );
}

fn compare(file: &Path, truths: &BTreeMap<String, Truth>) -> Result<()> {
    let read = eval::read(&[file.to_path_buf()], Which::Chromium)?;
    let rows = read.iter().flat_map(|(_, found)| &found.rows).collect::<Vec<_>>();
    ensure!(rows.len() == truths.len(), "{}: {} items, not {}", file.display(), rows.len(), truths.len());
    for row in &rows {
        let wanted = truths.get(&row.id).with_context(|| format!("{}: {} is no item", file.display(), row.id))?;
        ensure!(Truth::of(row) == *wanted, "{}: {}: {:?}, not {wanted:?}", file.display(), row.id, Truth::of(row));
    }
    let count = |is: &dyn Fn(&Truth) -> bool| truths.values().filter(|truth| is(truth)).count();
    let [sponsored, suggested] = [count(&|truth| truth.sponsored), count(&|truth| truth.suggested)];
    told(file, Which::Chromium, truths.len(), sponsored, suggested);
    println!("    of them {} by followed authors", count(&|truth| truth.followed == Some(true)));
    Ok(())
}
