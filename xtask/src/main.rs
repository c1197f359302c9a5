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
    /// Show what the extension does, in a real browser on the feeds that the project ships
    Demo {
        /// The browser
        #[arg(long, value_enum, default_value = "chromium")]
        browser: Which,
        /// No window, even where there is a display
        #[arg(long)]
        headless: bool,
        /// Instead, take pictures of every platform's page in its look, in both browsers: some minutes
        #[arg(long, conflicts_with_all = ["browser", "headless"])]
        looks: bool,
    },
    /// Ask the core that ships, and print its answers
    Ask {
        #[command(subcommand)]
        question: Question,
    },
    /// Write data/lists.REPORT.txt anew: what the parser takes and refuses of each list
    Report,
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
    /// Count how often the language of a post is told: of the examples in data/signals, and of a folder's `XX.txt`
    EvalLanguage {
        /// A file a language, a post a line
        folder: Option<PathBuf>,
    },
    /// Measure the learned model and the phrases on labelled texts, and write data/model/RESULTS.md
    EvalText {
        /// The folder of labelled texts
        folder: PathBuf,
        /// Also train without each set of the heated head, and measure on that set
        #[arg(long)]
        across: bool,
    },
    /// Train the learned model and the topics of labelled texts, and write data/model/weights.bin and topics.bin
    Train {
        /// The folder of labelled texts
        folder: PathBuf,
        /// The folder to write into, in place of the repository
        #[arg(long)]
        to: Option<PathBuf>,
        /// Sets to leave out
        #[arg(long, num_args = 1..)]
        without: Vec<String>,
    },
    /// Measure, beside others who do the same
    Bench {
        #[command(subcommand)]
        what: Measured,
    },
    /// Check what holds only beside the project's larger captures, in the folder next to this repository
    CheckShared {
        /// The folder, where it is not beside the repository
        folder: Option<PathBuf>,
    },
}

/// What may be measured.
#[derive(Subcommand)]
enum Measured {
    /// How soon the dashboard shows three years of a heavy diary, in both browsers (needs `cargo xtask dist`)
    Diary {
        /// How often each view is opened
        #[arg(long, default_value_t = 7)]
        times: usize,
    },
    /// What a feed costs in Chromium: with us, without, and with a plain script that does the same (needs `cargo xtask dist`)
    Feeds {
        /// How often each is measured
        #[arg(long, default_value_t = 5)]
        rounds: usize,
    },
    /// What one item costs in the page core (needs `cargo xtask build`)
    Items {
        /// The folder of labelled texts, of which ordinary posts are judged too
        folder: Option<PathBuf>,
        /// How often each is measured
        #[arg(long, default_value_t = 3)]
        rounds: usize,
    },
    /// How soon the popup shows its numbers, in both browsers (needs `cargo xtask dist`)
    Popup {
        /// How often it is opened
        #[arg(long, default_value_t = 20)]
        times: usize,
    },
    /// How fast requests are judged: ours, and the best that there are
    Trackers {
        /// The folder of real requests, where it is not beside the repository
        folder: Option<PathBuf>,
        /// How often everybody is measured
        #[arg(long, default_value_t = 5)]
        rounds: usize,
        /// Also with 25,000 to 400,000 rules
        #[arg(long)]
        growth: bool,
    },
}

/// What may be asked.
#[derive(Subcommand)]
enum Question {
    /// What becomes of these requests: JSON lines of url, frameUrl and type
    Requests {
        /// The file
        file: String,
        /// Lists to use in place of the shipped ones
        #[arg(long, num_args = 1..)]
        lists: Vec<PathBuf>,
    },
    /// What becomes of one request, in words
    Request {
        /// The address that is asked for
        url: String,
        /// The page that asks
        #[arg(long)]
        from: String,
        /// What for, in the browsers' words: script, image, xmlhttprequest …
        #[arg(long = "type")]
        kind: String,
    },
    /// What is noticed in these texts: JSON lines of text
    Items {
        /// The file
        file: PathBuf,
        /// Words of a topic of one's own
        #[arg(long, num_args = 1..)]
        like: Vec<String>,
    },
}

fn main() -> Result<()> {
    match Door::parse().task {
        Task::Build => tasks::build::run(),
        Task::Dist => tasks::dist::run(),
        Task::Test => tasks::test::run(),
        Task::Tools => tools::install_all(),
        Task::Ask { question: Question::Requests { file, lists } } => tasks::ask::requests::requests(&file, &lists),
        Task::Ask { question: Question::Request { url, from, kind } } => {
            tasks::ask::requests::request(&url, &from, &kind)
        }
        Task::Ask { question: Question::Items { file, like } } => tasks::ask::items::run(&file, &like),
        Task::Report => tasks::report::run(),
        Task::Demo { looks: true, .. } => tasks::looks::run(),
        Task::Demo { browser, headless, .. } => tasks::demo::run(browser, headless),
        Task::EvalLanguage { folder } => tasks::eval_language::run(folder.as_deref()),
        Task::Eval { paths, json, browser } => tasks::eval::run(&paths, json, browser),
        Task::EvalText { folder, across } => tasks::eval_text::run(&folder, across),
        Task::Train { folder, to, without } => tasks::train::run(&folder, to.as_deref(), &without),
        Task::Bench { what: Measured::Diary { times } } => tasks::bench::diary(times),
        Task::Bench { what: Measured::Feeds { rounds } } => tasks::bench::feeds(rounds),
        Task::Bench { what: Measured::Popup { times } } => tasks::bench::popup(times),
        Task::Bench { what: Measured::Items { folder, rounds } } => tasks::bench::items(folder.as_deref(), rounds),
        Task::Bench { what: Measured::Trackers { folder, rounds, growth } } => {
            tasks::bench::trackers(folder.as_deref(), rounds, growth)
        }
        Task::CheckShared { folder } => tasks::check_shared::run(folder.as_deref()),
    }
}
