//! What is forgotten where the dashboard shows it, what is damaged and thrown away, and how the choices about the diary look.
//!
//! Pressed and read as in `diary_choices`, which has the other choices.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tempfile::TempDir;
use xtask::browser::{Browser, Options, Which, wait_for};

use super::dashboard::{self, keep, said};
use super::diary::rows;
use super::diary_choices::{asked, open, periods, press, sheets, today, told};
use super::looks::take;
use super::ours::{in_extension, wake};
use super::pages::faults;
use super::sight::says;
use super::{SOON, Scene, in_both, in_both_with, options};

/// Browsers that save files into a folder without asking.
pub(crate) fn in_both_saving(folder: &Path, test: impl AsyncFn(Scene) -> Result<()>) -> Result<()> {
    let change = |which, options| {
        let folder = json!(folder_of(folder, which));
        let prefs = match which {
            Which::Chromium => vec![
                ("download.default_directory".to_owned(), folder),
                ("download.prompt_for_download".to_owned(), json!(false)),
            ],
            Which::Firefox => vec![
                ("browser.download.folderList".to_owned(), json!(2)),
                ("browser.download.dir".to_owned(), folder),
                ("browser.download.alwaysOpenPanel".to_owned(), json!(false)),
            ],
        };
        Ok(Options { prefs, ..options })
    };
    for which in Which::BOTH {
        std::fs::create_dir_all(folder_of(folder, which))?;
    }
    in_both_with(change, test)
}

pub(crate) fn folder_of(folder: &Path, which: Which) -> std::path::PathBuf {
    folder.join(format!("{which:?}"))
}

/// Presses a button that saves a file, and reads what lies in the folder then.
pub(crate) async fn saved(browser: &Browser, folder: &Path, css: &str, name: &str) -> Result<String> {
    press(browser, css).await?;
    let words = says("diarySaved", &["@"]);
    let before = words.split('@').next().unwrap_or_default().to_owned();
    told(browser, &format!("{before}plainsight-{name}-")).await?;
    let of = |words: &String| words.rsplit(' ').next().unwrap_or_default().to_owned();
    let file = said(browser, ".told .done").await?.first().map(of).context("no file is named")?;
    let file = folder_of(folder, browser.which()).join(file);
    let read = || std::fs::read_to_string(&file).ok().filter(|text| !text.is_empty());
    wait_for("the file", SOON, || async { Ok(read().is_some()) }).await.with_context(|| file.display().to_string())?;
    let text = read().context("the file is gone")?;
    std::fs::remove_file(&file)?;
    Ok(text)
}

#[test]
fn what_the_dashboard_shows_of_a_site_or_a_day_is_forgotten_there() -> Result<()> {
    in_both(async |Scene { browser, .. }| {
        wake(&browser).await?;
        keep(&browser).await?;
        let now = today(&browser).await?;
        browser.extension_page(&format!("{}#site=news.example", dashboard::PAGE)).await?;
        press(&browser, "main .forget").await?;
        let goes = asked(&browser, &says("diaryAskSite", &["news.example"])).await?;
        ensure!(goes.contains(&format!("{}20", says("diaryRequests", &[]))), "{goes:?}");
        press(&browser, "dialog[open] .forget").await?;
        browser.wait_for_js("document.querySelector('.sums')", SOON).await?;
        ensure!(rows(&browser, "news.example").await?.is_empty(), "the site is not forgotten");
        let sites = said(&browser, ".matrix thead th a").await?;
        ensure!(!sites.contains(&"news.example".to_owned()), "the page still shows it: {sites:?}");

        browser.extension_page("extension/frame/frame.html").await?;
        browser.extension_page(&format!("{}#range=day&end={now}", dashboard::PAGE)).await?;
        press(&browser, "main .forget").await?;
        asked(&browser, &says("diaryAskDay", &["@"]).replace('@', &day(&browser, now - 1).await?)).await?;
        press(&browser, "dialog[open] .forget").await?;
        browser.wait_for_js("!document.querySelector('.sums')", SOON).await?;
        ensure!(periods(&browser).await? == [format!("d{now}")], "{:?}", periods(&browser).await?);
        browser.quit().await
    })
}

/// A day as the pages write it.
async fn day(browser: &Browser, day: u32) -> Result<String> {
    let script = "const { speech } = await import(chrome.runtime.getURL('extension/pages/language.js'));
        const { lang } = document.documentElement;
        return speech(lang || chrome.i18n.getUILanguage(), () => '').day(arguments[0], 'whole')";
    in_extension(browser, script, vec![json!(day)]).await
}

#[test]
fn what_is_damaged_is_saved_and_thrown_away_when_the_person_says_so() -> Result<()> {
    let folder = TempDir::new()?;
    in_both_saving(folder.path(), async |Scene { browser, .. }| {
        wake(&browser).await?;
        keep(&browser).await?;
        // As a browser that dies while it writes may leave it.
        let spoil = "const base = await new Promise((done) => {
                const asked = indexedDB.open('diary', 1);
                asked.onsuccess = () => done(asked.result);
            });
            const step = base.transaction('kept', 'readwrite');
            step.objectStore('kept').put(new Uint8Array([1, 2, 255]), 'aside sheet d100');
            await new Promise((done) => { step.oncomplete = done; });
            base.close();";
        let before = sheets(&browser).await?;
        in_extension::<()>(&browser, spoil, vec![]).await?;
        open(&browser).await?;
        let file: Value = serde_json::from_str(&saved(&browser, folder.path(), ".aside-save", "damaged").await?)?;
        ensure!(file["values"] == json!({ "aside sheet d100": "0102ff" }), "{file}");
        press(&browser, ".aside-throw").await?;
        browser.wait_for_js("!document.querySelector('.aside-throw')", SOON).await?;
        ensure!(sheets(&browser).await? == before, "more went than what was damaged");
        browser.quit().await
    })
}

#[test]
fn the_choices_about_the_diary_can_be_looked_at() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let which = browser.which();
        browser.quit().await?;
        for dark in [false, true] {
            let browser = Browser::open(which, &Options { dark, ..options(which, &web) }).await?;
            wake(&browser).await?;
            keep(&browser).await?;
            let never = json!({ "diary": { "never": ["bank.example"], "keep": 365 } });
            in_extension::<()>(&browser, "await chrome.storage.local.set(arguments[0])", vec![never]).await?;
            for width in [900, 380] {
                browser.viewport(width, 1400).await?;
                open(&browser).await?;
                for direction in ["rtl", "ltr"] {
                    let show = "document.documentElement.dir = arguments[0]; document.querySelector('#diary').scrollIntoView()";
                    browser.eval::<Value>(show, vec![json!(direction)]).await?;
                    let wide: f64 = browser.eval("return document.documentElement.scrollWidth", vec![]).await?;
                    ensure!(wide <= f64::from(width), "it is {wide} wide in a window of {width}, {direction}");
                    take(&browser, dark, &format!("diary-{width}-{direction}")).await?;
                }
                press(&browser, ".forget-all").await?;
                asked(&browser, &says("diaryAskAll", &[])).await?;
                let found = faults(&browser).await?;
                ensure!(found.is_empty(), "dark {dark}: {}", found.join("\n"));
                take(&browser, dark, &format!("diary-{width}-asked")).await?;
            }
            browser.quit().await?;
        }
        Ok(())
    })
}
