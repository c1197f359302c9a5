//! What a person sees of the two replicas: the eyes of the other files.
//!
//! Marks and receipts are read where they are painted, in closed shadow roots, in the words of `_locales`. Nothing here
//! expects anything of them: what ought to be there is each test's own business.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::OnceLock;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::{Value, json};
use thirtyfour::WebElement;
use xtask::browser::{Browser, Fixtures, Shadow, wait_for};
use xtask::replica::{self, Truth};
use xtask::root;

use super::SOON;

/// Every kind that an item can be found to be, as the core names it.
pub(crate) const KINDS: [&str; 7] =
    ["sponsored", "suggested", "vote-bait", "react-bait", "share-bait", "tag-bait", "comment-bait"];

/// Finds the items in the page: the id of each, its body, and the element of ours before that.
const SEEN: &str = "const [css, inside] = arguments;
    const seen = () => [...document.querySelectorAll(css)].map((item) => {
      const link = item.querySelector('a[href*=\"/status/\"]');
      const id = item.id || (link?.getAttribute('href').match(/status\\/(\\d+)/)?.[1] ?? '');
      const body = inside ? item.querySelector(inside) : item;
      const before = body.previousElementSibling;
      const line = before?.localName === 'div' && before.style.cssText.includes('!important') ? before : null;
      return { id, body, line };
    });";
/// How long it may take to scroll through a whole feed.
const LONG: Duration = Duration::from_secs(60);
/// Where an open receipt is: the one element of ours that lies above everything.
const RECEIPT: &str = "html > div[style*='2147483647']";

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
    feed: Feed,
    /// The platform's id; empty where the page shows none.
    pub(crate) id: String,
    /// Whether an element of ours stands before its body.
    pub(crate) has_line: bool,
    /// Whether its body is folded away, as computed.
    pub(crate) folded: bool,
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
            has_line: bool,
            display: String,
            opacity: String,
        }
        let script = format!(
            "{SEEN} return seen().map(({{ id, body, line }}) => {{
              const {{ display, opacity }} = getComputedStyle(body);
              return {{ id, has_line: line !== null, display, opacity }};
            }});"
        );
        let raw: Vec<Raw> = browser.eval(&script, vec![json!(self.item), json!(self.body)]).await?;
        let item = |Raw { id, has_line, display, opacity }| Item {
            feed: *self,
            id,
            has_line,
            folded: display == "none",
            opacity,
        };
        Ok(raw.into_iter().map(item).collect())
    }

    /// The item with this id, if it is in the page now.
    pub(crate) async fn item(&self, browser: &Browser, id: &str) -> Result<Option<Item>> {
        Ok(self.items(browser).await?.into_iter().find(|item| item.id == id))
    }

    /// Waits until this many items or more are in the page, and each has something of ours before it.
    pub(crate) async fn marked(&self, browser: &Browser, least: usize) -> Result<()> {
        wait_for("the feed to be marked", SOON, || async {
            let items = self.items(browser).await?;
            Ok(items.len() >= least && items.iter().all(|item| item.has_line))
        })
        .await
    }

    /// Scrolls until the item with this id is in the page, and then onto it: to the line before it if it is folded.
    pub(crate) async fn scroll_to(&self, browser: &Browser, id: &str) -> Result<Item> {
        if self.item(browser, id).await?.is_none() {
            browser.eval::<Value>("scrollTo({ top: 0, behavior: 'instant' })", vec![]).await?;
        }
        let onto = format!(
            "{SEEN} const here = seen().find((one) => one.id === arguments[2] && one.line);
            here?.body.scrollIntoView({{ block: 'center', behavior: 'instant' }});
            here?.line.scrollIntoView({{ block: 'center', behavior: 'instant' }});
            return Boolean(here);"
        );
        wait_for(&format!("{id} to come by in the feed of {}", self.host), LONG, || async {
            let arguments = vec![json!(self.item), json!(self.body), json!(id)];
            let is_there = browser.eval::<bool>(&onto, arguments).await?;
            if !is_there && self.item(browser, id).await?.is_none() {
                scroll(browser).await?;
            }
            Ok(is_there)
        })
        .await?;
        self.item(browser, id).await?.with_context(|| format!("{id} is gone again"))
    }
}

impl Item {
    /// The element of ours before its body; none if it has none (any more).
    pub(crate) async fn line(&self, browser: &Browser) -> Result<Option<WebElement>> {
        let script = format!("{SEEN} return seen().find((one) => one.id === arguments[2])?.line ?? null");
        let arguments = vec![json!(self.feed.item), json!(self.feed.body), json!(self.id)];
        let Some(line) = unless_gone(browser.eval::<Option<Value>>(&script, arguments).await)?.flatten() else {
            return Ok(None);
        };
        Ok(Some(WebElement::from_json(line, browser.driver()?.handle().clone())?))
    }

    /// What our line says; none if there is none, or if it is just being made anew.
    pub(crate) async fn mark(&self, browser: &Browser) -> Result<Option<Mark>> {
        let Some(line) = self.line(browser).await? else { return Ok(None) };
        unless_gone(self.read(browser, &line).await)
    }

    async fn read(&self, browser: &Browser, line: &WebElement) -> Result<Mark> {
        let Some(what) = Shadow::of(line).await?.find_all(".what").await?.pop() else { return Ok(Mark::default()) };
        let words = browser.text(&what).await?;
        let kinds = KINDS.into_iter().filter(|kind| words.contains(&kind_words(kind))).collect();
        Ok(Mark { kinds, words })
    }

    /// The button of our line that says this.
    pub(crate) async fn button(&self, browser: &Browser, key: &str) -> Result<WebElement> {
        let line = self.line(browser).await?.with_context(|| format!("{} has no line of ours", self.id))?;
        for button in Shadow::of(&line).await?.find_all("button").await? {
            if browser.text(&button).await? == says(key, &[]) {
                return Ok(button);
            }
        }
        bail!("no button of {} says {:?}", self.id, says(key, &[]))
    }
}

/// Nothing, if an element went away while it was looked at: lists recycle their nodes, and our lines are made anew.
fn unless_gone<T>(looked: Result<T>) -> Result<Option<T>> {
    let gone = ["stale element", "detached shadow root", "no such shadow root", "no such element"];
    match looked {
        Ok(value) => Ok(Some(value)),
        Err(error) if gone.iter().any(|words| format!("{error:#}").contains(words)) => Ok(None),
        Err(error) => Err(error),
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

/// The open receipt's dialog; none if none is open.
pub(crate) async fn receipt(browser: &Browser) -> Result<Option<Shadow>> {
    match browser.find_all(RECEIPT).await?.as_slice() {
        [] => Ok(None),
        [host] => Ok(Some(Shadow::of(host).await?)),
        several => bail!("{} receipts are open at once", several.len()),
    }
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
