//! The extension's own pages, all of them: nothing that axe-core calls serious or worse, in light and dark; no page wider than
//! its window, from left and from right, in English, in German with its long words, and in Arabic; and each page's words in
//! one language, which it names.
//!
//! Pictures of them lie in `screenshots/` afterwards, as those of `looks` do.

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use xtask::browser::{Browser, Fixtures, Options, Response};
use xtask::root;

use super::looks::take;
use super::ours::{in_extension, wake};
use super::sight::{X, says, serve_replicas};
use super::{SOON, Scene, dashboard, in_both, options};

/// Each page: a name, its address, and what is there when it is drawn.
const PAGES: [(&str, &str, &str); 8] = [
    ("welcome", "extension/pages/welcome.html", "fieldset input"),
    ("options", "extension/pages/options.html", "textarea"),
    ("dashboard", dashboard::PAGE, ".plot rect"),
    ("dashboard-company", "extension/pages/dashboard.html#company=Loud%20Ads", "#subject"),
    ("lessons", "extension/pages/lessons.html#clickbait", "#clickbait"),
    ("selftest", "extension/pages/selftest.html", ".trials li"),
    ("popup", "extension/pages/popup.html?tab=", ".companies li"),
    ("panel", "extension/pages/panel.html?window=", ".receipts h4"),
];
const NEWS: &str = "https://news.example/";
const SIZES: [(u32, u32); 2] = [(1280, 900), (390, 844)];
/// A panel is a column beside a page, and never so wide.
const COLUMN: [(u32, u32); 2] = [(320, 1400), (400, 1400)];

/// What axe-core calls serious or worse, with the places.
pub(crate) async fn faults(browser: &Browser) -> Result<Vec<String>> {
    let file = root().join("node_modules/axe-core/axe.min.js");
    let axe = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let script = format!(
        "{axe};
        const {{ violations }} = await axe.run(document, {{ resultTypes: ['violations'] }});
        const bad = violations.filter(({{ impact }}) => ['serious', 'critical'].includes(impact));
        return bad.map(({{ id, nodes }}) => `${{id}}: ${{nodes.slice(0, 4).map(({{ target, failureSummary }}) => `${{target}} (${{failureSummary}})`).join('; ')}}`);"
    );
    browser.eval_async(&script, vec![]).await
}

/// Opens one of the pages and waits until it is drawn. The popup is about the tab of the news, the panel about the window
/// with the feed; of its receipts the first is open.
async fn open(browser: &Browser, address: &str, sign: &str) -> Result<()> {
    let mut address = address.to_owned();
    for (end, name, url) in [("tab=", "id", NEWS), ("window=", "windowId", X.url)] {
        if address.ends_with(end) {
            let script = "return (await chrome.tabs.query({})).find((tab) => tab.url === arguments[0])[arguments[1]]";
            let id: u32 = in_extension(browser, script, vec![url.into(), name.into()]).await?;
            address += &id.to_string();
        }
    }
    // A step within a page is no new page.
    browser.extension_page("extension/frame/frame.html").await?;
    browser.extension_page(&address).await?;
    browser.wait_for_js(&format!("document.querySelector({})", serde_json::json!(sign)), SOON).await?;
    browser.eval::<Value>("document.querySelector('.receipts details')?.setAttribute('open', '')", vec![]).await?;
    Ok(())
}

fn serve(web: &Fixtures) -> Result<()> {
    serve_replicas(web)?;
    let page = "<!doctype html><title>news</title><link rel=icon href=data:,>
        <script src=https://www.google-analytics.com/analytics.js></script>";
    web.page("news.example", "/", Response::html(page));
    Ok(())
}

/// The sizes at which a page is looked at.
fn sizes(name: &str) -> [(u32, u32); 2] {
    if name == "panel" { COLUMN } else { SIZES }
}

/// Whether a page is no wider than its window.
async fn fits(browser: &Browser, name: &str, width: u32) -> Result<()> {
    let wide: f64 = browser.eval("return document.documentElement.scrollWidth", vec![]).await?;
    ensure!(wide <= f64::from(width), "{name} is {wide} wide in a window of {width}");
    Ok(())
}

