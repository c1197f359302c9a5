//! Every site's items in a list that draws only what is near, as its own lists do: thrown away and made anew, or drawn in
//! nodes that held other items before, while a person scrolls to the end and back.
//!
//! What is folded is held against the truth of the item that a node holds now. Which facts a line names is `platforms.rs`'s
//! affair; what the lists are like stands in `window.js`.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xtask::browser::{Browser, Response, wait_for};
use xtask::replica::{Proof, all_proofs};

use super::also::also_read_all;
use super::platforms::{Open, choose_all, facts};
use super::{SOON, Scene, in_both};

/// What draws the list.
const LIST: &str = include_str!("window.js");
/// Where a person scrolls to, in parts of the whole.
const STOPS: [f64; 5] = [0.0, 0.4, 1.0, 0.7, 0.0];

/// Serves a site's proof as such a list, under a policy that lets nobody else's scripts run.
fn serve(web: &xtask::browser::Fixtures, Proof { address, text, .. }: &Proof) {
    let shell =
        "<!doctype html><meta charset=utf-8><title>list</title><body><script src=/window-of-this-page></script>";
    let shell = Response::html(shell).with("Content-Security-Policy", "script-src 'self'");
    web.page(&address.host, &address.path, shell);
    web.page(&address.host, "/window-of-this-page", Response::new("text/javascript", LIST));
    web.page(&address.host, "/proof-of-this-page", Response::html(text.as_str()));
}

async fn scroll_to(browser: &Browser, part: f64) -> Result<()> {
    let script = "scrollTo(0, arguments[0] * (document.documentElement.scrollHeight - innerHeight));
        return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null))));";
    browser.eval_async::<Value>(script, vec![json!(part)]).await?;
    Ok(())
}

/// What the list says of itself: which of its items are drawn, and whether somebody broke it.
async fn drawn(browser: &Browser) -> Result<(String, Option<String>)> {
    let script = "const { drawn, broken } = document.documentElement.dataset; return [drawn ?? '', broken ?? null];";
    browser.eval(script, vec![]).await
}

/// Waits until exactly those of the drawn items are folded that are facts by their truth.
async fn folds_what_is_so(open: &Open<'_>, when: &str) -> Result<()> {
    let wrong = async || {
        let mut wrong = Vec::new();
        for item in open.items().await? {
            if !item.has_line || item.folded == facts(&item.truth)?.is_empty() {
                wrong.push(item);
            }
        }
        anyhow::Ok(wrong)
    };
    let settled =
        wait_for("the drawn items to be folded as they are", SOON, || async { Ok(wrong().await?.is_empty()) });
    let settled = settled.await;
    let (file, (drawn, broken)) = (&open.proof.file, drawn(open.browser).await?);
    ensure!(broken.is_none(), "{file}, {when}: the list is broken: {broken:?}");
    settled.with_context(|| format!("{file}, {when}, with {drawn} drawn: {:?}", open.proof.address))
}

async fn is_read_through(scene: &Scene, nodes: &str) -> Result<()> {
    let Scene { web, browser } = scene;
    let proofs = all_proofs()?;
    choose_all(browser, "lower").await?;
    also_read_all(browser, &proofs).await?;
    for (proof, layouts) in &proofs {
        serve(web, proof);
        // Two proofs may stand at one address.
        browser.goto(&format!("{}?nodes={nodes}&proof={}", proof.url(), proof.file)).await?;
        browser.wait_for_js("document.documentElement.dataset.drawn", SOON).await?;
        let open = Open { proof, layouts: layouts.clone(), browser };
        let mut seen = Vec::new();
        for part in STOPS {
            scroll_to(browser, part).await?;
            folds_what_is_so(&open, &format!("nodes {nodes}, scrolled to {part}")).await?;
            seen.push(drawn(browser).await?.0);
        }
        // A list that draws everything at once, or the same wherever it is, would prove nothing.
        ensure!(seen[0] != seen[2] && seen[2] != seen[4], "{}: drawn were {seen:?}", proof.file);
    }
    Ok(())
}

#[test]
fn nodes_that_are_thrown_away_and_made_are_read_on_every_site() -> Result<()> {
    in_both(async |scene| {
        is_read_through(&scene, "made-anew").await?;
        scene.browser.quit().await
    })
}

#[test]
fn nodes_that_are_used_again_are_read_on_every_site() -> Result<()> {
    in_both(async |scene| {
        is_read_through(&scene, "used-again").await?;
        scene.browser.quit().await
    })
}
