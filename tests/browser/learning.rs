//! Learning whom no list knows: nothing while it is off, the evidence once it is on, and what the person says holds.
//!
//! Orders are given as the page of choices gives them, but for one test that presses its buttons. What is stopped is read
//! from what reached the server.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use serde_json::{Value, json};
use xtask::browser::{Browser, Fixtures, Options, Request, Response, Which, wait_for};

use super::ours::{in_extension, open_popup, wake};
use super::private::{let_in, open_private_window};
use super::sight::says;
use super::yard::protect;
use super::{SOON, Scene, in_both_with};

const SITES: [&str; 3] = ["www.shop.example", "www.news.example", "www.blog.example"];
/// No list knows it, and it gives everybody another name.
const WATCH: &str = "t.watch.example";
/// No list knows it, and it remembers a language.
const POLITE: &str = "cdn.polite.example";
/// As [`WATCH`], but a list knows it: it is stopped.
const LISTED: &str = "sb.scorecardresearch.com";
/// No list knows this host, but its company watches, and its cookies are taken from it.
const TAKEN: &str = "api.leadinfo.com";

/// With a profile as people have it: Chromium's test profile takes no cookies of third parties at all.
fn in_both(test: impl AsyncFn(Scene) -> Result<()>) -> Result<()> {
    let prefs = vec![("profile.cookie_controls_mode".to_owned(), json!(0))];
    in_both_with(|_, options| Ok(Options { prefs: prefs.clone(), ..options }), test)
}

/// What the background says.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Learning {
    is_on: bool,
    parties: usize,
    proposals: Vec<Proposed>,
    left: Vec<String>,
    trouble: String,
}

#[derive(Debug, Deserialize)]
struct Proposed {
    party: String,
    seen: Vec<Seen>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Seen {
    site: String,
    cookie: String,
    was_set: bool,
    day: i64,
}

async fn order(browser: &Browser, order: &str, party: &str) -> Result<Learning> {
    let order = json!({ "ask": "learning", "order": order, "party": party });
    let learning: Learning =
        in_extension(browser, "return chrome.runtime.sendMessage(arguments[0])", vec![order]).await?;
    ensure!(learning.trouble.is_empty(), "{learning:?}");
    Ok(learning)
}

/// What is kept in the extension's own database.
async fn kept(browser: &Browser) -> Result<Option<String>> {
    let script = "const base = await new Promise((done) => {
            const asked = indexedDB.open('plainsight', 1);
            asked.onupgradeneeded = () => asked.result.createObjectStore('kept');
            asked.onsuccess = () => done(asked.result);
        });
        const got = base.transaction('kept').objectStore('kept').get('learned');
        await new Promise((done) => { got.onsuccess = done; });
        base.close();
        return got.result ?? null;";
    in_extension(browser, script, vec![]).await
}

/// Every host answers with a picture or a page; with which cookie, its name says.
fn serve(web: &Fixtures) {
    web.on("*", |request: &Request| {
        if request.path != "/p.svg" {
            return Some(Response::html("<!doctype html><title>page</title><link rel=icon href=data:,>"));
        }
        let cookie = if request.host == POLITE { "lang=en" } else { "uid=9f1c2a7e-33b4-4d0e-9a51-0c7de1f2ab34" };
        let picture = Response::new("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'/>");
        let lasting = format!("{cookie}; Max-Age=31536000; Secure; SameSite=None");
        Some(picture.with("Cache-Control", "no-store").with("Set-Cookie", &lasting))
    });
}

/// Visits a site that shows a picture of each of these hosts; says which of them were reached.
async fn visit(web: &Fixtures, browser: &Browser, site: &str, hosts: &[&str]) -> Result<Vec<String>> {
    web.forget();
    browser.goto(&format!("https://{site}/")).await?;
    let ask = "await Promise.all(arguments[0].map((host) => new Promise((done) => {
        const picture = new Image();
        picture.onload = picture.onerror = done;
        picture.src = `https://${host}/p.svg`;
    })))";
    browser.eval_async::<()>(ask, vec![json!(hosts)]).await?;
    let came = |host: &&str| !web.requests_to(host).is_empty();
    Ok(hosts.iter().copied().filter(came).map(str::to_owned).collect())
}

const ALL: [&str; 4] = [WATCH, POLITE, LISTED, TAKEN];

