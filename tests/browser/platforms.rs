//! Every site, as the real extension reads it: each proof of a page is served at its real address in both browsers, and
//! what the person sees there is held against what the proof says of each item.
//!
//! One test for all sites, so that a new one is held to the same: facts, acts and their way back, nodes that are used for
//! other items, ways into private parts and back, and pages that were rebuilt. How well the words of posts are judged
//! stands elsewhere.

use std::collections::BTreeSet;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::{Value, json};
use thirtyfour::WebElement;
use xtask::browser::{Browser, Shadow, wait_for};
use xtask::replica::{Proof, SEEN, all_proofs, serve_proof};

use super::also::also_read_all;
use super::ours::in_extension;
use super::sight::{kind_words, says};
use super::{SOON, Scene, in_both};

/// The kinds that are facts, as truths and the core name them.
const FACTS: [&str; 6] = ["sponsored", "partnership", "suggested", "activity", "shelf", "ai"];
/// After so long a feed in which nothing is found is told of.
pub(crate) const UNTIL_EMPTY: Duration = Duration::from_secs(9);
/// A path that is out of bounds on every site.
const PRIVATE: &str = "/settings/account/private";

/// An item of a proof in the page now.
#[derive(Debug, Deserialize)]
pub(crate) struct Shown {
    /// What it is.
    pub(crate) truth: String,
    /// Whether its body takes no room.
    pub(crate) folded: bool,
    pub(crate) has_line: bool,
}

/// One proof's page, open in a browser with the extension.
pub(crate) struct Open<'a> {
    /// The proof.
    pub(crate) proof: &'a Proof,
    /// The ways in which the site may build the page.
    pub(crate) layouts: Value,
    /// Where it is open.
    pub(crate) browser: &'a Browser,
}

impl Open<'_> {
    pub(crate) async fn items(&self) -> Result<Vec<Shown>> {
        let script = format!(
            "{SEEN} return seen().map(({{ item, body, line }}) => ({{ truth: item.dataset.truth,
              folded: Boolean(body) && (getComputedStyle(body).display === 'none' || body.style.getPropertyPriority('height') === 'important'), has_line: line !== null }}));"
        );
        self.browser.eval(&script, vec![self.layouts.clone()]).await
    }

    /// Our line before the item of this number; none if there is none now.
    pub(crate) async fn line(&self, number: usize) -> Result<Option<WebElement>> {
        let script = format!("{SEEN} return seen()[arguments[1]]?.line ?? null");
        let line: Option<Value> = self.browser.eval(&script, vec![self.layouts.clone(), json!(number)]).await?;
        line.map(|line| Ok(WebElement::from_json(line, self.browser.driver()?.handle().clone())?)).transpose()
    }

    /// The facts that our line tells of the item of this number.
    async fn told(&self, number: usize) -> Result<BTreeSet<&'static str>> {
        let Some(line) = self.line(number).await? else { return Ok(BTreeSet::new()) };
        let Some(what) = Shadow::of(&line).await?.find_all(".what").await?.pop() else { return Ok(BTreeSet::new()) };
        let words = self.browser.text(&what).await?;
        Ok(FACTS.into_iter().filter(|kind| words.contains(&kind_words(kind))).collect())
    }

    /// Waits until every item is told to be what its truth says, no more and no less.
    pub(crate) async fn tells_the_truth(&self, when: &str) -> Result<()> {
        let file = &self.proof.file;
        let all_told = wait_for("every item to have a line", SOON, || async {
            let items = self.items().await?;
            Ok(!items.is_empty() && items.iter().all(|item| item.has_line))
        });
        all_told.await.with_context(|| format!("{file}, {when}: {:?}", self.proof.address))?;
        for (number, item) in self.items().await?.iter().enumerate() {
            let wanted = facts(&item.truth)?;
            // Lines are made anew while they are looked at.
            let told = async || self.told(number).await.unwrap_or_default();
            let held = wait_for("the item's facts", SOON, || async { Ok(told().await == wanted) }).await;
            let told = told().await;
            ensure!(
                held.is_ok(),
                "{file}, {when}: item {number} is told to be {told:?}, not {wanted:?}: {}",
                item.truth
            );
        }
        Ok(())
    }

    async fn is_folded(&self, number: usize) -> Result<bool> {
        Ok(self.items().await?.get(number).is_some_and(|item| item.folded))
    }
}

/// The facts that a truth names.
pub(crate) fn facts(truth: &str) -> Result<BTreeSet<&'static str>> {
    let truth: Value = serde_json::from_str(truth)?;
    Ok(FACTS.into_iter().filter(|kind| truth[kind] == true).collect())
}

/// Stores settings with de-ranking on, and this act for each fact.
pub(crate) async fn choose_all(browser: &Browser, act: &str) -> Result<()> {
    let acts: serde_json::Map<_, _> = FACTS.iter().map(|kind| ((*kind).to_owned(), json!(act))).collect();
    let settings = json!({ "version": 1, "derank": true, "sites": {}, "acts": acts });
    in_extension(browser, "await chrome.storage.local.set({ settings: arguments[0] })", vec![settings]).await
}

#[test]
fn every_item_of_every_site_is_told_to_be_what_it_is() -> Result<()> {
    let proofs = all_proofs()?;
    in_both(async |Scene { web, browser }| {
        choose_all(&browser, "label").await?;
        also_read_all(&browser, &proofs).await?;
        for (proof, layouts) in &proofs {
            serve_proof(&web, proof, &proof.text);
            browser.goto(&proof.url()).await?;
            let open = Open { proof, layouts: layouts.clone(), browser: &browser };
            open.tells_the_truth("as it is opened").await?;
            recycle(&open).await?;
            open.tells_the_truth("after two items changed places").await?;
            go(&browser, PRIVATE).await?;
            let left = wait_for("the private part to be left alone", SOON, || async {
                Ok(open.items().await?.iter().all(|item| !item.has_line))
            });
            left.await.with_context(|| proof.file.clone())?;
            go(&browser, &proof.address.path).await?;
            open.tells_the_truth("after coming back").await?;
        }
        browser.quit().await
    })
}

