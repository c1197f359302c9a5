//! What the background notes of days that are open: every sighting once, every tally once, through its own death at any
//! moment; and nothing of what the person does not want written down.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::api::diary::{self, Feed, Key, Period, Sheet, Values};

/// What is stored, as one sheet.
fn stored(values: &Values) -> Sheet {
    diary::sheets(values).expect("nothing newer is there").into_values().fold(Sheet::default(), |mut sum, sheet| {
        sum.add(&sheet);
        sum
    })
}

fn tally(id: &str, suggested: u32, seconds: u32) -> Tallied {
    let feed = Feed { suggested, acts: [("lower".to_owned(), suggested)].into(), ..Feed::default() };
    Tallied { id: id.into(), day: 20_779, platform: Some("x".into()), feed, seconds }
}

/// Dies, and wakes up with what was stored.
fn reborn(values: &Values) -> Background<Few> {
    let mut background = Background::new(Few, Saved::default());
    background.open_diary(values.clone());
    background
}

#[test]
fn before_it_is_known_what_was_stored_nothing_is_noted() {
    let mut background = Background::new(Few, Saved::default());
    assert!(!background.saw(&batch(&visit(9))).diary);
    assert!(!background.tallied("https://news.example/", &tally("a", 1, 1), 20_779).diary);
    assert_eq!(background.notes(), []);
}

#[test]
fn a_visited_site_is_noted_also_if_nobody_else_was_met() {
    let mut background = fresh();
    background.saw(&batch(&[page(1, "1", "https://quiet.example/"), page(1, "1", "https://quiet.example/")]));
    background.saw(&batch(&[page(1, "2", "https://quiet.example/2")]));
    let values: Values = background.notes().into_iter().collect();
    let row = &stored(&values).sites["quiet.example"];
    assert_eq!((row.pages, row.companies.len()), (2, 0));
}

#[test]
fn sites_that_are_not_to_be_written_down_are_not_and_what_is_forgotten_does_not_come_back() {
    let mut background = fresh();
    background.choose_diary(&json!({ "never": ["news.example"] }));
    assert!(!background.saw(&batch(&visit(9))).diary);
    assert!(!background.tallied("https://www.news.example/", &tally("a", 3, 60), 20_779).diary);
    background.choose_diary(&json!(null));
    background.tallied("https://www.news.example/", &tally("a", 3, 60), 20_779);
    let mut values: Values = background.notes().into_iter().collect();
    assert_eq!(stored(&values).sites["news.example"].seconds, 60);
    assert_eq!(background.forget_site("www.news.example"), "news.example");
    values.retain(|key, _| !matches!(key, Key::Row(..)));
    values.extend(background.notes());
    // The page is still open and tells its whole tally again, also to the next background.
    background.tallied("https://www.news.example/", &tally("a", 4, 90), 20_779);
    assert_eq!(background.notes(), []);
    let mut after = reborn(&values);
    assert!(!after.tallied("https://www.news.example/", &tally("a", 5, 99), 20_779).diary);
    assert_eq!(stored(&values), Sheet::default());
    // Another page of it is counted from then on.
    assert!(after.tallied("https://www.news.example/", &tally("b", 1, 1), 20_779).diary);
}

#[test]
fn what_was_opened_is_noted_where_it_is_wanted_and_forgotten_with_it() {
    let with_opened = |count: u32| {
        let mut tally = tally("a", 3, 60);
        tally.feed.opened.insert("m".to_owned(), count);
        tally
    };
    let marks = ["m".to_owned()];
    let mut background = fresh();
    background.tallied("https://news.example/", &with_opened(2), 20_779);
    assert_eq!(background.opened(20_773, "x", &marks, &Values::new()), [0]);
    background.choose_diary(&json!({ "opened": "key" }));
    background.tallied("https://news.example/", &with_opened(2), 20_779);
    background.tallied("https://news.example/", &with_opened(4), 20_779);
    let told =
        |background: &Background<Few>, from: u32, stored: &Values| background.opened(from, "x", &marks, stored)[0];
    assert_eq!(told(&background, 20_773, &Values::new()), 4);
    // Closed days are read as they are stored, and a day before the first that is asked for does not count.
    let values: Values = background.notes().into_iter().collect();
    let sheet = diary::pack(&stored(&values));
    assert_eq!(told(&background, 20_773, &[(Key::Sheet(Period::Day(20_774)), sheet.clone())].into()), 8);
    assert_eq!(told(&background, 20_780, &Values::new()), 0);
    let edit = diary::forget_opened(&values).expect("nothing newer is there");
    assert_eq!((edit.put.len(), edit.gone.len()), (values.len(), 0));
    background.forget_opened();
    assert_eq!(background.notes().len(), 2);
    assert_eq!(told(&background, 20_773, &Values::new()), 0);
    // What the page tells later is the whole again, and counts as such.
    background.tallied("https://news.example/", &with_opened(1), 20_779);
    let values: Values = background.notes().into_iter().collect();
    assert_eq!(stored(&values).sites["news.example"].feeds["x"].suggested, 3);
    assert_eq!(told(&background, 20_773, &Values::new()), 1);
}