#[test]
fn whom_no_list_knows_is_proposed_on_the_third_site_and_not_while_it_is_off() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve(&web);
        wake(&browser).await?;
        for site in SITES {
            visit(&web, &browser, site, &ALL).await?;
        }
        let off = order(&browser, "tell", "").await?;
        ensure!(!off.is_on && off.parties == 0 && kept(&browser).await?.is_none(), "while it is off: {off:?}");

        ensure!(order(&browser, "begin", "").await?.is_on);
        for site in &SITES[..2] {
            let came = visit(&web, &browser, site, &ALL).await?;
            ensure!(!came.contains(&LISTED.to_owned()) && came.len() == ALL.len() - 1, "{came:?}");
        }
        let two = order(&browser, "tell", "").await?;
        ensure!(two.proposals.is_empty() && two.parties == 1, "after two sites: {two:?}");
        wait_for("it to be stored", SOON, || async {
            Ok(kept(&browser).await?.is_some_and(|it| SITES[..2].iter().all(|site| it.contains(&site[4..]))))
        })
        .await?;

        // What was noticed outlives the background, and so does noticing, once the background is awake again.
        browser.kill_background().await?;
        wake(&browser).await?;
        visit(&web, &browser, SITES[2], &ALL).await?;
        let three = order(&browser, "tell", "").await?;
        let [proposed] = &three.proposals[..] else { anyhow::bail!("after three sites: {three:?}") };
        ensure!(proposed.party == "watch.example" && three.parties == 1, "{three:?}");
        // All of them came with the cookie that they had been given before.
        let seen =
            ["blog.example", "news.example", "shop.example"].map(|site| (site.to_owned(), "uid".to_owned(), false));
        let told = |it: &Seen| (it.site.clone(), it.cookie.clone(), it.was_set);
        ensure!(proposed.seen.iter().map(told).eq(seen), "{three:?}");
        let days: BTreeSet<i64> = proposed.seen.iter().map(|it| it.day).collect();
        ensure!(days.len() <= 2 && days.first() > Some(&20_000), "{three:?}");
        let stored = kept(&browser).await?.context("nothing is stored")?;
        ensure!(!stored.contains("9f1c2a7e"), "a cookie's value is stored: {stored}");

        let off = order(&browser, "end", "").await?;
        ensure!(!off.is_on && kept(&browser).await?.is_none(), "switched off: {off:?}");
        visit(&web, &browser, SITES[0], &ALL).await?;
        let again = order(&browser, "begin", "").await?;
        ensure!(again.parties == 0 && again.proposals.is_empty(), "switched on again: {again:?}");
        // Whose cookies are not taken away any more is noticed like everybody else.
        protect(&browser, json!({ "version": 1, "switches": { "cookies": false } })).await?;
        visit(&web, &browser, SITES[0], &ALL).await?;
        let taken = order(&browser, "tell", "").await?;
        ensure!(taken.parties == 2, "with their cookies: {taken:?}");
        browser.quit().await
    })
}

#[test]
fn who_is_left_alone_is_not_proposed_again_and_what_was_noticed_can_be_forgotten() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve(&web);
        order(&browser, "begin", "").await?;
        let everywhere = async || -> Result<Learning> {
            for site in SITES {
                visit(&web, &browser, site, &[WATCH]).await?;
            }
            order(&browser, "tell", "").await
        };
        let one = async || Ok(order(&browser, "tell", "").await?.proposals.len() == 1);
        let proposed = async || {
            everywhere().await?;
            wait_for("it to be proposed, which may be after the page has it", SOON, one).await
        };
        proposed().await?;
        ensure!(order(&browser, "forget", "").await?.parties == 0);
        ensure!(!kept(&browser).await?.context("it is on")?.contains("watch.example"));
        proposed().await?;
        ensure!(order(&browser, "leave", "watch.example").await?.proposals.is_empty());
        browser.kill_background().await?;
        let left = everywhere().await?;
        ensure!(left.proposals.is_empty() && left.parties == 0 && left.left == ["watch.example"], "{left:?}");
        ensure!(visit(&web, &browser, SITES[0], &[WATCH]).await? == [WATCH], "it is stopped");
        order(&browser, "take-back", "watch.example").await?;
        proposed().await?;
        browser.quit().await
    })
}

/// Clicks the first button of the page that says this, once it is there.
async fn press(browser: &Browser, word: &str) -> Result<()> {
    let click =
        "const button = [...document.querySelectorAll('button')].find((one) => one.textContent === arguments[0]);
        button?.click();
        return Boolean(button && !button.disabled);";
    let word = says(word, &[]);
    wait_for(&word, SOON, || async { browser.eval(click, vec![json!(word)]).await }).await
}

