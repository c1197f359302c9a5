//! `cargo xtask demo`: the extension's main job, in a real browser, on feeds that the project ships.
//!
//! It builds, opens a browser with the extension (a window where there is a display), visits a shop, walks through an X feed
//! in which that shop advertises, a Reddit feed and an ordinary page with trackers, turns de-ranking on by the popup's own
//! switch, opens a receipt, and prints what was found. The posts are ours and synthetic; the pages have the structure that the real ones had when last
//! checked (`demo/README.md`). Nothing leaves the machine: a proxy of ours is the whole web.
//!
//! What it deliberately does not do: judge by itself. Every number that it prints was asked of the running extension.

use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::build;
use crate::browser::{Browser, By, Fixtures, Options, Tab, Which, wait_for};
use crate::{replica, root};

/// How long the extension may take for what it does by itself, on a slow machine.
const SOON: Duration = Duration::from_secs(15);

/// Where an open receipt is: the one element of ours that lies above everything.
const RECEIPT: &str = "html > div[style*='2147483647']";

/// Runs the demo.
///
/// # Errors
/// If the extension cannot be built or the browser does not do what is asked of it.
pub fn run(which: Which, headless: bool) -> Result<()> {
    let start = Instant::now();
    build::run()?;
    let headless = headless || !has_display();
    tokio::runtime::Runtime::new()?.block_on(show(which, headless))?;
    println!("\nThe whole demo took {:.0} s.", start.elapsed().as_secs_f32());
    Ok(())
}

