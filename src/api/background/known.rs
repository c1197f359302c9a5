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

#[cfg(all(test, feature = "authoring"))]
mod tests {
    use super::*;
    use crate::pack;
    use crate::trackers::company::make;
    use crate::trackers::{COMPANIES, SHIELD, SOURCES, list, shield, source};

    const LIST: &str = "||ads.example^\n@@||ads.example/needed.js\n||self.example/count^\n";
    const COMPANIES_TEXT: &str = r#"[
      {"name": "Loud Ads", "company": "Loud", "category": "ad", "domains": ["ads.example", "loud.example"]},
      {"name": "Quiet", "category": "cdn", "domains": ["quiet.example"]}
    ]"#;

    fn packed() -> Packed {
        let (list, _) = list::read("privacy", LIST, &[]);
        let lists = [list];
        let (companies, refusals) = make::write(COMPANIES_TEXT, &[]);
        assert_eq!(refusals, []);
        let bytes = pack::write(&[
            (SUFFIXES, Suffixes::write("example\n")),
            (SHIELD, shield::build(&lists).0),
            (COMPANIES, companies.bytes.clone()),
            (SOURCES, source::write(&lists, |_| None)),
        ]);
        let pack = Pack::open(bytes.leak()).expect("what was just written opens");
        Packed::open(&pack).expect("and holds every section")
    }

    /// What is known, in one line: `site company purpose rule leaves`.
    fn told(url: &str, page: &str) -> String {
        let frame = format!("https://{page}/");
        let question = Question { url, frame: &frame, page, kind: "script" };
        let Some(known) = packed().about(question) else { return "nobody's".into() };
        let (company, purpose) = known.company.map_or_else(<_>::default, |c| (c.name, c.purpose));
        let rule = known.rule.unwrap_or_default();
        format!("{} {company} {purpose} {rule} {}", known.site, if known.leaves { "leaves" } else { "stays" })
    }

    #[test]
    fn the_trackers_answers_become_what_the_ledger_counts() {
        assert_eq!(told("https://t.ads.example/a.js", "news.example"), "ads.example Loud ads privacy:1 leaves");
        assert_eq!(told("https://cdn.quiet.example/a.js", "news.example"), "quiet.example Quiet cdn  leaves");
        // An exception lets it pass: then no rule wants it stopped.
        assert_eq!(told("https://ads.example/needed.js", "news.example"), "ads.example Loud ads  leaves");
        // At home: the same site, or another site of the same owner.
        assert_eq!(told("https://img.news.example/a.js", "www.news.example"), "news.example    stays");
        assert_eq!(told("https://loud.example/a.js", "ads.example"), "loud.example Loud ads  stays");
        // A rule may speak of what is at home.
        assert_eq!(told("https://self.example/count?x", "self.example"), "self.example   privacy:3 stays");
        assert_eq!(told("https://nobody.example/x.js", "news.example"), "nobody.example    leaves");
        assert_eq!(told("data:text/plain,x", "news.example"), "nobody's");
        assert_eq!(told("chrome-extension://abc/x.js", "news.example"), "nobody's");
    }
}
