//! What a person decides about their diary on the page of all choices and on the dashboard: files, how long it is kept, what is
//! never written down, and what is forgotten.
//!
//! Everything is pressed as a person presses it, files go through the browser's own downloads and its field for files, and
//! what came of it is read from the diary's own file, as `diary` reads it.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tempfile::TempDir;
use xtask::browser::{Browser, wait_for};

use super::dashboard::{TODAY, keep, said};
use super::diary::{exported, holds, rows, serve, take_in, visit};
use super::diary_forgotten::{folder_of, in_both_saving, saved};
use super::ours::{in_extension, wake};
use super::sight::says;
use super::{SOON, Scene, in_both};

const PAGE: &str = "extension/pages/options.html";

/// The page of all choices, once nothing is under way in it any more.
pub(crate) async fn open(browser: &Browser) -> Result<()> {
    browser.extension_page("extension/frame/frame.html").await?;
    browser.extension_page(PAGE).await?;
    browser.wait_for_js("document.querySelector('.diary .save-all:not([disabled])')", SOON).await
}

/// Presses a button, once it can be.
pub(crate) async fn press(browser: &Browser, css: &str) -> Result<()> {
    browser.wait_for_js(&format!("document.querySelector('{css}:not([disabled])')"), SOON).await?;
    browser.click(&browser.find(css).await?).await.with_context(|| format!("pressing {css}"))
}

/// Writes into a field, in place of what stands there.
async fn fill(browser: &Browser, css: &str, text: &str) -> Result<()> {
    let field = browser.find(css).await?;
    field.clear().await?;
    browser.click(&field).await?;
    browser.press(text).await
}

/// Chooses in a list.
pub(crate) async fn choose(browser: &Browser, css: &str, value: &str) -> Result<()> {
    browser.wait_for_js(&format!("document.querySelector('{css}:not([disabled])')"), SOON).await?;
    let script = "const list = document.querySelector(arguments[0]);
        list.value = arguments[1];
        list.dispatchEvent(new Event('change', { bubbles: true }));";
    browser.eval::<Value>(script, vec![json!(css), json!(value)]).await?;
    Ok(())
}

/// Waits until the page says this.
pub(crate) async fn told(browser: &Browser, words: &str) -> Result<()> {
    let is = || async { Ok(said(browser, ".told p").await?.iter().any(|told| told.contains(words))) };
    let waited = wait_for("the page to say it", SOON, is).await;
    ensure!(waited.is_ok(), "the page says {:?} instead of {words:?}", said(browser, ".told p").await?);
    Ok(())
}

/// Waits for the question, and what it says.
pub(crate) async fn asked(browser: &Browser, title: &str) -> Result<Vec<String>> {
    let wanted = format!("document.querySelector('dialog[open] h2')?.textContent === {}", json!(title));
    let waited = browser.wait_for_js(&wanted, SOON).await;
    ensure!(waited.is_ok(), "{:?} is asked instead of {title:?}", said(browser, "dialog[open] h2").await?);
    said(browser, "dialog tr").await
}

/// The sums of the diary, by period.
pub(crate) async fn sheets(browser: &Browser) -> Result<Value> {
    Ok(serde_json::from_str::<Value>(&exported(browser).await?)?["sheets"].take())
}

/// The days, weeks and months of it.
pub(crate) async fn periods(browser: &Browser) -> Result<Vec<String>> {
    Ok(sheets(browser).await?.as_object().into_iter().flat_map(|sheets| sheets.keys().cloned()).collect())
}

pub(crate) async fn today(browser: &Browser) -> Result<u32> {
    in_extension(browser, &format!("{TODAY} return today"), vec![]).await
}

/// Takes in days of a diary: on each one page and a request.
async fn keep_days(browser: &Browser, days: &[u32]) -> Result<()> {
    let counts = json!({ "requests": 1, "stopped": 1, "others": 0, "through": 0 });
    let sheet = json!({ "news.example": { "pages": 1, "companies": { "Loud Ads": counts } } });
    let sheets: Value =
        days.iter().map(|day| (format!("d{day}"), sheet.clone())).collect::<serde_json::Map<_, _>>().into();
    let file = json!({ "file": "plainsight diary", "form": 1, "sheets": sheets });
    let refused = take_in(browser, &file.to_string()).await?;
    ensure!(refused.is_none(), "the diary is not taken in: {refused:?}");
    Ok(())
}

