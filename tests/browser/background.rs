//! What the background counts, keeps and never does: trackers by company, through its own death and the browser's, and
//! not one request of its own.
//!
//! The popup's numbers are held against the only witness that cannot be wrong: the server, which knows what reached it.
//! Switches are pressed in the popup itself, as people press them.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use thirtyfour::WebElement;
use xtask::browser::{Browser, Fixtures, Options, wait_for};

use super::ours::{choose, in_extension, open_popup, wake};
use super::sight::{REDDIT, X, receipt, says, serve_replicas, watchers};
use super::{SOON, Scene, in_both};

/// By host: how many requests were stopped, let through, and stopped by others or not known, of which there are none.
type Tally = BTreeMap<String, [usize; 4]>;

/// The four states as the popup's page names them.
const STATES: [&str; 4] = ["stopped", "through", "others", "unknown"];

/// A row of the popup's list of companies or of a company's list of hosts, as its page has it.
#[derive(Debug, Deserialize)]
struct Row {
    name: String,
    counts: Vec<(String, usize)>,
    #[serde(default)]
    hosts: Vec<Row>,
}

impl Row {
    fn count(&self, class: &str) -> usize {
        self.counts.iter().filter(|(name, _)| name == class).map(|(_, count)| count).sum()
    }
}

/// What the open popup says of each host. A company's own numbers must be the sums of its hosts', and it has a name.
async fn tally(browser: &Browser) -> Result<Tally> {
    let script = "const counts = (one) => [...one.children].map(
          (row) => [row.className, Number(row.querySelector('b').textContent)]);
        return [...document.querySelectorAll('.companies > li')].map((one) => ({
          name: one.querySelector('h3').textContent,
          counts: counts(one.querySelector('summary .tally')),
          hosts: [...one.querySelectorAll('.hosts > li')].map((host) => (
            { name: host.querySelector('code').textContent, counts: counts(host.querySelector('.tally')) })),
        }))";
    let rows: Vec<Row> = browser.eval(script, vec![]).await?;
    for row in &rows {
        for class in STATES {
            let sum: usize = row.hosts.iter().map(|host| host.count(class)).sum();
            ensure!(!row.name.is_empty() && row.count(class) == sum, "these numbers do not add up: {row:?}");
        }
    }
    let hosts = rows.iter().flat_map(|row| &row.hosts);
    Ok(hosts.map(|host| (host.name.clone(), STATES.map(|class| host.count(class)))).collect())
}

/// What the server saw of the article page's watchers, by host: what never reached it was stopped. Hosts that watch
/// nobody must have been reached, and the lists that are switched on as shipped stop at least some of the others.
fn witnessed(web: &Fixtures) -> Result<Tally> {
    let arrived: BTreeSet<String> = web.requests().into_iter().map(|request| request.url).collect();
    let mut tally = Tally::new();
    for watcher in watchers()?.iter().filter(|watcher| watcher.page == "news.example") {
        let came = arrived.contains(&watcher.url);
        ensure!(came || watcher.tracker, "{} was stopped, though it watches nobody", watcher.url);
        if watcher.tracker {
            let host = watcher.url.split('/').nth(2).context("an address has a host")?;
            let counts = tally.entry(host.to_owned()).or_default();
            counts[usize::from(came)] += 1;
        }
    }
    let stopped = tally.values().filter(|counts| counts[0] > 0).count();
    ensure!(stopped >= 4, "of all that watch the page only {stopped} were stopped: {tally:?}");
    Ok(tally)
}

/// Waits until the popup says exactly what the server saw.
async fn tells(browser: &Browser, web: &Fixtures) -> Result<()> {
    let waited = wait_for("the popup's counts", SOON, || async { Ok(tally(browser).await? == witnessed(web)?) }).await;
    ensure!(waited.is_ok(), "the popup says {:?}, and the server {:?}", tally(browser).await?, witnessed(web)?);
    Ok(())
}

const NEWS: &str = "https://news.example/";

