//! What the code does not do: the core reaches nothing, no page's text becomes HTML, no script asks the net, and no
//! platform is known by name outside `data`.
//!
//! Each is a promise to people, and each would be broken by one innocent line; so the line is refused.

use plainsight::api::authoring;

use crate::imports::paths_from;
use crate::source::{code, quoted, tokens};
use crate::tree::{Text, texts_in};
use crate::{Fault, hold, refuses};

/// What the core is given and never takes: clock, disk, network, machine.
const REACHING: &[&str] = &["env", "fs", "net", "os", "process", "thread", "time"];

/// Ways to make HTML or code of a text.
const MARKUP: &[&str] = &[
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "inner_html",
    "setHTMLUnsafe",
    "parseFromString",
    "eval",
    "write",
];

/// Ways to ask the net.
const ASKING: &[&str] = &["fetch", "XMLHttpRequest", "WebSocket", "EventSource", "sendBeacon", "importScripts"];

/// What stands between a page and its own answers must name what it listens to.
const LISTENS: &[&str] =
    &["extension/content/order-fetch.js", "extension/content/order-xhr.js", "extension/content/wire.js"];

/// The one script that fetches what is not ours: lists that the person adds, and newer ones, when they say so.
const ORDERED: &str = "extension/fetched.js";

/// Our own files: `fetch(api.runtime.getURL(…))`, or a path in our own frame.
const OWN: &[&str] = &["fetch(api.runtime.getURL(", "fetch(\"/build/"];

fn core(file: &Text) -> Vec<Fault> {
    let code = code(&file.text, true);
    let before_tests = code.split("mod tests {").next().unwrap_or_default();
    let found = paths_from(&tokens(before_tests), &["std"]);
    let bad = found.iter().filter(|path| path.parts.get(1).is_some_and(|part| REACHING.contains(&part.as_str())));
    bad.map(|path| {
        Fault::new(
            &file.path,
            path.line,
            format!("{}: the core is given such things as arguments", path.parts.join("::")),
        )
    })
    .collect()
}

fn skin(file: &Text) -> Vec<Fault> {
    let is_rust = file.is(&["rs"]);
    let mut faults = Vec::new();
    for token in tokens(&code(&file.text, is_rust)) {
        let raw = file.text.lines().nth(token.line - 1).unwrap_or_default();
        if MARKUP.contains(&token.text.as_str()) {
            let what = format!("{}: what others wrote only ever becomes text nodes", token.text);
            faults.push(Fault::new(&file.path, token.line, what));
        }
        if !is_rust
            && ASKING.contains(&token.text.as_str())
            && !LISTENS.contains(&file.path.as_str())
            && file.path != ORDERED
            && !OWN.iter().any(|own| raw.contains(own))
        {
            let what = format!("{}: the extension asks the net for nothing but its own files", token.text);
            faults.push(Fault::new(&file.path, token.line, what));
        }
    }
    faults
}

/// Counts the words of addresses, whosever they are.
const WORDS_OF_ADDRESSES: &str = "src/trackers/shield/keys.rs";

/// A platform's host or name in a string of code.
fn platforms(file: &Text, names: &[String]) -> Vec<Fault> {
    let text = file.text.split("mod tests {").next().unwrap_or_default();
    let is_comment = |line: usize| {
        let line = text.lines().nth(line - 1).unwrap_or_default().trim_start();
        line.starts_with("//") || line.starts_with('*')
    };
    let single = text.replace('\'', "\"");
    let found =
        quoted(&single).into_iter().filter(|(line, text)| !is_comment(*line) && names.iter().any(|it| it == text));
    found
        .map(|(line, text)| {
            Fault::new(&file.path, line, format!("{text:?}: a platform is known only by its file in data/sites"))
        })
        .collect()
}

#[test]
fn the_core_reaches_nothing() {
    let files: Vec<_> = texts_in("src/", &["rs"]).into_iter().filter(|it| !it.path.ends_with("/tests.rs")).collect();
    hold(files.iter().flat_map(core).collect());
}

#[test]
fn no_text_becomes_html_and_nothing_is_asked_of_the_net() {
    let files = [texts_in("extension/", &["js"]), texts_in("src/web/", &["rs"])].concat();
    hold(files.iter().flat_map(skin).collect());
}

#[test]
fn no_platform_is_known_by_name() {
    let files: Vec<_> = texts_in("data/sites/", &["toml"]).into_iter().map(|it| (it.path, it.text)).collect();
    let sites = authoring::sites(&files).0;
    let names: Vec<String> =
        sites.into_iter().flat_map(|site| [vec![site.name.clone(), site.id], site.hosts].concat()).collect();
    let names: Vec<String> = names.into_iter().filter(|name| name.len() > 1).collect();
    assert!(!names.is_empty(), "there is no site");
    let files = [texts_in("extension/", &["js"]), texts_in("src/", &["rs"])].concat();
    let files = files.iter().filter(|it| !it.path.ends_with("/tests.rs") && it.path != WORDS_OF_ADDRESSES);
    hold(files.flat_map(|file| platforms(file, &names)).collect());
}

#[test]
fn what_must_be_absent_is_refused() {
    refuses(
        &core(&Text::new("src/a.rs", "use std::collections::BTreeMap;\nlet now = std::time::Instant::now();")),
        2,
        "arguments",
    );
    refuses(&core(&Text::new("src/a.rs", "use std::{fs, fmt};")), 1, "std::fs");
    assert_eq!(core(&Text::new("src/a.rs", "use std::fmt;\nmod tests { use std::fs; }")), []);
    refuses(&skin(&Text::new("a.js", "host.innerHTML = post;")), 1, "text nodes");
    refuses(&skin(&Text::new("a.js", "fetch(`https://${host}/`);")), 1, "own files");
    refuses(&skin(&Text::new("a.js", "navigator.sendBeacon(x);")), 1, "own files");
    assert_eq!(skin(&Text::new("a.js", "fetch(api.runtime.getURL(PACK)); // innerHTML")), []);
    refuses(&platforms(&Text::new("a.js", "if (host === 'x.com') go();"), &["x.com".into()]), 1, "data/sites");
    assert_eq!(platforms(&Text::new("a.rs", "// like \"x.com\"\nlet a = \"y\";"), &["x.com".into()]), []);
}
