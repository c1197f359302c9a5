//! Pages that work against us, or against scripts as such: they replace what scripts are made of, change their items
//! again and again.
//!
//! Each page keeps watch over what is its own, and says in the end whether all of it went on as without us. What pages
//! can notice is the subject of `unseen.rs`, and broken answers are that of `robust.rs`.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use xtask::browser::{Browser, Fixtures, Options, Response, wait_for};

use super::ours::{choose, found};
use super::sight::X;
use super::small::{cell, feed_of, serve_small, timeline};
use super::{SOON, Scene, in_both};

/// The path on which X's timeline is asked for.
const TIMELINE: &str = "/i/api/graphql/abc/HomeTimeline";

/// Replaces every function and getter that a page can reach by one that notes its call, puts properties on all objects
/// that note whoever asks for them, and then asks for the timeline in all ways. The notes go to the page's server.
const NOTING: &str = r"
const { apply, ownKeys, defineProperty, getOwnPropertyDescriptor, deleteProperty } = Reflect;
const { stringify } = JSON;
const beacon = navigator.sendBeacon.bind(navigator);
const notes = { __proto__: null };
let isNoting = false;
const note = (name) => { if (isNoting) notes[name] = (notes[name] ?? 0) + 1; };
const put = (holder, key, described) => {
  try { defineProperty(holder, key, { __proto__: null, configurable: true, ...described }); } catch {}
};
const replaceAll = (holder, of) => {
  for (const key of ownKeys(holder)) {
    const described = getOwnPropertyDescriptor(holder, key);
    if (!described?.configurable || key === 'constructor' || key === 'XMLHttpRequest' || key === 'Proxy') continue;
    const name = of + '.' + String(key);
    const { value, get, set } = described;
    const isClass = typeof value === 'function' && value.prototype !== undefined;
    if (typeof value === 'function' && !isClass) {
      put(holder, key, { ...described, value(...args) { note(name); return apply(value, this, args); } });
    } else if (get) {
      put(holder, key, { enumerable: described.enumerable, get() { note(name); return apply(get, this, []); }, set });
    }
  }
};
const classes = ownKeys(globalThis).filter((key) => typeof key === 'string').map((key) => [key, getOwnPropertyDescriptor(globalThis, key)?.value])
  .filter(([, value]) => (typeof value === 'function' && value.prototype) || (typeof value === 'object' && value !== null && value !== globalThis));
const names = ['get', 'set', 'value', 'writable', 'has', 'apply', 'construct', 'ownKeys', 'getOwnPropertyDescriptor', 'defineProperty',
  'deleteProperty', 'getPrototypeOf', 'signal', 'capture', 'passive', 'once', 'start', 'pull', 'cancel', 'autoAllocateChunkSize', 'highWaterMark',
  'size', 'stream', 'fatal', 'ignoreBOM', 'transfer', '0', '1', '2', '3'];

const asked = (kind, listen) => new Promise((done) => {
  const xhr = new XMLHttpRequest();
  xhr.onload = () => done(kind === 'json' ? xhr.response.data !== undefined : xhr.responseText.length > 9);
  xhr.open('GET', arguments_.path);
  xhr.responseType = kind;
  xhr.send('body');
});
const arguments_ = { path: '/i/api/graphql/abc/HomeTimeline' };
const ask = async () => {
  const { path } = arguments_;
  const came = [(await (await fetch(path)).text()).length > 9];
  came[1] = (await (await fetch(path, { method: 'POST', body: 'words' })).json()).data !== undefined;
  came[2] = (await (await fetch(new Request(path))).arrayBuffer()).byteLength > 9;
  came[3] = await asked('', 0);
  came[4] = await asked('text', 0);
  came[5] = await asked('json', 0);
  return came;
};
globalThis.noting = async () => {
  for (const [name, value] of classes) {
    if (typeof value === 'function') replaceAll(value.prototype, name + '#');
    replaceAll(value, name);
  }
  replaceAll(globalThis, 'window');
  for (const name of ['Boolean', 'Number', 'Object', 'String']) {
    const native = globalThis[name];
    put(globalThis, name, { writable: true, value: new Proxy(native, { __proto__: null, apply(_, self, args) { note(name); return apply(native, self, args); } }) });
  }
  const native = getOwnPropertyDescriptor(Promise.prototype, 'constructor');
  put(Promise.prototype, 'constructor', { get() { note('Promise#.constructor'); return Promise; } });
  for (const name of names) {
    put(Object.prototype, name, {
      get() { note('every ' + name); return undefined; },
      set(value) { note('every ' + name + ' set'); put(this, name, { value, writable: true, enumerable: true }); },
    });
  }
  isNoting = true;
  const came = await ask().catch((error) => [error.message]);
  // Now with words of its own for every object.
  put(Object.prototype, 'toJSON', { value() { note('toJSON'); return 'mine'; }, writable: true });
  const last = await asked('json', 0).catch((error) => error.message);
  isNoting = false;
  deleteProperty(Object.prototype, 'toJSON');
  for (const name of names) deleteProperty(Object.prototype, name);
  defineProperty(Promise.prototype, 'constructor', native);
  beacon('/noted', stringify([came, last, notes]));
};
addEventListener('load', () => setTimeout(noting, 1500));
";

