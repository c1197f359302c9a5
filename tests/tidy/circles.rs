//! No circles: the modules inside a room depend one way.
//!
//! A module depends on another if and only if it names something that stands there. A door is no dependency: what a
//! module only passes on (`pub use`) is looked up where it really stands, and passing it on is not counted. Tests may
//! name whatever they prove, and are left out.

use std::collections::{BTreeMap, BTreeSet};

use crate::imports::paths_at;
use crate::source::{Token, block_end, code, tokens};
use crate::tree::{Text, texts_in};
use crate::{Fault, hold, refuses};

/// Circles that stand, each with its reason. The list may only shrink.
const KNOWN: &[(&[&str], &str)] = &[];

/// A module: where it is, and what its code says.
struct Module {
    file: String,
    tokens: Vec<Token>,
    /// Names that are passed on, and the path behind each.
    doors: BTreeMap<String, Vec<String>>,
}

/// Modules by their path from the crate's root (`feed::wire::path`); the root itself is empty.
type Modules = BTreeMap<String, Module>;

fn modules(folder: &str, files: &[Text]) -> Modules {
    let mut modules = Modules::new();
    for file in files {
        let inside = file.path.strip_prefix(folder).unwrap_or(&file.path);
        let name = inside.strip_suffix(".rs").unwrap_or(inside);
        let name = name.strip_suffix("/mod").unwrap_or(name);
        let name = if matches!(name, "lib" | "main") { "" } else { name };
        if name.starts_with("bin/") || name.ends_with("/tests") || name == "tests" {
            continue;
        }
        let tokens = without_tests(tokens(&code(&file.text, true)));
        let doors = doors(&tokens);
        modules.insert(name.replace('/', "::"), Module { file: file.path.clone(), tokens, doors });
    }
    modules
}

/// Without `mod tests { … }`.
fn without_tests(tokens: Vec<Token>) -> Vec<Token> {
    let is = |at: usize, text: &str| tokens.get(at).is_some_and(|it| it.text == text);
    let start = (0..tokens.len()).find(|&at| is(at, "mod") && is(at + 1, "tests") && is(at + 2, "{"));
    match start {
        Some(start) => [&tokens[..start], &tokens[block_end(&tokens, start + 2)..]].concat(),
        None => tokens,
    }
}

/// Where a `pub use …` or `pub(crate) use …` is, as the index of its first name.
fn door_at(tokens: &[Token], at: usize) -> Option<usize> {
    let text = |at: usize| tokens.get(at).map_or("", |it| it.text.as_str());
    if text(at) != "use" || at == 0 {
        return None;
    }
    let is_public = text(at - 1) == "pub" || (text(at - 1) == ")" && (1..at).rev().take(8).any(|i| text(i) == "pub"));
    is_public.then_some(at + 1)
}

fn doors(tokens: &[Token]) -> BTreeMap<String, Vec<String>> {
    let starts = (0..tokens.len()).filter_map(|at| door_at(tokens, at));
    let paths = starts.flat_map(|at| paths_at(tokens, at).0);
    paths.filter_map(|path| path.parts.last().cloned().map(|name| (name, path.parts))).collect()
}

/// The module in which a path of `from` ends; none if it leads out of the crate.
fn resolve(modules: &Modules, from: &str, parts: &[String], depth: usize) -> Option<String> {
    let parent = |name: &str| name.rsplit_once("::").map_or(String::new(), |(parent, _)| parent.to_owned());
    let mut here = from.to_owned();
    for (i, part) in parts.iter().enumerate() {
        let below = if here.is_empty() { part.clone() } else { format!("{here}::{part}") };
        match part.as_str() {
            "crate" if i == 0 => here = String::new(),
            "self" if i == 0 => {}
            "super" => here = parent(&here),
            _ if modules.contains_key(&below) => here = below,
            _ if i == 0 => return None,
            // A door is followed to where the name stands; a door of two modules to each other would never end.
            name => match modules.get(&here).and_then(|module| module.doors.get(name)).filter(|_| depth < 8) {
                Some(door) => return resolve(modules, &here, &[door, &parts[i + 1..]].concat(), depth + 1),
                None => return Some(here),
            },
        }
    }
    Some(here)
}

