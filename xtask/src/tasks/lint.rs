//! What Firefox's store would say of the package, asked before it is given to the store.
//!
//! `web-ext lint` is the store's own linter. Its errors fail, and so does any warning that is not on [`EXPECTED`] with
//! its reason: a warning nobody explained is one nobody read. What this deliberately does not do: reach the store.

use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::run::command;
use crate::tools;

/// A warning we know: its code, a part of its place and message, and why it stays.
const EXPECTED: &[(&str, &str, &str)] = &[
    (
        "BACKGROUND_SERVICE_WORKER_IGNORED",
        "manifest.json",
        "one manifest serves both browsers: Chromium runs the service worker, Firefox the script beside it",
    ),
    (
        "KEY_FIREFOX_ANDROID_UNSUPPORTED_BY_MIN_VERSION",
        "data_collection_permissions",
        "we offer no version for Android; Firefox on a desktop knows the key since 140, the ESR we promise",
    ),
    (
        "COINMINER_USAGE_DETECTED",
        "build/rules/trackers.json",
        "the rules name the hosts of coin miners in order to stop them",
    ),
    (
        "UNSAFE_VAR_ASSIGNMENT",
        "build/pages.js",
        "the glue's innerHTML is how Leptos makes its own templates, whose text is fixed when we compile; what others \
         wrote only ever becomes text nodes",
    ),
    (
        "COINMINER_USAGE_DETECTED",
        "build/rules/trackers.json",
        "the rules name the hosts of coin miners in order to stop them",
    ),
];

#[derive(Deserialize)]
struct Report {
    errors: Vec<Finding>,
    warnings: Vec<Finding>,
}

#[derive(Deserialize)]
struct Finding {
    code: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    description: String,
    file: Option<String>,
    line: Option<u32>,
}

/// Lints an unpacked extension.
///
/// # Errors
/// With every error, and every warning that is not expected.
pub fn run(folder: &Path) -> Result<()> {
    let mut lint = command(tools::npm_tool("web-ext")?, &["lint", "--output", "json", "--no-config-discovery"]);
    lint.arg("--source-dir").arg(folder);
    // It ends with 1 whenever it found an error, and the report says more than that.
    let output = lint.output().context("cannot start web-ext")?;
    let report: Report = serde_json::from_slice(&output.stdout)
        .with_context(|| format!("web-ext lint wrote no report: {}", String::from_utf8_lossy(&output.stderr).trim()))?;
    let is_expected = |finding: &Finding| {
        EXPECTED.iter().any(|(code, part, _)| finding.code == *code && finding.text().contains(part))
    };
    let (expected, unknown): (Vec<_>, Vec<_>) = report.warnings.iter().partition(|warning| is_expected(warning));
    println!(
        "lint: {} errors, {} warnings, of which {} are explained",
        report.errors.len(),
        report.warnings.len(),
        expected.len()
    );
    let bad: Vec<String> = report.errors.iter().chain(unknown).map(Finding::text).collect();
    if !bad.is_empty() {
        bail!("web-ext lint:\n  {}\nMend them, or explain a warning in {}", bad.join("\n  "), file!());
    }
    Ok(())
}

impl Finding {
    fn text(&self) -> String {
        let place = self.file.as_deref().unwrap_or("the package");
        let line = self.line.map(|line| format!(":{line}")).unwrap_or_default();
        format!("{} in {place}{line}: {} {}", self.code, self.message, self.description)
    }
}
