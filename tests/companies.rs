//! Holds `data/companies` to its laws: each file sound and in its one form, all of them together free of contradictions,
//! and enough of them that most of what is stopped on the web has a sentence.
//!
//! What a single file must be is decided by `trackers::company::make` and proven there on samples. Whether a sentence is
//! true no test can hold: that is what each file's `source` is for.

use plainsight::api::authoring;
use plainsight::trackers::company::make;

/// How many companies we speak of ourselves at least: fewer means that files were lost.
const AT_LEAST: usize = 200;

/// Each file's name and text, by name.
fn files() -> Vec<(String, String)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/companies");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("data/companies is there")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).expect("a readable file")))
        .collect();
    files.sort();
    files
}

#[test]
fn the_companies_hold_together() {
    let files = files();
    let (entries, refusals) = authoring::companies(&files);
    let told: Vec<_> = refusals.iter().map(ToString::to_string).collect();
    assert!(refusals.is_empty(), "\n{}\n", told.join("\n"));
    assert!(entries.len() >= AT_LEAST, "{} companies", entries.len());
}

#[test]
fn every_sentence_is_short_and_whole() {
    for (name, text) in files() {
        let entry = make::read(&name, &text).expect("the file is good");
        let length = entry.says.chars().count();
        assert!((20..=160).contains(&length) && entry.says.ends_with('.'), "{name}: {:?}", entry.says);
        assert!(
            entry.says.starts_with(char::is_uppercase) && entry.says.trim() == entry.says,
            "{name}: {:?}",
            entry.says
        );
        assert!(entry.source.starts_with("https://"), "{name}: {}", entry.source);
    }
}

#[test]
fn every_file_has_the_one_form() {
    for (name, text) in files() {
        let wanted = make::format(&make::read(&name, &text).expect("the file is good"));
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&name, &wanted).expect("the file can be written");
        } else {
            assert_eq!(text, wanted, "{name}: run with UPDATE_EXPECT=1");
        }
    }
}
