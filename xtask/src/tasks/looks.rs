//! `cargo xtask demo --looks`: pictures of every site's proof in its look (`demo/looks`), as the real extension leaves it.
//!
//! In both browsers, light and dark, wide and narrow: once with the settings that everybody begins with, once with a
//! receipt open, and once with every act at work. They lie in `screenshots/looks` afterwards, named by what they show.
//!
//! What it deliberately does not do: judge. Whether it is beautiful a person says; what can be said by measure is held by
//! `tests/browser/shape.rs`.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::Result;
use serde_json::{Value, json};

use super::build;
use crate::browser::{Browser, Fixtures, Options, Shadow, WebElement, Which, wait_for};
use crate::replica::{Proof, SEEN, all_proofs, serve_proof, unnamed};
use crate::root;

/// How long the extension may take for what it does by itself, on a slow machine.
const SOON: Duration = Duration::from_secs(15);
/// Desktop and phone.
const SIZES: [(u32, u32); 2] = [(1280, 900), (390, 844)];

/// Takes all pictures.
///
/// # Errors
/// If the extension cannot be built, or a page is not marked.
pub fn run() -> Result<()> {
    let start = Instant::now();
    build::run()?;
    let proofs = all_proofs()?;
    let folder = root().join("screenshots/looks");
    tokio::runtime::Runtime::new()?.block_on(async {
        for which in Which::BOTH {
            for dark in [false, true] {
                let web = Fixtures::start().await?;
                let browser = Browser::open(which, &Options { dark, ..Options::new(&web) }).await?;
                let lens = Lens { web: &web, browser: &browser, dark, folder: folder.clone() };
                lens.all(&proofs).await?;
                browser.quit().await?;
            }
        }
        anyhow::Ok(())
    })?;
    println!("The pictures are in {}. They took {:.0} s.", folder.display(), start.elapsed().as_secs_f32());
    Ok(())
}

/// A browser, and how it is to look.
struct Lens<'a> {
    web: &'a Fixtures,
    browser: &'a Browser,
    dark: bool,
    folder: PathBuf,
}

impl Lens<'_> {
    async fn all(&self, proofs: &[(Proof, Value)]) -> Result<()> {
        for (proof, _) in proofs {
            serve_proof(self.web, proof, &proof.dressed(self.dark)?);
        }
        let acts = json!({ "sponsored": "hide", "suggested": "lower", "shelf": "lower", "activity": "dim", "ai": "dim", "partnership": "label" });
        let all_acts = json!({ "version": 1, "derank": true, "sites": {}, "acts": acts });
        for (name, settings) in [("labels", json!({})), ("acts", all_acts)] {
            self.browser.extension_page("extension/frame/frame.html").await?;
            let store = "await chrome.storage.local.set({ settings: arguments[0], also: arguments[1] });
                await chrome.runtime.sendMessage({ ask: 'state' })";
            self.browser.eval_async::<()>(store, vec![settings, unnamed(proofs)?]).await?;
            for (width, height) in SIZES {
                self.browser.viewport(width, height).await?;
                for (proof, layouts) in proofs {
                    let line = self.open(proof, layouts).await?;
                    self.take(proof, name, width).await?;
                    if let Some(line) = line.filter(|_| name == "labels") {
                        let buttons = Shadow::of(&line).await?.find_all("button").await?;
                        if let Some(why) = buttons.last() {
                            self.browser.click(why).await?;
                            let opened = "document.querySelector(\"html > div[style*='2147483647']\")";
                            self.browser.wait_for_js(opened, SOON).await?;
                            self.take(proof, "receipt", width).await?;
                        }
                    }
                }
            }
        }
        Ok(())
    }

    /// Opens a proof, waits until all of it is marked, and scrolls onto the first line that says something; it comes back.
    async fn open(&self, proof: &Proof, layouts: &Value) -> Result<Option<WebElement>> {
        self.browser.goto(&proof.url()).await?;
        let all = format!("{SEEN} const all = seen(); return all.length > 0 && all.every(({{ line }}) => line);");
        wait_for(&format!("{} to be marked", proof.file), SOON, || self.browser.eval(&all, vec![layouts.clone()]))
            .await?;
        // Where the truth says nothing, the eye stands alone.
        let first = format!(
            "{SEEN} const line = seen().find(({{ item }}) => /\"(?!followed)[a-z]+\": ?true/.test(item.dataset.truth))?.line;
             line?.scrollIntoView({{ block: 'center', behavior: 'instant' }});
             return line ?? null;"
        );
        let line: Option<Value> = self.browser.eval(&first, vec![layouts.clone()]).await?;
        line.map(|line| Ok(WebElement::from_json(line, self.browser.driver()?.handle().clone())?)).transpose()
    }

    async fn take(&self, proof: &Proof, what: &str, width: u32) -> Result<()> {
        let which = format!("{:?}", self.browser.which()).to_lowercase();
        let scheme = if self.dark { "dark" } else { "light" };
        let name = format!("{}-{what}-{width}-{scheme}-{which}.png", proof.name());
        self.browser.screenshot(&self.folder.join(name)).await
    }
}
