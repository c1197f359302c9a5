//! The side panel: the receipts of a feed as it is scrolled, the tab that it follows, the diary's numbers, and what a page
//! that listens for all of it learns.
//!
//! The panel stands in a window of its own and follows another, so that what is asked of it leaves the followed tab where
//! it is. That the browser's own panel opens is `glance.rs`'s affair, whose button opens it.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::{Value, json};
use xtask::browser::{Browser, Fixtures, Response, Tab, wait_for};
use xtask::replica::Truth;

use super::dashboard::keep;
use super::ours::{choose, in_extension, wake};
use super::private::{let_in, open_own_private_window};
use super::sight::{X, says, scroll, serve_replicas};
use super::small::{cell, feed_of, serve_small};
use super::{SOON, Scene, in_both};

const SHOP: &str = "https://shop.example/";

/// A page without anything that could be counted but itself.
pub(crate) fn serve_shop(web: &Fixtures) {
    web.page("shop.example", "/", Response::html("<!doctype html><title>shop</title><link rel=icon href=data:,>"));
}

/// Opens the panel in a window of its own, which follows the window in which this address is open; that tab and the panel's.
pub(crate) async fn open(browser: &Browser, url: &str) -> Result<(Tab, Tab)> {
    let followed = browser.tab().await?;
    let script =
        "return (await chrome.tabs.query({})).filter((tab) => tab.url === arguments[0]).map((tab) => tab.windowId)";
    let windows: Vec<i64> = in_extension(browser, script, vec![json!(url)]).await?;
    let window = windows.first().with_context(|| format!("no window is at {url}"))?;
    let own = browser.open_window().await?;
    browser.extension_page(&format!("extension/pages/panel.html?window={window}")).await?;
    browser.wait_for_js("document.querySelector('main')", SOON).await?;
    Ok((followed, own))
}

/// A receipt as the panel shows it.
#[derive(Debug, Deserialize)]
struct Shown {
    kinds: String,
    act: String,
    begins: String,
    says: String,
}

/// All receipts that the panel shows, in its order.
async fn shown(browser: &Browser) -> Result<Vec<Shown>> {
    let script = "return [...document.querySelectorAll('.receipts > li')].map((one) => ({
        kinds: one.querySelector('h3').textContent, act: one.querySelector('.quiet').textContent,
        begins: one.querySelector('.begins bdi:last-child').textContent, says: one.querySelector('details').textContent }))";
    browser.eval(script, vec![]).await
}

/// The post that begins so.
fn post_of<'t>(truth: &'t [Truth], begins: &str) -> Option<&'t Truth> {
    let begins = begins.trim_end_matches('…');
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    truth.iter().find(|truth| truth.host == X.host && !begins.is_empty() && words(&truth.text).starts_with(begins))
}

/// What is marked on the page, and what the panel shows, in its order, by the posts' ids; the panel's tab is then in front.
async fn both(
    browser: &Browser,
    truth: &[Truth],
    (page, own): (&Tab, &Tab),
) -> Result<(BTreeSet<String>, Vec<String>)> {
    browser.switch_to(page).await?;
    let mut marked = BTreeSet::new();
    for item in X.items(browser).await? {
        let is_marked = item.mark(browser).await?.is_some_and(|mark| !mark.words.is_empty());
        marked.extend(is_marked.then_some(item.id));
    }
    browser.switch_to(own).await?;
    let receipts = shown(browser).await?;
    let id = |it: &Shown| post_of(truth, &it.begins).map(|truth| truth.id.clone()).unwrap_or_default();
    Ok((marked, receipts.iter().map(id).collect()))
}

/// Waits until the panel shows a receipt for exactly each item that is marked on the page; the posts' ids in its order.
async fn agrees(browser: &Browser, truth: &[Truth], tabs: (&Tab, &Tab)) -> Result<Vec<String>> {
    let same = wait_for("the panel to show what is marked", SOON, || async {
        let (marked, shown) = both(browser, truth, tabs).await?;
        Ok(!marked.is_empty() && marked == shown.into_iter().collect())
    });
    let same = same.await;
    let (marked, shown) = both(browser, truth, tabs).await?;
    ensure!(same.is_ok(), "marked are {marked:?}, and the panel shows {shown:?}");
    Ok(shown)
}

