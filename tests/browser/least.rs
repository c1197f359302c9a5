//! Where a platform counts the items in sight before it loads more, enough of them stay: the rest is folded and not
//! hidden.
//!
//! Every site whose file says how many is held to it, with its proof in the real extension. What is not looked at here:
//! how folded and hidden items differ, which `acts.rs` does.

use anyhow::{Context, Result, ensure};
use xtask::browser::Shadow;
use xtask::replica::{all_proofs, serve_proof};
use xtask::tasks::eval::Shipped;

use super::platforms::{Open, choose_all};
use super::sight::says;
use super::{Scene, in_both};

#[test]
fn where_a_platform_counts_its_items_enough_are_not_hidden() -> Result<()> {
    let (shipped, proofs) = (Shipped::open()?, all_proofs()?);
    in_both(async |Scene { web, browser }| {
        choose_all(&browser, "hide").await?;
        for (proof, layouts) in &proofs {
            let page = shipped.page(&proof.address.host, &proof.site)?;
            let least = page.feed_here(&proof.address.path, false).map_or(0, |feed| feed.least);
            if least == 0 {
                continue;
            }
            serve_proof(&web, proof, &proof.text);
            browser.goto(&proof.url()).await?;
            let open = Open { proof, layouts: layouts.clone(), browser: &browser };
            open.tells_the_truth("hidden").await?;
            let (mut folded, mut hidden) = (0, 0);
            let items = open.items().await?;
            for number in (0..items.len()).filter(|number| items[*number].folded) {
                let line = open.line(number).await?.context("a folded item has a line")?;
                let what = Shadow::of(&line).await?.find_all(".what").await?.pop().context("a line says what it is")?;
                folded += 1;
                hidden += usize::from(browser.text(&what).await?.starts_with(&says("markHide", &[""])));
            }
            let wanted = folded.min(items.len().saturating_sub(least));
            ensure!(hidden == wanted, "{}: {hidden} of {} are hidden, not {wanted}", proof.file, items.len());
        }
        browser.quit().await
    })
}
