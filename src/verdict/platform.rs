//! Which companies run platforms, and where on these a person can choose: what the build takes of `data/sites` and
//! `data/companies` for the pages.
//!
//! A company runs a platform if and only if a site's host is one of its domains, or lies under one, or its own file names
//! a page of choices. The build compiles this very file into its script; a browser never carries it. Both kinds of files
//! are held to their forms elsewhere, so that this deliberately reads no more of them than it needs.

use std::collections::BTreeMap;

use serde::Deserialize;

/// A site's file, as far as it matters here.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Site {
    /// Its id.
    pub id: String,
    /// The hosts that show its feed.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// Pages of the platform's own.
    #[serde(default)]
    pub link: Vec<Link>,
}

/// A page of the platform's own.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Link {
    /// What it is for, in the word of the site's file.
    pub purpose: String,
    /// Its address.
    pub url: String,
}

/// A company's file, as far as it matters here.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Company {
    /// Its name.
    pub name: String,
    /// Who owns it; empty if nobody else does.
    #[serde(default)]
    pub owner: String,
    /// Its hosts.
    #[serde(default)]
    pub domains: Vec<String>,
    /// Where a person can choose what advertisements rest on; may be empty.
    #[serde(default)]
    pub choices: String,
}

/// A company that runs platforms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Runs {
    /// The ids of their sites, sorted.
    pub sites: Vec<String>,
    /// Where a person can choose what the company knows and shows: the site's id (empty for the company itself), what the
    /// page is for, and its address.
    pub links: Vec<(String, String, String)>,
}

/// The purposes that have to do with what a company takes for somebody's interests.
const PURPOSES: [&str; 2] = ["ads", "off-platform"];

/// The companies that run platforms, by the name they are counted under.
pub fn runs(sites: &[Site], companies: &[Company]) -> BTreeMap<String, Runs> {
    let mut all: BTreeMap<String, Runs> = BTreeMap::new();
    let owner = |company: &Company| if company.owner.is_empty() { &company.name } else { &company.owner }.clone();
    for site in sites {
        let of_host = |host: &String| {
            let covers = |domain: &&String| host == *domain || host.ends_with(&format!(".{domain}"));
            let named = companies.iter().flat_map(|it| it.domains.iter().filter(covers).map(move |d| (d.len(), it)));
            named.max_by_key(|(length, _)| *length).map(|(_, company)| owner(company))
        };
        let Some(company) = site.hosts.iter().find_map(of_host) else { continue };
        let runs = all.entry(company).or_default();
        runs.sites.push(site.id.clone());
        let links = site.link.iter().filter(|it| PURPOSES.contains(&it.purpose.as_str()));
        runs.links.extend(links.map(|it| (site.id.clone(), it.purpose.clone(), it.url.clone())));
    }
    for company in companies.iter().filter(|company| !company.choices.is_empty()) {
        let links = &mut all.entry(owner(company)).or_default().links;
        links.push((String::new(), PURPOSES[0].to_owned(), company.choices.clone()));
    }
    for runs in all.values_mut() {
        runs.sites.sort();
        runs.links.sort();
    }
    all
}

/// A company as a row of the table, in Rust.
pub fn row((company, runs): (&String, &Runs)) -> String {
    let Runs { sites, links } = runs;
    format!("Platforms {{ company: {company:?}, sites: &{sites:?}, links: &{links:?} }}")
}
