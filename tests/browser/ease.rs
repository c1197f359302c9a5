//! Who wants nothing to move, and who magnifies: nothing of ours glides for the one, and all of it can be reached by the
//! other.
//!
//! A page in a window of 1280 pixels that was zoomed to 200 % has 640 of its own; the popup, which browsers give 600 in
//! height, has 300. What the lines and the receipt say is held elsewhere.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use xtask::browser::{Browser, Options, Shadow, wait_for};

use super::ours::{choose, open_popup};
use super::row::open_row;
use super::sight::{X, receipt, serve_replicas};
use super::{SOON, Scene, in_both, in_both_with, options};

/// How long the colour of the buttons of an item's line takes to change.
async fn glide(browser: &Browser, id: &str) -> Result<String> {
    let item = X.item(browser, id).await?.with_context(|| format!("{id} is gone"))?;
    let line = item.line(browser).await?.context("the item has no line")?;
    Ok(Shadow::of(&line).await?.find("button").await?.css_value("transition-duration").await?)
}

#[test]
fn nothing_of_ours_moves_for_those_who_want_nothing_to_move() -> Result<()> {
    let still = |_, options| Ok(Options { still: true, ..options });
    in_both_with(still, async |Scene { web, browser }| {
        let which = browser.which();
        let ninth = open_row(&web, &browser).await?;
        let wanted: bool =
            browser.eval("return matchMedia('(prefers-reduced-motion: reduce)').matches", vec![]).await?;
        ensure!(wanted, "the page is not told");
        ensure!(glide(&browser, "18").await? == "0s", "a button takes {} to change", glide(&browser, "18").await?);
        // The first that is shown stands above the window's edge, and is led to at once.
        let smooth = "document.documentElement.style.scrollBehavior = 'smooth';
            document.body.style.paddingBlock = '300vh';";
        browser.eval::<Value>(smooth, vec![]).await?;
        let card = ninth.line(&browser).await?.context("the row has no line")?;
        let button = Shadow::of(&card).await?.find("button").await?;
        let onto = "arguments[0].scrollIntoView({ block: 'start', behavior: 'instant' });
            scrollBy({ top: -4, behavior: 'instant' })";
        browser.eval::<Value>(onto, vec![card.to_json()?]).await?;
        // Where the page is in the frames after the press.
        let watch = "window.tops = []; const look = () => { window.tops.push(scrollY); if (window.tops.length < 90) requestAnimationFrame(look); };
            document.addEventListener('pointerdown', look, { once: true, capture: true });";
        browser.eval::<Value>(watch, vec![]).await?;
        browser.click(&button).await?;
        browser.wait_for_js("window.tops.length === 90", SOON).await?;
        let places: usize = browser.eval("return new Set(window.tops.map(Math.round)).size", vec![]).await?;
        // One before, one after, and one where the browser kept what was in sight in its place; a glide has dozens.
        ensure!(places <= 3, "the page was at {places} places: it glides");
        // Where nobody minds, the same button does glide: what is asked above can be otherwise.
        browser.quit().await?;
        let browser = Browser::open(which, &options(which, &web)).await?;
        open_row(&web, &browser).await?;
        ensure!(glide(&browser, "18").await? != "0s", "nothing ever glides, and this test says nothing");
        for page in ["popup", "options"] {
            browser.extension_page(&format!("extension/pages/{page}.html")).await?;
            browser.wait_for_js("document.querySelector('main, section')", SOON).await?;
            let moving = "return [...document.querySelectorAll('*')].filter((node) => {
                const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(node);
                return /[1-9]/.test(transitionDuration) || animationName !== 'none' || scrollBehavior !== 'auto';
              }).length";
            let moving: usize = browser.eval(moving, vec![]).await?;
            ensure!(moving == 0, "{moving} parts of {page} move");
        }
        browser.quit().await
    })
}

/// Whether an element lies within the window, and nothing is beside the page.
async fn fits(browser: &Browser, what: &str, element: Value) -> Result<()> {
    let script = "const { left, top, right, bottom } = arguments[0].getBoundingClientRect();
        const root = document.scrollingElement;
        return [left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight, root.scrollWidth <= root.clientWidth];";
    let [inside, narrow]: [bool; 2] = browser.eval(script, vec![element]).await?;
    ensure!(inside, "{what} reaches beyond the window");
    ensure!(narrow, "with {what} the page is wider than the window");
    Ok(())
}

#[test]
fn zoomed_to_200_percent_all_of_ours_can_be_used() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve_replicas(&web)?;
        choose(&browser, true, ["lower", "label", "hide"]).await?;
        browser.zoomed_viewport(640, 450, 2).await?;
        browser.goto(X.url).await?;
        X.marked(&browser, 3).await?;
        let ratio: f64 = browser.eval("return devicePixelRatio", vec![]).await?;
        ensure!(ratio > 1.9, "the page has {ratio} pixels for each of its own");
        let mut item = None;
        for one in X.items(&browser).await? {
            if one.mark(&browser).await?.is_some_and(|mark| mark.kinds.contains("suggested")) && !one.folded {
                item = Some(one);
                break;
            }
        }
        let item = item.context("no suggestion stands at the head")?;
        let why = item.button(&browser, "markWhyShort").await?;
        browser
            .eval::<Value>(
                "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })",
                vec![item.line(&browser).await?.context("no line")?.to_json()?],
            )
            .await?;
        fits(&browser, "the line", item.line(&browser).await?.context("the item has no line")?.to_json()?).await?;
        browser.click(&why).await?;
        wait_for("the receipt", SOON, || async { Ok(receipt(&browser).await?.is_some()) }).await?;
        let shadow = receipt(&browser).await?.context("no receipt")?;
        let rect = shadow.find("dialog").await?.rect().await?;
        ensure!(
            rect.x >= 0.0 && rect.x + rect.width <= 640.0,
            "the receipt reaches from {} to {}",
            rect.x,
            rect.x + rect.width
        );
        ensure!(rect.height <= 450.0, "the receipt is {} high", rect.height);
        browser.click(&shadow.find("button.close").await?).await?;
        wait_for("the receipt to close", SOON, || async { Ok(receipt(&browser).await?.is_none()) }).await?;
        let tab = open_popup(&browser, X.url).await?;
        browser.zoomed_viewport(400, 300, 2).await?;
        let switch = browser.find("input[role=switch]").await?;
        let before: bool = browser.eval("return arguments[0].checked", vec![switch.to_json()?]).await?;
        browser.click(&switch).await?;
        browser
            .wait_for_js(&format!("document.querySelector('input[role=switch]').checked !== {before}"), SOON)
            .await?;
        let narrow = "return document.scrollingElement.scrollWidth <= document.scrollingElement.clientWidth";
        ensure!(browser.eval::<bool>(narrow, vec![]).await?, "the popup is wider than its window");
        browser.close_tab(&tab).await?;
        browser.quit().await
    })
}
