//! The dashboard: sums that agree with what is kept, numbers that lead to what they rest on, and a way back.
//!
//! The days are taken in as a diary from a file; what the views make of them is held by `src/ledger/view`, and here that a
//! person sees it.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use xtask::browser::{Browser, Key};

use super::diary::take_in;
use super::ours::in_extension;
use super::sight::says;
use super::{SOON, Scene, in_both};

/// The page.
pub(crate) const PAGE: &str = "extension/pages/dashboard.html";
/// The person's own day, as scripts know it.
pub(crate) const TODAY: &str =
    "const today = Math.floor((Date.now() - new Date().getTimezoneOffset() * 60000) / 86400000);";

/// Keeps two days of a diary, today and yesterday: three companies on four sites, and a feed that was looked at.
pub(crate) async fn keep(browser: &Browser) -> Result<()> {
    let counts = |requests: u32, stopped: u32, through: u32| json!({ "requests": requests, "stopped": stopped, "others": 0, "through": through });
    let today = json!({ "news.example": { "pages": 3, "companies": { "Loud Ads": counts(12, 10, 2), "Quiet Metrics": counts(3, 3, 0) } },
        "shop.example": { "pages": 1, "companies": { "Loud Ads": counts(4, 4, 0) } },
        "home.example": { "pages": 2, "seconds": 600, "feeds": { "x": { "sponsored": 3, "suggested": 5, "followed": 2, "kinds": { "tag-bait": 2 }, "acts": { "label": 8 } } } } });
    let yesterday = json!({ "news.example": { "pages": 1, "companies": { "Loud Ads": counts(5, 0, 5) } },
        "forum.example": { "pages": 1, "companies": { "Loud Ads": counts(1, 0, 0), "Font House": counts(2, 0, 2) } } });
    let day: u32 = in_extension(browser, &format!("{TODAY} return today"), vec![]).await?;
    let sheets = json!({ format!("d{day}"): today, format!("d{}", day - 1): yesterday });
    let file = json!({ "file": "plainsight diary", "form": 1, "choices": {}, "sheets": sheets });
    let refused = take_in(browser, &file.to_string()).await?;
    ensure!(refused.is_none(), "the diary is not taken in: {refused:?}");
    Ok(())
}

/// The words of all that a selector matches, blanks made single.
pub(crate) async fn said(browser: &Browser, css: &str) -> Result<Vec<String>> {
    let script = "return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent.trim().replace(/\\s+/g, ' '))";
    browser.eval(script, vec![json!(css)]).await
}

/// Clicks on the link of these words in a part of the page, as the keyboard does.
async fn follow(browser: &Browser, part: &str, words: &str) -> Result<()> {
    let script = "const link = [...document.querySelectorAll(arguments[0])].find((one) => one.textContent.trim() === arguments[1]);
        link?.focus();
        return document.activeElement === link && link !== undefined;";
    let found: bool = browser.eval(script, vec![json!(format!("{part} a")), json!(words)]).await?;
    ensure!(found, "{part} has no link {words:?}: {:?}", said(browser, &format!("{part} a")).await?);
    browser.press(Key::Enter + "").await
}

/// Waits until the page is about this company or site.
async fn about(browser: &Browser, name: &str) -> Result<()> {
    let wanted = format!("document.querySelector('#subject')?.textContent === {}", json!(name));
    browser.wait_for_js(&wanted, SOON).await
}

#[test]
fn numbers_lead_to_what_they_rest_on_and_back() -> Result<()> {
    in_both(async |Scene { browser, .. }| {
        keep(&browser).await?;
        browser.extension_page(PAGE).await?;
        browser.wait_for_js("document.querySelector('.sums')", SOON).await?;
        let sums = said(&browser, ".sums b").await?;
        ensure!(sums == ["4", "3", "17", "9", "10", "10"], "the sums are {sums:?}");
        let reach = said(&browser, "[aria-labelledby=companies] tbody td:nth-child(2)").await?;
        ensure!(reach.len() == 3 && reach[0] == "on 3 of the 4 sites you visited", "{reach:?}");
        let made = said(&browser, "[aria-labelledby=feeds] .shares li").await?;
        ensure!(made == ["Ads: 30%", "Suggestions: 50%", "From whom you follow: 20%", "Not stated: 0%"], "{made:?}");
        // Time is to scale: the plot has a place for each of the seven days, and bars where something was counted.
        browser.wait_for_js("document.querySelector('[aria-labelledby=stopped] .plot')", SOON).await?;
        let drawn: usize = browser
            .eval("return document.querySelectorAll('[aria-labelledby=stopped] .plot rect').length", vec![])
            .await?;
        ensure!(
            drawn == 4,
            "{drawn} pieces are drawn of today's stopped and let through, yesterday's let through and unknown"
        );

        follow(&browser, "[aria-labelledby=companies] tbody", "Loud Ads").await?;
        about(&browser, "Loud Ads").await?;
        browser.wait_for_js("document.activeElement.id === 'subject'", SOON).await?;
        let sites = said(&browser, "[aria-labelledby=subject] tbody tr").await?;
        ensure!(sites[0] == "news.example10070", "{sites:?}");
        follow(&browser, "[aria-labelledby=subject] tbody", "forum.example").await?;
        about(&browser, "forum.example").await?;
        let companies = said(&browser, "[aria-labelledby=subject] tbody th").await?;
        ensure!(companies == ["Font House", "Loud Ads"], "{companies:?}");

        browser.eval::<Value>("history.back()", vec![]).await?;
        about(&browser, "Loud Ads").await?;
        browser.eval::<Value>("history.back()", vec![]).await?;
        browser.wait_for_js("document.querySelector('.sums')", SOON).await?;

        // A place can be kept: the address alone leads there, and of another day it tells that day alone.
        let hash: String = browser.eval(&format!("{TODAY} return `#range=day&end=${{today}}`"), vec![]).await?;
        browser.extension_page(&format!("{PAGE}{hash}")).await?;
        browser.reload().await?;
        browser.wait_for_js("document.querySelector('.sums')", SOON).await?;
        let sums = said(&browser, ".sums b").await?;
        ensure!(sums == ["2", "2", "0", "7"], "yesterday's sums are {sums:?}");
        browser.quit().await
    })
}

