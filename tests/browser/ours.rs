//! The extension asked from its own side: what its content script found, what is stored, what its popup is about.
//!
//! All of it happens on a page of the extension, in a tab that is opened for the question and closed again, so that the
//! page under test is left alone. The questions are those that the popup itself asks.

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use xtask::browser::{Browser, Tab};

use super::SOON;

/// What the content script answers to the popup.
#[derive(Debug, Deserialize)]
pub(crate) struct Found {
    pub(crate) active: bool,
    pub(crate) items: usize,
    pub(crate) core: String,
    found: Vec<Count>,
}

#[derive(Debug, Deserialize)]
struct Count {
    kind: String,
    act: String,
    count: usize,
}

impl Found {
    /// How many items were found to be of this kind.
    pub(crate) fn kind(&self, kind: &str) -> usize {
        self.found.iter().filter(|one| one.kind == kind).map(|one| one.count).sum()
    }

    /// How many items of this kind this was done with.
    pub(crate) fn done(&self, kind: &str, act: &str) -> usize {
        self.found.iter().filter(|one| one.kind == kind && one.act == act).map(|one| one.count).sum()
    }
}

/// Runs the body of an async function on a page of the extension, in a tab that is closed again.
pub(crate) async fn in_extension<T: DeserializeOwned>(
    browser: &Browser,
    script: &str,
    arguments: Vec<Value>,
) -> Result<T> {
    let before = browser.tab().await?;
    browser.open_tab().await?;
    // The quietest page there is: it asks nobody for anything by itself, as the popup does.
    browser.extension_page("extension/frame/frame.html").await?;
    let answer = browser.eval_async(script, arguments).await;
    browser.close_tab(&before).await?;
    answer
}

/// What the content script of the tab at this address found; none if none answers.
pub(crate) async fn found(browser: &Browser, url: &str) -> Result<Option<Found>> {
    let script = "const tabs = (await chrome.tabs.query({})).filter((tab) => tab.url === arguments[0]);
        if (tabs.length !== 1) throw new Error(`${tabs.length} tabs are at ${arguments[0]}`);
        return chrome.tabs.sendMessage(tabs[0].id, { ask: 'found' }).catch(() => null);";
    in_extension(browser, script, vec![json!(url)]).await
}

/// Stores settings as the popup does: de-ranking on or off, and acts for some groups; pressure is treated as bait is.
pub(crate) async fn choose(browser: &Browser, derank: bool, [sponsored, suggested, bait]: [&str; 3]) -> Result<()> {
    let acts = json!({ "sponsored": sponsored, "suggested": suggested, "bait": bait, "pressure": bait });
    let settings = json!({ "version": 1, "derank": derank, "sites": {}, "acts": acts });
    in_extension(browser, "await chrome.storage.local.set({ settings: arguments[0] })", vec![settings]).await
}

/// Wakes the background and waits until its core answers: what comes before it is up is "not seen".
pub(crate) async fn wake(browser: &Browser) -> Result<()> {
    let ask = "return (await chrome.runtime.sendMessage({ ask: 'tab', tab: -1 })) !== null";
    let answers: bool = in_extension(browser, ask, vec![]).await?;
    ensure!(answers, "the background does not answer");
    Ok(())
}

/// Opens the popup for the page at this address in a tab of its own; the tab that was in front before comes back.
pub(crate) async fn open_popup(browser: &Browser, url: &str) -> Result<Tab> {
    let script = "return (await chrome.tabs.query({})).filter((tab) => tab.url === arguments[0]).map((tab) => tab.id)";
    let ids: Vec<u32> = in_extension(browser, script, vec![json!(url)]).await?;
    let id = ids.first().with_context(|| format!("no tab is at {url}"))?;
    let before = browser.tab().await?;
    browser.open_tab().await?;
    browser.extension_page(&format!("extension/pages/popup.html?tab={id}")).await?;
    browser.wait_for_js("document.querySelector('main')", SOON).await?;
    Ok(before)
}