#[test]
fn the_page_of_choices_shows_the_evidence_and_a_yes_becomes_an_own_rule() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve(&web);
        let page = "extension/pages/options.html";
        browser.viewport(900, 1400).await?;
        browser.extension_page(page).await?;
        let label = says("learnSwitch", &[]);
        let switch =
            "const row = [...document.querySelectorAll('label.row')].find((one) => one.textContent === arguments[0]);
            const input = row?.querySelector('input');
            if (input && !input.checked) input.click();
            return Boolean(input);";
        wait_for("the switch", SOON, || async { browser.eval(switch, vec![json!(label)]).await }).await?;
        wait_for("it to be on", SOON, || async { Ok(order(&browser, "tell", "").await?.is_on) }).await?;
        for site in SITES {
            visit(&web, &browser, site, &[WATCH]).await?;
        }
        let shown = format!("https://{}/", SITES[2]);
        let back = open_popup(&browser, &shown).await?;
        let waiting = says("learnWaiting", &["1"]);
        browser.wait_for_js("document.querySelector('.waiting')", SOON).await?;
        let said: String = browser.eval("return document.querySelector('.waiting').textContent", vec![]).await?;
        ensure!(said == waiting, "the popup says {said:?}");
        browser.close_tab(&back).await?;

        browser.extension_page(page).await?;
        let row = "[...document.querySelectorAll('h3')].find((one) => one.textContent === 'watch.example')";
        browser.wait_for_js(row, SOON).await?;
        let folder = xtask::root().join("screenshots");
        let which = format!("{:?}", browser.which()).to_lowercase();
        browser.screenshot(&folder.join(format!("{which}-light-learning.png"))).await?;
        let told: String = browser.eval(&format!("return {row}.parentElement.textContent"), vec![]).await?;
        // Chromium's cookie was given out on the first site; Firefox keeps one for each.
        let evidence = match browser.which() {
            Which::Chromium => {
                [says("learnRead", &["blog.example and news.example"]), says("learnSet", &["shop.example"])].join(" ")
            }
            Which::Firefox => says("learnSet", &["blog.example, news.example, and shop.example"]),
        };
        ensure!(told.contains(&evidence) && told.contains(&says("learnCookies", &["uid"])), "it says {told:?}");
        // What is written and not saved yet is not lost.
        browser.wait_for_js("document.querySelector('textarea:not([readonly])')", SOON).await?;
        browser.eval::<()>("document.querySelector('textarea').value = '||mine.example^'", vec![]).await?;
        press(&browser, "learnBlock").await?;
        let rules = "document.querySelector('textarea').value === '||mine.example^\\n||watch.example^$third-party'";
        browser.wait_for_js(rules, SOON).await?;
        browser.wait_for_js(&format!("!({row})"), SOON).await?;
        let own: Value = in_extension(&browser, "return chrome.runtime.sendMessage({ ask: 'own' })", vec![]).await?;
        ensure!(own["rules"] == "||watch.example^$third-party", "the own rules are {own}");

        for site in SITES {
            ensure!(visit(&web, &browser, site, &[WATCH]).await?.is_empty(), "it came on {site}");
        }
        let url = format!("https://{}/", SITES[2]);
        let named = wait_for("the rule to be named", SOON, || async {
            let report = super::yard::report(&browser, &url).await?;
            let rule = report.pointer("/companies/0/hosts/0/rule").cloned().unwrap_or_default();
            Ok(rule["list"] == "own" && rule["title"] == says("ownTitle", &[]) && rule["line"] == 1)
        });
        if named.await.is_err() {
            anyhow::bail!("it is told {}", super::yard::report(&browser, &url).await?);
        }
        ensure!(visit(&web, &browser, "www.watch.example", &[WATCH]).await? == [WATCH], "it is stopped at home");
        let after = order(&browser, "tell", "").await?;
        ensure!(after.proposals.is_empty() && after.parties == 0, "it is still noticed: {after:?}");
        browser.quit().await
    })
}

#[test]
fn in_private_windows_nothing_is_noticed() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let browser = let_in(browser, &web).await?;
        serve(&web);
        wake(&browser).await?;
        order(&browser, "begin", "").await?;
        let open = browser.tab().await?;
        open_private_window(&browser).await?;
        for site in SITES {
            // The shield is at work there: the extension sees these requests.
            ensure!(visit(&web, &browser, site, &[WATCH, LISTED]).await? == [WATCH]);
        }
        browser.switch_to(&open).await?;
        let shown =
            "return (await chrome.tabs.query({})).some(({ incognito, url }) => incognito && url === arguments[0])";
        let url = format!("https://{}/", SITES[2]);
        ensure!(in_extension::<bool>(&browser, shown, vec![json!(url)]).await?, "no private window shows {url}");
        ensure!(order(&browser, "tell", "").await?.parties == 0, "it was noticed in a private window");
        visit(&web, &browser, SITES[0], &[WATCH]).await?;
        ensure!(order(&browser, "tell", "").await?.parties == 1, "it is not noticed in an open window");
        browser.quit().await
    })
}
