//! `cargo xtask bench feeds`: what a feed costs with us in it: the page's own thread, its frames, its memory.
//!
//! One page (`benches/feeds/page.js`), three ways, round by round in turn: as it is, with the packed extension, and with
//! the yardstick, a plain script that does the same work as public extensions commonly do. Chromium itself tells how
//! long the page's main thread was at work; told is the median of the rounds. Before any time counts, the marks must be
//! right.
//!
//! The time is the thread's own, not the clock's: what else is at work on the machine does not count.
//! What it deliberately does not count: what the core does in the extension's own frame, which Chromium runs in another
//! process; a person's page does not wait for it.

use std::fs;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{budget, median};
use crate::browser::{Browser, Fixtures, Options, Response, Which, wait_for};
use crate::root;

/// The page's host and path, where the extension has a feed.
const PAGE: (&str, &str) = ("x.com", "/home");
/// How many items come at once.
const AT_ONCE: usize = 100;
/// How many there are at the end of the scrolling.
const SCROLLED: usize = 1_000;
/// How many there are when memory is asked for.
const MANY: usize = 2_000;
/// A page in which nothing happens for so long has done its work.
const REST: Duration = Duration::from_millis(1_500);
/// How long the extension may take until it has marked what is there.
const SOON: Duration = Duration::from_secs(60);

/// Who works in the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Bare,
    Ours,
    Yardstick,
}

impl Way {
    const ALL: [Way; 3] = [Way::Bare, Way::Ours, Way::Yardstick];

    fn name(self) -> &'static str {
        match self {
            Way::Bare => "as it is",
            Way::Ours => "ours",
            Way::Yardstick => "yardstick",
        }
    }
}

/// What one round found; times in milliseconds of the page's main thread.
#[derive(Clone, Debug, Default)]
struct Round {
    at_once: f64,
    scrolling: f64,
    /// Of the scrolling, what was spent in scripts; the rest is style, layout and paint.
    script: f64,
    long_tasks: f64,
    longest: f64,
    wait: f64,
    memory: f64,
}

/// What the page counted itself.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Counted {
    long_tasks: Vec<f64>,
    waits: Vec<f64>,
}

/// Measures all three ways, `rounds` times; the extension is the one in `dist/`.
///
/// # Errors
/// If the marks are wrong, the extension is not built, or a budget is exceeded.
pub fn feeds(rounds: usize) -> Result<()> {
    let mut all = Way::ALL.map(|way| (way, Vec::new()));
    let runtime = tokio::runtime::Runtime::new()?;
    for round in 1..=rounds {
        println!("bench: round {round} of {rounds}");
        for (way, rounds) in &mut all {
            let measured = runtime.block_on(measure(*way)).with_context(|| format!("measuring {}", way.name()))?;
            rounds.push(measured);
        }
    }
    println!(
        "\nthe page's main thread (ms of the processor), in Chromium; told is the median, long tasks are over 50 ms"
    );
    println!(
        "             {AT_ONCE} at once   scrolling to {SCROLLED}   its scripts   long tasks   longest   paints to the mark   MB at {MANY}"
    );
    let medians = all.map(|(way, rounds)| {
        let of = |part: fn(&Round) -> f64| median(rounds.iter().map(part).collect());
        let it = Round {
            at_once: of(|it| it.at_once),
            scrolling: of(|it| it.scrolling),
            script: of(|it| it.script),
            long_tasks: of(|it| it.long_tasks),
            longest: of(|it| it.longest),
            wait: of(|it| it.wait),
            memory: of(|it| it.memory),
        };
        println!(
            "  {:10} {:12.1} {:19.1} {:12.1} {:12} {:9.0} {:20.1} {:11.1}",
            way.name(),
            it.at_once,
            it.scrolling,
            it.script,
            it.long_tasks,
            it.longest,
            it.wait,
            it.memory
        );
        it
    });
    judge(&medians)
}

/// Holds what the page costs with us against the page as it is, and our scripts against the yardstick's.
fn judge([bare, ours, yardstick]: &[Round; 3]) -> Result<()> {
    println!("\nbudgets");
    let mut over = Vec::new();
    for (what, share, is) in [
        ("100 items at once, of the page as it is", budget::AT_ONCE, ours.at_once / bare.at_once),
        ("scrolling 1,000 items, of the page as it is", budget::SCROLLING, ours.scrolling / bare.scrolling),
        (
            "what scripts add to that, of what the yardstick's add",
            budget::SCRIPTS,
            (ours.script - bare.script) / (yardstick.script - bare.script),
        ),
    ] {
        println!("  {what:54} {is:.2}; budget {:.2}, aim {:.2}", share.budget, share.aim);
        if is > share.budget {
            over.push(what);
        }
    }
    ensure!(over.is_empty(), "over budget: {}", over.join(", "));
    Ok(())
}

