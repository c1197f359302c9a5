//! Answers that are cut, huge or hostile, and pages that fight: the page gets what is its own, and the feed still works.
//!
//! The small page at X's address asks for a timeline as X does, and the server sends what no platform should. Each test
//! then asks two things: did the page get every byte, and is the next post of the feed still told truly?

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xtask::browser::{Browser, Response, wait_for};

use super::ours::{choose, found};
use super::sight::{Item, X};
use super::small::{cell, feed_of, serve_small, timeline};
use super::{SOON, Scene, in_both};

/// How long a flood may take.
const LONG: std::time::Duration = std::time::Duration::from_secs(300);
/// The path on which X's timeline is asked for.
const TIMELINE: &str = "/i/api/graphql/abc/HomeTimeline";

/// A page with a post for each of these ids, of which its own nodes say nothing.
fn plain(ids: std::ops::Range<u32>) -> Response {
    feed_of(&ids.map(|id| cell(id, "someone", "Good morning.", false)).collect::<String>())
}

/// Waits until exactly these items are marked as advertisements.
async fn sponsored(browser: &Browser, ids: &[u32]) -> Result<()> {
    let mut wanted: Vec<String> = ids.iter().map(u32::to_string).collect();
    wanted.sort();
    let marked = async || {
        let mut marked = Vec::new();
        for item in X.items(browser).await? {
            if item.mark(browser).await?.is_some_and(|mark| mark.kinds.contains("sponsored")) {
                marked.push(item.id);
            }
        }
        marked.sort();
        anyhow::Ok(marked)
    };
    let waited = wait_for("the advertisements", SOON, || async { Ok(marked().await? == wanted) }).await;
    ensure!(waited.is_ok(), "marked as advertisements are {:?}, and ought to be {wanted:?}", marked().await?);
    Ok(())
}

/// Puts an advertisement into the page by its nodes alone.
async fn add_ad(browser: &Browser, id: u32) -> Result<()> {
    let script = "document.querySelector('#feed').insertAdjacentHTML('beforeend', arguments[0])";
    browser.eval::<Value>(script, vec![json!(cell(id, "brand", "Buy it.", true))]).await?;
    Ok(())
}

/// Has the page ask for the timeline in both ways; the lengths that it got come back, in bytes of UTF-8.
async fn lengths(browser: &Browser) -> Result<[usize; 2]> {
    let script = "const [path] = arguments;
        const fetched = (await (await fetch(path)).arrayBuffer()).byteLength;
        const ask = async (kind) => {
          const asked = new XMLHttpRequest();
          asked.responseType = kind;
          await new Promise((done) => { asked.addEventListener('loadend', done); asked.open('GET', path); asked.send(); });
          return asked;
        };
        await ask('json');
        return [fetched, new TextEncoder().encode((await ask('')).responseText).length];";
    browser.eval_async(script, vec![json!(TIMELINE)]).await
}

#[test]
fn an_answer_cut_in_the_middle_is_read_up_to_the_cut() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let whole = timeline(&[101, 102, 103, 104]).to_string();
        let (before, _) = whole.split_once("promoted-tweet-103").context("no such entry")?;
        web.page(X.host, TIMELINE, Response::new("application/json", before));
        serve_small(&web, &plain(101..105), "");
        browser.goto(X.url).await?;
        sponsored(&browser, &[]).await?;
        ensure!(lengths(&browser).await? == [before.len(); 2], "the page did not get the answer as it was sent");
        sponsored(&browser, &[101, 102]).await?;
        add_ad(&browser, 105).await?;
        sponsored(&browser, &[101, 102, 105]).await?;
        browser.quit().await
    })
}

