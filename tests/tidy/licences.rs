//! Licences: everything that is built with or into Plainsight may be given on under GPL-3.0-or-later.
//!
//! What is shipped is the Rust of the core; npm's packages are tools of the build and checked all the same, because
//! a tool may put something of itself into what it makes.

use std::process::Command;

use serde_json::Value;

use crate::tree::{root, text};
use crate::{Fault, hold, refuses};

/// SPDX ids whose terms the GPL's third version allows beside its own.
const FINE: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "BlueOak-1.0.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "GPL-3.0-only",
    "GPL-3.0-or-later",
    "ISC",
    "LGPL-2.1-or-later",
    "MIT",
    "MPL-2.0",
    "Python-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Packages whose licence field is no SPDX expression, with what their own text says.
const UNCLEAR: &[(&str, &str, &str)] = &[(
    "winreg",
    "BSD",
    "all BSD licences but the first, of 1990, are compatible; a tool of web-ext on Windows, never shipped",
)];

/// True if and only if an SPDX expression leaves a choice that is fine. `/` is cargo's old way to write OR.
fn is_fine(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    any(&words, &mut at) && at == words.len()
}

fn any(words: &[&str], at: &mut usize) -> bool {
    let mut fine = all(words, at);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        fine |= all(words, at);
    }
    fine
}

fn all(words: &[&str], at: &mut usize) -> bool {
    let mut fine = one(words, at);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        fine &= one(words, at);
    }
    fine
}

fn one(words: &[&str], at: &mut usize) -> bool {
    let word = words.get(*at);
    *at += 1;
    let Some(word) = word else { return false };
    if *word == "(" {
        let fine = any(words, at);
        *at += 1;
        return fine && words.get(*at - 1) == Some(&")");
    }
    // An exception only ever allows more.
    if words.get(*at) == Some(&"WITH") {
        *at += 2;
    }
    FINE.contains(word)
}

fn check(file: &str, packages: &[(String, Option<String>)]) -> Vec<Fault> {
    let is_known = |name: &str, licence: &str| UNCLEAR.iter().any(|(n, l, _)| *n == name && *l == licence);
    let bad = packages.iter().filter(|(name, licence)| match licence {
        Some(licence) => !is_fine(licence) && !is_known(name, licence),
        None => true,
    });
    bad.map(|(name, licence)| {
        let licence = licence.as_deref().unwrap_or("no licence");
        let what =
            format!("{name} has {licence}: replace it, or add the id to tests/tidy/licences.rs if the GPL allows it");
        Fault::new(file, 0, what)
    })
    .collect()
}

fn field(value: &Value, name: &str) -> Option<String> {
    value[name].as_str().map(str::to_owned)
}

fn crates(metadata: &Value) -> Vec<(String, Option<String>)> {
    let packages = metadata["packages"].as_array().into_iter().flatten();
    packages.map(|it| (field(it, "name").unwrap_or_default(), field(it, "license"))).collect()
}

fn npm(lock: &Value) -> Vec<(String, Option<String>)> {
    let packages = lock["packages"].as_object().into_iter().flatten();
    packages.map(|(path, it)| (path.replace("node_modules/", ""), field(it, "license"))).collect()
}

#[test]
fn every_crate_may_be_given_on() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    // Nothing is fetched: what the build uses lies on this machine, or it could not have been built.
    let arguments = ["metadata", "--format-version", "1", "--offline", "--locked", "--all-features"];
    let output = Command::new(cargo).args(arguments).current_dir(root()).output().expect("cargo runs");
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let crates = crates(&serde_json::from_slice(&output.stdout).expect("cargo writes JSON"));
    assert!(crates.len() > 100, "cargo metadata names only {} crates", crates.len());
    hold(check("Cargo.lock", &crates));
}

#[test]
fn every_npm_package_may_be_given_on() {
    let packages = npm(&serde_json::from_str(&text("package-lock.json")).expect("package-lock.json is JSON"));
    assert!(packages.len() > 100, "package-lock.json names only {} packages", packages.len());
    hold(check("package-lock.json", &packages));
}

#[test]
fn every_list_says_its_licence() {
    let file = "data/lists.toml";
    let text = text(file);
    let mut faults = Vec::new();
    let mut part = 0;
    for (i, line) in text.lines().chain(["["]).enumerate() {
        if line.starts_with('[') {
            let lines: Vec<&str> = text.lines().skip(part).take(i - part).collect();
            let licence = lines.iter().find_map(|line| line.strip_prefix("licence = \"")?.strip_suffix('"'));
            if part > 0 && !licence.is_some_and(is_fine) {
                faults.push(Fault::new(
                    file,
                    part,
                    format!("has {licence:?}: only lists that the GPL allows are shipped"),
                ));
            }
            part = i + 1;
        }
    }
    assert!(part > 0, "{file} holds nothing");
    hold(faults);
}

#[test]
fn a_licence_that_forbids_is_refused() {
    for fine in ["MIT", "MIT/Apache-2.0", "(MIT OR Nonsense) AND Zlib", "Apache-2.0 WITH LLVM-exception"] {
        assert!(is_fine(fine), "{fine}");
    }
    for bad in ["", "SSPL-1.0", "MIT AND CC-BY-NC-4.0", "GPL-2.0-only", "(MIT", "MIT OR", "MIT Zlib", "Proprietary"] {
        assert!(!is_fine(bad), "{bad}");
    }
    let packages = crates(&serde_json::json!({"packages": [
        {"name": "good", "license": "MIT"}, {"name": "bad", "license": "SSPL-1.0"}, {"name": "mute", "license": null},
    ]}));
    let faults = check("Cargo.lock", &packages);
    refuses(&faults, 0, "bad has SSPL-1.0");
    refuses(&faults, 0, "mute has no licence");
    assert_eq!(faults.len(), 2);
    assert_eq!(npm(&serde_json::json!({"packages": {"node_modules/a": {"license": "MIT"}}}))[0].0, "a");
}
