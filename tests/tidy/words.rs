//! The interface's words: every key that is asked for is there, and every key that is there is asked for.
//!
//! Keys stand in the scripts (`say("…")`, `getMessage('…')`), in the Rust of the pages and of the receipt (any text in
//! camel case there is a key), in the sites' files (`says = "…"`), in the manifest (`__MSG_…__`), and some are made of
//! a stem and the name of a variant; those families are listed below and checked against the enums. A counted thing
//! (`counted("…")`) has a message for each form that a language has. What the cards for people ask for, and the interests
//! of the mirror, is said by their tables.

use std::collections::{BTreeMap, BTreeSet};

use plainsight::api::{lessons, mirror};
use serde_json::Value;

use crate::source::quoted;
use crate::tree::{Text, paths, text, texts_in};
use crate::{Fault, hold, refuses};

const ENGLISH: &str = "_locales/en/messages.json";

/// Families of keys: the stem, the file and name of the enum, and variants that have no words of this family.
const FAMILIES: &[(&str, &str, &str, &[&str])] = &[
    // What is noticed in words is one variant; its names are those of `data/reasons`, for the families of `NOTICED`.
    ("kind", "src/verdict/kind.rs", "Kind", &["Noticed"]),
    ("markKind", "src/verdict/kind.rs", "Kind", &["Noticed"]),
    ("act", "src/verdict.rs", "Act", &[]),
    ("actDone", "src/verdict.rs", "Act", &[]),
    // What is only shown gets no line, and so no words for one.
    ("mark", "src/verdict.rs", "Act", &["Show"]),
    ("voice", "src/explain.rs", "Voice", &[]),
    ("level", "src/feed/level.rs", "Level", &[]),
    ("levelSays", "src/feed/level.rs", "Level", &[]),
    ("group", "src/verdict/group.rs", "Group", &[]),
    ("link", "src/feed/site.rs", "Purpose", &[]),
    ("companyPurpose", "src/trackers/company.rs", "Purpose", &[]),
    ("popupSwitch", "src/api/protection/switch.rs", "Switch", &[]),
];

/// Families that have a word for every card of `data/reasons`.
const NOTICED: &[&str] = &["kind", "markKind", "receipt"];

/// What stands behind the name of a counted thing; every language has the last, and of the others those that it needs
/// (`tests/glue/language.test.js` knows which).
const FORMS: [&str; 6] = ["_zero", "_one", "_two", "_few", "_many", "_other"];

/// A key and where it is asked for.
type Asked = BTreeMap<String, (String, usize)>;

fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.contains(|c: char| c.is_ascii_uppercase())
        && text.chars().all(|c| c.is_ascii_alphanumeric())
}

/// The texts that stand in single or double quotes right behind one of these.
fn behind<'a>(line: &'a str, calls: &[&str]) -> Vec<&'a str> {
    let of = |call: &&str| line.match_indices(*call).map(|(at, call)| &line[at + call.len()..]).collect::<Vec<_>>();
    let rests: Vec<&str> = calls.iter().flat_map(of).collect();
    rests.into_iter().filter_map(|rest| rest.strip_prefix(['"', '\''])?.split(['"', '\'']).next()).collect()
}

/// Keys or stems, each with its line.
type Found<'a> = Vec<(usize, &'a str)>;

/// The keys, the stems, and the names of counted things that a file asks for.
fn asked(file: &Text) -> (Found<'_>, Found<'_>, Found<'_>) {
    let (mut keys, mut stems, mut counted) = (Vec::new(), Vec::new(), Vec::new());
    let is_rust = file.is(&["rs"]);
    let of_rust = if is_rust { quoted(file.text.split("mod tests {").next().unwrap_or_default()) } else { Vec::new() };
    keys.extend(of_rust.into_iter().filter(|(_, text)| is_key(text)));
    for (i, line) in file.text.lines().enumerate() {
        let take =
            |calls: &[&str], into: &mut Vec<_>| into.extend(behind(line, calls).into_iter().map(|it| (i + 1, it)));
        if is_rust {
            take(&["words(", "words_with("], &mut keys);
            take(&["&key(", " key("], &mut stems);
            take(&["counted("], &mut counted);
        } else if file.is(&["js"]) {
            take(&["say(", "getMessage(", "{ key: "], &mut keys);
            take(&["counted("], &mut counted);
            take(&["keyOf("], &mut stems);
        } else if file.is(&["toml"]) {
            take(&["says = "], &mut keys);
        } else {
            let names = line.split("__MSG_").skip(1).filter_map(|rest| rest.split("__").next());
            keys.extend(names.map(|name| (i + 1, name)));
        }
    }
    // The browser's own words.
    keys.retain(|(_, key)| !key.starts_with("@@"));
    // A stem passed through a function that adds to it is a family, not a key.
    keys.retain(|(_, key)| !is_family(key));
    keys.retain(|(_, key)| !counted.iter().any(|(_, name)| name == key));
    (keys, stems, counted)
}