#[test]
fn answers_too_large_or_too_deep_leave_page_and_feed_unharmed() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve_small(&web, &plain(101..104), "");
        browser.goto(X.url).await?;
        // Fifty megabytes: a whole timeline in front, so that reading it would show.
        let mut huge = timeline(&[101]).to_string();
        huge.pop();
        huge.push_str(",\"filler\":\"");
        huge.extend(std::iter::repeat_n('x', 50_000_000));
        huge.push_str("\"}");
        web.page(X.host, TIMELINE, Response::new("application/json", huge.clone()));
        ensure!(lengths(&browser).await? == [huge.len(); 2], "the page did not get its 50 MB");
        add_ad(&browser, 110).await?;
        sponsored(&browser, &[110]).await?;
        // Ten thousand levels, where a careless reader runs out of stack.
        let deep = format!("{{\"data\":{}1{}}}", "[".repeat(10_000), "]".repeat(10_000));
        web.page(X.host, TIMELINE, Response::new("application/json", deep.clone()));
        ensure!(lengths(&browser).await? == [deep.len(); 2], "the page did not get the deep answer");
        // An answer in good order comes after it and is still read.
        web.page(X.host, TIMELINE, Response::json(&timeline(&[102])));
        lengths(&browser).await?;
        sponsored(&browser, &[102, 110]).await?;
        browser.quit().await
    })
}

#[test]
fn a_page_that_takes_our_lines_out_leaves_no_item_folded_for_ever() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let ads: String = (10..14).map(|id| cell(id, "brand", "Buy it.", true)).collect();
        serve_small(&web, &feed_of(&ads), "");
        choose(&browser, true, ["lower", "lower", "lower"]).await?;
        browser.goto(X.url).await?;
        let all = async |what: &str, holds: fn(&Item) -> bool| {
            wait_for(what, SOON, || async {
                let items = X.items(&browser).await?;
                Ok(items.len() == 4 && items.iter().all(holds))
            })
            .await
        };
        all("all to be folded", |item| item.folded && item.has_line).await?;
        // Once: the lines come back, and with them the way to open.
        let once = "for (const one of document.querySelectorAll('.cell')) one.previousElementSibling.remove();
            return document.querySelectorAll('.cell').length";
        ensure!(browser.eval::<usize>(once, vec![]).await? == 4, "there were no lines to take out");
        all("the lines to come back", |item| item.folded && item.has_line).await?;
        for item in X.items(&browser).await? {
            item.button(&browser, "markShow").await?;
        }
        // For ever: the page wins, and the person sees the items. It is still the page's script that runs, not a race.
        let ever = "window.removed = 0;
            const sweep = () => {
              for (const one of document.querySelectorAll('.cell')) {
                const ours = one.previousElementSibling;
                if (ours) { ours.remove(); window.removed += 1; }
              }
            };
            new MutationObserver(sweep).observe(document.body, { childList: true, subtree: true });
            sweep();";
        browser.eval::<Value>(ever, vec![]).await?;
        all("the items to be shown", |item| !item.folded && !item.has_line).await?;
        let removed: usize = browser.eval("return window.removed", vec![]).await?;
        ensure!(removed >= 4, "the page took out only {removed} lines, so nothing was tried");
        add_ad(&browser, 14).await?;
        wait_for("a new item to be judged", SOON, || async {
            Ok(found(&browser, X.url).await?.is_some_and(|found| found.done("sponsored", "lower") == 5))
        })
        .await?;
        browser.quit().await
    })
}

#[test]
fn a_hundred_thousand_nodes_at_once_are_all_judged_and_the_page_goes_on_meanwhile() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve_small(&web, &feed_of(&cell(1, "friend", "Good morning.", false)), "");
        browser.goto(X.url).await?;
        X.marked(&browser, 1).await?;
        let many: String = (1000..13_000).map(|id| cell(id, "brand", "Buy it.", id % 2 == 0)).collect();
        // The page counts its own turns from the moment on at which it puts them in, until the last of them is marked.
        let insert = "const feed = document.querySelector('#feed');
            const isDone = () => feed.lastElementChild.firstElementChild.className !== 'cell';
            window.turns = { timers: 0, frames: 0, isDone: false };
            const timer = () => { if (isDone()) turns.isDone = true; else { turns.timers += 1; setTimeout(timer); } };
            const frame = () => { if (!isDone()) { turns.frames += 1; requestAnimationFrame(frame); } };
            feed.insertAdjacentHTML('beforeend', arguments[0]);
            setTimeout(timer);
            requestAnimationFrame(frame);
            return document.querySelectorAll('*').length";
        let nodes: usize = browser.eval(insert, vec![json!(many)]).await?;
        ensure!(nodes >= 100_000, "only {nodes} nodes");
        wait_for("the last to be judged", LONG, || async { browser.eval("return turns.isDone", vec![]).await }).await?;
        let [timers, frames]: [usize; 2] = browser.eval("return [turns.timers, turns.frames]", vec![]).await?;
        // There are 240 portions; a page that was held up would have had a turn before and one behind.
        ensure!(timers > 50 && frames > 10, "meanwhile the page had {timers} timers and {frames} frames");
        println!("{timers} timers and {frames} frames of the page while {nodes} nodes were judged");
        let lines = "return [...document.querySelectorAll('.cell')].filter((one) => one.previousElementSibling).length";
        ensure!(browser.eval::<usize>(lines, vec![]).await? == 12_001, "not all have a line of ours");
        let found = found(&browser, X.url).await?.context("nothing was found")?;
        ensure!(found.items == 12_001 && found.kind("sponsored") == 6_000, "{found:?}");
        // The last of them opens what the first does: nothing was given up under the load.
        let last = X.items(&browser).await?.pop().context("no items")?;
        ensure!(last.has_line && !last.folded, "the last is {last:?}");
        browser.quit().await
    })
}

