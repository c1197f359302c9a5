//! What every file keeps to: an opening that says what it is, a length one can read, clean ends, nothing of the
//! machine it was written on, and no test that is left out.

use std::process::Command;

use crate::source::{code, tokens};
use crate::tree::{Text, root, texts};
use crate::{Fault, hold, refuses};

/// More lines than this are read by nobody.
const LONGEST: usize = 300;

/// Longer files, each with the reason why it is not cut.
const LONG: &[(&str, &str)] = &[];

/// Endings of source files.
const SOURCE: &[&str] = &["rs", "js", "mjs", "ts", "css", "html"];

fn header(file: &Text) -> Option<Fault> {
    let rest = file.text.trim_start_matches("#!/usr/bin/env node\n");
    let (least, lines) = if file.is(&["rs"]) {
        (2, rest.lines().take_while(|line| line.starts_with("//!")).count())
    } else if file.is(&["js", "mjs", "ts", "css"]) {
        let least = if file.is(&["css"]) { 1 } else { 2 };
        let block = rest.strip_prefix("/*").and_then(|rest| rest.split("*/").next());
        let slashes = rest.lines().take_while(|line| line.starts_with("//")).count();
        (least, block.map_or(slashes, |block| block.lines().filter(|line| line.len() > 3).count()))
    } else {
        return None;
    };
    let what = "must open with a few lines that say what it is, why it exists, and what it deliberately does not do";
    (lines < least).then(|| Fault::new(&file.path, 1, what))
}

fn length(file: &Text) -> Option<Fault> {
    let lines = file.text.lines().count();
    let is_listed = LONG.iter().any(|(path, _)| *path == file.path);
    let what = match (file.is(SOURCE) && lines > LONGEST, is_listed) {
        (true, false) => format!("has {lines} lines: split it, or list it with its reason in tests/tidy/files.rs"),
        (false, true) => "is short again: take it off the list in tests/tidy/files.rs".to_owned(),
        _ => return None,
    };
    Some(Fault::new(&file.path, lines, what))
}

fn ends(file: &Text) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (i, line) in file.text.split('\n').enumerate() {
        if line.ends_with('\r') {
            faults.push(Fault::new(&file.path, i + 1, "ends in a carriage return: lines end with a line feed alone"));
        } else if line.ends_with([' ', '\t']) {
            faults.push(Fault::new(&file.path, i + 1, "has blanks at its end: take them away"));
        }
    }
    if !file.text.is_empty() && !file.text.ends_with('\n') {
        faults.push(Fault::new(&file.path, file.text.lines().count(), "must end with a line feed"));
    }
    faults
}

/// What no file of ours says, in two halves so that this file does not say it either: where packages were fetched
/// from, where a machine keeps its files, and who or what was asked while writing.
const UNSAID: &[(&str, &str)] = &[
    ("registry.np", "mjs.org"),
    ("registry.yar", "npkg.com"),
    ("index.cra", "tes.io"),
    ("static.cra", "tes.io"),
    ("files.python", "hosted.org"),
    ("\"resolved\": \"ht", "tp"),
    ("\"/wo", "rk/"),
    (" /wo", "rk/"),
    ("`/wo", "rk/"),
    ("/ro", "ot/"),
    ("/ho", "me/user"),
    ("/Us", "ers/"),
    ("/tm", "p/"),
    ("Cla", "ude"),
    ("Anth", "ropic"),
    ("AI-gen", "erated"),
    ("LLM-", "written"),
    ("Co-Auth", "ored-By"),
];

fn unsaid(path: &str, text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (i, line) in text.lines().enumerate() {
        for (a, b) in UNSAID.iter().filter(|(a, b)| line.contains(&[*a, *b].concat())) {
            faults.push(Fault::new(
                path,
                i + 1,
                format!("says {:?}, which belongs to one machine: leave it out", [*a, *b].concat()),
            ));
        }
    }
    faults
}

