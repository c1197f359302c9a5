//! Holds the orders of `data/sites` to their proofs: what the person wants lower comes behind the others, and nothing else
//! has another place.
//!
//! An answer in `NAME.proof.json` of which anything moves says in `ordered` which ids the page then gets, one after another.
//! That nothing is lost whatever an answer holds is proven with answers made at random, in `src/feed/wire/tests.rs`.

use plainsight::api::page::{Ask, Item, Reply, Sent, Settings};
use plainsight::feed::site;
use serde_json::{Value, json};

use super::{files, read, sent, with_page};

/// What a page gets of an answer, in the order that the core says; none if it gets it as it is. The person lowers what is
/// suggested and what others passed on, and wants `less` of these authors.
fn ordered(
    site: &site::Site,
    from: &Sent,
    body: &str,
    derank: bool,
    less: &[&str],
    opened: &[String],
) -> Option<String> {
    let author = |author: &&str| json!({ "site": site.id, "author": author, "act": "lower" });
    let settings = Settings::from(json!({
        "derank": derank,
        "acts": { "suggested": "lower", "activity": "lower", "sponsored": "hide" },
        "own": { "authors": less.iter().map(author).collect::<Vec<_>>() },
    }));
    let path = site.feeds.iter().find(|path| !site.is_discovery(path)).expect("a site has feeds").clone();
    let (from, body, opened) = (from.clone(), body.to_owned(), opened.to_vec());
    let ask = Ask::Order { from, body: body.clone(), path, me: None, opened, settings };
    let Reply::Order { pieces, .. } = with_page(site, |page| page.ask(ask)) else { panic!("another reply") };
    let units: Vec<u16> = body.encode_utf16().collect();
    let joined: Vec<u16> = pieces.iter().flat_map(|(from, to)| &units[*from as usize..*to as usize]).copied().collect();
    (!pieces.is_empty()).then(|| String::from_utf16(&joined).expect("no piece cuts a character"))
}

/// Without what stays with the place of each item.
fn without(numbers: &[&str], mut value: Value) -> Value {
    match &mut value {
        Value::Object(map) => {
            map.retain(|key, _| !numbers.contains(&key.as_str()));
            map.values_mut().for_each(|inner| *inner = without(numbers, inner.take()));
        }
        Value::Array(list) => list.iter_mut().for_each(|inner| *inner = without(numbers, inner.take())),
        _ => {}
    }
    value
}

/// Panics if anything but elements of a list has another place, or an element that names none of these items.
fn only_these_moved(before: &Value, after: &Value, items: &[String]) {
    let sorted = |list: &[Value]| {
        let mut all: Vec<String> = list.iter().map(Value::to_string).collect();
        all.sort();
        all
    };
    match (before, after) {
        (Value::Array(old), Value::Array(new)) if sorted(old) == sorted(new) => {
            for (was, is) in old.iter().zip(new).filter(|(was, is)| was != is) {
                for moved in [was.to_string(), is.to_string()] {
                    assert!(items.iter().any(|id| moved.contains(&format!("{id}\""))), "moved: {moved}");
                }
            }
        }
        (Value::Array(old), Value::Array(new)) => {
            assert_eq!(old.len(), new.len());
            old.iter().zip(new).for_each(|(was, is)| only_these_moved(was, is, items));
        }
        (Value::Object(old), Value::Object(new)) => {
            assert_eq!(old.keys().collect::<Vec<_>>(), new.keys().collect::<Vec<_>>());
            old.values().zip(new.values()).for_each(|(was, is)| only_these_moved(was, is, items));
        }
        _ => assert_eq!(before, after),
    }
}

