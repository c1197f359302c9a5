//! Embeds that wait for a click: nothing is asked for, a line says what stood there, and a click loads it.
//!
//! The pages are the proofs of `data/widgets`, each with an embed as its platform documents it. Pictures of
//! some lie in `screenshots/` afterwards, in light and dark.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use xtask::browser::{Browser, Fixtures, Options, Response, wait_for};
use xtask::{files, root};

use super::everywhere::scripts_are;
use super::links::protect;
use super::looks::take;
use super::ours::wake;
use super::{SOON, Scene, in_both, options};

/// Our lines in the page: the host elements, which the page's own markup has none of.
const LINES: &str =
    "[...document.querySelectorAll('div')].filter((one) => /max-inline-size: 560px/.test(one.style.cssText))";

/// A platform's name and the article with its embed.
fn proofs() -> Result<Vec<(String, String)>> {
    let names = files::texts("data/widgets", "toml")?.into_iter().map(|(name, _)| name);
    names
        .map(|name| {
            let stem = name.trim_end_matches(".toml");
            let html = fs::read_to_string(root().join(format!("{stem}.proof.html")))?;
            Ok((stem.rsplit('/').next().unwrap_or(stem).to_owned(), html))
        })
        .collect()
}

/// Every host answers, scripts with a script and everything else with a page.
fn serve(web: &Fixtures) -> Result<()> {
    web.on("*", |request| {
        let is_script = Path::new(&request.path).extension().is_some_and(|end| end == "js");
        let page = "<!doctype html><title>loaded</title><link rel=icon href=data:,><body>It is here.";
        Some(if is_script { Response::new("text/javascript", "window.came = true;") } else { Response::html(page) })
    });
    for (name, html) in proofs()? {
        web.page("news.example", &format!("/{name}"), Response::html(html));
    }
    Ok(())
}

/// Switches embeds off, and waits until that is so.
async fn wait_for_clicks(browser: &Browser) -> Result<()> {
    wake(browser).await?;
    protect(browser, json!({ "widgets": true }), json!({})).await?;
    scripts_are(browser, &["gpc", "unwrap", "widgets"]).await
}

/// Opens the article with this embed and waits for its lines; tells how many there are.
async fn open(browser: &Browser, name: &str) -> Result<usize> {
    browser.goto(&format!("https://news.example/{name}")).await?;
    browser.wait_for_js(&format!("{LINES}.length > 0"), SOON).await.with_context(|| format!("the embed of {name}"))?;
    browser.eval(&format!("return {LINES}.length"), vec![]).await
}

#[test]
fn every_embed_waits_and_nothing_of_it_is_asked_for() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve(&web)?;
        wait_for_clicks(&browser).await?;
        for (name, html) in proofs()? {
            web.forget();
            let lines = open(&browser, &name).await?;
            ensure!(lines > 0, "{name} has no line");
            // In Firefox a frame gives way only after a while in which it was silent.
            let hidden = "[...document.querySelectorAll('iframe')].filter((one) => getComputedStyle(one).display === 'none').length";
            let wanted = format!("{hidden} === {}", html.matches("<iframe").count());
            browser.wait_for_js(&wanted, SOON).await.with_context(|| format!("{name}: every frame to give way"))?;
            let asked: Vec<String> = web
                .requests()
                .into_iter()
                .map(|it| it.url)
                .filter(|url| !url.contains("news.example/") && !url.contains("mozilla") && !url.contains("google"))
                .collect();
            let asked: Vec<&String> =
                asked.iter().filter(|url| !url.contains("news.disqus.com") || url.contains("embed.js")).collect();
            ensure!(asked.is_empty(), "{name}: {asked:?} was asked for");
        }
        browser.quit().await
    })
}

#[test]
fn a_click_loads_what_waited_and_the_line_goes() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve(&web)?;
        wait_for_clicks(&browser).await?;
        for (name, host) in [("youtube", "www.youtube.com"), ("x", "platform.twitter.com")] {
            open(&browser, name).await?;
            browser.eval::<bool>(&format!("{LINES}[0].id = 'first'; return true"), vec![]).await?;
            let line = browser.shadow("#first").await?;
            browser.click(&line.find("button").await?).await?;
            wait_for("the embed", SOON, || async { Ok(!web.requests_to(host).is_empty()) }).await?;
            browser.wait_for_js("!document.querySelector('#first')", SOON).await?;
        }
        browser.quit().await
    })
}

#[test]
fn embeds_load_where_nobody_asked_them_to_wait_or_the_protections_rest() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve(&web)?;
        browser.goto("https://news.example/youtube").await?;
        wait_for("the film", SOON, || async { Ok(!web.requests_to("www.youtube.com").is_empty()) }).await?;
        wait_for_clicks(&browser).await?;
        protect(&browser, json!({ "widgets": true }), json!({ "news.example": { "off": "forever" } })).await?;
        wait_for("the film again", SOON, || async {
            web.forget();
            browser.goto("https://news.example/youtube").await?;
            Ok(!web.requests_to("www.youtube.com").is_empty())
        })
        .await?;
        let lines: usize = browser.eval(&format!("return {LINES}.length"), vec![]).await?;
        ensure!(lines == 0, "the film loads, and {lines} lines say that it waits");
        browser.quit().await
    })
}

#[test]
fn what_waits_can_be_looked_at() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve(&web)?;
        let which = browser.which();
        browser.quit().await?;
        for dark in [false, true] {
            let browser = Browser::open(which, &Options { dark, ..options(which, &web) }).await?;
            wait_for_clicks(&browser).await?;
            for name in ["facebook", "x", "youtube"] {
                open(&browser, name).await?;
                take(&browser, dark, &format!("widget-{name}")).await?;
            }
            browser.quit().await?;
        }
        Ok(())
    })
}
