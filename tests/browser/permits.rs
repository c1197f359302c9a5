//! Sites that the browser withholds from the extension, as people can have it in both: it is said, and asked for on a
//! click, and nothing that was not seen is called nothing.
//!
//! It is withheld and given as the browsers' own pages for extensions do it; in Firefox it is given by the popup's button
//! as well. Chromium asks in a window of its own there, which no driver can answer.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xtask::browser::{Browser, Options, Response, Which};

use super::looks::take;
use super::ours::{in_extension, wake};
use super::sight::says;
use super::{SOON, Scene, in_both_with};

const URL: &str = "https://news.example/";
const ALL: &str = "<all_urls>";
/// Firefox asks in a window of its own, unless it is told that the person says yes.
const YES: &str = "extensions.webextOptionalPermissionPrompts";

/// Has the browser withhold all sites, or give those that match a pattern.
async fn give(browser: &Browser, pattern: Option<&str>) -> Result<()> {
    let id = browser.extension_id()?.to_owned();
    if browser.which() == Which::Firefox {
        let script = "const [id, all, given] = arguments;
            const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
            const { extension } = WebExtensionPolicy.getByID(id);
            return (async () => {
              await ExtensionPermissions.remove(id, { permissions: [], origins: [all, ...extension.allowedOrigins.patterns.map(({ pattern }) => pattern)] }, extension);
              if (given) await ExtensionPermissions.add(id, { permissions: [], origins: [given] }, extension);
              return true;
            })();";
        return browser.privileged::<bool>(script, vec![json!(id), json!(ALL), json!(pattern)]).await.map(drop);
    }
    let before = browser.tab().await?;
    browser.open_tab().await?;
    browser.goto("chrome://extensions/").await?;
    let script = "const [extensionId, all, given] = arguments;
        const hostAccess = given === all ? 'ON_ALL_SITES' : given ? 'ON_SPECIFIC_SITES' : 'ON_CLICK';
        await chrome.developerPrivate.updateExtensionConfiguration({ extensionId, hostAccess });
        if (given && given !== all) await chrome.developerPrivate.addHostPermission(extensionId, given);
        return true";
    browser.eval_async::<bool>(script, vec![json!(id), json!(ALL), json!(pattern)]).await?;
    browser.close_tab(&before).await
}

/// All that the popup says, once it says this.
async fn told(browser: &Browser, words: &str) -> Result<String> {
    let wanted = format!("document.body.textContent.includes({})", json!(words));
    browser.wait_for_js(&wanted, SOON).await.with_context(|| format!("{words:?} is not said"))?;
    browser.eval("return document.body.textContent", vec![]).await
}

#[test]
fn what_the_browser_withholds_is_said_and_asked_for_and_never_called_nothing() -> Result<()> {
    in_both_with(
        |_, options| Ok(Options { prefs: vec![(YES.to_owned(), json!(false))], ..options }),
        async |Scene { web, browser }| {
            let page = "<!doctype html><title>news</title><link rel=icon href=data:,>
                <script src=https://www.google-analytics.com/analytics.js></script>";
            web.page("news.example", "/", Response::html(page));
            wake(&browser).await?;
            browser.goto(URL).await?;
            let script = "return (await chrome.tabs.query({})).find((tab) => tab.url === arguments[0]).id";
            let id: u32 = in_extension(&browser, script, vec![json!(URL)]).await?;
            let popup = format!("extension/pages/popup.html?tab={id}");

            give(&browser, None).await?;
            browser.reload().await?;
            let page = browser.tab().await?;
            let shown = browser.open_tab().await?;
            browser.extension_page(&popup).await?;
            let all = told(&browser, &says("popupNotPermitted", &[])).await?;
            for said in ["popupPermit", "popupNotCounted", "popupFeedNotKnown"] {
                ensure!(all.contains(&says(said, &[])), "{said} is not said: {all}");
            }
            for unsaid in ["popupNoTrackers", "popupNoFeed", "popupNoPage"] {
                ensure!(!all.contains(&says(unsaid, &[])), "{unsaid} is said: {all}");
            }
            ensure!(browser.find_all(".tally").await?.is_empty(), "something is counted: {all}");
            browser.viewport(360, 640).await?;
            take(&browser, false, "popup-withheld-360").await?;

            // This site alone: then requests to others are still not seen.
            give(&browser, Some("https://news.example/*")).await?;
            browser.switch_to(&page).await?;
            browser.reload().await?;
            browser.switch_to(&shown).await?;
            browser.extension_page(&popup).await?;
            let all = told(&browser, &says("popupNotPermittedAll", &[])).await?;
            ensure!(all.contains(&says("popupNotCounted", &[])), "what is counted passes for all: {all}");
            ensure!(!all.contains(&says("popupNoTrackers", &[])), "what is not seen is called nothing: {all}");

            let button = browser.find(".permit button").await?;
            match browser.which() {
                Which::Firefox => browser.click(&button).await?,
                Which::Chromium => give(&browser, Some(ALL)).await?,
            }
            browser.wait_for_js("document.querySelector('.permit') === null", SOON).await?;
            told(&browser, &says("popupReloadHint", &[])).await?;
            let mark = "for (const button of document.querySelectorAll('button')) if (button.textContent === arguments[0]) button.id = 'reload'";
            browser.eval::<Value>(mark, vec![json!(says("popupReload", &[]))]).await?;
            browser.click(&browser.find("#reload").await?).await?;
            let seen = "document.querySelector('.companies > li') !== null";
            browser.wait_for_js(seen, SOON).await.context("nothing is counted once all may be read")?;
            browser.quit().await
        },
    )
}
