//! Phrases come when a text in their language is met: not before, for what was judged before as well, and once.
//!
//! What a page has loaded cannot be seen from without, so every language's file is given one language's phrases where
//! that is the question: had any been brought, its phrases would be noticed. How well languages are told is held by
//! `data/languages` and its proof.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use tempfile::TempDir;
use xtask::browser::{Browser, Fixtures, Options, wait_for};

use super::guard::copy;
use super::ours::{choose, found};
use super::sight::X;
use super::small::{cell, feed_of, serve_small};
use super::{SOON, Scene, in_both, options};

const ENGLISH: &str = "We tried the recipe from the video and it was really good. Tag a friend who needs this!";
/// Bait in too few words for anybody to say that they are German.
pub(crate) const SHORT: &str = "Markiere jemanden 👇";
const GERMAN: &str =
    "Wir haben das Rezept aus dem Video nachgekocht, und es war sehr gut. Markiere jemanden, der das auch mag!";

/// A feed with an English post and one that may be of any language.
async fn open_feed(web: &Fixtures, browser: &Browser) -> Result<()> {
    let posts = [cell(1, "friend", ENGLISH, false), cell(2, "anna", SHORT, false)];
    serve_small(web, &feed_of(&posts.concat()), "");
    choose(browser, true, ["hide", "lower", "label"]).await?;
    browser.goto(X.url).await?;
    X.marked(browser, 2).await
}

/// Puts one more post at the end.
async fn add(browser: &Browser, id: u32, text: &str) -> Result<()> {
    let script = "document.querySelector('#feed').insertAdjacentHTML('beforeend', arguments[0])";
    browser.eval(script, vec![json!(cell(id, "ben", text, false))]).await
}

/// How many posts there are, and in how many somebody is asked to name others.
async fn counted(browser: &Browser) -> Result<(usize, usize)> {
    let found = found(browser, X.url).await?.context("nobody answers")?;
    Ok((found.items, found.kind("tag-bait")))
}

/// The same browser with an extension in which something was changed, and the folder that it reads.
pub(crate) async fn reopened(
    web: &Fixtures,
    browser: Browser,
    change: impl Fn(&Path) -> Result<()>,
) -> Result<(Browser, TempDir)> {
    let which = browser.which();
    browser.quit().await?;
    let home = tempfile::tempdir()?;
    let folder = home.path().join("changed");
    let whole = options(which, web);
    copy(whole.extension.as_deref().unwrap_or(Path::new(".")), &folder)?;
    change(&folder.join("build"))?;
    let browser = Browser::open(which, &Options { extension: Some(folder), ..whole }).await?;
    Ok((browser, home))
}

fn each_language(build: &Path, change: impl Fn(&Path) -> Result<()>) -> Result<()> {
    for entry in fs::read_dir(build)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with("phrases-") {
            change(&entry.path())?;
        }
    }
    Ok(())
}

#[test]
fn german_is_brought_by_the_first_german_post_and_judges_those_before_it() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let every_file_is_german = |build: &Path| {
            let german = fs::read(build.join("phrases-de.pack"))?;
            // English phrases are at hand: what comes with the first English text is the model, and it may.
            let is_brought = |file: &Path| !file.ends_with("phrases-en.pack");
            each_language(build, |file| Ok(if is_brought(file) { fs::write(file, &german) } else { Ok(()) }?))
        };
        let (browser, _home) = reopened(&web, browser, every_file_is_german).await?;
        open_feed(&web, &browser).await?;
        add(&browser, 3, "Does anybody know where I can get this bike fixed?").await?;
        X.marked(&browser, 3).await?;
        // Were any language here but English, the short post would be noticed: every file would have brought German.
        ensure!(counted(&browser).await? == (3, 1), "before German there are {:?}", counted(&browser).await?);
        add(&browser, 4, GERMAN).await?;
        let both = wait_for("the German posts to be marked", SOON, || async { Ok(counted(&browser).await? == (4, 3)) });
        ensure!(both.await.is_ok(), "of posts and bait there are {:?}", counted(&browser).await?);
        // Lines that stand for nothing any more would be left over if items were marked twice.
        ensure!(X.items(&browser).await?.len() == 4, "the feed is not as it was");
        browser.quit().await
    })
}

#[test]
fn what_was_brought_comes_also_after_the_background_has_died() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        open_feed(&web, &browser).await?;
        browser.kill_background().await?;
        add(&browser, 3, GERMAN).await?;
        let both = wait_for("the German posts to be marked", SOON, || async { Ok(counted(&browser).await? == (3, 3)) });
        ensure!(both.await.is_ok(), "of posts and bait there are {:?}", counted(&browser).await?);
        browser.quit().await
    })
}

#[test]
fn a_language_that_cannot_be_had_leaves_all_else_at_work() -> Result<()> {
    in_both(async |Scene { web, browser }| {
        let one_is_damaged_and_all_others_are_gone = |build: &Path| {
            each_language(build, |file| {
                let is_german = file.ends_with("phrases-de.pack");
                Ok(if is_german { fs::write(file, "damaged") } else { fs::remove_file(file) }?)
            })
        };
        let (browser, _home) = reopened(&web, browser, one_is_damaged_and_all_others_are_gone).await?;
        open_feed(&web, &browser).await?;
        add(&browser, 3, GERMAN).await?;
        add(&browser, 4, "Nous avons essayé la recette de la vidéo et c'était très bon pour tous.").await?;
        X.marked(&browser, 4).await?;
        add(&browser, 5, ENGLISH).await?;
        X.marked(&browser, 5).await?;
        let still =
            wait_for("the English posts to be marked", SOON, || async { Ok(counted(&browser).await? == (5, 2)) });
        ensure!(still.await.is_ok(), "of posts and bait there are {:?}", counted(&browser).await?);
        browser.quit().await
    })
}
