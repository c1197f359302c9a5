//! What a person sees of the two replicas, and what the extension says of them: the eyes of the other files.
//!
//! Marks are read where they are painted, in the closed shadow roots before the items' bodies, in the words of
//! `_locales`; counts come from the content script, asked from a page of the extension as the popup asks. Nothing here
//! expects anything of them: what ought to be there is each test's own business.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::OnceLock;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::WebElement;
use xtask::browser::{Browser, Fixtures, Shadow};
use xtask::replica::{self, Truth};
use xtask::root;

/// Every kind that an item can be found to be, as the core names it.
pub(crate) const KINDS: [&str; 7] =
    ["sponsored", "suggested", "vote-bait", "react-bait", "share-bait", "tag-bait", "comment-bait"];

/// A feed of the replicas, and how its items stand in the page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Feed {
    pub(crate) url: &'static str,
    pub(crate) host: &'static str,
    item: &'static str,
    /// The part of an item that is dimmed or folded; none if it is the item itself.
    body: Option<&'static str>,
}

pub(crate) const X: Feed = Feed {
    url: "https://x.com/home",
    host: "x.com",
    item: "[data-testid=cellInnerDiv]:has(article[data-testid=tweet])",
    body: Some(":scope > .cell"),
};

pub(crate) const REDDIT: Feed = Feed {
    url: "https://www.reddit.com/",
    host: "www.reddit.com",
    item: "shreddit-post, shreddit-ad-post, in-feed-community-recommendations",
    body: None,
};

/// An item that is in the page now.
#[derive(Debug)]
pub(crate) struct Item {
    /// The platform's id; empty where the page shows none.
    pub(crate) id: String,
    /// The element of ours before its body.
    pub(crate) line: Option<WebElement>,
    /// How its body is displayed, as computed.
    pub(crate) display: String,
    /// How opaque its body is, as computed.
    pub(crate) opacity: String,
}

/// What our line says of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The kinds, as the core names them.
    pub(crate) kinds: BTreeSet<&'static str>,
    /// The whole line.
    pub(crate) words: String,
}

/// What the content script answers to the popup.
#[derive(Debug, Deserialize)]
pub(crate) struct Found {
    pub(crate) active: bool,
    pub(crate) items: usize,
    pub(crate) core: String,
    found: Vec<Count>,
}

#[derive(Debug, Deserialize)]
struct Count {
    kind: String,
    act: String,
    count: usize,
}

impl Found {
    /// How many items were found to be of this kind.
    pub(crate) fn kind(&self, kind: &str) -> usize {
        self.found.iter().filter(|one| one.kind == kind).map(|one| one.count).sum()
    }

    /// How many items of this kind this was done with.
    pub(crate) fn done(&self, kind: &str, act: &str) -> usize {
        self.found.iter().filter(|one| one.kind == kind && one.act == act).map(|one| one.count).sum()
    }
}

/// Serves the replicas; what is true of their posts comes back. They are written once, since they are the same bytes
/// every time.
pub(crate) fn serve_replicas(web: &Fixtures) -> Result<&'static [Truth]> {
    static MADE: OnceLock<Result<Vec<Truth>, String>> = OnceLock::new();
    let www = Path::new(env!("CARGO_TARGET_TMPDIR")).join("replicas");
    let made = MADE.get_or_init(|| {
        let _ = std::fs::remove_dir_all(&www);
        replica::write(&root().join("demo"), &www).map_err(|error| format!("{error:#}"))
    });
    replica::serve(web, &www)?;
    made.as_deref().map_err(|error| anyhow::anyhow!(error.clone()))
}

/// A third-party request of a replica, with its truth.
#[derive(Debug, Deserialize)]
pub(crate) struct Watcher {
    pub(crate) page: String,
    pub(crate) url: String,
    pub(crate) tracker: bool,
}

/// The third-party requests of the replicas that were served.
pub(crate) fn watchers() -> Result<Vec<Watcher>> {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("replicas/requests.json");
    let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(serde_json::from_str(&text)?)
}

impl Feed {
    /// All items that are in the page now, in its order.
    pub(crate) async fn items(&self, browser: &Browser) -> Result<Vec<Item>> {
        #[derive(Deserialize)]
        struct Raw {
            id: String,
            line: Option<Value>,
            display: String,
            opacity: String,
        }
        let script = "const [css, inside] = arguments;
            return [...document.querySelectorAll(css)].map((item) => {
              const link = item.querySelector('a[href*=\"/status/\"]');
              const id = item.id || (link?.getAttribute('href').match(/status\\/(\\d+)/)?.[1] ?? '');
              const body = inside ? item.querySelector(inside) : item;
              const before = body.previousElementSibling;
              const line = before?.localName === 'div' && before.style.cssText.includes('!important') ? before : null;
              const { display, opacity } = getComputedStyle(body);
              return { id, line, display, opacity };
            });";
        let raw: Vec<Raw> = browser.eval(script, vec![json!(self.item), json!(self.body)]).await?;
        let handle = browser.driver()?.handle();
        raw.into_iter()
            .map(|Raw { id, line, display, opacity }| {
                let line = line.map(|line| WebElement::from_json(line, handle.clone())).transpose()?;
                Ok(Item { id, line, display, opacity })
            })
            .collect()
    }

    /// The item with this id, if it is in the page now.
    pub(crate) async fn item(&self, browser: &Browser, id: &str) -> Result<Option<Item>> {
        Ok(self.items(browser).await?.into_iter().find(|item| item.id == id))
    }

