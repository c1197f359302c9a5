//! The head of the popup: its numbers, its bar and its sentence say what is so, and what people ask is two clicks away: who
//! tracked me here, how often does this company see me, what was my feed made of, why this post.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use xtask::browser::{Browser, wait_for};

use super::dashboard::keep;
use super::ours::{found, in_extension, open_popup, wake};
use super::sight::{X, says, serve_replicas};
use super::{SOON, Scene, in_both};

/// What the feed in the tab is made of, as its content script counted it: paid, suggested, followed, not stated.
async fn made(browser: &Browser) -> Result<[u32; 4]> {
    let script = "const [tab] = (await chrome.tabs.query({})).filter((tab) => tab.url === arguments[0]);
        const { made } = await chrome.tabs.sendMessage(tab.id, { ask: 'found' });
        return [made.sponsored, made.suggested, made.followed, made.unknown]";
    in_extension(browser, script, vec![json!(X.url)]).await
}

#[test]
fn at_a_glance_the_popup_says_what_is_so() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let truth = serve_replicas(&web)?;
        wake(&browser).await?;
        browser.goto(X.url).await?;
        X.marked(&browser, 4).await?;
        // The first answer of X's data says of all these posts what they are; a post that was drawn for a moment counts too.
        let items = X.items(&browser).await?;
        let of = |is: fn(&xtask::replica::Truth) -> bool| {
            items.iter().filter(|item| truth.iter().any(|truth| truth.id == item.id && is(truth))).count()
        };
        let least = [of(|it| it.sponsored), of(|it| it.suggested)];
        let counted = wait_for("the feed's parts", SOON, || async {
            let [sponsored, suggested, ..] = made(&browser).await?;
            Ok(sponsored as usize >= least[0] && suggested as usize >= least[1])
        });
        let counted = counted.await;
        let (now, found) = (made(&browser).await?, found(&browser, X.url).await?.context("nobody answers")?);
        ensure!(counted.is_ok() && least.iter().all(|count| *count > 0), "at least {least:?}, and counted {now:?}");
        let all: u32 = now.iter().sum();
        let kinds = [found.items, found.kind("sponsored"), found.kind("suggested")];
        ensure!([all, now[0], now[1]].map(|count| count as usize) == kinds, "{now:?} of {kinds:?}");

        let tab = open_popup(&browser, X.url).await?;
        browser.wait_for_js("document.querySelector('.made') && document.querySelector('.tally')", SOON).await?;
        let script = "return [document.querySelector('.made > p').textContent,
            ...[...document.querySelectorAll('.parts li')].map((one) => one.textContent)]";
        let said: Vec<String> = browser.eval(script, vec![]).await?;
        let put = now[0] + now[1];
        ensure!(said[0] == says("glanceWhy_other", &[&all.to_string(), &put.to_string(), "X"]), "{said:?}");
        let parts = ["dashboardSponsored", "dashboardSuggested", "dashboardFollowed", "dashboardUnknown"];
        let parts = parts.into_iter().zip(now).filter(|(_, count)| *count > 0);
        let parts: Vec<String> =
            parts.map(|(key, count)| says("dashboardPart", &[&says(key, &[]), &count.to_string()])).collect();
        ensure!(said[1..] == parts, "{said:?} instead of {parts:?}");
        let drawn: [f64; 4] = browser
            .eval("return [...document.querySelectorAll('.made rect')].map((one) => one.width.baseVal.value)", vec![])
            .await?;
        ensure!(drawn == now.map(f64::from), "drawn are {drawn:?} of {now:?}");
        // All that was seen is what became of it.
        let ends = "const [all, ...ends] = [...document.querySelectorAll('[aria-labelledby=glance] .tally b')].map((one) => Number(one.textContent));
            return [all, ends.reduce((sum, one) => sum + one, 0)]";
        let [seen, settled]: [u32; 2] = browser.eval(ends, vec![]).await?;
        ensure!(seen > 0 && seen == settled, "{seen} seen, and {settled} told");
        browser.close_tab(&tab).await?;
        browser.quit().await
    })
}

