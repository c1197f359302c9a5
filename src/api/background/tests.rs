//! The background from report to badge, with a few hosts known: `ad.example` (Loud, a rule speaks), `bid.example` and
//! `type.example` (Loud, no rule), `cdn.example` (Quiet, no rule) and the pages' own.

use serde_json::{Value, json};

use super::*;
use crate::api::requests::{Decision, Purpose};
use crate::ledger::Owner;

mod choice;
mod companies;
mod diary;
mod learning;
mod telling;

/// A time of that day.
const NOW: u64 = 86_400_000 * 20_779;
/// The same as reports say it.
const AT: f64 = 86_400_000.0 * 20_779.0;

struct Few;

impl Knows for Few {
    fn about(&self, Question { url, page, lists, .. }: Question<'_>) -> Option<Known> {
        let (host, site) = self.place(url)?;
        let owner = |name: &str, purpose: &str| Some(Owner { name: name.into(), purpose: purpose.into() });
        let (company, rule) = match site.as_str() {
            "ad.example" | "mask.example" => (owner("Loud", "ads"), (lists & 1 != 0).then(|| "privacy:7".to_owned())),
            "bid.example" => (owner("Loud", "analytics"), None),
            "type.example" => (owner("Loud", "cdn"), None),
            "cdn.example" => (owner("Quiet", ""), None),
            _ => (None, None),
        };
        Some(Known { leaves: site != self.site(page), host, site, company, rule, instead: None })
    }

    fn place(&self, url: &str) -> Option<(String, String)> {
        let host = url.strip_prefix("https://")?.split('/').next()?;
        let is_host = !host.is_empty() && !host.contains([' ', '*']);
        is_host.then(|| (host.to_owned(), self.site(host)))
    }

    fn decide(&self, question: &Question<'_>) -> Decision {
        let stops = self.about(*question).is_some_and(|known| known.rule.is_some());
        if stops { Decision::Stop } else { Decision::Pass }
    }

    fn site(&self, host: &str) -> String {
        let labels: Vec<&str> = host.rsplitn(3, '.').take(2).collect();
        labels.into_iter().rev().collect::<Vec<_>>().join(".")
    }

    fn lists(&self, on: &dyn Fn(&str) -> bool) -> u64 {
        u64::from(on("trackers"))
    }

    fn title(&self, list: &str) -> Option<String> {
        (list == "privacy").then(|| "Privacy: all".to_owned())
    }

    fn domains(&self, owner: &str) -> Vec<String> {
        // Whose `mask.example` is, is known from a list alone.
        if owner == "Loud" { vec!["ad.example".to_owned()] } else { Vec::new() }
    }

    fn owner(&self, host: &str) -> Option<&str> {
        ["ad.example", "bid.example", "type.example"].contains(&host).then_some("Loud")
    }

    fn target(&self, link: &str) -> String {
        link.replace("https://l.loud.example/?u=", "")
    }

    fn is_listed(&self, question: Question<'_>) -> bool {
        self.about(Question { lists: 1, ..question }).is_some_and(|known| known.rule.is_some())
    }

    fn spares(&self, cookie: &str) -> bool {
        cookie == "AWSALB"
    }

    fn says(&self, host: &str) -> &str {
        match host {
            "ad.example" | "bid.example" => "Sells what it hears.",
            "type.example" => "Delivers typefaces.",
            _ => "",
        }
    }

    fn company_says(&self, name: &str) -> &str {
        if name == "Loud" { "Does many things." } else { "" }
    }
}

fn batch(events: &[Value]) -> Batch {
    serde_json::from_value(json!({ "zone": 60, "events": events })).expect("the reports are well formed")
}

fn page(tab: i32, id: &str, url: &str) -> Value {
    json!({ "what": "page", "tab": tab, "id": id, "url": url, "at": AT })
}

fn start(tab: i32, id: &str, url: &str) -> Value {
    json!({ "what": "start", "tab": tab, "id": id, "url": url, "type": "script", "at": AT })
}

