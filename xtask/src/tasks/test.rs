//! `cargo xtask test`: all that must hold before a change is taken, in order, the quick things first.
//!
//! The same command runs on a developer's machine and in CI. It stops at the first step that fails, under a heading
//! that says which, and ends with the time of each. What it deliberately does not do: run a step again, or skip one
//! because something is not installed (see [`crate::tools`], which installs it).

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use super::{build, dist};
use crate::root;
use crate::run::{call, cargo, command};
use crate::tools::{self, Tool};

/// A step: its heading, and what it does.
type Step = (&'static str, fn() -> Result<()>);

/// All of them.
const STEPS: &[Step] = &[
    ("format", format),
    ("lints", lints),
    ("lints for the browser", browser_lints),
    ("unit tests", unit_tests),
    ("build", build::run),
    ("types of the skin", types),
    ("cores in V8", glue_tests),
    ("packages", dist::run),
    ("real browsers", browsers),
];

/// Runs every step.
///
/// # Errors
/// The first step that fails.
pub fn run() -> Result<()> {
    let mut times: Vec<(&str, Duration)> = Vec::new();
    for (heading, step) in STEPS {
        println!("\n=== {heading} ===");
        let start = Instant::now();
        step().with_context(|| format!("=== {heading}: failed after {:.1} s ===", start.elapsed().as_secs_f32()))?;
        times.push((heading, start.elapsed()));
    }
    println!("\n=== all steps hold ===");
    for (heading, time) in times {
        println!("{:>8.1} s  {heading}", time.as_secs_f32());
    }
    Ok(())
}

fn format() -> Result<()> {
    call("cargo fmt (run it without --check to mend)", cargo(&["fmt", "--all", "--check"]))
}

fn lints() -> Result<()> {
    let deny = ["--", "-D", "warnings"];
    call("clippy", with(cargo(&["clippy", "--quiet", "--workspace", "--all-targets"]), &deny))?;
    // Not among "all targets", since a plain `cargo test` must not need a build.
    call("clippy on the browser tests", with(cargo(&["clippy", "--quiet", "-p", "xtask", "--test", "browser"]), &deny))
}

fn browser_lints() -> Result<()> {
    tools::wasm_target()?;
    let target = ["--features", "pages", "--target", "wasm32-unknown-unknown", "--", "-D", "warnings"];
    call("clippy for wasm", with(cargo(&["clippy", "--quiet", "-p", "plainsight"]), &target))
}

fn unit_tests() -> Result<()> {
    call("cargo test", cargo(&["test", "--quiet", "--workspace"]))
}

/// JavaScript is checked by the TypeScript compiler through its comments; nothing is compiled.
fn types() -> Result<()> {
    let mut files = Vec::new();
    scripts(&root().join("extension"), ".js", &mut files);
    if files.is_empty() {
        println!("extension/ has no scripts yet");
        return Ok(());
    }
    call("tsc", command(tools::npm_tool("tsc")?, &["--project", "tsconfig.json"]))
}

/// The cores as the wasm that ships, and the stand-ins, in Node, which has Chromium's engine.
fn glue_tests() -> Result<()> {
    let mut files = Vec::new();
    for folder in ["tests/glue", "tests/stand-ins"] {
        let before = files.len();
        scripts(&root().join(folder), ".test.js", &mut files);
        ensure!(files.len() > before, "{folder} holds no tests");
    }
    let mut node = command(Tool::Node.need()?, &["--test"]);
    node.args(files);
    call("node --test", node)
}

/// One at a time: two browsers at once on two cores would be late for everything.
fn browsers() -> Result<()> {
    for tool in [Tool::Chromium, Tool::Chromedriver, Tool::Firefox, Tool::Geckodriver] {
        tool.need()?;
    }
    call("the browser tests", cargo(&["test", "--quiet", "-p", "xtask", "--test", "browser", "--", "--test-threads=1"]))
}

fn with(mut command: std::process::Command, arguments: &[&str]) -> std::process::Command {
    command.args(arguments);
    command
}

/// Every file below a folder whose name ends so, sorted; none if there is no such folder.
fn scripts(folder: &Path, end: &str, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            scripts(&path, end, files);
        } else if path.to_string_lossy().ends_with(end) {
            files.push(path);
        }
    }
    files.sort();
}