/// The variants of an enum, in a file that `rustfmt` wrote.
fn variants(text: &str, name: &str) -> Vec<String> {
    let mut lines = text.lines().skip_while(|line| *line != format!("pub enum {name} {{"));
    lines.next();
    let names = lines.take_while(|line| *line != "}").filter_map(|line| line.strip_prefix("    "));
    let names = names.filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()));
    names.map(|line| line.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_owned()).collect()
}

fn families(text_of: impl Fn(&str) -> String) -> Asked {
    let mut asked = Asked::new();
    for (stem, file, name, without) in FAMILIES {
        let variants = variants(&text_of(file), name);
        assert!(!variants.is_empty(), "{file} has no enum {name}: see FAMILIES in tests/tidy/words.rs");
        for variant in variants.iter().filter(|variant| !without.contains(&variant.as_str())) {
            asked.insert(format!("{stem}{variant}"), ((*file).to_owned(), 0));
        }
    }
    asked
}

/// Whether keys may be made of this stem.
fn is_family(stem: &str) -> bool {
    FAMILIES.iter().any(|(known, ..)| *known == stem) || NOTICED.contains(&stem)
}

/// The keys of every card of `data/reasons`.
fn noticed(cards: &[Text]) -> Asked {
    let key = |path: &str, stem: &str| {
        let name = path.rsplit('/').next().unwrap_or_default().trim_end_matches(".toml");
        (plainsight::api::key(stem, name), (path.to_owned(), 0))
    };
    cards.iter().flat_map(|card| NOTICED.iter().map(|stem| key(&card.path, stem))).collect()
}

/// The keys of the cards for people, and of interests.
fn told() -> Asked {
    let keys = lessons::all().iter().flat_map(|lesson| lesson.keys());
    let keys = keys.map(|key| (key, ("src/explain/lessons.rs".to_owned(), 0)));
    let of_mirror = mirror::interests().iter().flat_map(|it| it.keys());
    keys.chain(of_mirror.map(|key| (key, ("src/explain/mirror.rs".to_owned(), 0)))).collect()
}

/// The message's own form: a description for translators, and every placeholder declared.
fn form(file: &str, key: &str, message: &Value) -> Vec<Fault> {
    let fault = |what: String| Fault::new(file, 0, format!("{key} {what}"));
    let mut faults = Vec::new();
    let words = message["message"].as_str().unwrap_or_default();
    if words.is_empty() {
        faults.push(fault("says nothing".into()));
    }
    if file == ENGLISH && message["description"].as_str().is_none_or(str::is_empty) {
        faults.push(fault("has no description: a translator must know where it stands".into()));
    }
    let declared: BTreeSet<String> =
        message["placeholders"].as_object().into_iter().flatten().map(|(name, _)| name.to_lowercase()).collect();
    for name in words.split('$').skip(1).step_by(2).filter(|name| !declared.contains(&name.to_lowercase())) {
        faults.push(fault(format!("uses ${name}$ and declares no such placeholder")));
    }
    for (name, it) in message["placeholders"].as_object().into_iter().flatten() {
        let number = it["content"].as_str().and_then(|content| content.strip_prefix('$')?.parse::<usize>().ok());
        if !number.is_some_and(|number| (1..=declared.len()).contains(&number)) {
            faults.push(fault(format!("has a placeholder {name:?} that stands for no argument")));
        }
    }
    faults
}

fn check(file: &str, messages: &Value, asked: &Asked) -> Vec<Fault> {
    let Some(messages) = messages.as_object() else { return vec![Fault::new(file, 0, "is no object")] };
    let mut faults: Vec<_> = messages.iter().flat_map(|(key, message)| form(file, key, message)).collect();
    let missing = asked.iter().filter(|(key, _)| !messages.contains_key(*key));
    faults.extend(
        missing.map(|(key, (from, line))| Fault::new(from, *line, format!("asks for {key}, which is not in {file}"))),
    );
    let is_form = |key: &str| {
        let name = FORMS.iter().find_map(|form| key.strip_suffix(form));
        name.is_some_and(|name| asked.contains_key(&format!("{name}_other")))
    };
    let unused = messages.keys().filter(|key| !asked.contains_key(*key) && !is_form(key));
    faults.extend(unused.map(|key| Fault::new(file, 0, format!("{key} is asked for nowhere: take it out"))));
    faults
}

