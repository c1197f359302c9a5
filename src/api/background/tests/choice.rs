//! What the person chose, from the stored value to verdict, count and report. `ad.example` is stopped, `m.mask.example` is
//! Loud's by a list alone (a disguise), and `t.ad.example` stands behind `t.news.example`.

use super::*;

const HOUR: u64 = 3_600_000;
const NEWS: &str = "https://news.example/";

fn with(abilities: Value, protection: Value) -> Background<Few> {
    let saved = json!({ "abilities": abilities, "local": { "protection": protection } });
    Background::new(Few, serde_json::from_value(saved).expect("it is well formed"))
}

fn asking(protection: Value) -> Background<Few> {
    with(json!({ "asks": true }), protection)
}

fn verdict(background: &Background<Few>, tab: i32, url: &str, page: &str) -> Verdict {
    let question = Question { url, frame: page, kind: "script", ..Question::default() };
    background.verdict(tab, question, page, NOW)
}

/// Who asked for `url` on `news.example` in tab 9, and who is said to have stopped it.
fn counted(background: &mut Background<Few>, url: &str) -> String {
    let id = format!("9{}", url.len());
    background.saw(&batch(&[
        page(9, "1", NEWS),
        start(9, &id, url),
        end("failed", 9, &id, url, "net::ERR_BLOCKED_BY_CLIENT"),
    ]));
    told(&background.tab(9, NEWS, NOW))
}

#[test]
fn switches_decide_which_lists_speak() {
    let mut background = asking(json!(null));
    assert_eq!(verdict(&background, 1, "https://ad.example/a.js", NEWS), Verdict::Stop);
    assert_eq!(verdict(&background, 1, "https://cdn.example/a.js", NEWS), Verdict::Pass);
    background.protect(json!({ "switches": { "trackers": false } }));
    assert_eq!(verdict(&background, 1, "https://ad.example/a.js", NEWS), Verdict::Pass);
    // Then it was not us who stopped it.
    assert_eq!(counted(&mut background, "https://ad.example/a.js"), "Loud 1/0/1/0/0");
}

#[test]
fn what_passes_at_a_glance_passes_and_nothing_else_is_hidden_by_it() {
    let background = asking(json!(null));
    let glance = |url| background.glance(Question { url, frame: NEWS, kind: "script", ..Question::default() });
    for url in ["https://cdn.example/a.js", "https://news.example/a.js", "https://other.example/"] {
        assert_eq!(glance(url), Glance::Pass, "{url}");
        assert_eq!(verdict(&background, 1, url, NEWS), Verdict::Pass, "{url}");
    }
    assert_eq!(glance("https://ad.example/a.js"), Glance::Stop);
    // Who may be behind another host of the page's own is looked into.
    assert_eq!(glance("https://t.news.example/a.js"), Glance::PassUnlessDisguised);
    assert_eq!(verdict(&background, 1, "https://t.news.example/a.js", NEWS), Verdict::Wonder);
    // Where the browser does not ask there is nothing to look into.
    let declared = with(json!({}), json!(null));
    let question = Question { url: "https://t.news.example/a.js", frame: NEWS, kind: "script", ..Question::default() };
    assert_eq!(declared.glance(question), Glance::Pass);
}

#[test]
fn nothing_is_stopped_where_the_protections_rest_and_again_when_they_do_not() {
    let end = NOW + HOUR;
    let background = asking(json!({ "sites": { "news.example": { "off": end } } }));
    let at = |now: u64| {
        let question = Question { url: "https://ad.example/a.js", frame: NEWS, kind: "script", ..Question::default() };
        background.verdict(1, question, NEWS, now)
    };
    assert_eq!((at(NOW), at(end)), (Verdict::Pass, Verdict::Stop));
    assert_eq!(background.tab(1, NEWS, NOW).rests.map(|rest| json!(rest)), Some(json!(end)));
    assert_eq!(background.tab(1, NEWS, end).rests, None);
    assert_eq!(verdict(&background, 1, "https://ad.example/a.js", "https://other.example/"), Verdict::Stop);
    // A worker has no page; it rests with the site it comes from.
    let question = Question { url: "https://ad.example/a.js", frame: NEWS, kind: "script", ..Question::default() };
    assert_eq!(background.verdict(-1, question, "", NOW), Verdict::Pass);
}

