//! A person's own rules and lists: at work in both browsers once they are saved, gone once they are taken away, and nothing
//! changed where an order fails.
//!
//! Orders are given as the page of choices gives them; what came of them is read from what reached the server.

use anyhow::{Result, ensure};
use serde::Deserialize;
use serde_json::{Value, json};
use xtask::browser::{Browser, Fixtures, Response, wait_for};

use super::ours::{in_extension, open_popup};
use super::sight::says;
use super::{SOON, Scene, in_both};

pub(crate) const PAGE: &str = "https://news.example/";

/// What the background says of the person's own rules and lists.
#[derive(Debug, Deserialize)]
struct Own {
    rules: String,
    lists: Vec<List>,
    accounts: Vec<Account>,
    trouble: String,
}

#[derive(Debug, Deserialize)]
struct List {
    id: String,
}

#[derive(Debug, Deserialize)]
struct Account {
    title: String,
    rules: usize,
    refused: usize,
}

async fn order(browser: &Browser, order: Value) -> Result<Own> {
    in_extension(browser, "return chrome.runtime.sendMessage(arguments[0])", vec![order]).await
}

/// Which of these hosts are reached by a page that asks for a picture of each.
pub(crate) async fn reached(web: &Fixtures, browser: &Browser, hosts: &[&str]) -> Result<Vec<String>> {
    web.forget();
    browser.goto(PAGE).await?;
    let ask = "await Promise.all(arguments[0].map((host) => new Promise((done) => {
        const picture = new Image();
        picture.onload = picture.onerror = done;
        picture.src = `https://${host}/p.svg`;
    })))";
    browser.eval_async::<()>(ask, vec![json!(hosts)]).await?;
    let came = |host: &&str| !web.requests_to(host).is_empty();
    Ok(hosts.iter().copied().filter(came).map(str::to_owned).collect())
}

/// Every host answers: with a list, with nothing, with a picture or with a page.
fn serve(web: &Fixtures) {
    web.on("*", |request| {
        Some(match request.path.as_str() {
            "/list.txt" => Response::new("text/plain", "! Title: A list\n||listed.example^\n||one two^\n"),
            "/kept/in/several.txt" => Response::new(
                "text/plain",
                "! Title: Several\n!#include parts/one.txt\n||listed.example^\n!#include https://other.example/kept/x.txt\n",
            ),
            "/kept/in/parts/one.txt" => Response::new("text/plain", "||one.example^\n!#include two.txt\n"),
            "/kept/in/parts/two.txt" => {
                Response::new("text/plain", "||two.example^\n!#include one.txt\n!#include ../several.txt\n")
            }
            "/half.txt" => Response::new("text/plain", "||half.example^\n!#include gone.txt\n"),
            "/gone.txt" => Response::new("text/plain", "").status(404),
            "/p.svg" => Response::new("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'/>"),
            "/page.txt" => Response::html("<!doctype html><title>no list</title>"),
            _ => Response::html("<!doctype html><title>page</title><link rel=icon href=data:,>"),
        })
    });
}

