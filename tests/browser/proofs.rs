//! Every site's page reader finds in the site's proof what the proof says, in both browsers.
//!
//! The proof stands beside the site's file; its items carry what they are to be found to be. The shipped `extract.js`
//! reads it as the content script does, without the wire, so this is the page reader alone.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xtask::replica::{Proof, comment_proofs_of, proofs_of};
use xtask::tasks::eval::{Shipped, page};

use super::{Scene, in_both};

#[test]
fn every_page_reads_its_proof() -> Result<()> {
    let shipped = Shipped::open()?;
    in_both(async |Scene { web, browser }| {
        for site in &shipped.sites {
            let proofs = proofs_of(&site.id)?;
            ensure!(!proofs.is_empty() || !site.wire.is_empty(), "{} has no proof", site.id);
            let of_comments = comment_proofs_of(&site.id)?;
            ensure!(of_comments.is_empty() == site.comment.is_empty(), "{} proves no comments, or others", site.id);
            for Proof { file, address, text, comments, .. } in proofs.iter().chain(&of_comments) {
                let page = shipped.page(&address.host, &site.id)?;
                let shown = page::items(&web, &browser, &page, address, text.as_bytes(), *comments).await?;
                let said = text.matches("data-truth=").count();
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
                        "name": item.name,
                        "community": item.community,
                        "link": value(item.link),
                        "advertiser": value(item.advertiser),
                        "own": item.own,
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
