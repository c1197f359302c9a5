//! A topic of a person's own: made in the page of all choices, obeyed in the feed with its reason, taken back, and nothing
//! loaded for whoever has none.
//!
//! How often a post is told rightly is measured elsewhere (`data/model/TOPICS.md`); the posts here are plainly of a topic,
//! or plainly not.

use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use xtask::browser::{Browser, Fixtures, Shadow, wait_for};

use super::languages::{SHORT, reopened};
use super::looks::take;
use super::ours::found;
use super::sight::{X, kind_words, says};
use super::small::{cell, feed_of, serve_small};
use super::wishes::{folded, is_told, open_receipt, press_in_receipt, store};
use super::{SOON, Scene, in_both, options};

const PAGE: &str = "extension/pages/options.html";
const SECTION: &str = "section[aria-labelledby=topics]";
/// As it is written; one word of it nobody knows.
const TOPIC: &str = "football, league, qqxzv, coach";
const ALIKE: &str = "The football team won the league game after the coach changed the whole defense";
const OTHERS: [&str; 2] = [
    "We tried the recipe from the video and it was really good with a little more salt",
    "Does anybody know where I can get this bike fixed before the weekend?",
];

fn serve(web: &Fixtures) {
    let cells = [cell(1, "mara", ALIKE, false), cell(2, "tom", OTHERS[0], false), cell(3, "mara", OTHERS[1], false)];
    serve_small(web, &feed_of(&cells.concat()), "");
}

/// Opens the page of all choices with the field in focus, and waits until it can tell what is written there.
async fn write_topic(browser: &Browser, words: &str) -> Result<()> {
    browser.extension_page(PAGE).await?;
    browser.wait_for_js(&format!("document.querySelector('{SECTION} input')"), SOON).await?;
    browser.click(&browser.find(&format!("{SECTION} input")).await?).await?;
    browser.press(words).await
}

/// Waits until the section says this.
async fn section_says(browser: &Browser, words: &str) -> Result<()> {
    let says = json!(words);
    browser.wait_for_js(&format!("document.querySelector('{SECTION}')?.innerText.includes({says})"), SOON).await
}

async fn press_in_section(browser: &Browser, words: &str) -> Result<()> {
    for button in browser.find_all(&format!("{SECTION} button")).await? {
        if browser.text(&button).await? == words {
            return browser.click(&button).await;
        }
    }
    anyhow::bail!("no button of the section says {words:?}")
}

/// Makes the topic, with what is to be done, as a person does.
async fn make_topic(browser: &Browser, act: &str) -> Result<()> {
    write_topic(browser, TOPIC).await?;
    section_says(browser, &says("topicsKnown", &["football, league, coach"])).await.or(
        // The list is written as the browser's language writes lists.
        section_says(browser, &says("topicsKnown", &["football, league, and coach"])).await,
    )?;
    section_says(browser, &says("topicsUnknown", &["qqxzv"])).await?;
    let script = format!(
        "const select = document.querySelector('{SECTION} select');
         select.value = arguments[0];
         select.dispatchEvent(new Event('change', {{ bubbles: true }}));"
    );
    browser.eval::<()>(&script, vec![json!(act)]).await?;
    press_in_section(browser, &says("wishesAdd", &[])).await?;
    section_says(browser, &says("wishesForget", &[])).await
}

/// Whether a receipt says why, and by which words.
async fn receipt_says(shadow: &Shadow, words: &str) -> Result<bool> {
    let mut said = Vec::new();
    for item in shadow.find_all("li").await? {
        said.push(item.text().await?);
    }
    Ok(said.iter().any(|line| line.contains(words) && line.contains("football")))
}

#[test]
fn a_post_like_a_topic_that_was_made_in_the_options_is_lowered_says_why_and_comes_back() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve(&web);
        make_topic(&browser, "lower").await?;
        browser.goto(X.url).await?;
        folded(&browser, &["1"]).await?;
        ensure!(is_told(&browser, "1", "topic").await?, "the line does not say why");
        ensure!(!is_told(&browser, "2", "topic").await?, "a recipe is taken for football");
        let receipt = open_receipt(&browser, "1").await?;
        let why = says("receiptTopic", &[TOPIC]);
        ensure!(receipt_says(&receipt, &why).await?, "the receipt does not say why");
        browser.reload().await?;
        folded(&browser, &["1"]).await?;
        // Taken back where one reads it, of this author's posts; and where it was made, of all.
        press_in_receipt(&browser, "1", &says("receiptWrong", &[&kind_words("topic")])).await?;
        folded(&browser, &[]).await?;
        store(&browser, json!({ "own": { "topics": [{ "text": TOPIC, "act": "hide" }] } })).await?;
        folded(&browser, &["1"]).await?;
        browser.extension_page(PAGE).await?;
        section_says(&browser, TOPIC).await?;
        press_in_section(&browser, &says("wishesForget", &[])).await?;
        let left = format!("!document.querySelector('{SECTION}').innerText.includes({})", json!(TOPIC));
        browser.wait_for_js(&left, SOON).await?;
        browser.goto(X.url).await?;
        folded(&browser, &[]).await?;
        browser.quit().await
    })
}

#[test]
fn a_topic_of_words_that_nobody_knows_is_not_made_and_says_so() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve(&web);
        write_topic(&browser, "qqxzv zzkw").await?;
        section_says(&browser, &says("topicsUnknown", &["qqxzv and zzkw"])).await?;
        press_in_section(&browser, &says("wishesAdd", &[])).await?;
        section_says(&browser, &says("topicsNone", &[])).await?;
        ensure!(browser.find_all(&format!("{SECTION} li")).await?.is_empty(), "it was made all the same");
        browser.quit().await
    })
}

#[test]
fn nothing_is_loaded_for_whoever_has_no_topic() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        // Were it brought, its German phrases would be noticed.
        let (browser, _home) = reopened(&web, browser, |build| {
            fs::copy(build.join("phrases-de.pack"), build.join("topics.pack")).context("the packs are there").map(drop)
        })
        .await?;
        let cells = [cell(1, "mara", ALIKE, false), cell(2, "anna", SHORT, false), cell(3, "tom", OTHERS[0], false)];
        serve_small(&web, &feed_of(&cells.concat()), "");
        store(&browser, json!({})).await?;
        browser.goto(X.url).await?;
        X.marked(&browser, 3).await?;
        let bait = async || anyhow::Ok(found(&browser, X.url).await?.context("nobody answers")?.kind("tag-bait"));
        ensure!(bait().await? == 0, "what tells topics was brought though nobody has one");
        store(&browser, json!({ "own": { "topics": [{ "text": TOPIC, "act": "dim" }] } })).await?;
        let brought = wait_for("what tells topics to be brought", SOON, || async { Ok(bait().await? == 1) }).await;
        ensure!(brought.is_ok(), "nothing was brought for somebody with a topic");
        browser.quit().await
    })
}

#[test]
fn the_section_of_topics_can_be_looked_at() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let which = browser.which();
        browser.quit().await?;
        for dark in [false, true] {
            let browser = Browser::open(which, &xtask::browser::Options { dark, ..options(which, &web) }).await?;
            make_topic(&browser, "dim").await?;
            browser.click(&browser.find(&format!("{SECTION} input")).await?).await?;
            browser.press("president, qqxzv").await?;
            section_says(&browser, &says("topicsKnown", &["president"])).await?;
            browser.eval::<()>(&format!("document.querySelector('{SECTION}').scrollIntoView()"), vec![]).await?;
            take(&browser, dark, "topics").await?;
            browser.quit().await?;
        }
        Ok(())
    })
}
