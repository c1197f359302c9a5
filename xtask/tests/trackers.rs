//! What the build makes of the real lists: the committed report still says what the parser does, and the manifest
//! switches on what the catalogue says.
//!
//! The lists are not committed. Where a machine has none, or another version than the report was made from, the report
//! is not compared. Our own companies are held by `tests/companies.rs` of the core.

use std::fs;

use serde_json::{Value, json};
use xtask::tasks::report::report;
use xtask::{lists, root};

/// The lines of a report that name a list and its version.
fn versions(report: &str) -> Vec<&str> {
    report.lines().filter(|line| line.contains(" — package ")).collect()
}

#[test]
fn the_committed_report_is_what_the_parser_does() {
    let path = root().join("data/lists.REPORT.txt");
    let committed = fs::read_to_string(&path).unwrap_or_default();
    let Ok(made) = report() else { return };
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(&path, &made).expect("the report can be written");
    } else if versions(&made) == versions(&committed) {
        assert_eq!(made, committed, "run with UPDATE_EXPECT=1 and look at the difference");
    }
}

#[test]
fn the_manifest_switches_on_what_the_catalogue_says() {
    let text = fs::read_to_string(root().join("manifest.json")).expect("there is a manifest");
    let manifest: Value = serde_json::from_str(&text).expect("it is JSON");
    let declared = |id: &str, on: bool| json!({ "id": id, "enabled": on, "path": format!("build/rules/{id}.json") });
    let sets = lists::set_switches().expect("the catalogue holds together");
    let wanted: Vec<Value> = sets.iter().map(|(id, on)| declared(id, *on)).collect();
    assert_eq!(manifest["declarative_net_request"]["rule_resources"], Value::Array(wanted));
}