/// Where an item, or the line that stands for it, is in the window: its middle, and the window's height.
async fn middle(browser: &Browser, id: &str) -> Result<[f64; 2]> {
    let item = X.item(browser, id).await?.with_context(|| format!("{id} is not in the page"))?;
    let line = item.line(browser).await?.context("it has no line")?.to_json()?;
    let script = "const box = arguments[0].getBoundingClientRect(); return [(box.top + box.bottom) / 2, innerHeight]";
    browser.eval(script, vec![line]).await
}

/// Waits until the panel says this.
async fn waits_for(browser: &Browser, words: &str) -> Result<()> {
    let wanted = format!("document.body.textContent.includes({})", json!(words));
    let waited = browser.wait_for_js(&wanted, SOON).await;
    let said: String = browser.eval("return document.body.textContent", vec![]).await?;
    let tabs = "return (await chrome.tabs.query({})).map(({ id, windowId, active, incognito, url }) => [id, windowId, active, incognito, url])";
    let tabs: Value = browser.eval_async(tabs, vec![]).await?;
    let at: String = browser.eval("return location.href", vec![]).await?;
    waited.with_context(|| format!("the panel at {at} does not say {words:?}, but {said}; tabs are {tabs}"))
}

/// From the panel, opens a tab in the window that it follows; its number. A driver opens tabs in the window that was last in
/// front, which is the panel's.
async fn open_beside(browser: &Browser, url: &str) -> Result<u32> {
    let script = "const windowId = Number(new URLSearchParams(location.search).get('window'));
        return (await chrome.tabs.create({ windowId, active: true, url: arguments[0] })).id";
    browser.eval_async(script, vec![json!(url)]).await
}

/// The panel's part about the diary, in lines.
async fn diary(browser: &Browser) -> Result<Vec<String>> {
    let script =
        "return [...document.querySelectorAll('[aria-labelledby=diary] .facts li, [aria-labelledby=diary] .tally li')]
        .map((one) => one.textContent.trim())";
    browser.eval(script, vec![]).await
}

