//! Addresses without what follows people, and requests without the cookies of companies that watch.
//!
//! What arrives at the server is what was promised; the page's own parameters and other hosts' cookies arrive as they
//! were, or nothing would be shown.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use xtask::browser::{Browser, Fixtures, Options, Response, wait_for};

use super::ours::in_extension;
use super::yard::protect_as_stored;
use super::{SOON, Scene, in_both, options};

/// Stores what a person chose, as the popup does; the background then carries it out.
pub(crate) async fn protect(browser: &Browser, switches: Value, sites: Value) -> Result<()> {
    let protection = json!({ "version": 1, "switches": switches, "sites": sites });
    in_extension(browser, "await chrome.storage.local.set({ protection: arguments[0] })", vec![protection]).await
}

/// Every host answers with a page.
fn serve_everything(web: &Fixtures) {
    web.on("*", |_| Some(Response::html("<!doctype html><title>page</title><link rel=icon href=data:,>")));
}

/// Opens an address and tells which one its host was asked for.
async fn asked(web: &Fixtures, browser: &Browser, url: &str) -> Result<String> {
    web.forget();
    browser.goto(url).await?;
    let host = url.split('/').nth(2).unwrap_or_default();
    Ok(web.requests_to(host).iter().map(|request| request.url.clone()).collect::<Vec<_>>().join(" "))
}

#[test]
fn parameters_that_follow_people_are_gone_before_the_page_is_asked() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve_everything(&web);
        protect_as_stored(&browser).await?;
        for (opened, wanted) in [
            ("https://news.example/a?id=3&utm_source=mail&fbclid=I1&gclid=C2", "https://news.example/a?id=3"),
            (
                "https://news.example/a?utm_medium=mail&q=caf%C3%A9%20x&mc_eid=1#part",
                "https://news.example/a?q=caf%C3%A9%20x",
            ),
            // What holds on one site and what holds everywhere, in one address.
            ("https://www.youtube.com/watch?v=V1&si=S1&utm_source=x&t=4", "https://www.youtube.com/watch?v=V1&t=4"),
            ("https://x.com/ann/status/1?s=20&t=T1", "https://x.com/ann/status/1"),
            ("https://www.instagram.com/p/P1/?igsh=G1&img_index=2", "https://www.instagram.com/p/P1/?img_index=2"),
            ("https://www.amazon.com/s?k=tea&s=price-asc&pd_rd_r=R1", "https://www.amazon.com/s?k=tea&s=price-asc"),
            // The same short names elsewhere are the page's own.
            ("https://shop.example/list?s=20&t=T1&si=S1&ref=3", "https://shop.example/list?s=20&t=T1&si=S1&ref=3"),
            // Values and names that only look alike.
            (
                "https://news.example/?a=utm_source&my_fbclid=1&b=gclid=2",
                "https://news.example/?a=utm_source&my_fbclid=1&b=gclid=2",
            ),
            // Where every character counts.
            ("https://web.archive.org/save?utm_source=a", "https://web.archive.org/save?utm_source=a"),
        ] {
            let arrived = asked(&web, &browser, opened).await?;
            ensure!(arrived == wanted, "{opened} arrived as {arrived}");
        }
        browser.quit().await
    })
}

#[test]
fn parameters_arrive_when_links_are_switched_off() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve_everything(&web);
        protect(&browser, json!({ "links": false }), json!({})).await?;
        for url in ["https://news.example/?id=3&fbclid=I1&gclid=C2&utm_source=mail", "https://youtu.be/V1?si=S1"] {
            wait_for("the address as it was", SOON, || async { Ok(asked(&web, &browser, url).await? == url) }).await?;
        }
        browser.quit().await
    })
}

/// Serves pages that ask for pictures, and pictures that come with a cookie; tells in `requests` what was sent.
fn serve_cookies(web: &Fixtures) {
    serve_everything(web);
    web.on("*", |request| {
        let picture = Response::new("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'/>");
        let picture = picture.with("Set-Cookie", "who=1; Path=/; Secure; SameSite=None");
        request.path.ends_with(".svg").then_some(picture)
    });
}

/// Which cookie a host gets when a page asks it for a picture the second time.
async fn cookie(web: &Fixtures, browser: &Browser, page: &str, host: &str) -> Result<Option<String>> {
    browser.goto(page).await?;
    for path in ["first.svg", "second.svg"] {
        let script = "await new Promise((done) => {
            const picture = new Image();
            picture.onload = picture.onerror = done;
            picture.src = arguments[0];
        })";
        browser.eval_async::<()>(script, vec![json!(format!("https://{host}/{path}"))]).await?;
    }
    let second = web.requests_to(host).into_iter().rev().find(|request| request.path == "/second.svg");
    ensure!(second.is_some(), "{host} was not asked by {page}");
    Ok(second.and_then(|request| request.header("cookie").map(str::to_owned)))
}

#[test]
fn companies_that_watch_get_and_set_no_cookies_on_other_sites() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve_cookies(&web);
        // A profile as people have it: Chromium's test profile takes no cookies of third parties at all.
        let which = browser.which();
        browser.quit().await?;
        let prefs = vec![("profile.cookie_controls_mode".to_owned(), json!(0))];
        let browser = Browser::open(which, &Options { prefs, ..options(which, &web) }).await?;
        let news = "https://news.example/";
        // Were no cookies sent at all, nothing would be shown.
        ensure!(
            cookie(&web, &browser, news, "pictures.example").await?.as_deref() == Some("who=1"),
            "no cookie at all"
        );
        for host in ["www.facebook.com", "www.linkedin.com", "ct-not-listed.tiktok.com"] {
            let sent = cookie(&web, &browser, news, host).await?;
            ensure!(sent.is_none(), "{host} got {sent:?} on another site");
        }
        // At home, and on a site of the same company; and where a login needs it.
        for (page, host) in [
            ("https://www.facebook.com/", "www.facebook.com"),
            ("https://www.facebook.com/", "scontent.cdninstagram.com"),
            (news, "accounts.google.com"),
        ] {
            let sent = cookie(&web, &browser, page, host).await?;
            ensure!(sent.as_deref() == Some("who=1"), "{host} got {sent:?} on {page}");
        }
        protect(&browser, json!({ "cookies": false }), json!({})).await?;
        let is_sent = || async { Ok(cookie(&web, &browser, news, "www.facebook.com").await?.is_some()) };
        wait_for("the cookie of who is not stopped", SOON, is_sent).await?;
        browser.quit().await
    })
}

#[test]
fn pixels_that_the_public_lists_leave_alone_are_stopped() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve_cookies(&web);
        browser.goto("https://news.example/").await?;
        let hosts = ["static.ads-twitter.com", "px4.ads.linkedin.com", "pixel-config.reddit.com", "harmless.example"];
        for host in hosts {
            let script = "await new Promise((done) => {
                const script = document.createElement('script');
                script.onload = script.onerror = done;
                script.src = `https://${arguments[0]}/own.js`;
                document.head.append(script);
            })";
            browser.eval_async::<()>(script, vec![json!(host)]).await?;
        }
        let arrived: Vec<&str> = hosts.into_iter().filter(|host| !web.requests_to(host).is_empty()).collect();
        ensure!(arrived == ["harmless.example"], "these were asked: {arrived:?}");
        browser.quit().await
    })
}