#[test]
fn trackers_are_stopped_and_counted_also_after_the_background_has_died() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve_replicas(&web)?;
        wake(&browser).await?;
        browser.goto(NEWS).await?;
        // The page's own script is the last to ask; its requests are over when both others have come.
        let others: Vec<String> = watchers()?
            .into_iter()
            .filter(|watcher| watcher.page == "news.example" && !watcher.tracker)
            .map(|watcher| watcher.url)
            .collect();
        wait_for("the harmless requests", SOON, || async {
            let log = web.requests();
            Ok(others.iter().all(|url| log.iter().any(|request| request.url == *url)))
        })
        .await?;
        let news = open_popup(&browser, NEWS).await?;
        tells(&browser, &web).await?;
        browser.close_tab(&news).await?;
        wait_for("the counts to be stored", SOON, || async {
            let script =
                "return Object.keys(await chrome.storage.session.get(null)).some((key) => key.startsWith('tab:'))";
            in_extension(&browser, script, vec![]).await
        })
        .await?;
        browser.kill_background().await?;
        open_popup(&browser, NEWS).await?;
        tells(&browser, &web).await?;
        browser.quit().await
    })
}

#[test]
fn feeds_work_without_the_background() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let truth = serve_replicas(&web)?;
        choose(&browser, true, ["hide", "label", "lower"]).await?;
        for (feed, ad) in [(X, "ad-ledgerleaf"), (REDDIT, "r-ad-hiking")] {
            browser.goto(feed.url).await?;
            feed.marked(&browser, 4).await?;
            wake(&browser).await?;
            browser.kill_background().await?;
            // An advertisement of the feed's second part, which is not in the page yet.
            let id = &truth.iter().find(|truth| truth.name == ad).context("no such post")?.id;
            feed.scroll_to(&browser, id).await?;
            wait_for("the advertisement to be hidden", SOON, || async {
                Ok(feed.item(&browser, id).await?.is_some_and(|item| item.folded))
            })
            .await?;
            let item = feed.item(&browser, id).await?.context("the item is gone")?;
            browser.click(&item.button(&browser, "markShow").await?).await?;
            wait_for("it to open", SOON, || async {
                Ok(feed.item(&browser, id).await?.is_some_and(|item| !item.folded))
            })
            .await?;
            let item = feed.item(&browser, id).await?.context("the item is gone")?;
            browser.click(&item.button(&browser, "markWhyShort").await?).await?;
            wait_for("the receipt", SOON, || async { Ok(receipt(&browser).await?.is_some()) }).await?;
            let dialog = receipt(&browser).await?.context("the receipt is gone")?.find("dialog").await?;
            let said = browser.text(&dialog).await?;
            let title = says("receiptTitle", &[]);
            ensure!(said.contains(&title), "the receipt of {} says {said}", feed.host);
        }
        browser.quit().await
    })
}

/// The popup's control whose label says this.
async fn control(browser: &Browser, label: &str) -> Result<WebElement> {
    for row in browser.find_all("label.row").await? {
        if browser.text(&row).await?.starts_with(label) {
            return Ok(row.find(thirtyfour::By::Css("input, select")).await?);
        }
    }
    anyhow::bail!("no control of the popup says {label}")
}

/// What the popup's controls show: de-ranking here and everywhere, the level, and what is done with advertisements.
async fn shown(browser: &Browser) -> Result<(bool, bool, [String; 2])> {
    let here = control(browser, &says("popupDerankHere", &["X"])).await?.prop("checked").await?;
    let everywhere = control(browser, &says("popupDerankEverywhere", &[])).await?.prop("checked").await?;
    let ads = control(browser, &says("groupSponsored", &[])).await?.prop("value").await?;
    let level = control(browser, &says("popupLevel", &[])).await?.prop("value").await?;
    let acts = [level, ads].map(Option::unwrap_or_default);
    Ok((here.as_deref() == Some("true"), everywhere.as_deref() == Some("true"), acts))
}