#[test]
fn own_rules_and_lists_are_at_work_until_they_are_taken_away() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve(&web);
        let hosts = ["mine.example", "listed.example", "other.example"];
        let own = order(&browser, json!({ "ask": "own" })).await?;
        ensure!(own.rules.is_empty() && own.lists.is_empty() && own.trouble.is_empty(), "{own:?}");
        let own = order(&browser, json!({ "ask": "keep-rules", "text": "||mine.example^\n||a b^" })).await?;
        ensure!(own.trouble.is_empty() && own.accounts[0].rules == 1 && own.accounts[0].refused == 1, "{own:?}");
        ensure!(reached(&web, &browser, &hosts).await? == ["listed.example", "other.example"]);
        // It is fetched now and at no other time.
        web.forget();
        let own = order(&browser, json!({ "ask": "add-list", "url": "https://lists.example/list.txt" })).await?;
        ensure!(own.trouble.is_empty() && own.lists.len() == 1, "{own:?}");
        ensure!(own.accounts[1].title == "A list" && own.accounts[1].rules == 1, "{own:?}");
        ensure!(web.requests_to("lists.example").len() == 1);
        ensure!(reached(&web, &browser, &hosts).await? == ["other.example"]);
        // What was made outlives the background.
        browser.kill_background().await?;
        ensure!(reached(&web, &browser, &hosts).await? == ["other.example"]);
        ensure!(web.requests_to("lists.example").is_empty());
        // An order that fails changes nothing.
        for url in ["http://lists.example/list.txt", "nonsense"] {
            let failed = order(&browser, json!({ "ask": "add-list", "url": url })).await?;
            ensure!(!failed.trouble.is_empty() && failed.lists.len() == 1, "{failed:?}");
        }
        ensure!(reached(&web, &browser, &hosts).await? == ["other.example"]);
        order(&browser, json!({ "ask": "forget-list", "id": own.lists[0].id })).await?;
        order(&browser, json!({ "ask": "keep-rules", "text": "" })).await?;
        ensure!(reached(&web, &browser, &hosts).await? == hosts);
        browser.quit().await
    })
}

#[test]
fn a_list_in_several_files_comes_with_one_order_and_from_its_own_folder() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve(&web);
        let hosts = ["listed.example", "one.example", "two.example", "half.example"];
        let fetched = || web.requests_to("lists.example").into_iter().map(|it| it.path).collect::<Vec<_>>();
        for ask in [
            json!({ "ask": "add-list", "url": "https://lists.example/kept/in/several.txt" }),
            json!({ "ask": "fetch-lists" }),
        ] {
            web.forget();
            let own = order(&browser, ask).await?;
            ensure!(own.trouble.is_empty() && own.accounts[0].title == "Several", "{own:?}");
            // What leads out of the folder, into a circle or to another origin is a line that cannot be used.
            ensure!(own.accounts[0].rules == 3 && own.accounts[0].refused == 3, "{own:?}");
            ensure!(
                fetched() == ["/kept/in/several.txt", "/kept/in/parts/one.txt", "/kept/in/parts/two.txt"],
                "{:?}",
                fetched()
            );
            ensure!(web.requests_to("other.example").is_empty(), "it was fetched from elsewhere");
            ensure!(reached(&web, &browser, &hosts).await? == ["half.example"]);
        }
        // Half a list is none.
        let failed = order(&browser, json!({ "ask": "add-list", "url": "https://lists.example/half.txt" })).await?;
        ensure!(failed.trouble == says("ownNotThere", &[]) && failed.lists.len() == 1, "{failed:?}");
        ensure!(reached(&web, &browser, &hosts).await? == ["half.example"]);
        browser.quit().await
    })
}

#[test]
fn the_popup_lets_a_site_rest_and_protects_it_again() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve(&web);
        let tracker = ["sb.scorecardresearch.com"];
        ensure!(reached(&web, &browser, &tracker).await?.is_empty());
        for wanted in [&tracker[..], &[]] {
            let page = open_popup(&browser, PAGE).await?;
            let label = says("popupProtectionHere", &["news.example"]);
            let switch = "const row = [...document.querySelectorAll('label.row')].find((one) => one.textContent.startsWith(arguments[0]));
                row?.querySelector('input').click();
                return Boolean(row);";
            wait_for("the switch", SOON, || async { browser.eval(switch, vec![json!(label)]).await }).await?;
            let choice = "const { protection } = await chrome.storage.local.get('protection');
                return Object.keys(protection?.sites ?? {}).length";
            let stored = usize::from(!wanted.is_empty());
            wait_for("the choice", SOON, || async { Ok(browser.eval_async::<usize>(choice, vec![]).await? == stored) })
                .await?;
            super::yard::protect_as_stored(&browser).await?;
            browser.close_tab(&page).await?;
            ensure!(reached(&web, &browser, &tracker).await? == wanted);
        }
        browser.quit().await
    })
}
