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
use plainsight::api::page::{Item, Me, Page, Seen};
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
    // As in the browser, platforms are asked before ways of writing pages, which have no hosts of their own.
    let (platforms, others): (Vec<_>, Vec<_>) = shipped.sites.iter().partition(|site| !site.hosts.is_empty());
    for file in files {
        let capture = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let mut best = Found::default();
        for site in platforms.iter().chain(&others) {
            if site.hosts.is_empty() && !best.rows.is_empty() {
                continue;
            }
            for address in addresses(site) {
                let page = shipped.page(&address.host, &site.id)?;
                let shown = items(&web, &browser, &page, &address, &capture, false).await?;
                let rows: Vec<_> = shown.iter().map(|shown| row(&file, site, &page, &shown.item)).collect();
                if rows.len() > best.rows.len() {
                    best = Found { rows, refusals: Vec::new() };
                }
            }
        }
        all.push((file, best));
    }
    browser.quit().await?;
    Ok(all)
}

/// Where a page stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The host.
    pub host: String,
    /// The path.
    pub path: String,
}

/// One address for each of the ways in which a site builds its pages.
fn addresses(site: &Site) -> Vec<Address> {
    let mut all = Vec::new();
    for dom in &site.dom {
        // A site without hosts may be read on any.
        let host = dom.hosts.first().or(site.hosts.last()).map_or("captured.example", String::as_str).to_owned();
        let path = dom
            .paths
            .first()
            .or(site.feeds.first())
            .map(|path| path.replace("**", "captured").replace('*', "captured"));
        let address = Address { host, path: path.unwrap_or_default() };
        if !all.contains(&address) {
            all.push(address);
        }
    }
    all
}

/// An item that a page shows.
#[derive(Debug)]
pub struct Shown {
    /// What the core makes of it.
    pub item: Item,
    /// What its `data-truth` says that it is to be found to be, in a proof of ours.
    pub truth: Option<String>,
}

/// Serves a page at this address, opens it, and reads its items with the shipped `extract.js` and the core; or, if they
/// are wanted, its comments and no items.
///
/// # Errors
/// If the browser cannot open it.
pub async fn items(
    web: &Fixtures,
    browser: &Browser,
    page: &Page<'_>,
    address: &Address,
    capture: &[u8],
    comments: bool,
) -> Result<Vec<Shown>> {
    let extract = root().join("extension/content/extract.js");
    let extract = fs::read_to_string(&extract).with_context(|| format!("cannot read {}", extract.display()))?;
    let Address { host, path } = address;
    let feed = page.feed_here(path, comments).with_context(|| format!("no feed of ours is at https://{host}{path}"))?;
    let layouts: Vec<_> = feed.layouts.into_iter().filter(|layout| layout.comment == comments).collect();
    let items: Vec<_> = layouts.iter().map(|layout| layout.dom.item.as_str()).collect();
    web.page(host, path, Response::html(capture).with("Content-Security-Policy", "script-src 'none'"));
    browser.goto(&format!("https://{host}{path}")).await?;
    let script = format!(
        "{extract}\nreturn [extractMe(arguments[1]), [...document.querySelectorAll(arguments[0])]
            .map((item) => [extract(item, arguments[1]), item.getAttribute('data-truth')])];"
    );
    let (me, seen): (Option<Me>, Vec<(Seen, Option<String>)>) =
        browser.eval(&script, vec![json!(items.join(",")), json!(layouts)]).await?;
    // Lists that recycle their nodes show an item twice now and then.
    let mut ids = BTreeSet::new();
    Ok(seen
        .into_iter()
        .filter_map(|(seen, truth)| Some(Shown { item: page.item(path, &seen, me.as_ref())?, truth }))
        .filter(|shown| shown.item.id.is_empty() || ids.insert(shown.item.id.clone()))
        .collect())
}
