//! Pages: what the page reader of the best fitting site finds in a captured page, in a real browser.
//!
//! The capture is served as the site's own host by a web of ours that reaches nothing else, with a policy that lets none
//! of its scripts run: it is read as it was captured. The shipped `extract.js` is put in and asked, as the content script
//! asks it; what it read goes to the core.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use plainsight::api::page::Seen;
use serde_json::json;

use super::{Found, Shipped, row};
use crate::browser::{Browser, Fixtures, Options, Response, Which};
use crate::root;

/// What the best fitting site finds in each of these pages.
pub(super) fn read(shipped: &Shipped, files: Vec<PathBuf>, which: Which) -> Result<Vec<(PathBuf, Found)>> {
    tokio::runtime::Runtime::new()?.block_on(read_all(shipped, files, which))
}

async fn read_all(shipped: &Shipped, files: Vec<PathBuf>, which: Which) -> Result<Vec<(PathBuf, Found)>> {
    let extract = root().join("extension/content/extract.js");
    let extract = fs::read_to_string(&extract).with_context(|| format!("cannot read {}", extract.display()))?;
    let fixtures = Fixtures::start().await?;
    let browser = Browser::open(which, &Options { extension: None, ..Options::new(&fixtures) }).await?;
    let mut all = Vec::new();
    for file in files {
        let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let mut best = Found::default();
        for site in &shipped.sites {
            let host = site.hosts.last().context("a site without hosts")?;
            let path = site.feeds.first().context("a site without feeds")?;
            let page = Response::html(bytes.clone()).with("Content-Security-Policy", "script-src 'none'");
            fixtures.page(host, path, page);
            browser.goto(&format!("https://{host}{path}")).await?;
            let script = format!(
                "{extract}\nreturn [...document.querySelectorAll(arguments[0])].map((item) => extract(item, arguments[1]));"
            );
            let seen: Vec<Seen> = browser.eval(&script, vec![json!(site.dom.item), json!(site.dom.fields)]).await?;
            let page = shipped.page(site)?;
            // Lists that recycle their nodes show an item twice now and then.
            let mut ids = BTreeSet::new();
            let rows: Vec<_> = seen
                .iter()
                .filter_map(|seen| page.item(path, seen))
                .filter(|item| item.id.is_empty() || ids.insert(item.id.clone()))
                .map(|item| row(&file, site, &page, &item))
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
