//! What each platform sends to its own page, heard by the real reader in real browsers: every answer of every site's proof,
//! fetched as the platform fetches it, and the data that a page brings along.
//!
//! That an answer was heard shows in what the popup is told: a feed of which much was heard and nothing is in the page
//! cannot be read. What is made of an answer is the affair of `tests/sites.rs`, and of `feeds.rs` for whole pages.

use anyhow::{Context, Result, ensure};
use plainsight::feed::site::{Site, path_fits};
use serde_json::{Value, json};
use xtask::browser::{Browser, Fixtures, Response, wait_for};
use xtask::replica::proofs_of;
use xtask::root;
use xtask::tasks::eval::Shipped;
use xtask::tasks::eval::page::Address;

use super::ours::in_extension;
use super::{SOON, Scene, in_both};

/// A part of a proof that tells of items.
struct Told {
    /// The request's path, or the selector of the script element.
    place: Place,
    body: String,
}

enum Place {
    Answer { url: String, name: String },
    Inline { css: String },
}

/// What the proof of a site's wire says that its page at this host is sent.
fn told_of(site: &Site, page: &str) -> Result<Vec<Told>> {
    let file = root().join(format!("data/sites/{}.proof.json", site.id));
    let proof: Value = serde_json::from_str(&std::fs::read_to_string(&file)?)?;
    let mut told = Vec::new();
    for answer in proof["answers"].as_array().context("a proof has answers")? {
        if answer["items"].as_array().is_none_or(Vec::is_empty) {
            continue;
        }
        let text = |key: &str| answer[key].as_str().map(str::to_owned);
        let place = match (text("path"), text("inline")) {
            (Some(path), _) => {
                let name = text("name").unwrap_or_default();
                let hosts = site.wire.iter().find(|rule| rule.paths.iter().any(|own| path_fits(own, &path)));
                let hosts = &hosts.with_context(|| format!("{}: nobody reads {path}", site.id))?.hosts;
                let host = hosts.first().map_or(page, String::as_str).replace('*', "one");
                Place::Answer { url: format!("https://{host}{path}"), name }
            }
            (None, Some(css)) => Place::Inline { css },
            (None, None) => anyhow::bail!("{} has data from nowhere", site.id),
        };
        told.push(Told {
            place,
            body: answer["body"].as_str().map_or_else(|| answer["body"].to_string(), str::to_owned),
        });
    }
    Ok(told)
}

/// A script element that a selector such as `script#name` or `script[type="a"][data-b]` means.
fn element(css: &str, body: &str) -> String {
    let rest = css.trim_start_matches("script").replace(":not([src])", "");
    let attributes = match rest.strip_prefix('#') {
        Some(id) => format!("id=\"{id}\" type=\"application/json\""),
        None => rest.replace("][", " ").replace(['[', ']'], ""),
    };
    format!("<script {attributes}>{body}</script>")
}

/// Opens a page of the site without any item in it.
async fn open_empty(
    web: &Fixtures,
    browser: &Browser,
    address: &Address,
    number: usize,
    inside: &str,
) -> Result<String> {
    let page = Response::html(format!("<!doctype html><title>empty</title><main></main>{inside}"));
    // Nothing runs here but what the test itself has the page do.
    web.page(&address.host, &address.path, page.with("Content-Security-Policy", "script-src 'none'"));
    let url = format!("https://{}{}?{number}", address.host, address.path);
    browser.goto(&url).await?;
    Ok(url)
}

/// Waits until the content script at this address was told of items.
async fn is_heard(browser: &Browser, url: &str, what: &str) -> Result<()> {
    let script = "const tabs = (await chrome.tabs.query({})).filter((tab) => tab.url === arguments[0]);
        const found = tabs.length === 1 && await chrome.tabs.sendMessage(tabs[0].id, { ask: 'found' }).catch(() => null);
        return found ? found.health : 'nobody';";
    let heard = wait_for("the answer to be heard", SOON, || async {
        let health: String = in_extension(browser, script, vec![json!(url)]).await?;
        ensure!(health != "empty", "nothing was heard until the feed was called empty");
        Ok(health == "unreadable")
    });
    heard.await.with_context(|| what.to_owned())
}

/// Has the page ask for an address, as pages do it.
async fn page_asks(browser: &Browser, url: &str, name: &str, by_xhr: bool) -> Result<()> {
    let script = "const [url, name, byXhr] = arguments;
        const asked = name && `${url}?variables=%7B%22x%22%3A1%7D&of=${name}`;
        const body = name ? `av=1&fb_api_req_friendly_name=${name}&server_timestamps=true` : undefined;
        if (!byXhr) return (await (await fetch(url, name ? { method: 'POST', body } : {})).text()).length;
        return new Promise((done) => {
          const xhr = new XMLHttpRequest();
          xhr.addEventListener('load', () => done(xhr.responseText.length));
          xhr.open('GET', asked || url);
          xhr.send();
        });";
    let length: usize = browser.eval_async(script, vec![json!(url), json!(name), json!(by_xhr)]).await?;
    ensure!(length > 2, "the page itself got nothing of {url}");
    Ok(())
}

#[test]
fn what_every_platform_sends_its_page_is_heard() -> Result<()> {
    let shipped = Shipped::open()?;
    in_both(async |Scene { web, browser }| {
        let mut heard = 0;
        for site in shipped.sites.iter().filter(|site| !site.wire.is_empty()) {
            let address = &proofs_of(&site.id)?.pop().with_context(|| format!("{} has no page", site.id))?.address;
            for (number, Told { place, body }) in told_of(site, &address.host)?.into_iter().enumerate() {
                match place {
                    Place::Inline { css } => {
                        let url = open_empty(&web, &browser, address, number, &element(&css, &body)).await?;
                        is_heard(&browser, &url, &format!("{}: {css}", site.id)).await?;
                    }
                    Place::Answer { url: asked, name } => {
                        let url = open_empty(&web, &browser, address, number, "").await?;
                        let (host, path) = asked.trim_start_matches("https://").split_once('/').context("a host")?;
                        let answer = Response::new("application/json", body).with("Access-Control-Allow-Origin", "*");
                        web.page(host, &format!("/{path}"), answer);
                        page_asks(&browser, &asked, &name, number % 2 == 1).await?;
                        is_heard(&browser, &url, &format!("{}: {asked} {name}", site.id)).await?;
                    }
                }
                heard += 1;
            }
        }
        ensure!(heard > 20, "only {heard} answers were tried");
        browser.quit().await
    })
}
