//! The whole timeline of X's replica, drawn in the order that the core says: page by page, with advertisements, modules and
//! cursors where the platform put them.
//!
//! What ought to be drawn follows from the answers as they are served and from the truth about each post, and not from
//! anything that the core says. How an answer is read is the affair of `order.rs`.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use xtask::browser::{Browser, wait_for};
use xtask::replica::Truth;

use super::ours::{choose, found};
use super::sight::{X, replica_says, scroll, serve_replicas};
use super::{SOON, Scene, in_both};

/// The posts of the replica's timeline, page by page, as X is to draw them with what is suggested lowered; and how many
/// of them are elsewhere than without us.
fn expected(truth: &[Truth]) -> Result<(Vec<String>, usize)> {
    let mut truth = truth.iter().filter(|truth| truth.host == X.host && truth.tab == "home");
    let (mut expected, mut moved) = (Vec::new(), 0);
    for page in 1..=3 {
        let file = format!("replicas/x.com/i/api/graphql/rEp1icaH0meTime1ineAAA/HomeTimeline.{page}.json");
        let text = std::fs::read_to_string(Path::new(env!("CARGO_TARGET_TMPDIR")).join(file))?;
        let answer: Value = serde_json::from_str(&text)?;
        let entries = &answer["data"]["home"]["home_timeline_urt"]["instructions"][0]["entries"];
        // Each entry with its posts; those that stand alone and are not paid for may move.
        let mut places: Vec<(bool, Vec<&Truth>)> = Vec::new();
        for entry in entries.as_array().context("there are no entries")? {
            let content = &entry["content"];
            let is_post = |item: &&Value| item["tweet_results"].is_object();
            let of_module = content["items"].as_array().into_iter().flatten().map(|one| &one["item"]["itemContent"]);
            let count = Some(&content["itemContent"]).into_iter().chain(of_module).filter(is_post).count();
            let posts: Vec<&Truth> = truth.by_ref().take(count).collect();
            places.push((content["items"].is_null() && posts.len() == 1 && !posts[0].sponsored, posts));
        }
        let may_move = places.iter().filter(|(may_move, _)| *may_move).flat_map(|(_, posts)| posts.clone());
        let mut movable: Vec<&Truth> = may_move.collect();
        let before = movable.clone();
        movable.sort_by_key(|truth| truth.suggested);
        moved += before.iter().zip(&movable).filter(|(one, other)| one.id != other.id).count();
        let mut movable = movable.into_iter();
        for (may_move, posts) in places {
            let drawn = if may_move { movable.next().into_iter().collect() } else { posts };
            expected.extend(drawn.into_iter().map(|truth| truth.id.clone()));
        }
    }
    ensure!(
        truth.next().is_none() && moved > 4,
        "the replica's truth does not fit its answers, or {moved} are too few"
    );
    Ok((expected, moved))
}

/// The ids of the posts in the page now, with their places in the list: its nodes are used again and stand anyhow.
async fn places(browser: &Browser) -> Result<Vec<(i64, String)>> {
    let script = "return [...document.querySelectorAll('[data-testid=cellInnerDiv]:has(article)')].map((one) => [
          Math.round(Number(one.style.transform.match(/[\\d.]+/)[0])),
          one.querySelector('a[href*=\"/status/\"]').getAttribute('href').match(/status\\/(\\d+)/)[1]])";
    let mut places: Vec<(i64, String)> = browser.eval(script, vec![]).await?;
    places.sort();
    Ok(places)
}

#[test]
fn the_timeline_of_x_is_drawn_in_order_page_by_page() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let (expected, moved) = expected(serve_replicas(&web)?)?;
        choose(&browser, true, ["hide", "lower", "label"]).await?;
        browser.goto(X.url).await?;
        X.marked(&browser, 1).await?;
        // The first answer may have come before the extension was there; away and back, the page asks for it again.
        wait_for("the first page in order", SOON, || async {
            for name in ["AppTabBar_DirectMessage_Link", "AppTabBar_Home_Link"] {
                browser.click(&browser.find(&format!("[data-testid={name}]")).await?).await?;
            }
            X.marked(&browser, 1).await?;
            let top: Vec<String> = places(&browser).await?.into_iter().map(|(_, id)| id).collect();
            Ok(expected.starts_with(&top))
        })
        .await?;
        // Each post is noted when it first comes by, behind those that were above it.
        let mut drawn: Vec<String> = Vec::new();
        let mut still = 0;
        while drawn.len() < expected.len() && still < 20 {
            let before = drawn.len();
            for (_, id) in places(&browser).await? {
                if !drawn.contains(&id) {
                    drawn.push(id);
                }
            }
            still = if drawn.len() == before { still + 1 } else { 0 };
            scroll(&browser).await?;
        }
        ensure!(drawn == expected, "drawn are {drawn:?},\nand ought to be {expected:?}");
        ensure!(replica_says(&browser).await? == "ok", "the page was broken: {}", replica_says(&browser).await?);
        // What is lower is folded as well, with its reason, and what is paid for is where the platform put it.
        let found = found(&browser, X.url).await?.context("no feed was found")?;
        ensure!(found.done("suggested", "lower") > 0, "nothing that was lowered is folded");
        println!("{moved} of {} posts are drawn elsewhere than without us", expected.len());
        browser.quit().await
    })
}
