//! A store without room: the browser itself refuses to store more, the person is told, old days are packed where there is room
//! for that, nothing is lost, and when there is room again nobody is warned any more.
//!
//! Chromium refuses by a quota that its devtools set, of an extension that did not ask for unlimited room: a copy of the packed
//! one. Firefox opened no new base to be filled under its preference for a limit, so there
//! the background's own `put` is replaced by one that takes a transaction back with the same error as soon as it holds more than
//! there is room for; what is taken away makes room once its transaction is over.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use xtask::browser::{Browser, Fixtures, Options, Tab, Which, wait_for};

use super::dashboard::said;
use super::diary::{holds as met, serve, take_in, visit};
use super::diary_choices::{asked, choose, open, press, today, told};
use super::guard::copy;
use super::ours::{in_extension, wake};
use super::sight::says;
use super::{SOON, Scene, in_both_with};

/// Chromium remembers for so long (s) how much room there was, and asks again only where that is not enough. What is known of it
/// stays when all that is stored is cleared, and so a smaller quota from the beginning does not spare the wait.
const KNOWN: u64 = 31;
/// A week that was packed is smaller (bytes), and what was noted meanwhile is larger.
const LITTLE: u64 = 600;
const PLENTY: u64 = 100_000_000;

/// A tab of the extension's own that stays open, by which [`leave`] says how much room there is.
async fn aside(browser: &Browser) -> Result<Tab> {
    let front = browser.tab().await?;
    let aside = browser.open_tab().await?;
    browser.extension_page("extension/frame/frame.html").await?;
    browser.switch_to(&front).await?;
    Ok(aside)
}

