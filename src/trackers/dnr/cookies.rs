//! Cookies of companies that watch: neither sent to them nor stored for them on other companies' sites.
//!
//! A rule an owner, because a company's sites are at home with each other: what instagram.com asks of facebook.com is
//! nobody's watching. Owners whose hosts lie on one site share one rule, for there the browser itself knows who is at
//! home. Hosts of the same company that do something else (maps, logins) are left out, the longest name first.
//!
//! What it deliberately does not do: touch a page that the person opens, so that whoever logs in at a company's own
//! site or in its window stays known there. A frame of a company is a page of its own to declarative rules: what it asks
//! of its own hosts keeps its cookies, only the frame itself comes without them.

use std::collections::{BTreeMap, BTreeSet};

use super::condition::Condition;
use super::merge::Merged;
use super::rule::{Action, CHANGE, DnrRule, Header};
use crate::trackers::company::Purpose;
use crate::trackers::company::make::Entry;
use crate::url::{Suffixes, is_under};

/// What a company must be for to lose its cookies.
const WATCHING: [Purpose; 4] = [Purpose::Ads, Purpose::Analytics, Purpose::Social, Purpose::TagManager];

/// The rules for these companies, the first of two that name the same host being right. `spared` are hosts that keep
/// their cookies whatever their company is for.
pub fn cookies(companies: &[Entry], spared: &[String], suffixes: &Suffixes<'_>) -> Vec<DnrRule> {
    let mut owner_of: BTreeMap<&str, (&str, bool)> = BTreeMap::new();
    for entry in companies {
        let owner = if entry.owner.is_empty() { &entry.name } else { &entry.owner };
        let watches = WATCHING.contains(&entry.purpose);
        for domain in &entry.domains {
            owner_of.entry(domain.trim_start_matches("*.")).or_insert((owner, watches));
        }
    }
    let mut by_owner: BTreeMap<&str, Owner<'_>> = BTreeMap::new();
    for (domain, (owner, watches)) in &owner_of {
        let owner = by_owner.entry(owner).or_default();
        owner.sites.insert(suffixes.domain(domain));
        (if *watches { &mut owner.watching } else { &mut owner.other }).insert(domain);
    }
    let others: Vec<&str> = owner_of.iter().filter(|(_, (_, watches))| !watches).map(|(domain, _)| *domain).collect();
    let mut merged = Merged::default();
    for owner in by_owner.into_values().filter(|owner| !owner.watching.is_empty()) {
        let is_met = |host: &&str| owner.watching.iter().any(|watching| is_under(host, watching));
        let left: BTreeSet<&str> =
            others.iter().copied().chain(spared.iter().map(String::as_str)).filter(is_met).collect();
        // On one site the browser knows what is at home.
        let sites = if owner.sites.len() > 1 { owner.sites } else { BTreeSet::new() };
        let condition = Condition {
            excluded_request_domains: left.into_iter().map(str::to_owned).collect(),
            excluded_initiator_domains: sites.into_iter().map(str::to_owned).collect(),
            domain_type: Some("thirdParty"),
            excluded_resource_types: vec!["main_frame"],
            ..Condition::default()
        };
        for host in owner.watching {
            let condition = Condition { request_domains: vec![host.to_owned()], ..condition.clone() };
            merged.add(CHANGE, without_cookies(), condition);
        }
    }
    merged.finish().risky
}

/// The hosts of one owner.
#[derive(Default)]
struct Owner<'a> {
    sites: BTreeSet<&'a str>,
    watching: BTreeSet<&'a str>,
    other: BTreeSet<&'a str>,
}

fn without_cookies() -> Action {
    let remove = |header| vec![Header { header, operation: "remove", value: None }];
    Action::ModifyHeaders { request_headers: remove("cookie"), response_headers: remove("set-cookie") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trackers::company::make;

    /// The rules of these companies, `name owner purpose hosts` a line.
    fn rules(lines: &str, spared: &[&str]) -> Vec<String> {
        let entry = |line: &str| {
            let [name, owner, purpose, hosts] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
            let domains: Vec<&str> = hosts.split(',').collect();
            let text = format!(
                "name = {name:?}\nowner = {owner:?}\npurpose = {purpose:?}\ndomains = {domains:?}\n\
                 says = \"Sells what it counts.\"\nsource = \"https://a.example/\"\n"
            );
            make::read("t", &text).unwrap_or_else(|refusal| panic!("{line}: {}", refusal.reason))
        };
        let companies: Vec<Entry> = lines.lines().map(entry).collect();
        let spared: Vec<String> = spared.iter().map(|host| (*host).to_owned()).collect();
        let suffixes = Suffixes::write("com\n");
        let suffixes = Suffixes::open(&suffixes).unwrap_or(Suffixes::none());
        let shown = cookies(&companies, &spared, &suffixes).into_iter().map(|rule| {
            assert_eq!(rule.condition.domain_type, Some("thirdParty"));
            assert_eq!(rule.condition.excluded_resource_types, ["main_frame"]);
            let c = rule.condition;
            let (not, home) = (c.excluded_request_domains.join(","), c.excluded_initiator_domains.join(","));
            format!("{} not {not} on {home}", c.request_domains.join(","))
        });
        let mut shown: Vec<String> = shown.collect();
        shown.sort();
        shown
    }

    #[test]
    fn owners_of_one_site_share_a_rule() {
        let lines = "A  ads a.com,x.a.com\nB  analytics b.com\nC  cdn c.com";
        assert_eq!(rules(lines, &[]), ["a.com,b.com not  on "]);
    }

    #[test]
    fn a_companys_sites_are_at_home_with_each_other_and_what_does_something_else_is_left() {
        let lines = "Ads G ads ads.g.com,click.com\nMaps G other maps.click.com,maps.g.com\nG  social g.com";
        assert_eq!(
            rules(lines, &["in.g.com"]),
            ["g.com,click.com not in.g.com,maps.click.com,maps.g.com on click.com,g.com"]
        );
    }

    #[test]
    fn of_two_who_name_a_host_the_first_is_right() {
        assert_eq!(rules("Ours  cdn a.com\nTheirs  ads a.com", &[]), Vec::<String>::new());
    }
}