#[test]
fn every_word_is_there_and_used() {
    let mut asked_for = families(text);
    let cards = texts_in("data/reasons/", &["toml"]);
    assert!(!cards.is_empty(), "data/reasons is not where it was");
    asked_for.extend(noticed(&cards));
    asked_for.extend(told());
    let mut stems = BTreeSet::new();
    let mut files = texts_in("extension/", &["js"]);
    files.extend(texts_in("src/web/", &["rs"]));
    files.extend(texts_in("src/explain.rs", &["rs"]));
    files.extend(texts_in("data/campaigns.toml", &["toml"]));
    files.extend(texts_in("data/sites/", &["toml"]));
    files.extend(texts_in("data/widgets/", &["toml"]));
    files.extend(texts_in("manifest.json", &["json"]));
    let mut faults = Vec::new();
    for file in &files {
        let (keys, found, counted) = asked(file);
        let others = counted.into_iter().map(|(line, name)| (format!("{name}_other"), (file.path.clone(), line)));
        asked_for.extend(others);
        asked_for.extend(keys.into_iter().map(|(line, key)| (key.to_owned(), (file.path.clone(), line))));
        for (line, stem) in found {
            stems.insert(stem.to_owned());
            if !is_family(stem) {
                faults.push(Fault::new(
                    &file.path,
                    line,
                    format!("the family {stem} is not in tests/tidy/words.rs: add it"),
                ));
            }
        }
    }
    let idle = FAMILIES.iter().map(|(stem, file, ..)| (*stem, *file));
    let idle =
        idle.chain(NOTICED.iter().map(|stem| (*stem, "data/reasons"))).filter(|(stem, _)| !stems.contains(*stem));
    faults.extend(idle.map(|(stem, file)| Fault::new(file, 0, format!("nobody asks for the family {stem}"))));
    let locales: Vec<_> = paths().into_iter().filter(|path| path.starts_with("_locales/")).collect();
    assert!(locales.contains(&ENGLISH.to_owned()), "{ENGLISH} is not there");
    for path in locales {
        let messages = serde_json::from_str(&text(&path)).unwrap_or_else(|error| panic!("{path}: {error}"));
        faults.extend(check(&path, &messages, &asked_for));
    }
    hold(faults);
}

#[test]
fn missing_and_idle_words_are_refused() {
    let js = Text::new("a.js", "say(\"markShow\");\nsay(keyOf('voice', voice), [say('@@bidi_dir')]);\n");
    assert_eq!(asked(&js), (vec![(1, "markShow")], vec![(2, "voice")], vec![]));
    let many = Text::new("a.js", "counted('dashboardSites', n, [])");
    assert_eq!(asked(&many), (vec![], vec![], vec![(1, "dashboardSites")]));
    let rust = Text::new("a.rs", "words(\"popupFeed\"); (\"notice\", \"popupNoPage\"); words(&key(\"act\", x))");
    assert_eq!(asked(&rust), (vec![(1, "popupFeed"), (1, "popupNoPage"), (1, "popupFeed")], vec![(1, "act")], vec![]));
    let many = Text::new("a.rs", "counted(\"dashboardSites\", n, &[])");
    assert_eq!(asked(&many), (vec![], vec![], vec![(1, "dashboardSites")]));
    assert_eq!(asked(&Text::new("a.json", "\"__MSG_extensionName__\"")).0, [(1, "extensionName")]);
    assert_eq!(asked(&Text::new("a.toml", "says = \"sourceXList\"")).0, [(1, "sourceXList")]);
    assert_eq!(
        variants("pub enum Act {\n    /// Words.\n    Show,\n    Hide { a: u8 },\n}\n", "Act"),
        ["Show", "Hide"]
    );

    let card = noticed(&[Text::new("data/reasons/no-kind.toml", "")]);
    assert_eq!(card.keys().collect::<Vec<_>>(), ["kindNoKind", "markKindNoKind", "receiptNoKind"]);
    refuses(&check(ENGLISH, &serde_json::json!({}), &card), 0, "asks for receiptNoKind");
    refuses(&check(ENGLISH, &serde_json::json!({}), &told()), 0, "asks for cardClickbaitSee");

    let messages = serde_json::json!({
        "good": { "message": "$A$", "description": "d", "placeholders": { "a": { "content": "$1" } } },
        "idle": { "message": "m" },
        "sites_few": { "message": "m", "description": "d" },
        "sites_other": { "message": "m", "description": "d" },
        "pages_few": { "message": "m", "description": "d" },
        "bare": { "message": "$A$ $B$", "description": "d", "placeholders": { "a": { "content": "$2" } } },
    });
    let wanted = ["good", "bare", "missing", "sites_other"].map(|key| (key.to_owned(), ("a.js".to_owned(), 7)));
    let faults = check(ENGLISH, &messages, &Asked::from(wanted));
    refuses(&faults, 7, "asks for missing");
    refuses(&faults, 0, "idle is asked for nowhere");
    refuses(&faults, 0, "idle has no description");
    refuses(&faults, 0, "bare uses $B$");
    refuses(&faults, 0, "bare has a placeholder \"a\" that stands for no argument");
    refuses(&faults, 0, "pages_few is asked for nowhere");
    assert!(!faults.iter().any(|it| it.what.starts_with("good") || it.what.starts_with("sites")));
}
