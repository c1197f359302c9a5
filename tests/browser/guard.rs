//! The same requests end the same in both browsers, whether the background is awake or has to be woken, and what it
//! says of them is what the server saw.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use xtask::browser::{Browser, Options, Which, wait_for};

use super::ours::{in_extension, wake};
use super::yard::{self, BARE, HARMLESS, OWNER, SECOND, TRACKER, WAYS, WORKERS_LINE, YARD};
use super::{SOON, Scene, in_both, options};

#[test]
fn a_tracker_is_reached_in_no_way_and_a_stranger_in_every_way() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        yard::serve(&web);
        wake(&browser).await?;
        for state in ["awake", "ended before"] {
            if state == "ended before" {
                browser.goto("about:blank").await?;
                browser.kill_background().await?;
            }
            yard::enter(&browser, YARD).await?;
            let came = yard::ask(&browser, &web, &[TRACKER, HARMLESS], &WAYS).await?;
            ensure!(came == yard::harmless(HARMLESS), "with the background {state} there came {came:?}");
            // One request a way, each stopped by us; the redirect's first half went to a stranger.
            let wanted = yard::Counts { requests: WAYS.len(), stopped: WAYS.len(), ..yard::Counts::default() };
            let waited = wait_for("the counts", SOON, || async {
                Ok(yard::counts(&yard::report(&browser, YARD).await?, OWNER) == wanted)
            });
            if waited.await.is_err() {
                let report = yard::report(&browser, YARD).await?;
                anyhow::bail!("with the background {state} the counts are {report}");
            }
        }
        browser.quit().await
    })
}

/// The ways that lead over a web socket.
const LINES: [&str; 2] = ["line", "workerline"];

#[test]
fn a_socket_to_a_tracker_is_stopped_with_tls_and_without_and_counted_where_it_is_let_through() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        yard::serve(&web);
        wake(&browser).await?;
        for page in [YARD, BARE] {
            for is_through in [false, true] {
                let companies = if is_through { json!({ OWNER: [] }) } else { json!({}) };
                yard::protect(&browser, json!({ "sites": { "yard.example": { "companies": companies } } })).await?;
                yard::enter(&browser, page).await?;
                let came = yard::ask(&browser, &web, &[TRACKER, HARMLESS], &LINES).await?;
                let mut wanted: BTreeSet<String> = LINES.iter().map(|way| format!("{HARMLESS}/{way}")).collect();
                let (mut stopped, mut through) = (LINES.len(), 0);
                if is_through {
                    wanted.extend(LINES.iter().map(|way| format!("{TRACKER}/{way}")));
                    (stopped, through) = (0, LINES.len());
                }
                ensure!(came == wanted, "on {page}, let through: {is_through}, there came {came:?}");
                let wanted = yard::Counts { requests: LINES.len(), stopped, through, ..yard::Counts::default() };
                let waited = wait_for("the counts", SOON, || async {
                    Ok(yard::counts(&yard::report(&browser, page).await?, OWNER) == wanted)
                });
                if waited.await.is_err() {
                    let report = yard::report(&browser, page).await?;
                    anyhow::bail!("on {page}, let through: {is_through}, the counts are {report}");
                }
            }
        }
        browser.quit().await
    })
}

/// Chromium shows an extension no web socket of a service worker, neither to its rules nor to its listeners: it is reached,
/// and counted by nobody. Should that change, this says so.
#[test]
fn a_service_workers_socket_is_stopped_where_the_browser_shows_it() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        yard::serve(&web);
        wake(&browser).await?;
        yard::enter(&browser, YARD).await?;
        let came = yard::ask(&browser, &web, &[TRACKER], &[WORKERS_LINE, "line"]).await?;
        let is_shown = browser.which() == Which::Firefox;
        ensure!(came.is_empty() == is_shown && came.len() < 2, "there came {came:?}");
        let wanted = 1 + usize::from(is_shown);
        let waited = wait_for("the counts", SOON, || async {
            let counts = yard::counts(&yard::report(&browser, YARD).await?, OWNER);
            Ok(counts == yard::Counts { requests: wanted, stopped: wanted, ..yard::Counts::default() })
        });
        ensure!(waited.await.is_ok(), "it counts {}", yard::report(&browser, YARD).await?);
        browser.quit().await
    })
}

