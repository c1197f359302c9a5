//! Newer texts that are taken and texts that are not, what changes in the browser, and patches that fit and do not.
//!
//! That shipped rules and a difference decide as the newest rules alone is held by the played browser on lists made at
//! random. What this deliberately does not hold: that a browser takes the rules; real ones are asked elsewhere.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::super::Request;
use super::super::dnr::play::Browser;
use super::super::dnr::{DnrRule, Rules, rules};
use super::*;
use crate::url::Suffixes;

fn declared(text: &str) -> Vec<DnrRule> {
    rules(&[list::read("t", text, &[]).0], |_| false).0.safe
}

#[test]
fn a_text_is_judged_before_it_is_used() {
    let shipped = list::read("t", "! Title: T\n||a.example^\n||b.example^\n||c.example^\n", &[]).0;
    let judged = |text: &str| sound("t", text, &[], Some(&shipped)).map(|list| list.rules.len());
    assert_eq!(judged("! Title: T\n||a.example^\n||b.example^\n"), Ok(2));
    assert_eq!(judged("||a.example^\n||b.example^\n"), Ok(2));
    let reason = |text: &str| judged(text).expect_err("it must be refused");
    assert!(reason("||a.example^\n").contains("lost more than half"));
    assert!(reason("<!doctype html>\n<p>||a.example^").contains("not a list"));
    assert!(reason("! Title: Other\n||a.example^\n||b.example^").contains("another list"));
    assert!(reason("! only comments").contains("no rule"));
    assert!(reason(&"||a.example^$nonsense\n".repeat(30)).contains("not known"));
    let mixed = format!("{}{}", "||a.example^\n".repeat(100), "a b\n".repeat(16));
    assert!(reason(&mixed).contains("16 of its lines"));
    assert!(reason(&"!\n".repeat(400_001)).contains("lines"));
    assert!(reason(&"!".repeat(BYTES + 1)).contains("16 MB"));
    // A person's own list is one rule, if they like.
    assert_eq!(sound("own", "||a.example^", &[], None).map(|list| list.rules.len()), Ok(1));
}

#[test]
fn only_what_differs_is_changed() {
    let shipped = declared("||a.example^\n||b.example^\n-x-\n-y-\n@@-z-");
    let newest = |text: &str| difference(&shipped, &declared(text), &mut BTreeSet::new());
    assert_eq!(newest("@@-z-\n-y-\n-x-\n||b.example^\n||a.example^"), Difference::default());
    // New hosts alone.
    let more = newest("||a.example^\n||b.example^\n||c.example^\n-x-\n-y-\n@@-z-");
    assert_eq!((more.disable.len(), more.add.len()), (0, 1));
    assert_eq!(more.add[0].condition.request_domains, ["c.example"]);
    // A host that is gone: the rule stands anew.
    let fewer = newest("||a.example^\n-x-\n-y-\n@@-z-");
    assert_eq!((fewer.disable.len(), fewer.add.len()), (1, 1));
    assert_eq!(fewer.add[0].condition.request_domains, ["a.example"]);
    let other = newest("||a.example^\n||b.example^\n-x-\n-new-\n@@-z-");
    assert_eq!((other.disable.len(), other.add.len()), (1, 1));
}

#[test]
fn numbers_are_given_once_and_are_nobody_elses() {
    let (old, new) = (declared("-x-"), declared("-x-\n-y-"));
    let mut taken = BTreeSet::new();
    let mut number = || difference(&old, &new, &mut taken).add[0].id;
    let (first, second) = (number(), number());
    assert!(first != second && [first, second].iter().all(|id| (NUMBERS..2 * NUMBERS).contains(id)));
    assert_eq!(difference(&old, &old, &mut taken), Difference::default());
}

#[test]
fn what_a_browser_cannot_hold_is_refused_as_a_whole() {
    let most = Load { dynamic: 3, risky: 1, disabled: 2 };
    assert_eq!(most.within(most), Ok(()));
    for load in [Load { dynamic: 4, ..most }, Load { risky: 2, ..most }, Load { disabled: 3, ..most }] {
        assert!(load.within(most).is_err_and(|reason| reason.contains("cannot hold")), "{load:?}");
    }
}

fn text() -> impl Strategy<Value = String> {
    let line = prop::sample::select(vec![
        "||a.com^",
        "||b.com^",
        "||x.a.com^",
        "||b.com^$third-party",
        "||a.com^$third-party",
        "/ads$domain=a.com",
        "/ads$domain=b.com",
        "/ads$domain=c.com",
        "@@||a.com^$script",
        "@@||b.com^$domain=c.com",
        "||a.com^$important",
        "@@||c.com^$document",
    ]);
    prop::collection::vec(line, 0..12).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shipped_and_difference_decide_as_the_newest_alone(
        (old, new) in (text(), text()),
        asked in prop::sample::select(vec!["a.com", "x.a.com", "b.com"]),
        site in prop::sample::select(vec!["a.com", "b.com", "c.com"]),
        kind in prop::sample::select(vec!["script", "image", "main_frame"]),
    ) {
        let (old, new) = (declared(&old), declared(&new));
        let change = difference(&old, &new, &mut BTreeSet::new());
        let kept = old.into_iter().filter(|rule| !change.disable.contains(&rule.id)).chain(change.add).collect();
        let suffixes = Suffixes::write("com\n");
        let suffixes = Suffixes::open(&suffixes).expect("what was just written opens");
        let (url, frame) = (format!("https://{asked}/ads"), format!("https://{site}/"));
        let decide = |safe: Vec<DnrRule>| {
            let rules = Rules { safe, ..Rules::default() };
            Browser::new(&rules, suffixes).ask(&Request::new(&url, &frame, kind)).decision
        };
        prop_assert_eq!(decide(kept), decide(new));
    }

    #[test]
    fn any_patch_is_survived(text in "([ab]\n){0,6}", patch in "diff name:t lines:[0-9]{1,2} checksum:[0-9a-f]{10}\n([ad][0-9]{1,2} [0-9]\n[ab]?\n?){0,4}") {
        let _ = patch::apply(&text, &patch, "t");
    }
}

#[test]
fn a_patch_fits_its_own_text_alone() {
    // The sum of "one\n2\nthree\nfour\n".
    let patch = "diff name:other lines:1 checksum:0000000000\nd1 1\n\
        diff name:t lines:4 checksum:31836eed9a\nd2 1\na2 1\n2\na3 1\n";
    let patch = format!("{}four\n", patch.replace("lines:4", "lines:5"));
    assert_eq!(patch::apply("one\ntwo\nthree\n", &patch, "t"), Ok("one\n2\nthree\nfour\n".into()));
    for (text, name) in [("one\ntwo\n", "t"), ("1\ntwo\nthree\n", "t"), ("", "t"), ("one\ntwo\nthree\n", "none")] {
        assert!(patch::apply(text, &patch, name).is_err(), "{text:?} {name}");
    }
    for damaged in
        [patch.replace("lines:5", "lines:9"), patch.replace("checksum:31", "checksum:"), patch.replace("d2 1", "x2 1")]
    {
        assert!(patch::apply("one\ntwo\nthree\n", &damaged, "t").is_err(), "{damaged}");
    }
}
