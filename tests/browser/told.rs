//! "Told about you": the receipt of an item that leads to a shop says whether the platform's company was told of visits
//! there, by what was seen of its requests on the shop's own pages; of a shop that the diary does not know it says nothing.
//!
//! The platform is X's replica and the company X, whose pictures pass on other sites and whose tracker the lists stop. The
//! truth is what reached the server. How large the receipt is does not tell the page what the diary knows.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xtask::browser::{Browser, Fixtures, Key, Options, Request, Response, wait_for};
use xtask::replica::Truth;

use super::diary::{holds, take_in};
use super::looks::take;
use super::ours::{in_extension, wake};
use super::private::{let_in, open_private_window};
use super::receipt::{closed, inside, open};
use super::sight::{X, says, serve_replicas};
use super::{SOON, Scene, in_both, options};

/// X's, and on no list.
const PASSES: &str = "pbs.twimg.com";
/// X's as well, and on a list.
const LISTED: &str = "static.ads-twitter.com";
/// Where the advertisements of the feed lead, each under the post's name.
const ADS: [(&str, &str); 4] = [
    ("ad-bottle", "nimbusbottle.example"),
    ("ad-velovite", "velovite.example"),
    ("ad-cloudkettle", "cloudkettle.example"),
    ("ad-pastapronta", "pastapronta.example"),
];
const BOTTLE: (&str, &str) = ADS[0];
const BIKES: (&str, &str) = ADS[1];
const KETTLES: (&str, &str) = ADS[2];
const PASTA: (&str, &str) = ADS[3];

/// All shops, and pictures of X's.
fn serve_shops(web: &Fixtures) {
    let picture = |request: &Request| {
        let svg = Response::new("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'/>");
        (request.path == "/told.svg").then(|| svg.with("Cache-Control", "no-store"))
    };
    web.on(PASSES, picture);
    web.on(LISTED, picture);
    for (_, shop) in ADS {
        web.page(
            &format!("www.{shop}"),
            "/",
            Response::html("<!doctype html><title>shop</title><link rel=icon href=data:,>"),
        );
    }
}

/// Visits a shop whose page asks these hosts, and waits until all is over; so many requests reached X.
async fn visit(
    web: &Fixtures,
    browser: &Browser,
    (_, shop): (&str, &str),
    hosts: &[&str],
    reached: usize,
) -> Result<()> {
    web.forget();
    browser.goto(&format!("https://www.{shop}/")).await?;
    let ask = "await Promise.all(arguments[0].map((host, number) => new Promise((done) => {
        const picture = new Image();
        picture.onload = picture.onerror = done;
        picture.src = `https://${host}/told.svg?${number}`;
    })))";
    browser.eval_async::<()>(ask, vec![json!(hosts)]).await?;
    let seen = web.requests_to(PASSES).len() + web.requests_to(LISTED).len();
    ensure!(seen == reached, "{seen} requests reached X, and not {reached}");
    Ok(())
}

/// What the receipt of a post says, and how high it is.
async fn said(browser: &Browser, truth: &[Truth], (name, _): (&str, &str)) -> Result<(String, f64)> {
    let post = truth.iter().find(|truth| truth.name == name).with_context(|| format!("no post is {name}"))?;
    let (_, words) = open(&X, browser, post).await?;
    let height = inside(browser, "dialog").await?.rect().await?.height;
    Ok((words, height))
}

/// The same once it says this: where the background has to be woken first, it is said a little after the receipt opens.
async fn tells(browser: &Browser, truth: &[Truth], ad: (&str, &str), wanted: &str) -> Result<(String, f64)> {
    let (_, height) = said(browser, truth, ad).await?;
    let words = async || browser.text(&inside(browser, "dialog").await?).await;
    let waited = wait_for("what was told", SOON, || async { Ok(words().await?.contains(wanted)) }).await;
    ensure!(waited.is_ok(), "{wanted:?} is not said of {}: {}", ad.1, words().await?);
    Ok((words().await?, height))
}

async fn close(browser: &Browser) -> Result<()> {
    browser.press(Key::Escape + "").await?;
    closed(browser, "Escape").await
}

/// The sentence on so many requests with this end.
fn sentence(key: &str, count: u32, (_, shop): (&str, &str)) -> String {
    let form = if count == 1 { "one" } else { "other" };
    says(&format!("{key}_{form}"), &[&count.to_string(), "X", shop])
}

