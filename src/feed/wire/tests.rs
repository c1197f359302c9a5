//! Answers put in order: what moves, what stays, and that nothing is lost, whatever the answer holds.
//!
//! The texts are written by hand or made at random, and the pieces are joined as JavaScript joins them. What a platform's
//! answers look like is not known here; `tests/sites.rs` holds that.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::order::Piece;
use super::{Heard, LARGEST, Record, Sent, Wire};
use crate::feed::labels::{self, Labels};
use crate::feed::site::{Site, WireRule};

/// A site whose items stand in `list[]` or in the stream's `one`, with the order that is given.
fn site(order: &Value) -> Site {
    let rule: WireRule = serde_json::from_value(json!({
        "paths": ["/feed"],
        "items": ["list[]", "one"],
        "order": order,
        "fields": { "id": [{ "at": "id" }], "sponsored": [{ "at": "ad" }] },
    }))
    .expect("a test writes rules");
    serde_json::from_value(json!({
        "id": "t", "name": "T", "checked": "2026-11-22", "proof": [], "hosts": ["t.example"], "feeds": ["/"],
        "dom": [], "wire": [rule],
    }))
    .expect("a test writes sites")
}

fn read(order: &Value, text: &str, is_lower: impl Fn(&str) -> bool) -> Heard {
    let site = site(order);
    let from = Sent::Answer { path: "/feed".into(), name: String::new() };
    let none = labels::pack(&[]);
    let labels = Labels::open(&none).expect("a fresh section opens");
    Wire::new(&site).read(&site, labels, &from, text, Some(&|record: &Record| is_lower(&record.ids[0])))
}

/// The pieces joined as JavaScript does it.
fn join(text: &str, pieces: &[Piece]) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    let joined: Vec<u16> = pieces.iter().flat_map(|(from, to)| &units[*from as usize..*to as usize]).copied().collect();
    String::from_utf16(&joined).expect("no piece cuts a character")
}

/// What the page gets if items whose id begins with a capital are to be lower; empty for the answer as it is.
fn check(order: &Value, text: &str, expected: &str) {
    let heard = read(order, text, |id| id.starts_with(char::is_uppercase));
    assert_eq!(join(text, &heard.pieces), expected, "{text}");
}

