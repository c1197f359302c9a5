//! Pages that take away the frame in which Chromium has our core: what was asked has its answer all the same, from
//! another frame, and who takes away every frame is left alone.
//!
//! In Firefox there is no such frame, and the same pages are read as any other.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xtask::browser::{Browser, Which, wait_for};

use super::ours::{choose, in_extension};
use super::sight::X;
use super::small::{cell, feed_of, serve_small};
use super::{SOON, Scene, in_both};

/// Takes away (or elsewhere) the first so many elements that stand beside the body, so long after each came.
fn taking(most: u32, after: u32, how: &str) -> String {
    format!(
        "window.taken = 0;
         const take = (node) => {{ {how}; }};
         const look = (node) => {{
           if (node.localName !== 'div' || window.taken >= {most}) return;
           window.taken += 1;
           if ({after} === 0) take(node); else setTimeout(() => take(node), {after});
         }};
         for (const node of [...document.documentElement.children]) look(node);
         new MutationObserver((changes) => {{
           for (const {{ addedNodes }} of changes) for (const node of addedNodes) look(node);
         }}).observe(document.documentElement, {{ childList: true }});"
    )
}

/// How many frames the page took away.
async fn taken(browser: &Browser) -> Result<u32> {
    browser.eval("return window.taken", vec![]).await
}

#[test]
fn what_was_asked_of_a_core_that_a_page_took_away_is_asked_again() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let posts: String = (101..104).map(|id| cell(id, "someone", "Good morning.", id == 102)).collect();
        choose(&browser, true, ["lower", "lower", "lower"]).await?;
        for (when, after, how) in [
            ("before it is there", 0, "node.remove()"),
            ("while it is asked", 30, "node.remove()"),
            ("while it is asked, a little later", 80, "node.remove()"),
            ("to another place", 30, "document.body.append(node)"),
            ("with all of the page's head", 30, "document.documentElement.replaceChildren(document.body)"),
        ] {
            serve_small(&web, &feed_of(&posts), &taking(1, after, how));
            browser.goto(X.url).await?;
            X.marked(&browser, 3).await.with_context(|| format!("taken away {when}"))?;
            let folded = async || {
                Ok::<_, anyhow::Error>(X.items(&browser).await?.iter().map(|it| it.folded).collect::<Vec<_>>())
            };
            wait_for("the advertisement to be folded", SOON, || async { Ok(folded().await? == [false, true, false]) })
                .await
                .with_context(|| format!("taken away {when}"))?;
            let wanted = u32::from(browser.which() == Which::Chromium);
            let taken = taken(&browser).await?;
            ensure!(taken == wanted, "{when}: {taken} frames were taken away, so not what was to be tried");
        }
        browser.quit().await
    })
}

#[test]
fn a_page_that_takes_every_core_away_is_left_alone_after_the_second() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let posts: String = (101..104).map(|id| cell(id, "someone", "Good morning.", id == 102)).collect();
        choose(&browser, true, ["lower", "lower", "lower"]).await?;
        serve_small(&web, &feed_of(&posts), &taking(1000, 0, "node.remove()"));
        browser.goto(X.url).await?;
        if browser.which() == Which::Firefox {
            X.marked(&browser, 3).await?;
            return browser.quit().await;
        }
        wait_for("two frames to be taken away", SOON, || async { Ok(taken(&browser).await? >= 2) }).await?;
        // The script is alive and answers, and has asked for no third.
        let ask = "const tab = (await chrome.tabs.query({})).find(({ url }) => url === arguments[0]);
            return chrome.tabs.sendMessage(tab.id, { ask: 'found' })";
        let told: Value = in_extension(&browser, ask, vec![json!(X.url)]).await?;
        ensure!(told["active"] == false && told["items"] == 0, "without a core, and it tells {told}");
        // Two for the question; the one before them went before anything was asked, or was asked itself.
        let taken = taken(&browser).await?;
        ensure!((2..=3).contains(&taken), "{taken} frames were made for a page that takes them all away");
        ensure!(X.items(&browser).await?.iter().all(|it| !it.folded), "something is folded");
        browser.quit().await
    })
}
