//! Real browsers, driven: the extension as people run it, pages as platforms serve them, and no network at all.
//!
//! [`Fixtures`] answers for every host of the web from this machine, and counts what it was asked. [`Browser`] is a
//! Chromium or a Firefox with a fresh profile, the unpacked extension in it, and every request led to the fixtures.
//! One way drives both: WebDriver for pages, its BiDi part to install the extension.
//!
//! Nothing here waits without end and nothing is tried twice: each call has [`LIMIT`], and [`wait_for`] asks again
//! only for a state that is yet to come. An error says what was being done. What this deliberately does not do: know
//! anything of what the extension shows.

mod background;
mod driver;
mod exchange;
mod fixtures;
mod launch;
mod page;
mod process;
mod proxy;
mod raw;
mod shadow;

use std::future::Future;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};

pub use driver::Browser;
pub use exchange::{Request, Response};
pub use fixtures::Fixtures;
pub use page::Tab;
pub use shadow::Shadow;
pub use thirtyfour::{By, Key, WebElement};

/// How long any one call to a driver may take. The slowest we know, Firefox's start on a busy machine of two cores,
/// takes a third of it.
pub const LIMIT: Duration = Duration::from_secs(30);
/// How long [`wait_for`] rests between two looks.
const REST: Duration = Duration::from_millis(25);

/// One of the two browsers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Which {
    /// Chromium or Chrome.
    Chromium,
    /// Firefox or Firefox ESR.
    Firefox,
}

impl Which {
    /// Both of them: what holds in one is to hold in the other.
    pub const BOTH: [Which; 2] = [Which::Chromium, Which::Firefox];
}

/// How a browser is to be started.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder of the unpacked extension; without one the browser starts bare.
    pub extension: Option<PathBuf>,
    /// Where every request of the browser goes: [`Fixtures::address`].
    pub proxy: std::net::SocketAddr,
    /// Without a window on the screen.
    pub headless: bool,
    /// Pages are told that the person prefers a dark colour scheme.
    pub dark: bool,
    /// Pages are told that the person prefers that nothing moves.
    pub still: bool,
    /// The window's width and height in CSS pixels.
    pub window: (u32, u32),
    /// The language that pages are told the person prefers: `de-DE`, say. The browser's own stays as it is.
    pub language: Option<String>,
    /// Preferences of the profile, by name: Firefox's about:config, Chromium's Preferences. Of the other browser's
    /// names each takes no notice.
    pub prefs: Vec<(String, serde_json::Value)>,
}

impl Options {
    /// The repository's root as the extension, in a light window of 1280 × 900 that nobody sees.
    pub fn new(fixtures: &Fixtures) -> Options {
        Options {
            extension: Some(crate::root()),
            proxy: fixtures.address(),
            headless: true,
            dark: false,
            still: false,
            window: (1280, 900),
            language: None,
            prefs: Vec::new(),
        }
    }
}

/// Waits until something holds, looking every few milliseconds.
///
/// # Errors
/// If it does not hold within the limit, saying what was waited for; and at once if the look itself fails.
pub async fn wait_for<F>(what: &str, limit: Duration, mut holds: impl FnMut() -> F) -> Result<()>
where
    F: Future<Output = Result<bool>>,
{
    let start = Instant::now();
    loop {
        if holds().await.with_context(|| format!("while waiting for {what}"))? {
            return Ok(());
        }
        if start.elapsed() > limit {
            bail!("waited {:.1} s in vain for {what}", limit.as_secs_f32());
        }
        tokio::time::sleep(REST).await;
    }
}

/// Gives a call its [`LIMIT`] and its failure a name.
async fn within<T, E>(what: &str, call: impl Future<Output = Result<T, E>>) -> Result<T>
where
    E: Into<anyhow::Error>,
{
    match tokio::time::timeout(LIMIT, call).await {
        Ok(result) => result.map_err(|error| error.into().context(what.to_owned())),
        Err(_) => Err(anyhow!("no answer within {} s: {what}", LIMIT.as_secs())),
    }
}