#[test]
fn the_table_of_companies_and_sites_is_searched_and_keeps_what_was_searched() -> Result<()> {
    in_both(async |Scene { browser, .. }| {
        keep(&browser).await?;
        browser.extension_page(PAGE).await?;
        browser.wait_for_js("document.querySelector('.matrix')", SOON).await?;
        let (rows, columns) = (".matrix tbody th", ".matrix thead th a");
        ensure!(said(&browser, rows).await?.len() == 3 && said(&browser, columns).await?.len() == 3);
        browser.click(&browser.find("input[type=search]").await?).await?;
        browser.press("FORUM").await?;
        ensure!(said(&browser, rows).await? == ["Loud Ads", "Font House"], "{:?}", said(&browser, rows).await?);
        ensure!(said(&browser, columns).await? == ["forum.example"]);
        browser.reload().await?;
        browser.wait_for_js("document.querySelector('.matrix')", SOON).await?;
        ensure!(said(&browser, columns).await? == ["forum.example"], "the search is not in the address");
        browser.click(&browser.find("input[type=search]").await?).await?;
        browser.press("no such name").await?;
        browser.wait_for_js("!document.querySelector('.matrix')", SOON).await?;
        browser.quit().await
    })
}

#[test]
fn what_was_noticed_and_done_leads_to_its_days_and_platforms() -> Result<()> {
    in_both(async |Scene { browser, .. }| {
        keep(&browser).await?;
        let names = [says("kindTagBait", &[]), says("actDoneLabel", &[])];
        let table = "[aria-labelledby=subject] tbody tr";
        browser.extension_page(PAGE).await?;
        browser.wait_for_js("document.querySelector('[aria-labelledby=feeds] .tally')", SOON).await?;
        open_all(&browser).await?;
        follow(&browser, "[aria-labelledby=feeds]", &format!("{} 2", names[0])).await?;
        about(&browser, &names[0]).await?;
        browser.wait_for_js("document.activeElement.id === 'subject'", SOON).await?;
        open_all(&browser).await?;
        let shares = said(&browser, "[aria-labelledby=subject] .shares li").await?;
        ensure!(shares == ["X: 2"], "{shares:?}");
        // Yesterday something was kept and no feed read: that is told as none.
        let counts = said(&browser, &format!("{table} td")).await?;
        ensure!(counts == ["0", "2"], "by days: {counts:?}");
        let card = said(&browser, "[aria-labelledby=subject] a[href='lessons.html#tag-bait']").await?;
        ensure!(card == [says("receiptCard", &[])], "{card:?}");

        // A day of it by itself, and back to everything by the history.
        let today: String =
            browser.eval(&format!("return document.querySelector('{table}:last-child a').textContent"), vec![]).await?;
        follow(&browser, "[aria-labelledby=subject] tbody", &today).await?;
        browser.wait_for_js(&format!("document.querySelectorAll('{table}').length === 1"), SOON).await?;
        ensure!(said(&browser, &format!("{table} td")).await? == ["2"]);
        browser.eval::<Value>("history.go(-2)", vec![]).await?;
        browser.wait_for_js("document.querySelector('.sums')", SOON).await?;

        // From a site's page it is that site's number, and what was done has no card.
        browser.extension_page(&format!("{PAGE}#range=week&site=home.example")).await?;
        browser.reload().await?;
        about(&browser, "home.example").await?;
        open_all(&browser).await?;
        follow(&browser, "[aria-labelledby=feeds]", &format!("{} 8", names[1])).await?;
        about(&browser, &names[1]).await?;
        ensure!(said(&browser, "[aria-labelledby=subject] .shares li").await? == ["X: 8"]);
        ensure!(said(&browser, "a[href^='lessons.html#']").await?.is_empty());
        follow(&browser, "[aria-labelledby=subject]", "home.example").await?;
        about(&browser, "home.example").await?;
        // Of a site without it there is none.
        browser.extension_page(&format!("{PAGE}#range=week&act=label&site=news.example")).await?;
        browser.reload().await?;
        about(&browser, &names[1]).await?;
        let none = says("dashboardNoFeeds", &[]);
        ensure!(said(&browser, "[aria-labelledby=subject] .quiet").await?.contains(&none));
        browser.quit().await
    })
}

/// Opens all that stands behind a line, as a reader would, and what comes further down meanwhile.
async fn open_all(browser: &Browser) -> Result<()> {
    let opened = "(one) => { one.open = true; return one.children.length > 1; }";
    browser.wait_for_js(&format!("[...document.querySelectorAll('details')].every({opened})"), SOON).await
}

#[test]
fn of_nothing_kept_nothing_is_told() -> Result<()> {
    in_both(async |Scene { browser, .. }| {
        browser.extension_page(PAGE).await?;
        browser.wait_for_js("document.querySelector('main section')", SOON).await?;
        let told = said(&browser, "main section").await?;
        ensure!(told == [says("dashboardNothing", &[])], "{told:?}");
        browser.quit().await
    })
}
