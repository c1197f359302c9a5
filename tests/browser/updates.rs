//! Newer texts of the shipped lists: fetched when the person wants it and at no other time, at work in both browsers, and
//! nothing changed where anything is wrong with them.
//!
//! The fixtures' web plays the lists' homes under their real addresses. Orders are given as the page of choices gives
//! them; what came of them is read from what reached the server.

use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::{Value, json};
use xtask::browser::{Browser, Fixtures, Request, Response, wait_for};
use xtask::root;

use super::ours::in_extension;
use super::own::{PAGE, reached};
use super::sight::says;
use super::{SOON, Scene, in_both, yard};

/// Rules of the shipped EasyPrivacy that a newer one no longer has: one of a few hosts, and one of forty thousand.
pub(crate) const DROPPED: [(&str, &str); 2] =
    [("apextag.com", "||apextag.com^$third-party\n"), ("data.dats24.be", "||data.dats24.be^\n")];
/// A host that only newer texts know, and one that only a patch of uBlock's knows.
pub(crate) const ADDED: &str = "added.example";
const PATCHED: &str = "patched.example";
/// A host of a rule that never changes.
pub(crate) const KEPT: &str = "static.hotjar.com";

/// What the background says of updates.
#[derive(Debug, Deserialize)]
pub(crate) struct Report {
    pub(crate) on: bool,
    at: f64,
    pub(crate) trouble: String,
    pub(crate) homes: Vec<Home>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Home {
    title: String,
    address: String,
    shipped: String,
    version: String,
    rules: usize,
    pub(crate) newer: bool,
    pub(crate) trouble: String,
}

impl Report {
    pub(crate) fn home(&self, title: &str) -> Result<&Home> {
        self.homes.iter().find(|home| home.title.contains(title)).with_context(|| format!("no {title} in {self:?}"))
    }

    /// Whether nothing was wrong.
    pub(crate) fn is_well(&self) -> bool {
        self.trouble.is_empty() && self.homes.iter().all(|home| home.trouble.is_empty())
    }
}

pub(crate) async fn order(browser: &Browser, order: Value) -> Result<Report> {
    in_extension(browser, "return chrome.runtime.sendMessage(arguments[0])", vec![order]).await
}

/// The text of a list as the build took it, with what its own builder fills in.
pub(crate) fn shipped(id: &str) -> Result<String> {
    let text = std::fs::read_to_string(root().join(format!("build/lists/{id}.txt")))?;
    Ok(text.replace("%timestamp%", "version of the day").replace("%diffpath%", &format!("../patches/{id}.patch")))
}

/// EasyPrivacy as it may be tomorrow.
pub(crate) fn newer() -> Result<String> {
    let mut text = shipped("easyprivacy")?;
    for (_, rule) in DROPPED {
        ensure!(text.contains(rule), "the shipped list has no {rule}");
        text = text.replace(rule, "");
    }
    Ok(format!("{text}||{ADDED}^$third-party\n"))
}

/// What EasyPrivacy's home answers with.
#[derive(Clone)]
pub(crate) struct Answer(Arc<Mutex<Response>>);

impl Answer {
    pub(crate) fn set(&self, response: Response) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = response;
    }

