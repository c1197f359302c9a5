//! The conditions of a rule, in declarativeNetRequest's words.
//!
//! Fields stand in the order of the browsers' documentation; empty ones are left out. A condition is comparable and
//! ordered, because rules are merged by it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::super::ResourceType;
use super::super::list::{METHODS, Pattern, Rule, Start, Types};
use super::{entity, re2};
use crate::url::is_under;

/// With which requests a declarative rule does something.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Condition {
    /// A pattern, in the lists' own syntax.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url_filter: Option<String>,
    /// A regular expression of RE2.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub regex_filter: Option<String>,
    /// Left out it means false, in both browsers.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_url_filter_case_sensitive: bool,
    /// The hosts that are asked, and all under them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub request_domains: Vec<String>,
    /// Hosts that are not meant.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub excluded_request_domains: Vec<String>,
    /// The sites that ask, and all under them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub initiator_domains: Vec<String>,
    /// Sites that are not meant.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub excluded_initiator_domains: Vec<String>,
    /// `firstParty` or `thirdParty`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain_type: Option<&'static str>,
    /// The types that are meant.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub resource_types: Vec<&'static str>,
    /// The types that are not meant.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub excluded_resource_types: Vec<&'static str>,
    /// The methods that are meant.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub request_methods: Vec<&'static str>,
    /// Whether `request_domains` were taken out to be merged with those of equal rules: a rule that names hosts must
    /// not be taken for one that speaks of all.
    #[serde(skip)]
    pub(super) has_hosts: bool,
    /// Whether `initiator_domains` were taken out to be joined likewise.
    #[serde(skip)]
    pub(super) joined: bool,
}

impl Condition {
    /// The same condition for other hosts that are asked, and other sites that ask.
    pub(in super::super) fn with_names(&self, hosts: Vec<String>, sites: Vec<String>) -> Condition {
        Condition { request_domains: hosts, initiator_domains: sites, ..self.clone() }
    }

    /// Returns true if and only if it may hold for a request to this host, or to one under it.
    pub(super) fn may_ask(&self, host: &str) -> bool {
        let meets = |asked: &String| is_under(asked, host) || is_under(host, asked);
        self.request_domains.is_empty() || self.request_domains.iter().any(meets)
    }
}

/// The condition of a rule for these types, and what of the rule it leaves unsaid.
///
/// # Errors
/// The reason why nothing of it can be said.
pub(super) fn of(rule: &Rule, types: Types) -> Result<(Condition, Vec<String>), String> {
    let mut partly = Vec::new();
    let third = strict(rule, &mut partly)?;
    let mut out = Condition { is_url_filter_case_sensitive: rule.match_case, ..Condition::default() };
    out.initiator_domains = only(&rule.sites.only, &mut partly)?;
    out.excluded_initiator_domains = not(&rule.sites.not)?;
    out.request_domains = only(&rule.to.only, &mut partly)?;
    out.excluded_request_domains = not(&rule.to.not)?;
    out.excluded_request_domains.extend(not(&rule.denyallow)?);
    out.excluded_request_domains.sort();
    out.excluded_request_domains.dedup();
    match &rule.pattern {
        Pattern::Host(host) if out.request_domains.is_empty() => out.request_domains.push(host.clone()),
        pattern => partly.extend(address(pattern, rule.match_case, &mut out)?),
    }
    // `match-case` says nothing of a host.
    out.is_url_filter_case_sensitive &= !matches!(rule.pattern, Pattern::Host(_));
    out.domain_type = match (rule.party.first, rule.party.third || third) {
        (true, false) => Some("firstParty"),
        (false, true) => Some("thirdParty"),
        _ => None,
    };
    resource_types(types, &mut out);
    let every_method = (1 << METHODS.len()) - 1;
    if rule.methods != 0 && rule.methods != every_method {
        out.request_methods = (0..METHODS.len()).filter(|i| rule.methods >> i & 1 != 0).map(|i| METHODS[i]).collect();
    }
    Ok((out, partly))
}

