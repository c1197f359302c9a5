//! Pictures of all that we show, for people to look at: both feeds with every act, the receipt, the popup.
//!
//! They are taken in light and dark, wide and narrow, and lie in `screenshots/` afterwards, named by what they show.
//! Whether it is beautiful no assertion can say; that each is there and is no blank sheet is all that is asked here.

use std::path::PathBuf;

use anyhow::{Result, ensure};
use serde_json::json;
use xtask::browser::{Browser, Options, wait_for};
use xtask::root;

use super::sight::{Feed, REDDIT, X, choose, in_extension, serve_replicas};
use super::{SOON, Scene, in_both, options};

/// Desktop and phone.
const SIZES: [(u32, u32); 2] = [(1280, 900), (390, 844)];
/// A PNG of one colour is smaller than this at all our sizes, one with words is larger.
const BLANK: u64 = 12_000;

/// Takes a picture into `screenshots/`.
async fn take(browser: &Browser, dark: bool, name: &str) -> Result<()> {
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
    wait_for("all to be marked", SOON, || async {
        let items = feed.items(browser).await?;
        Ok(items.len() > 4 && items.iter().all(|item| item.line.is_some()))
    })
    .await?;
    take(browser, dark, &format!("{name}-{width}")).await?;
    for item in feed.items(browser).await? {
        let mark = item.mark(browser).await?.unwrap_or_default();
        if mark.kinds.contains("suggested") && !item.folded() {
            browser.click(&item.button(browser, "markWhyShort").await?).await?;
            let host = "html > div[style*='2147483647']";
            wait_for("the receipt", SOON, || async { Ok(!browser.find_all(host).await?.is_empty()) }).await?;
            return take(browser, dark, &format!("{name}-receipt-{width}")).await;
        }
    }
    anyhow::bail!("no suggestion stands at the head of {name}")
}

/// The popup of a tab, in the room that a popup has.
async fn popup(browser: &Browser, dark: bool, url: &str, name: &str) -> Result<()> {
    browser.goto(url).await?;
    let tab = browser.tab().await?;
    let script = "return (await chrome.tabs.query({})).find((tab) => tab.url === arguments[0]).id";
    let id: u32 = in_extension(browser, script, vec![json!(url)]).await?;
    browser.open_tab().await?;
    browser.viewport(380, 600).await?;
    browser.extension_page(&format!("extension/pages/popup.html?tab={id}")).await?;
    browser.wait_for_js("document.querySelectorAll('.companies li').length > 0", SOON).await?;
    take(browser, dark, &format!("popup-{name}")).await?;
    browser.close_tab(&tab).await
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
            browser.quit().await?;
        }
        Ok(())
    })
}