/// Leaves so much room in the store from now on (bytes).
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
            let script =
                "const { IDBObjectStore, DOMException, indexedDB } = await browser.runtime.getBackgroundPage();
                const real = IDBObjectStore.prototype.really ??=
                    { put: IDBObjectStore.prototype.put, delete: IDBObjectStore.prototype.delete };
                let room = arguments[0];
                const base = await new Promise((done) => {
                    const asked = indexedDB.open('diary', 1);
                    asked.onsuccess = () => done(asked.result);
                });
                const store = base.transaction('kept').objectStore('kept');
                const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()].map((asked) =>
                    new Promise((done) => { asked.onsuccess = () => done(asked.result); })));
                base.close();
                const sizes = new Map(keys.map((key, number) => [key, values[number].byteLength]));
                const sums = new WeakMap();
                IDBObjectStore.prototype.put = function (value, key) {
                  const sum = (sums.get(this.transaction) ?? 0) + value.byteLength;
                  sums.set(this.transaction, sum);
                  if (sum <= room) return real.put.call(this, value, key);
                  this.transaction.abort();
                  throw new DOMException('no room', 'QuotaExceededError');
                };
                IDBObjectStore.prototype.delete = function (key) {
                  this.transaction.addEventListener('complete', () => { room += sizes.get(key) ?? 0; });
                  return real.delete.call(this, key);
                };";
            browser.eval_async::<Value>(script, vec![json!(room)]).await?;
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
    in_both_limited(async |Scene { web, browser }| {
        let aside = begun(&web, &browser, 1).await?;
        warns(&browser, false).await?;

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

/// What each of these tests begins with: a week of days that are over, each with so many sites, if there are to be any, and a
/// row of today; the tab for [`leave`].
async fn begun(web: &Fixtures, browser: &Browser, sites: usize) -> Result<Tab> {
    serve(web);
    wake(browser).await?;
    let aside = aside(browser).await?;
    if sites > 0 {
        old_days(browser, sites).await?;
    }
    visit(web, browser, "first.example").await?;
    holds(browser, if sites > 0 { 7 } else { 0 }, 0, 1).await?;
    Ok(aside)
}

/// Takes in a whole week, old enough to be packed where there is no room and not before, each day with so many sites.
async fn old_days(browser: &Browser, sites: usize) -> Result<()> {
    let monday = (today(browser).await? - 60).next_multiple_of(7) + 4;
    let counts = json!({ "requests": 1, "stopped": 1, "others": 0, "through": 0 });
    let row = json!({ "pages": 1, "companies": { "Loud Ads": counts } });
    let sheet: Map<_, _> = (0..sites).map(|number| (format!("news{number}.example"), row.clone())).collect();
    let sheets: Map<_, _> = (monday..monday + 7).map(|day| (format!("d{day}"), json!(sheet))).collect();
    let file = json!({ "file": "plainsight diary", "form": 1, "sheets": sheets });
    ensure!(take_in(browser, &file.to_string()).await?.is_none(), "the diary is not taken in");
    Ok(())
}

/// Waits until rows of exactly these sites lie aside.
async fn waits(browser: &Browser, wanted: &[&str]) -> Result<()> {
    let script = "return Object.keys((await chrome.storage.session.get('waiting')).waiting ?? {}).sort()";
    let sites = async || {
        let keys: Vec<String> = in_extension(browser, script, vec![]).await?;
        anyhow::Ok(keys.iter().filter_map(|key| key.split(' ').nth(2)).map(str::to_owned).collect::<Vec<_>>())
    };
    let waited = wait_for("what waits", SOON, || async { Ok(sites().await? == wanted) }).await;
    ensure!(waited.is_ok(), "of {:?} something waits for room, not of {wanted:?}", sites().await?);
    Ok(())
}

#[test]
fn what_waits_for_room_outlives_the_background_and_is_counted_once() -> Result<()> {
    in_both_limited(async |Scene { web, browser }| {
        let aside = begun(&web, &browser, 0).await?;
        leave(&browser, &aside, 0).await?;
        visit(&web, &browser, "first.example").await?;
        visit(&web, &browser, "second.example").await?;
        waits(&browser, &["first.example", "second.example"]).await?;
        holds(&browser, 0, 0, 1).await?;
        browser.kill_background().await?;
        leave(&browser, &aside, PLENTY).await?;
        for _ in 0..2 {
            wake(&browser).await?;
            holds(&browser, 0, 0, 2).await?;
            waits(&browser, &[]).await?;
            met(&browser, "first.example", [2, 4, 2, 0, 2]).await?;
            met(&browser, "second.example", [1, 2, 1, 0, 1]).await?;
            browser.kill_background().await?;
        }
        browser.quit().await
    })
}

#[test]
fn what_is_kept_for_a_shorter_time_goes_though_there_is_no_room() -> Result<()> {
    in_both_limited(async |Scene { web, browser }| {
        let aside = begun(&web, &browser, 400).await?;
        leave(&browser, &aside, 0).await?;
        visit(&web, &browser, "second.example").await?;
        waits(&browser, &["second.example"]).await?;
        warns(&browser, true).await?;

        open(&browser).await?;
        choose(&browser, ".diary select.keep", "30").await?;
        asked(&browser, &says("diaryAskKeep", &["30 days"])).await?;
        press(&browser, "dialog .forget").await?;
        told(&browser, &says("diaryKeptFor", &["30 days"])).await?;
        let mut rows = 2;
        if browser.which() == Which::Chromium {
            // What is deleted leaves Chromium's files only when it tidies them, for which nobody can ask: here, room comes then.
            holds(&browser, 0, 0, 1).await?;
            waits(&browser, &["second.example"]).await?;
            leave(&browser, &aside, PLENTY).await?;
            visit(&web, &browser, "third.example").await?;
            rows = 3;
        }
        holds(&browser, 0, 0, rows).await?;
        waits(&browser, &[]).await?;
        warns(&browser, false).await?;
        browser.quit().await
    })
}

/// Plays a test in both browsers, with an extension that can be left without room.
fn in_both_limited(test: impl AsyncFn(Scene) -> Result<()>) -> Result<()> {
    let folder = TempDir::new()?;
    in_both_with(|which, options| limited(folder.path(), which, options), test)
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
