//! A row of hidden posts that is ended says how many they are and opens, and all that stands in our lines can be used by
//! keyboard and by ear, in a narrow window as well.
//!
//! That no more than eight are hidden in a row is held in `acts.rs`.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use xtask::browser::{Browser, Fixtures, Key, Shadow, wait_for};

use super::ours::choose;
use super::sight::{Item, X, kind_words, receipt, says};
use super::small::{cell, feed_of, serve_small};
use super::wishes::press;
use super::{SOON, Scene, in_both};

/// A feed with twelve advertisements in a row, of which the ninth ends the row of those before it.
pub(crate) async fn open_row(web: &Fixtures, browser: &Browser) -> Result<Item> {
    let ads: String = (10..22).map(|id| cell(id, "brand", "Buy it.", true)).collect();
    let posts = [cell(1, "friend", "Good morning.", false), ads, cell(30, "tom", "Like if you agree with me!", false)];
    serve_small(web, &feed_of(&posts.concat()), "");
    choose(browser, true, ["hide", "lower", "lower"]).await?;
    browser.goto(X.url).await?;
    X.marked(browser, 14).await?;
    X.item(browser, "18").await?.context("the ninth is not there")
}

/// What the card of an item says, if it has one.
async fn card(browser: &Browser, item: &Item) -> Result<Option<String>> {
    let line = item.line(browser).await?.context("the item has no line")?;
    match Shadow::of(&line).await?.find_all(".row").await?.pop() {
        Some(said) => Ok(Some(browser.text(&said).await?)),
        None => Ok(None),
    }
}

async fn folded(browser: &Browser) -> Result<Vec<String>> {
    Ok(X.items(browser).await?.into_iter().filter(|item| item.folded).map(|item| item.id).collect())
}

/// Whether the focus is in the line of this item.
async fn has_focus(browser: &Browser, item: &Item) -> Result<bool> {
    let line = item.line(browser).await?.context("the item has no line")?.to_json()?;
    browser.eval("return document.activeElement === arguments[0]", vec![line]).await
}

#[test]
fn a_row_that_is_ended_says_how_many_are_hidden_and_shows_them() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let ninth = open_row(&web, &browser).await?;
        for item in X.items(&browser).await? {
            let wanted = (item.id == "18").then(|| says("markRow", &["8"]));
            ensure!(card(&browser, &item).await? == wanted, "{} says {:?}", item.id, card(&browser, &item).await?);
        }
        // The page can read no number.
        let read = "return document.documentElement.textContent + document.documentElement.outerHTML";
        let page: String = browser.eval(read, vec![]).await?;
        ensure!(!page.contains(&says("markRow", &["8"])), "the page can read it");
        // One that is opened by itself is no longer told of.
        let one = X.item(&browser, "12").await?.context("the third is gone")?;
        browser.click(&one.button(&browser, "markShow").await?).await?;
        ensure!(card(&browser, &ninth).await? == Some(says("markRow", &["7"])), "{:?}", card(&browser, &ninth).await?);
        // By keyboard: the card's button stands before the line's own.
        let before = X.item(&browser, "17").await?.context("the eighth is gone")?;
        let why = before.button(&browser, "markWhyShort").await?;
        browser.click(&why).await?;
        wait_for("the receipt", SOON, || async { Ok(receipt(&browser).await?.is_some()) }).await?;
        browser.press(Key::Escape + "").await?;
        browser.press(Key::Tab + "").await?;
        ensure!(has_focus(&browser, &ninth).await?, "Tab does not lead from one line to the next");
        browser.press(Key::Enter + "").await?;
        let left: Vec<String> = (18..22).chain([30]).map(|id| id.to_string()).collect();
        wait_for("the row to be shown", SOON, || async { Ok(folded(&browser).await? == left) }).await?;
        let first = X.item(&browser, "10").await?.context("the first is gone")?;
        ensure!(has_focus(&browser, &first).await?, "the focus is not on the first of those that were shown");
        ensure!(card(&browser, &ninth).await?.is_none(), "the card stands there still");
        // The line's own button is for the item itself.
        browser.click(&ninth.button(&browser, "markShow").await?).await?;
        ensure!(folded(&browser).await? == left[1..], "folded are {:?}", folded(&browser).await?);
        browser.quit().await
    })
}

