//! The conditions of a rule, in declarativeNetRequest's words.
//!
//! Fields stand in the order of the browsers' documentation; empty ones are left out. A condition is comparable and
//! ordered, because rules are merged by it.

use serde::Serialize;

use super::super::ResourceType;
use super::super::list::{METHODS, Pattern, Rule, Start, Types};
use super::re2;

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

/// The condition of a rule for these types, and what of the rule it leaves unsaid.
///
/// # Errors
/// The reason why nothing of it can be said.
pub(super) fn of(rule: &Rule, types: Types) -> Result<(Condition, Vec<String>), String> {
    if rule.party.strict_first || rule.party.strict_third {
        return Err("strict1p and strict3p cannot be declared".into());
    }
    let mut partly = Vec::new();
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
        pattern => address(pattern, rule.match_case, &mut out)?,
    }
    // `match-case` says nothing of a host.
    out.is_url_filter_case_sensitive &= !matches!(rule.pattern, Pattern::Host(_));
    out.domain_type = match (rule.party.first, rule.party.third) {
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

/// What the address must look like.
fn address(pattern: &Pattern, match_case: bool, out: &mut Condition) -> Result<(), String> {
    match pattern {
        Pattern::Any => {}
        Pattern::Host(host) => out.url_filter = Some(format!("||{host}^")),
        Pattern::Regex(source) => {
            re2::check(source, match_case)?;
            out.regex_filter = Some(source.clone());
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
    Ok(())
}

/// Names that may be dropped one by one: the rule then speaks in fewer places.
fn only(names: &[String], partly: &mut Vec<String>) -> Result<Vec<String>, String> {
    let (wild, plain): (Vec<&String>, Vec<&String>) = names.iter().partition(|n| n.ends_with(".*"));
    if plain.is_empty() && !wild.is_empty() {
        return Err("example.* cannot be declared".into());
    }
    partly.extend(wild.iter().map(|_| "example.* cannot be declared: used for its other sites".to_owned()));
    Ok(plain.into_iter().cloned().collect())
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
fn browser_names(kind: ResourceType) -> &'static [&'static str] {
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