#[test]
fn what_is_lower_goes_behind_the_others_in_the_order_that_it_has() {
    let order = &json!({ "items": ["list[]"] });
    check(
        order,
        r#"{"list":[{"id":"A"}, {"id":"b"},{"id":"C"},  {"id":"d"}],"more":"M"}"#,
        r#"{"list":[{"id":"b"}, {"id":"d"},{"id":"A"},  {"id":"C"}],"more":"M"}"#,
    );
    check(order, r#"{"list":[{"id":"a"},{"id":"B"}]}"#, "");
    check(order, r#"{"list":[{"id":"A"},{"id":"B"}]}"#, "");
    check(order, r#"{"list":[]}"#, "");
}

#[test]
fn what_is_paid_for_or_no_item_keeps_its_place() {
    check(
        &json!({ "items": ["list[]"] }),
        r#"{"list":[{"id":"A"},{"cursor":"top"},{"id":"B","ad":{}},{"id":"c"},7,{"id":"d"}]}"#,
        r#"{"list":[{"id":"c"},{"cursor":"top"},{"id":"B","ad":{}},{"id":"d"},7,{"id":"A"}]}"#,
    );
}

#[test]
fn what_belongs_to_the_place_stays_with_it() {
    let order = &json!({ "items": ["list[]"], "by": "n", "keep": ["c.at"] });
    check(
        order,
        r#"{"list":[{"n":"30","id":"A","c":{"at":"😀1","x":1}},{"id":"b","c":{"x":2,"at":"two"},"n":20}]}"#,
        r#"{"list":[{"id":"b","c":{"x":2,"at":"😀1"},"n":"30"},{"n":20,"id":"A","c":{"at":"two","x":1}}]}"#,
    );
    // The page draws by the number, wherever the place stands.
    let order = &json!({ "items": ["list[]"], "by": "n" });
    check(
        order,
        r#"{"list":[{"id":"B","n":1},{"id":"C","n":3},{"id":"d","n":2}]}"#,
        r#"{"list":[{"id":"B","n":1},{"id":"d","n":3},{"id":"C","n":2}]}"#,
    );
    // Without it, with two of it, or with one that is no number, an item stays where it is.
    check(
        order,
        r#"{"list":[{"id":"A"},{"id":"B","n":9,"n":8},{"id":"C","n":"x"},{"id":"D","n":5},{"id":"e","n":4}]}"#,
        r#"{"list":[{"id":"A"},{"id":"B","n":9,"n":8},{"id":"C","n":"x"},{"id":"e","n":5},{"id":"D","n":4}]}"#,
    );
}

#[test]
fn lists_do_not_mix_and_streams_are_one() {
    check(
        &json!({ "items": ["list[]"] }),
        r#"{"list":[{"id":"A"},{"id":"b"}]} {"list":[{"id":"C"},{"id":"d"}]}"#,
        r#"{"list":[{"id":"b"},{"id":"A"}]} {"list":[{"id":"d"},{"id":"C"}]}"#,
    );
    check(
        &json!({ "items": ["one"], "keep": ["cursor"] }),
        "{\"p\":0,\"one\":{\"id\":\"A\",\"cursor\":\"x\"}}\n{\"p\":1,\"one\":{\"cursor\":\"y\",\"id\":\"b\"}}\n{\"end\":1}",
        "{\"p\":0,\"one\":{\"cursor\":\"x\",\"id\":\"b\"}}\n{\"p\":1,\"one\":{\"id\":\"A\",\"cursor\":\"y\"}}\n{\"end\":1}",
    );
}

#[test]
fn what_is_cut_off_or_too_large_stays_as_it_is() {
    let order = &json!({ "items": ["list[]"] });
    let whole = r#"{"list":[{"id":"A"},{"id":"b"}]}"#;
    for cut in 0..whole.len() {
        check(order, &whole[..cut], "");
    }
    check(order, &format!("{whole}{}", " ".repeat(LARGEST)), "");
}

/// A text as platforms send it: beyond the first plane, with escapes, with what looks like structure.
fn words() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(vec!["a", "\"", "\\", "é", "😀", "]},{", "\n", "\u{fffd}", "，"]), 0..6)
        .prop_map(|parts| parts.concat())
}

/// An element of a list, written with the number first or last.
fn element() -> impl Strategy<Value = (Option<bool>, String, bool)> {
    // Lower or not, or none for what must keep its place.
    (prop::option::weighted(0.8, any::<bool>()), words(), any::<bool>())
}

fn written(elements: &[(Option<bool>, String, bool)], spaces: &str) -> String {
    let mut text = String::from("{\"before\":\"😀\",\"list\":[");
    for (at, (kind, words, is_first)) in elements.iter().enumerate() {
        let number = 9_000_000_000_000_000_000 - at as u64;
        let id = match kind {
            Some(true) => format!("L{at}"),
            _ => format!("k{at}"),
        };
        let words = Value::from(words.as_str());
        // In the place of an item that stays: one paid for, or none at all.
        let rest = match kind {
            Some(_) => format!("\"id\":\"{id}\",\"t\":{words}"),
            None if *is_first => format!("\"id\":\"{id}\",\"ad\":{{\"t\":{words}}}"),
            None => format!("\"cursor\":{words}"),
        };
        let number = format!("\"n\":\"{number}\"");
        let (one, other) = if *is_first { (number, rest) } else { (rest, number) };
        let comma = if at == 0 { "" } else { "," };
        text.push_str(&format!("{comma}{spaces}{{{one},{other}}}{spaces}"));
    }
    text + "],\"after\":[1]}"
}

/// True if and only if each unit of the text stands in exactly one piece, and no piece is empty.
fn is_whole(text: &str, pieces: &[Piece]) -> bool {
    let mut pieces = pieces.to_vec();
    pieces.sort_unstable();
    let ends = pieces.iter().try_fold(0, |at, (from, to)| (*from == at && to > from).then_some(*to));
    ends == u32::try_from(text.encode_utf16().count()).ok()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost_added_or_changed(
        elements in prop::collection::vec(element(), 0..12),
        spaces in prop::sample::select(vec!["", " ", "\n\t"]),
    ) {
        let text = written(&elements, spaces);
        let heard = read(&json!({ "items": ["list[]"], "by": "n" }), &text, |id| id.starts_with('L'));
        let kinds: Vec<bool> = elements.iter().filter_map(|(kind, ..)| *kind).collect();
        prop_assert_eq!(heard.pieces.is_empty(), kinds.is_sorted(), "{}", text);
        if heard.pieces.is_empty() {
            return Ok(());
        }
        prop_assert!(is_whole(&text, &heard.pieces), "{text}: {:?}", heard.pieces);
        // The same elements, numbers where they were.
        let list = |text: &str| -> Vec<Value> {
            let value: Value = serde_json::from_str(text).expect("it is still JSON");
            value["list"].as_array().expect("it still has its list").clone()
        };
        let (before, after) = (list(&text), list(&join(&text, &heard.pieces)));
        let numbers = |list: &[Value]| list.iter().map(|one| one["n"].clone()).collect::<Vec<_>>();
        prop_assert_eq!(numbers(&before), numbers(&after));
        let bare = |list: &[Value]| -> Vec<String> {
            list.iter().map(|one| { let mut one = one.clone(); one["n"] = Value::Null; one.to_string() }).collect()
        };
        let (mut old, mut new) = (bare(&before), bare(&after));
        for (at, (kind, ..)) in elements.iter().enumerate().filter(|(_, (kind, ..))| kind.is_none()) {
            prop_assert_eq!(&old[at], &new[at], "{:?} has left its place", kind);
        }
        old.sort();
        new.sort();
        prop_assert_eq!(old, new);
        // Those above first, then those below, each in the order that they had.
        let ids: Vec<String> = after.iter().filter(|one| one["t"].is_string())
            .filter_map(|one| one["id"].as_str().map(str::to_owned)).collect();
        let place = |id: &String| (id.starts_with('L'), id[1..].parse::<usize>().unwrap_or_default());
        prop_assert!(ids.is_sorted_by_key(place), "{:?}", ids);
    }

    #[test]
    fn of_a_damaged_answer_nothing_is_lost_either(
        elements in prop::collection::vec(element(), 2..6),
        at in any::<prop::sample::Index>(),
        damage in prop::sample::select(vec!["", "{", "}", "]", "[", "\"", "\\", ",", "é", "😀", "\"list\":["]),
    ) {
        let mut letters: Vec<String> = written(&elements, " ").chars().map(String::from).collect();
        let at = at.index(letters.len());
        letters[at] = damage.into();
        let text = letters.concat();
        let heard = read(&json!({ "items": ["list[]"], "by": "n" }), &text, |id| id.starts_with('L'));
        prop_assert!(heard.pieces.is_empty() || is_whole(&text, &heard.pieces), "{text}: {:?}", heard.pieces);
    }
}
