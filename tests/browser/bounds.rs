//! Messages and chats are never read: the law of this product, held where people write to each other.
//!
//! The replicas' messages stand in the very marks that feeds have, full of bait, so that a careless reader would speak.
//! Nothing of ours may stand there, the content script must say that it rests, and what the page's server sends on
//! other paths must have no effect on anything, even if it looks like a feed's data from its first byte to its last.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xtask::browser::{Browser, Response, wait_for};

use super::ours::found;
use super::sight::{REDDIT, X, replica_says, serve_replicas};
use super::small::{cell, feed_of, serve_small, timeline};
use super::{SOON, Scene, in_both};

/// How many elements of ours stand in the page's body.
async fn ours(browser: &Browser) -> Result<usize> {
    let script = "return [...document.body.querySelectorAll('div')]
        .filter((one) => one.style.cssText.includes('!important')).length";
    browser.eval(script, vec![]).await
}

/// The content script says that it rests, and nothing of ours stands in the page.
async fn rests(browser: &Browser, url: &str) -> Result<()> {
    wait_for("the content script to rest", SOON, || async {
        Ok(found(browser, url).await?.is_some_and(|found| !found.active && found.items == 0))
    })
    .await?;
    ensure!(ours(browser).await? == 0, "{} elements of ours stand among messages", ours(browser).await?);
    Ok(())
}

#[test]
fn messages_of_x_are_out_of_bounds_by_navigation_and_by_loading() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve_replicas(&web)?;
        browser.goto(X.url).await?;
        X.marked(&browser, 3).await?;
        ensure!(
            ours(&browser).await? > 2,
            "at home nothing of ours is found, so that to find none elsewhere says nothing"
        );
        // As a person goes there: the page stays, its address and its nodes change.
        browser.click(&browser.find("[data-testid=AppTabBar_DirectMessage_Link]").await?).await?;
        browser.wait_for_js("document.querySelectorAll('[data-testid=messageEntry]').length > 2", SOON).await?;
        rests(&browser, "https://x.com/messages").await?;
        ensure!(replica_says(&browser).await? == "ok", "the chat was changed: {}", replica_says(&browser).await?);
        browser.click(&browser.find("[data-testid=AppTabBar_Home_Link]").await?).await?;
        X.marked(&browser, 3).await?;
        ensure!(found(&browser, X.url).await?.is_some_and(|found| found.active), "back at home it still rests");
        browser.eval::<Value>("history.back()", vec![]).await?;
        browser.wait_for_js("document.querySelectorAll('[data-testid=messageEntry]').length > 2", SOON).await?;
        rests(&browser, "https://x.com/messages").await?;
        browser.goto("https://x.com/messages").await?;
        browser.wait_for_js("document.querySelectorAll('[data-testid=messageEntry]').length > 2", SOON).await?;
        rests(&browser, "https://x.com/messages").await?;
        browser.quit().await
    })
}

#[test]
fn chats_and_the_inbox_of_reddit_are_out_of_bounds() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve_replicas(&web)?;
        for path in ["chat", "message/inbox"] {
            let url = format!("https://www.reddit.com/{path}");
            browser.goto(&url).await?;
            let posts: usize = browser.eval("return document.querySelectorAll('shreddit-post').length", vec![]).await?;
            ensure!(posts > 1, "there is nothing at {url} that could be read");
            rests(&browser, &url).await?;
            ensure!(replica_says(&browser).await? == "ok", "{url} was changed: {}", replica_says(&browser).await?);
        }
        browser.goto(REDDIT.url).await?;
        REDDIT.marked(&browser, 3).await?;
        browser.quit().await
    })
}

/// Has the page fetch an address, both ways in which pages do it.
async fn page_asks(browser: &Browser, path: &str) -> Result<()> {
    let script = "const [path] = arguments;
        await (await fetch(path)).text();
        await new Promise((done) => {
          const asked = new XMLHttpRequest();
          asked.addEventListener('loadend', done);
          asked.open('GET', path);
          asked.send();
        });";
    browser.eval_async::<()>(script, vec![json!(path)]).await
}

#[test]
fn answers_on_other_paths_are_not_passed_on() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        // Each answer says that its post is an advertisement, which the page itself does not show.
        let posts: [(u32, &str, bool); 5] = [
            (101, "/i/api/1.1/dm/inbox_initial_state.json", false),
            (102, "/i/api/1.1/dm/HomeTimeline", false),
            (103, "/i/api/graphql/a/b/HomeTimeline", false),
            (104, "/i/api/graphql/abc/HomeTimeline/extra", false),
            (105, "/i/api/graphql/abc/HomeTimeline", true),
        ];
        let cells: String = posts.iter().map(|(id, ..)| cell(*id, "someone", "Good morning.", false)).collect();
        serve_small(&web, &feed_of(&cells), "");
        for (id, path, _) in posts {
            web.page(X.host, path, Response::json(&timeline(&[id])));
        }
        browser.goto(X.url).await?;
        X.marked(&browser, 3).await?;
        // The one that is a feed's comes last: when it has had its effect, the others would have had theirs.
        for (_, path, _) in posts {
            page_asks(&browser, path).await?;
        }
        wait_for("the feed's own answer to be heard", SOON, || async {
            Ok(found(&browser, X.url).await?.is_some_and(|found| found.kind("sponsored") > 0))
        })
        .await?;
        for (id, path, is_feed) in posts {
            let item = X.item(&browser, &id.to_string()).await?.context("a post is gone")?;
            let mark = item.mark(&browser).await?.unwrap_or_default();
            ensure!(mark.kinds.contains("sponsored") == is_feed, "after {path} the post is marked {mark:?}");
        }
        browser.quit().await
    })
}