    /// Scrolls until the item with this id is in the page, and then onto it: to the line before it if it is folded.
    pub(crate) async fn scroll_to(&self, browser: &Browser, id: &str) -> Result<Item> {
        if self.item(browser, id).await?.is_none() {
            browser.eval::<Value>("scrollTo({ top: 0, behavior: 'instant' })", vec![]).await?;
        }
        // Longer than either feed is, in screens; more of it is loaded when its end comes near.
        for _ in 0..120 {
            if let Some(item) = self.item(browser, id).await? {
                let script = "arguments[0].nextElementSibling.scrollIntoView({ block: 'center', behavior: 'instant' });
                    arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' });";
                if let Some(line) = &item.line {
                    browser.eval::<Value>(script, vec![line.to_json()?]).await?;
                    return Ok(item);
                }
            } else {
                scroll(browser).await?;
            }
        }
        bail!("{id} is nowhere in the feed of {}", self.host)
    }
}

impl Item {
    /// What our line says, if there is one.
    pub(crate) async fn mark(&self, browser: &Browser) -> Result<Option<Mark>> {
        let Some(line) = &self.line else { return Ok(None) };
        let root = Shadow::of(line).await?;
        let Some(what) = root.find_all(".what").await?.pop() else { return Ok(Some(Mark::default())) };
        let words = browser.text(&what).await?;
        let kinds = KINDS.into_iter().filter(|kind| words.contains(&kind_words(kind))).collect();
        Ok(Some(Mark { kinds, words }))
    }

    /// The button of our line that says this.
    pub(crate) async fn button(&self, browser: &Browser, key: &str) -> Result<WebElement> {
        let line = self.line.as_ref().with_context(|| format!("{} has no line of ours", self.id))?;
        for button in Shadow::of(line).await?.find_all("button").await? {
            if browser.text(&button).await? == says(key, &[]) {
                return Ok(button);
            }
        }
        bail!("no button of {} says {:?}", self.id, says(key, &[]))
    }

    /// True if and only if its body is folded away.
    pub(crate) fn folded(&self) -> bool {
        self.display == "none"
    }
}

/// Scrolls on by most of a screen, and waits until that is drawn. At the end it stays where it is.
pub(crate) async fn scroll(browser: &Browser) -> Result<()> {
    let script = "scrollBy({ top: innerHeight * 0.8, behavior: 'instant' });
        return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));";
    browser.eval::<Value>(script, vec![]).await?;
    Ok(())
}

/// The first breach of the replica's own nodes, or `ok`.
pub(crate) async fn replica_says(browser: &Browser) -> Result<String> {
    browser.eval("return document.documentElement.dataset.replica ?? 'nothing'", vec![]).await
}

/// Runs the body of an async function on a page of the extension, in a tab that is closed again.
pub(crate) async fn in_extension<T: DeserializeOwned>(
    browser: &Browser,
    script: &str,
    arguments: Vec<Value>,
) -> Result<T> {
    let before = browser.tab().await?;
    browser.open_tab().await?;
    browser.extension_page("extension/pages/popup.html").await?;
    let answer = browser.eval_async(script, arguments).await;
    browser.close_tab(&before).await?;
    answer
}

/// What the content script of the tab at this address found; none if none answers.
pub(crate) async fn found(browser: &Browser, url: &str) -> Result<Option<Found>> {
    let script = "const tabs = (await chrome.tabs.query({})).filter((tab) => tab.url === arguments[0]);
        if (tabs.length !== 1) throw new Error(`${tabs.length} tabs are at ${arguments[0]}`);
        return chrome.tabs.sendMessage(tabs[0].id, { ask: 'found' }).catch(() => null);";
    in_extension(browser, script, vec![json!(url)]).await
}

/// Stores settings as the popup does: de-ranking on or off, and one act for each group of kinds.
pub(crate) async fn choose(browser: &Browser, derank: bool, [sponsored, suggested, bait]: [&str; 3]) -> Result<()> {
    let acts = json!({ "sponsored": sponsored, "suggested": suggested, "bait": bait });
    let settings = json!({ "version": 1, "derank": derank, "sites": {}, "acts": acts });
    in_extension(browser, "await chrome.storage.local.set({ settings: arguments[0] })", vec![settings]).await
}

/// A sentence of `_locales/en`, with these values in its places: the language in which browsers under test speak.
pub(crate) fn says(key: &str, values: &[&str]) -> String {
    static MESSAGES: OnceLock<Value> = OnceLock::new();
    let messages = MESSAGES.get_or_init(|| {
        let text = std::fs::read_to_string(root().join("_locales/en/messages.json")).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    });
    let message = &messages[key];
    let mut words = message["message"].as_str().unwrap_or(key).to_owned();
    for (name, place) in message["placeholders"].as_object().into_iter().flatten() {
        let number = place["content"].as_str().and_then(|content| content.trim_start_matches('$').parse().ok());
        let value = number.and_then(|number: usize| values.get(number - 1)).copied().unwrap_or_default();
        words = words.replace(&format!("${}$", name.to_uppercase()), value);
    }
    words
}

/// The words by which a mark names a kind.
pub(crate) fn kind_words(kind: &str) -> String {
    let name: String = kind.split('-').map(|part| part[..1].to_uppercase() + &part[1..]).collect();
    says(&format!("markKind{name}"), &[])
}