/// Looks at one page at both sizes, from left and from right.
pub(crate) async fn look(browser: &Browser, name: &str, dark: bool) -> Result<()> {
    let sizes = sizes(name);
    for (width, height) in sizes {
        browser.viewport(width, height).await?;
        for direction in ["ltr", "rtl"] {
            browser.eval::<Value>(&format!("document.documentElement.dir = '{direction}'"), vec![]).await?;
            fits(browser, &format!("{name}, {direction},"), width).await?;
            if direction == "ltr" || width == sizes[0].0 {
                take(browser, dark, &format!("page-{name}-{width}-{direction}")).await?;
            }
        }
        browser.eval::<Value>("document.documentElement.dir = 'ltr'", vec![]).await?;
    }
    Ok(())
}

/// Looks at all pages in the words of another language.
async fn look_in(browser: &Browser, tongue: &str, dark: bool) -> Result<()> {
    browser.extension_page("extension/frame/frame.html").await?;
    let choose = "await chrome.storage.local.set({ language: arguments[0] })";
    browser.eval_async::<()>(choose, vec![tongue.into()]).await?;
    for (name, address, sign) in PAGES {
        open(browser, address, sign).await.with_context(|| format!("{name} in {tongue}"))?;
        for (width, height) in sizes(name) {
            browser.viewport(width, height).await?;
            fits(browser, &format!("{name} in {tongue}"), width).await?;
            take(browser, dark, &format!("page-{name}-{width}-{tongue}")).await?;
        }
    }
    Ok(())
}

#[test]
fn no_page_of_ours_has_a_serious_fault_in_light_or_dark() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let which = browser.which();
        browser.quit().await?;
        serve(&web)?;
        let mut all = Vec::new();
        for (dark, tongue) in [(false, "de"), (true, "ar")] {
            let browser = Browser::open(which, &Options { dark, ..options(which, &web) }).await?;
            wake(&browser).await?;
            dashboard::keep(&browser).await?;
            browser.goto(NEWS).await?;
            let own = browser.open_tab().await?;
            browser.open_window().await?;
            browser.goto(X.url).await?;
            X.marked(&browser, 4).await?;
            browser.switch_to(&own).await?;
            for (name, address, sign) in PAGES {
                browser.viewport(1280, 900).await?;
                open(&browser, address, sign).await.with_context(|| name.to_owned())?;
                let found = faults(&browser).await.with_context(|| format!("axe on {name}"))?;
                all.extend(found.into_iter().map(|fault| format!("{name}, dark {dark}: {fault}")));
                look(&browser, name, dark).await?;
            }
            look_in(&browser, tongue, dark).await?;
            browser.quit().await?;
        }
        ensure!(all.is_empty(), "{}", all.join("\n"));
        Ok(())
    })
}

#[test]
fn a_page_names_the_language_of_its_words_and_their_direction() -> Result<()> {
    in_both(async |Scene { browser, .. }| {
        for (_, address, _) in PAGES {
            browser.extension_page(address).await?;
            // Which language the person chose is asked of the store.
            browser.wait_for_js("document.documentElement.dir", SOON).await?;
            let named: [String; 2] =
                browser.eval("const { lang, dir } = document.documentElement; return [lang, dir]", vec![]).await?;
            ensure!(named[0].starts_with("en") && named[1] == "ltr", "{address} says {named:?}");
        }
        browser.quit().await
    })
}

