//! The diary as it is stored: what became of every request and what feeds were made of, through deaths of the background;
//! what was kept before is taken over; what is forgotten is gone, and comes back only from a file.
//!
//! It is read as the person reads it, as the file that they take away. The truth is what reached the server, and what the
//! content script found.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xtask::browser::{Browser, Fixtures, Request, Response, wait_for};

use super::ours::{found, in_extension, wake};
use super::private::{let_in, open_private_window};
use super::sight::{X, serve_replicas};
use super::{SOON, Scene, in_both};

/// A list stops it, and its company is known.
pub(crate) const LISTED: &str = "sb.scorecardresearch.com";
/// Its company is known, and it passes.
pub(crate) const PASSES: &str = "api.leadinfo.com";

/// The module by which pages of ours write and read files, with the wasm that it needs.
pub(crate) const FILES: &str = "const { default: init } = await import(chrome.runtime.getURL('build/pages.js'));
    await init({ module_or_path: fetch(chrome.runtime.getURL('build/pages_bg.wasm')) });
    const files = await import(chrome.runtime.getURL('extension/pages/diary.js'));";

/// Carries out an order about the diary.
async fn order(browser: &Browser, order: Value) -> Result<Value> {
    let report: Value = in_extension(
        browser,
        "return chrome.runtime.sendMessage({ ask: 'diary', ...arguments[0] })",
        vec![order.clone()],
    )
    .await?;
    ensure!(report["open"] == true && report["full"] == false && report["aside"] == 0, "{order}: {report}");
    Ok(report)
}

/// The whole diary as a file.
pub(crate) async fn exported(browser: &Browser) -> Result<String> {
    order(browser, json!({ "order": "state" })).await?;
    in_extension(browser, &format!("{FILES} return files.written()"), vec![]).await
}

/// Takes a file in; why it was refused, or nothing.
pub(crate) async fn take_in(browser: &Browser, text: &str) -> Result<Option<String>> {
    in_extension(browser, &format!("{FILES} return await files.takeIn(arguments[0]) ?? null"), vec![text.into()]).await
}

/// The rows of a site, of all periods.
pub(crate) async fn rows(browser: &Browser, site: &str) -> Result<Vec<Value>> {
    let file: Value = serde_json::from_str(&exported(browser).await?)?;
    let sheets = file["sheets"].as_object().context("no sheets")?;
    Ok(sheets.values().filter_map(|sheet| sheet.get(site)).cloned().collect())
}

/// Pages, and requests that were made, stopped, stopped by others and let through, of a site.
async fn met(browser: &Browser, site: &str) -> Result<[u64; 5]> {
    let rows = rows(browser, site).await?;
    let count = |name: &str| {
        let companies = rows.iter().filter_map(|row| row["companies"].as_object()).flat_map(|it| it.values());
        companies.filter_map(|counts| counts[name].as_u64()).sum::<u64>()
    };
    let pages = rows.iter().filter_map(|row| row["pages"].as_u64()).sum();
    Ok([pages, count("requests"), count("stopped"), count("others"), count("through")])
}

pub(crate) async fn holds(browser: &Browser, site: &str, wanted: [u64; 5]) -> Result<()> {
    let waited = wait_for("the diary", SOON, || async { Ok(met(browser, site).await? == wanted) }).await;
    ensure!(waited.is_ok(), "the diary has {:?} of {site} instead of {wanted:?}", met(browser, site).await?);
    Ok(())
}

/// A web in which every page is empty, and every tracker answers with a picture.
pub(crate) fn serve(web: &Fixtures) {
    web.on("*", |request: &Request| {
        Some(if request.path.starts_with("/p.svg") {
            Response::new("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'/>")
                .with("Cache-Control", "no-store")
        } else {
            Response::html("<!doctype html><title>page</title><link rel=icon href=data:,>")
        })
    });
}

/// Has the page that is open ask both hosts, and waits until both requests are over.
pub(crate) async fn ask_both(browser: &Browser) -> Result<()> {
    let ask = "await Promise.all(arguments[0].map((host) => new Promise((done) => {
        const picture = new Image();
        picture.onload = picture.onerror = done;
        picture.src = `https://${host}/p.svg?${performance.now()}`;
    })))";
    browser.eval_async::<()>(ask, vec![json!([LISTED, PASSES])]).await
}

/// Visits a page that asks both hosts.
pub(crate) async fn visit(web: &Fixtures, browser: &Browser, host: &str) -> Result<()> {
    web.forget();
    browser.goto(&format!("https://{host}/")).await?;
    ask_both(browser).await?;
    ensure!(web.requests_to(LISTED).is_empty() && web.requests_to(PASSES).len() == 1, "not as the lists say");
    Ok(())
}

