//! The platform's own window on why an advertisement is shown: when a person has opened it from the advertisement, the receipt
//! quotes it; a window that a script opened, one that was opened from another post, and any other window are not read.
//!
//! The page is our own, in the structure that the site's file cites: a menu beside the item, and a window elsewhere in the
//! page, whose words come in after it. Nothing is asked of the platform for it.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::WebElement;
use xtask::browser::{Browser, Fixtures, Key, Response, Shadow, wait_for};

use super::ours::wake;
use super::receipt::{closed, inside};
use super::sight::{receipt, says};
use super::{SOON, Scene, in_both};

const HOST: &str = "www.facebook.com";
const URL: &str = "https://www.facebook.com/";
const REASONS: [&str; 3] = [
    "Boots & Co möchte Menschen zwischen 18 und 54 erreichen.",
    "Du hast boots.example besucht <b>kürzlich</b>.",
    "Dein Standort: Köln.",
];

/// Two advertisements and a post, each with a menu that leads to a window; the words of the window come a moment after it.
fn serve(web: &Fixtures) {
    let item = |at: u32, author: &str, is_ad: bool| {
        let label =
            "<span><a role=link href='/ads/about/?entry_product=ad_preferences'><span>Anzeige</span></a></span>";
        let id = format!("<a href='/{author}/posts/pfbid{at}'>3 Std.</a>");
        format!(
            "<div aria-posinset={at}><div><div><h4><a role=link href='https://www.facebook.com/{author}'>{author}</a></h4>{}{id}
             <div data-ad-preview=message><span dir=auto>Warum sehe ich das? Wegen {at}.</span></div>
             <div role=button tabindex=0 aria-haspopup=menu class=menu>…</div>
             <div role=button tabindex=0 class=photo>Foto</div></div></div></div>",
            if is_ad { label } else { "" }
        )
    };
    let script = r#"
        const made = (role, inner) => {
            const node = document.createElement('div');
            node.setAttribute('role', role);
            node.innerHTML = inner;
            document.body.append(node);
            return node;
        };
        window.openWhy = () => {
            const dialog = made('dialog', `<div role=heading aria-label=W><span dir=auto>Warum du diese Werbeanzeige siehst</span></div>
                <div role=button aria-label=Close class=close>x</div><div class=rows></div>
                <a href="/adpreferences/?entry_product=waist"><span dir=auto>Werbepräferenzen verwalten</span></a>`);
            dialog.querySelector('.close').onclick = () => dialog.remove();
            setTimeout(() => {
                for (const reason of REASONS) {
                    const row = document.createElement('div');
                    row.innerHTML = '<div role=button><span dir=auto><span dir=auto></span></span></div>';
                    row.querySelector('span span').textContent = reason;
                    dialog.querySelector('.rows').append(row);
                }
            }, 400);
        };
        document.querySelectorAll('.menu').forEach((menu) => menu.addEventListener('click', () => {
            const open = made('menu', '<div role=menuitem tabindex=0>Warum sehe ich diese Werbung?</div>');
            open.firstChild.onclick = () => { open.remove(); openWhy(); };
        }));
        document.querySelectorAll('.photo').forEach((photo) => photo.addEventListener('click', () => {
            const dialog = made('dialog', '<div role=button class=close>x</div><span dir=auto>Ein Bild von Köln.</span>');
            dialog.querySelector('.close').onclick = () => dialog.remove();
        }));"#
        .replace("REASONS", &json!(REASONS).to_string());
    let items = [item(1, "boots", true), item(2, "ana", false), item(3, "kessel", true)].concat();
    let page = format!(
        "<!doctype html><title>feed</title><link rel=icon href=data:,><div role=main>{items}</div><script>{script}</script>"
    );
    web.page(HOST, "/", Response::html(page));
}

async fn press(browser: &Browser, css: &str) -> Result<()> {
    browser.wait_for_js(&format!("document.querySelector('{css}')"), SOON).await?;
    browser.click(&browser.find(css).await?).await.with_context(|| format!("pressing {css}"))
}