/// The modules that a module names, with the first line of each.
fn names(modules: &Modules, name: &str, module: &Module) -> BTreeMap<String, usize> {
    let tokens = &module.tokens;
    let text = |at: usize| tokens.get(at).map_or("", |it| it.text.as_str());
    let mut found = BTreeMap::new();
    // Where inline modules end; `super` inside of one is this module.
    let mut inline: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        inline.retain(|&end| at < end);
        if text(at) == "mod" && text(at + 2) == "{" {
            inline.push(block_end(tokens, at + 2));
        }
        let begins = text(at + 1) == "::" && (at == 0 || !matches!(text(at - 1), "::" | "in"));
        if !begins {
            at += 1;
            continue;
        }
        let is_door = at > 0 && door_at(tokens, at - 1).is_some();
        let (paths, end) = paths_at(tokens, at);
        at = end;
        for mut path in paths.into_iter().filter(|_| !is_door) {
            let ups = path.parts.iter().take_while(|part| *part == "super").count();
            if ups > 0 {
                path.parts.drain(..ups.min(inline.len()));
                if ups <= inline.len() {
                    path.parts.insert(0, "self".to_owned());
                }
            }
            if let Some(to) = resolve(modules, name, &path.parts, 0).filter(|to| to != name && !to.is_empty()) {
                found.entry(to).or_insert(path.line);
            }
        }
    }
    found
}

/// Every circle, as the modules that reach each other.
fn circles(modules: &Modules) -> Vec<Fault> {
    let edges: BTreeMap<&str, BTreeMap<String, usize>> =
        modules.iter().map(|(name, module)| (name.as_str(), names(modules, name, module))).collect();
    let reached = |from: &str| {
        let (mut seen, mut open) = (BTreeSet::new(), vec![from.to_owned()]);
        while let Some(name) = open.pop() {
            for to in edges.get(name.as_str()).into_iter().flatten().map(|(to, _)| to) {
                if seen.insert(to.clone()) {
                    open.push(to.clone());
                }
            }
        }
        seen
    };
    let reach: BTreeMap<&str, BTreeSet<String>> = edges.keys().map(|name| (*name, reached(name))).collect();
    let mut faults = Vec::new();
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for (name, reached) in reach.iter().filter(|(name, reached)| reached.contains(**name)) {
        let ring: Vec<&str> = reached.iter().map(String::as_str).filter(|it| reach[*it].contains(*name)).collect();
        if !told.insert(name) || ring.iter().any(|it| it < name) {
            continue;
        }
        let files: Vec<&str> = ring.iter().map(|it| modules[*it].file.as_str()).collect();
        if KNOWN.iter().any(|(known, _)| *known == files) {
            continue;
        }
        let mut steps = Vec::new();
        for from in &ring {
            for (to, line) in edges[from].iter().filter(|(to, _)| ring.contains(&to.as_str())) {
                steps.push(format!("{}:{line} names {to}", modules[*from].file));
            }
        }
        let what = format!("a circle of {}: {}. Move what both need below both", files.join(", "), steps.join("; "));
        faults.push(Fault::new(files[0], 0, what));
    }
    faults
}

#[test]
fn no_module_depends_on_itself_through_others() {
    for folder in ["src/", "xtask/src/"] {
        let modules = modules(folder, &texts_in(folder, &["rs"]));
        assert!(modules.len() > 20, "{folder} is not where it was");
        hold(circles(&modules));
    }
}

#[test]
fn a_circle_is_refused() {
    let of = |files: &[(&str, &str)]| {
        let files: Vec<_> = files.iter().map(|(path, text)| Text::new(path, text)).collect();
        circles(&modules("src/", &files))
    };
    refuses(
        &of(&[("src/a.rs", "use crate::b::B;"), ("src/b.rs", "fn f() { crate::a::g() }")]),
        0,
        "src/a.rs, src/b.rs",
    );
    // Through three, and through a door.
    let three = [
        ("src/a/mod.rs", "mod b;\nmod c;\npub use self::b::B;"),
        ("src/a/b.rs", "use super::c::C;"),
        ("src/a/c.rs", "use super::B;"),
    ];
    refuses(&of(&three), 0, "src/a/b.rs, src/a/c.rs");
    // A parent that uses its child, and a child that uses what stands in its parent.
    refuses(&of(&[("src/a.rs", "mod b;\nfn f() { b::g() }"), ("src/a/b.rs", "use super::f;")]), 0, "src/a/b.rs");
    // A door alone, tests, and inline modules make none.
    let fine = [
        ("src/a.rs", "mod b;\npub use b::B;\nstruct A;\nmod tests { use super::b; }\nmod c { use super::A; }"),
        ("src/a/b.rs", "use super::A;"),
    ];
    assert_eq!(of(&fine), []);
}
