//! Pages: what the page reader of the best fitting site finds in a captured page, in a real browser.
//!
//! The capture is served as the site's own host by a web of ours that reaches nothing else, with a policy that lets none
//! of its scripts run: it is read as it was captured. The shipped `extract.js` is put in and asked, as the content script
//! asks it; what it read goes to the core.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use plainsight::api::authoring::Site;
use plainsight::api::page::{Item, Page, Seen};
use serde_json::json;

use super::found::{Found, Shipped, row};
use crate::browser::{Browser, Fixtures, Options, Response, Which};
use crate::root;

/// What the best fitting site finds in each of these pages.
pub(super) fn read(shipped: &Shipped, files: Vec<PathBuf>, which: Which) -> Result<Vec<(PathBuf, Found)>> {
    tokio::runtime::Runtime::new()?.block_on(read_all(shipped, files, which))
}

async fn read_all(shipped: &Shipped, files: Vec<PathBuf>, which: Which) -> Result<Vec<(PathBuf, Found)>> {
    let web = Fixtures::start().await?;
    let browser = Browser::open(which, &Options { extension: None, ..Options::new(&web) }).await?;
    let mut all = Vec::new();
    for file in files {
        let capture = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let mut best = Found::default();
        for site in &shipped.sites {
            let page = shipped.page(site)?;
            let rows: Vec<_> = items(&web, &browser, site, &page, &capture)
                .await?
                .iter()
                .map(|shown| row(&file, site, &page, &shown.item))
                .collect();
            if rows.len() > best.rows.len() {
                best = Found { rows, refusals: Vec::new() };
            }
        }
        all.push((file, best));
    }
    browser.quit().await?;
    Ok(all)
}

/// An item that a page shows.
#[derive(Debug)]
pub struct Shown {
    /// What the core makes of it.
    pub item: Item,
    /// What its `data-truth` says that it is to be found to be, in a proof of ours.
    pub truth: Option<String>,
}

/// Serves a page as this site's feed, opens it, and reads its items with the shipped `extract.js` and the core.
///
/// # Errors
/// If the browser cannot open it.
pub async fn items(
    web: &Fixtures,
    browser: &Browser,
    site: &Site,
    page: &Page<'_>,
    capture: &[u8],
) -> Result<Vec<Shown>> {
    let extract = root().join("extension/content/extract.js");
    let extract = fs::read_to_string(&extract).with_context(|| format!("cannot read {}", extract.display()))?;
    let host = site.hosts.last().context("a site without hosts")?;
    let path = site.feeds.first().context("a site without feeds")?;
    web.page(host, path, Response::html(capture).with("Content-Security-Policy", "script-src 'none'"));
    browser.goto(&format!("https://{host}{path}")).await?;
    let script = format!(
        "{extract}\nreturn [...document.querySelectorAll(arguments[0])]
            .map((item) => [extract(item, arguments[1]), item.getAttribute('data-truth')]);"
    );
    let seen: Vec<(Seen, Option<String>)> =
        browser.eval(&script, vec![json!(site.dom.item), json!(site.dom.fields)]).await?;
    // Lists that recycle their nodes show an item twice now and then.
    let mut ids = BTreeSet::new();
    Ok(seen
        .into_iter()
        .filter_map(|(seen, truth)| Some(Shown { item: page.item(path, &seen)?, truth }))
        .filter(|shown| shown.item.id.is_empty() || ids.insert(shown.item.id.clone()))
        .collect())
}
