//! What newer texts come to, and which are not taken.
//!
//! That shipped rules and a difference decide as the newest rules alone is held in `trackers::update`. What this
//! deliberately does not hold: that a browser takes the rules; real ones are asked elsewhere.

use super::super::home::Part;
use super::*;
use crate::api::authoring;
use crate::api::requests::{Decision, Question, Requests};

const OLD: &str =
    "! Title: One\n||a.example^\n||b.example^\n-old-\n*$removeparam=old\n||s.example^$redirect=there.js\n";
const NEW: &str = "! Title: One\n! Version: 8\n! Expires: 2 days\n! Diff-Path: ../patches/8.patch#one\n||a.example^\n\
    ||b.example^\n||c.example^\n-new-\n*$removeparam=new\n||s.example^$redirect=there.js\n||t.example^$redirect=there.js\n";
const HOME: &str = "https://lists.example/one.txt";

fn list(id: &str, text: &str) -> ListText {
    ListText { id: id.into(), title: String::new(), text: text.into() }
}

/// One text that is two lists, and a list that comes with the extension alone.
fn packs() -> (Vec<u8>, Vec<u8>) {
    let texts = vec![
        list("one", &Part::NoParameters.of(OLD)),
        list("two", "||other.example^"),
        list("params", &Part::Parameters.of(OLD)),
    ];
    let (lists, _) = Lists::read(texts);
    let (mut sections, _) = lists.request_sections("example\n", "[]", &[], |name| name == "there.js");
    sections.push(authoring::stand_in_section(&["there.js".into()]));
    sections.push(authoring::set_section([("trackers", vec!["one", "two"]), ("links", vec!["params"])]));
    let home =
        |id: &str, part| Home { id: id.into(), title: "One".into(), address: HOME.into(), part, version: "7".into() };
    sections.push(authoring::home_section(&[home("one", Part::NoParameters), home("params", Part::Parameters)]));
    let pack = |sections: &[_]| authoring::pack(sections).expect("what was just written opens");
    (pack(&sections), pack(&[lists.text_section()]))
}

fn made(text: &str, own: Vec<ListText>) -> Result<Made, String> {
    let (pack, texts) = packs();
    let fetched = Fetched { address: HOME.into(), text: text.into() };
    make(&pack, &texts, &[fetched], own, true)
}

/// How much changes in a set: static rules off, by file, and rules added.
fn sizes(made: &Made, set: &str) -> (Vec<(String, usize)>, usize) {
    let change = made.changes.iter().find(|change| change.set == set).cloned().unwrap_or_default();
    (change.disable.into_iter().map(|(file, ids)| (file, ids.len())).collect(), change.add.len())
}

#[test]
fn a_newer_text_becomes_a_shield_and_a_small_difference() {
    let made = made(NEW, vec![list("own", "||mine.example^")]).expect("it fits");
    assert_eq!(made.refused, []);
    let used = Used {
        address: HOME.into(),
        version: "8".into(),
        rules: 7,
        expires: Some(48),
        patch: "../patches/8.patch#one".into(),
    };
    assert_eq!(made.used, [used]);
    // The new hosts are one rule that stops and one that answers; beside them stands the new pattern.
    assert_eq!(sizes(&made, "trackers"), (vec![("trackers".into(), 1)], 3));
    assert_eq!(sizes(&made, "links"), (vec![("links-unsafe".into(), 1)], 1));
    let requests = Requests::open(&made.anew.pack).and_then(|it| it.with_texts(&made.anew.texts)).expect("they open");
    let asked = |url| {
        let question = Question { url, frame: "https://news.example/", kind: "script", ..Question::default() };
        let answer = requests.ask(&question);
        (answer.decision, answer.rule.map(|rule| (rule.list.to_owned(), rule.line)))
    };
    assert_eq!(asked("https://c.example/"), (Decision::Stop, Some(("one".into(), 7))));
    assert_eq!(asked("https://x.example/-new-"), (Decision::Stop, Some(("one".into(), 8))));
    assert_eq!(asked("https://x.example/-old-"), (Decision::Pass, None));
    assert_eq!(asked("https://other.example/"), (Decision::Stop, Some(("two".into(), 1))));
    assert_eq!(asked("https://mine.example/").0, Decision::Stop);
    assert_eq!((made.anew.rules.len(), made.anew.accounts.len()), (1, 1));
}

#[test]
fn the_shipped_text_changes_nothing() {
    let made = made(OLD, Vec::new()).expect("it fits");
    assert_eq!((made.changes, made.refused), (Vec::new(), Vec::new()));
    assert!((made.anew.pack, made.anew.texts) == packs());
}

#[test]
fn what_is_not_sound_leaves_the_shipped_list_in_its_place() {
    for (text, why) in
        [("<html>", "not a list"), (&NEW.replace("One", "Two"), "another list"), ("||a.example^", "half")]
    {
        let made = made(text, Vec::new()).expect("the rest is whole");
        assert!((made.anew.pack, made.anew.texts) == packs(), "{text}");
        assert!(made.refused[0].reason.contains(why), "{:?}", made.refused);
        assert_eq!((made.changes, made.used), (Vec::new(), Vec::new()));
    }
    let (pack, texts) = packs();
    let stranger = Fetched { address: "https://elsewhere.example/".into(), text: NEW.into() };
    let made = make(&pack, &texts, &[stranger], Vec::new(), true).expect("the rest is whole");
    assert!(made.refused[0].reason.contains("no shipped list"));
}

#[test]
fn more_than_a_browser_can_hold_is_refused_and_no_matter_where_it_need_not() {
    let many: String = (0..Load::CHROME.dynamic).map(|i| format!("-{i}-\n")).collect();
    let own = vec![list("own", &many)];
    assert!(made(NEW, own.clone()).is_err_and(|reason| reason.contains("cannot hold")));
    let (pack, texts) = packs();
    let fetched = Fetched { address: HOME.into(), text: NEW.into() };
    assert_eq!(make(&pack, &texts, &[fetched], own, false).map(|made| made.changes), Ok(Vec::new()));
}
