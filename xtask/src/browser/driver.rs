//! A browser's life: opened with a fresh profile, given the extension, restarted, ended.
//!
//! What one does with its pages is in `page`, with the extension's background in `background`. The profile lies in a
//! temporary folder and goes with the [`Browser`]; whatever was started is killed with it, also when a test fails.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;
use tempfile::TempDir;
use thirtyfour::WebDriver;
use thirtyfour::bidi::BiDi;

use super::launch::{self, FIREFOX_UUID};
use super::process::Process;
use super::{Options, Which, within};

/// A running Chromium or Firefox.
pub struct Browser {
    pub(super) which: Which,
    options: Options,
    /// `None` only between two sessions of one profile. Stands before the process: a session whose driver is gone
    /// must not be asked to end.
    session: Option<Session>,
    home: TempDir,
}

struct Session {
    driver: Option<WebDriver>,
    extension: Option<Installed>,
    process: Process,
}

/// The extension as this browser knows it.
struct Installed {
    id: String,
    base: String,
}

impl Browser {
    /// Starts a browser with a fresh profile and installs the extension.
    ///
    /// # Errors
    /// Says which step failed, with the driver's last words.
    pub async fn open(which: Which, options: &Options) -> Result<Browser> {
        // Whoever speaks TLS in this process first decides who does its arithmetic; a second time changes nothing.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let home = tempfile::Builder::new().prefix("plainsight-").tempdir()?;
        std::fs::create_dir(home.path().join("profile"))?;
        let session = Session::start(which, options, home.path()).await?;
        Ok(Browser { which, options: options.clone(), session: Some(session), home })
    }

    /// Ends the browser and starts it again with the same profile, and the extension installed again, as after a
    /// night.
    ///
    /// # Errors
    /// As [`Browser::open`].
    pub async fn restart(&mut self) -> Result<()> {
        self.end().await?;
        self.session = Some(Session::start(self.which, &self.options, self.home.path()).await?);
        Ok(())
    }

    /// Ends the browser as a person does, so that it writes what it has to.
    ///
    /// # Errors
    /// If the browser does not end.
    pub async fn quit(mut self) -> Result<()> {
        self.end().await
    }

    /// Which of the two it is.
    pub fn which(&self) -> Which {
        self.which
    }

    /// The address of one of the extension's own files, such as `extension/pages/popup.html`.
    ///
    /// # Errors
    /// If the browser was opened without an extension.
    pub fn extension_url(&self, path: &str) -> Result<String> {
        Ok(format!("{}/{path}", self.extension()?.base))
    }

    /// The extension's id in this browser.
    ///
    /// # Errors
    /// If the browser was opened without an extension.
    pub fn extension_id(&self) -> Result<&str> {
        Ok(&self.extension()?.id)
    }

    /// The driver itself, for what the harness does not offer. Its calls have no limit but the driver's own.
    ///
    /// # Errors
    /// If a restart failed before, so that there is no session.
    pub fn driver(&self) -> Result<&WebDriver> {
        self.session.as_ref().and_then(|session| session.driver.as_ref()).context("the browser is not running")
    }

    /// The driver's other half, which knows extensions, viewports and events.
    ///
    /// # Errors
    /// If its connection cannot be made.
    pub async fn bidi(&self) -> Result<BiDi> {
        within("connecting to the driver over BiDi", self.driver()?.bidi()).await
    }

    fn extension(&self) -> Result<&Installed> {
        let session = self.session.as_ref().context("the browser is not running")?;
        session.extension.as_ref().context("this browser was opened without an extension")
    }

    async fn end(&mut self) -> Result<()> {
        let Some(mut session) = self.session.take() else { return Ok(()) };
        match session.driver.take() {
            Some(driver) => within(&format!("ending {:?}", self.which), driver.quit()).await,
            None => Ok(()),
        }
    }
}

impl Session {
    async fn start(which: Which, options: &Options, home: &Path) -> Result<Session> {
        let addon_id = options.extension.as_deref().map(gecko_id).transpose()?.flatten();
        let (command, mark) = launch::driver(which)?;
        let process = Process::start(command, &home.join("driver.log"))?;
        let port = process.port(mark).await?;
        let capabilities = launch::capabilities(which, options, &home.join("profile"), addon_id.as_deref())?;
        let opening = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities);
        let driver = within(&format!("starting {which:?}"), opening).await.with_context(|| process.tail())?;
        // From here on the session ends the browser when a later step fails.
        let mut session = Session { driver: Some(driver), extension: None, process };
        if let Some(folder) = &options.extension {
            let installed = session.install(which, folder).await;
            session.extension = Some(installed.with_context(|| session.process.tail())?);
        }
        Ok(session)
    }

    async fn install(&self, which: Which, folder: &Path) -> Result<Installed> {
        let driver = self.driver.as_ref().context("the browser is not running")?;
        let bidi = within("connecting to the driver over BiDi", driver.bidi()).await?;
        let folder = folder.canonicalize().with_context(|| format!("no extension in {}", folder.display()))?;
        let what = format!("installing the extension from {}", folder.display());
        let folder = folder.to_string_lossy().into_owned();
        let answer = within(&what, bidi.web_extension().install_path(folder)).await?;
        let id = answer.extension.to_string();
        let base = match which {
            Which::Chromium => format!("chrome-extension://{id}"),
            Which::Firefox => format!("moz-extension://{FIREFOX_UUID}"),
        };
        Ok(Installed { id, base })
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // The process is killed next; asking the driver politely here would block, and wait for nobody.
        if let Some(driver) = self.driver.take() {
            let _ = driver.leak();
        }
    }
}

/// The id that the manifest gives the extension in Firefox.
fn gecko_id(extension: &Path) -> Result<Option<String>> {
    let file: PathBuf = extension.join("manifest.json");
    let text = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let manifest: Value = serde_json::from_str(&text).with_context(|| format!("{} is not JSON", file.display()))?;
    Ok(manifest["browser_specific_settings"]["gecko"]["id"].as_str().map(str::to_owned))
}
