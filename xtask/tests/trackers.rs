//! What the build makes of the real lists: the committed report still says what the parser does, and the manifest
//! switches on what the catalogue says.
//!
//! The lists are not committed. Where a machine has none, or another version than the report was made from, the report
//! is not compared. Our own companies are held by `tests/companies.rs` of the core.

use std::fs;

use serde_json::{Value, json};
use xtask::tasks::report::report;
use xtask::{lists, packs, root};

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
    let named = manifest["declarative_net_request"]["rule_resources"].as_array().expect("rulesets are named");
    let sets = lists::set_switches().expect("the catalogue holds together");
    // Without the lists only what is named can be held against the catalogue.
    if let Ok(made) = packs::rulesets() {
        let ids: Vec<&str> = named.iter().filter_map(|it| it["id"].as_str()).collect();
        let wanted: Vec<&str> = made.iter().map(|(id, _)| id.as_str()).collect();
        assert_eq!(ids, wanted, "every ruleset that has rules is named, in the order in which they are made");
        let enabled = |id: &str| sets.iter().any(|(set, on)| *on && (id == set || id == format!("{set}-unsafe")));
        let rules: usize = made.iter().filter(|(id, _)| enabled(id)).map(|(_, rules)| rules.len()).sum();
        assert!(rules < GUARANTEED, "{rules} rules would be switched on, and no more than {GUARANTEED} are guaranteed");
    }
    for ruleset in named {
        let id = ruleset["id"].as_str().expect("a ruleset has a name");
        let set = sets.iter().find(|(set, _)| id == set || id == format!("{set}-unsafe"));
        let (_, on) = set.unwrap_or_else(|| panic!("{id} belongs to no set of data/lists.toml"));
        assert_eq!(*ruleset, json!({ "id": id, "enabled": on, "path": format!("build/rules/{id}.json") }));
    }
}

/// How many static rules both browsers guarantee; Firefox switches on no more than these.
const GUARANTEED: usize = 30_000;

/// What uBlock Origin Lite makes of the same two lists, in the version of August 2026.
const OTHERS: [(&str, usize); 2] = [("easyprivacy", 8_905), ("easylist", 3_714)];

#[test]
fn lists_become_fewer_declarative_rules_than_elsewhere() {
    let report = fs::read_to_string(root().join("data/lists.REPORT.txt")).expect("the report is there");
    for (list, others) in OTHERS {
        let of_list =
            report.split("\n\n").find(|part| part.starts_with(&format!("{list} — "))).expect("it is reported");
        let line = of_list.lines().find_map(|line| line.trim().strip_prefix("declarative rules: "));
        let numbers = line.expect("its rules are counted").split(' ').filter_map(|word| word.parse::<usize>().ok());
        let ours: usize = numbers.sum();
        assert!(ours > 0 && ours < others, "{list}: {ours} rules, others make {others}");
    }
}