/// Clicks on what says this.
async fn press(browser: &Browser, css: &str, words: &str) -> Result<()> {
    for one in browser.find_all(css).await? {
        if browser.text(&one).await?.starts_with(words) {
            return browser.click(&one).await;
        }
    }
    anyhow::bail!("nothing of {css} says {words:?}")
}

/// Waits until a tab is at an address that ends so.
async fn opened(browser: &Browser, end: &str) -> Result<()> {
    let open = "return (await chrome.tabs.query({})).map(({ url, pendingUrl }) => url || pendingUrl || '')";
    let tabs = async || in_extension::<Vec<String>>(browser, open, vec![]).await;
    let there = wait_for("the tab", SOON, || async { Ok(tabs().await?.iter().any(|url| url.ends_with(end))) }).await;
    ensure!(there.is_ok(), "no tab is at {end}: {:?}", tabs().await?);
    Ok(())
}

#[test]
fn each_question_is_answered_in_two_clicks() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve_replicas(&web)?;
        wake(&browser).await?;
        keep(&browser).await?;
        // As a person does, they were on that site before.
        browser.goto("https://news.example/").await?;
        browser.goto(X.url).await?;
        X.marked(&browser, 4).await?;
        let tab = open_popup(&browser, X.url).await?;
        browser.wait_for_js("document.querySelector('.companies summary')", SOON).await?;
        // Who tracked me here: the popup names them.
        let names =
            "return [document.querySelector('.met').textContent, document.querySelector('.companies h3').textContent]";
        let [met, first]: [String; 2] = browser.eval(names, vec![]).await?;
        ensure!(met.contains(&first), "{first} is not named: {met}");
        // How often does this company see me: its row says it, with the way to where.
        browser.click(&browser.find(".companies summary").await?).await?;
        browser.wait_for_js("document.querySelector('.companies .reach a')", SOON).await?;
        let reach: [String; 2] = browser
            .eval("const link = document.querySelector('.reach a'); return [link.textContent, decodeURIComponent(link.hash)]", vec![])
            .await?;
        ensure!(reach[1] == format!("#range=month&company={first}"), "{reach:?}");
        let forms: Vec<String> = (1..=6).map(|met| says("companyReach_other", &["5", &met.to_string()])).collect();
        ensure!(forms.contains(&reach[0]), "{reach:?} is none of {forms:?}");
        // What was my feed made of this week, here and everywhere.
        press(&browser, "[aria-labelledby=glance] a", &says("glanceSite", &[])).await?;
        opened(&browser, "dashboard.html#range=week&site=x.com").await?;
        browser.close_tab(&tab).await?;
        browser.quit().await
    })
}

#[test]
fn the_popups_button_opens_the_browsers_own_panel_and_nothing_else_does() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve_replicas(&web)?;
        wake(&browser).await?;
        browser.goto(X.url).await?;
        X.marked(&browser, 4).await?;
        let panels = async || -> Result<Vec<String>> {
            let script =
                "return chrome.extension.getViews().filter((view) => view.location.pathname.endsWith('/panel.html'))
                .map((view) => view.document.querySelector('main')?.textContent ?? '')";
            browser.eval(script, vec![]).await
        };
        open_popup(&browser, X.url).await?;
        ensure!(panels().await?.is_empty(), "a panel opened by itself");
        press(&browser, "[aria-labelledby=glance] button", &says("glancePanel", &[])).await?;
        let drawn = wait_for("the panel", SOON, || async {
            Ok(panels().await?.iter().any(|said| said.contains(&says("panelMarked", &[]))))
        });
        let drawn = drawn.await;
        let said = panels().await?;
        let contexts = "return (await chrome.runtime.getContexts({})).map(({ contextType, documentUrl, windowId }) => [contextType, documentUrl ?? '', windowId])";
        let contexts: serde_json::Value = browser.eval_async(contexts, vec![]).await?;
        drawn.with_context(|| format!("the panels say {said:?}; open are {contexts}"))?;
        ensure!(said.len() == 1, "{said:?}");
        browser.quit().await
    })
}
