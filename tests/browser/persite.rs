//! What a person lets rest or lets through: on one site and all below it, until it ends, and nowhere else.
//!
//! The choice is stored as the popup stores it; that its buttons do so is shown elsewhere.

use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use xtask::browser::{Browser, wait_for};

use super::ours::{in_extension, wake};
use super::yard::{self, HARMLESS, OTHER, OWNER, SECOND, SUB, TRACKER, WAYS, YARD};
use super::{SOON, Scene, in_both};

/// A choice for the yard's site.
async fn choose(browser: &Browser, choice: Value) -> Result<()> {
    yard::protect(browser, json!({ "version": 1, "sites": { "yard.example": choice } })).await
}

#[test]
fn a_site_rests_with_its_subdomains_frames_and_workers_and_no_other_does() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        yard::serve(&web);
        wake(&browser).await?;
        choose(&browser, json!({ "off": "forever" })).await?;
        for page in [YARD, SUB] {
            yard::enter(&browser, page).await?;
            let came = yard::ask(&browser, &web, &[TRACKER], &WAYS).await?;
            ensure!(came == yard::all(TRACKER), "on {page} there came {came:?}");
            let told: Vec<String> =
                web.requests().into_iter().filter(|it| it.header("sec-gpc").is_some()).map(|it| it.url).collect();
            ensure!(told.is_empty(), "on {page} these were told not to sell: {told:?}");
        }
        let report = yard::report(&browser, SUB).await?;
        ensure!(report["rests"] == "forever", "the popup is told {report}");
        let counts = yard::counts(&report, OWNER);
        ensure!(counts.stopped == 0 && counts.through > 0, "it counts {counts:?}");
        yard::enter(&browser, OTHER).await?;
        let came = yard::ask(&browser, &web, &[TRACKER, HARMLESS], &WAYS).await?;
        ensure!(came == yard::harmless(HARMLESS), "on another site there came {came:?}");
        choose(&browser, json!({})).await?;
        yard::enter(&browser, YARD).await?;
        let came = yard::ask(&browser, &web, &[TRACKER], &WAYS).await?;
        ensure!(came.is_empty(), "when the rest was over there came {came:?}");
        browser.quit().await
    })
}

#[test]
fn a_rest_ends_by_itself_also_while_the_background_sleeps() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        yard::serve(&web);
        wake(&browser).await?;
        let now = u64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis())?;
        choose(&browser, json!({ "off": now + 6000 })).await?;
        yard::enter(&browser, YARD).await?;
        let came = yard::ask(&browser, &web, &[TRACKER], &["fetch"]).await?;
        ensure!(came.len() == 1, "while it rests there came {came:?}");
        browser.kill_background().await?;
        wait_for("the rest to end", SOON * 3, || async {
            Ok(yard::ask(&browser, &web, &[TRACKER], &["fetch"]).await?.is_empty())
        })
        .await?;
        let report = yard::report(&browser, YARD).await?;
        ensure!(report["rests"].is_null(), "the popup is told {report}");
        browser.quit().await
    })
}

/// `s.blinds.com` is Adobe's by EasyPrivacy's own section, and lies on another company's site.
const DISGUISE: &str = "s.blinds.com";
const SHOP: &str = "https://www.blinds.com/";

#[test]
fn a_company_is_let_through_on_one_site_in_every_way() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        yard::serve(&web);
        wake(&browser).await?;
        choose(&browser, json!({ "companies": { OWNER: [] } })).await?;
        for page in [YARD, SUB] {
            yard::enter(&browser, page).await?;
            let came = yard::ask(&browser, &web, &[TRACKER, SECOND], &WAYS).await?;
            ensure!(came == yard::all(TRACKER), "on {page} there came {came:?}");
        }
        let report = yard::report(&browser, SUB).await?;
        ensure!(report["through"] == json!([{ "name": OWNER, "tab": false }]), "the popup is told {report}");
        yard::enter(&browser, OTHER).await?;
        ensure!(yard::ask(&browser, &web, &[TRACKER], &WAYS).await?.is_empty(), "it came on another site");

        yard::enter(&browser, SHOP).await?;
        ensure!(yard::ask(&browser, &web, &[DISGUISE], &["fetch", "img"]).await?.is_empty(), "a disguise came");
        let told = wait_for("the disguise to be told", SOON, || async {
            Ok(yard::counts(&yard::report(&browser, SHOP).await?, "Adobe").stopped == 2)
        });
        ensure!(told.await.is_ok(), "it is not told as Adobe's: {}", yard::report(&browser, SHOP).await?);
        let choice = json!({ "sites": { "blinds.com": { "companies": { "Adobe": [DISGUISE] } } } });
        yard::protect(&browser, choice).await?;
        yard::enter(&browser, SHOP).await?;
        ensure!(yard::ask(&browser, &web, &[DISGUISE], &["fetch", "img"]).await?.len() == 2, "a disguise did not come");
        browser.quit().await
    })
}

/// Lets companies through in the tab at this address.
async fn through(browser: &Browser, url: &str, companies: &[&str]) -> Result<()> {
    let script = "const [tab] = (await chrome.tabs.query({})).filter((tab) => tab.url === arguments[0]);
        return chrome.runtime.sendMessage({ ask: 'through', tab: tab.id, companies: arguments[1] })";
    let done: bool = in_extension(browser, script, vec![json!(url), json!(companies)]).await?;
    ensure!(done, "it was not done");
    Ok(())
}

#[test]
fn a_tab_lets_a_company_through_until_it_leaves_the_site() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        yard::serve(&web);
        wake(&browser).await?;
        let ways = ["fetch", "frame", "img", "subframe", "worker"];
        yard::enter(&browser, YARD).await?;
        through(&browser, YARD, &[OWNER]).await?;
        let all = |host: &str| ways.iter().map(|way| format!("{host}/{way}")).collect();
        let came = yard::ask(&browser, &web, &[TRACKER, SECOND], &ways).await?;
        ensure!(came == all(TRACKER), "there came {came:?}");
        // Neither a death of the background nor another page of the site changes it.
        wait_for("it to be stored", SOON, || async {
            let script =
                "return Object.keys(await chrome.storage.session.get(null)).some((key) => key.startsWith('through:'))";
            in_extension(&browser, script, vec![]).await
        })
        .await?;
        browser.kill_background().await?;
        yard::enter(&browser, SUB).await?;
        ensure!(yard::ask(&browser, &web, &[TRACKER], &ways).await? == all(TRACKER), "it did not stay");
        let report = yard::report(&browser, SUB).await?;
        ensure!(report["through"] == json!([{ "name": OWNER, "tab": true }]), "the popup is told {report}");
        // Another tab on the site knows nothing of it.
        let first = browser.tab().await?;
        browser.open_tab().await?;
        yard::enter(&browser, YARD).await?;
        ensure!(yard::ask(&browser, &web, &[TRACKER], &ways).await?.is_empty(), "it came in another tab");
        browser.close_tab(&first).await?;
        // Elsewhere, and after coming back, it is over.
        for page in [OTHER, YARD] {
            yard::enter(&browser, page).await?;
            let came = yard::ask(&browser, &web, &[TRACKER], &ways).await?;
            ensure!(came.is_empty(), "on {page} there came {came:?}");
        }
        through(&browser, YARD, &[OWNER]).await?;
        through(&browser, YARD, &[]).await?;
        ensure!(yard::ask(&browser, &web, &[TRACKER], &ways).await?.is_empty(), "it was taken back and came");
        browser.quit().await
    })
}
