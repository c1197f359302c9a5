//! Plans, a line a rule: number, priority, action, condition. What browsers make of them is shown in `tests/browser`,
//! in `switches` and `persite`.

use super::super::Rest;
use super::*;

const HOUR: u64 = 3_600_000;

fn chromium() -> Abilities {
    let rulesets = ["trackers", "trackers-unsafe", "ads", "cookies", "links-unsafe", "later"];
    let rulesets = rulesets.into_iter().map(str::to_owned).collect();
    Abilities { rulesets, asks: false, top_domains: true, response_headers: true, ..Abilities::default() }
}

fn firefox() -> Abilities {
    Abilities { asks: true, top_domains: false, response_headers: false, ..chromium() }
}

fn planned(protection: &Protection, now: u64, abilities: &Abilities) -> Plan {
    let domains = |owner: &str| match owner {
        "Meta" => vec!["facebook.com".to_owned(), "fbcdn.net".to_owned()],
        _ => Vec::new(),
    };
    let tab = InTab { site: "a.example".into(), hosts: BTreeSet::from(["w.example".to_owned()]) };
    plan(protection, now, abilities, domains, &BTreeMap::from([(7, tab)]))
}

/// Without the headers' rules, which are always there.
fn quiet() -> Protection {
    let mut protection = Protection::default();
    protection.choose(Switch::Gpc, false);
    protection.choose(Switch::Referrer, false);
    protection
}

fn told(rules: &[Value]) -> Vec<String> {
    let one = |rule: &Value| {
        let id = rule["id"].as_u64().unwrap_or_default();
        let id = if id < u64::from(OF_NAMES) { id.to_string() } else { "#".to_owned() };
        format!("{id} {} {} {}", rule["priority"], rule["action"]["type"].as_str().unwrap_or("?"), rule["condition"])
    };
    rules.iter().map(one).collect()
}

#[test]
fn rulesets_follow_the_switches() {
    let mut protection = Protection::default();
    let plan = planned(&protection, 0, &chromium());
    assert_eq!(plan.on, ["trackers", "trackers-unsafe", "cookies", "links-unsafe"]);
    assert_eq!(plan.off, ["ads"]);
    protection.choose(Switch::Ads, true);
    protection.choose(Switch::Trackers, false);
    protection.choose(Switch::Cookies, false);
    assert_eq!(planned(&protection, 0, &chromium()).on, ["ads", "links-unsafe"]);
    // Where the extension itself is asked, lists are not declared.
    let plan = planned(&Protection::default(), 0, &firefox());
    assert_eq!((plan.on, plan.off.len()), (vec!["cookies".to_owned()], 4));
}

#[test]
fn headers_follow_the_switches() {
    let plan = planned(&Protection::default(), 0, &chromium());
    assert_eq!(
        told(&plan.dynamic)[..2],
        [r#"1 60 modifyHeaders {"resourceTypes":["main_frame"]}"#, "2 60 modifyHeaders {}",]
    );
    assert_eq!(plan.dynamic[2]["action"]["responseHeaders"][0]["operation"], "set");
    assert_eq!(planned(&Protection::default(), 0, &firefox()).dynamic.len(), 2);
    assert_eq!(planned(&quiet(), 0, &chromium()).dynamic, Vec::<Value>::new());
}

#[test]
fn a_site_rests_with_all_below_it() {
    let mut protection = quiet();
    protection.rest("a.example", Some(Rest::Until(2 * HOUR)));
    protection.rest("b.example", Some(Rest::Forever));
    let plan = planned(&protection, HOUR, &chromium());
    let page = r#"10 100 allowAllRequests {"requestDomains":["a.example","b.example"],"resourceTypes":["main_frame"]}"#;
    assert_eq!(told(&plan.dynamic), [page, r#"11 100 allow {"topDomains":["a.example","b.example"]}"#]);
    assert_eq!(plan.next, Some(2 * HOUR));
    let later = planned(&protection, 2 * HOUR, &chromium());
    assert_eq!(told(&later.dynamic)[1], r#"11 100 allow {"topDomains":["b.example"]}"#);
    assert!(later.next.is_none() && later.mark != plan.mark);
    let old = Abilities { top_domains: false, ..chromium() };
    let workers = r#"12 100 allow {"initiatorDomains":["b.example"],"tabIds":[-1]}"#;
    assert_eq!(told(&planned(&protection, 2 * HOUR, &old).session)[0], workers);
    assert_eq!(
        told(&planned(&protection, 2 * HOUR, &firefox()).dynamic)[1],
        workers.replace("12", "11").replace(r#","tabIds":[-1]"#, "")
    );
}

#[test]
fn companies_are_let_through_by_their_hosts() {
    let mut protection = quiet();
    protection.let_through("a.example", "Meta", true);
    protection.met_as("a.example", "Meta", ["m.a.example".to_owned()]);
    protection.let_through("b.example", "Nobody", true);
    let hosts = ["facebook.com", "fbcdn.net", "m.a.example"];
    let rules = [chromium(), firefox()].map(|abilities| planned(&protection, 0, &abilities).dynamic);
    assert!(rules.iter().all(|rules| rules.len() == 1 && rules[0]["priority"] == THROUGH), "{rules:?}");
    // The order of keys is not ours.
    let conditions = rules.map(|rules| rules[0]["condition"].clone());
    assert_eq!(
        conditions,
        [
            json!({ "requestDomains": hosts, "topDomains": ["a.example"] }),
            json!({ "requestDomains": hosts, "initiatorDomains": ["a.example"] })
        ]
    );
}

#[test]
fn tabs_have_rules_while_they_are_on_their_site() {
    let rule = |top: &str| format!(r##"# 50 allow {{"requestDomains":["w.example"],"tabIds":[7]{top}}}"##);
    assert_eq!(told(&planned(&quiet(), 0, &chromium()).session), [rule(r#","topDomains":["a.example"]"#)]);
    assert_eq!(told(&planned(&quiet(), 0, &firefox()).session), [rule("")]);
}

#[test]
fn numbers_stay_when_others_come_and_the_same_choice_is_the_same_plan() {
    let mut protection = quiet();
    protection.let_through("b.example", "Meta", true);
    let before = planned(&protection, 0, &chromium());
    assert_eq!(before, planned(&protection, 0, &chromium()));
    protection.let_through("a.example", "Meta", true);
    let after = planned(&protection, 0, &chromium());
    assert!(after.dynamic.contains(&before.dynamic[0]) && after.mark != before.mark);
}
