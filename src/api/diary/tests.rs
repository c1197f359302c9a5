//! What becomes of a store's values: nothing damaged is lost, nothing of a later release is touched, and what is
//! forgotten is gone everywhere.

use serde_json::json;

use super::*;

fn sheet(site: &str, requests: u32) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.row(site).companies.insert("Loud".into(), Counts { requests, ..Counts::default() });
    sheet
}

fn values(rows: &[(&str, Vec<u8>)]) -> Values {
    rows.iter().map(|(key, bytes)| (Key::read(key).expect("a key"), bytes.clone())).collect()
}

fn keys(edit: &Edit) -> Vec<&str> {
    edit.put.keys().map(String::as_str).collect()
}

#[test]
fn damage_is_laid_aside_and_the_rest_is_folded() {
    let mut two = sheet("a.example", 2);
    two.add(&sheet("b.example", 3));
    let mut spoiled = pack(&two);
    *spoiled.last_mut().expect("it is not empty") ^= 1;
    let stored = values(&[("sheet d1", spoiled.clone()), ("sheet d2", pack(&sheet("b.example", 4)))]);
    let due = Fold { from: stored.keys().cloned().collect(), into: Period::Week(0) };
    let edit = fold(&due, &stored).expect("nothing newer is there");
    assert_eq!((keys(&edit), edit.gone.len()), (vec!["aside sheet d1", "sheet w0"], 2));
    assert_eq!(edit.put["aside sheet d1"], spoiled);
    let week = values(&[("sheet w0", edit.put["sheet w0"].clone())]);
    let told = met(&book(&week, None), Span::ALL).reach;
    // The last row was spoiled: b.example's three are lost and laid aside, a.example's two are not.
    assert_eq!((told.sites, told.companies[0].counts.requests), (2, 6));
}

#[test]
fn what_is_damaged_is_copied_before_it_is_written_over() {
    let whole = pack(&sheet("a.example", 2));
    let stored = values(&[("row d1 a", whole.clone()), ("row d1 b", vec![1, 2]), ("visit d1 x", Vec::new())]);
    let edit = aside(&stored).expect("nothing newer is there");
    assert_eq!((keys(&edit), edit.gone.len()), (vec!["aside row d1 b"], 0));
    assert_eq!(aside(&values(&[("row d1 a", vec![7, 7])])), Err(Unreadable::Newer));
}

#[test]
fn what_a_later_release_wrote_is_not_touched() {
    let later = vec![9, 1, 2, 3];
    let stored = values(&[("sheet d1", pack(&sheet("a.example", 1))), ("sheet w0", later)]);
    let due = Fold { from: vec![Key::Sheet(Period::Day(1))], into: Period::Week(0) };
    assert_eq!(fold(&due, &stored), Err(Unreadable::Newer));
    assert_eq!(forget_site(&stored, "a.example"), Err(Unreadable::Newer));
    assert_eq!(take_in(&stored, &BTreeMap::new()), Err(Unreadable::Newer));
}

#[test]
fn a_forgotten_site_is_gone_everywhere() {
    let mut both = sheet("a.example", 2);
    both.add(&sheet("b.example", 3));
    let stored = values(&[
        ("row d9 a.example", pack(&sheet("a.example", 1))),
        ("row d9 b.example", pack(&sheet("b.example", 1))),
        ("visit d9 x", pack(&sheet("a.example", 1))),
        ("visit d9 y", pack(&sheet("b.example", 1))),
        ("sheet w0", pack(&both)),
        ("sheet d3", pack(&sheet("b.example", 1))),
        ("aside sheet d2", vec![1, 2]),
    ]);
    let edit = forget_site(&stored, "a.example").expect("nothing newer is there");
    assert_eq!(
        (keys(&edit), edit.gone.clone()),
        (vec!["sheet w0", "visit d9 x"], vec!["row d9 a.example".to_owned(), "aside sheet d2".to_owned()])
    );
    assert_eq!(edit.put["sheet w0"], pack(&sheet("b.example", 3)));
    assert_eq!(edit.put["visit d9 x"], Vec::<u8>::new());
}

