//! `cargo xtask bench diary`: how long the dashboard takes from its navigation until a view stands there, of three years of a
//! heavy diary ([`crate::years`]), in both browsers.
//!
//! Every opening must show the right numbers first. What it deliberately does not do: measure a step from one view to the
//! next, for which less is read, or drawn.

use std::time::SystemTime;

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use plainsight::api::diary::{self, Span, Values};
use serde_json::json;

use super::budget;
use super::opening::{self, Page};
use crate::browser::{Browser, Fixtures, Which};
use crate::years;

/// Views by the name of their days, and how many these are.
const RANGES: [(&str, u32); 4] = [("day", 1), ("week", 7), ("month", 30), ("year", 365)];
const COMPANY: &str = "Company Number 31 Incorporated";
const SITE: &str = "www-7.some-site.example";
/// How many bytes, about, one call stores.
const PORTION: usize = 1 << 20;
/// Puts values into the diary's base, which is there once the dashboard was opened.
const PUT: &str = "const base = await new Promise((done, failed) => {
        const asked = indexedDB.open('diary');
        asked.onsuccess = () => done(asked.result);
        asked.onerror = () => failed(asked.error);
    });
    const step = base.transaction('kept', 'readwrite');
    const over = new Promise((done, failed) => { step.oncomplete = done; step.onabort = () => failed(step.error); });
    for (const [key, value] of arguments[0]) {
        step.objectStore('kept').put(Uint8Array.from(atob(value), (one) => one.charCodeAt(0)), key);
    }
    await over;
    base.close();";

/// Measures `times` openings of each view in each browser; the extension is the one in `dist/`.
///
/// # Errors
/// If a view shows wrong numbers, the extension is not built, or a median is over its budget.
pub fn diary(times: usize) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH)?.as_secs();
    let today = u32::try_from(seconds / 86_400)?;
    let values = years::values(today + 1 - years::DAYS, |_, _| {})?;
    let size: usize = values.values().map(Vec::len).sum();
    println!(
        "the dashboard on {} days in {:.1} MB, from its navigation to its numbers (ms by its clock), {times} openings",
        years::DAYS,
        size as f64 / 1e6
    );
    opening::head();
    let mut over = Vec::new();
    for which in Which::BOTH {
        over.extend(runtime.block_on(measure(which, times, today, &values)).with_context(|| format!("in {which:?}"))?);
    }
    println!("  budget {:.0}, aim {:.0}", budget::VIEW.budget, budget::VIEW.aim);
    ensure!(over.is_empty(), "over budget: {}", over.join(", "));
    Ok(())
}

/// Measures all views in a browser, and tells which are over the budget.
async fn measure(which: Which, times: usize, today: u32, values: &Values) -> Result<Vec<String>> {
    let web = Fixtures::start().await?;
    let browser = opening::awake(which, &web).await?;
    keep(&browser, values).await?;
    let book = diary::book(values, None);
    let mut over = Vec::new();
    let mut told = |name: String, middle: f64| {
        if middle > budget::VIEW.budget {
            over.push(name);
        }
    };
    for (range, days) in RANGES {
        let span = Span { from: today + 1 - days, to: today + 1 };
        let reach = diary::met(&book, span).reach;
        let wanted = [u64::from(reach.sites), u64::try_from(reach.companies.len())?];
        let address = format!("extension/pages/dashboard.html#range={range}");
        let openings = opening::open(&browser, page(&address, &[".sums b"]), times).await?;
        for opening in &openings {
            let says: Vec<u64> = opening.says.iter().filter_map(|said| said.replace(',', "").parse().ok()).collect();
            ensure!(says.starts_with(&wanted), "a {range} says {says:?}, and {wanted:?} is so");
        }
        let name = format!("{which:?}, a {range}");
        let middle = opening::print(&name, &openings);
        told(name, middle);
    }
    for (subject, name) in [("company", COMPANY), ("site", SITE)] {
        let address = format!("extension/pages/dashboard.html#range=year&{subject}={}", name.replace(' ', "%20"));
        let openings = opening::open(&browser, page(&address, &["#subject"]), times).await?;
        ensure!(openings.iter().all(|it| it.says == [name]), "a {subject}'s view does not name it");
        let name = format!("{which:?}, a {subject}'s year");
        let middle = opening::print(&name, &openings);
        told(name, middle);
    }
    browser.quit().await?;
    Ok(over)
}

fn page<'a>(address: &'a str, signs: &'a [&'a str]) -> Page<'a> {
    Page { address, size: (1280, 900), signs }
}

/// Puts them in the diary's base, as they are stored.
async fn keep(browser: &Browser, values: &Values) -> Result<()> {
    browser.extension_page("extension/pages/dashboard.html").await?;
    browser.wait_for_js("document.querySelector('main')", std::time::Duration::from_secs(60)).await?;
    let (mut portion, mut size) = (Vec::new(), 0);
    for (i, (key, value)) in values.iter().enumerate() {
        portion.push(json!([key.to_string(), BASE64_STANDARD.encode(value)]));
        size += value.len();
        if size > PORTION || i + 1 == values.len() {
            browser.eval_async::<()>(PUT, vec![json!(std::mem::take(&mut portion))]).await?;
            size = 0;
        }
    }
    Ok(())
}