fn end(what: &str, tab: i32, id: &str, url: &str, more: &str) -> Value {
    json!({ "what": what, "tab": tab, "id": id, "url": url, "error": more, "to": more, "at": AT })
}

fn visit(tab: i32) -> Vec<Value> {
    vec![
        page(tab, "1", "https://news.example/"),
        start(tab, "2", "https://ad.example/a.js"),
        end("failed", tab, "2", "https://ad.example/a.js", "net::ERR_BLOCKED_BY_CLIENT"),
        start(tab, "3", "https://cdn.example/c.js"),
        end("done", tab, "3", "https://cdn.example/c.js", ""),
        start(tab, "4", "https://news.example/own.js"),
        start(tab, "5", "https://nobody.example/x.js"),
        start(tab, "6", "https://ad.example/b.js"),
    ]
}

/// A tab's report in one line: `Company requests/stopped/others/through/not seen`.
fn told(report: &TabReport) -> String {
    let rows: Vec<String> = report
        .companies
        .iter()
        .map(|c| {
            let n = c.counts;
            format!("{} {}/{}/{}/{}/{}", c.name, n.requests, n.stopped, n.others, n.through, n.not_seen)
        })
        .collect();
    format!("{}{}", if report.not_seen { "part " } else { "" }, rows.join(", "))
}

fn fresh() -> Background<Few> {
    let mut background = Background::new(Few, Saved::default());
    background.open_diary(BTreeMap::new());
    background
}

#[test]
fn a_visit_is_counted_and_shown_and_stored() {
    let mut background = fresh();
    let changes = background.saw(&batch(&visit(9)));
    assert_eq!(changes.badges, [Badge { tab: 9, text: "1".into() }]);
    assert_eq!(told(&background.tab(9, "https://news.example/later", NOW)), "Loud 2/1/0/0/1, Quiet 1/0/0/1/0");
    assert_eq!(changes.session.keys().collect::<Vec<_>>(), ["tab:9"]);
    assert!(changes.diary);
    let keys: Vec<String> = background.notes().into_iter().map(|(key, _)| key.to_string()).collect();
    assert_eq!(keys, ["row d20779 news.example"]);
    let rule = background.tab(9, "https://news.example/", NOW).companies[0].hosts[0].rule.clone();
    assert_eq!(rule, Some(RuleReport { list: "privacy".into(), title: "Privacy: all".into(), line: 7 }));
}

#[test]
fn a_background_that_died_goes_on_where_it_was_and_replays_harmlessly() {
    let mut before = fresh();
    let changes = before.saw(&batch(&visit(9)));
    let saved = Saved { session: changes.session, ..Saved::default() };
    let mut after = Background::new(Few, saved);
    after.open_diary(before.notes().into_iter().collect());
    assert_eq!(after.tab(9, "https://news.example/", NOW), before.tab(9, "https://news.example/", NOW));
    after.saw(&batch(&visit(9)));
    assert_eq!(after.tab(9, "https://news.example/", NOW), before.tab(9, "https://news.example/", NOW));
    assert_eq!(after.site("news.example"), before.site("news.example"));
    after.saw(&batch(&[end("failed", 9, "6", "https://ad.example/b.js", "NS_ERROR_ABORT")]));
    assert_eq!(told(&after.tab(9, "https://news.example/", NOW)), "Loud 2/2/0/0/0, Quiet 1/0/0/1/0");
}

#[test]
fn reports_that_overtook_their_page_are_counted_for_it() {
    let at = |mut event: Value, later: f64| {
        event["at"] = json!(AT + later);
        event
    };
    let mut background = fresh();
    background.saw(&batch(&[page(9, "1", "https://before.example/")]));
    let failed = end("failed", 9, "3", "https://ad.example/a.js", "net::ERR_BLOCKED_BY_CLIENT");
    background.saw(&batch(&[
        at(failed, 3.5),
        at(start(9, "4", "https://cdn.example/c.js"), 4.0),
        at(page(9, "2", "https://news.example/"), 1.0),
        at(start(9, "3", "https://ad.example/a.js"), 2.0),
    ]));
    assert_eq!(told(&background.tab(9, "https://news.example/", NOW)), "Loud 1/1/0/0/0, Quiet 1/0/0/0/1");
}

