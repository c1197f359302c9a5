//! How long a page of the extension takes from its navigation until what is waited for stands in its document, in a window
//! of its own, by its own clock; `benches/opening.js` opens it.
//!
//! It is the clock's time: whatever else is at work on the machine counts. What it deliberately does not do: know which
//! page, or what is right; whoever asks does.

use std::fs;

use anyhow::Result;
use serde::Deserialize;
use serde_json::json;

use super::median;
use crate::browser::{Browser, Fixtures, Options, Which};
use crate::root;

/// So many openings come before those that count: code is compiled, the background up.
const FIRST: usize = 3;

/// One opening.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Opening {
    at: f64,
    paint: Option<f64>,
    /// The words of all that was waited for.
    pub(super) says: Vec<String>,
}

/// What is opened.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page<'a> {
    /// Within the extension.
    pub(super) address: &'a str,
    /// Of its window.
    pub(super) size: (u32, u32),
    /// What is waited for.
    pub(super) signs: &'a [&'a str],
}

/// The built extension in a browser, with its background awake, on a page of its own: what comes before that is not seen.
pub(super) async fn awake(which: Which, web: &Fixtures) -> Result<Browser> {
    let folder = if which == Which::Chromium { "dist/chrome" } else { "dist/firefox" };
    let browser = Browser::open(which, &Options { extension: Some(root().join(folder)), ..Options::new(web) }).await?;
    browser.extension_page("extension/frame/frame.html").await?;
    let wake = "return (await chrome.runtime.sendMessage({ ask: 'tab', tab: -1 })) !== null";
    anyhow::ensure!(browser.eval_async::<bool>(wake, vec![]).await?, "the background does not answer");
    Ok(browser)
}

/// Opens a page so often; the first openings do not count and are not told.
pub(super) async fn open(browser: &Browser, page: Page<'_>, times: usize) -> Result<Vec<Opening>> {
    let script = format!("{}\nreturn openings(...arguments)", fs::read_to_string(root().join("benches/opening.js"))?);
    let mut all: Vec<Opening> = Vec::new();
    // One call a few: each call has its limit.
    while all.len() < FIRST + times {
        let more = 5.min(FIRST + times - all.len());
        let arguments = vec![json!(page.address), json!(page.size), json!(page.signs), json!(more)];
        let opened: Vec<Opening> = browser.eval_async(&script, arguments).await?;
        all.extend(opened);
    }
    Ok(all.split_off(FIRST))
}

/// The head of the table that [`print`] goes on with.
pub(super) fn head() {
    println!("  {:26} {:>8} {:>8} {:>8} {:>12}", "", "median", "fastest", "slowest", "first paint");
}

/// Prints a line of them, and tells the median.
pub(super) fn print(name: &str, openings: &[Opening]) -> f64 {
    let at: Vec<f64> = openings.iter().map(|it| it.at).collect();
    let (fastest, slowest) = (at.iter().copied().fold(f64::MAX, f64::min), at.iter().copied().fold(0.0, f64::max));
    let middle = median(at);
    // Where what is waited for stood there before anything was painted, there is no such time.
    let paints: Vec<f64> = openings.iter().filter_map(|it| it.paint).collect();
    let paint = if paints.is_empty() { "later".to_owned() } else { format!("{:.0}", median(paints)) };
    println!("  {name:26} {middle:>8.0} {fastest:>8.0} {slowest:>8.0} {paint:>12}");
    middle
}
