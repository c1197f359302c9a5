//! The one door for every task: `cargo xtask TASK`.
//!
//! It only reads the command line and hands over to `tasks`, one file a task. A new task is one line in [`Task`], one
//! in [`main`], and its file.

use anyhow::Result;
use clap::{Parser, Subcommand};
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
    /// Check what holds only beside the project's larger captures, in the folder next to this repository
    CheckShared,
}

fn main() -> Result<()> {
    match Door::parse().task {
        Task::Build => tasks::build::run(),
        Task::Dist => tasks::dist::run(),
        Task::Test => tasks::test::run(),
        Task::Tools => tools::install_all(),
        Task::CheckShared => tasks::check_shared::run(),
    }
}
