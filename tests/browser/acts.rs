//! What is done with items, as a person sees it: labelled, dimmed, folded to a line, hidden behind a thinner line.
//!
//! Looks are computed styles of the item's body, and the words of the line that stands before it. A folded item must
//! open by mouse and by keyboard and stay open when the list throws its nodes away and makes them anew; a choice made
//! elsewhere holds at once. Through all of it the page's own nodes stay where they are, as the replicas watch.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use xtask::browser::{Browser, Key, wait_for};
use xtask::replica::Truth;

use super::ours::choose;
use super::sight::{Feed, Item, REDDIT, X, kind_words, replica_says, says, serve_replicas};
use super::small::{cell, feed_of, serve_small};
use super::{SOON, Scene, in_both};

/// Posts near a feed's head, by their names in the truth: an advertisement, a suggestion, bait, and a plain one.
struct Samples {
    feed: Feed,
    ad: &'static str,
    suggestion: &'static str,
    bait: &'static str,
    plain: &'static str,
}

const SAMPLES: [Samples; 2] = [
    Samples {
        feed: X,
        ad: "ad-bottle",
        suggestion: "soil-after-drought",
        bait: "tag-three-friends",
        plain: "night-train-vienna",
    },
    Samples {
        feed: REDDIT,
        ad: "r-ad-keyboard",
        suggestion: "r-map-hidden-reason",
        bait: "r-markiere",
        plain: "r-slow-commute",
    },
];

/// The platform's id of a post.
fn id_of<'a>(truth: &'a [Truth], name: &str) -> Result<&'a str> {
    let found = truth.iter().find(|truth| truth.name == name);
    Ok(&found.with_context(|| format!("no post is named {name}"))?.id)
}

/// What an item shows of itself, in words that compare: folded or not, how opaque, and what the line before it says.
async fn look(feed: &Feed, browser: &Browser, id: &str) -> Result<(bool, String, String)> {
    let Some(item) = feed.item(browser, id).await? else { return Ok((false, "absent".into(), String::new())) };
    let words = item.mark(browser).await?.map(|mark| mark.words).unwrap_or_default();
    Ok((item.folded, item.opacity, words))
}

/// Waits until an item looks so; the failure says how it looks instead.
pub(crate) async fn looks(
    feed: &Feed,
    browser: &Browser,
    id: &str,
    folded: bool,
    opacity: &str,
    words: &str,
) -> Result<()> {
    let wanted = (folded, opacity.to_owned(), words.to_owned());
    let waited = wait_for("its looks", SOON, || async { Ok(look(feed, browser, id).await? == wanted) }).await;
    if waited.is_err() {
        ensure!(false, "{id} ought to look {wanted:?}, but looks {:?}", look(feed, browser, id).await?);
    }
    Ok(())
}

/// Our words for an act and the kinds it was for.
pub(crate) fn line(act: &str, kinds: &[&str]) -> String {
    let kinds: Vec<String> = kinds.iter().map(|kind| kind_words(kind)).collect();
    says(act, &[&kinds.join(" · ")])
}

/// Presses Tab until the focus is in our line before the item, as a person without a mouse does.
async fn tab_to(browser: &Browser, item: &Item) -> Result<()> {
    let line = item.line(browser).await?.context("the item has no line of ours")?.to_json()?;
    // From the start of the item before, so that the way is short.
    let near = "const all = [...document.querySelectorAll('a[href], button, [tabindex=\"0\"]')];
        const before = all.filter((one) => one.checkVisibility()
          && one.compareDocumentPosition(arguments[0]) & Node.DOCUMENT_POSITION_FOLLOWING);
        before.at(-1)?.focus();";
    browser.eval::<serde_json::Value>(near, vec![line.clone()]).await?;
    for _ in 0..10 {
        browser.press(Key::Tab + "").await?;
        if browser.eval("return document.activeElement === arguments[0]", vec![line.clone()]).await? {
            return Ok(());
        }
    }
    anyhow::bail!("ten times Tab do not lead to the line of {}", item.id)
}

