//! Each switch changes what arrives at the server, and only that.
//!
//! The switches for parameters and cookies are in `links`.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use xtask::browser::{Browser, Fixtures, Response, Which, wait_for};

use super::ours::wake;
use super::yard::{self, HARMLESS, OTHER, SECOND, TRACKER, YARD};
use super::{SOON, Scene, in_both};

/// Of EasyList alone.
const AD: &str = "googleads.g.doubleclick.net";

async fn switch(browser: &Browser, name: &str, on: bool) -> Result<()> {
    yard::protect(browser, json!({ "version": 1, "switches": { name: on } })).await
}

/// The header of the first request that arrived at this host, if it had one.
fn header(web: &Fixtures, host: &str, name: &str) -> Result<Option<String>> {
    let requests = web.requests_to(host);
    let request = requests.first().with_context(|| format!("nothing came to {host}"))?;
    Ok(request.header(name).map(str::to_owned))
}

#[test]
fn trackers_and_advertisements_are_switched_apart() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        yard::serve(&web);
        wake(&browser).await?;
        let advertisement = [format!("{AD}/pagead/ads")];
        let both = async || {
            yard::enter(&browser, YARD).await?;
            let came = yard::ask(&browser, &web, &[TRACKER], &["fetch", "img"]).await?;
            let script =
                "await fetch('https://googleads.g.doubleclick.net/pagead/ads?x', { mode: 'no-cors' }).catch(() => 0)";
            browser.eval_async::<serde_json::Value>(script, vec![]).await?;
            let ads: Vec<String> =
                web.requests_to(AD).into_iter().map(|it| format!("{}{}", it.host, it.path)).collect();
            anyhow::Ok((came.len(), ads))
        };
        ensure!(both().await? == (0, advertisement.to_vec()), "new: {:?}", both().await?);
        switch(&browser, "ads", true).await?;
        ensure!(both().await? == (0, vec![]), "with ads on: {:?}", both().await?);
        switch(&browser, "trackers", false).await?;
        ensure!(both().await? == (2, advertisement.to_vec()), "with trackers off: {:?}", both().await?);
        browser.quit().await
    })
}

#[test]
fn sites_are_told_not_to_sell() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        yard::serve(&web);
        wake(&browser).await?;
        for (on, wanted) in [(true, Some("1".to_owned())), (false, None)] {
            switch(&browser, "gpc", on).await?;
            web.forget();
            yard::enter(&browser, YARD).await?;
            ensure!(header(&web, "www.yard.example", "sec-gpc")? == wanted, "the page, with gpc {on}");
            for way in yard::WAYS.into_iter().filter(|way| *way != "sent") {
                yard::ask(&browser, &web, &[HARMLESS], &[way]).await?;
                ensure!(header(&web, HARMLESS, "sec-gpc")? == wanted, "{way}, with gpc {on}");
            }
        }
        browser.quit().await
    })
}

#[test]
fn other_sites_are_told_the_site_and_not_the_page() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        yard::serve(&web);
        let page = "<!doctype html><title>loose</title><a href='https://www.plain.example/'>on</a>";
        web.page("www.plain.example", "/", Response::html("<!doctype html>"));
        web.page("www.loose.example", "/page", Response::html(page).with("Referrer-Policy", "unsafe-url"));
        web.page("www.strict.example", "/page", Response::html(page).with("Referrer-Policy", "no-referrer"));
        wake(&browser).await?;
        let fetched = async |from: &str| {
            browser.goto(from).await?;
            web.forget();
            let script = "await fetch('https://cdn.harmless.example/r', { mode: 'no-cors' })";
            browser.eval_async::<serde_json::Value>(&format!("{script}; return null"), vec![]).await?;
            header(&web, HARMLESS, "referer")
        };
        let followed = async |from: &str| {
            browser.goto(from).await?;
            web.forget();
            browser.click(&browser.find("a").await?).await?;
            wait_for("the other page", SOON, || async { Ok(!web.requests_to("www.plain.example").is_empty()) }).await?;
            header(&web, "www.plain.example", "referer")
        };
        let loose = "https://www.loose.example/page?secret=1";
        let (whole, origin) = (Some(loose.to_owned()), Some("https://www.loose.example/".to_owned()));
        for on in [true, false] {
            switch(&browser, "referrer", on).await?;
            // Firefox keeps the page to itself in whatever a page loads, switched on or off.
            let kept = on || browser.which() == Which::Firefox;
            let said = fetched(loose).await?;
            ensure!(said == if kept { origin.clone() } else { whole.clone() }, "loaded, with {on}: {said:?}");
            let said = followed(loose).await?;
            ensure!(said == if on { origin.clone() } else { whole.clone() }, "followed, with {on}: {said:?}");
            // A stricter page stays stricter.
            let strict = "https://www.strict.example/page?secret=1";
            ensure!(fetched(strict).await?.is_none() && followed(strict).await?.is_none(), "a strict page, with {on}");
        }
        browser.quit().await
    })
}

#[test]
fn what_is_switched_holds_after_a_restart() -> Result<()> {
    in_both(async |Scene { web, mut browser }| {
        yard::serve(&web);
        switch(&browser, "trackers", false).await?;
        browser.restart().await?;
        wake(&browser).await?;
        yard::protect_as_stored(&browser).await?;
        yard::enter(&browser, OTHER).await?;
        let came = yard::ask(&browser, &web, &[TRACKER, SECOND], &["img", "fetch"]).await?;
        ensure!(came.len() == 4, "after the restart there came {came:?}");
        browser.quit().await
    })
}
