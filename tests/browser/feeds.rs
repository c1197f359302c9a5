//! The whole of both replica feeds, post by post, against the truth that they were made from.
//!
//! What counts is what a person is told: the kinds in our line before each post, read while scrolling from the first
//! post to the last, in a list that recycles its nodes. At the end the content script is asked for its counts, so that
//! a mark that was right for a moment only is noticed too. The feed itself must have borne it all.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use xtask::browser::{Browser, Which, wait_for};
use xtask::replica::Truth;
use xtask::root;

use super::ours::found;
use super::sight::{Feed, KINDS, Mark, REDDIT, X, replica_says, scroll, serve_replicas};
use super::{SOON, Scene, in_both};

/// How long a mark may take to become what it ought to be: the page's data comes a moment after the page's nodes.
const MOMENT: Duration = Duration::from_secs(3);

/// Bait that is known to be missed, by the post's name. The list may only shrink: a miss that is none any more fails.
fn known_misses() -> Result<BTreeMap<String, BTreeSet<String>>> {
    let file = root().join("tests/cases/feeds/known-misses.txt");
    let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut words = lines.map(|line| line.split_whitespace().map(str::to_owned));
    Ok(words.by_ref().filter_map(|mut words| Some((words.next()?, words.collect()))).collect())
}

/// The kinds that a post must be found to be: what the truth says, without the misses that are known.
fn true_kinds(truth: &Truth, misses: &BTreeMap<String, BTreeSet<String>>) -> BTreeSet<&'static str> {
    let missed = |kind: &&str| misses.get(&truth.name).is_some_and(|missed| missed.contains(*kind));
    let bait = truth.bait.iter().filter_map(|bait| {
        let word = format!("{bait:?}-bait").to_lowercase();
        KINDS.into_iter().find(|kind| *kind == word)
    });
    let facts = [(truth.sponsored, "sponsored"), (truth.suggested, "suggested")];
    facts.into_iter().filter(|(is, _)| *is).map(|(_, kind)| kind).chain(bait).filter(|kind| !missed(kind)).collect()
}

/// The marks of the posts that are in the page now.
async fn marks(feed: &Feed, browser: &Browser) -> Result<BTreeMap<String, Option<Mark>>> {
    let mut marks = BTreeMap::new();
    for item in feed.items(browser).await? {
        let mark = item.mark(browser).await?;
        marks.insert(item.id, mark);
    }
    Ok(marks)
}

/// Scrolls through a feed; what every post was marked as comes back, with the posts that never came in it.
async fn read_through(
    feed: &Feed,
    browser: &Browser,
    truth: &BTreeMap<&str, (&Truth, BTreeSet<&str>)>,
) -> Result<Vec<String>> {
    let wrong = |id: &str, mark: &Option<Mark>| match truth.get(id) {
        Some((_, kinds)) => !mark.as_ref().is_some_and(|mark| mark.kinds.iter().copied().eq(kinds.iter().copied())),
        // A shelf of communities is no post, and has no truth; it must be read all the same.
        None => mark.is_none(),
    };
    let mut complaints = Vec::new();
    let mut seen = BTreeSet::new();
    loop {
        let look = async || {
            let now = marks(feed, browser).await?;
            anyhow::Ok(now.into_iter().filter(|(id, _)| !seen.contains(id)).collect::<BTreeMap<_, _>>())
        };
        let settled = wait_for("the marks on the screen to be true", MOMENT, || async {
            Ok(!look().await?.iter().any(|(id, mark)| wrong(id, mark)))
        });
        // What is still wrong then is told below, each by its name.
        let _ = settled.await;
        for (id, mark) in look().await? {
            if wrong(&id, &mark) {
                let name = truth.get(id.as_str()).map_or("no post of the truth", |(truth, _)| &truth.name);
                let meant = truth.get(id.as_str()).map(|(_, kinds)| kinds);
                complaints.push(format!("{name} ({id}) is marked {mark:?}, but is {meant:?}"));
            }
            seen.insert(id);
        }
        if truth.keys().all(|id| seen.contains(*id)) {
            return Ok(complaints);
        }
        scroll(browser).await?;
        // At the end of what is loaded, the next part is on its way.
        let more = wait_for("another post of the feed", SOON, || async {
            scroll(browser).await?;
            Ok(feed.items(browser).await?.iter().any(|item| !seen.contains(&item.id)))
        });
        if let Err(error) = more.await {
            let missing: Vec<&str> = truth
                .iter()
                .filter(|(id, _)| !seen.contains(**id))
                .map(|(_, (truth, _))| truth.name.as_str())
                .collect();
            return Err(error.context(format!("never seen: {missing:?}")));
        }
    }
}

/// Reads a feed to its end and holds it against the truth.
async fn is_told_truly(feed: Feed, scene: &Scene) -> Result<()> {
    let Scene { web, browser } = scene;
    // Chromium lets the page's policy decide over WebAssembly in content scripts, and tells the page of a mere try.
    let core = if browser.which() == Which::Chromium { "frame" } else { "page" };
    let all = serve_replicas(web)?;
    let misses = known_misses()?;
    let truth: BTreeMap<&str, (&Truth, BTreeSet<&str>)> = all
        .iter()
        .filter(|truth| truth.host == feed.host && truth.tab == "home")
        .map(|truth| (truth.id.as_str(), (truth, true_kinds(truth, &misses))))
        .collect();
    browser.goto(feed.url).await?;
    let mut complaints = read_through(&feed, browser, &truth).await?;
    let found = found(browser, feed.url).await?.context("no content script answers")?;
    for kind in KINDS {
        let meant = truth.values().filter(|(_, kinds)| kinds.contains(kind)).count();
        // Communities on a shelf are suggested too, but stand in no truth.
        let shelves = if kind == "suggested" { found.items - truth.len() } else { 0 };
        if found.kind(kind) != meant + shelves {
            complaints.push(format!("in the end {} posts are {kind}, but {meant} ought to be", found.kind(kind)));
        }
    }
    ensure!(complaints.is_empty(), "{}", complaints.join("\n"));
    ensure!(found.active && found.core == core, "the core is not in the {core}: {found:?}");
    ensure!(replica_says(browser).await? == "ok", "the page was broken: {}", replica_says(browser).await?);
    Ok(())
}

#[test]
fn every_post_of_x_is_told_truly() -> Result<()> {
    in_both(async |scene| {
        is_told_truly(X, &scene).await?;
        scene.browser.quit().await
    })
}

#[test]
fn every_post_of_reddit_is_told_truly() -> Result<()> {
    in_both(async |scene| {
        is_told_truly(REDDIT, &scene).await?;
        scene.browser.quit().await
    })
}
