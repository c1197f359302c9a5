//! A page that looks for the extension does not find it, and under the strictest policy it works all the same.
//!
//! The page's own script, which runs before anything else of the page, looks where such scripts look: at the window's
//! globals, at how native functions print, at stack traces, messages, frames, the list of loaded resources, attributes,
//! and at the extension's files by their addresses. What it finds is held against what the same script finds in a
//! browser without the extension: the two must be the same, to the letter.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use xtask::browser::{Browser, Fixtures, Options, Response, Which, wait_for};

use super::ours::{choose, found};
use super::sight::X;
use super::small::{cell, feed_of, serve_small, timeline};
use super::{SOON, Scene, in_both};

const STRICT: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; report-uri /reported";

/// The page's script. `look` tells what it sees, `probe` asks for files by address.
const SPY: &str = r"
const heard = [];
for (const name of ['message', 'messageerror', 'plainsight-port', 'plainsight-port-wanted', 'error', 'unhandledrejection',
  'securitypolicyviolation']) {
  addEventListener(name, (event) => {
    const words = [name, event.violatedDirective, event.blockedURI, event.sourceFile].join(' ').trim();
    // The browser asks for the page's own icon when it likes, or not at all.
    if (!words.includes('img-src')) heard.push(words);
  }, true);
}
const said = [];
for (const name of ['log', 'info', 'warn', 'error', 'debug']) {
  const native = console[name];
  console[name] = (...words) => { said.push(words.join(' ')); native.apply(console, words); };
}
const stacks = [];
const trap = () => ({ toString() { stacks.push(new Error('seen').stack); throw new Error('no text'); } });

const looksOf = (holder, name) => {
  const value = holder[name];
  const { configurable, enumerable, writable } = Object.getOwnPropertyDescriptor(holder, name);
  let made;
  try { new value(); } catch (error) { made = error.message; }
  return [name, String(value), value.toString(), Function.prototype.toString.call(value), value + '', value.name,
    value.length, Reflect.ownKeys(value).map(String), Object.prototype.toString.call(value), configurable, enumerable,
    writable, Object.getPrototypeOf(value) === Function.prototype, made];
};

globalThis.look = async () => {
  // Somebody who asks for our port, or offers one, gets no answer.
  const offered = new MessageEvent('plainsight-port', { cancelable: true, ports: [new MessageChannel().port1] });
  dispatchEvent(offered);
  dispatchEvent(new Event('plainsight-port-wanted'));
  await fetch(trap()).catch(() => {});
  try { new XMLHttpRequest().open('GET', trap()); } catch {}
  await (await fetch('/i/api/graphql/abc/HomeTimeline')).text();
  await new Promise((done) => setTimeout(done));
  const elements = [...document.querySelectorAll('*')];
  return {
    // What begins with se_ is left there by the driver of the test.
    globals: Reflect.ownKeys(globalThis).map(String).filter((name) => !name.startsWith('se_')).sort(),
    natives: [looksOf(globalThis, 'fetch'), looksOf(XMLHttpRequest.prototype, 'open'), looksOf(Function.prototype, 'toString'),
      looksOf(XMLHttpRequest.prototype, 'send'), looksOf(Response.prototype, 'clone'), looksOf(globalThis, 'XMLHttpRequest'),
      looksOf(XMLHttpRequest.prototype, 'abort'), looksOf(XMLHttpRequest.prototype, 'constructor')],
    getters: [[XMLHttpRequest, 'readyState'], [XMLHttpRequest, 'response'], [XMLHttpRequest, 'responseText'], [Response, 'url'],
      [Response, 'type'], [Response, 'redirected'], [Response, 'headers']].map(([{ prototype }, name]) => {
      const { get, set, ...rest } = Object.getOwnPropertyDescriptor(prototype, name);
      let refused;
      try { get.call({}); } catch (error) { refused = [error.name, error.message]; }
      return [name, String(get), get.name, get.length, Reflect.ownKeys(get).map(String), typeof set, rest, refused];
    }),
    kinds: [new XMLHttpRequest().constructor === XMLHttpRequest, new XMLHttpRequest() instanceof XMLHttpRequest,
      XMLHttpRequest.prototype.constructor === XMLHttpRequest, Object.getPrototypeOf(XMLHttpRequest) === XMLHttpRequestEventTarget,
      new (class Heir extends XMLHttpRequest {})().constructor.name, Object.prototype.toString.call(new XMLHttpRequest()),
      Reflect.ownKeys(XMLHttpRequest).map(String), Reflect.ownKeys(new XMLHttpRequest()).map(String)],
    prototypes: [XMLHttpRequest, Response, Request, EventTarget, Element, Node, Window, Event, MessagePort].map(
      (one) => Reflect.ownKeys(one.prototype).map(String).sort()),
    stacks: stacks.filter((stack) => /extension:|plainsight/i.test(stack)),
    trapped: stacks.length,
    answered: offered.defaultPrevented,
    heard,
    said,
    frames: [frames.length, window.length, document.querySelectorAll('iframe').length],
    resources: performance.getEntries().map((entry) => entry.name).filter((name) => /extension|plainsight/i.test(name)),
    named: elements.filter((one) => [...one.attributes].some(({ name, value }) => /plainsight|extension/i.test(name + value)))
      .map((one) => one.outerHTML),
    roots: elements.filter((one) => one.shadowRoot).length,
    sheets: document.styleSheets.length + document.adoptedStyleSheets.length,
    dataset: { ...document.documentElement.dataset },
  };
};