async fn shows(browser: &Browser, wanted: (bool, bool, [&str; 2])) -> Result<()> {
    let wanted = (wanted.0, wanted.1, wanted.2.map(str::to_owned));
    let feed = "document.querySelectorAll('section[aria-labelledby=feed] label.row').length === 16";
    browser.wait_for_js(feed, SOON).await?;
    // What is done with each group stands behind a line that opens it.
    browser.eval::<()>("document.querySelector('details.kinds').open = true", vec![]).await?;
    let waited = wait_for("the popup's switches", SOON, || async { Ok(shown(browser).await? == wanted) }).await;
    ensure!(waited.is_ok(), "the popup shows {:?} instead of {wanted:?}", shown(browser).await?);
    Ok(())
}

#[test]
fn what_is_chosen_in_the_popup_holds_after_a_restart() -> Result<()> {
    in_both(async |Scene { web, mut browser }| {
        serve_replicas(&web)?;
        browser.goto(X.url).await?;
        open_popup(&browser, X.url).await?;
        shows(&browser, (false, false, ["balanced", "usual"])).await?;
        browser.click(&control(&browser, &says("popupDerankEverywhere", &[])).await?).await?;
        shows(&browser, (true, true, ["balanced", "usual"])).await?;
        browser.click(&control(&browser, &says("popupDerankHere", &["X"])).await?).await?;
        shows(&browser, (false, true, ["balanced", "usual"])).await?;
        let select = control(&browser, &says("groupSponsored", &[])).await?;
        select.send_keys(says("actHide", &[])).await?;
        shows(&browser, (false, true, ["balanced", "hide"])).await?;
        let select = control(&browser, &says("popupLevel", &[])).await?;
        select.send_keys(says("levelStrict", &[])).await?;
        shows(&browser, (false, true, ["strict", "hide"])).await?;
        browser.restart().await?;
        browser.goto(X.url).await?;
        open_popup(&browser, X.url).await?;
        shows(&browser, (false, true, ["strict", "hide"])).await?;
        browser.quit().await
    })
}

/// The addresses that were asked for, without what browsers ask for by themselves.
fn asked(web: &Fixtures) -> BTreeSet<String> {
    let hosts = ["x.com", "www.reddit.com", "news.example", "twimg.com", "redd.it", "redditmedia.com"];
    let is_of_pages = |host: &str| hosts.iter().any(|one| host == *one || host.ends_with(&format!(".{one}")));
    web.requests().into_iter().filter(|request| is_of_pages(&request.host)).map(|request| request.url).collect()
}

/// Looks at all three pages to the end of what they load by themselves.
async fn visit(browser: &Browser) -> Result<()> {
    for (url, ready) in [
        (X.url, "document.querySelectorAll('article').length > 3"),
        (REDDIT.url, "document.querySelectorAll('shreddit-post').length > 3"),
        (NEWS, "document.readyState === 'complete'"),
    ] {
        browser.goto(url).await?;
        browser.wait_for_js(ready, SOON).await?;
    }
    Ok(())
}

#[test]
fn the_extension_asks_the_web_for_nothing() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        // On an empty page, with everything of ours awake: its background, and its popup with core and counts.
        wake(&browser).await?;
        browser.goto("about:blank").await?;
        let without = Fixtures::start().await?;
        let bare = Browser::open(browser.which(), &Options { extension: None, ..Options::new(&without) }).await?;
        let own = |web: &Fixtures| -> BTreeSet<String> { web.requests().into_iter().map(|one| one.host).collect() };
        let ours: Vec<String> = own(&web).difference(&own(&without)).cloned().collect();
        ensure!(ours.is_empty(), "with the extension on an empty page these hosts were asked: {ours:?}");

        // On pages, those addresses and no others that the pages ask for without the extension.
        serve_replicas(&web)?;
        serve_replicas(&without)?;
        visit(&bare).await?;
        visit(&browser).await?;
        let more: Vec<String> = asked(&web).difference(&asked(&without)).cloned().collect();
        ensure!(more.is_empty(), "only with the extension these were asked for: {more:?}");
        ensure!(asked(&web).len() > 20, "hardly anything was asked for: {:?}", asked(&web));
        bare.quit().await?;
        browser.quit().await
    })
}