#[test]
fn receipts_follow_the_feed_and_the_tab_in_front() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let truth = serve_replicas(&web)?;
        serve_shop(&web);
        wake(&browser).await?;
        keep(&browser).await?;
        choose(&browser, true, ["lower", "label", "hide"]).await?;
        browser.goto(X.url).await?;
        X.marked(&browser, 4).await?;
        let (page, own) = open(&browser, X.url).await?;
        let tabs = (&page, &own);
        agrees(&browser, truth, tabs).await?;
        for one in shown(&browser).await? {
            let truth = post_of(truth, &one.begins).context("no post begins so")?;
            let of = |key: &str| one.says.contains(&says(key, &["X"]));
            ensure!(one.kinds.contains(&says("markKindSponsored", &[])) == truth.sponsored, "{one:?} of {truth:?}");
            ensure!(of("receiptSponsoredWire") == truth.sponsored && of("voiceData"), "{one:?} of {truth:?}");
            ensure!(
                truth.followed != Some(true) || one.says.contains(&says("receiptFollowed", &[&truth.author])),
                "{one:?}"
            );
            ensure!(!truth.sponsored || one.act == says("actDoneLower", &[]), "{one:?}");
        }
        // What comes by while the feed is scrolled comes by in the panel.
        let before: BTreeSet<String> = agrees(&browser, truth, tabs).await?.into_iter().collect();
        browser.switch_to(&page).await?;
        for _ in 0..4 {
            scroll(&browser).await?;
        }
        let after = agrees(&browser, truth, tabs).await?;
        ensure!(after.iter().any(|id| !before.contains(id)), "nothing came by: {after:?}");
        // The last of the list is the furthest away: one press leads there.
        let last = after.last().context("no receipt")?;
        let button = browser.find_all(".receipts > li > button").await?.pop().context("no button")?;
        browser.click(&button).await?;
        browser.switch_to(&page).await?;
        wait_for("the item to be shown", SOON, || async {
            let [middle, height] = middle(&browser, last).await?;
            Ok(middle > 0.0 && middle < height)
        })
        .await?;

        // Another tab comes to the front: the panel is about that, and about its site in the diary.
        browser.switch_to(&own).await?;
        let shop = open_beside(&browser, SHOP).await?;
        waits_for(&browser, &says("panelDiary", &["shop.example"])).await?;
        waits_for(&browser, &says("popupNoFeed", &[])).await?;
        ensure!(shown(&browser).await?.is_empty(), "receipts of another page are still there");
        let wanted = [says("panelPages", &["2"]), says("dashboardCompaniesMet", &["1"])];
        let waited = wait_for("the diary of the shop", SOON, || async {
            let lines = diary(&browser).await?;
            Ok(wanted.iter().all(|line| lines.contains(line)))
        });
        let waited = waited.await;
        let lines = diary(&browser).await?;
        ensure!(waited.is_ok(), "the diary's lines are {lines:?}");
        let ends = [format!("{} 4", says("glanceSeen", &[])), format!("{} 4", says("popupStopped", &[]))];
        ensure!(lines.ends_with(&[&ends[..], &ends[..]].concat()), "its ends are {lines:?}");

        // The same tab goes elsewhere, where nothing can be read; and the other one comes back.
        let blank = "await chrome.tabs.update(arguments[0], { url: 'about:blank' })";
        browser.eval_async::<()>(blank, vec![json!(shop)]).await?;
        waits_for(&browser, &says("popupNoPage", &[])).await?;
        ensure!(diary(&browser).await?.is_empty(), "there is a diary of nothing");
        browser.eval_async::<()>("await chrome.tabs.remove(arguments[0])", vec![json!(shop)]).await?;
        agrees(&browser, truth, tabs).await?;
        waits_for(&browser, &says("panelDiary", &["x.com"])).await?;
        // And a page in it that is opened anew tells anew.
        browser.switch_to(&page).await?;
        browser.reload().await?;
        X.marked(&browser, 4).await?;
        agrees(&browser, truth, tabs).await?;
        browser.quit().await
    })
}

/// Listens for whatever could be heard of the panel, replaces what it could need, and tries to be heard by it.
const LISTENS: &str = "
const heard = window.heard = [];
const note = (name) => heard.push(name);
for (const name of ['message', 'connect', 'plainsight-port', 'plainsight-port-wanted']) addEventListener(name, () => note(name), true);
for (const [of, name] of [[Element.prototype, 'getBoundingClientRect'], [Element.prototype, 'checkVisibility'], [Element.prototype, 'matches'],
  [Document.prototype, 'querySelectorAll'], [Element.prototype, 'querySelectorAll'], [MessagePort.prototype, 'postMessage'], [WeakMap.prototype, 'get'], [Map.prototype, 'get']]) {
  const native = of[name];
  of[name] = function (...args) { if (window.isNoting) note(name); return Reflect.apply(native, this, args); };
}
new MutationObserver((changes) => { if (window.isNoting) note(`changed ${changes.length}`); })
  .observe(document, { childList: true, attributes: true, characterData: true, subtree: true });
window.forge = () => {
  const told = { found: { site: 'x', name: 'Forged', active: true, items: 1, found: [], made: { sponsored: 1 }, health: 'ok' }, more: 0,
    receipts: [{ key: '1 1', kinds: ['sponsored'], act: 'hide', lines: [], author: 'forger', platform: 'Forged', begins: 'forged words' }] };
  const { port1, port2 } = new MessageChannel();
  for (const target of [window, ...Array.from({ length: frames.length }, (_, i) => frames[i])]) {
    for (const message of [told, { ask: 'found' }, { name: 'receipts' }, '1 101']) target.postMessage(message, '*');
  }
  port1.postMessage(told);
  dispatchEvent(new MessageEvent('connect', { ports: [port2], data: told }));
  const api = globalThis.browser ?? globalThis.chrome;
  return [typeof api?.runtime?.connect, typeof api?.runtime?.sendMessage, typeof api?.tabs];
};";

