//! The popup's "something is broken?", pressed through as a person would: the page is looked at, the popup is told what one
//! sees, and at the end the fewest companies are let through that the page needs.
//!
//! What the page needs is known to the server alone: whoever else was let through meanwhile is stopped again.

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use xtask::browser::{Browser, Fixtures, Response, wait_for};

use super::ours::{in_extension, open_popup, wake};
use super::sight::says;
use super::{SOON, Scene, in_both};

const SITE: &str = "news.example";
const PAGE: &str = "https://news.example/";

/// Five companies, each with a script of it that is stopped (EasyPrivacy, as third parties).
const COMPANIES: [(&str, &str); 5] = [
    ("Contentsquare", "static.hotjar.com"),
    ("Microsoft", "www.clarity.ms"),
    ("Cloudflare", "static.cloudflareinsights.com"),
    ("Yandex", "mc.yandex.ru"),
    ("Pinterest", "ct.pinterest.com"),
];

/// A page that works if and only if the scripts of these hosts came.
fn serve(web: &Fixtures, needed: &[&str]) {
    let scripts: String =
        COMPANIES.iter().map(|(_, host)| format!("<script src=https://{host}/needed.js></script>")).collect();
    let count = needed.len();
    let page = format!(
        "<!doctype html><title>loading</title><link rel=icon href=data:,><script>globalThis.came = 0</script>{scripts}
        <script>document.title = came === {count} ? 'works' : 'is broken'</script>"
    );
    web.page(SITE, "/", Response::html(page));
    for (_, host) in COMPANIES {
        let script = if needed.contains(&host) { "came += 1" } else { "" };
        web.page(host, "/needed.js", Response::new("text/javascript", script));
    }
}

/// Which of the companies the page reaches, by its hosts.
fn reached(web: &Fixtures) -> Vec<&'static str> {
    COMPANIES.into_iter().map(|(_, host)| host).filter(|host| !web.requests_to(host).is_empty()).collect()
}

/// What the search says now.
async fn said(browser: &Browser) -> Result<String> {
    browser.eval("return document.querySelector('.broken')?.textContent ?? ''", vec![]).await
}

/// Presses the button of the search that says this.
async fn press(browser: &Browser, key: &str) -> Result<()> {
    for button in browser.find_all(".broken button").await? {
        if browser.text(&button).await? == says(key, &[]) {
            return browser.click(&button).await;
        }
    }
    bail!("no button says {:?}: {}", says(key, &[]), said(browser).await?)
}

/// Presses through the whole search; its last words come back, and how often the page was looked at.
async fn search(web: &Fixtures, browser: &Browser) -> Result<(String, usize)> {
    browser.goto(PAGE).await?;
    let page = open_popup(browser, PAGE).await?;
    let popup = browser.tab().await?;
    wait_for("all companies to be told", SOON, || async {
        Ok(browser.find_all(".companies > li").await?.len() == COMPANIES.len())
    })
    .await?;
    web.forget();
    press(browser, "popupBroken").await?;
    // More answers than these the search never needs: five companies are let through one by one and taken back.
    for looked in 0..20 {
        let arrived = || async { Ok(!web.requests_to(SITE).is_empty()) };
        wait_for("the page to be loaded again", SOON, arrived).await?;
        browser.switch_to(&page).await?;
        browser.wait_for_js("['works', 'is broken'].includes(document.title)", SOON).await?;
        let works = browser.title().await? == "works";
        browser.switch_to(&popup).await?;
        let words = said(browser).await?;
        if !words.contains(&says("popupBrokenAsk", &[])) {
            browser.close_tab(&page).await?;
            return Ok((words, looked));
        }
        web.forget();
        press(browser, if works { "popupBrokenWorks" } else { "popupBrokenStill" }).await?;
    }
    bail!("the search has no end: {}", said(browser).await?)
}

/// Who is let through on the site from now on.
async fn kept(browser: &Browser) -> Result<Vec<String>> {
    let script = "const { protection } = await chrome.storage.local.get('protection');
        return Object.keys(protection?.sites?.[arguments[0]]?.companies ?? {}).sort();";
    in_extension(browser, script, vec![json!(SITE)]).await
}

#[test]
fn a_search_keeps_the_fewest_companies_that_the_page_needs() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        wake(&browser).await?;
        for needed in [&COMPANIES[2..3], &COMPANIES[3..5]] {
            let hosts: Vec<&str> = needed.iter().map(|(_, host)| *host).collect();
            let mut names: Vec<&str> = needed.iter().map(|(name, _)| *name).collect();
            serve(&web, &hosts);
            let (words, looked) = search(&web, &browser).await?;
            names.sort_unstable();
            ensure!(kept(&browser).await? == names, "{:?} are kept, and it says {words:?}", kept(&browser).await?);
            let told = says("popupBrokenKept", &[SITE, "|"]);
            let (before, after) = told.split_once('|').context("the companies have a place")?;
            let list = words.strip_prefix(before).and_then(|rest| rest.strip_suffix(after)).context(words.clone())?;
            let mut list: Vec<&str> = list.split(", ").collect();
            list.sort_unstable();
            ensure!(list == names, "it says {words:?}");
            println!("{names:?} in {looked} looks");
            // What was tried in the tab is taken back within a second; from then on nothing is lost.
            let tried =
                "return Object.keys(await chrome.storage.session.get(null)).some((key) => key.startsWith('through:'))";
            wait_for("what was tried to be taken back", SOON, || async {
                Ok(!in_extension::<bool>(&browser, tried, vec![]).await?)
            })
            .await?;
            browser.kill_background().await?;
            // On every later visit the page works, and nobody else comes.
            web.forget();
            browser.goto("about:blank").await?;
            browser.goto(PAGE).await?;
            ensure!(browser.title().await? == "works", "later the page is broken");
            ensure!(reached(&web) == hosts, "later these are reached: {:?}", reached(&web));
            let none =
                "await chrome.storage.local.remove('protection'); await chrome.runtime.sendMessage({ ask: 'state' })";
            in_extension::<Value>(&browser, none, vec![]).await?;
        }
        browser.quit().await
    })
}

#[test]
fn a_page_that_is_broken_without_us_is_said_to_be_and_nobody_stays_let_through() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        wake(&browser).await?;
        serve(&web, &["nobody.example"]);
        let (words, _) = search(&web, &browser).await?;
        ensure!(words == says("popupBrokenNotUs", &[]), "it says {words:?}");
        ensure!(kept(&browser).await?.is_empty(), "{:?} are kept", kept(&browser).await?);
        web.forget();
        browser.goto(PAGE).await?;
        ensure!(reached(&web).is_empty(), "these are still reached: {:?}", reached(&web));
        browser.quit().await
    })
}
