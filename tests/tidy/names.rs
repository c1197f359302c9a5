//! Names: seven words that say nothing are in no name of ours, and the browser's crates are named at its door alone.
//!
//! Only code is read: prose and strings may say what they like.

use crate::source::{code, tokens};
use crate::tree::{Text, texts};
use crate::{Fault, hold, refuses};

/// They say how a thing is built or that nobody knew what it is, never what it is.
const EMPTY: &[&str] = &["filter", "classifier", "engine", "manager", "handler", "util", "utils", "helper", "helpers"];

/// Names that others gave.
const FOREIGN: &[(&str, &str)] = &[
    ("filter_map", "of Rust's iterators"),
    ("FILTER_ACCEPT", "of the DOM"),
    ("FILTER_REJECT", "of the DOM"),
    ("attributeFilter", "of the DOM"),
    ("NodeFilter", "of the DOM"),
    ("url_filter", "declarativeNetRequest's urlFilter"),
    ("urlFilter", "declarativeNetRequest's"),
    ("is_url_filter_case_sensitive", "declarativeNetRequest's isUrlFilterCaseSensitive"),
    ("regex_filter", "declarativeNetRequest's regexFilter"),
    ("regexFilter", "declarativeNetRequest's"),
    ("google_tag_manager", "a global of Google's"),
    ("Engine", "the trait of the crate base64, and Brave's"),
    ("FilterSet", "of Brave's crate"),
    ("add_filter_list", "of Brave's crate"),
    ("new_with_filter_set", "of Brave's crate"),
    ("FiltersEngine", "Ghostery's"),
    ("StaticNetFilteringEngine", "uBlock Origin's"),
    ("TagManager", "what the trade calls a script that loads others"),
];

/// The browser's crates, and where they may be named.
const BROWSER: &[&str] =
    &["wasm_bindgen", "serde_wasm_bindgen", "web_sys", "js_sys", "leptos", "gloo", "wasm_bindgen_futures"];
const DOOR: &[&str] = &["src/web/", "src/bin/", "benches/peers/src/"];

/// The words of a name, in lower case: `MakeOne_two` is make, one, two.
pub(crate) fn parts(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut was_lower = false;
    for c in name.chars() {
        if !c.is_alphanumeric() || (c.is_uppercase() && was_lower) {
            parts.push(String::new());
        }
        was_lower = c.is_lowercase();
        if c.is_alphanumeric() {
            parts.last_mut().expect("there is one").extend(c.to_lowercase());
        }
    }
    parts
}

fn empty_part(name: &str) -> Option<&'static str> {
    let parts = parts(name);
    EMPTY.iter().copied().find(|word| parts.iter().any(|part| part == word))
}

fn check(file: &Text) -> Vec<Fault> {
    let is_rust = file.is(&["rs"]);
    let mut faults = Vec::new();
    let name = file.path.split('.').next().unwrap_or_default();
    if let Some(word) = empty_part(name) {
        faults.push(Fault::new(&file.path, 0, format!("{word:?} says nothing: name the file after what it is")));
    }
    let tokens = tokens(&code(&file.text, is_rust));
    for (at, token) in tokens.iter().enumerate() {
        let is_method = token.text == "filter" && at > 0 && tokens[at - 1].text == ".";
        if !is_method
            && !FOREIGN.iter().any(|(name, _)| *name == token.text)
            && let Some(word) = empty_part(&token.text)
        {
            let what = format!("{:?} has {word:?} in it, which says nothing: name it after what it is", token.text);
            faults.push(Fault::new(&file.path, token.line, what));
        }
        let may = !is_rust || DOOR.iter().any(|folder| file.path.starts_with(folder));
        if !may && BROWSER.contains(&token.text.as_str()) {
            let what = format!("{} is named only in src/web and src/bin: take plain values in and out", token.text);
            faults.push(Fault::new(&file.path, token.line, what));
        }
    }
    faults
}

#[test]
fn names_say_what_a_thing_is() {
    hold(texts().iter().filter(|it| it.is(&["rs", "js", "mjs", "ts"])).flat_map(check).collect());
}

#[test]
fn empty_names_are_refused() {
    let bad = |path: &str, text: &str, line: usize| refuses(&check(&Text::new(path, text)), line, "says nothing");
    bad("a.rs", "\nstruct TabManager;", 2);
    bad("a.rs", "fn make_helper() {}", 1);
    bad("a.js", "const onHandlerDone = 1;", 1);
    bad("a.rs", "fn filter() {}", 1);
    bad("src/utils.rs", "", 0);
    assert_eq!(check(&Text::new("a.rs", "a.filter(b).filter_map(c); // the engine\nlet badfilter = \"util\";")), []);
}

#[test]
fn the_browser_is_refused_outside_its_door() {
    let text = "use wasm_bindgen::JsValue;";
    refuses(&check(&Text::new("src/api/page.rs", text)), 1, "src/web");
    refuses(&check(&Text::new("src/feed/mod.rs", "fn a() { leptos::view() }")), 1, "src/web");
    assert_eq!(check(&Text::new("src/web/page.rs", text)), []);
    assert_eq!(check(&Text::new("xtask/src/wasm.rs", "use wasm_bindgen_cli_support::Bindgen; // wasm_bindgen")), []);
}