fn has_display() -> bool {
    cfg!(any(target_os = "macos", target_os = "windows"))
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// The browser, the tab that people would look at, and the tab from which the extension is asked.
struct Stage {
    browser: Browser,
    page: Tab,
    popup: Tab,
    page_id: i64,
    shots: PathBuf,
}

async fn show(which: Which, headless: bool) -> Result<()> {
    let www = root().join("target/www");
    replica::write(&root().join("demo"), &www)?;
    let web = Fixtures::start().await?;
    replica::serve(&web, &www)?;
    let browser = Browser::open(which, &Options { headless, ..Options::new(&web) }).await?;
    let stage = Stage::set(browser, root().join("screenshots")).await?;

    println!("\n{which:?}, {}", if headless { "without a window" } else { "in a window" });
    stage.shop("https://nimbusbottle.example/").await?;
    stage.feed("x", "https://x.com/home").await?;
    stage.feed("reddit", "https://www.reddit.com/").await?;
    stage.derank().await?;
    println!("\nDe-ranking was turned on in the popup.");
    stage.feed("x-deranked", "https://x.com/home").await?;
    stage.feed("reddit-deranked", "https://www.reddit.com/").await?;
    stage.trackers("https://news.example/", &web).await?;
    println!("\nThe screenshots are in {}.", stage.shots.display());
    if !headless && std::io::stdin().is_terminal() {
        println!("Look around; press Enter here to close the browser.");
        tokio::task::spawn_blocking(|| std::io::stdin().read_line(&mut String::new())).await??;
    }
    stage.browser.quit().await
}

impl Stage {
    async fn set(browser: Browser, shots: PathBuf) -> Result<Stage> {
        browser.goto("https://strict.example/").await?;
        let page = browser.tab().await?;
        let popup = browser.open_tab().await?;
        browser.extension_page("extension/pages/popup.html").await?;
        let script = "const [own, all] = [await chrome.tabs.getCurrent(), await chrome.tabs.query({})];
            return all.find((tab) => tab.id !== own.id).id;";
        let page_id = browser.eval_async(script, vec![]).await?;
        Ok(Stage { browser, page, popup, page_id, shots })
    }

    /// Visits a shop, of which the platform in whose feed it advertises has pictures and a tracker on its page.
    async fn shop(&self, address: &str) -> Result<()> {
        let browser = &self.browser;
        browser.switch_to(&self.page).await?;
        browser.goto(address).await?;
        browser.wait_for_js("[...document.images].every((image) => image.complete)", SOON).await?;
        println!("\n{address} was visited.");
        Ok(())
    }

    /// Walks through a feed to its end, and prints and photographs what was made of it.
    async fn feed(&self, name: &str, address: &str) -> Result<()> {
        let browser = &self.browser;
        browser.switch_to(&self.page).await?;
        browser.goto(address).await?;
        browser.wait_for_js("document.querySelector('article') !== null", SOON).await?;
        self.settled().await?;
        browser.switch_to(&self.page).await?;
        browser.screenshot(&self.shots.join(format!("{name}.png"))).await?;
        self.walk().await?;
        let found = self.settled().await?;
        println!(
            "\n{address}: {} items read, by the core in the {}",
            found["items"],
            found["core"].as_str().unwrap_or("?")
        );
        for row in found["found"].as_array().context("the content script's answer")? {
            let word = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
            println!("  {:>4}  {:14} {}", row["count"], word("kind"), word("act"));
        }
        browser.switch_to(&self.page).await?;
        let health: String = browser.eval("return document.documentElement.dataset.replica", vec![]).await?;
        println!("  the page of the platform says of itself: {health}");
        if !name.ends_with("deranked") {
            self.receipt(name).await?;
        }
        Ok(())
    }

    /// Scrolls by three quarters of a screen until nothing more comes.
    async fn walk(&self) -> Result<()> {
        let script =
            "const root = document.scrollingElement, rest = (ms) => new Promise((done) => setTimeout(done, ms));
            for (let still = 0; still < 4;) {
                const before = root.scrollTop;
                scrollBy(0, innerHeight * 0.75);
                await rest(80);
                still = root.scrollTop === before ? still + 1 : 0;
            }
            scrollTo(0, 0);
            await rest(80);";
        self.browser.eval_async::<Value>(script, vec![]).await.map(drop)
    }

    /// What the content script has found, as soon as two answers in a row are the same.
    async fn settled(&self) -> Result<Value> {
        let browser = &self.browser;
        browser.switch_to(&self.popup).await?;
        let script = "return await chrome.tabs.sendMessage(arguments[0], { ask: 'found' }).catch(() => null);";
        let last = std::sync::Mutex::new(Value::Null);
        wait_for("the extension to have read the feed", SOON, || async {
            tokio::time::sleep(Duration::from_millis(250)).await;
            let found: Value = browser.eval_async(script, vec![json!(self.page_id)]).await?;
            let mut last = last.lock().map_err(|_| anyhow::anyhow!("a look panicked"))?;
            let is_same = found["items"].as_i64() > Some(0) && *last == found;
            *last = found;
            Ok(is_same)
        })
        .await?;
        last.into_inner().context("a look panicked")
    }

    /// Opens the first labelled item's receipt by its button and photographs it.
    async fn receipt(&self, name: &str) -> Result<()> {
        for host in self
            .browser
            .find_all("[data-testid=cellInnerDiv] > div:first-child, shreddit-feed > div, article > div")
            .await?
        {
            let Ok(inside) = crate::browser::Shadow::of(&host).await else { continue };
            let Some(why) = inside.find_all(".line button").await?.pop() else { continue };
            self.browser.click(&why).await?;
            wait_for("the receipt", SOON, || async { Ok(!self.browser.find_all(RECEIPT).await?.is_empty()) }).await?;
            let receipt = self.browser.shadow(RECEIPT).await?;
            for told in receipt.find_all(".told p").await? {
                println!("  a receipt says: {}", self.browser.text(&told).await?);
            }
            return self.browser.screenshot(&self.shots.join(format!("{name}-receipt.png"))).await;
        }
        anyhow::bail!("no item of {name} is labelled")
    }

    /// Turns de-ranking on everywhere, as a person does.
    async fn derank(&self) -> Result<()> {
        let browser = &self.browser;
        browser.switch_to(&self.popup).await?;
        browser.extension_page(&format!("extension/pages/popup.html?tab={}", self.page_id)).await?;
        let switches = "section[aria-labelledby=feed] input[role=switch]";
        browser.wait_for_js(&format!("document.querySelectorAll('{switches}').length === 3"), SOON).await?;
        browser.screenshot(&self.shots.join("popup-feed.png")).await?;
        let switches = browser.driver()?.find_all(By::Css(switches)).await?;
        browser.click(switches.last().context("the popup has no switch")?).await?;
        let stored = "return (await chrome.storage.local.get('settings')).settings?.derank === true";
        wait_for("the choice to be stored", SOON, || async { browser.eval_async::<bool>(stored, vec![]).await }).await
    }

    /// Opens a page with trackers and prints, by company, what became of them.
    async fn trackers(&self, address: &str, web: &Fixtures) -> Result<()> {
        let browser = &self.browser;
        browser.switch_to(&self.page).await?;
        web.forget();
        browser.goto(address).await?;
        browser.screenshot(&self.shots.join("news.png")).await?;
        browser.switch_to(&self.popup).await?;
        let question = "return await chrome.runtime.sendMessage({ ask: 'tab', tab: arguments[0] })";
        let last = std::sync::Mutex::new(Value::Null);
        wait_for("the trackers' fates to be known", SOON, || async {
            tokio::time::sleep(Duration::from_millis(400)).await;
            let report: Value = browser.eval_async(question, vec![json!(self.page_id)]).await?;
            let mut last = last.lock().map_err(|_| anyhow::anyhow!("a look panicked"))?;
            let is_same = report["counts"]["requests"].as_i64() > Some(0) && *last == report;
            *last = report;
            Ok(is_same)
        })
        .await?;
        let report = last.into_inner().context("a look panicked")?;
        println!("\n{address}: requests to other companies, and what became of them");
        for company in report["companies"].as_array().context("the background's answer")? {
            let counts = &company["counts"];
            println!(
                "  {:24} {:16} {} asked, {} stopped, {} let through, {} not known",
                company["name"].as_str().unwrap_or_default(),
                company["purpose"].as_str().unwrap_or_default(),
                counts["requests"],
                counts["stopped"],
                counts["through"],
                counts["notSeen"],
            );
        }
        let hosts: std::collections::BTreeSet<_> = web.requests().into_iter().map(|request| request.host).collect();
        println!("  hosts that a request reached: {}", hosts.into_iter().collect::<Vec<_>>().join(", "));
        browser.reload().await?;
        browser.extension_page(&format!("extension/pages/popup.html?tab={}", self.page_id)).await?;
        browser.wait_for_js("document.querySelectorAll('details').length > 1", SOON).await?;
        browser.screenshot(&self.shots.join("popup-trackers.png")).await
    }
}
