//! Documents name what is there: prose that no test watches grows old.
//!
//! Looked up are links to files, files and tests in backquotes, every permission, and every site. Whether a sentence is
//! true is beyond this.

use plainsight::api::authoring;
use serde_json::Value;

use crate::tree::{Text, paths, text, texts, texts_in};
use crate::{Fault, hold, refuses};

/// What the build makes, and what stands for something.
fn is_made(path: &str) -> bool {
    ["build/", "dist/", "node_modules/"].iter().any(|folder| path.starts_with(folder)) || path.contains(['*', ' ', '…'])
}

/// A path in backquotes, as far as it can be told from anything else.
fn is_path(word: &str) -> bool {
    let is_one = word.contains('/') || [".md", ".toml", ".json"].iter().any(|ending| word.ends_with(ending));
    let stands_for_more =
        word.split(['/', '.']).any(|part| part.len() > 1 && part.chars().all(|c| c.is_ascii_uppercase()));
    is_one && !is_made(word) && !stands_for_more && !word.starts_with(['/', '.', '#', '$'])
}

/// The names of tests: four words or more.
fn is_test(word: &str) -> bool {
    let name = word.rsplit("::").next().unwrap_or_default();
    name.matches('_').count() >= 3 && name.chars().all(|c| c.is_ascii_lowercase() || c == '_')
}

fn check(file: &Text, files: &[String], tests: &str) -> Vec<Fault> {
    // A text names a file as one speaks of it, from wherever it is: its last parts are enough.
    let is_there = |path: &str| {
        let path = path.split('#').next().unwrap_or_default().trim_start_matches("../").trim_end_matches('/');
        files.iter().any(|it| format!("/{it}/").contains(&format!("/{path}/")))
    };
    let mut faults = Vec::new();
    let mut is_sample = false;
    for (i, line) in file.text.lines().enumerate() {
        is_sample ^= line.starts_with("```");
        let links = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for link in links.filter(|link| !link.contains("://") && !is_there(link)) {
            faults.push(Fault::new(&file.path, i + 1, format!("links to {link}, which is not there")));
        }
        for word in line.split('`').skip(1).step_by(2).filter(|_| !is_sample) {
            if is_test(word) && !tests.contains(&format!("fn {}(", word.rsplit("::").next().unwrap_or_default())) {
                faults.push(Fault::new(&file.path, i + 1, format!("names {word}, and there is no such test")));
            } else if file.path == "ARCHITECTURE.md" && is_path(word) && !is_there(word) {
                faults.push(Fault::new(&file.path, i + 1, format!("names {word}, which is not there")));
            }
        }
    }
    faults
}

fn permissions(manifest: &Value, privacy: &str) -> Vec<Fault> {
    let of = |key: &str| manifest[key].as_array().into_iter().flatten().filter_map(Value::as_str).collect::<Vec<_>>();
    let all = [of("permissions"), of("host_permissions"), of("optional_permissions")].concat();
    let bare = all.into_iter().filter(|name| !privacy.contains(&format!("`{name}`")));
    bare.map(|name| Fault::new("PRIVACY.md", 0, format!("does not say what {name} is for"))).collect()
}

#[test]
fn documents_name_what_is_there() {
    let files = paths();
    let tests: String = texts().into_iter().filter(|it| it.is(&["rs"])).map(|it| it.text).collect();
    let documents = texts_in("", &["md"]);
    hold(documents.iter().flat_map(|file| check(file, &files, &tests)).collect());
}

#[test]
fn every_permission_is_explained() {
    let manifest = serde_json::from_str(&text("manifest.json")).expect("manifest.json is JSON");
    hold(permissions(&manifest, &text("PRIVACY.md")));
}

#[test]
fn every_site_is_in_the_table() {
    let files: Vec<_> = texts_in("data/sites/", &["toml"]).into_iter().map(|it| (it.path, it.text)).collect();
    let readme = text("README.md");
    let is_listed =
        |name: &str, day: &str| readme.lines().any(|row| row.starts_with(&format!("| {name}")) && row.contains(day));
    let missing = authoring::sites(&files).0.into_iter().filter(|site| !is_listed(&site.name, &site.checked));
    hold(
        missing
            .map(|site| Fault::new("README.md", 0, format!("has no row for {}, checked {}", site.name, site.checked)))
            .collect(),
    );
}

#[test]
fn old_documents_are_refused() {
    let files = ["src/a.rs".to_owned(), "docs/b.md".to_owned()];
    let of = |text: &str| check(&Text::new("ARCHITECTURE.md", text), &files, "fn this_is_a_test() {}");
    refuses(&of("a\n[b](docs/c.md)"), 2, "docs/c.md");
    refuses(&of("`src/gone.rs`"), 1, "src/gone.rs");
    refuses(&of("`b::that_is_a_test`"), 1, "no such test");
    assert_eq!(
        of("[b](docs/b.md) `src/` `a.rs` `b::this_is_a_test` `build/x.js` `data/NAME.toml` [c](https://d.example)"),
        []
    );
    let manifest = serde_json::json!({ "permissions": ["storage", "tabs"] });
    refuses(&permissions(&manifest, "**`storage`** keeps."), 0, "tabs");
}
