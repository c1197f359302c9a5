//! The report on a page that cannot be read: shown in the popup when the person asks, and nothing in it but names of parts.
//!
//! Every site's proof is rebuilt as platforms rebuild their pages; whatever words, handles, ids and addresses stand in it
//! must stand in no report.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xtask::browser::{Browser, wait_for};
use xtask::replica::{all_proofs, serve_proof};

use super::also::also_read_all;
use super::looks::take;
use super::ours::{in_extension, open_popup};
use super::platforms::{UNTIL_EMPTY, rebuilt};
use super::sight::says;
use super::{SOON, Scene, in_both};

/// What the content script tells of the page at this address.
async fn structure(browser: &Browser, url: &str) -> Result<String> {
    let script = "const [tab] = (await chrome.tabs.query({})).filter((tab) => tab.url === arguments[0]);
        return (await chrome.tabs.sendMessage(tab.id, { ask: 'structure' })) ?? '';";
    in_extension(browser, script, vec![json!(url)]).await
}

/// Everything of the page that is a value and no name of a part: its words, and what its attributes say.
async fn values(browser: &Browser) -> Result<Vec<String>> {
    let script = "const values = new Set();
        for (const node of document.body.querySelectorAll('*')) {
          for (const { name, value } of node.attributes) if (name !== 'role') values.add(value);
          for (const child of node.childNodes) if (child.nodeType === Node.TEXT_NODE) values.add(child.nodeValue.trim());
        }
        return [...values].filter((value) => value.length > 3);";
    browser.eval(script, vec![]).await
}

#[test]
fn what_could_be_reported_of_a_page_holds_none_of_its_words() -> Result<()> {
    let proofs = all_proofs()?;
    in_both(async |Scene { web, browser }| {
        also_read_all(&browser, &proofs).await?;
        for (proof, _) in &proofs {
            serve_proof(&web, proof, &rebuilt(&proof.text));
            browser.goto(&proof.url()).await?;
            let values = values(&browser).await?;
            ensure!(values.len() > 3, "{}: there is nothing that could be told", proof.file);
            let told = async || structure(&browser, &proof.url()).await;
            let ready = wait_for("the page to be known as a feed", SOON, || async { Ok(!told().await?.is_empty()) });
            ready.await.with_context(|| proof.file.clone())?;
            let told = told().await?;
            ensure!(told.contains("\nlayout ") && told.lines().count() > 4, "{}: told is {told:?}", proof.file);
            // The first lines are of the site's file; below them is the page.
            let told: String =
                told.lines().skip(1).skip_while(|line| line.starts_with("layout ")).collect::<Vec<_>>().join("\n");
            // A name of a part may be a word of the page as well; a line of the report is nothing but such names.
            let names: Vec<&str> = told.split(|c: char| !(c.is_alphanumeric() || "-_:.".contains(c))).collect();
            let names_of_parts: Vec<String> = browser.eval(
                "const names = new Set(); for (const node of document.querySelectorAll('*')) { names.add(node.localName); for (const name of node.getAttributeNames()) names.add(name); } return [...names];",
                vec![],
            ).await?;
            for value in &values {
                let is_told = names.contains(&value.as_str())
                    || (value.contains([' ', '/', '@']) && told.contains(value.as_str()));
                ensure!(
                    !is_told || names_of_parts.contains(value),
                    "{}: {value:?} stands in the report:\n{told}",
                    proof.file
                );
            }
        }
        browser.quit().await
    })
}

#[test]
fn the_popup_shows_the_report_when_it_is_asked_to() -> Result<()> {
    let proofs = all_proofs()?;
    let (proof, _) = proofs.iter().find(|(proof, _)| proof.file == "linkedin.proof.html").context("no such proof")?;
    in_both(async |Scene { web, browser }| {
        serve_proof(&web, proof, &rebuilt(&proof.text));
        browser.goto(&proof.url()).await?;
        tokio::time::sleep(UNTIL_EMPTY).await;
        open_popup(&browser, &proof.url()).await?;
        let shown = "document.querySelector('.report button')";
        browser.wait_for_js(shown, SOON).await?;
        ensure!(browser.find_all(".report pre").await?.is_empty(), "it is shown without being asked for");
        let button = browser.find(".report button").await?;
        ensure!(browser.text(&button).await? == says("reportShow", &[]), "another button");
        browser.click(&button).await?;
        browser.wait_for_js("document.querySelector('.report pre')", SOON).await?;
        let text = browser.text(&browser.find(".report pre").await?).await?;
        ensure!(text.contains("linkedin") && text.contains("layout 0: "), "shown is {text:?}");
        browser.viewport(380, 640).await?;
        browser.eval::<Value>("document.querySelector('.report').scrollIntoView({ block: 'end' })", vec![]).await?;
        take(&browser, false, "popup-report").await?;
        let scrolls: Value = browser
            .eval("return document.documentElement.scrollWidth > document.documentElement.clientWidth", vec![])
            .await?;
        ensure!(scrolls == json!(false), "the popup is wider than itself");
        browser.click(&browser.find(".report pre + button").await?).await?;
        let told =
            format!("document.querySelector('.report [role=status]').textContent === {:?}", says("reportCopied", &[]));
        browser.wait_for_js(&told, SOON).await?;
        browser.quit().await
    })
}
