//! The built extension in real browsers, Chromium and Firefox, on pages that this machine serves.
//!
//! One file a subject. Every test runs in both browsers: what holds in one is to hold in the other. They load what
//! `cargo xtask dist` made, which is what people get, so that a file forgotten in a package is found here. Run them
//! with `cargo xtask test`, or alone with `cargo xtask dist && cargo test -p xtask --test browser -- --test-threads=1`.

mod acts;
mod also;
mod background;
mod bounds;
mod clock;
mod comments;
mod continued;
mod dashboard;
mod diary;
mod diary_choices;
mod diary_files;
mod diary_forgotten;
mod disguise;
mod drawn;
mod ease;
mod everywhere;
mod feeds;
mod following;
mod full;
mod glance;
mod guard;
mod harness;
mod heard;
mod hostile;
mod languages;
mod leads;
mod learning;
mod least;
mod levels;
mod links;
mod looks;
mod mend;
mod mirror;
mod named;
mod opened;
mod order;
mod ours;
mod outcome;
mod own;
mod pages;
mod panel;
mod permits;
mod persite;
mod platforms;
mod previews;
mod private;
mod proofs;
mod receipt;
mod report;
mod robust;
mod row;
mod shape;
mod sight;
mod small;
mod standins;
mod switches;
mod taken;
mod told;
mod topics;
mod unseen;
mod unsound;
mod updates;
mod week;
mod why;
mod widgets;
mod windows;
mod wishes;
mod yard;

use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use xtask::browser::{Browser, Fixtures, Options, Which};
use xtask::root;

/// How long a page or the extension may take for what it does by itself, on a machine that has much else to do.
const SOON: Duration = Duration::from_secs(30);

/// The web of one test, and the browser that looks at it.
struct Scene {
    web: Fixtures,
    browser: Browser,
}

impl Scene {
    /// The packed extension in a fresh browser, before an empty web.
    async fn open(which: Which, change: impl Fn(Which, Options) -> Result<Options>) -> Result<Scene> {
        let web = Fixtures::start().await?;
        let browser = Browser::open(which, &change(which, options(which, &web))?).await?;
        Ok(Scene { web, browser })
    }
}

/// A browser with the packed extension.
fn options(which: Which, web: &Fixtures) -> Options {
    let folder = match which {
        Which::Chromium => "dist/chrome",
        Which::Firefox => "dist/firefox",
    };
    Options { extension: Some(root().join(folder)), ..Options::new(web) }
}

/// Plays a test in both browsers, side by side, because each mostly waits; the failure says in which of them, and one does
/// not hide the other.
fn in_both(test: impl AsyncFn(Scene) -> Result<()>) -> Result<()> {
    in_both_with(|_, options| Ok(options), test)
}

/// The same with browsers that are started otherwise.
fn in_both_with(
    change: impl Fn(Which, Options) -> Result<Options>,
    test: impl AsyncFn(Scene) -> Result<()>,
) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let play = async |which| {
            let start = Instant::now();
            let opened = Scene::open(which, &change).await.context("opening it");
            let played = match opened {
                Ok(scene) => test(scene).await,
                Err(error) => Err(error),
            };
            // Seen with --show-output.
            println!("{which:?}: {:.1} s", start.elapsed().as_secs_f32());
            played.err().map(|error| format!("in {which:?}: {error:#}"))
        };
        let [first, second] = Which::BOTH;
        let failures = <[_; 2]>::from(tokio::join!(play(first), play(second)));
        let failures: Vec<String> = failures.into_iter().flatten().collect();
        ensure!(failures.is_empty(), "{}", failures.join("\n"));
        Ok(())
    })
}
