//! `cargo xtask bench items`: what one item costs in the page core as it ships, in a page of both browsers, warm.
//!
//! The texts have about 200 characters: the examples of `data/signals` of every language, put together, and ordinary
//! posts where the folder of labelled texts is given. Each is judged with all kinds, by the model too, once in a page
//! that has met every language and once in one that has met English alone. Before any time counts, every answer must be
//! the one that the core gives natively, in each browser.
//!
//! Told is an item's share of a question about some twenty, as a feed asks them, with all that crosses the border, by the
//! page's clock: whatever else is at work on the machine counts. The budget is V8's, and so Chromium's. What it
//! deliberately does not do: measure a feed's page; `feeds.rs` does.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use plainsight::api::authoring;
use plainsight::api::page::{Ask, Page};
use serde::Deserialize;
use serde_json::{Value, json};

use super::budget;
use crate::browser::{Browser, Fixtures, Options, Response, Which};
use crate::files::texts;
use crate::tasks::{build::page_packs, wasm};
use crate::text::sets::{SETS, Texts};
use crate::{packs, root};

/// The page's host and path, where the extension has a feed.
const PAGE: (&str, &str) = ("x.com", "/home");
/// A text has so many characters.
const LENGTH: std::ops::RangeInclusive<usize> = 170..=230;
/// So many items are asked about at once.
const AT_ONCE: usize = 20;
/// So many ordinary posts are enough.
const MOST: usize = 2_000;
/// The set of ordinary posts.
const ORDINARY: &str = "tweets-sentiment";

/// The host that serves the core, and its page.
const HOST: &str = "core.example";
const DOCUMENT: &str = "<!doctype html><title>core</title><link rel=icon href=data:,><body>\
    <script src=/page.js></script><script src=/judging.js></script>";
/// How long the rounds of one question may take.
const SOON: Duration = Duration::from_secs(300);

/// What one round found, in microseconds an item.
#[derive(Debug, Deserialize)]
struct Cost {
    mean: f64,
    /// The same questions about items without words.
    bare: f64,
}

/// Measures, `rounds` times; told is the median of the rounds.
///
/// # Errors
/// If an answer is wrong, a browser is missing, or an item costs more than its budget.
pub fn items(folder: Option<&Path>, rounds: usize) -> Result<()> {
    let build = root().join("build");
    wasm::make_one(&build, "page")?;
    let phrases = page_packs(&build)?;
    let all: Vec<&str> = phrases.iter().map(String::as_str).collect();
    let mut sets = vec![("examples", examples()?)];
    if let Some(folder) = folder {
        sets.push(("ordinary", ordinary(folder)?));
    }
    let runtime = tokio::runtime::Runtime::new()?;
    println!("\nan item of about 200 characters in the page core (µs); without words: the same question, no text");
    println!("  {:10} {:16} {:>6} {:10} {:>8} {:>14}", "texts", "met", "items", "browser", "mean", "without words");
    let mut over = Vec::new();
    for (name, texts) in &sets {
        for (met, languages) in [("every language", &all[..]), ("English alone", &["en"])] {
            let inputs = inputs(texts, languages)?;
            for which in Which::BOTH {
                let costs = runtime.block_on(measure(which, &inputs, rounds));
                let costs = costs.with_context(|| format!("in {which:?}"))?;
                let median = |of: fn(&Cost) -> f64| super::median(costs.iter().map(of).collect());
                let (mean, bare) = (median(|it| it.mean), median(|it| it.bare));
                let browser = format!("{which:?}");
                println!("  {name:10} {met:16} {:>6} {browser:10} {mean:>8.1} {bare:>14.1}", texts.len());
                if which == Which::Chromium && mean > budget::ITEM.budget {
                    over.push(format!("{name}, {met}"));
                }
            }
        }
    }
    println!("  budget {:.0}, aim {:.0}", budget::ITEM.budget, budget::ITEM.aim);
    ensure!(over.is_empty(), "over budget: {}", over.join("; "));
    Ok(())
}

