//! From a receipt to the choice behind it: the page of all choices opens at the part that the receipt is about, with the focus
//! there, and at no place that is none of these parts.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::By;
use xtask::browser::{Browser, Fixtures, wait_for};

use super::ours::in_extension;
use super::panel;
use super::sight::{X, says};
use super::small::{cell, feed_of, serve_small};
use super::wishes::{folded, press_in_receipt, store};
use super::{SOON, Scene, in_both};

const PAGE: &str = "extension/pages/options.html";

fn serve(web: &Fixtures) {
    let alike = "The football team won the league game after the coach changed the whole defense";
    let cells = [
        cell(1, "mara", "All in on #Crypto today.", false),
        cell(2, "tom", alike, false),
        cell(3, "tom", "Like if you agree with me!", false),
        cell(4, "brand", "Buy it.", true),
    ];
    serve_small(web, &feed_of(&cells.concat()), "");
}

/// Waits until a tab shows the page of all choices at this part, and holds it against what a person meets there; the tab is
/// closed again.
pub(crate) async fn leads_to(browser: &Browser, part: &str) -> Result<()> {
    // A driver need not know of tabs that an extension opens; the browser does.
    let close = "const tabs = await chrome.tabs.query({});
        const there = tabs.filter(({ url, pendingUrl }) => (url || pendingUrl || '').endsWith(arguments[0]));
        await chrome.tabs.remove(there.map(({ id }) => id));
        return there.length";
    let end = json!(format!("/{PAGE}#{part}"));
    wait_for(&format!("a tab at #{part}"), SOON, || async {
        Ok(in_extension::<usize>(browser, close, vec![end.clone()]).await? == 1)
    })
    .await?;
    let before = browser.tab().await?;
    browser.open_tab().await?;
    browser.extension_page(&format!("{PAGE}#{part}")).await?;
    let is = "(() => { const box = document.activeElement.getBoundingClientRect();
        return document.activeElement.id === PART && box.top >= 0 && box.bottom <= innerHeight; })()";
    let waited = browser.wait_for_js(&is.replace("PART", &json!(part).to_string()), SOON).await;
    let at: Value =
        browser.eval("return [document.activeElement.id, document.activeElement.tagName, scrollY]", vec![]).await?;
    browser.close_tab(&before).await?;
    waited.with_context(|| format!("#{part} led to {at}"))
}

#[test]
fn a_receipt_leads_to_the_choice_of_its_kind_and_to_the_persons_own_wishes() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve(&web);
        let own = json!({ "words": [{ "text": "crypto", "act": "lower" }],
            "topics": [{ "text": "football, league, coach", "act": "lower" }] });
        store(&browser, json!({ "own": own, "derank": true, "acts": { "sponsored": "lower", "bait": "lower" } }))
            .await?;
        for (id, part) in [("1", "wishes"), ("2", "topics"), ("3", "bait"), ("4", "sponsored")] {
            browser.goto(X.url).await?;
            folded(&browser, &["1", "2", "3", "4"]).await?;
            press_in_receipt(&browser, id, &says("popupOptions", &[])).await?;
            leads_to(&browser, part).await?;
        }
        browser.quit().await
    })
}

#[test]
fn a_receipt_in_the_panel_leads_to_the_choice_too() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve(&web);
        store(&browser, json!({ "derank": true, "acts": { "sponsored": "lower", "bait": "lower" } })).await?;
        browser.goto(X.url).await?;
        folded(&browser, &["3", "4"]).await?;
        panel::open(&browser, X.url).await?;
        for part in ["bait", "sponsored"] {
            let link = format!(".receipts a[href$='options.html#{part}']");
            browser.wait_for_js(&format!("document.querySelector(\"{link}\")"), SOON).await?;
            let receipts = browser.find_all(".receipts > li").await?;
            let mut of_part = Vec::new();
            for receipt in receipts {
                if !receipt.find_all(By::Css(&link)).await?.is_empty() {
                    of_part.push(receipt);
                }
            }
            let [receipt] = of_part.as_slice() else { anyhow::bail!("{} receipts lead to {part}", of_part.len()) };
            browser.click(&receipt.find(By::Css("summary")).await?).await?;
            let link = receipt.find(By::Css(&link)).await?;
            ensure!(browser.text(&link).await? == says("popupOptions", &[]), "another link leads to {part}");
            browser.click(&link).await?;
            leads_to(&browser, part).await?;
        }
        browser.quit().await
    })
}

#[test]
fn an_address_leads_to_no_other_part_of_the_choices() -> Result<()> {
    in_both(async |Scene { browser, .. }| {
        for part in ["rules", "diary", "never", "Bait", "no-such-part", "%62ait", "bait#bait"] {
            browser.extension_page("extension/frame/frame.html").await?;
            browser.extension_page(&format!("{PAGE}#{part}")).await?;
            browser.wait_for_js("document.querySelector('#opened')", SOON).await?;
            let frames =
                "return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))";
            browser.eval::<Value>(frames, vec![]).await?;
            let focus: String = browser.eval("return document.activeElement.tagName", vec![]).await?;
            ensure!(focus == "BODY", "#{part} leads to a {focus}");
        }
        browser.quit().await
    })
}