/// Brings in a file as a person chooses one.
pub(crate) async fn bring(browser: &Browser, folder: &Path, text: &str, words: &str) -> Result<()> {
    let file = folder_of(folder, browser.which()).join("brought.json");
    std::fs::write(&file, text)?;
    browser.wait_for_js("document.querySelector('.diary [type=file]:not([disabled])')", SOON).await?;
    browser.find(".diary [type=file]").await?.send_keys(file.display().to_string()).await?;
    told(browser, words).await
}

/// All that is stored of choices.
async fn stored(browser: &Browser) -> Result<Value> {
    let script = "return chrome.storage.local.get(['settings', 'protection', 'also', 'diary', 'own'])";
    in_extension(browser, script, vec![]).await
}

#[test]
fn what_was_saved_and_forgotten_comes_back_from_its_file_once() -> Result<()> {
    let folder = TempDir::new()?;
    in_both_saving(folder.path(), async |Scene { web, browser }| {
        let folder = folder.path();
        serve(&web);
        wake(&browser).await?;
        keep(&browser).await?;
        visit(&web, &browser, "www.blog.example").await?;
        holds(&browser, "blog.example", [1, 2, 1, 0, 1]).await?;
        let store = "await chrome.storage.local.set(arguments[0])";
        let own = json!({ "rules": "||tracker.example^", "lists": [], "accounts": [] });
        let settings = json!({ "version": 1, "derank": true, "sites": {}, "acts": { "bait": "hide" } });
        in_extension::<()>(&browser, store, vec![json!({ "settings": settings, "own": own })]).await?;
        open(&browser).await?;
        let before = sheets(&browser).await?;

        let all = saved(&browser, folder, ".save-all", "all").await?;
        let file: Value = serde_json::from_str(&all)?;
        ensure!(file["sheets"] == before && file["choices"]["settings"] == settings, "{file}");
        ensure!(file["choices"]["own"]["rules"] == own["rules"], "{file}");
        let alone: Value = serde_json::from_str(&saved(&browser, folder, ".save-choices", "choices").await?)?;
        ensure!(alone["sheets"] == json!({}) && alone["choices"] == file["choices"], "{alone}");
        choose(&browser, ".diary select.table", "sites").await?;
        let table = saved(&browser, folder, ".save-table", "sites").await?;
        let lines: Vec<&str> = table.lines().collect();
        ensure!(lines.len() == 7 && lines[0] == "from,to,site,pages,seconds", "{table}");
        ensure!(lines.iter().any(|line| line.ends_with(",home.example,2,600")), "{table}");

        press(&browser, ".forget-all").await?;
        let goes = asked(&browser, &says("diaryAskAll", &[])).await?;
        let counts = [("dashboardSites", "5"), ("diaryPages", "9"), ("diaryRequests", "29"), ("dashboardItems", "10")];
        for (key, count) in counts {
            ensure!(goes.contains(&format!("{}{count}", says(key, &[]))), "{key} is not {count}: {goes:?}");
        }
        press(&browser, "dialog .forget").await?;
        told(&browser, &says("diaryForgotten", &[])).await?;
        ensure!(sheets(&browser).await? == json!({}), "something is left");
        let other = json!({ "settings": { "version": 1, "derank": false }, "own": { "rules": "", "lists": [], "accounts": [] } });
        in_extension::<()>(&browser, store, vec![other]).await?;

        for _ in 0..2 {
            bring(&browser, folder, &all, &says("diaryBrought", &[])).await?;
            ensure!(sheets(&browser).await? == before, "{} is not {before}", sheets(&browser).await?);
            let stored = stored(&browser).await?;
            ensure!(stored["settings"]["derank"] == true && stored["settings"]["acts"]["bait"] == "hide", "{stored}");
            ensure!(stored["own"]["rules"] == own["rules"], "{stored}");
        }

        // What is refused says why, and changes nothing.
        let chosen = stored(&browser).await?;
        let broken = all.replace("\"pages\":", "\"pages\":-");
        let place = says("diaryDamaged", &["@"]);
        let damaged = place.split('@').next().unwrap_or_default();
        for (text, words) in [
            (&all.replace("\"form\":1", "\"form\":2"), says("diaryNewer", &[])),
            (&all[..all.len() / 2].to_owned(), damaged.to_owned()),
            (&broken, damaged.to_owned()),
            (&"{}".to_owned(), says("diaryForeign", &[])),
        ] {
            bring(&browser, folder, text, &words).await?;
            ensure!(
                sheets(&browser).await? == before && stored(&browser).await? == chosen,
                "{words}: it changed something"
            );
        }
        browser.quit().await
    })
}

