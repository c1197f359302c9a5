//! Who may import whom: the table of rooms.
//!
//! A room is a file or folder of `src`, and what it names of ours is seen in every path that begins with `crate::` (or,
//! outside the library, `plainsight::`), in `use` and anywhere else, tests inside the room included.

use crate::source::{Token, code, tokens};
use crate::tree::{Text, texts_in};
use crate::{Fault, hold, refuses};

/// Each room, and the rooms whose names it may say beside its own. `api` is the only place where feed and trackers meet.
const LAW: &[(&str, &[&str])] = &[
    ("verdict", &[]),
    ("pack", &[]),
    ("text", &[]),
    ("url", &[]),
    ("feed", &["verdict", "text", "url", "pack"]),
    ("trackers", &["verdict", "url", "pack"]),
    ("ledger", &["verdict", "url"]),
    ("explain", &["verdict", "ledger"]),
    ("api", &["verdict", "pack", "text", "url", "feed", "trackers", "ledger", "explain"]),
    ("web", &["api"]),
    // What a bin calls is its context's door in `web`.
    ("bin", &["api", "web"]),
    ("xtask", &["api"]),
];

/// One path of ours, split at `::`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Path {
    pub(crate) line: usize,
    pub(crate) parts: Vec<String>,
}

/// Reads the path, or tree of paths (`a::{b, c::d}`), that begins at a token, and says where it ends.
pub(crate) fn paths_at(tokens: &[Token], at: usize) -> (Vec<Path>, usize) {
    let mut found = Vec::new();
    let end = tree(tokens, at, &[], &mut found);
    (found, end)
}

/// Returns the index behind the tree.
fn tree(tokens: &[Token], mut at: usize, before: &[String], found: &mut Vec<Path>) -> usize {
    let text = |at: usize| tokens.get(at).map_or("", |it| it.text.as_str());
    let line = tokens.get(at).map_or(0, |it| it.line);
    if text(at) == "{" {
        at += 1;
        while at < tokens.len() && text(at) != "}" {
            at = tree(tokens, at, before, found);
            // A new name (`as T`), the comma, or what no tree has: on to the next branch.
            while at < tokens.len() && !matches!(text(at), "," | "}") {
                at += 1;
            }
            at += usize::from(text(at) == ",");
        }
        return at + 1;
    }
    let mut parts = before.to_vec();
    if text(at) != "self" || before.is_empty() {
        parts.push(text(at).to_owned());
    }
    if text(at + 1) == "::" {
        return tree(tokens, at + 2, &parts, found);
    }
    found.push(Path { line, parts });
    at + 1
}

/// All paths of a code text that begin with one of these names.
pub(crate) fn paths_from(tokens: &[Token], heads: &[&str]) -> Vec<Path> {
    let is_head = |at: usize| {
        let is_inside = at > 0 && matches!(tokens[at - 1].text.as_str(), "::" | ".");
        heads.contains(&tokens[at].text.as_str()) && !is_inside && tokens.get(at + 1).is_some_and(|it| it.text == "::")
    };
    (0..tokens.len()).filter(|&at| is_head(at)).flat_map(|at| paths_at(tokens, at).0).collect()
}

/// The room of a file of ours.
fn room(path: &str) -> Option<&str> {
    if path.starts_with("xtask/src/") {
        return Some("xtask");
    }
    let inside = path.strip_prefix("src/")?;
    let first = inside.split('/').next().unwrap_or_default();
    Some(first.strip_suffix(".rs").unwrap_or(first))
}

fn check(file: &Text) -> Vec<Fault> {
    let Some(room) = room(&file.path).filter(|room| *room != "lib") else { return Vec::new() };
    let Some((_, allowed)) = LAW.iter().find(|(name, _)| *name == room) else {
        let what = format!("the room {room} is not in the law: say in tests/tidy/imports.rs whom it may import");
        return vec![Fault::new(&file.path, 0, what)];
    };
    let head = if matches!(room, "xtask" | "bin") { "plainsight" } else { "crate" };
    let found = paths_from(&tokens(&code(&file.text, true)), &[head]);
    let theirs = found.iter().filter_map(|path| path.parts.get(1).map(|part| (path.line, part)));
    let broken = theirs.filter(|(_, part)| *part != room && !allowed.contains(&part.as_str()));
    broken
        .map(|(line, part)| {
            let what =
                format!("{room} may not import {part}: ask through a room that may, or move what both need lower");
            Fault::new(&file.path, line, what)
        })
        .collect()
}

#[test]
fn rooms_import_only_what_they_may() {
    let files: Vec<_> = ["src/", "xtask/src/"].into_iter().flat_map(|folder| texts_in(folder, &["rs"])).collect();
    assert!(files.len() > 50, "the rooms are not where they were");
    hold(files.iter().flat_map(check).collect());
}

#[test]
fn a_wrong_import_is_refused() {
    let bad = |path: &str, text: &str, line: usize, words: &str| refuses(&check(&Text::new(path, text)), line, words);
    bad("src/feed/judge.rs", "//! x\nuse crate::{\n    verdict::Act,\n    trackers::Shield,\n};", 4, "import trackers");
    bad("src/trackers/dnr.rs", "fn a() { let b = crate::feed::item(); }", 1, "import feed");
    bad("src/verdict.rs", "use crate::url;", 1, "import url");
    bad("src/web/page.rs", "use crate::feed::Feed;", 1, "import feed");
    bad("xtask/src/ask.rs", "use plainsight::trackers::Request;", 1, "import trackers");
    bad("src/extra/mod.rs", "", 0, "not in the law");
    assert_eq!(check(&Text::new("src/api/page.rs", "use crate::feed; // crate::web\nuse crate::trackers;")), []);
    assert_eq!(check(&Text::new("src/feed/mod.rs", "//! [`crate::trackers`]\nlet a = \"crate::web\";")), []);
}