#[test]
fn closed_days_and_days_to_come_are_not_noted() {
    let mut background = fresh();
    background.close_days(20_780);
    assert!(!background.saw(&batch(&visit(9))).diary);
    assert!(!background.tallied("https://news.example/", &tally("a", 1, 1), 20_780).diary);
    let later = Tallied { day: 20_799, ..tally("a", 1, 1) };
    assert!(!background.tallied("https://news.example/", &later, 20_780).diary);
    let nameless = Tallied { day: 20_780, ..tally("", 1, 1) };
    assert!(!background.tallied("https://news.example/", &nameless, 20_780).diary);
}

/// Dies while there is no room, and wakes up with what was stored and what was laid aside.
fn reborn_with(values: &Values, before: &Background<Few>) -> Background<Few> {
    let mut background = Background::new(Few, Saved { session: before.waiting().1, ..Saved::default() });
    background.open_diary(values.clone());
    background
}

#[test]
fn what_waits_for_room_outlives_the_background_and_counts_once() {
    let mut background = fresh();
    background.saw(&batch(&visit(9)));
    background.tallied("https://news.example/", &tally("a", 3, 60), 20_779);
    let mut values: Values = background.notes().into_iter().collect();
    background.tallied("https://news.example/", &tally("a", 5, 90), 20_779);
    background.saw(&batch(&[page(1, "1", "https://quiet.example/")]));
    // It is laid aside and taken up again and again, and the page tells its whole tally to each background.
    for seconds in [90, 120] {
        background = reborn_with(&values, &background);
        background.tallied("https://news.example/", &tally("a", 5, seconds), 20_779);
        assert!(background.waiting().0);
    }
    values.extend(background.notes());
    assert!(!background.waiting().0);
    let sums = stored(&values);
    let row = &sums.sites["news.example"];
    assert_eq!((row.pages, row.seconds, row.feeds["x"].suggested), (1, 120, 5));
    assert_eq!((row.companies["Loud"].requests, sums.sites["quiet.example"].pages), (2, 1));
    // What was stored meanwhile, and lies aside all the same, changes nothing.
    let again = reborn_with(&values, &background);
    assert_eq!(again.site("news.example"), background.site("news.example"));
}

#[test]
fn private_windows_and_what_is_forgotten_do_not_wait_and_what_is_damaged_is_left_out() {
    let mut background = fresh();
    let mut private = page(1, "1", "https://secret.example/");
    private["private"] = json!(true);
    background.saw(&batch(&[private]));
    assert_eq!(background.waiting().1["waiting"], json!({}));
    background.saw(&batch(&visit(9)));
    background.saw(&batch(&[page(2, "1", "https://quiet.example/")]));
    background.forget_site("news.example");
    let (_, mut aside) = background.waiting();
    let keys: Vec<&String> = aside["waiting"].as_object().expect("by key").keys().collect();
    assert_eq!(keys, ["row d20779 quiet.example"]);
    aside.insert("waiting".into(), json!({ "row d20779 quiet.example": "?", "row d20779 a.example": 1, "other": "" }));
    let mut after = Background::new(Few, Saved { session: aside, ..Saved::default() });
    after.open_diary(background.notes().into_iter().collect());
    assert_eq!(after.site("quiet.example"), background.site("quiet.example"));
    assert!(after.notes().is_empty());
}

#[test]
fn a_day_of_which_something_waits_stays_open() {
    let mut background = fresh();
    background.saw(&batch(&visit(9)));
    assert_eq!(background.close_days(20_790), 20_779);
    let notes = background.notes();
    assert_eq!(notes.len(), 1);
    background.put_notes_back(notes.into_iter().map(|(key, _)| key).collect());
    assert_eq!(background.close_days(20_790), 20_779);
    assert_eq!(background.notes().len(), 1);
    assert_eq!(background.close_days(20_790), 20_790);
}

proptest! {
    /// Pages tell tallies that grow, or change as items turn out otherwise; the background dies whenever it likes, with or
    /// without having stored. In the end each page's last tally is counted, once.
    #[test]
    fn each_page_counts_once_as_it_told_last(
        told in proptest::collection::vec((0u8..3, 0u32..50, 0u32..500, any::<bool>(), any::<bool>()), 1..40),
    ) {
        let mut values = Values::new();
        let mut background = reborn(&values);
        let mut last: BTreeMap<u8, (u32, u32)> = BTreeMap::new();
        let mut kept = last.clone();
        for (page, suggested, seconds, stores, dies) in told {
            background.tallied("https://news.example/", &tally(&page.to_string(), suggested, seconds), 20_779);
            last.insert(page, (suggested, seconds));
            if stores {
                values.extend(background.notes());
                kept = last.clone();
            }
            if dies {
                background = reborn(&values);
                last = kept.clone();
            }
        }
        values.extend(background.notes());
        let row = stored(&values).sites.get("news.example").cloned().unwrap_or_default();
        let sums = last.values().fold((0, 0), |sum, it| (sum.0 + it.0, sum.1 + it.1));
        prop_assert_eq!((row.feeds.get("x").map_or(0, |feed| feed.suggested), row.seconds), sums);
        prop_assert_eq!(row.feeds.get("x").and_then(|feed| feed.acts.get("lower").copied()).unwrap_or(0), sums.0);
    }
}
