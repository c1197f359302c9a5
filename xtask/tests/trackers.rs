//! What the build makes of the real lists: the committed report still says what the parser does, the declarative rules
//! stay within what the browsers guarantee, and our own companies hold together.
//!
//! The lists are not committed. Where a machine has none, or another version than the report was made from, the report
//! is not compared; the companies always are.

use std::fs;

use xtask::packs_trackers::{own_companies, report};

/// The lines of a report that name a list and its version.
fn versions(report: &str) -> Vec<&str> {
    report.lines().filter(|line| line.contains(" — package ")).collect()
}

#[test]
fn the_committed_report_is_what_the_parser_does() {
    let path = xtask::root().join("data/lists.REPORT.txt");
    let committed = fs::read_to_string(&path).unwrap_or_default();
    let Ok(made) = report(&xtask::root().join("build")) else { return };
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, &made).expect("the report can be written");
    } else if versions(&made) == versions(&committed) {
        assert_eq!(made, committed, "run with UPDATE_EXPECT=1 and look at the difference");
    }
}

#[test]
fn every_company_of_ours_is_well_said() {
    let entries = own_companies().expect("data/companies holds together");
    let mut names: Vec<&str> = entries.iter().map(|e| e.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), entries.len(), "two files have one name");
}
