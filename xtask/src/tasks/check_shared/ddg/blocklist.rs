//! A short list of requests that are stopped on some sites or on all, beside lists of trackers and of excepted sites.
//!
//! Their rule is an address with `*`, tied to the host and minding the case, which is `||address$match-case` here. What
//! their format calls wrong (an unknown property, no sites) is left out by whoever puts it into lines, as theirs does.

use anyhow::Result;
use serde_json::Value;

use super::judges::{Judges, Suffixes, decision};
use super::{Asked, Folder, domains};

/// The properties that a rule may have.
const KNOWN: [&str; 3] = ["rule", "domains", "reason"];

pub(super) fn run(folder: &Folder, suffixes: &Suffixes) -> Result<Asked> {
    let config: Value = folder.read("config-reference.json")?;
    let features = &config["features"];
    let mut lines = Vec::new();
    for (at, list) in [
        ("", &features["requestBlocklist"]["settings"]["blockedRequests"]),
        ("@@", &features["trackerAllowlist"]["settings"]["allowlistedTrackers"]),
    ] {
        for (host, entry) in list.as_object().into_iter().flatten() {
            // Only what somebody registered is looked up, which all their names of two labels are.
            if host.matches('.').count() == 1 {
                let rules = entry["rules"].as_array().into_iter().flatten();
                lines.extend(rules.filter_map(line).map(|line| format!("{at}{line}")));
            }
        }
    }
    let mut excepted: Vec<Value> = folder.read("user-allowlist-reference.json")?;
    for list in [&features["contentBlocking"], &features["requestBlocklist"]].map(|feature| &feature["exceptions"]) {
        excepted.extend(list.as_array().into_iter().flatten().cloned());
    }
    excepted.extend(config["unprotectedTemporary"].as_array().into_iter().flatten().cloned());
    let domain = |it: &Value| it.as_str().or_else(|| it["domain"].as_str()).map(str::to_owned);
    lines.extend(excepted.iter().filter_map(domain).map(|site| format!("@@*$domain={site}")));
    lines.extend(domains::lines(&folder.read("tds-reference.json")?, |_| true));
    let judges = Judges::of(&lines, suffixes)?;
    let tests: Value = folder.read("tests.json")?;
    let mut asked = Asked { why: "none", ..Asked::default() };
    for test in tests.as_object().into_iter().flatten().flat_map(|(_, group)| group["tests"].as_array()).flatten() {
        let text = |key: &str| test[key].as_str().unwrap_or_default();
        asked.cases += 1;
        let outcome = judges.ask(&as_a_browser_writes(text("requestUrl")), text("websiteUrl"), text("requestType"))?;
        let is_stopped = outcome.decision != decision(None);
        if is_stopped != (text("expectAction") == "block") {
            asked.differ.push((text("name").to_owned(), format!("{:?}", outcome.decision)));
        }
    }
    Ok(asked)
}

fn line(rule: &Value) -> Option<String> {
    let properties = rule.as_object()?;
    let address = rule["rule"].as_str().filter(|address| !address.starts_with('|'))?;
    let sites: Vec<&str> = rule["domains"].as_array()?.iter().filter_map(Value::as_str).collect();
    let on = if sites == ["<all>"] { String::new() } else { format!(",domain={}", sites.join("|")) };
    properties.keys().all(|key| KNOWN.contains(&key.as_str())).then(|| format!("||{address}$match-case{on}"))
}

/// Scheme and host in lower case: no browser asks for anything else.
fn as_a_browser_writes(url: &str) -> String {
    let end = url.match_indices('/').nth(2).map_or(url.len(), |(at, _)| at);
    url[..end].to_ascii_lowercase() + &url[end..]
}
