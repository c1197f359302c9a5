//! The receipt: what the small button before an item opens, what it says, and that the page knows nothing of it.
//!
//! The sentences are those of `_locales`, filled with what the truth of the replicas knows: who advertises, where a
//! suggestion comes from, which words were noticed, whom the person follows. It is opened and closed as people do it,
//! by a click, by Escape, by a click elsewhere.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::WebElement;
use xtask::browser::{Browser, Key, Shadow, wait_for};
use xtask::replica::Truth;

use super::ours::in_extension;
use super::sight::{Feed, Item, REDDIT, X, receipt, replica_says, says, serve_replicas};
use super::{SOON, Scene, in_both};

/// Opens the receipt of an item that has this many kinds or more, by its button, or by the eye if it has no line.
pub(crate) async fn open(feed: &Feed, browser: &Browser, truth: &Truth) -> Result<(Item, String)> {
    feed.scroll_to(browser, &truth.id).await?;
    // What the page's data says comes a moment after its nodes, and with it another line and another button.
    let facts = usize::from(truth.sponsored) + usize::from(truth.suggested);
    wait_for("its facts to be marked", SOON, || async {
        let Some(item) = feed.item(browser, &truth.id).await? else { return Ok(false) };
        Ok(item.mark(browser).await?.is_some_and(|mark| mark.kinds.len() >= facts))
    })
    .await?;
    let item = feed.item(browser, &truth.id).await?.context("the item is gone")?;
    browser.click(&why(browser, &item).await?).await?;
    let said = wait_for("the receipt", SOON, || async { Ok(receipt(browser).await?.is_some()) }).await;
    said.with_context(|| format!("pressed at {item:?}"))?;
    Ok((item, words(browser).await?))
}

/// The button that opens an item's receipt: with words if the item has a line, else the eye.
async fn why(browser: &Browser, item: &Item) -> Result<WebElement> {
    match item.button(browser, "markWhyShort").await {
        Ok(button) => Ok(button),
        Err(_) => {
            let line = item.line(browser).await?.context("nothing of ours stands there")?;
            Shadow::of(&line).await?.find(".eye").await
        }
    }
}

/// An element of the open receipt.
pub(crate) async fn inside(browser: &Browser, css: &str) -> Result<WebElement> {
    receipt(browser).await?.context("no receipt is open")?.find(css).await
}

/// All that the open receipt says.
async fn words(browser: &Browser) -> Result<String> {
    browser.text(&inside(browser, "dialog").await?).await
}

pub(crate) async fn closed(browser: &Browser, by: &str) -> Result<()> {
    wait_for(&format!("{by} to close the receipt"), SOON, || async { Ok(receipt(browser).await?.is_none()) }).await
}

/// The quotations in the open receipt.
async fn quotes(browser: &Browser) -> Result<Vec<String>> {
    let mut quotes = Vec::new();
    for quote in receipt(browser).await?.context("no receipt is open")?.find_all("q").await? {
        quotes.push(browser.text(&quote).await?);
    }
    Ok(quotes)
}

/// Opens receipts one after the other and holds each against the sentences that it must have.
async fn told(feed: &Feed, browser: &Browser, truth: &[Truth], posts: &[(&str, &[&str])]) -> Result<()> {
    browser.goto(feed.url).await?;
    for (name, sentences) in posts {
        let truth = truth.iter().find(|truth| truth.name == *name).with_context(|| format!("no post is {name}"))?;
        let (item, said) = open(feed, browser, truth).await.with_context(|| format!("the receipt of {name}"))?;
        for sentence in *sentences {
            ensure!(said.contains(sentence), "the receipt of {name} lacks {sentence:?}: {said}");
        }
        if !truth.bait.is_empty() {
            let quotes = quotes(browser).await?;
            let quoted = quotes.iter().any(|quote| !quote.is_empty() && truth.text.contains(quote.as_str()));
            ensure!(quoted, "no words of {name} are quoted: {quotes:?}");
        }
        unread_by_the_page(browser, sentences.first().context("a receipt without a sentence")?).await?;
        browser.press(Key::Escape + "").await?;
        closed(browser, "Escape").await?;
        let back = "return document.activeElement === arguments[0]";
        let line = item.line(browser).await?.context("the line is gone")?.to_json()?;
        ensure!(
            browser.eval::<bool>(back, vec![line]).await?,
            "Escape did not give the focus back to the line of {name}"
        );
    }
    Ok(())
}

/// The page's own script finds the element, but nothing of what is in it.
async fn unread_by_the_page(browser: &Browser, sentence: &str) -> Result<()> {
    let script = "const [sentence] = arguments;
        const host = document.elementFromPoint(innerWidth - 40, innerHeight - 40);
        const texts = [document.documentElement.innerText, document.documentElement.textContent,
          document.body.innerText, document.documentElement.getHTML?.({ serializableShadowRoots: true }) ?? ''];
        return [host.shadowRoot === null, host.childNodes.length === 0, !texts.some((text) => text.includes(sentence)),
          host.parentNode === document.documentElement];";
    let found: [bool; 4] = browser.eval(script, vec![json!(sentence)]).await?;
    ensure!(found == [true; 4], "no root, no children, no words for the page, seen by the person: {found:?}");
    Ok(())
}