/// A day as the browser writes it, counted from today.
async fn day(browser: &Browser, ago: u32) -> Result<String> {
    let script = "return new Intl.DateTimeFormat(chrome.i18n.getUILanguage(), { dateStyle: 'long' })
        .format(Date.now() - arguments[0] * 86400000)";
    in_extension(browser, script, vec![json!(ago)]).await
}

#[test]
fn the_receipt_says_whether_the_company_was_told_and_nothing_of_what_is_not_known() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let truth = serve_replicas(&web)?;
        serve_shops(&web);
        wake(&browser).await?;
        let today = day(&browser, 0).await?;
        visit(&web, &browser, BOTTLE, &[PASSES, LISTED, PASSES], 2).await?;
        visit(&web, &browser, BIKES, &[LISTED], 0).await?;
        // The last was visited too, and met nobody of X's.
        visit(&web, &browser, PASTA, &[], 0).await?;
        browser.goto(X.url).await?;
        let (both, height) = tells(&browser, truth, BOTTLE, &sentence("receiptToldThrough", 2, BOTTLE)).await?;
        let heading = |(_, shop): (&str, &str)| says("voiceTold", &["X", shop]);
        let of_both = [
            heading(BOTTLE),
            today.clone(),
            sentence("receiptToldThrough", 2, BOTTLE),
            sentence("receiptToldStopped", 1, BOTTLE),
            says("receiptToldSure", &[]),
            says("receiptToldLimits", &["X"]),
            says("receiptToldDo", &["X"]),
            says("linkOffPlatform", &[]),
            says("linkAds", &[]),
        ];
        let mut from = 0;
        for wanted in &of_both {
            let at = both[from..].find(wanted.as_str());
            from += at.with_context(|| format!("{wanted:?} is missing or out of place: {both}"))?;
        }
        ensure!(both.find(&heading(BOTTLE)) < both.find(&says("voiceAuthor", &[])), "not before the author: {both}");
        for key in ["receiptToldOthers", "receiptToldUnknown"] {
            ensure!(!both.contains(&sentence(key, 0, BOTTLE)), "{both}");
        }
        how_it_is_known(&browser).await?;
        close(&browser).await?;

        let (stopped, same) = tells(&browser, truth, BIKES, &sentence("receiptToldStopped", 1, BIKES)).await?;
        ensure!(
            !stopped.contains(&says("receiptToldThrough_other", &["1", "X", BIKES.1])) && same == height,
            "{stopped}"
        );
        ensure!(!stopped.contains("was told of your visit"), "nothing reached X: {stopped}");
        close(&browser).await?;
        for never in [KETTLES, PASTA] {
            let (words, same) = said(&browser, truth, never).await?;
            ensure!(
                !words.contains("told") && !words.contains(&heading(never)),
                "of {} nothing is known: {words}",
                never.1
            );
            ensure!(same == height, "the page can feel out that nothing is known of {}: {same}, {height}", never.1);
            close(&browser).await?;
        }
        nobody_else_may_ask(&browser).await?;
        browser.quit().await
    })
}

/// Under a line stands how it is known, once somebody opens it, and the remedies are links that tell nobody from where.
async fn how_it_is_known(browser: &Browser) -> Result<()> {
    let summary = inside(browser, ".told summary").await?;
    browser.click(&summary).await?;
    let opened = browser.text(&inside(browser, ".told details[open]").await?).await?;
    ensure!(opened.contains(&says("receiptToldThroughHow", &["X"])), "{opened}");
    let link = inside(browser, "a[href='https://x.com/settings/off_twitter_activity']").await?;
    let rel = link.attr("rel").await?.unwrap_or_default();
    ensure!(rel == "noreferrer noopener", "the link is {rel:?}");
    Ok(())
}

/// Neither a page nor a page of ours is answered: only who reads a feed.
async fn nobody_else_may_ask(browser: &Browser) -> Result<()> {
    let has: bool =
        browser.eval("return Boolean(globalThis.chrome?.runtime?.sendMessage ?? globalThis.browser)", vec![]).await?;
    ensure!(!has, "the page may send messages");
    let ask =
        "return await chrome.runtime.sendMessage({ ask: 'told', leads: [arguments[0]] }).catch(() => null) ?? null";
    let answer: Value = in_extension(browser, ask, vec![json!(format!("https://{}/", BOTTLE.1))]).await?;
    ensure!(answer.is_null(), "a page of ours was answered {answer}");
    Ok(())
}