async fn measure(way: Way) -> Result<Round> {
    let web = Fixtures::start().await?;
    let script = |name: &str| fs::read_to_string(root().join("benches/feeds").join(name));
    let (host, path) = PAGE;
    web.page(host, path, page(way));
    web.page(host, "/page.js", Response::new("text/javascript", script("page.js")?));
    web.page(host, "/yardstick.js", Response::new("text/javascript", script("yardstick.js")?));
    let extension = (way == Way::Ours).then(|| root().join("dist/chrome"));
    let browser = Browser::open(Which::Chromium, &Options { extension, ..Options::new(&web) }).await?;
    if way == Way::Ours {
        settle_on_dimming(&browser).await?;
    }
    browser.goto(&format!("https://{host}{path}")).await?;
    browser.wait_for_js("window.bench", SOON).await?;
    let cdp = browser.driver()?.cdp();
    cdp.send_raw("Performance.enable", json!({ "timeDomain": "threadTicks" })).await?;
    tokio::time::sleep(REST).await;

    let start = at_work(&browser).await?;
    browser.eval::<Value>("bench.add(arguments[0])", vec![json!(AT_ONCE)]).await?;
    is_right(&browser, way).await?;
    let (added, script) = (at_work(&browser).await?, metric(&browser, "ScriptDuration").await?);
    scroll(&browser, SCROLLED).await?;
    is_right(&browser, way).await?;
    let scrolled = at_work(&browser).await?;
    let script = (metric(&browser, "ScriptDuration").await? - script) * 1e3;
    let counted: Counted = browser.eval("return bench.counted()", vec![]).await?;
    ensure!(way == Way::Bare || counted.waits.len() >= SCROLLED / 5, "only {} items were touched", counted.waits.len());
    scroll(&browser, MANY).await?;
    is_right(&browser, way).await?;
    cdp.send_raw("HeapProfiler.collectGarbage", json!({})).await?;
    let memory = metric(&browser, "JSHeapUsedSize").await? / 1e6;
    browser.quit().await?;
    Ok(Round {
        at_once: added - start,
        scrolling: scrolled - added,
        script,
        long_tasks: counted.long_tasks.len() as f64,
        longest: counted.long_tasks.iter().copied().fold(0.0, f64::max),
        wait: median(counted.waits),
        memory,
    })
}

/// Scrolls until so many items were seen.
async fn scroll(browser: &Browser, until: usize) -> Result<()> {
    browser.eval::<Value>("bench.scroll(arguments[0])", vec![json!(until)]).await?;
    browser.wait_for_js(&format!("bench.counted().items >= {until}"), SOON).await
}

/// The page, with the yardstick if that is what is measured. Its boxes have the style that X gives to every one of its own.
fn page(way: Way) -> Response {
    let yardstick = if way == Way::Yardstick { "<script src=/yardstick.js></script>" } else { "" };
    let html = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><title>feed</title><link rel=icon href=data:,>\
         <style>main{{max-width:600px;margin:auto}}.photo{{height:180px;background:#ccc}}\
         main div{{align-items:stretch;box-sizing:border-box;display:flex;flex-direction:column;flex-shrink:0;min-width:0;position:relative;z-index:0}}</style>\
         <body><main id=feed></main>{yardstick}<script type=module src=/page.js></script></body></html>"
    );
    Response::html(html).with("Content-Security-Policy", "script-src 'self'; object-src 'none'")
}

/// De-ranking with an act for what the page holds, stored as the popup stores it.
async fn settle_on_dimming(browser: &Browser) -> Result<()> {
    browser.extension_page("extension/frame/frame.html").await?;
    let settings = json!({ "version": 1, "derank": true, "sites": {}, "acts": { "sponsored": "dim", "bait": "dim" } });
    browser.eval_async::<()>("await chrome.storage.local.set({ settings: arguments[0] })", vec![settings]).await
}

/// Waits until everything that is paid for or begs is faded, and nothing else, and until the page rests.
async fn is_right(browser: &Browser, way: Way) -> Result<()> {
    if way != Way::Bare {
        let script = "const cells = [...document.querySelectorAll('[data-testid=cellInnerDiv]')];
            const isFaded = (node) => Number(node.style.opacity || 1) < 1;
            const faded = cells.map((cell) => [cell, ...cell.children].some(isFaded));
            return faded.every((is, n) => is === (n % 10 === 3 || n % 10 === 7)) ? 'right' : `faded are ${faded.flatMap((is, n) => (is ? [n] : [])).slice(0, 30)} of ${faded.length}`;";
        let told = async || browser.eval::<String>(script, vec![]).await;
        let right = wait_for("the marks to be right", SOON, || async { Ok(told().await? == "right") }).await;
        if right.is_err() {
            bail!("{} is wrong: {}", way.name(), told().await?);
        }
    }
    tokio::time::sleep(REST).await;
    Ok(())
}

/// How long the page's main thread was at work until now, in milliseconds.
async fn at_work(browser: &Browser) -> Result<f64> {
    Ok(metric(browser, "TaskDuration").await? * 1e3)
}

async fn metric(browser: &Browser, name: &str) -> Result<f64> {
    let answer = browser.driver()?.cdp().send_raw("Performance.getMetrics", json!({})).await?;
    let metrics = answer["metrics"].as_array().context("Chromium tells no metrics")?;
    let found = metrics.iter().find(|metric| metric["name"] == name).and_then(|metric| metric["value"].as_f64());
    found.with_context(|| format!("Chromium does not tell {name}"))
}