/// What the page noted, in a browser at X's address.
async fn noted(web: &Fixtures, browser: &Browser) -> Result<Value> {
    web.forget();
    browser.goto(X.url).await?;
    let mut body = Vec::new();
    wait_for("the page's notes", SOON, || {
        body = web.requests().into_iter().find(|one| one.path == "/noted").map(|one| one.body).unwrap_or_default();
        let is_there = !body.is_empty();
        async move { Ok(is_there) }
    })
    .await?;
    Ok(serde_json::from_slice(&body)?)
}

#[test]
fn a_page_that_replaces_what_scripts_are_made_of_sees_no_call_of_ours() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let posts: String = (101..103).map(|id| cell(id, "someone", "Good morning.", false)).collect();
        serve_small(&web, &feed_of(&posts), NOTING);
        web.page(X.host, TIMELINE, Response::json(&timeline(&[101])));
        let bare = Browser::open(browser.which(), &Options { extension: None, ..Options::new(&web) }).await?;
        let without = noted(&web, &bare).await?;
        bare.quit().await?;
        ensure!(without[0] == json!(vec![true; 6]) && without[1] == true, "the page itself broke: {without}");
        for derank in [false, true] {
            choose(&browser, derank, ["label", "lower", "lower"]).await?;
            let with = noted(&web, &browser).await?;
            ensure!(with == without, "de-ranking {derank}: the page noted {with}\nand without us {without}");
            // In spite of all that its answers were heard.
            wait_for("what its answers said", SOON, || async {
                Ok(found(&browser, X.url).await?.is_some_and(|found| found.kind("sponsored") == 1))
            })
            .await?;
        }
        browser.quit().await
    })
}

/// The page's own watch: its items, their bodies and their order stay as they are, its timers and frames go on, and no
/// error comes to it that is not its own.
const WATCH: &str = "globalThis.watched = { errors: [], timers: 0, frames: 0, longest: 0 };
  for (const name of ['error', 'unhandledrejection']) {
    addEventListener(name, (event) => watched.errors.push(`${name}: ${event.message ?? event.reason}`));
  }
  setInterval(() => { watched.timers += 1; }, 1);
  const frame = () => { watched.frames += 1; requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
  globalThis.keep = () => { watched.items = [...document.querySelectorAll('[data-testid=cellInnerDiv]')].map((one) => [one, one.lastElementChild]); };
  globalThis.isKept = () => {
    const now = [...document.querySelectorAll('[data-testid=cellInnerDiv]')];
    return now.length === watched.items.length
      && watched.items.every(([item, body], i) => now[i] === item && item.lastElementChild === body && body.parentNode === item);
  };
";

/// Waits until the page's timers and frames have gone on by this many.
async fn goes_on(browser: &Browser, more: u32) -> Result<()> {
    let before: [u32; 2] = browser.eval("return [watched.timers, watched.frames]", vec![]).await?;
    wait_for("the page's own timers and frames", SOON, || async {
        let now: [u32; 2] = browser.eval("return [watched.timers, watched.frames]", vec![]).await?;
        Ok(now[0] >= before[0] + more && now[1] >= before[1] + more)
    })
    .await
}

/// The page's own are all as they were.
async fn is_unharmed(browser: &Browser) -> Result<()> {
    let errors: Vec<String> = browser.eval("return watched.errors", vec![]).await?;
    ensure!(errors.is_empty(), "the page's console has {errors:?}");
    ensure!(browser.eval::<bool>("return isKept()", vec![]).await?, "the page's own nodes were moved");
    Ok(())
}

#[test]
fn items_that_change_under_us_are_in_the_end_told_as_what_they_are() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let posts: String = (101..105).map(|id| cell(id, "someone", "Good morning.", false)).collect();
        serve_small(&web, &feed_of(&posts), WATCH);
        web.page(X.host, TIMELINE, Response::json(&timeline(&[101, 102])));
        choose(&browser, true, ["lower", "lower", "lower"]).await?;
        browser.goto(X.url).await?;
        X.marked(&browser, 4).await?;
        browser
            .eval_async::<usize>(
                "keep(); return (await (await fetch(arguments[0])).text()).length",
                vec![json!(TIMELINE)],
            )
            .await?;
        let folded = async |wanted: [bool; 4]| {
            let now = async || {
                Ok::<_, anyhow::Error>(X.items(&browser).await?.iter().map(|it| it.folded).collect::<Vec<_>>())
            };
            let waited = wait_for("what is folded", SOON, || async { Ok(now().await? == wanted) }).await;
            ensure!(waited.is_ok(), "folded are {:?}, and ought to be {wanted:?}", now().await?);
            Ok(())
        };
        folded([true, true, false, false]).await?;
        // The list uses its nodes for others, and changes nothing of them but a link and a text.
        let swap = "window.swap = () => {
              const links = [...document.querySelectorAll('a[href*=\"/status/\"]')];
              for (const link of links) link.setAttribute('href', link.getAttribute('href').replace(/10(\\d)/, (all, id) => '10' + (5 - Number(id))));
              for (const text of document.querySelectorAll('[data-testid=tweetText]')) text.firstChild.nodeValue += '!';
            };
            swap();";
        browser.eval::<Value>(swap, vec![]).await?;
        folded([false, false, true, true]).await?;
        // Whatever happens in the page, it swaps again: our own work as well.
        let ever = "window.swaps = 0;
            window.watcher = new MutationObserver(() => { window.swaps += 1; swap(); });
            watcher.observe(document.querySelector('#feed'), { childList: true, subtree: true });
            swap();";
        browser.eval::<Value>(ever, vec![]).await?;
        goes_on(&browser, 60).await?;
        let swaps: u32 = browser.eval("watcher.disconnect(); return window.swaps", vec![]).await?;
        ensure!(swaps > 20, "the page changed its items only {swaps} times, so nothing was tried");
        let first: String =
            browser.eval("return document.querySelector('a[href*=\"/status/\"]').getAttribute('href')", vec![]).await?;
        let is_ad = first.contains("101") || first.contains("102");
        folded([is_ad, is_ad, !is_ad, !is_ad]).await?;
        is_unharmed(&browser).await?;
        browser.quit().await
    })
}

