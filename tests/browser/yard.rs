//! A page that asks for things in every way a page can, and what of it arrived at the server: the only witness that
//! cannot be wrong about what was stopped.
//!
//! `www.yard.example` and its subdomain `sub` are one site; `frame.example` is a frame on it and `hop.example` sends on.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use serde::Deserialize;
use serde_json::{Value, json};
use xtask::browser::{Browser, Fixtures, Response, wait_for};

use super::SOON;
use super::ours::in_extension;

pub(crate) const YARD: &str = "https://www.yard.example/";
/// The same page without TLS: from the other no socket may be opened that has none.
pub(crate) const BARE: &str = "http://www.yard.example/";
pub(crate) const SUB: &str = "https://sub.yard.example/";
/// Another site with the same page.
pub(crate) const OTHER: &str = "https://www.other.example/";
/// `||hotjar.com^$third-party` of EasyPrivacy.
pub(crate) const TRACKER: &str = "static.hotjar.com";
/// Whose it is, and how they are counted.
pub(crate) const OWNER: &str = "Contentsquare";
/// Another company's.
pub(crate) const SECOND: &str = "sb.scorecardresearch.com";
/// A stranger that watches nobody.
pub(crate) const HARMLESS: &str = "cdn.harmless.example";

/// The ways in which a page asks.
pub(crate) const WAYS: [&str; 14] = [
    "fetch",
    "frame",
    "img",
    "line",
    "ownframe",
    "redirect",
    "script",
    "sent",
    "style",
    "subframe",
    "sw",
    "worker",
    "workerline",
    "xhr",
];

/// One more way, a service worker's web socket, which not every browser shows an extension.
pub(crate) const WORKERS_LINE: &str = "swline";

/// The page's own means: `ask(host, way)` is over when the request is, `burst(host, count)` when all are, of which `times`
/// says when each was made. Ways are named so that no list's pattern speaks of
/// them.
const PAGE: &str = "<!doctype html><title>yard</title><link rel=icon href=data:,><body><script>
  const over = (element, url) => new Promise((done) => {
    element.onload = element.onerror = () => done();
    if (element.localName === 'link') element.href = url; else element.src = url;
    document.body.append(element);
  });
  const make = (name, more) => Object.assign(document.createElement(name), more);
  const said = (target, word) => new Promise((done) => {
    target.addEventListener('message', ({ data }) => { if (data === word) done(); });
  });
  const byWorker = (url) => {
    const worker = new Worker('/worker.js');
    worker.postMessage(url);
    return said(worker, url);
  };
  const byServiceWorker = async (url) => {
    const { active } = await navigator.serviceWorker.ready;
    navigator.serviceWorker.startMessages();
    const end = said(navigator.serviceWorker, url);
    active.postMessage(url);
    await end;
  };
  const inside = (origin, url) => {
    const frame = make('iframe', { src: `${origin}/inside?${encodeURIComponent(url)}` });
    const end = said(window, url);
    document.body.append(frame);
    return end;
  };
  const ways = {
    script: (url) => over(make('script'), url),
    img: (url) => over(make('img'), url),
    style: (url) => over(make('link', { rel: 'stylesheet' }), url),
    // A frame that is stopped says nothing in Firefox; one that is asked for after it does.
    frame: (url) => {
      document.body.append(make('iframe', { src: url }));
      return over(make('iframe'), '/style').then(() => over(make('iframe'), '/style'));
    },
    fetch: (url) => fetch(url, { mode: 'no-cors', credentials: 'include' }).catch(() => {}),
    xhr: (url) => new Promise((done) => {
      const asking = new XMLHttpRequest();
      asking.onloadend = done;
      asking.open('GET', url);
      asking.send();
    }),
    sent: async (url) => { navigator.sendBeacon(url, 'x'); },
    line: (url) => new Promise((done) => { new WebSocket(url.replace('http', 'ws')).onclose = done; }),
    redirect: (url) => over(make('img'), `https://hop.example/?${encodeURIComponent(url)}`),
    subframe: (url) => inside('https://frame.example', url),
    ownframe: (url) => inside('https://sub.yard.example', url),
    worker: byWorker,
    workerline: (url) => byWorker(url.replace('http', 'ws')),
    sw: byServiceWorker,
    swline: (url) => byServiceWorker(url.replace('http', 'ws')),
  };
  // A page without TLS has no service workers.
  const ready = navigator.serviceWorker?.register('/worker.js').then(() => navigator.serviceWorker.ready);
  const times = [];
  const burst = async (host, count) => {
    while (times.length < count) {
      const heap = Array.from({ length: 20 }, (_, i) => ways.fetch(`https://${host}/b${times.length + i}`));
      times.push(...heap.map(() => Date.now()));
      await Promise.all(heap);
      await new Promise((done) => setTimeout(done, 30));
    }
  };
  Object.assign(globalThis, { ready, times, burst, ask: (host, way) => ways[way](`${location.protocol}//${host}/${way}`) });