#[test]
fn the_pages_speak_the_language_that_the_person_chose() -> Result<()> {
    in_both(async |Scene { browser, .. }| {
        for (tongue, direction) in [("de", "ltr"), ("ar", "rtl"), ("", "ltr")] {
            browser.extension_page("extension/pages/options.html").await?;
            browser.wait_for_js("document.querySelector('select.tongue')", SOON).await?;
            let choose = "const list = document.querySelector('select.tongue');
                list.value = arguments[0];
                list.dispatchEvent(new Event('change', { bubbles: true }));";
            browser.eval::<Value>(choose, vec![tongue.into()]).await?;
            let tongue = if tongue.is_empty() { "en" } else { tongue };
            let file = root().join(format!("_locales/{tongue}/messages.json"));
            let messages: Value = serde_json::from_str(&std::fs::read_to_string(file)?)?;
            // The page is loaded anew by itself, and every other one as it is opened.
            for (page, title) in [("options.html", "optionsTitle"), ("dashboard.html", "dashboardTitle")] {
                if page != "options.html" {
                    browser.extension_page(&format!("extension/pages/{page}")).await?;
                }
                let wanted = format!("document.querySelector('h1')?.textContent === {}", messages[title]["message"]);
                browser.wait_for_js(&wanted, SOON).await.with_context(|| format!("{page} in {tongue}"))?;
                let named: [String; 2] =
                    browser.eval("const { lang, dir } = document.documentElement; return [lang, dir]", vec![]).await?;
                ensure!(named[0].starts_with(tongue) && named[1] == direction, "{page} in {tongue} says {named:?}");
            }
        }
        browser.quit().await
    })
}

#[test]
fn the_welcome_chooses_what_the_popup_shows() -> Result<()> {
    in_both(async |Scene { browser, .. }| {
        browser.extension_page("extension/pages/welcome.html").await?;
        browser.wait_for_js("document.querySelector('fieldset input')", SOON).await?;
        ensure!(
            browser.eval::<String>("return document.querySelector('fieldset :checked').value", vec![]).await?
                == "balanced"
        );
        browser.click(&browser.find("input[value=strict]").await?).await?;
        let stored = "return (await chrome.storage.local.get('settings')).settings?.level ?? ''";
        xtask::browser::wait_for("the choice", SOON, || async {
            Ok(browser.eval_async::<String>(stored, vec![]).await? == "strict")
        })
        .await?;
        browser.extension_page("extension/pages/options.html").await?;
        let shown = "[...document.querySelectorAll('#kinds ~ label select')][0]?.value === 'strict'";
        browser.wait_for_js(shown, SOON).await?;
        browser.quit().await
    })
}

#[test]
fn each_protection_is_tried_and_what_is_off_says_so() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        wake(&browser).await?;
        web.forget();
        let outcomes = "return Object.fromEntries([...document.querySelectorAll('.trials li')].map(
            (one) => [one.dataset.trial, one.querySelector('.outcome').textContent]))";
        let told = async || -> Result<Value> {
            browser.extension_page("extension/pages/selftest.html").await?;
            browser.wait_for_js("document.querySelector('.trials li')", SOON).await?;
            browser.eval(outcomes, vec![]).await
        };
        let usual = told().await?;
        let (works, off) = (says("selftestWorks", &[]), says("selftestOff", &[]));
        for name in ["permit", "feed", "core", "trackers", "links", "cookies", "gpc", "unwrap"] {
            ensure!(usual[name] == works, "{name}: {usual}");
        }
        for name in ["ads", "widgets"] {
            ensure!(usual[name] == off, "{name}: {usual}");
        }
        let cname =
            if browser.which() == xtask::browser::Which::Firefox { works.clone() } else { says("selftestCannot", &[]) };
        ensure!(usual["names"] == cname, "names: {usual}");
        super::yard::protect(
            &browser,
            serde_json::json!({ "version": 1, "switches": { "ads": true, "trackers": false } }),
        )
        .await?;
        let changed = told().await?;
        ensure!(changed["ads"] == works && changed["trackers"] == off, "{changed}");
        // The browser's own services may ask for what they like; what was tried on was asked for by nobody.
        let hosts =
            "return [...document.querySelectorAll('.trials code')].map((one) => new URL(one.textContent).hostname)";
        let hosts: Vec<String> = browser.eval(hosts, vec![]).await?;
        ensure!(hosts.len() >= 4, "hardly anything is tried on an address: {hosts:?}");
        for host in hosts {
            ensure!(web.requests_to(&host).is_empty(), "a trial asked {host}");
        }
        browser.quit().await
    })
}