#[test]
fn a_company_is_let_through_on_one_site() {
    let choice = |met: Value| json!({ "sites": { "news.example": { "companies": { "Loud": met } } } });
    let mut declared = with(json!({}), choice(json!([])));
    assert_eq!(counted(&mut declared, "https://ad.example/a.js"), "Loud 1/0/1/0/0");
    // A declared rule names hosts: a disguise is let through once it was met.
    assert_eq!(counted(&mut with(json!({}), choice(json!([]))), "https://m.mask.example/a.js"), "Loud 1/1/0/0/0");
    let met = choice(json!(["m.mask.example"]));
    assert_eq!(counted(&mut with(json!({}), met), "https://m.mask.example/a.js"), "Loud 1/0/1/0/0");
    // Who is asked knows it anyway.
    let background = asking(choice(json!([])));
    assert_eq!(verdict(&background, 1, "https://m.mask.example/a.js", NEWS), Verdict::Pass);
    assert_eq!(verdict(&background, 1, "https://ad.example/a.js", "https://other.example/"), Verdict::Stop);
    assert_eq!(background.tab(1, NEWS, NOW).through, [Through { name: "Loud".into(), tab: false }]);
}

#[test]
fn a_tab_lets_through_until_it_leaves_the_site() {
    let mut background = asking(json!(null));
    background.saw(&batch(&[page(9, "1", NEWS), start(9, "2", "https://m.mask.example/a.js")]));
    let changes = background.through(9, NEWS, vec!["Loud".into()]);
    assert!(changes.plan);
    let hosts = |background: &Background<Few>| background.plan(NOW).session[0]["condition"]["requestDomains"].clone();
    assert_eq!(hosts(&background), json!(["ad.example", "m.mask.example"]));
    assert_eq!(verdict(&background, 9, "https://ad.example/a.js", NEWS), Verdict::Pass);
    assert_eq!(verdict(&background, 8, "https://ad.example/a.js", NEWS), Verdict::Stop);
    assert_eq!(verdict(&background, 9, "https://ad.example/a.js", "https://other.example/"), Verdict::Stop);
    let mut after = Background::new(Few, Saved { session: changes.session, ..Saved::default() });
    assert_eq!(hosts(&after), hosts(&background));
    assert_eq!(after.tab(9, NEWS, NOW).through, [Through { name: "Loud".into(), tab: true }]);
    // On the same site it stays; elsewhere it ends.
    assert!(!after.saw(&batch(&[page(9, "3", "https://news.example/b")])).plan);
    let left = after.saw(&batch(&[page(9, "4", "https://other.example/")]));
    assert!(left.plan && left.gone.contains(&"through:9".to_owned()));
    assert_eq!(after.plan(NOW).session, Vec::<Value>::new());
    assert_eq!(background.saw(&batch(&[json!({ "what": "closed", "tab": 9, "at": AT })])).gone, ["tab:9", "through:9"]);
}

#[test]
fn hosts_are_revealed_and_all_is_taken_back() {
    let mut background = asking(json!(null));
    let hosts = ["ad.example", "", "a b", "*", "ad.example/x"].map(str::to_owned).to_vec();
    let changes = background.reveal(9, NEWS, hosts);
    assert_eq!(changes.session["through:9"]["revealed"], json!(["ad.example"]));
    assert_eq!(verdict(&background, 9, "https://ad.example/a.js", NEWS), Verdict::Pass);
    background.through(9, NEWS, vec!["Quiet".into()]);
    assert_eq!(verdict(&background, 9, "https://ad.example/a.js", NEWS), Verdict::Pass);
    let changes = background.through(9, NEWS, Vec::new());
    assert_eq!((changes.gone, changes.plan), (vec!["through:9".to_owned()], true));
    assert_eq!(verdict(&background, 9, "https://ad.example/a.js", NEWS), Verdict::Stop);
    assert_eq!(background.reveal(9, "about:blank", vec!["ad.example".into()]), Changes::default());
}

