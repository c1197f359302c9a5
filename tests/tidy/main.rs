//! The laws of this repository, held by machine: every failure names a file, a line and what to do.
//!
//! One file a subject. Each check is a function from texts to faults, so that its own test can hand it a bad sample and
//! see it refuse; the test of the same file then reads the repository through [`tree`]. Exceptions stand in tables with
//! their reason; a long file that is short again is a fault as well. What these tests deliberately do not do: judge
//! style that `rustfmt`, `clippy` or `tsc` can judge.

mod absences;
mod circles;
mod data;
mod docs;
mod files;
mod imports;
mod licences;
mod manifest;
mod names;
mod source;
mod tongues;
mod tree;
mod words;

/// Where a law is broken, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Fault {
    /// The file, from the root.
    file: String,
    /// The line, from 1; 0 for the whole.
    line: usize,
    /// What is wrong, and what to do.
    what: String,
}

impl Fault {
    fn new(file: &str, line: usize, what: impl Into<String>) -> Fault {
        Fault { file: file.into(), line, what: what.into() }
    }
}

/// Fails with all faults at once, sorted.
fn hold(mut faults: Vec<Fault>) {
    faults.sort();
    faults.dedup();
    let lines: Vec<_> = faults.iter().map(|it| format!("{}:{}: {}", it.file, it.line, it.what)).collect();
    assert!(faults.is_empty(), "\n{}\n", lines.join("\n"));
}

/// A check's own proof: it refuses the sample at this line, with these words.
fn refuses(faults: &[Fault], line: usize, words: &str) {
    assert!(faults.iter().any(|it| it.line == line && it.what.contains(words)), "line {line}, {words:?}: {faults:?}");
}
