//! What a browser has to be told so that it does what the person chose.
//!
//! A browser keeps declarative rules by itself: those of the lists in rulesets that are only switched, and a few of ours
//! that follow the choice. A [`Plan`] is all of it at one moment, so that applying it again changes nothing; its mark
//! tells whether it was applied before. The rules of ours are dynamic where they outlive the browser, and session rules
//! where they are about a tab, which does not.
//!
//! Numbers of rules never change their meaning: below [`OF_NAMES`] each is one rule, from there on they are a hash of
//! the site or tab that the rule is about, and end where those of lists begin (`trackers::update`). Every browser
//! numbers dynamic and session rules apart. Priorities: lists' rules end at 40 (`trackers::dnr`), a company that is let
//! through stands at 50, headers at 60 because they are sent also to whom is let through, and a rest above all.
//!
//! Where the extension itself is asked before each request ([`Abilities::asks`]), the rulesets of lists stay off: both
//! together would do the work twice, and Firefox needs twice the time to load a page with declared lists.
//!
//! The scripts that run on pages are part of it ([`scripts`]); browsers keep them by themselves as well.
//!
//! What it deliberately does not do: tell the browser. The script does, and reports what the browser refused.

pub mod scripts;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use self::scripts::{Places, Script};
use super::{Protection, Switch};
use crate::url::host_hash;

/// Rules of ours, one number each.
mod number {
    /// The page's own request says that its person's data is not to be sold.
    pub(super) const GPC_PAGE: u32 = 1;
    /// All other requests say so.
    pub(super) const GPC: u32 = 2;
    /// A page may not have its path told to other sites.
    pub(super) const REFERRER: u32 = 3;
    /// All that a resting page and its frames ask for.
    pub(super) const REST_PAGE: u32 = 10;
    /// All that is asked for below a resting page, workers too.
    pub(super) const REST: u32 = 11;
    /// What a resting site's workers ask for.
    pub(super) const REST_WORKERS: u32 = 12;
}

/// The first number of the rules that are about a site or a tab.
pub const OF_NAMES: u32 = 1000;

const THROUGH: u32 = 50;
const HEADERS: u32 = 60;
const REST: u32 = 100;

/// What a browser can do, as the script found out.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Abilities {
    /// The rulesets that the manifest names.
    pub rulesets: Vec<String>,
    /// Whether the extension is asked before each request and may answer.
    pub asks: bool,
    /// Whether a rule may name the page at the top.
    pub top_domains: bool,
    /// Whether a rule may look at the answer's headers.
    pub response_headers: bool,
    /// Where scripts run; not the browser's knowledge but the build's, which the script has in a file.
    pub places: Places,
}

/// All that a browser has to be told.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Plan {
    /// Rulesets that are to be on.
    pub on: Vec<String>,
    /// Rulesets that are to be off.
    pub off: Vec<String>,
    /// All dynamic rules.
    pub dynamic: Vec<Value>,
    /// All session rules.
    pub session: Vec<Value>,
    /// All scripts that are to be registered.
    pub scripts: Vec<Script>,
    /// Tells the rules of this plan from others.
    pub mark: String,
    /// When something has to be switched on again (milliseconds since 1970), if it has to.
    pub next: Option<u64>,
}

/// What is let through in one tab, for as long as it is on a site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InTab {
    /// The site.
    pub site: String,
    /// The hosts.
    pub hosts: BTreeSet<String>,
}