#[test]
fn every_order_lowers_what_is_unwanted_in_its_proof_and_nothing_else_moves() {
    for path in files() {
        let (_, site) = read(&path);
        let places: Vec<_> = site.wire.iter().filter_map(|rule| rule.order.as_ref()).collect();
        if places.is_empty() {
            continue;
        }
        let stays = places.iter().flat_map(|places| places.keep.iter().chain([&places.by]));
        let stays: Vec<&str> = stays.filter_map(|path| path.rsplit('.').next()).collect();
        let proof = std::fs::read_to_string(path.with_extension("proof.json")).expect("a wire has a proof");
        let proof: Value = serde_json::from_str(&proof).expect("a proof is JSON");
        // Where the platform says of nothing that it is suggested, the proof names whom the person wants less of.
        let less: Vec<&str> = proof["less"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let mut moved = 0;
        for answer in proof["answers"].as_array().expect("a proof has answers") {
            let sent = sent(&site, answer);
            let body = answer["body"].as_str().map_or_else(|| answer["body"].to_string(), str::to_owned);
            assert_eq!(ordered(&site, &sent, &body, false, &[], &[]), None, "{sent:?}: it is not de-ranked");
            let heard = |body: &str| {
                with_page(&site, |page| {
                    page.hear(&sent, body);
                    page.heard()
                })
            };
            let ids = |items: &[Item]| items.iter().map(|it| it.id.clone()).collect::<Vec<_>>();
            let before = heard(&body);
            let is_lower = |it: &Item| {
                let is_less = it.author.as_deref().is_some_and(|author| less.contains(&author));
                it.suggested.is_some() || it.activity.is_some() || is_less
            };
            let lower: Vec<Item> = before.iter().filter(|it| is_lower(it)).cloned().collect();
            let opened = ordered(&site, &sent, &body, true, &less, &ids(&lower));
            assert_eq!(opened, None, "{sent:?}: the person opened them");
            let text = ordered(&site, &sent, &body, true, &less, &[]);
            assert_eq!(answer["ordered"].is_array(), text.is_some(), "{sent:?}: the proof says another thing");
            let Some(text) = text else { continue };
            moved += 1;
            let after = heard(&text);
            assert_eq!(json!(ids(&after)), answer["ordered"], "{sent:?}");
            // What is paid for stands where it stood, and everything that is no item too.
            let ads = |items: &[Item]| -> Vec<Option<String>> {
                items.iter().map(|it| it.sponsored.as_ref().map(|_| it.id.clone())).collect()
            };
            assert_eq!(ads(&before), ads(&after), "{sent:?}");
            let movable: Vec<Item> = before.iter().filter(|it| it.sponsored.is_none()).cloned().collect();
            let bare = |text: &str| without(&stays, serde_json::from_str(text).expect("it is still JSON"));
            only_these_moved(&bare(&body), &bare(&text), &ids(&movable));
        }
        assert!(moved > 0, "{}: in no answer of the proof anything changes its place", site.id);
    }
}

#[test]
fn an_order_that_would_fail_quietly_is_refused() {
    let (text, _) = read(&files().into_iter().find(|path| path.ends_with("x.toml")).expect("x is a site"));
    let check = |from: &str, to: &str, reason: &str| {
        let (site, refusals) = site::parse("data/sites/x.toml", &text.replacen(from, to, 1));
        assert!(refusals.is_empty(), "{refusals:?}");
        let refusals = site::check("data/sites/x.toml", &site.expect("it can be read"));
        assert!(refusals.iter().any(|refusal| refusal.reason.contains(reason)), "{reason}: {refusals:?}");
    };
    check("[wire.order]\nitems = [\"data", "[wire.order]\nitems = [\"date", "not one of the rule's paths");
    check(
        "entries[]\"]\nby",
        "entries[]\", \"data.home.home_timeline_urt.instructions[].entries[].content.items[]\"]\nby",
        "inside another",
    );
    check("by = \"sortIndex\"", "by = \"sortIndex!\"", "keys and lists alone");
    check("by = \"sortIndex\"", "by = \"sortIndex\"\nkeep = [\"sortIndex\"]", "named twice");
}
