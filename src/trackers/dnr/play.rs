//! A browser, played: what declarative rules do with a request, as the browsers' documentation says.
//!
//! It is the other half of the proof that both forms of a list decide alike: the same requests are put to the shield and
//! to this, and what this says is held against real browsers. So it shares no code with the shield but the public
//! suffixes. As Chromium does, it lets every file of rules name its most important rule, and a redirect that changes
//! nothing silences the file. For speed rules are kept under the hosts they name.
//!
//! What it deliberately does not do: worker scopes, service workers and tabs, of which no rule of ours speaks.

mod address;

use std::collections::HashMap;

use self::address::Address;
use super::condition::Condition;
use super::rule::{Action, DnrRule, Redirect, Rules, Transform};
use crate::trackers::{Decision, Request, ResourceType};
use crate::url::{Suffixes, Url, is_under, labels};

/// What comes of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The same word as the shield's.
    pub decision: Decision,
    /// The rule that decided, if one did.
    pub rule: Option<u32>,
    /// The address that is asked for in the end.
    pub url: String,
    /// The parameters that were taken out of what is asked for in the end, sorted; the empty name is the whole query.
    pub params: Vec<String>,
    /// The headers that rules add to the answer: name and value.
    pub headers: Vec<(&'static str, String)>,
}

/// The declarative rules of an extension, in the files that it declares.
#[derive(Debug)]
pub struct Browser<'a> {
    files: Vec<File<'a>>,
    suffixes: Suffixes<'a>,
}

/// One file of rules, by the hosts that they name.
#[derive(Debug, Default)]
struct File<'a> {
    rules: Vec<(&'a DnrRule, Address)>,
    by_host: HashMap<u64, Vec<usize>>,
    rest: Vec<usize>,
}

/// A request as this module sees it while an address changes under it.
struct Asked<'r> {
    url: &'r str,
    lower: String,
    host: (usize, usize),
    site: &'r str,
    kind: ResourceType,
    method: &'r str,
    third: bool,
}

/// Redirects after which a browser gives up.
const MOST_REDIRECTS: usize = 20;

impl<'a> Browser<'a> {
    /// The rules as two files, one of the safe and one of the unsafe.
    pub fn new(rules: &'a Rules, suffixes: Suffixes<'a>) -> Browser<'a> {
        Browser { files: vec![File::new(&rules.safe), File::new(&rules.risky)], suffixes }
    }

    /// What comes of a request; an address that is changed is asked for anew.
    pub fn ask(&self, request: &Request<'_>) -> Outcome {
        let url = request.url.to_owned();
        let mut outcome =
            Outcome { decision: Decision::Pass, rule: None, url, params: Vec::new(), headers: Vec::new() };
        for _ in 0..MOST_REDIRECTS {
            let asked = self.asked(request, &outcome.url);
            let best = self.best(&asked);
            let page = self.page(request);
            let best = [best, page].into_iter().flatten().max_by_key(|rule| rank(rule));
            let headers = self.headers(&asked, best.map_or(0, allowed_from));
            outcome.headers = headers;
            let Some(rule) = best else { break };
            outcome.rule = Some(rule.id);
            match &rule.action {
                Action::Block => return Outcome { decision: Decision::Stop, params: Vec::new(), ..outcome },
                Action::Redirect { redirect: Redirect::Transform(transform) } => {
                    outcome.decision = Decision::Change;
                    let (taken, left) = without(&outcome.url, transform);
                    outcome.params.extend(taken);
                    outcome.url = left;
                }
                Action::Redirect { .. } => return Outcome { decision: Decision::Change, ..outcome },
                _ => break,
            }
        }
        outcome.params.sort();
        outcome.params.dedup();
        outcome
    }

    fn asked<'r>(&self, request: &Request<'r>, url: &'r str) -> Asked<'r> {
        let parsed = Url::parse(url);
        let host = parsed.as_ref().map_or((0, 0), |it| (it.host_range().0, it.host_range().0 + it.host().len()));
        let name = &url[host.0..host.1];
        Asked {
            url,
            lower: url.to_ascii_lowercase(),
            host,
            site: request.site,
            kind: request.kind,
            method: request.method_name(),
            third: self.suffixes.is_third_party(name, request.site),
        }
    }

    /// The most important rule of all files.
    fn best(&self, asked: &Asked<'_>) -> Option<&'a DnrRule> {
        let of_file = |file: &File<'a>| {
            let hits = file.hits(asked).into_iter();
            let best = hits.filter(|rule| !is_header(rule)).max_by_key(|rule| rank(rule))?;
            let idle = match &best.action {
                Action::Redirect { redirect: Redirect::Transform(it) } => without(asked.url, it).1 == asked.url,
                _ => false,
            };
            (!idle).then_some(best)
        };
        self.files.iter().filter_map(of_file).max_by_key(|rule| rank(rule))
    }

    /// The rule that lets everything through on the page that asks.
    fn page(&self, request: &Request<'_>) -> Option<&'a DnrRule> {
        if request.kind == ResourceType::Document {
            return None;
        }
        let page = Request::new(request.page, "", "document");
        let asked = self.asked(&page, page.url);
        let hits = self.files.iter().flat_map(|file| file.hits(&asked));
        hits.filter(|rule| rule.action == Action::AllowAllRequests).max_by_key(|rule| rule.priority)
    }

    fn headers(&self, asked: &Asked<'_>, allowed: u32) -> Vec<(&'static str, String)> {
        let mut hits: Vec<&DnrRule> = self.files.iter().flat_map(|file| file.hits(asked)).collect();
        hits.retain(|rule| is_header(rule) && rule.priority > allowed);
        hits.sort_by_key(|rule| (std::cmp::Reverse(rule.priority), rule.id));
        let of_rule = |rule: &&DnrRule| match &rule.action {
            Action::ModifyHeaders { response_headers, .. } => response_headers.clone(),
            _ => Vec::new(),
        };
        hits.iter().flat_map(of_rule).map(|header| (header.header, header.value.unwrap_or_default())).collect()
    }
}