/// The plan at a moment. `domains` are those of an owner; `tabs` what is let through in some tabs.
pub fn plan(
    protection: &Protection,
    now: u64,
    abilities: &Abilities,
    domains: impl Fn(&str) -> Vec<String>,
    tabs: &BTreeMap<i32, InTab>,
) -> Plan {
    let scripts = scripts::scripts(protection, now, &abilities.places);
    let mut plan = Plan { next: protection.next_end(now), scripts, ..Plan::default() };
    for ruleset in &abilities.rulesets {
        // A set's rules that change requests lie apart from those that stop them.
        let set = ruleset.strip_suffix("-unsafe").unwrap_or(ruleset);
        let Some(switch) = Switch::ALL.into_iter().find(|switch| switch.name() == set) else { continue };
        // No list is behind the cookies' rules: they change headers, which is left to the browser everywhere.
        let declared = !abilities.asks || switch == Switch::Cookies;
        (if protection.is_on(switch) && declared { &mut plan.on } else { &mut plan.off }).push(ruleset.clone());
    }
    if protection.is_on(Switch::Gpc) {
        plan.dynamic.extend(gpc());
    }
    if protection.is_on(Switch::Referrer) && abilities.response_headers {
        plan.dynamic.push(referrer());
    }
    let resting: Vec<&str> =
        protection.sites().map(|(site, _)| site).filter(|site| protection.rests(site, now).is_some()).collect();
    if !resting.is_empty() {
        rest(&resting, abilities, &mut plan);
    }
    let mut used = BTreeSet::new();
    for (site, choice) in protection.sites().filter(|(_, choice)| !choice.companies.is_empty()) {
        let met = choice.companies.values().flatten().cloned();
        let hosts: BTreeSet<String> = choice.companies.keys().flat_map(|owner| domains(owner)).chain(met).collect();
        if hosts.is_empty() {
            continue;
        }
        let here = if abilities.top_domains { "topDomains" } else { "initiatorDomains" };
        plan.dynamic.push(json!({ "id": of_name(site, &mut used), "priority": THROUGH, "action": { "type": "allow" },
            "condition": { "requestDomains": hosts, here: [site] } }));
    }
    let mut used = BTreeSet::new();
    for (tab, InTab { site, hosts }) in tabs.iter().filter(|(_, it)| !it.hosts.is_empty()) {
        let mut condition = json!({ "requestDomains": hosts, "tabIds": [tab] });
        if abilities.top_domains {
            // A tab that goes elsewhere asks for things before we can take the rule back.
            condition["topDomains"] = json!([site]);
        }
        plan.session.push(json!({ "id": of_name(&tab.to_string(), &mut used), "priority": THROUGH,
            "action": { "type": "allow" }, "condition": condition }));
    }
    let told = serde_json::to_string(&(&plan.on, &plan.off, &plan.dynamic, &plan.session)).unwrap_or_default();
    plan.mark = format!("{:016x}", host_hash(&told));
    plan
}

/// The header of Global Privacy Control. A condition without types speaks of all but pages, hence two rules.
fn gpc() -> [Value; 2] {
    let header = json!([{ "header": "Sec-GPC", "operation": "set", "value": "1" }]);
    let action = json!({ "type": "modifyHeaders", "requestHeaders": header });
    [
        json!({ "id": number::GPC_PAGE, "priority": HEADERS, "action": action,
            "condition": { "resourceTypes": ["main_frame"] } }),
        json!({ "id": number::GPC, "priority": HEADERS, "action": action, "condition": {} }),
    ]
}

/// A page that has its whole address told to everybody tells its origin, as pages do that say nothing. Only such
/// policies are replaced: another may be stricter than ours.
fn referrer() -> Value {
    let policy =
        json!([{ "header": "Referrer-Policy", "operation": "set", "value": "strict-origin-when-cross-origin" }]);
    let loose = json!([{ "header": "Referrer-Policy", "values": ["*unsafe-url*", "*no-referrer-when-downgrade*"] }]);
    json!({ "id": number::REFERRER, "priority": HEADERS,
        "action": { "type": "modifyHeaders", "responseHeaders": policy },
        "condition": { "resourceTypes": ["main_frame", "sub_frame"], "responseHeaders": loose } })
}

/// Everything is let through on these sites. Whole pages are named as pages alone: a frame of a resting site on another
/// site does not rest. What that misses was measured: workers of either kind, in Chromium those of no tab alone.
fn rest(sites: &[&str], abilities: &Abilities, plan: &mut Plan) {
    plan.dynamic.push(json!({ "id": number::REST_PAGE, "priority": REST, "action": { "type": "allowAllRequests" },
        "condition": { "requestDomains": sites, "resourceTypes": ["main_frame"] } }));
    let rule = |id: u32, condition: Value| {
        json!({ "id": id, "priority": REST, "action": { "type": "allow" },
        "condition": condition })
    };
    if abilities.top_domains {
        plan.dynamic.push(rule(number::REST, json!({ "topDomains": sites })));
    } else if abilities.asks {
        // This is about headers alone, since lists are not declared here: they rest in frames of these sites too.
        plan.dynamic.push(rule(number::REST, json!({ "initiatorDomains": sites })));
    } else {
        plan.session.push(rule(number::REST_WORKERS, json!({ "initiatorDomains": sites, "tabIds": [-1] })));
    }
}

/// The number of the rule about a name.
fn of_name(name: &str, used: &mut BTreeSet<u32>) -> u32 {
    let mut id = OF_NAMES + u32::try_from(host_hash(name) % 0x1fff_0000).unwrap_or(0);
    while !used.insert(id) {
        id += 1;
    }
    id
}

#[cfg(test)]
mod tests;