/// What the receipt of the item at this place says; it is closed again.
async fn said(browser: &Browser, at: u32) -> Result<String> {
    let script = "const host = document.querySelector(`[aria-posinset='${arguments[0]}']`)?.firstElementChild;
        host?.scrollIntoView({ block: 'center', behavior: 'instant' });
        return host?.style.cssText.includes('!important') ? host : null";
    let mut found = None;
    wait_for("the line of ours", SOON, || async {
        Ok(browser.eval::<Option<Value>>(script, vec![json!(at)]).await?.is_some())
    })
    .await?;
    let host: Value = browser.eval(script, vec![json!(at)]).await?;
    let host = WebElement::from_json(host, browser.driver()?.handle().clone())?;
    for button in Shadow::of(&host).await?.find_all("button").await? {
        found = Some(button);
    }
    browser.click(&found.context("no button of ours")?).await?;
    wait_for("the receipt", SOON, || async { Ok(receipt(browser).await?.is_some()) }).await?;
    let words = browser.text(&inside(browser, "dialog").await?).await?;
    browser.press(Key::Escape + "").await?;
    closed(browser, "Escape").await?;
    Ok(words)
}

/// Opens the window from the item at this place, as a person does.
async fn open(browser: &Browser, at: u32) -> Result<()> {
    press(browser, &format!("[aria-posinset=\"{at}\"] .menu")).await?;
    press(browser, "[role=menuitem]").await?;
    browser.wait_for_js("document.querySelectorAll('[role=dialog] .rows > div').length === 3", SOON).await
}

async fn shut(browser: &Browser) -> Result<()> {
    press(browser, "[role=dialog] .close").await?;
    browser.wait_for_js("!document.querySelector('[role=dialog]')", SOON).await
}

#[test]
fn the_platforms_own_window_is_quoted_once_the_person_opened_it_from_the_advertisement() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        serve(&web);
        wake(&browser).await?;
        browser.goto(URL).await?;
        let sentence = says("receiptWhy", &["Facebook"]);
        let silent = async |at: u32, when: &str| {
            let words = said(&browser, at).await?;
            ensure!(!words.contains(&sentence), "{when}, of item {at}: {words}");
            anyhow::Ok(())
        };
        silent(1, "before anything was opened").await?;
        // A script opens it, and somebody looks at a picture of the advertisement.
        browser.eval::<Value>("openWhy()", vec![]).await?;
        browser.wait_for_js("document.querySelectorAll('[role=dialog] .rows > div').length === 3", SOON).await?;
        shut(&browser).await?;
        press(&browser, "[aria-posinset=\"1\"] .photo").await?;
        shut(&browser).await?;
        silent(1, "after other windows").await?;
        // From a post that is no advertisement, also where an advertisement was pressed before.
        open(&browser, 2).await?;
        shut(&browser).await?;
        silent(1, "after another post's").await?;
        silent(2, "no advertisement").await?;

        web.forget();
        open(&browser, 1).await?;
        let all = async || {
            let words = said(&browser, 1).await?;
            Ok(REASONS.iter().all(|reason| words.contains(reason)))
        };
        shut(&browser).await?;
        wait_for("the window to be quoted", SOON, all).await?;
        let words = said(&browser, 1).await?;
        ensure!(words.contains(&sentence), "{words}");
        for not in ["Warum du diese Werbeanzeige siehst", "Werbepräferenzen", "Ein Bild"] {
            ensure!(!words.contains(not), "{not:?} is no reason: {words}");
        }
        let quoted = inside_quotes(&words);
        ensure!(quoted == REASONS, "each reason once and on a line of its own: {quoted:?}");
        ensure!(words.find(&sentence) < words.find(&says("voiceAuthor", &[])), "not among what it says: {words}");
        silent(3, "another advertisement").await?;
        ensure!(web.requests_to(HOST).is_empty(), "something was asked of the platform");
        browser.quit().await
    })
}

/// The reasons as they stand in the words of a receipt, in their order.
fn inside_quotes(words: &str) -> Vec<&str> {
    words.lines().map(str::trim).filter(|line| REASONS.contains(line)).collect()
}
