//! A store without room: the browser itself refuses to store more, the person is told, old days are packed where there is room
//! for that, nothing is lost, and when there is room again nobody is warned any more.
//!
//! Chromium refuses by a quota that its devtools set, of an extension that did not ask for unlimited room: a copy of the packed
//! one. Firefox opened no new base to be filled under its preference for a limit, so there the background's own `put` is replaced
//! by one that takes a transaction back with the same error as soon as it holds more than there is room for.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use xtask::browser::{Browser, Options, Tab, Which, wait_for};

use super::dashboard::said;
use super::diary::{serve, take_in, visit};
use super::diary_choices::today;
use super::guard::copy;
use super::ours::{in_extension, wake};
use super::sight::says;
use super::{SOON, Scene, in_both_with};

/// Chromium remembers for so long (s) how much room there was, and asks again only where that is not enough.
const KNOWN: u64 = 31;
/// A week that was packed is smaller (bytes), and what was noted meanwhile is larger.
const LITTLE: u64 = 600;
const PLENTY: u64 = 100_000_000;

/// Leaves so much room in the store from now on (bytes). `aside` is a tab of the extension's own that stays open.
async fn leave(browser: &Browser, aside: &Tab, room: u64) -> Result<()> {
    let before = browser.tab().await?;
    browser.switch_to(aside).await?;
    match browser.which() {
        Which::Chromium => {
            let used: u64 = browser.eval_async("return (await navigator.storage.estimate()).usage", vec![]).await?;
            let origin = browser.extension_url("")?;
            let quota = json!({ "origin": origin.trim_end_matches('/'), "quotaSize": used + room });
            browser.driver()?.cdp().send_raw("Storage.overrideQuotaForOrigin", quota).await?;
            if room == 0 {
                tokio::time::sleep(std::time::Duration::from_secs(KNOWN)).await;
            }
        }
        Which::Firefox => {
            let script = "const { IDBObjectStore, DOMException } = await browser.runtime.getBackgroundPage();
                const real = IDBObjectStore.prototype.really ??= IDBObjectStore.prototype.put;
                const sums = new WeakMap();
                IDBObjectStore.prototype.put = function (value, key) {
                  const sum = (sums.get(this.transaction) ?? 0) + value.byteLength;
                  sums.set(this.transaction, sum);
                  if (sum <= arguments_room) return real.call(this, value, key);
                  this.transaction.abort();
                  throw new DOMException('no room', 'QuotaExceededError');
                };";
            browser.eval_async::<Value>(&script.replace("arguments_room", &room.to_string()), vec![]).await?;
        }
    }
    browser.switch_to(&before).await
}

/// The keys of all that is stored, as they are: an export would have the background store first.
async fn stored(browser: &Browser) -> Result<Vec<String>> {
    let script = "const base = await new Promise((done) => {
            const asked = indexedDB.open('diary', 1);
            asked.onsuccess = () => done(asked.result);
        });
        const keys = await new Promise((done) => {
            const asked = base.transaction('kept').objectStore('kept').getAllKeys();
            asked.onsuccess = () => done(asked.result);
        });
        base.close();
        return keys;";
    in_extension(browser, script, vec![]).await
}

/// What is stored holds this many days and weeks and this many rows, in the end.
async fn holds(browser: &Browser, days: usize, weeks: usize, rows: usize) -> Result<()> {
    let count = async || {
        let keys = stored(browser).await?;
        let of = |word: &str| keys.iter().filter(|key| key.starts_with(word)).count();
        anyhow::Ok([of("sheet d"), of("sheet w"), of("row ")])
    };
    let waited = wait_for("the store", SOON, || async { Ok(count().await? == [days, weeks, rows]) }).await;
    ensure!(waited.is_ok(), "stored are {:?}, not {days} days, {weeks} weeks, {rows} rows", stored(browser).await?);
    Ok(())
}

/// Whether the page of all choices warns that there is no room.
async fn warns(browser: &Browser, is: bool) -> Result<()> {
    let before = browser.tab().await?;
    browser.open_tab().await?;
    browser.extension_page("extension/pages/options.html").await?;
    browser.wait_for_js("document.querySelector('.diary .save-all:not([disabled])')", SOON).await?;
    let notices = said(browser, ".diary .notice").await?;
    browser.close_tab(&before).await?;
    let warning = says("diaryFull", &["@"]);
    let begins = warning.split('@').next().unwrap_or_default();
    let expected = if is { notices.len() == 1 && notices[0].starts_with(begins) } else { notices.is_empty() };
    ensure!(expected, "the page says {notices:?}");
    Ok(())
}

#[test]
fn a_store_without_room_is_told_of_and_packed_and_loses_nothing() -> Result<()> {
    let folder = TempDir::new()?;
    let change = |which, options: Options| limited(folder.path(), which, options);
    in_both_with(change, async |Scene { web, browser }| {
        serve(&web);
        wake(&browser).await?;
        // A whole week, old enough to be packed where there is no room and not before.
        let monday = (today(&browser).await? - 60).next_multiple_of(7) + 4;
        let counts = json!({ "requests": 1, "stopped": 1, "others": 0, "through": 0 });
        let sheet = json!({ "news.example": { "pages": 1, "companies": { "Loud Ads": counts } } });
        let sheets: Map<_, _> = (monday..monday + 7).map(|day| (format!("d{day}"), sheet.clone())).collect();
        let file = json!({ "file": "plainsight diary", "form": 1, "sheets": sheets });
        ensure!(take_in(&browser, &file.to_string()).await?.is_none(), "the diary is not taken in");
        // What is old is told by the last day that was written.
        visit(&web, &browser, "first.example").await?;
        holds(&browser, 7, 0, 1).await?;
        warns(&browser, false).await?;

        let front = browser.tab().await?;
        let aside = browser.open_tab().await?;
        browser.extension_page("extension/frame/frame.html").await?;
        browser.switch_to(&front).await?;
        leave(&browser, &aside, 0).await?;
        for number in 0..20 {
            visit(&web, &browser, &format!("site{number}.example")).await?;
        }
        warns(&browser, true).await?;
        holds(&browser, 7, 0, 1).await?;

        leave(&browser, &aside, LITTLE).await?;
        visit(&web, &browser, "site20.example").await?;
        holds(&browser, 0, 1, 1).await?;
        warns(&browser, true).await?;

        leave(&browser, &aside, PLENTY).await?;
        visit(&web, &browser, "site21.example").await?;
        holds(&browser, 0, 1, 23).await?;
        warns(&browser, false).await?;
        browser.quit().await
    })
}

/// The packed extension without the wish for unlimited room, which no quota holds.
fn limited(folder: &Path, which: Which, options: Options) -> Result<Options> {
    if which == Which::Firefox {
        return Ok(options);
    }
    copy(options.extension.as_ref().context("no extension")?, folder)?;
    let manifest = folder.join("manifest.json");
    let mut says: Value = serde_json::from_str(&std::fs::read_to_string(&manifest)?)?;
    let wishes = says["permissions"].as_array_mut().context("no permissions")?;
    wishes.retain(|wish| wish != "unlimitedStorage");
    std::fs::write(&manifest, says.to_string())?;
    Ok(Options { extension: Some(folder.to_owned()), ..options })
}
