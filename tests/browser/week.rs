//! A week as somebody lives it: shops and news with trackers, a feed on most days, the background killed twenty times,
//! the browser started anew each morning. In the end the diary is the week, neither more nor less.
//!
//! The truth is what reached the server, what did not, and what the content script found. Of each step it is waited for
//! until it is on the disk, by reading the base itself and without a word to the background, which is killed then.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use xtask::browser::{Browser, Fixtures, Options, wait_for};

use super::clock::{Clock, FIRST_DAY};
use super::diary::{FILES, LISTED, PASSES, ask_both, serve};
use super::ours::{found, in_extension, wake};
use super::sight::{X, serve_replicas};
use super::{SOON, Scene, in_both, options};

/// What is done on a day, in order.
enum Deed {
    /// Visits a site, whose page asks both trackers so many times.
    Visit(&'static str, u32),
    /// Looks at the feed, and scrolls so many times.
    Feed(u32),
    /// The background dies while the page is open.
    Kill,
}
use Deed::{Feed, Kill, Visit};

/// Seven days, twenty deaths.
const WEEK: [&[Deed]; 7] = [
    &[Visit("shop.example", 1), Kill, Visit("news.example", 2), Feed(0), Kill],
    &[Feed(2), Kill, Kill, Visit("shop.example", 3), Kill, Visit("shop.example", 1)],
    &[Visit("blog.example", 1), Kill, Visit("blog.example", 1), Kill, Visit("news.example", 1), Kill],
    &[Kill, Feed(1), Kill, Feed(0), Visit("news.example", 4), Kill],
    &[Visit("shop.example", 2), Kill, Visit("bank.example", 1), Kill, Kill],
    &[Feed(3), Kill, Visit("blog.example", 5), Kill, Kill],
    &[Visit("news.example", 1), Kill, Visit("shop.example", 1), Kill, Feed(1), Kill],
];

/// Counts of one site on one day: pages, then requests that were made, stopped and let through.
type Met = [u64; 4];
/// Items of a feed on one day: all, paid for, suggested.
type Fed = [u64; 3];

/// All that is to be in the diary, or is in it, by day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Diary {
    sites: BTreeMap<(u32, String), Met>,
    feeds: BTreeMap<u32, Fed>,
}

/// What is on the disk.
async fn stored(browser: &Browser) -> Result<Diary> {
    let script = "const { diary_written } = await import(chrome.runtime.getURL('build/pages.js'));
        return diary_written({}, () => {})";
    let text: String = in_extension(browser, &format!("{FILES} {script}"), vec![]).await?;
    let file: Value = serde_json::from_str(&text)?;
    let mut diary = Diary::default();
    for (period, sheet) in file["sheets"].as_object().context("no sheets")? {
        let day: u32 = period.strip_prefix('d').with_context(|| format!("{period} is no day"))?.parse()?;
        for (site, row) in sheet.as_object().context("no rows")? {
            let companies = || row["companies"].as_object().into_iter().flat_map(|all| all.values());
            let sum = |name: &str| companies().filter_map(|counts| counts[name].as_u64()).sum::<u64>();
            if site == "x.com" {
                ensure!(row["seconds"].as_u64() > Some(0), "nobody looked at the feed: {row}");
                let feed = |name: &str| row["feeds"]["x"][name].as_u64().unwrap_or(0);
                let items = ["sponsored", "suggested", "followed", "unknown"].map(feed).into_iter().sum();
                diary.feeds.insert(day, [items, feed("sponsored"), feed("suggested")]);
            } else {
                ensure!(sum("others") == 0, "{site}: others stopped something: {row}");
                let pages = row["pages"].as_u64().unwrap_or(0);
                let met = [pages, sum("requests"), sum("stopped"), sum("through")];
                diary.sites.insert((day, site.clone()), met);
            }
        }
    }
    Ok(diary)
}

async fn is_stored(browser: &Browser, truth: &Diary) -> Result<()> {
    let waited = wait_for("the diary", SOON, || async { Ok(stored(browser).await.is_ok_and(|it| it == *truth)) }).await;
    ensure!(waited.is_ok(), "the diary has\n{:?}\ninstead of\n{truth:?}", stored(browser).await?);
    Ok(())
}

/// Does one thing, adds it to the truth, and waits until it is stored.
async fn live(web: &Fixtures, browser: &Browser, day: u32, deed: &Deed, truth: &mut Diary) -> Result<()> {
    match deed {
        Visit(site, times) => {
            browser.goto(&format!("https://www.{site}/")).await?;
            let met = truth.sites.entry((day, (*site).to_owned())).or_default();
            met[0] += 1;
            for _ in 0..*times {
                web.forget();
                ask_both(browser).await?;
                let through = web.requests_to(PASSES).len() as u64;
                ensure!(web.requests_to(LISTED).is_empty() && through == 1, "not as the lists say");
                *met = [met[0], met[1] + 2, met[2] + 1, met[3] + through];
            }
        }
        Feed(times) => {
            browser.goto(X.url).await?;
            X.marked(browser, 4).await?;
            for _ in 0..*times {
                browser.eval::<()>("scrollBy(0, innerHeight * 3)", vec![]).await?;
                X.marked(browser, 1).await?;
            }
            let before = truth.feeds.get(&day).copied().unwrap_or_default();
            let all = async || {
                let found = found(browser, X.url).await?.context("no content script answers")?;
                let kinds = ["sponsored", "suggested"].map(|kind| found.kind(kind) as u64);
                let now = [found.items as u64, kinds[0], kinds[1]];
                Ok::<_, anyhow::Error>(std::array::from_fn(|i| before[i] + now[i]))
            };
            // Items are found while it scrolls; what was found in the end is the truth.
            let settled = wait_for("the feed in the diary", SOON, || async {
                let now = all().await?;
                Ok(stored(browser).await.is_ok_and(|diary| diary.feeds.get(&day) == Some(&now)))
            });
            let waited = settled.await;
            let now = all().await?;
            ensure!(waited.is_ok(), "the diary has {:?}, the page {now:?}", stored(browser).await?.feeds.get(&day));
            truth.feeds.insert(day, now);
        }
        Kill => {
            browser.kill_background().await?;
            wake(browser).await?;
        }
    }
    is_stored(browser, truth).await
}

#[test]
fn after_a_week_the_diary_is_the_week() -> Result<()> {
    let deaths = WEEK.iter().flat_map(|day| day.iter()).filter(|deed| matches!(deed, Kill)).count();
    ensure!(deaths == 20, "the background dies {deaths} times");
    in_both(async |Scene { web, browser }| {
        serve(&web);
        serve_replicas(&web)?;
        let which = browser.which();
        browser.quit().await?;
        let clock = Clock::new(which)?;
        let options = Options { extension: Some(clock.path().to_owned()), ..options(which, &web) };
        let mut browser = Browser::open(which, &options).await?;
        let mut truth = Diary::default();
        for (number, deeds) in (0..).zip(WEEK) {
            if number > 0 {
                clock.set(number)?;
                browser.restart().await?;
            }
            wake(&browser).await?;
            for deed in deeds {
                live(&web, &browser, FIRST_DAY + number, deed, &mut truth).await?;
            }
        }
        ensure!(truth.sites.len() == 11 && truth.feeds.len() == 5, "the week was another one: {truth:?}");
        browser.quit().await
    })
}