#[test]
fn the_receipt_says_why_an_item_of_x_is_there() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let truth = serve_replicas(&web)?;
        let x = ["X"];
        told(
            &X,
            &browser,
            truth,
            &[
                (
                    "ad-bottle",
                    &[
                        &says("receiptSponsoredWire", &x),
                        &says("sourceXPromoted", &x),
                        &says("receiptNotFollowed", &["nimbusbottle"]),
                        &says("voiceData", &x),
                        &says("receiptCampaignAge", &["utm_campaign"]),
                        &says("receiptCampaignBroad", &["utm_campaign"]),
                    ],
                ),
                (
                    "soil-after-drought",
                    &[
                        &says("receiptSuggestedWire", &x),
                        &says("sourceXSimclusters", &x),
                        &says("receiptNotFollowed", &["dr_okafor_soil"]),
                    ],
                ),
                ("tag-three-friends", &[&says("receiptTagBait", &x), &says("voiceNoticed", &[])]),
                ("geo-marathon", &[&says("receiptReason", &x), &says("sourceXPopularGeo", &x), "Popular in your area"]),
                (
                    "library-late-opening",
                    &[&says("receiptFollowed", &["harborlibrary"]), &says("sourceXInNetwork", &x)],
                ),
            ],
        )
        .await?;
        another_way_out(&browser, truth).await?;
        ensure!(replica_says(&browser).await? == "ok", "the page was broken: {}", replica_says(&browser).await?);
        browser.quit().await
    })
}

/// Its button closes it, and so does a click beside it; two are never open.
async fn another_way_out(browser: &Browser, truth: &[Truth]) -> Result<()> {
    let post = truth.iter().find(|truth| truth.name == "ad-bottle").context("no post is ad-bottle")?;
    let (item, _) = open(&X, browser, post).await?;
    let again = why(browser, &item).await?;
    browser.click(&again).await?;
    wait_for("the receipt again", SOON, || async { Ok(receipt(browser).await?.is_some()) }).await?;
    browser.click(&inside(browser, "button.close").await?).await?;
    closed(browser, "its button").await?;
    open(&X, browser, post).await?;
    browser.click(&browser.find("[data-testid=trend]").await?).await?;
    closed(browser, "a click beside it").await?;
    // A page that presses our buttons by script opens nothing.
    let script = "arguments[0].click(); arguments[0].dispatchEvent(new MouseEvent('click', { bubbles: true }));
        return new Promise((done) => requestAnimationFrame(() => done(null)));";
    let item = X.item(browser, &post.id).await?.context("the item is gone")?;
    let button = why(browser, &item).await?.to_json()?;
    browser.eval::<Value>(script, vec![button]).await?;
    ensure!(receipt(browser).await?.is_none(), "a page's script opened a receipt");
    Ok(())
}

#[test]
fn the_receipt_says_why_an_item_of_reddit_is_there() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let truth = serve_replicas(&web)?;
        let reddit = "Reddit";
        told(
            &REDDIT,
            &browser,
            truth,
            &[
                (
                    "r-ad-keyboard",
                    &[
                        &says("receiptSponsoredPage", &[reddit]),
                        &says("receiptTargetInterests", &[reddit, "Technology & Computing, Gaming"]),
                        &says("receiptTargetLocations", &[reddit, "Exampleland"]),
                        &says("receiptAdvertiser", &["tactile_tools"]),
                    ],
                ),
                // Reddit has this reason in its page, and does not show it.
                (
                    "r-map-hidden-reason",
                    &[
                        &says("receiptReason", &[reddit]),
                        "Because you've shown interest in a similar topic",
                        &says("sourceRedditOnboarding", &[]),
                    ],
                ),
                ("r-markiere", &[&says("receiptTagBait", &[]), &says("receiptSuggestedPage", &[reddit])]),
                ("r-slow-commute", &[&says("receiptFollowUnknown", &["pannier_pat", reddit])]),
            ],
        )
        .await?;
        ensure!(replica_says(&browser).await? == "ok", "the page was broken: {}", replica_says(&browser).await?);
        browser.quit().await
    })
}

#[test]
fn a_line_of_the_receipt_leads_to_its_card() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let truth = serve_replicas(&web)?;
        browser.goto(X.url).await?;
        let post =
            truth.iter().find(|truth| truth.name == "tag-three-friends").context("no post is tag-three-friends")?;
        open(&X, &browser, post).await?;
        let lines = receipt(&browser).await?.context("no receipt is open")?.find_all("li").await?;
        let mut line = None;
        for one in lines {
            if browser.text(&one).await?.contains(&says("receiptTagBait", &["X"])) {
                line = Some(one);
            }
        }
        let more = line.context("no line says that it begs for tags")?;
        browser.click(&more.find(thirtyfour::By::Css(".more")).await?).await?;
        // A driver need not know of tabs that an extension opens; the browser does.
        let open = "return (await chrome.tabs.query({})).map(({ url, pendingUrl }) => url || pendingUrl || '')";
        let tabs = async || in_extension::<Vec<String>>(&browser, open, vec![]).await;
        let at_card = |url: &String| url.ends_with("/extension/pages/lessons.html#tag-bait");
        let opened = wait_for("the card's tab", SOON, || async { Ok(tabs().await?.iter().any(at_card)) }).await;
        ensure!(opened.is_ok(), "no tab shows the card: {:?}", tabs().await?);
        browser.extension_page("extension/pages/lessons.html#tag-bait").await?;
        browser.wait_for_js("document.activeElement?.id === 'tag-bait'", SOON).await?;
        let said: String = browser.eval("return document.activeElement.textContent", vec![]).await?;
        for key in ["markKindTagBait", "cardTagBaitDoes", "cardTagBaitSee"] {
            ensure!(said.contains(&says(key, &[])), "the card lacks {key}: {said}");
        }
        browser.quit().await
    })
}