    fn get(&self) -> Response {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

pub(crate) fn plain(text: impl Into<Vec<u8>>) -> Response {
    Response::new("text/plain", text)
}

/// The homes of the lists, whose answers can be changed, among pages and pictures. Files that nobody put there are not.
pub(crate) fn serve(web: &Fixtures, homes: Vec<(String, Response)>) -> Answer {
    let easyprivacy = Answer(Arc::new(Mutex::new(plain(""))));
    let answer = easyprivacy.clone();
    web.on("*", move |request: &Request| {
        let listed = homes.iter().find(|(address, _)| *address == request.url).map(|(_, response)| response.clone());
        Some(match (listed, request.path.as_str()) {
            (Some(response), _) => response,
            (None, "/p.svg") => Response::new("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'/>"),
            (None, path) if path.ends_with("/easyprivacy.txt") => answer.get(),
            (None, path) if path.contains('.') => plain("nothing here").status(404),
            _ => Response::html("<!doctype html><title>page</title><link rel=icon href=data:,>"),
        })
    });
    easyprivacy
}

/// How often the homes were asked for anything.
fn asked(web: &Fixtures) -> usize {
    web.requests().iter().filter(|request| request.path.ends_with(".txt") || request.path.ends_with(".patch")).count()
}

/// The shipped texts of the other homes, and a patch for the one of uBlock's.
pub(crate) async fn homes(browser: &Browser, known: &Report) -> Result<Vec<(String, Response)>> {
    let privacy = shipped("ublock-privacy")?;
    let address = &known.home("uBlock")?.address;
    let patched = format!("{privacy}||{PATCHED}^$third-party\n");
    let sum =
        "const bytes = new Uint8Array(await crypto.subtle.digest('SHA-1', new TextEncoder().encode(arguments[0])));
        return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('').slice(0, 10)";
    let sum: String = in_extension(browser, sum, vec![json!(patched)]).await?;
    let lines = privacy.lines().count();
    let patch = format!("diff name:ublock-privacy lines:2 checksum:{sum}\na{lines} 1\n||{PATCHED}^$third-party\n");
    let folder = address.rsplitn(3, '/').nth(2).context("an address without folders")?;
    Ok(vec![
        (known.home("EasyList")?.address.clone(), plain(shipped("easylist")?)),
        (address.clone(), plain(privacy)),
        (format!("{folder}/patches/ublock-privacy.patch"), plain(patch)),
    ])
}

/// When the lists' homes are to be asked next.
async fn alarm(browser: &Browser) -> Result<Option<f64>> {
    in_extension(browser, "return (await chrome.alarms.get('lists'))?.scheduledTime ?? null", vec![]).await
}

#[test]
fn lists_are_kept_up_to_date_while_the_person_wants_it_and_never_else() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let [few, many] = DROPPED.map(|(host, _)| host);
        let hosts = [few, many, ADDED, PATCHED, KEPT];
        let known = order(&browser, json!({ "ask": "updates" })).await?;
        ensure!(!known.on && known.at == 0.0 && known.homes.len() == 3 && known.is_well(), "{known:?}");
        ensure!(known.homes.iter().all(|home| !home.newer && !home.shipped.is_empty()), "{known:?}");
        let answer = serve(&web, homes(&browser, &known).await?);
        answer.set(plain(newer()?));
        // Off: nothing was asked for, and nothing will be.
        ensure!(reached(&web, &browser, &hosts).await? == [ADDED, PATCHED]);
        ensure!(asked(&web) == 0 && alarm(&browser).await?.is_none());

        let known = order(&browser, json!({ "ask": "keep-updated", "on": true })).await?;
        ensure!(known.on && known.at > 0.0 && known.is_well(), "{known:?}");
        let home = known.home("EasyPrivacy")?;
        ensure!(home.newer && home.version == "version of the day" && home.rules > 40_000, "{home:?}");
        let fetched: Vec<Request> = web.requests().into_iter().filter(|it| it.path.ends_with(".txt")).collect();
        ensure!(fetched.len() == 3, "asked for {fetched:?}");
        for request in fetched {
            ensure!(request.url.starts_with("https://"), "{}", request.url);
            ensure!(request.header("cookie").is_none() && request.header("referer").is_none(), "{request:?}");
        }
        ensure!(alarm(&browser).await?.is_some());
        let now = [few, many, PATCHED];
        ensure!(reached(&web, &browser, &hosts).await? == now);
        // It is told by the newer text, in which the rule is the last line.
        let line = newer()?.lines().count();
        let rule = json!({ "list": "easyprivacy", "title": "EasyPrivacy", "line": line });
        let told = || async { Ok(rule_of(&yard::report(&browser, PAGE).await?, ADDED) == rule) };
        wait_for("the rule", SOON, told).await?;
        let words: String = in_extension(
            &browser,
            "return chrome.runtime.sendMessage({ ask: 'rule', list: 'easyprivacy', line: arguments[0] })",
            vec![json!(line)],
        )
        .await?;
        ensure!(words == format!("||{ADDED}^$third-party"), "{words}");

        // It outlives the background, which asks nobody for it.
        web.forget();
        browser.kill_background().await?;
        ensure!(reached(&web, &browser, &hosts).await? == now && asked(&web) == 0);

        // What is the person's own comes first, and stays beside.
        let own = json!({ "ask": "keep-rules", "text": format!("@@||{ADDED}^") });
        in_extension::<Value>(&browser, "return chrome.runtime.sendMessage(arguments[0])", vec![own]).await?;
        ensure!(reached(&web, &browser, &hosts).await? == [few, many, ADDED, PATCHED]);
        let none = json!({ "ask": "keep-rules", "text": "" });
        in_extension::<Value>(&browser, "return chrome.runtime.sendMessage(arguments[0])", vec![none]).await?;
        ensure!(reached(&web, &browser, &hosts).await? == now);

        // A day later: the alarm has the homes asked, of which one has a patch now. The others' are not there yet, and
        // their texts are not old.
        web.forget();
        let due = "const { updates } = await chrome.storage.local.get('updates');
            for (const home of Object.values(updates.homes)) home.next = 0;
            await chrome.storage.local.set({ updates });
            await chrome.alarms.create('lists', { when: Date.now() })";
        in_extension::<()>(&browser, due, vec![]).await?;
        wait_for("the alarm", SOON * 6, || async { Ok(asked(&web) == 3) }).await?;
        let next = "return (await chrome.storage.local.get('updates')).updates.homes[arguments[0]].next > Date.now()";
        let address = &known.home("uBlock")?.address;
        wait_for("the update", SOON * 6, || async { in_extension(&browser, next, vec![json!(address)]).await }).await?;
        ensure!(web.requests().iter().filter(|it| it.path.ends_with(".txt")).count() == 0);
        let known = order(&browser, json!({ "ask": "updates" })).await?;
        ensure!(known.is_well() && known.home("uBlock")?.newer, "{known:?}");
        ensure!(reached(&web, &browser, &hosts).await? == [few, many]);

        let known = order(&browser, json!({ "ask": "use-shipped" })).await?;
        ensure!(!known.on && known.is_well() && known.homes.iter().all(|home| !home.newer), "{known:?}");
        ensure!(reached(&web, &browser, &hosts).await? == [ADDED, PATCHED]);
        ensure!(alarm(&browser).await?.is_none());
        browser.quit().await
    })
}