#[test]
fn what_is_hidden_on_any_site_is_folded_and_comes_back() -> Result<()> {
    let proofs = all_proofs()?;
    in_both(async |Scene { web, browser }| {
        choose_all(&browser, "lower").await?;
        also_read_all(&browser, &proofs).await?;
        for (proof, layouts) in &proofs {
            serve_proof(&web, proof, &proof.text);
            browser.goto(&proof.url()).await?;
            let open = Open { proof, layouts: layouts.clone(), browser: &browser };
            open.tells_the_truth("folded").await?;
            for (number, item) in open.items().await?.iter().enumerate() {
                let is_fact = !facts(&item.truth)?.is_empty();
                ensure!(item.folded == is_fact, "{}: item {number} folded: {}", proof.file, item.folded);
            }
            let Some(number) = open.items().await?.iter().position(|item| item.folded) else { continue };
            let line = open.line(number).await?.context("a folded item has a line")?;
            for button in Shadow::of(&line).await?.find_all("button").await? {
                if browser.text(&button).await? == says("markShow", &[]) {
                    browser.click(&button).await?;
                    break;
                }
            }
            let back = wait_for("the item to come back", SOON, || async { Ok(!open.is_folded(number).await?) });
            back.await.with_context(|| format!("{}: item {number}", proof.file))?;
        }
        browser.quit().await
    })
}

#[test]
fn a_rebuilt_page_of_any_site_is_not_passed_over_in_silence() -> Result<()> {
    let proofs = all_proofs()?;
    in_both(async |Scene { web, browser }| {
        let first = browser.tab().await?;
        also_read_all(&browser, &proofs).await?;
        for (proof, _) in &proofs {
            serve_proof(&web, proof, &rebuilt(&proof.text));
            browser.open_tab().await?;
            browser.goto(&proof.url()).await?;
        }
        tokio::time::sleep(UNTIL_EMPTY).await;
        let script = "const told = {};
            for (const tab of await chrome.tabs.query({})) {
              const found = await chrome.tabs.sendMessage(tab.id, { ask: 'found' }).catch(() => null);
              if (found) told[tab.url] = found.health;
            }
            return told;";
        browser.switch_to(&first).await?;
        let told: Value = in_extension(&browser, script, vec![]).await?;
        for (proof, _) in &proofs {
            let health = told[proof.url()].as_str().unwrap_or("nothing");
            ensure!(["unreadable", "empty"].contains(&health), "{}: rebuilt, and told to be {health}", proof.file);
        }
        browser.quit().await
    })
}

/// The page after its makers gave every part another name, as platforms do every few weeks.
pub(crate) fn rebuilt(text: &str) -> String {
    let mut text = text.to_owned();
    for (name, other) in [
        ("data-testid", "data-a1"),
        ("data-e2e", "data-a2"),
        ("data-test-id", "data-a3"),
        ("componentkey", "data-a4"),
        ("data-pagelet", "data-a5"),
        ("data-pressable-container", "data-a6"),
        ("aria-posinset", "data-a7"),
        ("data-grid-item", "data-c1"),
        ("role=", "data-a8="),
        ("class=", "data-a9="),
        ("itemtype=", "data-b3="),
        ("id=", "data-b1="),
        ("slot=", "data-b2="),
        ("shreddit-", "newreddit-"),
        ("<article", "<section"),
        ("</article", "</section"),
        ("<main", "<section"),
        ("</main", "</section"),
        ("ad-slot-", "newad-"),
        ("grid-shelf-", "newgrid-"),
        ("ytd-", "ytx-"),
        ("ytm-", "ytn-"),
        ("yt-", "yx-"),
    ] {
        text = text.replace(name, other);
    }
    text
}

/// Moves everything of one item into the nodes of another that is something else, and back, as lists do that draw other
/// items in the same nodes.
async fn recycle(open: &Open<'_>) -> Result<()> {
    let items = open.items().await?;
    let first = facts(&items[0].truth)?;
    let mut other = None;
    for (number, item) in items.iter().enumerate() {
        if facts(&item.truth)? != first {
            other = Some(number);
        }
    }
    // A page all of whose items are alike has nothing to mix up.
    let Some(other) = other else { return Ok(()) };
    let script = format!(
        "{SEEN} const all = seen();
         const [one, two] = [all[0].item, all[arguments[1]].item];
         if (one.localName !== two.localName) return;
         for (const {{ line }} of [all[0], all[arguments[1]]]) line?.remove();
         const names = new Set([...one.getAttributeNames(), ...two.getAttributeNames()]);
         for (const name of names) {{
           const [a, b] = [one.getAttribute(name), two.getAttribute(name)];
           if (name === 'style') continue;
           if (b === null) one.removeAttribute(name); else one.setAttribute(name, b);
           if (a === null) two.removeAttribute(name); else two.setAttribute(name, a);
         }}
         const [inOne, inTwo] = [[...one.childNodes], [...two.childNodes]];
         one.replaceChildren(...inTwo);
         two.replaceChildren(...inOne);"
    );
    open.browser.eval::<Value>(&script, vec![open.layouts.clone(), json!(other)]).await?;
    Ok(())
}

/// Changes the address as pages of one piece do.
async fn go(browser: &Browser, path: &str) -> Result<()> {
    browser.eval::<Value>("history.pushState(null, '', arguments[0])", vec![json!(path)]).await?;
    Ok(())
}
