//! How much is done with what is noticed: by level, more gently where the person follows or called it wrong, and a door
//! to fact checks where something is written as hoaxes often are.
//!
//! Looks are those of the small page, whose data says whom the person follows. Which level does what with which group is
//! held by `src/feed/level.rs`; here, that a person sees it and is told why.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use xtask::browser::{Browser, Fixtures, Response, wait_for};

use super::acts::{line, looks};
use super::ours::found;
use super::sight::{X, kind_words, says};
use super::small::{cell, feed_of, serve_small};
use super::wishes::{open_receipt, press_in_receipt, store};
use super::{SOON, Scene, in_both};

/// Where X sends its home timeline.
const TIMELINE: &str = "/i/api/graphql/a/HomeTimeline";
/// Where Google Fact Check Explorer is asked.
const CHECKERS: &str = "toolbox.google.com";

/// An answer that says of these posts, by their numbers, whether the person follows the author.
fn timeline(posts: &[(u32, bool)]) -> Value {
    let entry = |(id, follows): &(u32, bool)| {
        let user = json!({ "relationship_perspectives": { "following": follows } });
        let post = json!({ "rest_id": id.to_string(), "core": { "user_results": { "result": user } }, "legacy": {} });
        json!({ "entryId": format!("tweet-{id}"), "content": { "itemContent": { "tweet_results": { "result": post } } } })
    };
    let add = json!({ "type": "TimelineAddEntries", "entries": posts.iter().map(entry).collect::<Vec<_>>() });
    json!({ "data": { "home": { "home_timeline_urt": { "instructions": [add] } } } })
}

fn serve(web: &Fixtures, cells: &[String]) {
    serve_small(web, &feed_of(&cells.concat()), &format!("fetch('{TIMELINE}')"));
    web.page(X.host, TIMELINE, Response::json(&timeline(&[(1, false), (2, true)])));
}

/// All that the receipt of an item says.
async fn told(browser: &Browser, id: &str) -> Result<String> {
    let dialog = open_receipt(browser, id).await?.find("dialog").await?;
    browser.text(&dialog).await
}

#[test]
fn a_level_says_how_much_is_done_and_less_with_whom_the_person_follows() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let posts =
            [(1, "tom"), (2, "mara")].map(|(id, author)| cell(id, author, "Tag a friend who needs this!", false));
        serve(&web, &posts);
        store(&browser, json!({ "derank": true })).await?;
        browser.goto(X.url).await?;
        // Whom the person does not follow is suggested, too.
        let (unasked, bait) = (["suggested", "tag-bait"], ["tag-bait"]);
        looks(&X, &browser, "1", true, "1", &line("markLower", &unasked)).await?;
        looks(&X, &browser, "2", false, "0.35", &line("markDim", &bait)).await?;
        let said = told(&browser, "2").await?;
        ensure!(said.contains(&says("receiptSoftened", &["mara"])), "the receipt does not say why: {said}");
        let said = told(&browser, "1").await?;
        ensure!(!said.contains(&says("receiptSoftened", &["tom"])), "nobody follows tom: {said}");

        store(&browser, json!({ "derank": true, "level": "strict" })).await?;
        looks(&X, &browser, "1", true, "1", &line("markHide", &unasked)).await?;
        looks(&X, &browser, "2", true, "1", &line("markLower", &bait)).await?;
        store(&browser, json!({ "derank": true, "level": "gentle" })).await?;
        looks(&X, &browser, "1", false, "1", &line("markLabel", &unasked)).await?;
        looks(&X, &browser, "2", false, "1", &line("markLabel", &bait)).await?;
        // What one chose oneself is done with all, and nothing is done where de-ranking is off.
        store(&browser, json!({ "derank": true, "level": "gentle", "acts": { "bait": "hide" } })).await?;
        looks(&X, &browser, "1", true, "1", &line("markHide", &unasked)).await?;
        looks(&X, &browser, "2", true, "1", &line("markHide", &bait)).await?;
        store(&browser, json!({ "level": "strict" })).await?;
        looks(&X, &browser, "1", false, "1", &line("markLabel", &unasked)).await?;
        browser.quit().await
    })
}

#[test]
fn what_was_called_wrong_is_judged_more_gently_of_its_author_and_the_receipt_says_so() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let posts = [
            cell(1, "tom", "Tag a friend who needs this!", false),
            cell(3, "tom", "Tag someone who loves tea!", false),
            cell(4, "ben", "Tag your sister if she is like that!", false),
        ];
        serve(&web, &posts);
        store(&browser, json!({ "derank": true })).await?;
        browser.goto(X.url).await?;
        let bait = ["tag-bait"];
        looks(&X, &browser, "3", true, "1", &line("markLower", &bait)).await?;
        press_in_receipt(&browser, "1", &says("receiptWrong", &[&kind_words("tag-bait")])).await?;
        // Nobody takes it for bait any more; that nobody asked for it stays true.
        looks(&X, &browser, "1", false, "1", &line("markLabel", &["suggested"])).await?;
        looks(&X, &browser, "3", false, "0.35", &line("markDim", &bait)).await?;
        looks(&X, &browser, "4", true, "1", &line("markLower", &bait)).await?;
        let said = told(&browser, "3").await?;
        ensure!(said.contains(&says("receiptUndone", &["tom", "1"])), "the receipt does not say so: {said}");
        browser.quit().await
    })
}

#[test]
fn a_door_to_fact_checks_asks_nobody_before_it_is_opened() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let text = "They don't want you to know that honey &amp; tea cure the flu. Good night.";
        serve(&web, &[cell(1, "tom", text, false)]);
        let path = "/factcheck/explorer/search/They%20don%27t%20want%20you%20to%20know%20that%20honey%20%26%20tea%20cure%20the%20flu.;hl=";
        let answer = Response::html("<!doctype html><title>checks</title><link rel=icon href=data:,>");
        let language: String = browser.eval("return navigator.language", vec![]).await?;
        web.page(CHECKERS, &format!("{path}{language}"), answer);
        browser.goto(X.url).await?;
        let found_it =
            || async { Ok(found(&browser, X.url).await?.is_some_and(|found| found.kind("hoax-style") == 1)) };
        wait_for("the style to be noticed", SOON, found_it).await?;
        let shadow = open_receipt(&browser, "1").await?;
        let said = browser.text(&shadow.find("dialog").await?).await?;
        ensure!(said.contains(&says("receiptHoaxStyle", &["X"])), "the receipt does not say what it is: {said}");
        let doors = shadow.find_all("dialog a").await?;
        for door in &doors {
            let looks = (door.attr("target").await?, door.attr("rel").await?);
            ensure!(looks == (Some("_blank".into()), Some("noreferrer noopener".into())), "a door is {looks:?}");
        }
        ensure!(browser.text(&doors[0]).await? == says("receiptDoor", &["Google Fact Check Explorer"]));
        ensure!(web.requests_to(CHECKERS).is_empty(), "somebody was asked before the click");
        browser.click(&doors[0]).await?;
        wait_for("the page behind the door", SOON, || async { Ok(!web.requests_to(CHECKERS).is_empty()) }).await?;
        let requests = web.requests_to(CHECKERS);
        ensure!(requests[0].path == format!("{path}{language}"), "asked was {}", requests[0].path);
        ensure!(requests[0].header("referer").is_none(), "the page behind the door is told from where");
        browser.quit().await
    })
}
