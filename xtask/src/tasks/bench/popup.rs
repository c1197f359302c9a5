//! `cargo xtask bench popup`: how long the popup takes from its navigation until its numbers stand in the document, warm, in
//! both browsers.
//!
//! It is opened in a window of its size beside a feed, and every opening must first show the right numbers: what the content
//! script and the background answer when they are asked. What this deliberately does not do: open the toolbar's own popup,
//! which only one of the two browsers lets anybody drive.

use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::budget;
use super::opening::{self, Opening, Page};
use crate::browser::{Fixtures, Which, wait_for};
use crate::{replica, root};

/// The replica's page, where the extension has a feed and trackers.
const PAGE: &str = "https://x.com/home";
/// How long the page and the extension may take until everything is counted.
const SOON: std::time::Duration = std::time::Duration::from_secs(60);
/// What the popup must show: all requests and what became of them, and the feed's parts.
const TRUTH: &str = "const [tab] = (await chrome.tabs.query({})).filter((tab) => tab.url === arguments[0]);
    const { made } = await chrome.tabs.sendMessage(tab.id, { ask: 'found' });
    const { counts } = await chrome.runtime.sendMessage({ ask: 'tab', tab: tab.id });
    return { tab: tab.id, made, counts };";

/// What stands there when the popup has told: what became of requests, and what the feed is made of.
const NUMBERS: [&str; 2] = ["[aria-labelledby=glance] .tally b", "[aria-labelledby=glance] .made > p"];

/// Measures `times` openings in each browser; the extension is the one in `dist/`.
///
/// # Errors
/// If the popup shows wrong numbers, the extension is not built, or the median is over its budget.
pub fn popup(times: usize) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    let mut over = Vec::new();
    println!("the popup, from its navigation to its numbers (ms by its clock), {times} openings");
    opening::head();
    for which in Which::BOTH {
        let openings = runtime.block_on(measure(which, times)).with_context(|| format!("in {which:?}"))?;
        let middle = opening::print(&format!("{which:?}"), &openings);
        if middle > budget::POPUP.budget {
            over.push(format!("{which:?}"));
        }
    }
    println!("  budget {:.0}, aim {:.0}", budget::POPUP.budget, budget::POPUP.aim);
    ensure!(over.is_empty(), "over budget: {}", over.join(", "));
    Ok(())
}

async fn measure(which: Which, times: usize) -> Result<Vec<Opening>> {
    let web = Fixtures::start().await?;
    let www = root().join("target/bench/replicas");
    let _ = fs::remove_dir_all(&www);
    replica::write(&root().join("demo"), &www)?;
    replica::serve(&web, &www)?;
    let browser = opening::awake(which, &web).await?;
    browser.goto(PAGE).await?;
    browser.open_window().await?;
    browser.extension_page("extension/frame/frame.html").await?;
    wait_for("the page to be counted", SOON, || async {
        let now: Value = browser.eval_async(TRUTH, vec![json!(PAGE)]).await?;
        Ok(now["counts"]["requests"].as_u64() > Some(0) && now["made"]["sponsored"].as_u64() > Some(0))
    })
    .await?;
    let truth: Value = browser.eval_async(TRUTH, vec![json!(PAGE)]).await?;
    let address = format!("extension/pages/popup.html?tab={}", truth["tab"]);
    let all = opening::open(&browser, Page { address: &address, size: (380, 600), signs: &NUMBERS }, times).await?;
    let now: Value = browser.eval_async(TRUTH, vec![json!(PAGE)]).await?;
    ensure!(now == truth, "the page went on while the popup was measured: {truth} became {now}");
    for opening in &all {
        is_right(opening, &truth)?;
    }
    browser.quit().await?;
    Ok(all)
}

/// Holds the numbers of an opening against the truth.
fn is_right(opening: &Opening, truth: &Value) -> Result<()> {
    let of = |value: &Value| value.as_u64().unwrap_or_default();
    let (made, counts) = (&truth["made"], &truth["counts"]);
    let [sponsored, suggested, followed, unknown] =
        ["sponsored", "suggested", "followed", "unknown"].map(|part| of(&made[part]));
    let ends = ["requests", "stopped", "others", "through", "notSeen"].map(|end| of(&counts[end]));
    let mut wanted: Vec<String> = ends.into_iter().filter(|count| *count > 0).map(|count| count.to_string()).collect();
    let all = sponsored + suggested + followed + unknown;
    let put = format!("{} of {all} ", sponsored + suggested);
    let sentence = opening.says.iter().find(|said| said.contains(" of "));
    ensure!(sentence.is_some_and(|said| said.starts_with(&put)), "{:?} does not begin with {put:?}", opening.says);
    let mut said: Vec<String> = opening.says.iter().filter(|said| !said.contains(" of ")).cloned().collect();
    wanted.sort_unstable();
    said.sort_unstable();
    ensure!(said == wanted, "the popup says {said:?}, and {wanted:?} is so");
    Ok(())
}
