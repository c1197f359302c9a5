//! What becomes of one request, which rule says so and where it stands, and whose the host is.
//!
//! The background counts these answers, the command line prints them, and the checks hold them against what others say
//! of the same requests: one question, asked in one place. A rule's own words are in a pack of their own, which is read
//! only by whoever shows them.
//!
//! What it deliberately does not do: remember or count (that is [`super::background`]), or judge who is at home on a
//! page; it only says whose a host is.

use serde::Serialize;

use crate::pack::{Pack, PackError};
use crate::trackers::dnr::stand_in_for;
pub use crate::trackers::{Company, Decision, Purpose};
use crate::trackers::{Request, ResourceType, RuleRef, Texts, Trackers};
use crate::url::{Url, without};

/// A request as the browser tells of it.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// Its address.
    pub url: &'a str,
    /// The address or origin of the frame that asks.
    pub frame: &'a str,
    /// The host of the page at the top; empty where it is not known, which means the frame's.
    pub page: &'a str,
    /// What it is for, in the browsers' words (`webRequest.ResourceType`) or a list's.
    pub kind: &'a str,
    /// Which lists are asked, a bit each, as [`Requests::mask_of`] makes it; all by default.
    pub lists: u64,
}

impl Default for Question<'_> {
    fn default() -> Self {
        Question { url: "", frame: "", page: "", kind: "", lists: ALL_LISTS }
    }
}

/// Every list of the pack.
pub const ALL_LISTS: u64 = u64::MAX;

/// What is known of one request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer<'a> {
    /// What is to become of it.
    pub decision: Decision,
    /// The rule that speaks for stopping or changing it, even where an exception overrules it.
    pub rule: Option<Rule<'a>>,
    /// The exception that lets it through.
    pub exception: Option<Rule<'a>>,
    /// The stand-in that answers it.
    pub redirect: Option<&'a str>,
    /// The parameters to take out of its address; the empty name is the whole query.
    pub params: Vec<&'a str>,
    /// Whose the host is.
    pub company: Option<Company<'a>>,
}

/// A rule, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Rule<'a> {
    /// The list's short name: `easyprivacy`.
    pub list: &'a str,
    /// What the list calls itself: `EasyPrivacy`.
    pub title: &'a str,
    /// The section of the list; may be empty.
    pub section: &'a str,
    /// The line, counted from 1.
    pub line: u32,
    /// The rule as it stood there, where the texts were opened too.
    pub text: Option<&'a str>,
}

/// The lists, companies and public suffixes of a pack.
#[derive(Debug)]
pub struct Requests<'a> {
    trackers: Trackers<'a>,
    texts: Option<Texts<'a>>,
}

impl<'a> Requests<'a> {
    /// Opens the background's pack. Nothing is parsed or copied.
    ///
    /// # Errors
    /// Says what is wrong with the pack, or which section is missing or does not hold together.
    pub fn open(pack: &'a [u8]) -> Result<Requests<'a>, PackError> {
        Ok(Requests { trackers: Trackers::open(&Pack::open(pack)?)?, texts: None })
    }

    /// The same with the texts' pack, so that rules are told in their own words.
    ///
    /// # Errors
    /// As [`Requests::open`], of the texts' pack.
    pub fn with_texts(self, pack: &'a [u8]) -> Result<Requests<'a>, PackError> {
        Ok(Requests { texts: Some(Texts::open(&Pack::open(pack)?)?), ..self })
    }

    /// What is to become of a request, and nothing else: for whoever holds it up until that is known.
    pub fn decide(&self, question: &Question<'_>) -> Decision {
        let page = page_of(question);
        self.trackers.ask(&request_of(question, &page)).decision
    }

    /// What is known of a request.
    pub fn ask(&self, question: &Question<'_>) -> Answer<'a> {
        let page = page_of(question);
        let request = request_of(question, &page);
        let answer = self.trackers.ask(&request);
        Answer {
            decision: answer.decision,
            rule: answer.rule.map(|rule| self.rule(rule)),
            exception: answer.exception.map(|rule| self.rule(rule)),
            redirect: answer.redirect,
            params: answer.params,
            company: self.trackers.company(request.host()),
        }
    }

    /// The short names of the pack's lists, in their order.
    pub fn lists(&self) -> impl Iterator<Item = &'a str> {
        self.trackers.lists()
    }

    /// Which lists a question is put to: those whose short names are `on`. All lists from the 64th on share a bit: if
    /// one of them is on, all are. What a list takes back of another by `badfilter` was settled when the pack was made,
    /// and stays taken back while it is off.
    pub fn mask_of(&self, on: impl Fn(&str) -> bool) -> u64 {
        let bits = (0..).zip(self.lists()).filter(|(_, id)| on(id)).map(|(list, _)| RuleRef { list, line: 0 }.bit());
        bits.fold(0, |mask, bit| mask | bit)
    }

    /// What the request of an answer that changes it becomes: a file of the extension, as a path from its root, or
    /// another address. None if it is not changed, or no file may be shown to the page: then it is stopped.
    pub fn instead(&self, question: &Question<'_>, answer: &Answer<'_>) -> Option<String> {
        if answer.decision != Decision::Change {
            return None;
        }
        match answer.redirect {
            Some(name) => stand_in_for(ResourceType::named(question.kind), name),
            None => Some(without(question.url, &answer.params)),
        }
    }

    /// What a list calls itself, by its short name.
    pub fn title(&self, list: &str) -> Option<&'a str> {
        let list = u32::try_from(self.lists().position(|it| it == list)?).ok()?;
        Some(self.trackers.source(RuleRef { list, line: 0 })?.title)
    }

    /// A rule in its own words, by its list's short name and its line, out of the texts' pack. That pack is opened for
    /// this one question: it is as large as all the rest, and asked for by people alone.
    ///
    /// # Errors
    /// Says what is wrong with the pack.
    pub fn text(&self, pack: &[u8], list: &str, line: u32) -> Result<Option<String>, PackError> {
        let texts = Texts::open(&Pack::open(pack)?)?;
        let list = self.lists().position(|it| it == list).and_then(|at| u32::try_from(at).ok());
        Ok(list.and_then(|list| texts.rule_text(RuleRef { list, line })).map(str::to_owned))
    }

    /// The domains of everything an owner has, as far as they are known by name.
    pub fn domains(&self, owner: &str) -> impl Iterator<Item = &'a str> {
        self.trackers.domains(owner)
    }

