//! What the person asks for by name: words and authors of whom they want to see less, only what they follow, and marks
//! that they call wrong. Each is asked for where a person asks for it, and holds from then on.
//!
//! How words are read stands in `src/feed/own/words.rs`; here is only whether the feed obeys.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xtask::browser::{Browser, Fixtures, Response, Shadow, wait_for};

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
pub(crate) async fn store(browser: &Browser, more: Value) -> Result<()> {
    let mut settings = json!({ "version": 1, "derank": false, "sites": {}, "acts": {} });
    settings.as_object_mut().context("an object")?.extend(more.as_object().context("an object")?.clone());
    in_extension(browser, "await chrome.storage.local.set({ settings: arguments[0] })", vec![settings]).await
}

/// Waits until exactly these items are folded, and all have something of ours.
pub(crate) async fn folded(browser: &Browser, wanted: &[&str]) -> Result<()> {
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
pub(crate) async fn is_told(browser: &Browser, id: &str, kind: &str) -> Result<bool> {
    let item = X.item(browser, id).await?.context("the item is there")?;
    Ok(item.mark(browser).await?.is_some_and(|mark| mark.words.contains(&kind_words(kind))))
}

/// Asks why an item is there.
pub(crate) async fn open_receipt(browser: &Browser, id: &str) -> Result<Shadow> {
    let item = X.item(browser, id).await?.context("the item is there")?;
    browser.click(&item.button(browser, "markWhyShort").await?).await?;
    wait_for("the receipt", SOON, || async { Ok(receipt(browser).await?.is_some()) }).await?;
    receipt(browser).await?.context("the receipt is open")
}

/// Asks why an item is there, and presses the button of the receipt that says this.
pub(crate) async fn press_in_receipt(browser: &Browser, id: &str, words: &str) -> Result<()> {
    press(browser, &open_receipt(browser, id).await?, words).await
}

/// Presses the button of an open receipt that says this.
pub(crate) async fn press(browser: &Browser, shadow: &Shadow, words: &str) -> Result<()> {
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

#[test]
fn a_fact_that_is_called_wrong_is_told_no_more_of_this_author_alone() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let ads = [("brand", 4), ("brand", 5), ("other", 6)].map(|(author, id)| cell(id, author, "Buy it.", true));
        serve_small(&web, &feed_of(&ads.concat()), "");
        store(&browser, json!({ "derank": true, "acts": { "sponsored": "lower" } })).await?;
        browser.goto(X.url).await?;
        folded(&browser, &["4", "5", "6"]).await?;
        press_in_receipt(&browser, "4", &says("receiptWrong", &[&kind_words("sponsored")])).await?;
        folded(&browser, &["6"]).await?;
        ensure!(
            !is_told(&browser, "5", "sponsored").await?,
            "the author's other post is still called an advertisement"
        );
        browser.reload().await?;
        folded(&browser, &["6"]).await?;
        browser.quit().await
    })
}

#[test]
fn what_the_person_wrote_stays_untouched() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let post = |id: u32, author: &str| {
            format!(
                "<div class='thing link' id=thing_t3_{id} data-fullname=t3_{id} data-author={author} data-subreddit=s><div class=entry>\
                 <p class=title><a class=title href=/r/s/{id}>Upvote if you agree with me!</a></p></div></div>"
            )
        };
        let page = format!(
            "<!doctype html><meta charset=utf-8><title>old</title><link rel=icon href=data:,><div id=header>\
             <div id=header-bottom-right><span class=user><a href=https://old.reddit.com/user/Mara/>Mara</a></span></div></div>\
             <div class=content><div id=siteTable class='sitetable linklisting'>{}{}</div></div>",
            post(1, "mara"),
            post(2, "tom")
        );
        web.page("old.reddit.com", "/", Response::html(page));
        store(&browser, json!({ "derank": true, "acts": { "bait": "lower" } })).await?;
        browser.goto("https://old.reddit.com/").await?;
        let looks = "return ['1', '2'].map((id) => getComputedStyle(document.getElementById(`thing_t3_${id}`)).display === 'none')";
        wait_for("the other's post to be folded", SOON, || async {
            Ok(browser.eval::<[bool; 2]>(looks, vec![]).await? == [false, true])
        })
        .await?;
        browser.quit().await
    })
}