/// The rounds, each in a page of its own: a core holds one state.
async fn measure(which: Which, inputs: &Value, rounds: usize) -> Result<Vec<Cost>> {
    let web = Fixtures::start().await?;
    web.folder(HOST, root().join("build"));
    web.page(HOST, "/", Response::html(DOCUMENT));
    web.page(HOST, "/items.json", Response::json(inputs));
    let script = fs::read(root().join("benches/judging.js"))?;
    web.page(HOST, "/judging.js", Response::new("text/javascript; charset=utf-8", script));
    let browser = Browser::open(which, &Options::new(&web)).await?;
    let mut costs = Vec::new();
    for _ in 0..rounds {
        browser.goto(&format!("https://{HOST}/")).await?;
        browser.wait_for_js("document.querySelector('output')", SOON).await?;
        let told: String = browser.eval("return document.querySelector('output').value", vec![]).await?;
        costs.push(serde_json::from_str(&told).with_context(|| format!("what was told is no measure: {told}"))?);
    }
    browser.quit().await?;
    Ok(costs)
}

/// What is asked, and what the core answers natively with the packs of these languages.
fn inputs(texts: &[String], languages: &[&str]) -> Result<Value> {
    let pack = authoring::pack(&packs::page()?)?;
    let (host, path) = PAGE;
    let mut page = Page::open(&pack, host, "")?;
    for (_, phrases) in packs::phrases()?.iter().filter(|(language, _)| languages.contains(&language.as_str())) {
        page.add(phrases)?;
    }
    let settings = json!({ "version": 1, "derank": true, "level": "strict", "sites": {}, "acts": {} });
    let question = |texts: &[&str]| {
        let item = |(n, text): (usize, &&str)| {
            // A site's item: which of its ways each value was found by, and the value.
            json!({ "dom": 0, "fields": { "id": [[0, format!("/someone/status/{}", n + 1)]], "text": [[0, text]] } })
        };
        let items: Vec<Value> = texts.iter().enumerate().map(item).collect();
        json!({ "ask": "judge", "path": path, "items": items, "settings": settings })
    };
    let (mut asked, mut bare) = (Vec::new(), Vec::new());
    for texts in texts.chunks(AT_ONCE) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let question = question(&texts);
        let answer = serde_json::to_value(page.ask(Ask::read("judge", &question.to_string())?))?;
        asked.push(json!([question, answer]));
        bare.push(empty(&question));
    }
    Ok(json!({ "host": host, "languages": languages, "asked": asked, "bare": bare, "items": texts.len() }))
}

/// A question about the same items without their words.
fn empty(question: &Value) -> Value {
    let mut question = question.clone();
    for item in question["items"].as_array_mut().into_iter().flatten() {
        item["fields"]["text"] = json!([[0, ""]]);
    }
    question
}

/// The examples of each language one after another, so many that they have the length.
fn examples() -> Result<Vec<String>> {
    let mut joined: Vec<String> = Vec::new();
    let (mut open, mut of) = (String::new(), String::new());
    for (language, post) in authoring::examples(&texts("data/signals", "txt")?) {
        if of != language {
            open.clear();
            of = language;
        }
        open.push_str(&post);
        let length = open.chars().count();
        if length >= *LENGTH.start() {
            joined.push(open.chars().take(*LENGTH.end()).collect());
            open.clear();
        } else {
            open.push('\n');
        }
    }
    ensure!(!joined.is_empty(), "data/signals holds no examples");
    Ok(joined)
}

fn ordinary(folder: &Path) -> Result<Vec<String>> {
    let others: Vec<String> = SETS.iter().map(|set| set.name.to_owned()).filter(|name| name != ORDINARY).collect();
    let sets = Texts::read(folder, &others)?;
    let posts = sets.of(ORDINARY).iter().map(|text| text.text.clone());
    Ok(posts.filter(|text| text.chars().count() >= 110 && text.chars().count() <= *LENGTH.end()).take(MOST).collect())
}