#[test]
fn what_is_older_than_the_person_wants_goes_after_a_yes_and_not_before() -> Result<()> {
    in_both(async |Scene { browser, .. }| {
        wake(&browser).await?;
        let now = today(&browser).await?;
        keep_days(&browser, &[now - 5, now - 40, now - 300]).await?;
        open(&browser).await?;
        let before = sheets(&browser).await?;
        let value =
            async || browser.eval::<String>("return document.querySelector('.diary select.keep').value", vec![]).await;

        choose(&browser, ".diary select.keep", "30").await?;
        let goes = asked(&browser, &says("diaryAskKeep", &["30 days"])).await?;
        ensure!(goes.contains(&format!("{}2", says("diaryPages", &[]))), "{goes:?}");
        press(&browser, "dialog .keep").await?;
        browser.wait_for_js("!document.querySelector('dialog[open]')", SOON).await?;
        ensure!(sheets(&browser).await? == before && value().await?.is_empty(), "it went after a no");

        // Where nothing would go, nothing is asked.
        choose(&browser, ".diary select.keep", "365").await?;
        told(&browser, &says("diaryKeptFor", &["1 year"])).await?;
        ensure!(value().await? == "365" && stored(&browser).await?["diary"]["keep"] == 365);
        choose(&browser, ".diary select.keep", "30").await?;
        asked(&browser, &says("diaryAskKeep", &["30 days"])).await?;
        press(&browser, "dialog .forget").await?;
        told(&browser, &says("diaryKeptFor", &["30 days"])).await?;
        ensure!(periods(&browser).await? == [format!("d{}", now - 5)], "{:?}", periods(&browser).await?);
        ensure!(value().await? == "30", "the choice is not shown");

        // A file that brings older days back says that they will not stay.
        keep_days(&browser, &[now - 40]).await?;
        open(&browser).await?;
        ensure!(value().await? == "30", "the choice is not kept");
        choose(&browser, ".diary select.keep", "").await?;
        told(&browser, &says("diaryKeptForEver", &[])).await?;
        ensure!(periods(&browser).await?.len() == 2, "{:?}", periods(&browser).await?);
        browser.quit().await
    })
}

#[test]
fn a_site_is_never_written_down_and_forgotten_when_the_person_says_so() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve(&web);
        wake(&browser).await?;
        for host in ["www.blog.example", "www.shop.example"] {
            visit(&web, &browser, host).await?;
        }
        holds(&browser, "blog.example", [1, 2, 1, 0, 1]).await?;
        holds(&browser, "shop.example", [1, 2, 1, 0, 1]).await?;
        open(&browser).await?;
        press(&browser, ".diary button.never").await?;
        told(&browser, &says("diaryNoSite", &[])).await?;
        fill(&browser, ".diary input.never", "https://www.blog.example/a?b#c").await?;
        press(&browser, ".diary button.never").await?;
        // What was written before is another question.
        asked(&browser, &says("diaryAskSite", &["blog.example"])).await?;
        press(&browser, "dialog .keep").await?;
        told(&browser, &says("diaryNeverAdded", &["blog.example"])).await?;
        ensure!(said(&browser, ".lists.never li span").await? == ["blog.example"]);
        visit(&web, &browser, "www.blog.example").await?;
        visit(&web, &browser, "www.shop.example").await?;
        holds(&browser, "shop.example", [2, 4, 2, 0, 2]).await?;
        holds(&browser, "blog.example", [1, 2, 1, 0, 1]).await?;

        open(&browser).await?;
        press(&browser, ".lists.never button").await?;
        browser.wait_for_js("!document.querySelector('.lists.never li')", SOON).await?;
        visit(&web, &browser, "www.blog.example").await?;
        holds(&browser, "blog.example", [2, 4, 2, 0, 2]).await?;

        open(&browser).await?;
        fill(&browser, ".diary input.site", "www.blog.example").await?;
        press(&browser, ".forget-site").await?;
        let goes = asked(&browser, &says("diaryAskSite", &["blog.example"])).await?;
        ensure!(goes.contains(&format!("{}4", says("diaryRequests", &[]))), "{goes:?}");
        press(&browser, "dialog .forget").await?;
        told(&browser, &says("diaryForgotten", &[])).await?;
        ensure!(rows(&browser, "blog.example").await?.is_empty(), "the site is not forgotten");
        holds(&browser, "shop.example", [2, 4, 2, 0, 2]).await?;
        press(&browser, ".forget-site").await?;
        told(&browser, &says("diaryNothing", &[])).await?;
        browser.quit().await
    })
}