#[test]
fn lines_are_named_silent_and_narrow_and_the_focus_is_never_lost() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        open_row(&web, &browser).await?;
        for width in [1280, 360, 320] {
            browser.viewport(width, 700).await?;
            for item in X.items(&browser).await? {
                let line = item.line(&browser).await?.context("an item without a line")?;
                let room: [i64; 2] = browser
                    .eval("return [arguments[0].scrollWidth, arguments[0].clientWidth]", vec![line.to_json()?])
                    .await?;
                ensure!(room[0] <= room[1], "at {width} the line of {} needs {} of {}", item.id, room[0], room[1]);
                let shadow = Shadow::of(&line).await?;
                let loud = shadow.find_all("[aria-live], [role=status], [role=alert], [role=log], output").await?;
                ensure!(loud.is_empty(), "the line of {} speaks by itself", item.id);
                for button in shadow.find_all("button").await? {
                    let said = [button.attr("aria-label").await?.unwrap_or_default(), browser.text(&button).await?];
                    let about = match button.attr("aria-describedby").await? {
                        Some(id) => browser.text(&shadow.find(&format!("#{id}")).await?).await?,
                        None => said[0].clone(),
                    };
                    ensure!(!said.concat().is_empty() && !about.is_empty(), "a button of {} is {said:?}", item.id);
                }
            }
        }
        // A mark that is taken back is painted anew; whoever pressed the button keeps the place.
        let bait = X.item(&browser, "30").await?.context("the bait is gone")?;
        browser.click(&bait.button(&browser, "markWhyShort").await?).await?;
        wait_for("the receipt", SOON, || async { Ok(receipt(&browser).await?.is_some()) }).await?;
        let shadow = receipt(&browser).await?.context("no receipt")?;
        ensure!(shadow.find_all("[aria-live], [role=status]").await?.is_empty(), "the receipt speaks by itself");
        press(&browser, &shadow, &says("receiptWrong", &[&kind_words("react-bait")])).await?;
        wait_for("the mark to be taken back", SOON, || async {
            Ok(X.item(&browser, "30").await?.is_some_and(|item| !item.folded))
        })
        .await?;
        ensure!(has_focus(&browser, &bait).await?, "the focus is lost when a line is made anew");
        browser.press(Key::Enter + "").await?;
        wait_for("the receipt by key", SOON, || async { Ok(receipt(&browser).await?.is_some()) }).await?;
        browser.press(Key::Escape + "").await?;
        wait_for("Escape", SOON, || async { Ok(receipt(&browser).await?.is_none()) }).await?;
        ensure!(has_focus(&browser, &bait).await?, "Escape does not give the focus back");
        // What is made anew under an open receipt has the focus when it is closed.
        browser.press(Key::Enter + "").await?;
        wait_for("the receipt again", SOON, || async { Ok(receipt(&browser).await?.is_some()) }).await?;
        let touch =
            "document.querySelector('a[href*=\"/status/30/\"]').closest('.cell').previousElementSibling.remove();";
        browser.eval::<Value>(touch, vec![]).await?;
        wait_for("the line to come back", SOON, || async {
            Ok(X.item(&browser, "30").await?.is_some_and(|item| item.has_line))
        })
        .await?;
        browser.press(Key::Escape + "").await?;
        wait_for("Escape again", SOON, || async { Ok(receipt(&browser).await?.is_none()) }).await?;
        ensure!(has_focus(&browser, &bait).await?, "the focus went with the line that was taken out");
        browser.quit().await
    })
}
