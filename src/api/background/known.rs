//! What the background asks of `trackers`: whose a request is, and whether a rule wants it stopped.
//!
//! The one place where the two shapes meet. A company is counted under its owner, because the question of the ledger is
//! who can follow a person, not under which of its names. What is at home here (the same registered domain, or another
//! domain of the same owner) is nobody watching, unless a rule says so.

use crate::ledger::Owner;
use crate::pack::{Pack, PackError};
use crate::trackers::{Decision, Request, SUFFIXES, Trackers};
use crate::url::{Suffixes, Url};

/// What is known of one request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The host that the request goes to.
    pub host: String,
    /// That host's site (its registrable domain).
    pub site: String,
    /// Who owns the host, if known.
    pub company: Option<Owner>,
    /// The rule that wants the request stopped or changed, as list and line; none if the request is to pass.
    pub rule: Option<String>,
    /// Whether it leaves the site and the company that the person is visiting.
    pub leaves: bool,
}

/// A request as the browser tells of it.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// Its address.
    pub url: &'a str,
    /// The address or origin of the frame that asks.
    pub frame: &'a str,
    /// The host of the page at the top.
    pub page: &'a str,
    /// `webRequest.ResourceType`.
    pub kind: &'a str,
}

/// Whoever can say whose a request is.
pub trait Knows {
    /// What is known of a request; none for addresses that are no host's (data, blob).
    fn about(&self, question: Question<'_>) -> Option<Known>;

    /// The host and the site of an address; none if it is not of the web.
    fn place(&self, url: &str) -> Option<(String, String)>;
}

/// The shield, the companies and the public suffixes of a pack.
pub struct Packed {
    trackers: Trackers<'static>,
    suffixes: Suffixes<'static>,
}

impl Packed {
    /// Opens a pack that lives as long as the background does.
    ///
    /// # Errors
    /// Says which section is missing or does not hold together.
    pub fn open(pack: &Pack<'static>) -> Result<Packed, PackError> {
        let suffixes = Suffixes::open(pack.section(SUFFIXES)?).ok_or(PackError::Section(SUFFIXES))?;
        Ok(Packed { trackers: Trackers::open(pack)?, suffixes })
    }

    /// The rule as list and line, `easyprivacy:1234`.
    fn rule(&self, request: &Request<'_>) -> Option<String> {
        let answer = self.trackers.ask(request);
        let rule = answer.rule.filter(|_| answer.decision != Decision::Pass)?;
        let list = self.trackers.source(rule).map_or("", |source| source.list);
        Some(format!("{list}:{}", rule.line))
    }
}

impl Knows for Packed {
    fn about(&self, question: Question<'_>) -> Option<Known> {
        let (host, site) = self.place(question.url)?;
        let page = format!("https://{}/", question.page);
        let rule = self.rule(&Request::new(question.url, question.frame, question.kind).on_page(&page));
        let company = self.trackers.company(&host);
        let home = self.trackers.company(question.page).map(|company| company.owner);
        let same_owner = home.is_some() && company.map(|company| company.owner) == home;
        let leaves = !same_owner && self.suffixes.is_third_party(&host, question.page);
        let company = company.map(|company| Owner {
            name: company.owner.to_owned(),
            purpose: serde_json::to_value(company.purpose)
                .ok()
                .and_then(|word| word.as_str().map(str::to_owned))
                .unwrap_or_default(),
        });
        Some(Known { host, site, company, rule, leaves })
    }

    fn place(&self, url: &str) -> Option<(String, String)> {
        let url = Url::parse(url).filter(|url| matches!(url.scheme(), "http" | "https" | "ws" | "wss"))?;
        let host = url.host();
        (!host.is_empty()).then(|| (host.to_owned(), self.suffixes.domain(host).to_owned()))
    }
}