#[test]
fn a_page_that_listens_learns_nothing_of_the_panel_and_forges_nothing() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let bold = "&lt;img src=/spy.png onerror=spy()&gt;&lt;b&gt;bold&lt;/b&gt; words";
        let posts: String = [cell(101, "someone", bold, true), cell(102, "someone", "Good morning.", true)].concat();
        serve_small(&web, &feed_of(&posts), LISTENS);
        choose(&browser, false, ["label", "label", "label"]).await?;
        browser.goto(X.url).await?;
        X.marked(&browser, 2).await?;
        browser.eval::<()>("heard.length = 0; window.isNoting = true", vec![]).await?;
        let (page, own) = open(&browser, X.url).await?;
        let there = wait_for("both receipts", SOON, || async { Ok(shown(&browser).await?.len() == 2) }).await;
        ensure!(there.is_ok(), "the panel shows {:?}", shown(&browser).await?);
        let receipts = shown(&browser).await?;
        ensure!(receipts[0].begins.contains("<img src=/spy.png onerror=spy()><b>bold</b>"), "{receipts:?}");
        let made: [usize; 2] = browser
            .eval("return ['.receipts img', '.receipts b'].map((css) => document.querySelectorAll(css).length)", vec![])
            .await?;
        ensure!(made == [0, 0] && web.requests().iter().all(|it| it.path != "/spy.png"), "text became HTML: {made:?}");
        browser.switch_to(&page).await?;
        let heard: Vec<String> = browser.eval("return heard", vec![]).await?;
        ensure!(heard.is_empty(), "the page heard {heard:?}");
        // What it says itself is heard by nobody, also after the page has changed and told again.
        let has: [String; 3] = browser.eval("window.isNoting = false; return forge()", vec![]).await?;
        ensure!(has.iter().all(|it| it == "undefined"), "the page has {has:?}");
        let more = "document.querySelector('#feed').insertAdjacentHTML('beforeend', arguments[0])";
        browser.eval::<Value>(more, vec![json!(cell(103, "someone", "Good night.", true))]).await?;
        browser.switch_to(&own).await?;
        wait_for("the third receipt", SOON, || async { Ok(shown(&browser).await?.len() == 3) }).await?;
        let said: String = browser.eval("return document.body.textContent", vec![]).await?;
        ensure!(!said.to_lowercase().contains("forge"), "what the page forged is shown: {said}");
        browser.quit().await
    })
}

#[test]
fn in_a_private_window_the_page_is_told_and_the_diary_is_not() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve_replicas(&web)?;
        serve_shop(&web);
        let browser = let_in(browser, &web).await?;
        wake(&browser).await?;
        keep(&browser).await?;
        let before = browser.tab().await?;
        open_own_private_window(&browser).await?;
        let private = browser.tab().await?;
        browser.goto(SHOP).await?;
        // The panel stands in an open window: what it is about decides, not where it is.
        browser.switch_to(&before).await?;
        let (_, own) = open(&browser, SHOP).await?;
        waits_for(&browser, &says("panelPrivate", &[])).await?;
        ensure!(diary(&browser).await?.is_empty(), "the diary is shown: {:?}", diary(&browser).await?);
        browser.switch_to(&private).await?;
        browser.goto(X.url).await?;
        X.marked(&browser, 4).await?;
        browser.switch_to(&own).await?;
        wait_for("receipts", SOON, || async { Ok(!shown(&browser).await?.is_empty()) }).await?;
        waits_for(&browser, &says("panelPrivate", &[])).await?;
        browser.wait_for_js("document.querySelector('[aria-labelledby=trackers] .tally')", SOON).await?;
        ensure!(diary(&browser).await?.is_empty(), "the diary is shown: {:?}", diary(&browser).await?);
        browser.quit().await
    })
}
