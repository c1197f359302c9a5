//! Every site's page reader finds in the site's proof what the proof says, in both browsers.
//!
//! The proof stands beside the site's file; its items carry what they are to be found to be. The shipped `extract.js`
//! reads it as the content script does, without the wire, so this is the page reader alone.

use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xtask::root;
use xtask::tasks::eval::{Shipped, page};

use super::{Scene, in_both};

#[test]
fn every_page_reads_its_proof() -> Result<()> {
    let shipped = Shipped::open()?;
    in_both(async |Scene { web, browser }| {
        for site in &shipped.sites {
            let file = root().join(format!("data/sites/{}.proof.html", site.id));
            let proof = fs::read(&file).with_context(|| format!("{} has no proof of its page", site.id))?;
            let shown = page::items(&web, &browser, site, &shipped.page(site)?, &proof).await?;
            let said = String::from_utf8_lossy(&proof).matches("data-truth=").count();
            ensure!(shown.len() == said, "{}: {said} items were to be found, and {} were", site.id, shown.len());
            for page::Shown { item, truth } in shown {
                let truth = truth.with_context(|| format!("{}: {} is no item, and was found", site.id, item.id))?;
                let value = |said: Option<plainsight::api::page::Said>| said.map(|said| said.value);
                let found = json!({
                    "id": item.id,
                    "sponsored": item.sponsored.is_some(),
                    "suggested": item.suggested.is_some(),
                    "followed": item.followed,
                    "source": value(item.source),
                    "reason": value(item.reason),
                    "author": item.author,
                });
                let wanted: Value = serde_json::from_str(&truth)?;
                for (key, wanted) in wanted.as_object().context("a truth is an object")? {
                    ensure!(found[key] == *wanted, "{}: {}: {key} is {}, not {wanted}", site.id, item.id, found[key]);
                }
            }
        }
        browser.quit().await
    })
}
