//! What the background asks of `trackers`: whose a request is, and whether a rule wants it stopped.
//!
//! The one place where the two shapes meet. A company is counted under its owner, because the question of the ledger is
//! who can follow a person, not under which of its names. What is at home here (the same registered domain, or another
//! domain of the same owner) is nobody watching, unless a rule says so.

pub use super::super::requests::Question;
use super::super::requests::{ALL_LISTS, Decision, Requests};
use super::spared::Spared;
use crate::api::protection::Sets;
use crate::api::wrapped::Wrapped;
use crate::ledger::Owner;
use crate::pack::{Pack, PackError};

/// What is known of one request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The host that the request goes to.
    pub host: String,
    /// That host's site (its registrable domain).
    pub site: String,
    /// Who owns the host, if known.
    pub company: Option<Owner>,
    /// The rule that wants the request stopped or changed, as the list's short name and line; none if it is to pass.
    pub rule: Option<String>,
    /// What it is changed into, if it is not stopped: a file of ours from the root (`/…`), or another address.
    pub instead: Option<String>,
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

    /// What the rules say of a request, and nothing else of it.
    fn decide(&self, question: &Question<'_>) -> Decision;

    /// The site of a host.
    fn site(&self, host: &str) -> String;

    /// The lists of the sets that are on, a bit each, for [`Question::lists`].
    fn lists(&self, on: &dyn Fn(&str) -> bool) -> u64;

    /// What a list calls itself, by its short name.
    fn title(&self, list: &str) -> Option<String>;

    /// The domains of everything an owner has.
    fn domains(&self, owner: &str) -> Vec<String>;

    /// Who is behind a host, by the name it is counted under.
    fn owner(&self, host: &str) -> Option<&str>;

    /// Where a link leads that goes over a platform's counter, as far as the link says so.
    fn target(&self, link: &str) -> String;

    /// Whether any list speaks of a request, for or against it, also one that is off; or whether its host is one whose
    /// cookies people need.
    fn is_listed(&self, question: Question<'_>) -> bool;

    /// Whether cookies of this name tell nothing of a person, whatever is in them.
    fn spares(&self, cookie: &str) -> bool;
}

/// What the background's pack knows.
#[derive(Debug)]
pub struct Packed {
    pub(super) requests: Requests<'static>,
    sets: Sets<'static>,
    spared: Spared<'static>,
    wrapped: Wrapped<'static>,
}

impl Packed {
    /// Opens the pack, which is kept for as long as the background lives.
    ///
    /// # Errors
    /// Says what is wrong with it.
    pub fn open(pack: Vec<u8>) -> Result<Packed, PackError> {
        let pack = pack.leak();
        let opened = Pack::open(pack)?;
        let (sets, spared, wrapped) = (Sets::open(&opened)?, Spared::open(&opened)?, Wrapped::open(&opened)?);
        Ok(Packed { requests: Requests::open(pack)?, sets, spared, wrapped })
    }
}

impl Knows for Packed {
    fn about(&self, question: Question<'_>) -> Option<Known> {
        let (host, site) = self.requests.place(question.url)?;
        let answer = self.requests.ask(&question);
        let rule = answer.rule.filter(|_| answer.decision != Decision::Pass);
        let home = self.requests.company(question.page).map(|company| company.owner);
        let same_owner = home.is_some() && answer.company.map(|company| company.owner) == home;
        let leaves = !same_owner && self.requests.is_third_party(&host, question.page);
        let company = answer.company.map(|company| Owner {
            name: company.owner.to_owned(),
            purpose: serde_json::to_value(company.purpose)
                .ok()
                .and_then(|word| word.as_str().map(str::to_owned))
                .unwrap_or_default(),
        });
        let rule = rule.map(|rule| format!("{}:{}", rule.list, rule.line));
        let instead = self.requests.instead(&question, &answer);
        Some(Known { host, site, company, rule, instead, leaves })
    }

    fn place(&self, url: &str) -> Option<(String, String)> {
        self.requests.place(url)
    }

    fn decide(&self, question: &Question<'_>) -> Decision {
        self.requests.decide(question)
    }

    fn site(&self, host: &str) -> String {
        self.requests.site(host).to_owned()
    }

    fn lists(&self, on: &dyn Fn(&str) -> bool) -> u64 {
        // The person's own lists are in no set: they are on for as long as they are there.
        self.requests.mask_of(|list| self.sets.of(list).is_none_or(on))
    }

    fn title(&self, list: &str) -> Option<String> {
        self.requests.title(list).map(str::to_owned)
    }

    fn domains(&self, owner: &str) -> Vec<String> {
        self.requests.domains(owner).map(str::to_owned).collect()
    }

    fn says(&self, host: &str) -> &str {
        self.requests.company(host).map_or("", |company| company.says)
    }

    fn company_says(&self, name: &str) -> &str {
        self.requests.company_named(name).map_or("", |company| company.says)
    }

    fn owner(&self, host: &str) -> Option<&str> {
        self.requests.company(host).map(|company| company.owner)
    }

    fn target(&self, link: &str) -> String {
        self.wrapped.target(link)
    }

    fn is_listed(&self, question: Question<'_>) -> bool {
        let answer = self.requests.ask(&Question { lists: ALL_LISTS, ..question });
        answer.rule.is_some()
            || answer.exception.is_some()
            || self.place(question.url).is_some_and(|(host, _)| self.spared.has_host(&host))
    }

    fn spares(&self, cookie: &str) -> bool {
        self.spared.has_cookie(cookie)
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

    fn packed() -> Packed {
        let text = |text: &str| text.to_owned();
        let (lists, _) = Lists::read(vec![ListText { id: text("privacy"), title: text("Privacy"), text: text(LIST) }]);
        let (own, unread) = authoring::companies(&[(text("bids.toml"), text(BIDS))]);
        let (sections, refusals) = lists.request_sections("example\n", COMPANIES, &own, |_| false);
        assert_eq!([unread, refusals].concat(), []);
        let sets = authoring::set_section([("trackers", vec!["privacy"])]);
        let spared = authoring::spared_section(&[text("AWSALB*")], &[text("accounts.loud.example")]);
        let wrapped = authoring::wrapped_section([["l.loud.example", "/", "u"]]);
        let pack =
            authoring::pack(&[sections, vec![sets, spared, wrapped]].concat()).expect("what was just written opens");
        Packed::open(pack).expect("and holds every section")
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
        let packed = packed();
        assert_eq!((packed.title("privacy").as_deref(), packed.title("other")), (Some("Privacy"), None));
        assert_eq!(packed.domains("Loud"), ["bids.example", "ads.example", "loud.example"]);
        assert_eq!((packed.lists(&|set| set == "trackers"), packed.lists(&|_| false)), (1, 0));
        assert_eq!(told("data:text/plain,x", "news.example"), "nobody's");
        let said = ["a.bids.example", "ads.example", "nobody.example"].map(|host| packed.says(host));
        assert_eq!(said, ["Bids for those who pay.", "", ""]);
        // What is known of an owner is what it owns.
        assert_eq!(["Loud Bids", "Loud", "Quiet"].map(|name| packed.company_says(name)), [said[0], said[0], ""]);
        assert_eq!(told("chrome-extension://abc/x.js", "news.example"), "nobody's");
        let listed = |url, lists| packed.is_listed(Question { url, kind: "script", lists, ..Question::default() });
        assert!(listed("https://t.ads.example/a.js", 0) && listed("https://ads.example/needed.js", 0));
        assert!(listed("https://accounts.loud.example/", 0) && !listed("https://loud.example/", u64::MAX));
        assert!(packed.spares("AWSALBCORS") && !packed.spares("AWSAL"));
        assert_eq!(packed.target("https://l.loud.example/?u=https%3A%2F%2Fshop.example%2F"), "https://shop.example/");
        assert_eq!((packed.owner("a.bids.example"), packed.owner("nobody.example")), (Some("Loud"), None));
    }
}