</script></body>";

/// Both kinds of worker: asks for what it is told, and says when that is over.
const WORKER: &str = "addEventListener('message', async ({ data, source }) => {
  if (data.startsWith('ws')) await new Promise((done) => { new WebSocket(data).onclose = done; });
  else await fetch(data, { mode: 'no-cors' }).catch(() => {});
  (source ?? self).postMessage(data);
});";

const INSIDE: &str = "<!doctype html><script>
  const url = decodeURIComponent(location.search.slice(1));
  fetch(url, { mode: 'no-cors' }).catch(() => {}).then(() => parent.postMessage(url, '*'));
</script>";

/// Serves the yard.
pub(crate) fn serve(web: &Fixtures) {
    web.on("*", |request| match request.path.as_str() {
        "/worker.js" => Some(Response::new("text/javascript", WORKER)),
        "/inside" => Some(Response::html(INSIDE)),
        _ if request.host == "hop.example" => {
            let to = request.url.split_once('?')?.1.replace("%3A", ":").replace("%2F", "/");
            Some(Response::new("text/plain", "").status(302).with("Location", &to))
        }
        "/" => Some(Response::html(PAGE)),
        way => Some(match way {
            "/script" => Response::new("text/javascript", ""),
            "/style" => Response::new("text/css", ""),
            "/frame" => Response::html("<!doctype html>"),
            "/line" | "/swline" | "/workerline" => Response::socket(),
            _ => Response::new("text/plain", "").with("Access-Control-Allow-Origin", "*"),
        }),
    });
}

/// Goes to a page of the yard and waits for its worker.
pub(crate) async fn enter(browser: &Browser, url: &str) -> Result<()> {
    browser.goto(url).await?;
    browser.eval_async::<()>("await ready", vec![]).await
}

/// Has the page ask these hosts in these ways, and says what arrived, as `host/way`.
pub(crate) async fn ask(browser: &Browser, web: &Fixtures, hosts: &[&str], ways: &[&str]) -> Result<BTreeSet<String>> {
    web.forget();
    let script = "const [hosts, ways] = arguments;
        for (const host of hosts) await Promise.all(ways.map((way) => ask(host, way)));
        navigator.sendBeacon('/last', 'x');";
    browser.eval_async::<()>(script, vec![json!(hosts), json!(ways)]).await?;
    // Beacons leave in their order, and nothing tells the page that one has.
    wait_for("the last beacon", SOON, || async { Ok(web.requests().iter().any(|it| it.path == "/last")) }).await?;
    let asked = web.requests().into_iter().filter(|it| hosts.contains(&it.host.as_str()));
    Ok(asked.map(|it| format!("{}{}", it.host, it.path)).collect())
}

/// All ways to a host that watches nobody. Beacons to another site are stopped whoever it is (`$ping,third-party` of EasyPrivacy).
pub(crate) fn harmless(host: &str) -> BTreeSet<String> {
    all(host).into_iter().filter(|it| !it.ends_with("/sent")).collect()
}

/// All ways to a host, as [`ask`] says it.
pub(crate) fn all(host: &str) -> BTreeSet<String> {
    WAYS.iter().map(|way| format!("{host}/{way}")).collect()
}

/// Stores a choice as the popup does, and waits until the browser knows.
pub(crate) async fn protect(browser: &Browser, protection: Value) -> Result<()> {
    let script = "await chrome.storage.local.set({ protection: arguments[0] })";
    in_extension::<()>(browser, script, vec![protection]).await?;
    protect_as_stored(browser).await
}

/// Waits until the browser knows what is stored.
pub(crate) async fn protect_as_stored(browser: &Browser) -> Result<()> {
    let script = "return (await chrome.runtime.sendMessage({ ask: 'state' })).trouble;";
    let trouble: String = in_extension(browser, script, vec![]).await?;
    ensure!(trouble.is_empty(), "the browser refused: {trouble}");
    Ok(())
}

/// Counts, as the popup is told them.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Counts {
    pub(crate) requests: usize,
    pub(crate) stopped: usize,
    pub(crate) others: usize,
    pub(crate) through: usize,
    pub(crate) not_seen: usize,
}

/// What the background says of the tab at this address.
pub(crate) async fn report(browser: &Browser, url: &str) -> Result<Value> {
    let script = "const tabs = (await chrome.tabs.query({})).filter((tab) => tab.url === arguments[0]);
        return chrome.runtime.sendMessage({ ask: 'tab', tab: tabs[0].id });";
    in_extension(browser, script, vec![json!(url)]).await
}

/// The counts of a company in such a report.
pub(crate) fn counts(report: &Value, company: &str) -> Counts {
    let companies = report["companies"].as_array().map_or(&[][..], Vec::as_slice);
    let row = companies.iter().find(|row| row["name"] == company);
    row.and_then(|row| serde_json::from_value(row["counts"].clone()).ok()).unwrap_or_default()
}