#[test]
fn what_is_long_ago_is_told_as_it_is_kept_and_survives_the_background() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let truth = serve_replicas(&web)?;
        serve_shops(&web);
        wake(&browser).await?;
        let row = |requests: u32, others: u32| {
            let counts = json!({ "requests": requests, "stopped": 0, "others": others, "through": 0 });
            json!({ BOTTLE.1: { "pages": 1, "companies": { "X": counts } } })
        };
        // A week that is old enough to be one and too new for a month; it begins on a Monday, as day 4 of all days did.
        let today: u32 = in_extension(&browser, "return Math.floor(Date.now() / 86400000)", vec![]).await?;
        let week = (today - 200 - 4) / 7 + 1;
        let ends = [day(&browser, today - (7 * week - 3)).await?, day(&browser, today - (7 * week + 3)).await?];
        // January 2025, and the two months before.
        let sheets = json!({ format!("w{week}"): row(1, 0), "m660": row(3, 2), "m659": row(4, 0), "m658": row(5, 0) });
        let file = json!({ "file": "plainsight diary", "form": 1, "choices": {}, "sheets": sheets });
        let refused = take_in(&browser, &file.to_string()).await?;
        ensure!(refused.is_none(), "the diary is not taken in: {refused:?}");
        browser.kill_background().await?;
        browser.goto(X.url).await?;
        let week = says("receiptToldWeek", &[&ends[0], &ends[1]]);
        let (words, _) = tells(&browser, truth, BOTTLE, &week).await?;
        for wanted in [
            sentence("receiptToldUnknown", 1, BOTTLE),
            says("receiptToldUnsure", &[]),
            says("receiptToldMonth", &["Jan 2025"]),
            sentence("receiptToldOthers", 2, BOTTLE),
            says("receiptToldMonth", &["Dec 2024"]),
            sentence("receiptToldUnknown", 4, BOTTLE),
            says("receiptToldBefore", &["November 1, 2024"]),
            sentence("receiptToldUnknown", 5, BOTTLE),
        ] {
            ensure!(words.contains(&wanted), "{wanted:?} is missing: {words}");
        }
        browser.quit().await
    })
}

#[test]
fn in_a_private_window_nothing_of_the_diary_is_shown() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let truth = serve_replicas(&web)?;
        serve_shops(&web);
        let browser = let_in(browser, &web).await?;
        wake(&browser).await?;
        visit(&web, &browser, BOTTLE, &[PASSES], 1).await?;
        // To be let in the extension is loaded anew.
        holds(&browser, BOTTLE.1, [1, 1, 0, 0, 1]).await?;
        let before = browser.tab().await?;
        open_private_window(&browser).await?;
        browser.viewport(1280, 900).await?;
        browser.goto(X.url).await?;
        let (words, height) = said(&browser, truth, BOTTLE).await?;
        ensure!(!words.contains("told"), "in a private window: {words}");
        browser.switch_to(&before).await?;
        browser.viewport(1280, 900).await?;
        browser.goto(X.url).await?;
        let (_, same) = tells(&browser, truth, BOTTLE, &sentence("receiptToldThrough", 1, BOTTLE)).await?;
        ensure!(same == height, "a page can feel out which of both it is: {same}, {height}");
        browser.quit().await
    })
}

#[test]
fn what_was_told_can_be_looked_at() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let truth = serve_replicas(&web)?;
        serve_shops(&web);
        let which = browser.which();
        browser.quit().await?;
        for dark in [false, true] {
            let browser = Browser::open(which, &Options { dark, ..options(which, &web) }).await?;
            wake(&browser).await?;
            visit(&web, &browser, BOTTLE, &[PASSES, LISTED, PASSES], 2).await?;
            for (width, height) in [(1280, 900), (390, 844)] {
                browser.viewport(width, height).await?;
                browser.goto(X.url).await?;
                tells(&browser, truth, BOTTLE, &sentence("receiptToldThrough", 2, BOTTLE)).await?;
                how_it_is_known(&browser).await?;
                take(&browser, dark, &format!("receipt-told-{width}")).await?;
                close(&browser).await?;
                said(&browser, truth, KETTLES).await?;
                take(&browser, dark, &format!("receipt-not-told-{width}")).await?;
            }
            browser.quit().await?;
        }
        Ok(())
    })
}
