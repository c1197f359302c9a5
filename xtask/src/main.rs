//! The one door for every task: `cargo xtask TASK`.
//!
//! It only reads the command line and hands over to `tasks`, one file a task. A new task is one line in [`Task`], one
//! in [`main`], and its file.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, Subcommand};
use xtask::browser::Which;
use xtask::{tasks, tools};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Everything one does with Plainsight")]
struct Door {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the extension into build/; after it, the repository root loads unpacked in Chromium and Firefox
    Build,
    /// Build, then make the packages for the stores in dist/ and check them
    Dist,
    /// Everything that must hold: format, lints, unit tests, types, build, packages, real browsers
    Test,
    /// Install what the other tasks need: browsers, drivers, npm packages
    Tools,
    /// Hold the shipped sites against captured pages (HTML) and answers (JSON), and print what they find
    Eval {
        /// Files, or folders to walk
        #[arg(required = true)]
        paths: Vec<PathBuf>,
        /// One line of JSON an item
        #[arg(long)]
        json: bool,
        /// The browser that opens captured pages
        #[arg(long, value_enum, default_value = "chromium")]
        browser: Which,
    },
    /// Check what holds only beside the project's larger captures, in the folder next to this repository
    CheckShared,
}

fn main() -> Result<()> {
    match Door::parse().task {
        Task::Build => tasks::build::run(),
        Task::Dist => tasks::dist::run(),
        Task::Test => tasks::test::run(),
        Task::Tools => tools::install_all(),
        Task::Eval { paths, json, browser } => tasks::eval::run(&paths, json, browser),
        Task::CheckShared => tasks::check_shared::run(),
    }
}
