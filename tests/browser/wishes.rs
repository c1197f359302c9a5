//! What the person asks for by name: words and authors of whom they want to see less, only what they follow, and marks
//! that they call wrong. Each is asked for where a person asks for it, and holds from then on.
//!
//! How words are read stands in `src/feed/own/words.rs`; here is only whether the feed obeys.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xtask::browser::{Browser, Fixtures, wait_for};

use super::ours::in_extension;
use super::sight::{X, kind_words, receipt, says};
use super::small::{cell, feed_of, serve_small};
use super::{SOON, Scene, in_both};

fn serve(web: &Fixtures) {
    let cells = [
        cell(1, "mara", "All in on #Crypto today.", false),
        cell(2, "mara", "Cryptography is another thing.", false),
        cell(3, "tom", "Like if you agree with me!", false),
        cell(4, "brand", "Buy it.", true),
    ];
    serve_small(web, &feed_of(&cells.concat()), "");
}

/// Stores settings as the pages do, beside those that every person has at first.
async fn store(browser: &Browser, more: Value) -> Result<()> {
    let mut settings = json!({ "version": 1, "derank": false, "sites": {}, "acts": {} });
    settings.as_object_mut().context("an object")?.extend(more.as_object().context("an object")?.clone());
    in_extension(browser, "await chrome.storage.local.set({ settings: arguments[0] })", vec![settings]).await
}

/// Waits until exactly these items are folded, and all have something of ours.
async fn folded(browser: &Browser, wanted: &[&str]) -> Result<()> {
    let now = async || {
        let items = X.items(browser).await?;
        ensure!(items.iter().all(|item| item.has_line), "not all are marked");
        anyhow::Ok(items.into_iter().filter(|item| item.folded).map(|item| item.id).collect::<Vec<_>>())
    };
    let waited = wait_for("what is folded", SOON, || async { Ok(now().await.is_ok_and(|now| now == wanted)) }).await;
    ensure!(waited.is_ok(), "folded are {:?}, and ought to be {wanted:?}", now().await);
    Ok(())
}

/// Whether the line of an item says this kind.
async fn is_told(browser: &Browser, id: &str, kind: &str) -> Result<bool> {
    let item = X.item(browser, id).await?.context("the item is there")?;
    Ok(item.mark(browser).await?.is_some_and(|mark| mark.words.contains(&kind_words(kind))))
}

/// Asks why an item is there, and presses the button of the receipt that says this.
async fn press_in_receipt(browser: &Browser, id: &str, words: &str) -> Result<()> {
    let item = X.item(browser, id).await?.context("the item is there")?;
    browser.click(&item.button(browser, "markWhyShort").await?).await?;
    wait_for("the receipt", SOON, || async { Ok(receipt(browser).await?.is_some()) }).await?;
    let shadow = receipt(browser).await?.context("the receipt is open")?;
    let mut others = Vec::new();
    for button in shadow.find_all("button").await? {
        let text = browser.text(&button).await?;
        if text == words {
            return browser.click(&button).await;
        }
        others.push(text);
    }
    anyhow::bail!("no button of the receipt says {words:?}, but {others:?}")
}

#[test]
fn posts_with_the_persons_words_are_folded_whether_or_not_the_feed_is_deranked() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve(&web);
        store(&browser, json!({ "own": { "words": [{ "text": "crypto", "act": "lower" }] } })).await?;
        browser.goto(X.url).await?;
        folded(&browser, &["1"]).await?;
        ensure!(is_told(&browser, "1", "words").await?, "the line does not say why");
        store(&browser, json!({ "own": { "words": [{ "text": "crypto* AND NOT thing", "act": "hide" }] } })).await?;
        folded(&browser, &["1"]).await?;
        store(&browser, json!({ "own": { "words": [{ "text": "AND", "act": "hide" }] } })).await?;
        folded(&browser, &[]).await?;
        browser.quit().await
    })
}

#[test]
fn an_author_is_lowered_and_a_mark_taken_back_from_the_receipt_and_stays_so() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve(&web);
        store(&browser, json!({ "own": { "words": [{ "text": "cryptography", "act": "dim" }] } })).await?;
        browser.goto(X.url).await?;
        folded(&browser, &[]).await?;
        press_in_receipt(&browser, "2", &says("receiptLess", &["mara"])).await?;
        folded(&browser, &["1", "2"]).await?;
        ensure!(is_told(&browser, "1", "muted").await?, "the line does not say why");
        ensure!(is_told(&browser, "3", "react-bait").await?, "the bait is not marked");
        press_in_receipt(&browser, "3", &says("receiptWrong", &[&kind_words("react-bait")])).await?;
        let gone = || async { Ok(!is_told(&browser, "3", "react-bait").await?) };
        wait_for("the wrong mark to be taken away", SOON, gone).await?;
        browser.reload().await?;
        folded(&browser, &["1", "2"]).await?;
        ensure!(!is_told(&browser, "3", "react-bait").await?, "the wrong mark came back");
        browser.quit().await
    })
}

#[test]
fn only_what_one_follows_leaves_nothing_else_in_sight() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve(&web);
        store(&browser, json!({ "sites": { "x": { "followed": true } } })).await?;
        browser.goto(X.url).await?;
        folded(&browser, &["4"]).await?;
        store(&browser, json!({})).await?;
        folded(&browser, &[]).await?;
        browser.quit().await
    })
}
