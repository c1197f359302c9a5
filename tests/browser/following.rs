//! Front pages that lead to what the person follows, where they chose that in the popup: once a visit, and never against
//! what the person or the platform does next.
//!
//! Which sites have such a page is data; the one that is played here stands for all of them.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use xtask::browser::{Browser, Fixtures, Options, Response, wait_for};

use super::everywhere::scripts_are;
use super::looks::take;
use super::ours::{in_extension, open_popup, wake};
use super::sight::says;
use super::{SOON, Scene, in_both, in_both_with};

const FRONT: &str = "https://www.youtube.com/";
const HOST: &str = "www.youtube.com";
/// The switch under the link.
const SWITCH: &str = "details.pages input[role=switch]";

fn page(title: &str, body: &str) -> Response {
    Response::html(format!("<!doctype html><title>{title}</title><link rel=icon href=data:,><body>{body}</body>"))
}

fn serve(web: &Fixtures) {
    web.page(HOST, "/", page("front", "<a id=more href='/?page=2'>more</a>"));
    web.page(HOST, "/feed/subscriptions", page("following", "<a id=home href='/'>home</a>"));
    web.page("news.example", "/", page("news", &format!("<a id=out href='{FRONT}'>films</a>")));
}

/// Stores whether the front page leads, and waits until the browser knows.
async fn keep(browser: &Browser, on: bool) -> Result<()> {
    wake(browser).await?;
    let settings =
        json!({ "version": 1, "sites": if on { json!({ "youtube": { "following": true } }) } else { json!({}) } });
    in_extension::<Value>(browser, "await chrome.storage.local.set({ settings: arguments[0] })", vec![settings])
        .await?;
    scripts_are(browser, if on { &["following", "gpc", "unwrap"] } else { &["gpc", "unwrap"] }).await
}

async fn is(browser: &Browser, title: &str) -> Result<()> {
    browser.wait_for_js(&format!("document.title === '{title}' && document.readyState === 'complete'"), SOON).await
}

/// How often the front page was asked for.
fn fronts(web: &Fixtures) -> usize {
    web.requests_to(HOST).iter().filter(|request| request.path == "/").count()
}

/// The front page stays: whoever leads does it before the page is complete, and a moment later it is still there.
async fn stays(browser: &Browser) -> Result<()> {
    is(browser, "front").await?;
    // The script asks the background; its answer to a question that was asked later has come when this one has.
    in_extension::<Value>(browser, "await chrome.runtime.sendMessage({ ask: 'state' })", vec![]).await?;
    is(browser, "front").await
}

#[test]
fn a_front_page_leads_to_what_one_follows_once_a_visit_and_back_leads_to_before_it() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve(&web);
        keep(&browser, false).await?;
        browser.goto(FRONT).await?;
        stays(&browser).await?;
        keep(&browser, true).await?;
        browser.goto("https://news.example/").await?;
        browser.click(&browser.find("#out").await?).await?;
        is(&browser, "following").await?;
        browser.eval::<Value>("history.back()", vec![]).await?;
        is(&browser, "news").await?;
        // Again in the same tab: the person wants to be there.
        browser.goto(FRONT).await?;
        stays(&browser).await?;
        browser.reload().await?;
        stays(&browser).await?;
        // Another tab is another visit, and a click on "home" is on purpose.
        browser.open_tab().await?;
        browser.goto(FRONT).await?;
        is(&browser, "following").await?;
        browser.click(&browser.find("#home").await?).await?;
        stays(&browser).await?;
        // An address with a question asks for something else.
        browser.open_tab().await?;
        browser.goto("https://www.youtube.com/?page=2").await?;
        stays(&browser).await?;
        keep(&browser, false).await?;
        browser.open_tab().await?;
        browser.goto(FRONT).await?;
        stays(&browser).await?;
        browser.quit().await
    })
}

#[test]
fn a_platform_that_leads_back_is_left_alone_in_this_tab() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve(&web);
        // Without a referrer nothing tells the front page where its visitor comes from.
        let back = page("back", "<script>location.replace('/')</script>").with("Referrer-Policy", "no-referrer");
        web.page(HOST, "/feed/subscriptions", back);
        keep(&browser, true).await?;
        browser.goto(FRONT).await?;
        wait_for("the platform to lead back", SOON, || async { Ok(fronts(&web) == 2) }).await?;
        stays(&browser).await?;
        ensure!(fronts(&web) == 2, "the front page was asked for {} times", fronts(&web));
        browser.goto(FRONT).await?;
        stays(&browser).await?;
        ensure!(fronts(&web) == 3, "once more, and the front page was asked for {} times", fronts(&web));
        browser.quit().await
    })
}

#[test]
fn the_popup_offers_it_under_the_link_and_only_there() -> Result<()> {
    for dark in [false, true] {
        in_both_with(
            |_, options| Ok(Options { dark, ..options }),
            async |Scene { web, browser }| {
                serve(&web);
                browser.goto(FRONT).await?;
                let tab = open_popup(&browser, FRONT).await?;
                browser.wait_for_js("document.querySelector('details.pages') !== null", SOON).await?;
                browser.click(&browser.find("details.pages > summary").await?).await?;
                let label = browser.text(&browser.find("details.pages label").await?).await?;
                ensure!(label == says("popupFollowingKept", &["YouTube"]), "the switch says {label:?}");
                ensure!(browser.find_all(SWITCH).await?.len() == 1, "more than one link has the switch");
                let on = format!("return document.querySelector('{SWITCH}').checked");
                ensure!(!browser.eval::<bool>(&on, vec![]).await?, "it is on at first");
                browser.click(&browser.find(SWITCH).await?).await?;
                browser.wait_for_js(&format!("document.querySelector('{SWITCH}').checked"), SOON).await?;
                for width in [360, 760] {
                    browser.viewport(width, 640).await?;
                    browser.eval::<Value>("document.querySelector('details.pages').scrollIntoView()", vec![]).await?;
                    take(&browser, dark, &format!("popup-following-{width}")).await?;
                    let wide = "return document.documentElement.scrollWidth > innerWidth";
                    ensure!(!browser.eval::<bool>(wide, vec![]).await?, "at {width} it has to be scrolled sideways");
                }
                scripts_are(&browser, &["following", "gpc", "unwrap"]).await?;
                browser.close_tab(&tab).await?;
                browser.quit().await
            },
        )?;
    }
    Ok(())
}