/// One feed: every act, both ways to open, away and back, and choices made in another tab.
async fn acts_of(scene: &Scene, samples: &Samples) -> Result<()> {
    let Scene { web, browser } = scene;
    let Samples { feed, .. } = samples;
    let truth = serve_replicas(web)?;
    let [ad, suggestion, bait, plain] =
        [samples.ad, samples.suggestion, samples.bait, samples.plain].map(|name| id_of(truth, name));
    let (ad, suggestion, bait, plain) = (ad?, suggestion?, bait?, plain?);
    choose(browser, true, ["hide", "dim", "lower"]).await?;
    browser.goto(feed.url).await?;
    let two = ["suggested", "tag-bait"];
    looks(feed, browser, ad, true, "1", &line("markHide", &["sponsored"])).await?;
    looks(feed, browser, suggestion, false, "0.35", &line("markDim", &["suggested"])).await?;
    feed.scroll_to(browser, bait).await?;
    looks(feed, browser, bait, true, "1", &line("markLower", &two)).await?;
    feed.scroll_to(browser, plain).await?;
    looks(feed, browser, plain, false, "1", "").await?;

    // The keyboard opens one and lands in it, the mouse the other.
    let item = feed.scroll_to(browser, bait).await?;
    tab_to(browser, &item).await?;
    browser.press(Key::Enter + "").await?;
    looks(feed, browser, bait, false, "1", &line("markLabel", &two)).await?;
    let opened = item.line(browser).await?.context("the opened item has no line")?.to_json()?;
    let there = "return document.activeElement === arguments[0]";
    ensure!(browser.eval::<bool>(there, vec![opened]).await?, "after opening by key the focus is elsewhere");
    let item = feed.scroll_to(browser, ad).await?;
    browser.click(&item.button(browser, "markShow").await?).await?;
    looks(feed, browser, ad, false, "1", &line("markLabel", &["sponsored"])).await?;

    // Far down the list has given the nodes to other posts; back at the top the same posts are still open.
    let far = truth.iter().rfind(|truth| truth.host == feed.host && truth.tab == "home").context("no truth")?;
    feed.scroll_to(browser, &far.id).await?;
    browser.eval::<serde_json::Value>("scrollTo(0, 0)", vec![]).await?;
    for (id, kinds) in [(ad, &["sponsored"][..]), (bait, &two)] {
        feed.scroll_to(browser, id).await?;
        looks(feed, browser, id, false, "1", &line("markLabel", kinds)).await?;
    }

    // Choices made in another tab hold here at once: no reload.
    feed.scroll_to(browser, suggestion).await?;
    choose(browser, true, ["label", "hide", "show"]).await?;
    looks(feed, browser, suggestion, true, "1", &line("markHide", &["suggested"])).await?;
    choose(browser, false, ["hide", "hide", "hide"]).await?;
    looks(feed, browser, suggestion, false, "1", &line("markLabel", &["suggested"])).await?;
    let folded: Vec<String> =
        feed.items(browser).await?.into_iter().filter(|item| item.folded).map(|item| item.id).collect();
    ensure!(folded.is_empty(), "de-ranking is off, and still these are folded: {folded:?}");
    ensure!(replica_says(browser).await? == "ok", "the page was broken: {}", replica_says(browser).await?);
    Ok(())
}

#[test]
fn each_act_looks_as_it_should_on_x() -> Result<()> {
    in_both(async |scene| {
        acts_of(&scene, &SAMPLES[0]).await?;
        scene.browser.quit().await
    })
}

#[test]
fn each_act_looks_as_it_should_on_reddit() -> Result<()> {
    in_both(async |scene| {
        acts_of(&scene, &SAMPLES[1]).await?;
        scene.browser.quit().await
    })
}

/// The lengths of the runs of hidden items, in the page's order.
async fn runs(browser: &Browser) -> Result<Vec<usize>> {
    let hidden = says("markHide", &[""]);
    let mut runs = vec![0];
    for item in X.items(browser).await? {
        match item.mark(browser).await? {
            Some(mark) if mark.words.starts_with(&hidden) => *runs.last_mut().context("no run")? += 1,
            _ => runs.push(0),
        }
    }
    Ok(runs)
}

#[test]
fn never_more_than_eight_are_hidden_in_a_row() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let ads = |ids: std::ops::Range<u32>| ids.map(|id| cell(id, "brand", "Buy it.", true)).collect::<String>();
        serve_small(&web, &feed_of(&format!("{}{}", cell(1, "friend", "Good morning.", false), ads(10..18))), "");
        choose(&browser, true, ["hide", "hide", "hide"]).await?;
        browser.goto(X.url).await?;
        wait_for("eight hidden", SOON, || async { Ok(runs(&browser).await?.contains(&8)) }).await?;
        // Something else is judged in between, far from the row, which must not begin the count anew.
        let touch = "document.querySelector('[data-testid=tweetText]').append(document.createElement('i'));";
        browser.eval::<serde_json::Value>(touch, vec![]).await?;
        let more = "document.querySelector('#feed').insertAdjacentHTML('beforeend', arguments[0])";
        browser.eval::<serde_json::Value>(more, vec![json!(ads(20..40))]).await?;
        X.marked(&browser, 29).await?;
        let runs = runs(&browser).await?;
        ensure!(runs.iter().max() == Some(&8), "so many were hidden in a row: {runs:?}");
        // Where a row was broken the item is folded, not shown: its line is thicker, and that is all.
        let shown = X.items(&browser).await?.iter().filter(|item| !item.folded).count();
        ensure!(shown == 1, "{shown} items are shown, though all but one are advertisements");
        browser.quit().await
    })
}