/// A test that is left out, or tried again until it holds, is no test.
fn skipped(file: &Text) -> Vec<Fault> {
    let is_rust = file.is(&["rs"]);
    let tokens = tokens(&code(&file.text, is_rust));
    let text = |at: usize| tokens.get(at).map_or("", |it| it.text.as_str());
    let is_left_out = |at: usize| match (text(at), text(at + 1), text(at + 2)) {
        ("#", "[", "ignore" | "should_panic") => is_rust,
        ("it" | "test" | "describe", ".", "skip" | "only" | "todo") => !is_rust,
        _ => false,
    };
    let tries_again =
        |at: usize| crate::names::parts(text(at)).iter().any(|part| matches!(part.as_str(), "retry" | "retries"));
    let mut faults = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if is_left_out(at) {
            faults.push(Fault::new(&file.path, token.line, "leaves a test out: mend it, or assert what is true today"));
        } else if tries_again(at) {
            faults.push(Fault::new(&file.path, token.line, "tries again: wait for what is meant, once, or fail"));
        }
    }
    faults
}

#[test]
fn every_source_file_opens_with_what_it_is() {
    hold(texts().iter().filter_map(header).collect());
}

#[test]
fn no_file_is_too_long() {
    let files = texts();
    let mut faults: Vec<_> = files.iter().filter_map(length).collect();
    let gone = LONG.iter().filter(|(path, _)| !files.iter().any(|file| file.path == *path));
    faults.extend(gone.map(|(path, _)| Fault::new(path, 0, "is gone: take it off the list in tests/tidy/files.rs")));
    hold(faults);
}

#[test]
fn lines_end_cleanly() {
    hold(texts().iter().flat_map(ends).collect());
}

#[test]
fn nothing_tells_of_the_machine_it_was_written_on() {
    hold(texts().iter().flat_map(|file| unsaid(&file.path, &file.text)).collect());
    // An archive has no history.
    if root().join(".git").exists() {
        let log = Command::new("git").args(["log", "--format=%s%n%b"]).current_dir(root()).output();
        let log = log.expect("git is there where .git is");
        hold(unsaid("git log", &String::from_utf8_lossy(&log.stdout)));
    }
}

#[test]
fn no_test_is_left_out() {
    let files = texts();
    hold(files.iter().filter(|it| it.is(&["rs", "js", "mjs"])).flat_map(skipped).collect());
}

#[test]
fn bad_files_are_refused() {
    let bad = |path: &str, text: &str| header(&Text::new(path, text)).is_some();
    assert!(
        bad("a.rs", "//! One line.\nuse x;") && bad("a.rs", "// One\n// two\n") && bad("a.js", "let a;\n// late\n")
    );
    assert!(bad("a.css", "a {}\n") && bad("a.js", "/* One line. */\n"));
    assert!(!bad("a.rs", "//! One\n//! two.\n") && !bad("a.js", "/*\n * One\n * two\n */\n") && !bad("a.html", "<p>"));
    refuses(&Vec::from_iter(length(&Text::new("a.js", &"x\n".repeat(301)))), 301, "split it");
    assert_eq!(length(&Text::new("a.toml", &"x\n".repeat(301))), None);
    refuses(&ends(&Text::new("a", "b \nc\n")), 1, "blanks");
    refuses(&ends(&Text::new("a", "b\nc\r\n")), 2, "carriage");
    refuses(&ends(&Text::new("a", "b\nc")), 2, "line feed");
    for (a, b) in UNSAID {
        refuses(&unsaid("a", &format!("x\n{a}{b}y\n")), 2, "leave it out");
    }
    refuses(&skipped(&Text::new("a.rs", "#[test]\n#[ignore = \"slow\"]\nfn a() {}")), 2, "leaves a test out");
    refuses(&skipped(&Text::new("a.js", "describe.skip('a', () => {})")), 1, "leaves a test out");
    refuses(&skipped(&Text::new("a.rs", "fn retry_until_green() {}")), 1, "tries again");
    assert_eq!(skipped(&Text::new("a.rs", "a.skip(1); // retry, it.only(\n")), []);
}
