//! What the background asks of `trackers`: whose a request is, and whether a rule wants it stopped.
//!
//! The one place where the two shapes meet. A company is counted under its owner, because the question of the ledger is
//! who can follow a person, not under which of its names. What is at home here (the same registered domain, or another
//! domain of the same owner) is nobody watching, unless a rule says so.

pub use super::super::requests::Question;
use super::super::requests::{Decision, Requests};
use crate::ledger::Owner;

/// What is known of one request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The host that the request goes to.
    pub host: String,
    /// That host's site (its registrable domain).
    pub site: String,
    /// Who owns the host, if known.
    pub company: Option<Owner>,
    /// The rule that wants the request stopped or changed, as the list's title and line; none if the request is to pass.
    pub rule: Option<String>,
    /// Whether it leaves the site and the company that the person is visiting.
    pub leaves: bool,
}

/// Whoever can say whose a request is.
pub trait Knows {
    /// What is known of a request; none for addresses that are no host's (data, blob).
    fn about(&self, question: Question<'_>) -> Option<Known>;

    /// The host and the site of an address; none if it is not of the web.
    fn place(&self, url: &str) -> Option<(String, String)>;

    /// What whoever is behind a host does, in a sentence for people; empty if nobody has written one.
    fn says(&self, host: &str) -> &str;

    /// The same of a company by the name it is counted under.
    fn company_says(&self, name: &str) -> &str;
}

impl Knows for Requests<'static> {
    fn about(&self, question: Question<'_>) -> Option<Known> {
        let (host, site) = Requests::place(self, question.url)?;
        let answer = self.ask(&question);
        let rule = answer.rule.filter(|_| answer.decision != Decision::Pass);
        let home = self.company(question.page).map(|company| company.owner);
        let same_owner = home.is_some() && answer.company.map(|company| company.owner) == home;
        let leaves = !same_owner && self.is_third_party(&host, question.page);
        let company = answer.company.map(|company| Owner {
            name: company.owner.to_owned(),
            purpose: serde_json::to_value(company.purpose)
                .ok()
                .and_then(|word| word.as_str().map(str::to_owned))
                .unwrap_or_default(),
        });
        Some(Known { host, site, company, rule: rule.map(|rule| format!("{}:{}", rule.title, rule.line)), leaves })
    }

    fn place(&self, url: &str) -> Option<(String, String)> {
        Requests::place(self, url)
    }

    fn says(&self, host: &str) -> &str {
        self.company(host).map_or("", |company| company.says)
    }

    fn company_says(&self, name: &str) -> &str {
        self.company_named(name).map_or("", |company| company.says)
    }
}

#[cfg(all(test, feature = "authoring"))]
mod tests {
    use super::*;
    use crate::api::authoring::{self, ListText, Lists};

    const LIST: &str = "||ads.example^\n@@||ads.example/needed.js\n||self.example/count^\n";
    const COMPANIES: &str = r#"[
      {"name": "Loud Ads", "company": "Loud", "category": "ad", "domains": ["ads.example", "loud.example"]},
      {"name": "Quiet", "category": "cdn", "domains": ["quiet.example"]}
    ]"#;

    const BIDS: &str = r#"
name = "Loud Bids"
owner = "Loud"
domains = ["bids.example"]
purpose = "ads"
says = "Bids for those who pay."
source = "https://bids.example/privacy"
"#;

    fn packed() -> Requests<'static> {
        let text = |text: &str| text.to_owned();
        let (lists, _) = Lists::read(vec![ListText { id: text("privacy"), title: text("Privacy"), text: text(LIST) }]);
        let (own, unread) = authoring::companies(&[(text("bids.toml"), text(BIDS))]);
        let (sections, refusals) = lists.request_sections("example\n", COMPANIES, &own, |_| false);
        assert_eq!([unread, refusals].concat(), []);
        let pack = authoring::pack(&sections).expect("what was just written opens");
        Requests::open(pack.leak()).expect("and holds every section")
    }

    /// What is known, in one line: `site company purpose rule leaves`.
    fn told(url: &str, page: &str) -> String {
        let frame = format!("https://{page}/");
        let question = Question { url, frame: &frame, page, kind: "script", ..Question::default() };
        let Some(known) = packed().about(question) else { return "nobody's".into() };
        let (company, purpose) = known.company.map_or_else(<_>::default, |c| (c.name, c.purpose));
        let rule = known.rule.unwrap_or_default();
        format!("{} {company} {purpose} {rule} {}", known.site, if known.leaves { "leaves" } else { "stays" })
    }

    #[test]
    fn the_trackers_answers_become_what_the_ledger_counts() {
        assert_eq!(told("https://t.ads.example/a.js", "news.example"), "ads.example Loud ads Privacy:1 leaves");
        assert_eq!(told("https://cdn.quiet.example/a.js", "news.example"), "quiet.example Quiet cdn  leaves");
        // An exception lets it pass: then no rule wants it stopped.
        assert_eq!(told("https://ads.example/needed.js", "news.example"), "ads.example Loud ads  leaves");
        // At home: the same site, or another site of the same owner.
        assert_eq!(told("https://img.news.example/a.js", "www.news.example"), "news.example    stays");
        assert_eq!(told("https://loud.example/a.js", "ads.example"), "loud.example Loud ads  stays");
        // A rule may speak of what is at home.
        assert_eq!(told("https://self.example/count?x", "self.example"), "self.example   Privacy:3 stays");
        assert_eq!(told("https://nobody.example/x.js", "news.example"), "nobody.example    leaves");
        assert_eq!(told("data:text/plain,x", "news.example"), "nobody's");
        let packed = packed();
        let said = ["a.bids.example", "ads.example", "nobody.example"].map(|host| packed.says(host));
        assert_eq!(said, ["Bids for those who pay.", "", ""]);
        // What is known of an owner is what it owns.
        assert_eq!(["Loud Bids", "Loud", "Quiet"].map(|name| packed.company_says(name)), [said[0], said[0], ""]);
        assert_eq!(told("chrome-extension://abc/x.js", "news.example"), "nobody's");
    }
}
