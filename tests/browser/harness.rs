//! The harness itself, proved first: when one of these fails, no other browser test says anything.
//!
//! They ask of the extension only that it is there: its manifest, a background, and a popup.

use anyhow::{Context, Result, ensure};
use xtask::browser::{Key, Response, wait_for};

use super::ours::wake;
use super::{SOON, Scene, in_both};

/// A page under a policy as strict as Facebook's, whose inline script must therefore not run.
fn strict_page(body: &str) -> Response {
    let html = format!(
        "<!doctype html><html><head><title>served</title><script>document.title = 'inline ran'</script>\
         <script src=/own.js></script></head><body>{body}</body></html>"
    );
    Response::html(html).with("Content-Security-Policy", "default-src 'none'; script-src 'self'")
}

#[test]
fn a_page_is_served_at_its_real_address_and_its_policy_is_in_force() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        web.page("www.facebook.com", "/", strict_page(""));
        web.page(
            "www.facebook.com",
            "/own.js",
            Response::new("text/javascript", "document.title += ', own script ran'"),
        );
        browser.goto("https://www.facebook.com/?sk=h_chr").await?;
        let address: String = browser.eval("return location.href", vec![]).await?;
        ensure!(address == "https://www.facebook.com/?sk=h_chr", "the page is at {address}");
        let title = browser.title().await?;
        ensure!(title == "served, own script ran", "the policy is not in force: {title:?}");
        let asked: Vec<String> = web.requests_to("www.facebook.com").into_iter().map(|request| request.url).collect();
        for url in ["https://www.facebook.com/?sk=h_chr", "https://www.facebook.com/own.js"] {
            ensure!(asked.iter().any(|one| one == url), "the log lacks {url}: {asked:?}");
        }
        browser.quit().await
    })
}

#[test]
fn what_a_page_sends_is_in_the_log_and_what_nobody_answers_is_a_404() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        web.page("example.com", "/", Response::html("<!doctype html><title>plain</title>"));
        web.on("collect.example", |request| {
            (request.method == "POST")
                .then(|| Response::new("text/plain", "ok").with("Access-Control-Allow-Origin", "*"))
        });
        browser.goto("http://example.com/").await?;
        let script = "const sent = await fetch('https://collect.example/hit', { method: 'POST', body: 'seen=1' });
                      const lost = await fetch('/nothing');
                      return [sent.status, lost.status];";
        let statuses: Vec<u16> = browser.eval_async(script, vec![]).await?;
        ensure!(statuses == [200, 404], "statuses {statuses:?}");
        let hits = web.requests_to("collect.example");
        let hit = hits.first().context("the log lacks the request")?;
        ensure!(hits.len() == 1 && hit.body == b"seen=1" && hit.path == "/hit", "the log has {hits:?}");
        ensure!(hit.header("origin") == Some("http://example.com"), "its origin is {:?}", hit.header("origin"));
        browser.quit().await
    })
}

#[test]
fn the_extension_is_installed_and_its_pages_have_its_api() -> Result<()> {
    in_both(async |Scene { browser, .. }| {
        browser.extension_page("extension/pages/popup.html").await?;
        let name: String = browser.eval("return chrome.runtime.getManifest().name", vec![]).await?;
        ensure!(!name.is_empty(), "the manifest has no name");
        let failed = browser.eval_async::<()>("await chrome.storage.local.get(1)", vec![]).await;
        ensure!(failed.is_err(), "an error of the API was lost");
        browser.quit().await
    })
}

#[test]
fn a_background_that_was_ended_comes_back() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        web.page("example.com", "/", Response::html("<!doctype html><title>plain</title>"));
        // A page that asks the background nothing by itself: a question on its way would start it anew.
        browser.extension_page("extension/frame/frame.html").await?;
        // The question is answered before the background is ended: one still on its way would start it anew.
        wake(&browser).await?;
        wait_for("the background to run", SOON, || browser.background_alive()).await?;
        browser.kill_background().await?;
        ensure!(!browser.background_alive().await?, "it was ended and runs");
        // What it answers, if anything, is not this test's affair.
        let message = "chrome.runtime.sendMessage({ kind: 'harness' }).catch(() => {})";
        browser.eval::<serde_json::Value>(message, vec![]).await?;
        wait_for("the background to come back", SOON, || browser.background_alive()).await?;
        browser.quit().await
    })
}

#[test]
fn a_closed_shadow_root_is_reached_and_clicked_as_a_person_would() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        web.page("www.facebook.com", "/", strict_page("<div id=host></div>"));
        let own = "addEventListener('DOMContentLoaded', () => {
            const root = document.querySelector('#host').attachShadow({ mode: 'closed' });
            root.innerHTML = '<button>why</button><input>';
            root.querySelector('button').onclick = (event) => { document.title = 'trusted: ' + event.isTrusted; };
            root.querySelector('input').oninput = (event) => { document.title = event.target.value; };
        });";
        web.page("www.facebook.com", "/own.js", Response::new("text/javascript", own));
        browser.goto("https://www.facebook.com/").await?;
        let is_closed: bool =
            browser.eval("return document.querySelector('#host').shadowRoot === null", vec![]).await?;
        ensure!(is_closed, "the page itself can look inside");
        let root = browser.shadow("#host").await?;
        let button = root.find("button").await?;
        ensure!(browser.text(&button).await? == "why", "another button");
        browser.click(&button).await?;
        ensure!(browser.title().await? == "trusted: true", "the click was {:?}", browser.title().await?);
        browser.click(&root.find("input").await?).await?;
        browser.press("ok").await?;
        browser.press(Key::Backspace + "h").await?;
        ensure!(browser.title().await? == "oh", "typed {:?}", browser.title().await?);
        browser.quit().await
    })
}

#[test]
fn what_the_extension_stores_survives_a_restart() -> Result<()> {
    in_both(async |Scene { mut browser, .. }| {
        browser.extension_page("extension/pages/popup.html").await?;
        let before = browser.extension_id()?.to_owned();
        browser.eval_async::<()>("await chrome.storage.local.set({ harness: 'kept' })", vec![]).await?;
        browser.restart().await?;
        ensure!(
            browser.extension_id()? == before,
            "the extension is another: {before} and {}",
            browser.extension_id()?
        );
        browser.extension_page("extension/pages/popup.html").await?;
        let script = "return (await chrome.storage.local.get('harness')).harness ?? null";
        let kept: Option<String> = browser.eval_async(script, vec![]).await?;
        ensure!(kept.as_deref() == Some("kept"), "after the restart there is {kept:?}");
        browser.quit().await
    })
}