/// Listens for whatever of ours could be heard, and forges all of it: the port and the call for it, messages to every
/// frame, an answer that nobody sent, and an element like ours.
const FORGE: &str = "
const heard = window.heard = [];
let isForging = false;
for (const name of ['plainsight-port', 'plainsight-port-wanted', 'message']) {
  addEventListener(name, () => { if (!isForging) heard.push(name); }, true);
}
window.forge = (path, answer) => {
  isForging = true;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => heard.push('an answer to the forged port');
  dispatchEvent(new MessageEvent('plainsight-port', { ports: [port2], cancelable: true }));
  dispatchEvent(new Event('plainsight-port-wanted'));
  for (const message of [[path, '', answer], [path, '', answer, 1], { number: 1, question: { ask: 'open', path: '/home' } }, { token: '', host: 'x.com' }]) {
    port1.postMessage(message);
    postMessage(message, '*');
    for (let i = 0; i < frames.length; i += 1) {
      const { port1: near, port2: far } = new MessageChannel();
      near.onmessage = () => heard.push('an answer of a frame');
      frames[i].postMessage(message, '*', [far]);
    }
  }
  const ours = document.querySelector('[data-testid=cellInnerDiv] > div:not(.cell)');
  document.querySelector('[data-testid=cellInnerDiv]:last-child').prepend(ours.cloneNode());
  return new Promise((done) => setTimeout(() => { isForging = false; done(frames.length); }, 300));
};";

#[test]
fn what_a_page_forges_is_believed_by_nobody() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let posts: String = (101..104).map(|id| cell(id, "someone", "Good morning.", false)).collect();
        serve_small(&web, &feed_of(&posts), FORGE);
        choose(&browser, true, ["lower", "lower", "lower"]).await?;
        browser.goto(X.url).await?;
        X.marked(&browser, 3).await?;
        let forged = json!(timeline(&[101, 103]).to_string());
        browser.eval_async::<u32>("return forge(arguments[0], arguments[1])", vec![json!(TIMELINE), forged]).await?;
        // What comes from the server afterwards is heard, so whatever was forged would have been by then.
        web.page(X.host, TIMELINE, Response::json(&timeline(&[102])));
        browser
            .eval_async::<usize>("return (await (await fetch(arguments[0])).text()).length", vec![json!(TIMELINE)])
            .await?;
        let folded =
            async || Ok::<_, anyhow::Error>(X.items(&browser).await?.iter().map(|it| it.folded).collect::<Vec<_>>());
        let told =
            wait_for("the server's answer to be heard", SOON, || async { Ok(folded().await? == [false, true, false]) });
        let told = told.await;
        ensure!(told.is_ok(), "folded are {:?}", folded().await?);
        let heard: Vec<String> = browser.eval("return heard", vec![]).await?;
        ensure!(heard.is_empty(), "the page heard {heard:?}");
        browser.quit().await
    })
}
