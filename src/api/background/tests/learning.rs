//! From reports about cookies to what the person is told: who is looked at, where, and what is kept of it. Which cookies
//! are evidence is not asked again here.

use super::*;

const UID: &str = "uid=9f1c2a7e-33b4-4d0e-9a51-0c7de1f2ab34";

/// A request of a page at `https://PAGE/` to a host that is sent an identifying cookie.
fn cookies(page: &str, host: &str) -> Value {
    json!({ "what": "cookies", "tab": 1, "url": format!("https://{host}/p.gif"), "frame": format!("https://{page}/"),
        "page": format!("https://{page}/"), "type": "image", "at": 86_400_000.0 * 20_779.0, "private": false, "sent": UID })
}

fn with(mut report: Value, more: Value) -> Value {
    if let (Some(report), Value::Object(more)) = (report.as_object_mut(), more) {
        report.extend(more);
    }
    report
}

fn learning() -> Background<Few> {
    Background::new(Few, Saved { learned: Some(String::new()), ..Saved::default() })
}

fn told(background: &mut Background<Few>) -> Learning {
    background.learning(LearningOrder::Tell)
}

/// A host on three sites.
fn followed(host: &str) -> Vec<Value> {
    ["a.example", "b.example", "c.example"].map(|page| cookies(page, host)).to_vec()
}

#[test]
fn while_it_is_off_nothing_is_looked_at() {
    let mut background = fresh();
    assert!(!background.saw(&batch(&followed("t.watch.example"))).learned);
    assert_eq!((background.learned(), told(&mut background)), (None, Learning::default()));
    assert!(background.learning(LearningOrder::Begin).is_on);
    assert!(background.saw(&batch(&followed("t.watch.example"))).learned);
    // To begin twice is to begin once.
    assert_eq!(background.learning(LearningOrder::Begin).proposals.len(), 1);
    background.learning(LearningOrder::Leave { party: "x.example".into() });
    background.learning(LearningOrder::End);
    assert_eq!(background.learning(LearningOrder::Begin), Learning { is_on: true, ..Learning::default() });
}

#[test]
fn who_is_seen_on_three_sites_is_told_with_the_evidence() {
    let mut background = learning();
    let set = json!({ "sent": "lang=en", "set": [format!("{UID}; Max-Age=31536000"), "lang=en; Max-Age=31536000"] });
    let reports = vec![
        cookies("www.a.example", "t.watch.example"),
        with(cookies("b.example", "watch.example"), set),
        with(cookies("c.example", "watch.example"), json!({ "sent": "lang=en" })),
        cookies("news.example", "news.example"),
        cookies("news.example", "cdn.news.example"),
    ];
    assert!(background.saw(&batch(&reports)).learned);
    assert_eq!((told(&mut background).parties, told(&mut background).proposals.len()), (1, 0));
    assert!(background.saw(&batch(&[cookies("c.example", "watch.example")])).learned);
    assert!(!background.saw(&batch(&[cookies("c.example", "watch.example")])).learned);
    let seen = |site: &str, was_set| Seen { site: site.into(), cookie: "uid".into(), was_set, day: 20_779 };
    let proposed = Proposed {
        party: "watch.example".into(),
        company: None,
        says: String::new(),
        rule: "||watch.example^$third-party".into(),
        seen: vec![seen("a.example", false), seen("b.example", true), seen("c.example", false)],
    };
    assert_eq!(told(&mut background).proposals, [proposed]);
    let stored = background.learned().expect("it is on");
    assert!(!stored.contains("9f1c2a7e"), "a value is stored: {stored}");
    let mut again = Background::new(Few, Saved { learned: Some(stored), ..Saved::default() });
    assert_eq!(told(&mut again), told(&mut background));
    let mut spoiled = Background::new(Few, Saved { learned: Some("spoiled".into()), ..Saved::default() });
    assert_eq!(told(&mut spoiled), Learning { is_on: true, ..Learning::default() });
}

#[test]
fn who_is_known_spared_private_or_at_rest_is_not_looked_at() {
    let mut background = learning();
    let all = |more: Value| -> Vec<Value> {
        followed("watch.example").into_iter().map(|report| with(report, more.clone())).collect()
    };
    let resting = json!({ "sites": { "a.example": { "off": "forever" } } });
    background.protect(resting);
    let reports = [
        followed("ad.example"),
        all(json!({ "private": true })),
        all(json!({ "private": null })),
        all(json!({ "sent": "AWSALB=9f1c2a7e33b44d0e9a510c7de1f2ab34" })),
        all(json!({ "url": "data:image/gif,x" })),
        // Nobody knows of which page.
        all(json!({ "page": null, "tab": 7 })),
        vec![cookies("a.example", "watch.example")],
    ]
    .concat();
    assert!(!background.saw(&batch(&reports)).learned);
    assert_eq!(told(&mut background).parties, 0);
    // A list that is off knows whom it knows.
    background.protect(json!({ "switches": { "trackers": false } }));
    assert!(!background.saw(&batch(&followed("ad.example"))).learned);
}

#[test]
fn a_frame_is_on_the_page_of_its_tab_and_a_worker_on_its_own() {
    let mut background = learning();
    let in_frame = json!({ "page": null, "frame": "https://inner.example/" });
    let of_worker = json!({ "page": null, "tab": -1 });
    let reports = [
        page(1, "1", "https://a.example/"),
        with(cookies("x.example", "watch.example"), in_frame),
        with(cookies("b.example", "watch.example"), of_worker),
        cookies("c.example", "watch.example"),
    ];
    background.saw(&batch(&reports));
    let [proposed] = &told(&mut background).proposals[..] else { panic!("{:?}", told(&mut background)) };
    let sites: Vec<&str> = proposed.seen.iter().map(|it| it.site.as_str()).collect();
    assert_eq!(sites, ["a.example", "b.example", "c.example"]);
}

#[test]
fn what_the_person_says_holds() {
    let mut background = learning();
    let party = || "watch.example".to_owned();
    let again = |background: &mut Background<Few>| background.saw(&batch(&followed("watch.example"))).learned;
    assert!(again(&mut background));
    assert_eq!(background.learning(LearningOrder::Blocked { party: party() }).parties, 0);
    assert!(again(&mut background));
    assert_eq!(background.learning(LearningOrder::Forget).parties, 0);
    let left = background.learning(LearningOrder::Leave { party: party() });
    assert_eq!((left.left, left.parties), (vec![party()], 0));
    assert!(!again(&mut background));
    assert_eq!(background.learning(LearningOrder::Forget).left, [party()]);
    assert_eq!(background.learning(LearningOrder::TakeBack { party: party() }).left, Vec::<String>::new());
    assert!(again(&mut background));
}

#[test]
fn a_company_is_at_home_on_all_of_its_sites() {
    let mut background = learning();
    background.saw(&batch(&followed("bid.example")));
    let [proposed] = &told(&mut background).proposals[..] else { panic!("{:?}", told(&mut background)) };
    assert_eq!((proposed.company.as_deref(), proposed.says.as_str()), (Some("Loud"), "Sells what it hears."));
    assert_eq!(proposed.rule, "||bid.example^$third-party,domain=~ad.example");
}