/// The rule that stopped a host, as a tab's report tells it.
fn rule_of(report: &Value, host: &str) -> Value {
    let companies = report["companies"].as_array().map_or(&[][..], Vec::as_slice);
    let hosts = companies.iter().flat_map(|company| company["hosts"].as_array().into_iter().flatten());
    hosts.into_iter().find(|it| it["host"] == host).map(|it| it["rule"].clone()).unwrap_or_default()
}

#[test]
fn the_page_of_choices_switches_updates_on_and_says_what_came_of_it() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let known = order(&browser, json!({ "ask": "updates" })).await?;
        let mut homes = homes(&browser, &known).await?;
        homes[0].1 = plain("gone").status(410);
        serve(&web, homes).set(plain(newer()?));
        browser.viewport(900, 1100).await?;
        browser.extension_page("extension/pages/options.html").await?;
        browser.wait_for_js("document.querySelectorAll('.updates .lists > li').length === 3", SOON).await?;
        ensure!(asked(&web) == 0);
        let shown =
            async || browser.eval::<String>("return document.querySelector('.updates').innerText", vec![]).await;
        let text = shown().await?;
        ensure!(text.contains(&says("updatesNever", &[])), "{text}");
        browser.eval::<()>("document.querySelector('.updates input').click()", vec![]).await?;
        browser.wait_for_js("document.querySelector('.updates .lists .notice')", SOON * 6).await?;
        let text = shown().await?;
        ensure!(text.contains("version of the day") && text.contains("410"), "{text}");
        ensure!(text.contains(&says("updatesInUseShipped", &[])), "{text}");
        ensure!(browser.eval::<bool>("return document.querySelector('.updates input').checked", vec![]).await?);
        let back = "document.querySelector('.updates .answers button:last-child').click()";
        browser.eval::<()>(back, vec![]).await?;
        let is_off = "!document.querySelector('.updates input').checked";
        browser.wait_for_js(is_off, SOON * 6).await?;
        ensure!(!shown().await?.contains("version of the day"));
        browser.quit().await
    })
}