/// So many requests are made, in little heaps.
const BURST: usize = 2000;
/// What came in the last second before the end may be lost: reports are gathered and then stored.
const LAW: Duration = Duration::from_secs(1);

#[test]
fn of_a_burst_nothing_is_lost_but_the_last_second_before_the_background_died() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        yard::serve(&web);
        wake(&browser).await?;
        yard::enter(&browser, YARD).await?;
        browser.eval::<()>("burst(...arguments)", vec![SECOND.into(), BURST.into()]).await?;
        browser.wait_for_js(&format!("times.length >= {}", BURST / 2), SOON).await?;
        let now = || -> Result<u128> { Ok(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis()) };
        let before = now()? - LAW.as_millis();
        browser.kill_background().await?;
        let after = now()?;
        browser.wait_for_js(&format!("times.length === {BURST}"), SOON * 6).await?;
        let times: Vec<u128> = browser.eval("return times", vec![]).await?;
        let at_risk = times.iter().filter(|time| (before..=after).contains(time)).count();
        ensure!(at_risk < BURST / 2, "nearly everything happened at once: {at_risk} requests");
        // Reports are passed on a moment after they came.
        let enough = |counts: yard::Counts| counts.requests + at_risk >= BURST;
        let owner = "Comscore";
        let waited = wait_for("the counts", SOON, || async {
            Ok(enough(yard::counts(&yard::report(&browser, YARD).await?, owner)))
        })
        .await;
        let report = yard::report(&browser, YARD).await?;
        let counts = yard::counts(&report, owner);
        println!("{counts:?}, {at_risk} at risk");
        ensure!(waited.is_ok(), "of {BURST} requests, {at_risk} of them at risk, it knows {counts:?}");
        ensure!(counts.requests <= BURST && counts.through + counts.others == 0, "it says {counts:?}");
        ensure!(counts.stopped + counts.not_seen == counts.requests, "it says {counts:?}");
        ensure!(web.requests_to(SECOND).is_empty(), "requests came through");
        browser.quit().await
    })
}

/// Copies a folder with all that is in it.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?
        } else {
            fs::copy(entry.path(), target).map(drop)?
        }
    }
    Ok(())
}

#[test]
fn without_its_core_pages_load_and_whoever_asks_is_told() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let which = browser.which();
        browser.quit().await?;
        yard::serve(&web);
        let home = tempfile::tempdir()?;
        let folder = home.path().join("damaged");
        let whole = options(which, &web);
        copy(whole.extension.as_deref().unwrap_or(Path::new(".")), &folder)?;
        fs::write(folder.join("build/background.pack"), "damaged")?;
        let browser = Browser::open(which, &Options { extension: Some(folder), ..whole }).await?;
        yard::enter(&browser, YARD).await?;
        // The manifest's own rulesets were never switched off: they protect where the core cannot, but for beacons, which
        // Firefox's declared rules call otherwise.
        let ways: Vec<&str> = WAYS.into_iter().filter(|way| *way != "sent").collect();
        let came = yard::ask(&browser, &web, &[TRACKER, HARMLESS], &ways).await?;
        ensure!(came == yard::harmless(HARMLESS), "there came {came:?}");
        let script = "return [await chrome.runtime.sendMessage({ ask: 'tab', tab: -1 }),
            (await chrome.runtime.sendMessage({ ask: 'state' })).trouble]";
        let (tab, trouble): (Value, String) = in_extension(&browser, script, vec![]).await?;
        ensure!(tab.is_null() && trouble.contains("not a Plainsight pack"), "it is told {tab} and {trouble:?}");
        browser.quit().await
    })
}