/// What the address must look like, and what of that is left unsaid.
fn address(pattern: &Pattern, match_case: bool, out: &mut Condition) -> Result<Option<String>, String> {
    match pattern {
        Pattern::Any => {}
        Pattern::Host(host) => out.url_filter = Some(format!("||{host}^")),
        Pattern::Regex(source) => {
            out.regex_filter = Some(source.clone());
            if let Err(reason) = re2::check(source, match_case) {
                // Where minding the case is what makes it fit, it speaks of fewer addresses and of no wrong one.
                re2::check(source, true).map_err(|_| reason)?;
                out.is_url_filter_case_sensitive = true;
                return Ok(Some("the regular expression is declared minding the case, or it would not fit".into()));
            }
        }
        Pattern::Text { start, end, body } => {
            if !body.is_ascii() {
                return Err("a pattern that is not ASCII cannot be declared".into());
            }
            let ambiguous = (*start == Start::Free && body.starts_with('|')) || (!end && body.ends_with('|'));
            if ambiguous {
                return Err("a | that is meant as itself cannot be declared at either end".into());
            }
            let start = match start {
                Start::Free => "",
                Start::Address => "|",
                Start::Label => "||",
            };
            out.url_filter = Some(format!("{start}{body}{}", if *end { "|" } else { "" }));
        }
    }
    Ok(None)
}

/// Returns true if and only if the rule is to speak of other sites' requests because it speaks of other hosts'.
fn strict(rule: &Rule, partly: &mut Vec<String>) -> Result<bool, String> {
    let party = rule.party;
    let of_one_site = |host: &String| rule.sites.only.iter().any(|s| is_under(host, s) || is_under(s, host));
    match (party.strict_first, party.strict_third) {
        (false, false) => Ok(false),
        (true, _) => Err("strict1p cannot be declared: a browser compares sites and not hosts".into()),
        _ if party.first || matches!(&rule.pattern, Pattern::Host(host) if of_one_site(host)) => {
            Err("strict3p cannot be declared between hosts of one site".into())
        }
        _ => {
            partly.push("strict3p is declared as third-party: not between hosts of one site".into());
            Ok(true)
        }
    }
}

/// Names that may be dropped one by one: the rule then speaks in fewer places.
fn only(names: &[String], partly: &mut Vec<String>) -> Result<Vec<String>, String> {
    let mut out = BTreeSet::new();
    for name in names {
        match name.strip_suffix(".*") {
            Some(stem) => out.extend(entity::names(stem)),
            None => drop(out.insert(name.clone())),
        }
    }
    if names.iter().any(|name| name.ends_with(".*")) {
        partly.push(format!("example.* is declared for the {} commonest endings", entity::ENDINGS.len()));
    }
    Ok(out.into_iter().collect())
}

/// Names that may not: without one the rule would speak where it must not.
fn not(names: &[String]) -> Result<Vec<String>, String> {
    match names.iter().any(|n| n.ends_with(".*")) {
        true => Err("an exclusion of example.* cannot be declared".into()),
        false => Ok(names.to_vec()),
    }
}

fn resource_types(types: Types, out: &mut Condition) {
    if types == Types::DEFAULT {
        return;
    }
    let missing = Types::DEFAULT.without(types);
    let names = |types: Types| types.iter().flat_map(browser_names).copied().collect();
    let most = missing.iter().count() * 2 < Types::DEFAULT.iter().count();
    if most && types.meets(Types::of(ResourceType::Ping)) {
        // A rule that excludes types speaks of the page itself, unless it excludes that too.
        out.excluded_resource_types = names(Types::REQUESTS.without(types));
    }
    // Everything and the page: there is nothing to exclude, so all are listed.
    if out.excluded_resource_types.is_empty() {
        out.resource_types = names(types);
    }
}

/// What both browsers call a type. Firefox has more names, which Chrome refuses.
pub(super) fn browser_names(kind: ResourceType) -> &'static [&'static str] {
    match kind {
        ResourceType::Document => &["main_frame"],
        ResourceType::Subdocument => &["sub_frame"],
        ResourceType::Stylesheet => &["stylesheet"],
        ResourceType::Script => &["script"],
        ResourceType::Image => &["image"],
        ResourceType::Font => &["font"],
        ResourceType::Object => &["object"],
        ResourceType::Xhr => &["xmlhttprequest"],
        ResourceType::Ping => &["ping"],
        ResourceType::Media => &["media"],
        ResourceType::Websocket => &["websocket"],
        ResourceType::Other => &["csp_report", "other"],
    }
}