/// What a page can see of an answer, by both ways of asking. Run in a browser with the extension and in one without.
pub(crate) const ANSWERS: &str = "const [path] = arguments;
    const answer = await fetch(path);
    const copy = answer.clone();
    const before = [answer.bodyUsed, copy.bodyUsed, answer.status, answer.ok, answer.url, answer.type, answer.redirected];
    const headers = [...answer.headers].filter(([name]) => name !== 'date');
    const reader = answer.body.getReader();
    let streamed = 0;
    for (let part = await reader.read(); !part.done; part = await reader.read()) streamed += part.value.length;
    const cloned = (await copy.text()).length;
    const twice = await answer.text().then(() => 'read twice', (error) => error.name);

    const stop = new AbortController();
    const aborted = fetch(path, { signal: stop.signal }).then(() => 'came', (error) => error.name);
    stop.abort();
    const stopped = new AbortController();
    const late = await fetch(path, { signal: stopped.signal });
    const fetched = late.text().then((text) => text.length, (error) => error.name);
    stopped.abort();
    const request = await (await fetch(new Request(path, { method: 'POST', body: 'asked' }))).json();
    const failed = await fetch('https://x.com:1/i/api/graphql/abc/HomeTimeline').then(() => 'came', (error) => error.name);

    const byXhr = [];
    for (const type of ['', 'text', 'json', 'arraybuffer', 'blob']) {
      const asked = new XMLHttpRequest();
      const events = [];
      for (const name of ['readystatechange', 'loadstart', 'load', 'loadend', 'error', 'abort']) {
        asked.addEventListener(name, () => events.push(name));
      }
      await new Promise((done) => {
        asked.addEventListener('loadend', done);
        asked.open('GET', new URL(path, location));
        asked.responseType = type;
        asked.send();
      });
      const { response } = asked;
      const size = response.length ?? response.byteLength ?? response.size ?? JSON.stringify(response).length;
      byXhr.push([type, asked.status, size, response === asked.response, events, asked.getAllResponseHeaders().replace(/date.*/i, '')]);
    }
    const broken = new XMLHttpRequest();
    broken.open('GET', path);
    broken.send();
    broken.abort();
    return [before, headers, streamed, cloned, twice, await aborted, typeof await fetched, Object.keys(request), failed, byXhr,
      broken.readyState, broken.status];";

#[test]
fn a_page_gets_its_own_answers_as_without_us() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve_small(&web, &plain(101..103), "");
        web.page(X.host, TIMELINE, Response::json(&timeline(&[101])).with("X-Rate-Limit", "7"));
        let options = xtask::browser::Options { extension: None, ..xtask::browser::Options::new(&web) };
        let bare = Browser::open(browser.which(), &options).await?;
        bare.goto(X.url).await?;
        let without: Value = bare.eval_async(ANSWERS, vec![json!(TIMELINE)]).await?;
        bare.quit().await?;
        browser.goto(X.url).await?;
        let with: Value = browser.eval_async(ANSWERS, vec![json!(TIMELINE)]).await?;
        ensure!(with == without, "with the extension the page gets {with}\nwithout it {without}");
        sponsored(&browser, &[101]).await?;
        browser.quit().await
    })
}
