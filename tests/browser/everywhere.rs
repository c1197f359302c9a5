//! The scripts that run on all pages, or on all of a platform: what a page sees while their switch is on, and what it sees
//! when it is off or rests.
//!
//! Links are played as `data/unwrap.toml` proves them. Embeds are in `widgets.rs`.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use xtask::browser::{Browser, Fixtures, Response, wait_for};
use xtask::wrapped;

use super::links::protect;
use super::ours::{in_extension, wake};
use super::{SOON, Scene, in_both};

/// Which scripts are registered.
async fn registered(browser: &Browser) -> Result<Vec<String>> {
    let script = "return (await chrome.scripting.getRegisteredContentScripts()).map(({ id }) => id).sort()";
    in_extension(browser, script, vec![]).await
}

/// Waits until exactly these scripts are registered.
pub(crate) async fn scripts_are(browser: &Browser, wanted: &[&str]) -> Result<()> {
    wait_for(&format!("the scripts {wanted:?}"), SOON, || async { Ok(registered(browser).await? == wanted) }).await
}

/// A page that tells, before anything else runs, what it sees of Global Privacy Control, also in a frame.
fn serve_asking(web: &Fixtures) {
    let ask = "<!doctype html><title>page</title><link rel=icon href=data:,><script>
        const getter = Object.getOwnPropertyDescriptor(Navigator.prototype, 'globalPrivacyControl')?.get;
        const thrown = (() => { try { getter?.call({}); return 'nothing'; } catch (error) { return error.name; } })();
        window.seen = [navigator.globalPrivacyControl ?? null, getter?.name ?? null, thrown,
          getter ? /\\[native code\\]/.test(Function.prototype.toString.call(getter)) : null];
        </script><body></body>";
    web.on("*", move |_| Some(Response::html(ask)));
}

const SEEN: &str = "const frame = document.createElement('iframe');
    frame.src = '/frame';
    await new Promise((done) => { frame.onload = done; document.body.append(frame); });
    return [window.seen, frame.contentWindow.seen]";

#[test]
fn a_page_reads_that_its_person_wants_privacy_and_no_more_where_it_is_off() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve_asking(&web);
        wake(&browser).await?;
        scripts_are(&browser, &["gpc", "unwrap"]).await?;
        browser.goto("https://news.example/").await?;
        let on = json!([true, "get globalPrivacyControl", "TypeError", true]);
        let seen: Value = browser.eval_async(SEEN, vec![]).await?;
        ensure!(seen == json!([on, on]), "on, and the page and its frame see {seen}");
        protect(&browser, json!({}), json!({ "news.example": { "off": "forever" } })).await?;
        wait_for("a rest", SOON, || async {
            browser.goto("https://www.news.example/").await?;
            Ok(browser.eval_async::<Value>(SEEN, vec![]).await?[0][0] != json!(true))
        })
        .await?;
        browser.goto("https://other.example/").await?;
        let seen: Value = browser.eval_async(SEEN, vec![]).await?;
        ensure!(seen == json!([on, on]), "one site rests, and another sees {seen}");
        protect(&browser, json!({ "gpc": false, "unwrap": false }), json!({})).await?;
        scripts_are(&browser, &[]).await?;
        browser.quit().await
    })
}

/// What a link is when it is touched.
const TOUCH: &str = "const link = document.querySelector('a');
    link.dispatchEvent(new PointerEvent('pointerover', { bubbles: true, composed: true }));
    return link.href";

#[test]
fn links_lead_straight_to_where_they_say() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        wake(&browser).await?;
        scripts_are(&browser, &["gpc", "unwrap"]).await?;
        for link in wrapped::links()? {
            let (wrapped, target) = (link.wrapped.clone(), link.target.clone());
            let shown = link.shown();
            web.on("*", move |request| {
                let attribute = shown.as_ref().map(|name| format!("{name}=\"{target}\"")).unwrap_or_default();
                let href = wrapped.replace('&', "&amp;");
                let html = format!("<!doctype html><title>page</title><link rel=icon href=data:,><body><a href=\"{href}\" {attribute}><b>words</b></a>");
                (request.path == "/").then(|| Response::html(html))
            });
            let site = &link.on[0];
            browser.goto(&format!("https://www.{site}/")).await?;
            let found: String = browser.eval(TOUCH, vec![]).await?;
            ensure!(found == link.target, "on {site} {} became {found}", link.wrapped);
        }
        browser.quit().await
    })
}

#[test]
fn a_link_is_followed_straight_even_if_the_page_writes_its_counter_back_and_others_are_left_alone() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        web.on("*", |_| Some(Response::html("<!doctype html><title>there</title><link rel=icon href=data:,>")));
        let page = "<!doctype html><title>feed</title><link rel=icon href=data:,><body>
            <a id=script href='https://l.facebook.com/l.php?u=javascript%3Aalert(1)'>a</a>
            <a id=mail href='https://l.facebook.com/l.php?u=mailto%3Aann%40news.example'>b</a>
            <a id=other href='https://shop.example/l.php?u=https%3A%2F%2Fnews.example%2F'>c</a>
            <a id=own href='/ann?u=https%3A%2F%2Fnews.example%2F'>d</a>
            <a id=link href='https://l.facebook.com/l.php?u=https%3A%2F%2Fnews.example%2Fa&h=AT0'>e</a>
            <script>for (const name of ['mousedown', 'click']) document.querySelector('#link').addEventListener(name,
              (event) => { event.currentTarget.href = 'https://l.facebook.com/l.php?u=https%3A%2F%2Fnews.example%2Fa&h=AT1'; });
            </script>";
        web.page("www.facebook.com", "/", Response::html(page));
        wake(&browser).await?;
        scripts_are(&browser, &["gpc", "unwrap"]).await?;
        browser.goto("https://www.facebook.com/").await?;
        let script = "return [...document.querySelectorAll('a:not(#link)')].every((link) => {
            const before = link.href;
            link.dispatchEvent(new PointerEvent('pointerover', { bubbles: true, composed: true }));
            return link.href === before;
        })";
        ensure!(browser.eval::<bool>(script, vec![]).await?, "a link that is none of ours was changed");
        web.forget();
        browser.click(&browser.find("#link").await?).await?;
        browser.wait_for_js("document.title === 'there'", SOON).await?;
        ensure!(web.requests_to("l.facebook.com").is_empty(), "the counter was asked");
        ensure!(!web.requests_to("news.example").is_empty(), "the link led nowhere");
        browser.quit().await
    })
}
