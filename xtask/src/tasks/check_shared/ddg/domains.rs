//! Which host is whose, and which of a tracker's addresses are let through: their lists of trackers, put into lines.
//!
//! A tracker is stopped on all sites but its owner's, or let through but for some addresses. Their rules are tried in
//! order and the first that fits decides; lines of a list have no order, so a rule for stopping that stands before one
//! for letting through becomes an important one.

use anyhow::Result;
use serde_json::Value;

use super::judges::{Judges, Suffixes, decision};
use super::{Asked, Folder};

pub(super) fn run(folder: &Folder, suffixes: &Suffixes) -> Result<Asked> {
    let data: Value = folder.read("tracker_radar_reference.json")?;
    // The one stand-in that their file of stand-ins has.
    let judges = Judges::of(&lines(&data, |stand_in| stand_in == "tracker"), suffixes)?;
    let disguised: Vec<&String> = data["cnames"].as_object().into_iter().flatten().map(|(name, _)| name).collect();
    let tests: Value = folder.read("domain_matching_tests.json")?;
    let mut asked = Asked { why: "the host has another name in the DNS, which is not asked", ..Asked::default() };
    for test in tests.as_object().into_iter().flatten().flat_map(|(_, group)| group["tests"].as_array()).flatten() {
        let text = |key: &str| test[key].as_str().unwrap_or_default();
        if disguised.iter().any(|name| text("requestURL").contains(name.as_str())) {
            asked.left += 1;
            continue;
        }
        asked.cases += 1;
        let outcome = judges.ask(text("requestURL"), text("siteURL"), text("requestType"))?;
        if outcome.decision != decision(test["expectAction"].as_str()) {
            asked.differ.push((text("name").to_owned(), format!("{:?}", outcome.decision)));
        }
    }
    Ok(asked)
}

/// The lines of a file of trackers; `has` says which stand-ins there are.
pub(super) fn lines(data: &Value, has: impl Fn(&str) -> bool) -> Vec<String> {
    let mut out = Vec::new();
    for (host, tracker) in data["trackers"].as_object().into_iter().flatten() {
        let owner = tracker["owner"]["name"].as_str().unwrap_or_default();
        let own = strings(&data["entities"][owner]["domains"]);
        let rules: Vec<&Value> = tracker["rules"].as_array().into_iter().flatten().collect();
        let rules: Vec<&Value> =
            rules.into_iter().filter(|rule| matches!(rule["action"].as_str(), None | Some("ignore"))).collect();
        if tracker["default"] == "block" {
            out.push(line("", host, &format!("||{host}^"), &Condition::default(), &own, ""));
        }
        for (i, rule) in rules.iter().enumerate() {
            let address =
                format!("/{}/", rule["rule"].as_str().unwrap_or_default().replace("\\/", "/").replace('/', "\\/"));
            let options = Condition::of(&rule["options"]);
            if rule["action"] == "ignore" {
                out.push(line("@@", host, &address, &options, &own, ""));
                continue;
            }
            let lets = |rule: &&&Value| rule["action"] == "ignore" || rule["exceptions"].is_object();
            let important = if rules[i + 1..].iter().any(|rule| lets(&rule)) { "important," } else { "" };
            let stand_in = rule["surrogate"].as_str().filter(|name| has(name)).map_or("", |_| "redirect=noop.js,");
            out.push(line("", host, &address, &options, &own, &format!("{important}{stand_in}")));
            let exceptions = Condition::of(&rule["exceptions"]);
            if let Some(both) = rule["exceptions"].is_object().then(|| options.and(&exceptions)).flatten() {
                out.push(line("@@", host, &address, &both, &own, important));
            }
        }
    }
    out
}

/// The sites and types that a rule is for; none is all.
#[derive(Clone, Debug, Default)]
struct Condition {
    sites: Vec<String>,
    types: Vec<String>,
}

impl Condition {
    fn of(value: &Value) -> Condition {
        Condition { sites: strings(&value["domains"]), types: strings(&value["types"]) }
    }

    /// Where both hold; none if that is nowhere.
    fn and(&self, other: &Condition) -> Option<Condition> {
        let both = |one: &Vec<String>, two: &Vec<String>| match (one.is_empty(), two.is_empty()) {
            (true, _) => Some(two.clone()),
            (_, true) => Some(one.clone()),
            _ => Some(one.iter().filter(|it| two.contains(it)).cloned().collect()).filter(|it: &Vec<_>| !it.is_empty()),
        };
        Some(Condition { sites: both(&self.sites, &other.sites)?, types: both(&self.types, &other.types)? })
    }
}

fn line(at: &str, host: &str, pattern: &str, condition: &Condition, own: &[String], more: &str) -> String {
    let types = condition.types.iter().map(|kind| format!("{kind},")).collect::<String>();
    let sites = condition.sites.iter().cloned().chain(own.iter().map(|own| format!("~{own}")));
    let sites = sites.collect::<Vec<_>>().join("|");
    format!("{at}{pattern}${types}{more}to={host},third-party,domain={sites}")
}

fn strings(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}