#[test]
fn who_stands_behind_a_borrowed_name_is_stopped_and_told() {
    let url = "https://t.news.example/a.js";
    let mut background = asking(json!(null));
    assert_eq!(verdict(&background, 9, url, NEWS), Verdict::Wonder);
    background.named("t.news.example", "t.ad.example.", NOW, false);
    assert_eq!(verdict(&background, 9, url, NEWS), Verdict::Stop);
    background.saw(&batch(&[page(9, "1", NEWS), start(9, "2", url), end("failed", 9, "2", url, "NS_ERROR_ABORT")]));
    let report = background.tab(9, NEWS, NOW);
    assert_eq!(told(&report), "Loud 1/1/0/0/0");
    let host = &report.companies[0].hosts[0];
    assert_eq!((host.host.as_str(), host.alias.as_deref()), ("t.news.example", Some("t.ad.example")));
    // The page's own host, another site's, and a host of one's own behind it are nobody's disguise.
    assert_eq!(verdict(&background, 9, "https://news.example/a.js", NEWS), Verdict::Pass);
    assert_eq!(verdict(&background, 9, "https://cdn.example/a.js", NEWS), Verdict::Pass);
    background.named("i.news.example", "cdn.example", NOW, false);
    assert_eq!(verdict(&background, 9, "https://i.news.example/a.js", NEWS), Verdict::Pass);
    // Who is not asked cannot look behind, and where the protections rest nobody does.
    assert_eq!(verdict(&with(json!({}), json!(null)), 9, url, NEWS), Verdict::Pass);
    let resting = asking(json!({ "sites": { "news.example": { "off": "forever" } } }));
    assert_eq!(verdict(&resting, 9, url, NEWS), Verdict::Pass);
}

#[test]
fn another_site_is_told_from_which_site_alone() {
    let background = asking(json!({ "sites": { "rest.example": { "off": "forever" } } }));
    let told = |to: &str, from: &str| background.referrer(to, from, NOW).unwrap_or_else(|| "as it is".into());
    assert_eq!(told("https://cdn.example/", "https://a.news.example:8/p?q=1"), "https://a.news.example:8/");
    assert_eq!(told("https://cdn.example/", "https://news.example/?q"), "https://news.example/");
    assert_eq!(told("https://cdn.example/", "https://news.example/"), "as it is");
    assert_eq!(told("https://a.news.example/", "https://news.example/p"), "as it is");
    assert_eq!(told("https://cdn.example/", "https://rest.example/p"), "as it is");
    assert_eq!(told("https://cdn.example/", "about:blank"), "as it is");
    let off = asking(json!({ "switches": { "referrer": false } }));
    assert_eq!(off.referrer("https://cdn.example/", "https://news.example/p", NOW), None);
}

#[test]
fn a_worker_of_all_tabs_is_counted_for_the_one_that_shows_its_page() {
    let url = "https://ad.example/a.js";
    let worker = |id: &str| {
        let mut report = start(-1, id, url);
        report["frame"] = json!("https://news.example/sw.js");
        report
    };
    let mut background = fresh();
    background.saw(&batch(&[worker("1"), page(9, "2", NEWS), worker("3")]));
    background.saw(&batch(&[end("failed", -1, "3", url, "net::ERR_BLOCKED_BY_CLIENT")]));
    assert_eq!(told(&background.tab(9, NEWS, NOW)), "Loud 1/1/0/0/0");
    let mut private = worker("4");
    private["private"] = json!(true);
    background.saw(&batch(&[private, page(8, "5", NEWS), worker("6")]));
    assert_eq!(told(&background.tab(9, NEWS, NOW)), "Loud 1/1/0/0/0");
    assert_eq!(told(&background.tab(8, NEWS, NOW)), "");
}