#[test]
fn a_file_taken_in_adds_what_is_missing_once() {
    let mut stored = values(&[
        ("row d9 a.example", pack(&sheet("a.example", 5))),
        ("sheet d9", pack(&sheet("a.example", 1))),
        ("sheet d3", pack(&sheet("b.example", 1))),
    ]);
    let file = [(Period::Day(9), sheet("a.example", 8)), (Period::Week(0), sheet("b.example", 4))].into();
    let edit = take_in(&stored, &file).expect("nothing newer is there");
    for key in &edit.gone {
        stored.remove(&Key::read(key).expect("a key"));
    }
    for (key, bytes) in edit.put {
        stored.insert(Key::read(&key).expect("a key"), bytes);
    }
    let told: Vec<String> = stored.keys().map(ToString::to_string).collect();
    assert_eq!(told, ["row d9 a.example", "sheet d9", "sheet w0"]);
    let sums = sheets(&stored).expect("nothing newer is there");
    assert_eq!(sums[&Period::Day(9)], sheet("a.example", 8));
    assert_eq!(sums[&Period::Week(0)], sheet("b.example", 4));
    assert_eq!(take_in(&stored, &file), Ok(Edit::default()));
    assert_eq!(take_in(&stored, &sums), Ok(Edit::default()));
}

#[test]
fn sheets_are_joined_with_those_of_the_same_days_once() {
    let former = [(Period::Day(1), sheet("a.example", 3)), (Period::Day(2), sheet("b.example", 1))].into();
    let edit = join(&Values::new(), &former).expect("nothing newer is there");
    assert_eq!(keys(&edit), ["sheet d1", "sheet d2"]);
    let mut stored = values(&[("sheet d1", edit.put["sheet d1"].clone()), ("sheet d2", vec![1, 2])]);
    let again = join(&stored, &former).expect("nothing newer is there");
    assert_eq!(again.put["sheet d1"], edit.put["sheet d1"], "the same days again change nothing");
    assert_eq!(again.put["aside sheet d2"], [1, 2], "what is damaged is laid aside");
    stored.insert(Key::Sheet(Period::Day(1)), vec![7, 7]);
    assert_eq!(join(&stored, &former), Err(Unreadable::Newer));
}

#[test]
fn choices_are_laid_over_and_nothing_else_is_brought_in() {
    let map = |value: Value| value.as_object().cloned().expect("an object");
    let here = map(json!({ "settings": { "a": { "x": 1, "y": 2 } }, "also": { "h": "x" } }));
    let brought = map(json!({ "settings": { "a": { "y": 3 }, "b": [1] }, "made": { "mark": 1 } }));
    let once = overlaid(&here, &brought);
    assert_eq!(
        Value::from(once.clone()),
        json!({ "settings": { "a": { "x": 1, "y": 3 }, "b": [1] }, "also": { "h": "x" } })
    );
    assert_eq!(overlaid(&once, &brought), once);
}

#[test]
fn former_days_are_read_as_far_as_they_can_be() {
    let counts = json!({ "requests": 5, "stopped": 2, "others": 0, "through": 1 });
    let (period, sheet) =
        former("day:20779", &json!({ "a.example": { "Loud": counts, "Odd": 7 }, "b.example": 3 })).expect("a day");
    assert_eq!((period, sheet.sites.len()), (Period::Day(20_779), 2));
    assert_eq!(sheet.sites["a.example"].companies["Loud"], Counts { requests: 5, stopped: 2, others: 0, through: 1 });
    assert_eq!(former("day:x", &json!({})), None);
    assert_eq!(former("tab:1", &json!({})), None);
}

#[test]
fn a_choice_that_cannot_be_read_is_none() {
    assert_eq!(
        Choice::from(&json!({ "never": ["a.example", 3], "keep": 30.0 })),
        Choice { never: ["a.example".to_owned()].into(), keep: Some(30), opened: None }
    );
    for nothing in [json!(null), json!({ "never": "a", "keep": "x" }), json!({ "keep": 0 }), json!({ "keep": -3 })] {
        assert_eq!(Choice::from(&nothing), Choice::default(), "{nothing}");
    }
}