#[test]
fn what_was_not_seen_is_said_and_has_no_badge() {
    let mut background = fresh();
    assert_eq!(told(&background.tab(1, "https://news.example/", NOW)), "part ");
    // The browser's own pages have nobody to watch them, which is known.
    assert_eq!(background.tab(1, "about:blank", NOW), TabReport::default());
    let changes = background.saw(&batch(&[start(1, "8", "https://cdn.example/c.js")]));
    assert_eq!(changes.badges, [Badge { tab: 1, text: String::new() }]);
    background.saw(&batch(&visit(2)));
    // The tab shows another page than the one that was counted.
    assert_eq!(told(&background.tab(2, "https://other.example/", NOW)), "part ");
}

#[test]
fn private_windows_are_counted_for_the_tab_and_never_written_into_days() {
    let mut background = fresh();
    let events: Vec<Value> = visit(9)
        .into_iter()
        .map(|mut event| {
            event["private"] = json!(true);
            event
        })
        .collect();
    let changes = background.saw(&batch(&events));
    assert!(!changes.diary);
    assert_eq!(background.notes(), []);
    assert_eq!(background.site("news.example").companies, []);
    assert_eq!(background.tab(9, "https://news.example/", NOW).counts.requests, 3);
}

#[test]
fn a_surrogate_is_a_stop_and_a_shorter_address_is_not() {
    let mut background = fresh();
    background.saw(&batch(&[
        page(1, "1", "https://news.example/"),
        start(1, "2", "https://ad.example/a.js"),
        end("redirect", 1, "2", "https://ad.example/a.js", "chrome-extension://abc/noop.js"),
        start(1, "3", "https://ad.example/b?utm=1"),
        end("redirect", 1, "3", "https://ad.example/b?utm=1", "https://ad.example/b"),
        start(1, "3", "https://ad.example/b"),
        end("done", 1, "3", "https://ad.example/b", ""),
    ]));
    assert_eq!(told(&background.tab(1, "https://news.example/", NOW)), "Loud 2/1/0/1/0");
}

#[test]
fn a_closed_tab_is_forgotten_and_ends_without_a_beginning_store_nothing() {
    let mut background = fresh();
    background.saw(&batch(&visit(9)));
    background.notes();
    let changes = background.saw(&batch(&[
        json!({ "what": "closed", "tab": 9, "at": AT }),
        end("done", 9, "6", "https://ad.example/b.js", ""),
        end("done", -1, "7", "https://ad.example/b.js", ""),
    ]));
    assert_eq!(changes, Changes { gone: vec!["tab:9".into()], ..Changes::default() });
}

#[test]
fn damaged_entries_are_left_out_and_the_rest_is_used() {
    let mut before = fresh();
    let mut changes = before.saw(&batch(&visit(9)));
    changes.session.insert("tab:10".into(), json!("damaged"));
    changes.session.insert("settings".into(), json!({}));
    let mut after = Background::new(Few, Saved { session: changes.session, ..Saved::default() });
    let damaged = (crate::api::diary::Key::Row(20_779, "shop.example".into()), vec![1, 2, 3]);
    after.open_diary(before.notes().into_iter().chain([damaged]).collect());
    assert_eq!(after.tab(9, "https://news.example/", NOW), before.tab(9, "https://news.example/", NOW));
    assert_eq!(after.site("news.example"), before.site("news.example"));
}

#[test]
fn days_are_the_persons_own() {
    let late = 86_400_000.0 * 20_779.0 - 30.0 * 60_000.0;
    assert_eq!(observed::day(late, 0), 20_778);
    assert_eq!(observed::day(late, 60), 20_779);
    assert_eq!(observed::day(f64::NAN, 0), 0);
}
