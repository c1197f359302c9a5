//! Pictures of all that we show, for people to look at: both feeds with every act, the receipt, the popup, the choices.
//!
//! They are taken in light and dark, wide and narrow, and lie in `screenshots/` afterwards, named by what they show.
//! Whether it is beautiful no assertion can say; that each is there and is no blank sheet is all that is asked here.

use std::path::PathBuf;

use anyhow::{Result, ensure};
use xtask::browser::{Browser, Fixtures, Options, wait_for};
use xtask::root;

use super::ours::{choose, open_popup};
use super::sight::{Feed, REDDIT, X, receipt, serve_replicas};
use super::{SOON, Scene, in_both, options};

/// Desktop and phone.
const SIZES: [(u32, u32); 2] = [(1280, 900), (390, 844)];
/// A PNG of one colour is smaller than this at all our sizes, one with words is larger.
const BLANK: u64 = 12_000;

/// Takes a picture into `screenshots/`.
pub(crate) async fn take(browser: &Browser, dark: bool, name: &str) -> Result<()> {
    let which = format!("{:?}", browser.which()).to_lowercase();
    let file: PathBuf = root().join(format!("screenshots/{which}-{}-{name}.png", if dark { "dark" } else { "light" }));
    browser.screenshot(&file).await?;
    let size = std::fs::metadata(&file)?.len();
    ensure!(size > BLANK, "{} has only {size} bytes: nothing can be on it", file.display());
    Ok(())
}

/// A feed at its head, and then with the receipt of its first suggestion.
async fn feed(browser: &Browser, dark: bool, feed: &Feed, width: u32) -> Result<()> {
    let name = feed.host.replace("www.", "").replace(".com", "");
    browser.goto(feed.url).await?;
    feed.marked(browser, 3).await?;
    take(browser, dark, &format!("{name}-{width}")).await?;
    for item in feed.items(browser).await? {
        let mark = item.mark(browser).await?.unwrap_or_default();
        if mark.kinds.contains("suggested") && !item.folded {
            browser.click(&item.button(browser, "markWhyShort").await?).await?;
            wait_for("the receipt", SOON, || async { Ok(receipt(browser).await?.is_some()) }).await?;
            return take(browser, dark, &format!("{name}-receipt-{width}")).await;
        }
    }
    anyhow::bail!("no suggestion stands at the head of {name}")
}

/// A row of hidden posts that is ended, with its card.
async fn row(web: &Fixtures, browser: &Browser, dark: bool) -> Result<()> {
    for (width, height) in [(1280, 700), (360, 700)] {
        browser.viewport(width, height).await?;
        super::row::open_row(web, browser).await?;
        take(browser, dark, &format!("row-{width}")).await?;
    }
    Ok(())
}

#[test]
fn a_row_of_hidden_posts_can_be_looked_at() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let which = browser.which();
        browser.quit().await?;
        for dark in [false, true] {
            let browser = Browser::open(which, &Options { dark, ..options(which, &web) }).await?;
            row(&web, &browser, dark).await?;
            browser.quit().await?;
        }
        Ok(())
    })
}

/// The popup of a tab, in the room that a popup has.
async fn popup(browser: &Browser, dark: bool, url: &str, name: &str) -> Result<()> {
    browser.goto(url).await?;
    let tab = open_popup(browser, url).await?;
    browser.viewport(380, 600).await?;
    browser.wait_for_js("document.querySelectorAll('.companies li').length > 0", SOON).await?;
    take(browser, dark, &format!("popup-{name}")).await?;
    browser.close_tab(&tab).await
}

/// The page of all choices, with a rule of the person's own and one that cannot be used.
async fn options_page(browser: &Browser, dark: bool) -> Result<()> {
    browser.viewport(900, 1100).await?;
    browser.extension_page("extension/pages/options.html").await?;
    browser.wait_for_js("document.querySelector('textarea:not([readonly])')", SOON).await?;
    let write = "document.querySelector('textarea').value = '||tracker.example^\\n||no rule^';
        document.querySelector('textarea + button').click()";
    browser.eval::<()>(write, vec![]).await?;
    browser.wait_for_js("document.querySelector('.refused')", SOON).await?;
    take(browser, dark, "options").await
}

#[test]
fn what_we_show_can_be_looked_at() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve_replicas(&web)?;
        let which = browser.which();
        browser.quit().await?;
        for dark in [false, true] {
            let browser = Browser::open(which, &Options { dark, ..options(which, &web) }).await?;
            choose(&browser, true, ["lower", "label", "hide"]).await?;
            for (width, height) in SIZES {
                browser.viewport(width, height).await?;
                feed(&browser, dark, &X, width).await?;
                feed(&browser, dark, &REDDIT, width).await?;
            }
            popup(&browser, dark, X.url, "x").await?;
            popup(&browser, dark, "https://news.example/", "news").await?;
            options_page(&browser, dark).await?;
            browser.quit().await?;
        }
        Ok(())
    })
}
