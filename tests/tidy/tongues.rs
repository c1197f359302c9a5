//! The languages of the interface: all of them are there, each message has the values that the English one has, and none
//! is English by accident.
//!
//! That every message is there is held by `words.rs`. What this deliberately does not do: judge a translation.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::tree::text;
use crate::{Fault, hold, refuses};

/// The languages, English apart.
const TONGUES: &[&str] = &["ar", "de", "es", "fr", "hi", "id", "it", "ja", "nl", "pl", "pt", "sl", "tr", "uk"];

/// What is written as in English, and where: the name of the product, and words that a language took over.
const SAME: &[(&str, &[&str])] = &[
    ("cardFingerprintingTitle", &["de", "it", "nl"]),
    ("cardRetargetingTitle", &["de", "es", "it", "nl", "pl", "pt"]),
    ("cardStreakTitle", &["de", "nl"]),
    ("dashboardLater", &["nl"]),
    ("dashboardMinutes", &["fr"]),
    ("dashboardSite", &["fr", "nl", "pt", "tr"]),
    ("dashboardSuggested", &["fr"]),
    ("dashboardTitle", &["de", "nl"]),
    ("dashboardWeek", &["nl"]),
    ("extensionName", TONGUES),
    ("groupSuggested", &["fr"]),
    ("interestDating", &["de"]),
    ("interestFootball", &["fr"]),
    ("interestGaming", &["nl"]),
    ("interestReligion", &["de", "fr"]),
    ("interestShopping", &["it"]),
    ("interestSport", &["de", "fr", "it", "nl", "pl"]),
    ("levelStrict", &["fr"]),
    ("popupFeed", &["de", "es", "id", "it", "nl", "pl", "pt"]),
    ("popupProtection", &["fr"]),
];

/// Messages by their key.
type Messages = BTreeMap<String, Value>;

fn messages(tongue: &str) -> Messages {
    let path = format!("_locales/{tongue}/messages.json");
    serde_json::from_str(&text(&path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A message in pieces: its words, and the names of its values in small letters, sorted, each once.
fn pieces(message: &Value) -> (String, Vec<String>) {
    let all: Vec<&str> = message["message"].as_str().unwrap_or_default().split('$').collect();
    let mut values: Vec<String> = all.iter().skip(1).step_by(2).map(|name| name.to_lowercase()).collect();
    values.sort();
    values.dedup();
    (all.into_iter().step_by(2).collect(), values)
}

/// Which argument each value stands for; the example beside it is for translators.
fn declared(message: &Value) -> BTreeMap<&str, &Value> {
    let all = message["placeholders"].as_object().into_iter().flatten();
    all.map(|(name, it)| (name.as_str(), &it["content"])).collect()
}

fn check(tongue: &str, theirs: &Messages, english: &Messages) -> Vec<Fault> {
    let file = format!("_locales/{tongue}/messages.json");
    let mut faults = Vec::new();
    for (key, message) in theirs {
        // A form that English does not have says what the form for all others says.
        let other = key.rsplit_once('_').map(|(name, _)| format!("{name}_other"));
        let Some(meant) = english.get(key).or_else(|| english.get(&other?)) else { continue };
        let ((words, values), (english_words, english_values)) = (pieces(message), pieces(meant));
        // One thing may be said without its number.
        let is_right = match key.contains('_') {
            true => values.iter().all(|it| english_values.contains(it)),
            false => values == english_values,
        };
        if !is_right {
            faults.push(Fault::new(&file, 0, format!("{key} has the values {values:?}, English {english_values:?}")));
        }
        if declared(message) != declared(meant) {
            faults.push(Fault::new(&file, 0, format!("{key} declares its values otherwise than English does")));
        }
        let is_same = words == english_words && words.contains(char::is_alphabetic);
        let may = SAME.iter().any(|(same, tongues)| same == key && tongues.contains(&tongue));
        if is_same && !may {
            faults.push(Fault::new(&file, 0, format!("{key} is English: translate it, or name it in SAME")));
        }
        if may && !is_same {
            faults.push(Fault::new(&file, 0, format!("{key} is no longer English: take it out of SAME")));
        }
    }
    faults
}

#[test]
fn every_language_says_what_english_says() {
    let english = messages("en");
    hold(TONGUES.iter().flat_map(|tongue| check(tongue, &messages(tongue), &english)).collect());
}

#[test]
fn what_is_not_translated_is_refused() {
    let of = |text: &str| -> Messages { serde_json::from_str(text).expect("it is written here") };
    let english = of(r#"{
        "a": { "message": "Hide $X$", "placeholders": { "x": { "content": "$1" } } }, "b": { "message": "Close" },
        "c": { "message": "$X$", "placeholders": { "x": { "content": "$1" } } }, "popupFeed": { "message": "Feed" },
        "n_one": { "message": "one" }, "n_other": { "message": "$X$ sites", "placeholders": { "x": { "content": "$1" } } }
    }"#);
    let german = of(r#"{
        "a": { "message": "Ausblenden" }, "b": { "message": "Close" },
        "c": { "message": "$X$", "placeholders": { "x": { "content": "$1" } } }, "popupFeed": { "message": "Strom" },
        "n_few": { "message": "$X$ $Y$ Seiten", "placeholders": { "x": { "content": "$1" } } }
    }"#);
    let faults = check("de", &german, &english);
    refuses(&faults, 0, "a has the values [], English [\"x\"]");
    refuses(&faults, 0, "a declares its values otherwise");
    refuses(&faults, 0, "b is English");
    refuses(&faults, 0, "popupFeed is no longer English");
    refuses(&faults, 0, "n_few has the values");
    assert_eq!(faults.len(), 5, "{faults:?}");
}