#[test]
fn every_request_is_in_the_diary_once_also_when_the_background_dies() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve(&web);
        // As a release before kept it.
        let former = json!({ "old.example": { "Loud": { "requests": 7, "stopped": 3, "others": 0, "through": 4 } } });
        let script = "await chrome.storage.local.remove('diary-moved'); await chrome.storage.local.set({ 'day:20100': arguments[0] })";
        wake(&browser).await?;
        in_extension::<()>(&browser, script, vec![former]).await?;
        browser.kill_background().await?;
        wake(&browser).await?;
        holds(&browser, "old.example", [0, 7, 3, 0, 4]).await?;
        let script = "return Object.keys(await chrome.storage.local.get(null)).filter((key) => key.startsWith('day:'))";
        let left: Vec<String> = in_extension(&browser, script, vec![]).await?;
        ensure!(left.is_empty(), "what was taken over is still there: {left:?}");
        for times in 1..=3 {
            for site in ["shop.example", "blog.example"] {
                visit(&web, &browser, &format!("www.{site}")).await?;
                holds(&browser, site, [times, 2 * times, times, 0, times]).await?;
            }
            browser.kill_background().await?;
            wake(&browser).await?;
        }
        holds(&browser, "shop.example", [3, 6, 3, 0, 3]).await?;
        holds(&browser, "old.example", [0, 7, 3, 0, 4]).await?;

        // What is forgotten is gone; a site that is never to be written down is not; a file brings back what it holds, once.
        let file = exported(&browser).await?;
        order(&browser, json!({ "order": "forget-site", "site": "www.shop.example" })).await?;
        let never = json!({ "never": ["blog.example"] });
        in_extension::<()>(&browser, "await chrome.storage.local.set({ diary: arguments[0] })", vec![never]).await?;
        browser.kill_background().await?;
        wake(&browser).await?;
        visit(&web, &browser, "www.blog.example").await?;
        visit(&web, &browser, "www.shop.example").await?;
        holds(&browser, "shop.example", [1, 2, 1, 0, 1]).await?;
        holds(&browser, "blog.example", [3, 6, 3, 0, 3]).await?;
        for _ in 0..2 {
            ensure!(take_in(&browser, &file).await?.is_none(), "the file is refused");
            holds(&browser, "shop.example", [3, 6, 3, 0, 3]).await?;
            holds(&browser, "blog.example", [3, 6, 3, 0, 3]).await?;
            holds(&browser, "old.example", [0, 7, 3, 0, 4]).await?;
        }
        let before = exported(&browser).await?;
        for (text, why) in [("{}".to_owned(), "foreign"), (file.replace("\"form\":1", "\"form\":2"), "newer")] {
            let refused = take_in(&browser, &text).await?;
            ensure!(refused.as_deref() == Some(why), "{refused:?} instead of {why}");
        }
        ensure!(exported(&browser).await? == before, "a file that was refused changed something");
        order(&browser, json!({ "order": "forget-all" })).await?;
        holds(&browser, "shop.example", [0; 5]).await?;
        holds(&browser, "old.example", [0; 5]).await?;
        browser.quit().await
    })
}

/// What the diary says of X's feed: all items, those that are paid for, and the seconds on its site.
async fn fed(browser: &Browser) -> Result<[u64; 3]> {
    let rows = rows(browser, "x.com").await?;
    let count = |name: &str| rows.iter().filter_map(|row| row["feeds"]["x"][name].as_u64()).sum::<u64>();
    let items = ["sponsored", "suggested", "followed", "unknown"].map(count).into_iter().sum();
    Ok([items, count("sponsored"), rows.iter().filter_map(|row| row["seconds"].as_u64()).sum()])
}

/// Waits until the diary has of the feed what the content script found, and says how long it was looked at.
async fn agrees(browser: &Browser) -> Result<u64> {
    let told = async || {
        let found = found(browser, X.url).await?.context("no content script answers")?;
        let [items, ads, seconds] = fed(browser).await?;
        Ok::<_, anyhow::Error>((seconds, [items, ads], [found.items as u64, found.kind("sponsored") as u64]))
    };
    let same = wait_for("the feed in the diary", SOON, || async {
        let (_, diary, page) = told().await?;
        Ok(diary == page && diary[1] > 0)
    });
    let waited = same.await;
    let (seconds, diary, page) = told().await?;
    ensure!(waited.is_ok(), "items and advertisements: the diary has {diary:?}, the page {page:?}");
    Ok(seconds)
}

#[test]
fn a_feed_is_in_the_diary_once_however_often_it_is_told() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve_replicas(&web)?;
        wake(&browser).await?;
        browser.goto(X.url).await?;
        X.marked(&browser, 4).await?;
        agrees(&browser).await?;
        let before = fed(&browser).await?;
        for _ in 0..2 {
            browser.kill_background().await?;
            wake(&browser).await?;
            browser.eval::<()>("scrollBy(0, innerHeight * 3)", vec![]).await?;
            agrees(&browser).await?;
        }
        let after = fed(&browser).await?;
        ensure!(after[0] > before[0] && after[2] > 0, "from {before:?} to {after:?}");
        // The page is still open and goes on, and nothing of it comes back.
        order(&browser, json!({ "order": "forget-site", "site": "x.com" })).await?;
        browser.eval::<()>("scrollBy(0, -innerHeight * 3)", vec![]).await?;
        tokio::time::sleep(SOON / 4).await;
        ensure!(fed(&browser).await? == [0, 0, 0], "it came back: {:?}", fed(&browser).await?);
        // Opened anew it is counted.
        browser.goto(X.url).await?;
        X.marked(&browser, 4).await?;
        agrees(&browser).await?;
        browser.quit().await
    })
}

#[test]
fn nothing_of_a_private_window_is_in_the_diary() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve_replicas(&web)?;
        let browser = let_in(browser, &web).await?;
        wake(&browser).await?;
        let open = browser.tab().await?;
        open_private_window(&browser).await?;
        let visit = async || {
            browser.goto(X.url).await?;
            X.marked(&browser, 4).await?;
            browser.eval::<()>("scrollBy(0, innerHeight * 3)", vec![]).await?;
            tokio::time::sleep(SOON / 4).await;
            Ok::<_, anyhow::Error>(())
        };
        visit().await?;
        browser.switch_to(&open).await?;
        let file: Value = serde_json::from_str(&exported(&browser).await?)?;
        ensure!(file["sheets"] == json!({}), "{file}");
        visit().await?;
        ensure!(fed(&browser).await?[0] > 0, "the same in an open window is not in the diary");
        browser.quit().await
    })
}
