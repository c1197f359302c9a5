//! Whom a platform knows by a number is called by the name that the page shows: on the receipt, on its button, and where it says
//! what was opened. Where no name stands, nobody is called by the number. What is wished is kept by it: names are not unique.
//!
//! The page is the proof of Facebook's groups, where authors are linked by numbers alone.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xtask::browser::{Browser, Key, Shadow, wait_for};
use xtask::replica::{Proof, all_proofs, serve_proof};

use super::ours::{in_extension, wake};
use super::platforms::Open;
use super::receipt::{closed, inside};
use super::sight::{receipt, says};
use super::wishes::{press, store};
use super::{SOON, Scene, in_both};

/// The post by whom the page calls Mia, and Facebook 303; where it stands in the page.
const POST: usize = 1;

/// Opens the page, and the receipt of the post; what that says.
async fn said(browser: &Browser, (proof, layouts): &(Proof, Value)) -> Result<String> {
    browser.goto(&proof.url()).await?;
    let page = Open { proof, layouts: layouts.clone(), browser };
    wait_for("the post's line", SOON, || async { Ok(page.line(POST).await?.is_some()) }).await?;
    let line = page.line(POST).await?.context("the line is gone")?;
    press(browser, &Shadow::of(&line).await?, &says("markWhyShort", &[])).await?;
    wait_for("the receipt", SOON, || async { Ok(receipt(browser).await?.is_some()) }).await?;
    browser.text(&inside(browser, "dialog").await?).await
}

#[test]
fn whom_a_platform_knows_by_a_number_is_called_by_name_or_not_at_all() -> Result<()> {
    let is_groups = |(proof, _): &(Proof, Value)| proof.file == "facebook-groups.proof.html";
    let page = all_proofs()?.into_iter().find(is_groups).context("no proof of groups")?;
    in_both(async |Scene { web, browser }| {
        serve_proof(&web, &page.0, &page.0.text);
        wake(&browser).await?;
        store(&browser, json!({ "acts": { "suggested": "label" } })).await?;
        let counted = json!({ "opened": "a key" });
        in_extension::<()>(&browser, "await chrome.storage.local.set({ diary: arguments[0] })", vec![counted]).await?;

        said(&browser, &page).await?;
        browser.press(Key::Escape + "").await?;
        closed(&browser, "Escape").await?;
        browser.click(&browser.find("[aria-posinset='2'] a[href*='/permalink/']").await?).await?;
        browser.wait_for_js("location.pathname.includes('/permalink/')", SOON).await?;
        said(&browser, &page).await?;
        let opened = says("receiptOpened_one", &["1", "Mia", "Facebook"]);
        let words = async || browser.text(&inside(&browser, "dialog").await?).await;
        let told = wait_for("what was opened", SOON, || async { Ok(words().await?.contains(&opened)) }).await;
        let words = words().await?;
        ensure!(told.is_ok() && !words.contains("303"), "the receipt says {words}");
        ensure!(words.contains(&says("receiptFollowUnknown", &["Mia", "Facebook"])), "the receipt says {words}");
        press(&browser, &receipt(&browser).await?.context("no receipt")?, &says("receiptLess", &["Mia"])).await?;
        let wished = "return (await chrome.storage.local.get('settings')).settings.own?.authors ?? []";
        let wished = async || in_extension::<Value>(&browser, wished, vec![]).await;
        wait_for("the wish", SOON, || async { Ok(wished().await? != json!([])) }).await?;
        let wanted = json!([{ "site": "facebook", "author": "303", "act": "lower" }]);
        ensure!(wished().await? == wanted, "wished is {}", wished().await?);
        let words = said(&browser, &page).await?;
        ensure!(words.contains(&says("receiptMuted", &[])), "the receipt says {words}");

        // A link that says nothing leaves a number.
        serve_proof(&web, &page.0, &page.0.text.replace("<span>Mia</span>", ""));
        let words = said(&browser, &page).await?;
        ensure!(words.contains(&says("receiptMuted", &[])) && !words.contains("303"), "the receipt says {words}");
        browser.quit().await
    })
}
