//! What the popup is told of a tab and of a site: counts that are already sorted and summed, so that a page only has
//! to put them into words.
//!
//! The sentences that say what a company does are looked up here, when somebody asks, and are neither counted nor
//! stored with the ledger: a new version of the extension may say it better.

use serde::{Deserialize, Serialize};

use super::known::Knows;
use crate::api::protection::Rest;
use crate::ledger::{Counts, Tab};

/// Counts with the fourth state spelled out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CountsReport {
    /// All requests.
    pub requests: u32,
    /// Stopped by our rules.
    pub stopped: u32,
    /// Stopped by someone else.
    pub others: u32,
    /// Let through.
    pub through: u32,
    /// Nobody saw how they ended.
    pub not_seen: u32,
}

impl From<Counts> for CountsReport {
    fn from(c: Counts) -> CountsReport {
        CountsReport {
            requests: c.requests,
            stopped: c.stopped,
            others: c.others,
            through: c.through,
            not_seen: c.not_seen(),
        }
    }
}

/// One host of a company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HostReport {
    /// The host.
    pub host: String,
    /// What the part of the company behind it does with what it learns, as a word that `_locales` explains; empty if not
    /// known.
    pub purpose: String,
    /// What the part of the company behind it does, where the company's own sentence says something else; mostly empty.
    pub says: String,
    /// The name behind it, if it is another company's disguise.
    pub alias: Option<String>,
    /// Its requests.
    pub counts: CountsReport,
    /// Where the rule stands that spoke first.
    pub rule: Option<RuleReport>,
}

/// Where a rule stands, for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleReport {
    /// The list's short name, by which its text is asked for: `easyprivacy`.
    pub list: String,
    /// What the list calls itself: `EasyPrivacy`.
    pub title: String,
    /// The line, counted from 1.
    pub line: u32,
}

impl RuleReport {
    /// From the ledger's `easyprivacy:1234`. What was stored otherwise, or of a list that an update took away, is shown
    /// without a rule rather than wrongly.
    fn read(rule: &str, title: impl Fn(&str) -> Option<String>) -> Option<RuleReport> {
        let (list, line) = rule.rsplit_once(':')?;
        Some(RuleReport { list: list.to_owned(), title: title(list)?, line: line.parse().ok()? })
    }
}

/// One company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyReport {
    /// Its name, or the site of its hosts where no company is known.
    pub name: String,
    /// The most serious of what its hosts do with what they learn, as a word that `_locales` explains; empty if not known.
    pub purpose: String,
    /// What it does, in a sentence for people, in English; empty if nobody has written one.
    pub says: String,
    /// Its requests.
    pub counts: CountsReport,
    /// By host; empty where hosts are not kept.
    pub hosts: Vec<HostReport>,
}

/// Somebody who is let through here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Through {
    /// The company, or the host that was revealed.
    pub name: String,
    /// Whether it is so in this tab alone, until it leaves the site.
    pub tab: bool,
}

/// What is known of the page in a tab.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct TabReport {
    /// The page's site; empty if the tab shows no page of the web.
    pub site: String,
    /// True if and only if the page was there before we began to watch: the counts are a part of the truth.
    pub not_seen: bool,
    /// All companies together.
    pub counts: CountsReport,
    /// Who was asked for, most requests first.
    pub companies: Vec<CompanyReport>,
    /// Until when the protections rest here; none if they are at work.
    pub rests: Option<Rest>,
    /// Who is let through here.
    pub through: Vec<Through>,
    /// What the browser refused to do for us, in its own words; empty if nothing. Only the script knows.
    pub trouble: String,
}

impl TabReport {
    /// The hosts under which a company was met on the page: among them may be disguises that only a list knows.
    pub fn hosts_of(&self, company: &str) -> Vec<String> {
        let hosts = self.companies.iter().filter(|it| it.name == company).flat_map(|it| &it.hosts);
        hosts.map(|host| host.host.clone()).collect()
    }

    /// Of a tab that was watched.
    pub(super) fn of(tab: &Tab, knows: &impl Knows) -> TabReport {
        let title = |list: &str| knows.title(list);
        let mut sum = Counts::default();
        let mut companies = Vec::new();
        for (name, company) in &tab.companies {
            sum.add(&company.counts());
            let mut hosts: Vec<_> = company
                .hosts
                .iter()
                .map(|(host, tally)| HostReport {
                    host: host.clone(),
                    purpose: tally.purpose.clone(),
                    says: knows.says(host).to_owned(),
                    alias: tally.alias.clone(),
                    counts: tally.counts.into(),
                    rule: tally.rule.as_deref().and_then(|rule| RuleReport::read(rule, title)),
                })
                .collect();
            hosts.sort_by(|a, b| b.counts.requests.cmp(&a.counts.requests).then_with(|| a.host.cmp(&b.host)));
            let says = summed_up(&mut hosts, || knows.company_says(name));
            let (name, purpose) = (name.clone(), most_serious(&hosts));
            companies.push(CompanyReport { name, purpose, says, counts: company.counts().into(), hosts });
        }
        companies.sort_by(|a, b| b.counts.requests.cmp(&a.counts.requests).then_with(|| a.name.cmp(&b.name)));
        let site = tab.site.clone();
        TabReport { site, not_seen: tab.not_seen, counts: sum.into(), companies, ..TabReport::default() }
    }
}

/// Purposes in the order in which they tell against a company: what is known about people is sold, what they do is written
/// down, and only then all that a site itself may want. An owner of many trades is judged by the worst that is asked for.
pub(super) const SERIOUS: [&str; 12] = [
    "ads",
    "analytics",
    "social",
    "monitoring",
    "fraud",
    "tag-manager",
    "customer-contact",
    "consent",
    "video",
    "hosting",
    "cdn",
    "other",
];

/// The most serious purpose of these hosts, in whatever order they were met; empty if none is known.
fn most_serious(hosts: &[HostReport]) -> String {
    let rank = |purpose: &str| SERIOUS.iter().position(|it| *it == purpose).unwrap_or(SERIOUS.len());
    let known = hosts.iter().map(|host| host.purpose.as_str()).filter(|purpose| !purpose.is_empty());
    known.min_by_key(|purpose| rank(purpose)).unwrap_or_default().to_owned()
}

/// The sentence over these hosts of one company: of the part that they all belong to, or else of the whole company.
/// Where nothing but Google's typefaces was asked for, Google's other trades are beside the point. What is said above
/// is not said again at each host.
fn summed_up<'a>(hosts: &mut [HostReport], whole: impl FnOnce() -> &'a str) -> String {
    let says = match hosts {
        [first, others @ ..] if others.iter().all(|host| host.says == first.says) => first.says.clone(),
        _ => whole().to_owned(),
    };
    for host in hosts.iter_mut().filter(|host| host.says == says) {
        host.says.clear();
    }
    says
}

/// What is known of a site over some days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteReport {
    /// The site.
    pub site: String,
    /// Who was asked for, most requests first; hosts are not kept that long.
    pub companies: Vec<CompanyReport>,
}

impl SiteReport {
    pub(super) fn of(site: String, rows: Vec<(String, Counts)>, knows: &impl Knows) -> SiteReport {
        let companies = rows
            .into_iter()
            .map(|(name, counts)| CompanyReport {
                says: knows.company_says(&name).to_owned(),
                name,
                purpose: String::new(),
                counts: counts.into(),
                hosts: Vec::new(),
            })
            .collect();
        SiteReport { site, companies }
    }
}