    /// The site of a host.
    pub fn site<'h>(&self, host: &'h str) -> &'h str {
        self.trackers.site(host)
    }

    /// Whose a host is.
    pub fn company(&self, host: &str) -> Option<Company<'a>> {
        self.trackers.company(host)
    }

    /// The company of this name, or else one that belongs to somebody of this name.
    pub fn company_named(&self, name: &str) -> Option<Company<'a>> {
        self.trackers.company_named(name)
    }

    /// The host of an address and its site (its registrable domain); none if it is not of the web (data, blob).
    pub fn place(&self, url: &str) -> Option<(String, String)> {
        let url = Url::parse(url).filter(|url| matches!(url.scheme(), "http" | "https" | "ws" | "wss"))?;
        let host = url.host();
        (!host.is_empty()).then(|| (host.to_owned(), self.trackers.site(host).to_owned()))
    }

    /// Returns true if and only if the two hosts are of different sites.
    pub fn is_third_party(&self, host: &str, page: &str) -> bool {
        self.trackers.is_third_party(host, page)
    }

    fn rule(&self, rule: RuleRef) -> Rule<'a> {
        let source = self.trackers.source(rule).unwrap_or_default();
        Rule {
            list: source.list,
            title: source.title,
            section: source.section,
            line: rule.line,
            text: self.texts.as_ref().and_then(|texts| texts.rule_text(rule)),
        }
    }
}

/// The address of the page at the top, of which only the host is known; empty where it is the frame.
fn page_of(question: &Question<'_>) -> String {
    if question.page.is_empty() { String::new() } else { format!("https://{}/", question.page) }
}

fn request_of<'a>(question: &Question<'a>, page: &'a str) -> Request<'a> {
    let request = Request::new(question.url, question.frame, question.kind).with_lists(question.lists);
    if page.is_empty() { request } else { request.on_page(page) }
}

#[cfg(all(test, feature = "authoring"))]
mod tests {
    use super::*;
    use crate::api::authoring::{self, ListText, Lists};

    #[test]
    fn a_question_is_put_to_the_lists_that_are_on() {
        let list = |id: &str, text: &str| ListText { id: id.into(), title: String::new(), text: text.into() };
        let (lists, _) = Lists::read(vec![list("one", "||a.example^\n"), list("two", "||a.example^\n||b.example^\n")]);
        let (sections, _) = lists.request_sections("example\n", "[]", &[], |_| false);
        let pack = authoring::pack(&sections).expect("what was just written opens");
        let requests = Requests::open(&pack).expect("and holds every section");
        let who = |url, lists| requests.ask(&Question { url, lists, ..Question::default() }).rule.map(|rule| rule.list);
        assert_eq!(requests.lists().collect::<Vec<_>>(), ["one", "two"]);
        let two = requests.mask_of(|id| id == "two");
        assert_eq!(
            (who("https://a.example/", ALL_LISTS), who("https://b.example/", ALL_LISTS)),
            (Some("one"), Some("two"))
        );
        assert_eq!((who("https://a.example/", two), who("https://b.example/", two)), (Some("two"), Some("two")));
        assert_eq!(who("https://b.example/", requests.mask_of(|id| id == "one")), None);
        assert_eq!(requests.mask_of(|_| false), 0);
    }
}
