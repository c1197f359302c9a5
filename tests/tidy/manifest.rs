//! The manifest says no more and no less than the sites do, names only files that are there, and shows pages nothing but
//! the frame and the stand-ins: a person may have any host read, a tracker may be asked for by any page, and a redirect
//! leads only where a page may look. Both have addresses that change, so that a page cannot ask for them by itself.
//!
//! What the build makes is not there yet when this runs, so names below `build/` are left to `cargo xtask dist`.

use std::collections::BTreeSet;

use plainsight::api::authoring;
use serde_json::Value;

use crate::tree::{paths, text, texts_in};
use crate::{Fault, hold, refuses};

const FILE: &str = "manifest.json";

/// What a page may reach: where the core runs, and what answers for trackers.
const FRAME: &str = "extension/frame/frame.html";
const STAND_INS: &str = "extension/stand-ins/*";

/// What the sites' hosts become in the manifest.
fn matches_of(hosts: &[String]) -> Vec<String> {
    let sorted: BTreeSet<String> = hosts.iter().map(|host| format!("https://{host}/*")).collect();
    sorted.into_iter().collect()
}

fn strings(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(strings).collect(),
        Value::Object(fields) => fields.values().flat_map(strings).collect(),
        _ => Vec::new(),
    }
}

fn check(manifest: &Value, hosts: &[String], files: &[String]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut fault = |what: String| faults.push(Fault::new(FILE, 0, what));
    let wanted = matches_of(hosts);
    for (i, entry) in manifest["content_scripts"].as_array().into_iter().flatten().enumerate() {
        if strings(&entry["matches"]) != wanted {
            fault(format!("content_scripts[{i}].matches must be the hosts of data/sites, sorted: {wanted:?}"));
        }
    }
    for (i, entry) in manifest["web_accessible_resources"].as_array().into_iter().flatten().enumerate() {
        let part = format!("web_accessible_resources[{i}]");
        match strings(&entry["resources"])[..] {
            [FRAME | STAND_INS] => {}
            _ => fault(format!("{part}: a page may reach the frame and the stand-ins, and nothing else")),
        }
        if entry["use_dynamic_url"] != Value::Bool(true) {
            fault(format!("{part}: without use_dynamic_url any page can find out that we are here"));
        }
    }
    let policy = manifest["content_security_policy"]["extension_pages"].as_str().unwrap_or_default();
    // Lists that the person adds are fetched from anywhere, but never in the clear.
    for directive in ["default-src 'none'", "connect-src 'self' https:", "object-src 'none'"] {
        if !policy.split(';').any(|it| it.trim() == directive) {
            fault(format!("the policy of our own pages must say {directive}: they ask the net for nothing"));
        }
    }
    let is_file = |it: &&str| it.contains('/') && !it.contains([' ', ':', '*']) && !it.starts_with("build/");
    for name in strings(manifest).into_iter().filter(is_file).filter(|name| !files.iter().any(|file| file == name)) {
        fault(format!("{name} is named and is not there"));
    }
    faults
}

#[test]
fn the_manifest_agrees_with_the_sites_and_files() {
    let manifest = serde_json::from_str(&text(FILE)).expect("manifest.json is JSON");
    let files: Vec<_> = texts_in("data/sites/", &["toml"]).into_iter().map(|it| (it.path, it.text)).collect();
    let (sites, refusals) = authoring::sites(&files);
    assert!(refusals.is_empty() && !sites.is_empty(), "{refusals:?}");
    let hosts: Vec<String> = sites.into_iter().flat_map(|site| site.hosts).collect();
    hold(check(&manifest, &hosts, &paths()));
}

#[test]
fn a_wrong_manifest_is_refused() {
    let hosts = ["x.example".to_owned(), "a.example".to_owned()];
    let files = ["extension/a.js".to_owned(), "extension/frame/frame.html".to_owned()];
    let with = |matches: Value, js: &str, resource: &str, hidden: bool| {
        let manifest = serde_json::json!({
            "content_security_policy":
                { "extension_pages": "default-src 'none'; connect-src 'self' https:; object-src 'none'" },
            "content_scripts": [{ "matches": matches, "js": [js, "build/b.js"] }],
            "web_accessible_resources":
                [{ "resources": [resource], "matches": ["<all_urls>"], "use_dynamic_url": hidden }],
        });
        check(&manifest, &hosts, &files)
    };
    let (both, frame) =
        (serde_json::json!(["https://a.example/*", "https://x.example/*"]), "extension/frame/frame.html");
    assert_eq!(with(both.clone(), "extension/a.js", frame, true), []);
    refuses(&with(serde_json::json!(["<all_urls>"]), "extension/a.js", frame, true), 0, "content_scripts[0].matches");
    refuses(
        &with(serde_json::json!(["https://x.example/*", "https://a.example/*"]), "extension/a.js", frame, true),
        0,
        "sorted",
    );
    refuses(&with(both.clone(), "extension/gone.js", frame, true), 0, "extension/gone.js is named");
    refuses(&with(both.clone(), "extension/a.js", "extension/a.js", true), 0, "and nothing else");
    assert_eq!(with(both.clone(), "extension/a.js", STAND_INS, true), []);
    refuses(&with(both.clone(), "extension/a.js", STAND_INS, false), 0, "use_dynamic_url");
    refuses(&with(both, "extension/a.js", frame, false), 0, "use_dynamic_url");
    refuses(&check(&Value::Null, &hosts, &files), 0, "connect-src 'self'");
}
