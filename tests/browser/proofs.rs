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
            let proofs = proofs_of(&site.id)?;
            ensure!(!proofs.is_empty() || !site.wire.is_empty(), "{} has no proof", site.id);
            for (file, proof) in proofs {
                let address = address_in(&proof).with_context(|| format!("{file} does not say where it stands"))?;
                let shown =
                    page::items(&web, &browser, &shipped.page(&address.host)?, &address, proof.as_bytes()).await?;
                let said = proof.matches("data-truth=").count();
                ensure!(shown.len() == said, "{file}: {said} items were to be found, and {} were", shown.len());
                for page::Shown { item, truth } in shown {
                    let truth = truth.with_context(|| format!("{}: {} is no item, and was found", site.id, item.id))?;
                    let value = |said: Option<plainsight::api::page::Said>| said.map(|said| said.value);
                    let found = json!({
                        "id": item.id,
                        "sponsored": item.sponsored.is_some(),
                        "partnership": item.partnership.is_some(),
                        "suggested": item.suggested.is_some(),
                        "activity": item.activity.is_some(),
                        "shelf": item.shelf.is_some(),
                        "ai": item.ai.is_some(),
                        "followed": item.followed,
                        "source": value(item.source),
                        "reason": value(item.reason),
                        "author": item.author,
                    });
                    let wanted: Value = serde_json::from_str(&truth)?;
                    for (key, wanted) in wanted.as_object().context("a truth is an object")? {
                        ensure!(found[key] == *wanted, "{file}: {}: {key} is {}, not {wanted}", item.id, found[key]);
                    }
                }
            }
        }
        browser.quit().await
    })
}

/// The proofs of a site's pages: one for each way in which it builds them, `NAME.proof.html` or `NAME-WAY.proof.html`.
fn proofs_of(site: &str) -> Result<Vec<(String, String)>> {
    let mut proofs = Vec::new();
    for entry in fs::read_dir(root().join("data/sites"))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some(stem) = name.strip_suffix(".proof.html") else { continue };
        if stem == site || stem.strip_prefix(site).is_some_and(|rest| rest.starts_with('-')) {
            proofs.push((name, fs::read_to_string(&path)?));
        }
    }
    proofs.sort();
    Ok(proofs)
}

/// Where a proof says that its page stands.
fn address_in(proof: &str) -> Option<page::Address> {
    let (_, rest) = proof.split_once("<link rel=\"canonical\" href=\"https://")?;
    let (host, path) = rest.split_once('"')?.0.split_once('/')?;
    Some(page::Address { host: host.into(), path: format!("/{path}") })
}