fn is_header(rule: &DnrRule) -> bool {
    matches!(rule.action, Action::ModifyHeaders { .. })
}

/// The priority up to which headers stay as they are because the request is let through.
fn allowed_from(rule: &DnrRule) -> u32 {
    if matches!(rule.action, Action::Allow | Action::AllowAllRequests) { rule.priority } else { 0 }
}

/// Priority first, then the order of actions; of equals the last in the file, which no rule of ours may rest on.
fn rank(rule: &DnrRule) -> (u32, u8) {
    let action = match rule.action {
        Action::Allow => 4,
        Action::AllowAllRequests => 3,
        Action::Block => 2,
        Action::Redirect { .. } => 1,
        Action::ModifyHeaders { .. } => 0,
    };
    (rule.priority, action)
}

impl<'a> File<'a> {
    fn new(rules: &'a [DnrRule]) -> File<'a> {
        let mut file = File::default();
        for (i, rule) in rules.iter().enumerate() {
            let address = Address::new(&rule.condition);
            let named = rule.condition.request_domains.iter().map(String::as_str).chain(address.host());
            let mut is_named = false;
            for host in named {
                is_named = true;
                file.by_host.entry(crate::url::host_hash(host)).or_default().push(i);
            }
            if !is_named {
                file.rest.push(i);
            }
            file.rules.push((rule, address));
        }
        file
    }

    fn hits(&self, asked: &Asked<'_>) -> Vec<&'a DnrRule> {
        let host = &asked.url[asked.host.0..asked.host.1];
        let named = labels(host).filter_map(|(_, hash)| self.by_host.get(&hash)).flatten();
        let mut hits: Vec<usize> = named.chain(&self.rest).copied().filter(|i| self.matches(*i, asked)).collect();
        hits.sort_unstable();
        hits.dedup();
        hits.into_iter().map(|i| self.rules[i].0).collect()
    }

    fn matches(&self, i: usize, asked: &Asked<'_>) -> bool {
        let (rule, address) = &self.rules[i];
        let c = &rule.condition;
        let host = &asked.url[asked.host.0..asked.host.1];
        let under = |host: &str, of: &[String]| of.iter().any(|domain| is_under(host, domain));
        typed(c, asked.kind)
            && c.domain_type.is_none_or(|wanted| (wanted == "thirdParty") == asked.third)
            && (c.request_methods.is_empty() || c.request_methods.contains(&asked.method))
            && (c.request_domains.is_empty() || under(host, &c.request_domains))
            && !under(host, &c.excluded_request_domains)
            && (c.initiator_domains.is_empty() || under(asked.site, &c.initiator_domains))
            && !under(asked.site, &c.excluded_initiator_domains)
            && address.matches(asked.url, &asked.lower, asked.host)
    }
}

/// A condition that says nothing of types means all but the page itself.
fn typed(c: &Condition, kind: ResourceType) -> bool {
    let name = super::condition::browser_names(kind)[0];
    match (c.resource_types.is_empty(), c.excluded_resource_types.is_empty()) {
        (true, true) => kind != ResourceType::Document,
        (false, _) => c.resource_types.contains(&name),
        _ => !c.excluded_resource_types.contains(&name),
    }
}

/// An address without what a transform takes out, and which names that were.
fn without(url: &str, transform: &Transform) -> (Vec<String>, String) {
    let (before, fragment) = url.find('#').map_or((url, ""), |at| url.split_at(at));
    let Some((path, query)) = before.split_once('?') else { return (Vec::new(), url.to_owned()) };
    let names = match transform {
        Transform::Query(_) => return (vec![String::new()], format!("{path}{fragment}")),
        Transform::QueryTransform(it) => &it.remove_params,
    };
    let name = |pair: &str| pair.split('=').next().unwrap_or("").to_owned();
    let (taken, left): (Vec<&str>, Vec<&str>) = query.split('&').partition(|pair| names.contains(&name(pair)));
    let mark = if left.is_empty() { "" } else { "?" };
    match taken.is_empty() {
        true => (Vec::new(), url.to_owned()),
        false => (taken.into_iter().map(name).collect(), format!("{path}{mark}{}{fragment}", left.join("&"))),
    }
}
