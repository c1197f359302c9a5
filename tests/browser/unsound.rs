//! Newer lists that are not taken, as a whole or one of them: it is told why, and the old verdicts hold.
//!
//! The lists' homes are played as in `updates.rs`; what holds is read from what reached the server.

use anyhow::{Result, ensure};
use serde_json::json;
use xtask::browser::{Response, Which};

use super::ours::in_extension;
use super::own::reached;
use super::updates::{ADDED, DROPPED, KEPT, homes, order, plain, serve};
use super::{Scene, in_both, updates, yard};

/// A text that names no patches, so that it is fetched whole each time.
fn without_patches(text: &str) -> String {
    text.replace("! Diff-Path:", "! No path:")
}

fn newer() -> Result<String> {
    Ok(without_patches(&updates::newer()?))
}

fn shipped() -> Result<String> {
    Ok(without_patches(&updates::shipped("easyprivacy")?))
}

#[test]
fn what_is_wrong_with_a_newer_list_is_told_and_the_old_verdicts_hold() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let [few, many] = DROPPED.map(|(host, _)| host);
        let hosts = [few, many, ADDED, KEPT];
        let known = order(&browser, json!({ "ask": "updates" })).await?;
        let answer = serve(&web, homes(&browser, &known).await?);
        let whole = newer()?;
        let damaged: String = whole.lines().map(|line| format!("{}\u{0}\n", line)).collect();
        let half: String = whole.lines().take(20_000).map(|line| format!("{line}\n")).collect();
        let bad = [
            (Response::html("<!doctype html><title>Not here any more</title>"), "not a list"),
            (plain(damaged), ""),
            (plain(half), "more than half"),
            (plain(whole.replace("Title: EasyPrivacy", "Title: Another")), "another list"),
            (plain("!\n".repeat(10_500_000)), "larger than 20 MB"),
            (plain(whole.clone()).status(500), "500"),
        ];
        // First of all that is wrong before anything newer is here, and then with it.
        let mut held = vec![ADDED];
        for round in 0..2 {
            for (response, why) in bad.clone() {
                answer.set(response);
                let known = order(&browser, json!({ "ask": "check-lists" })).await?;
                let home = known.home("EasyPrivacy")?;
                let is_told = !home.trouble.is_empty() && home.trouble.contains(why);
                ensure!(is_told && home.newer == (round == 1), "round {round}, {why}: {known:?}");
            }
            ensure!(reached(&web, &browser, &hosts).await? == held, "round {round}");
            answer.set(plain(whole.clone()));
            let known = order(&browser, json!({ "ask": "check-lists" })).await?;
            ensure!(known.is_well() && !known.on, "round {round}: {known:?}");
            held = vec![few, many];
            ensure!(reached(&web, &browser, &hosts).await? == held, "round {round}");
        }
        // More than a browser can hold that has rules: nothing of it.
        let patterns: String = (0..30_000).map(|i| format!("/much-{i}-\n")).collect();
        answer.set(plain(format!("{}{patterns}", shipped()?)));
        let known = order(&browser, json!({ "ask": "check-lists" })).await?;
        match browser.which() {
            Which::Chromium => {
                ensure!(known.trouble.contains("cannot hold"), "{known:?}");
                ensure!(reached(&web, &browser, &hosts).await? == held);
            }
            Which::Firefox => {
                ensure!(known.is_well(), "{known:?}");
                ensure!(reached(&web, &browser, &hosts).await? == [ADDED]);
            }
        }
        browser.quit().await
    })
}

#[test]
fn what_a_browser_refuses_is_taken_back_and_another_release_begins_anew() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let [few, many] = DROPPED.map(|(host, _)| host);
        let hosts = [few, many, ADDED, KEPT];
        let known = order(&browser, json!({ "ask": "updates" })).await?;
        let answer = serve(&web, homes(&browser, &known).await?);
        answer.set(plain(newer()?));
        let known = order(&browser, json!({ "ask": "check-lists" })).await?;
        ensure!(known.is_well(), "{known:?}");
        ensure!(reached(&web, &browser, &hosts).await? == [few, many]);
        // Chromium takes a thousand expressions and no more, which it is left to say by itself.
        let expressions: String = (0..1_100).map(|i| format!("/much[0-9]+n{i}e/\n")).collect();
        answer.set(plain(format!("{}{expressions}", shipped()?)));
        let known = order(&browser, json!({ "ask": "check-lists" })).await?;
        if browser.which() == Which::Chromium {
            ensure!(!known.trouble.is_empty() && known.home("EasyPrivacy")?.newer, "{known:?}");
            println!("the browser said {:?}", known.trouble);
            ensure!(reached(&web, &browser, &hosts).await? == [few, many]);
            browser.kill_background().await?;
            ensure!(reached(&web, &browser, &hosts).await? == [few, many]);
            answer.set(plain(newer()?));
            let known = order(&browser, json!({ "ask": "check-lists" })).await?;
            ensure!(known.is_well(), "{known:?}");
        } else {
            ensure!(known.is_well(), "{known:?}");
            ensure!(reached(&web, &browser, &hosts).await? == [ADDED]);
        }
        let another = "const { made } = await chrome.storage.local.get('made');
            await chrome.storage.local.set({ made: { ...made, release: '0.0.0' } })";
        in_extension::<()>(&browser, another, vec![]).await?;
        browser.kill_background().await?;
        yard::protect_as_stored(&browser).await?;
        ensure!(reached(&web, &browser, &hosts).await? == [ADDED]);
        let known = order(&browser, json!({ "ask": "updates" })).await?;
        ensure!(known.homes.iter().all(|home| !home.newer), "{known:?}");
        browser.quit().await
    })
}
