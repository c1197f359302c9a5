//! Stand-ins in the page: the tracker is not asked, the page's callbacks are called, and nothing tells of the extension.
//!
//! What each stand-in answers is asked in `tests/stand-ins`; here only that a page gets one, and learns nothing by it.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use xtask::browser::{Browser, Fixtures, Response, Which};

use super::{SOON, Scene, in_both};

/// A page with the snippet that Google gives out, which asks for a callback at once. Its policy names the tracker alone.
fn serve_shop(web: &Fixtures) {
    let html = "<!doctype html><html><head><meta charset=utf-8><title>shop</title><link rel=icon href=data:,>\
        <script src=/own.js></script>\
        <script async src=https://www.google-analytics.com/analytics.js></script></head><body></body></html>";
    let policy =
        "default-src 'self' data:; script-src 'self' https://www.google-analytics.com; connect-src *; style-src *";
    web.page("shop.example", "/", Response::html(html).with("Content-Security-Policy", policy));
    let own = "window.ga = function () { (ga.q = ga.q || []).push(arguments); };
        ga('create', 'UA-1', 'auto');
        ga('send', 'event', 'a', 'b', { hitCallback() { window.wentOn = new Error('here').stack; } });";
    web.page("shop.example", "/own.js", Response::new("text/javascript", own));
    web.on("www.google-analytics.com", |_| Some(Response::new("text/javascript", "window.reached = true;")));
}

#[test]
fn a_page_that_waits_for_a_tracker_goes_on_and_the_tracker_hears_nothing() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve_shop(&web);
        browser.goto("https://shop.example/").await?;
        browser.wait_for_js("window.wentOn", SOON).await?;
        ensure!(web.requests_to("www.google-analytics.com").is_empty(), "the tracker was asked");
        browser.quit().await
    })
}

/// Everything by which a page may learn where a script came from.
async fn traces(browser: &Browser) -> Result<Value> {
    let script = "const url = 'https://www.google-analytics.com/analytics.js';
        const asked = await fetch(url).then((answer) => answer.url, String);
        const opaque = await fetch(url, { mode: 'no-cors' }).then((answer) => [answer.type, answer.url], String);
        const old = await new Promise((done) => {
          const request = new XMLHttpRequest();
          request.onload = request.onerror = () => done(request.responseURL);
          request.open('GET', url);
          request.send();
        });
        const module = await import(url).then(() => 'loaded', String);
        const reports = [];
        document.addEventListener('securitypolicyviolation', (event) => reports.push(event.blockedURI, event.sourceFile));
        const stack = (() => { try { ga(0, { get hitCallback() { throw new Error('in'); } }); } catch (error) { return error.stack; } })();
        const style = document.createElement('link');
        style.rel = 'stylesheet';
        style.href = 'https://p.typekit.net/p.css?s=1';
        const styled = await new Promise((done) => {
          style.onload = () => done('styled');
          style.onerror = () => done('failed');
          document.head.append(style);
        });
        const sheets = [...document.styleSheets].map((sheet) => sheet.href);
        return [window.wentOn, styled, sheets, stack, asked, opaque, old, module, reports,
          [...document.scripts].map((one) => one.src),
          performance.getEntries().map((entry) => entry.name)];";
    browser.eval_async(script, vec![]).await
}

#[test]
fn a_page_learns_nothing_of_the_extension_from_a_stand_in() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve_shop(&web);
        browser.goto("https://shop.example/").await?;
        browser.wait_for_js("window.wentOn", SOON).await?;
        let traces = traces(&browser).await?.to_string();
        ensure!(traces.contains("loaded"), "the page did not get what it asked for: {traces}");
        ensure!(!traces.contains("-extension:"), "the page can read {traces}");
        ensure!(!web.requests().iter().any(|request| request.url.contains("extension")), "a server was told");
        browser.quit().await
    })
}

#[test]
fn a_page_that_knows_our_address_cannot_load_a_stand_in() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        // Firefox does not know `use_dynamic_url`; there the address itself is what no page knows.
        if browser.which() == Which::Firefox {
            return browser.quit().await;
        }
        serve_shop(&web);
        browser.goto("https://shop.example/").await?;
        let script =
            "return await Promise.all(arguments[0].map((url) => fetch(url).then((answer) => answer.status, () => 0)))";
        let ours = [browser.extension_url("extension/stand-ins/noop.js")?, browser.extension_url("manifest.json")?];
        let answers: Vec<u16> = browser.eval_async(script, vec![json!(ours)]).await?;
        ensure!(answers == [0, 0], "a page got {answers:?}");
        browser.quit().await
    })
}