globalThis.probe = async (url) => {
  const byFetch = await fetch(url, { mode: 'no-cors' }).then(() => 'came', () => 'failed');
  const byImage = await new Promise((done) => {
    const image = new Image();
    image.onload = () => done('came');
    image.onerror = () => done('failed');
    image.src = url;
  });
  return [byFetch, byImage];
};
";

/// Serves the spying page, under this policy or none.
fn serve(web: &Fixtures, policy: Option<&str>) {
    let cells = [cell(1, "friend", "Good morning.", false), cell(2, "brand", "Buy it.", true)].concat();
    let page = policy.iter().fold(feed_of(&cells), |page, policy| page.with("Content-Security-Policy", policy));
    serve_small(web, &page, SPY);
    web.page(X.host, "/i/api/graphql/abc/HomeTimeline", Response::json(&timeline(&[1])));
}

/// What the page's script sees, point by point.
async fn seen(browser: &Browser) -> Result<BTreeMap<String, Value>> {
    browser.eval_async("return look()", vec![]).await
}

/// What one value has and the other has not; lists of hundreds of names are unreadable otherwise.
fn difference(ours: &Value, bare: &Value) -> String {
    let (Some(more), Some(less)) = (ours.as_array(), bare.as_array()) else {
        return format!("{ours} instead of {bare}");
    };
    let only = |one: &[Value], other: &[Value]| -> Vec<Value> {
        one.iter().filter(|value| !other.contains(value)).cloned().collect()
    };
    format!("{} of them, not {}; new {:?}, gone {:?}", more.len(), less.len(), only(more, less), only(less, more))
}

/// The items of the spying page are judged: both by the page's structure and by its data.
async fn is_judged(browser: &Browser) -> Result<()> {
    wait_for("both posts to be marked as advertisements", SOON, || async {
        let mut marked = 0;
        for item in X.items(browser).await? {
            marked += usize::from(item.mark(browser).await?.is_some_and(|mark| mark.kinds.contains("sponsored")));
        }
        Ok(marked == 2)
    })
    .await
}

/// Holds what is seen with the extension against what is seen without, under one policy.
async fn is_not_seen(scene: &Scene, bare: &Browser, policy: Option<&str>) -> Result<()> {
    let Scene { web, browser } = scene;
    serve(web, policy);
    bare.goto(X.url).await?;
    let without = seen(bare).await?;
    browser.goto(X.url).await?;
    let first = seen(browser).await?;
    is_judged(browser).await?;
    // Once more, now that our lines stand in the page.
    let then = seen(browser).await?;
    bare.goto(X.url).await?;
    seen(bare).await?;
    let without_then = seen(bare).await?;
    for (point, without) in
        without.iter().map(|(p, w)| (p, (w, &first[p]))).chain(without_then.iter().map(|(p, w)| (p, (w, &then[p]))))
    {
        let (bare, ours) = without;
        ensure!(bare == ours, "under {policy:?} the page sees it by its {point}: {}", difference(ours, bare));
    }
    let reports: Vec<String> = web
        .requests()
        .into_iter()
        .filter(|request| request.path == "/reported")
        .map(|request| String::from_utf8_lossy(&request.body).into_owned())
        .filter(|report| !report.contains("img-src"))
        .collect();
    ensure!(reports.is_empty(), "the page's server was told of us: {reports:?}");
    ensure!(first["trapped"] == json!(2), "the traps for stacks were not sprung: {}", first["trapped"]);
    Ok(())
}

#[test]
fn a_page_that_looks_for_the_extension_does_not_find_it() -> Result<()> {
    in_both(async |scene| {
        let Scene { web, browser } = &scene;
        let bare = Browser::open(browser.which(), &Options { extension: None, ..Options::new(web) }).await?;
        for policy in [Some(STRICT), None] {
            // Without a policy the page also waits for the order of its answers.
            choose(browser, policy.is_none(), ["label", "lower", "lower"]).await?;
            is_not_seen(&scene, &bare, policy).await?;
            works(browser).await?;
        }
        bare.quit().await?;
        // On the page without a policy nothing but the browser itself stands between the page and our files.
        // In Firefox the frame's address is the secret: another in every profile, and by the above never told.
        let frame = (browser.which() == Which::Chromium).then_some("extension/frame/frame.html");
        for file in ["build/page.js", "manifest.json", "extension/icons/48.png"].into_iter().chain(frame) {
            let url = browser.extension_url(file)?;
            let came: [String; 2] = browser.eval_async("return probe(arguments[0])", vec![json!(url)]).await?;
            ensure!(came == ["failed", "failed"], "the page could load {url}: {came:?}");
        }
        let own: [String; 2] =
            browser.eval_async("return probe(arguments[0])", vec![json!("https://x.com/own.js")]).await?;
        ensure!(own[0] == "came", "the probe cannot even load the page's own file, so it says nothing");
        scene.browser.quit().await
    })
}

/// The core runs where it cannot be noticed, whatever the page's policy says.
async fn works(browser: &Browser) -> Result<()> {
    let found = found(browser, X.url).await?;
    let core = if browser.which() == Which::Chromium { "frame" } else { "page" };
    ensure!(found.as_ref().is_some_and(|found| found.core == core), "the core is not in the {core}: {found:?}");
    Ok(())
}
