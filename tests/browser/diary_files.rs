//! How far it is with a file of the diary, told while it is brought in and while it is saved.
//!
//! A small file has as many parts as a large one, so that nothing here takes long; what a file holds is `diary_choices`'s.

use anyhow::{Result, ensure};
use serde_json::{Value, json};
use tempfile::TempDir;
use xtask::browser::Browser;

use super::Scene;
use super::diary_choices::{bring, open, sheets};
use super::diary_forgotten::{in_both_saving, saved};
use super::ours::wake;
use super::sight::says;

/// Has the page write down how far what is under way is, in hundredths, with the name of its bar; said once by [`far`].
const WATCH: &str = "window.far = [];
    new MutationObserver(() => {
        const bar = document.querySelector('.told progress[value]');
        const far = bar && [bar.getAttribute('aria-label'), Math.floor(100 * bar.value / bar.max)];
        if (far && far.join() !== window.far.at(-1)?.join()) window.far.push(far);
    }).observe(document.querySelector('.told'), { childList: true, subtree: true, attributes: true });";

/// How far it was, each time that it was another.
async fn far(browser: &Browser, words: &str) -> Result<Vec<u32>> {
    let seen: Vec<(String, u32)> = browser.eval("return window.far.splice(0)", vec![]).await?;
    ensure!(seen.iter().all(|(label, _)| label == words), "{words:?} is called {seen:?}");
    Ok(seen.into_iter().map(|(_, far)| far).collect())
}

#[test]
fn how_far_a_file_is_brought_in_and_saved_is_told_by_its_parts() -> Result<()> {
    let folder = TempDir::new()?;
    in_both_saving(folder.path(), async |Scene { browser, .. }| {
        wake(&browser).await?;
        let sheet = json!({ "news.example": { "pages": 1, "companies": {}, "feeds": {}, "seconds": 0 } });
        let sheets_of: serde_json::Map<_, _> = (0..40).map(|n| (format!("m{}", 600 + n), sheet.clone())).collect();
        let file = json!({ "file": "plainsight diary", "choices": {}, "sheets": sheets_of, "form": 1 });
        open(&browser).await?;
        browser.eval::<Value>(WATCH, vec![]).await?;
        // With blanks it is the same file.
        bring(&browser, folder.path(), &serde_json::to_string_pretty(&file)?, &says("diaryBrought", &[])).await?;
        let reading = far(&browser, &says("diaryReading", &[])).await?;
        ensure!(reading.len() > 20 && reading.is_sorted(), "it was told of bringing it in: {reading:?}");
        ensure!(reading[0] < 5 && reading[reading.len() - 1] > 95, "{reading:?}");
        ensure!(sheets(&browser).await? == file["sheets"], "{} is not what was brought in", sheets(&browser).await?);

        let all = saved(&browser, folder.path(), ".save-all", "all").await?;
        let saving = far(&browser, &says("diarySaving", &[])).await?;
        ensure!(saving.len() > 20 && saving.is_sorted(), "it was told of saving it: {saving:?}");
        ensure!(serde_json::from_str::<Value>(&all)?["sheets"] == file["sheets"], "{all}");
        browser.quit().await
    })
}
