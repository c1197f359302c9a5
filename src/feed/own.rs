//! What the person asked for in so many words: posts about something, posts like something, posts by somebody, and where we
//! were wrong.
//!
//! These wishes hold whether or not a feed is de-ranked, because the person named them one by one. How words are written
//! stands in `words.rs`; what is like a topic, `feed::topics` says.
//!
//! What it deliberately does not do: guess what is meant. A rule that cannot be read does nothing and says why.

use serde::{Deserialize, Serialize};
use serde_json::Value;

mod words;

use super::item::Item;
use super::stored::Stored;
use crate::text::{Folded, scalars_before};
use crate::verdict::{Act, Evidence, Kind, Origin};
pub use words::{Unreadable, Words, Written};

/// The person's own wishes, as they are stored in the settings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Value")]
pub struct Own {
    /// What is done with posts that hold these words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<WordRule>,
    /// What is done with posts that are like these topics, each of which is named by a few words; written as a rule of
    /// words is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<WordRule>,
    /// Authors of whom the person wants to see less.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<AuthorRule>,
    /// What the person said was wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub wrong: Vec<Wrong>,
}

/// What is done with posts that hold these words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordRule {
    /// The rule as the person wrote it.
    pub text: Written,
    /// What is done.
    pub act: Act,
    /// Only on this site; everywhere if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
}

/// What is done with posts by this author.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorRule {
    /// The site's id.
    pub site: String,
    /// The author's handle.
    pub author: String,
    /// What is done.
    pub act: Act,
}

/// A mark that the person said was wrong: it is not made again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrong {
    /// What it was said to be.
    pub kind: Kind,
    /// The words that this rested on; for a fact, which rests on none, the author, and for a topic both it and the author.
    pub of: String,
    /// Of a signal, the site on which it was said and the author of whose item, a slash between them: others of theirs
    /// are judged more gently.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// Reads what was stored; anything that cannot be understood is as if it had not been asked for.
impl From<Value> for Own {
    fn from(stored: Value) -> Own {
        let mut stored = Stored::from(stored);
        Own {
            words: stored.take("words").unwrap_or_default(),
            topics: stored.take("topics").unwrap_or_default(),
            authors: stored.take("authors").unwrap_or_default(),
            wrong: stored.take("wrong").unwrap_or_default(),
        }
    }
}

impl Own {
    /// What the person asked to be done with this item, and the evidence for it.
    pub fn read(&self, site: &str, item: &Item) -> (Act, Vec<Evidence>) {
        let mut act = Act::Show;
        let mut because = Vec::new();
        let author = item.author.as_deref().unwrap_or_default();
        for rule in self.authors.iter().filter(|rule| rule.site == site && rule.author.eq_ignore_ascii_case(author)) {
            act = act.max(rule.act);
            because.push(evidence(Kind::Muted, author, None, &rule.author));
        }
        let here = |rule: &&WordRule| rule.site.as_deref().is_none_or(|only| only == site);
        let rules: Vec<_> = self.words.iter().filter(here).collect();
        if rules.is_empty() {
            return (act, because);
        }
        let folded = Folded::of(&item.text);
        for rule in rules {
            let Some((from, to)) = rule.text.find(&folded) else { continue };
            let span = (scalars_before(&item.text, from), scalars_before(&item.text, to));
            act = act.max(rule.act);
            because.push(evidence(Kind::Words, &item.text[from..to], Some(span), rule.text.as_str()));
        }
        (act, because)
    }

    /// Less of this author is wished on this site.
    pub fn less_of(&mut self, site: &str, author: &str) {
        let rule = AuthorRule { site: site.into(), author: author.into(), act: Act::Lower };
        if !author.is_empty() && !self.authors.contains(&rule) {
            self.authors.push(rule);
        }
    }

    /// The person says that this is wrong.
    pub fn never_again(&mut self, wrong: Wrong) {
        if !self.wrong.contains(&wrong) {
            self.wrong.push(wrong);
        }
    }

    /// How often the person said of this kind that it was wrong of the item's author.
    pub fn undone(&self, site: &str, item: &Item, kind: Kind) -> usize {
        let Some(author) = item.author.as_deref() else { return 0 };
        let author = author_on(site, author);
        let is_by = |wrong: &Wrong| wrong.by.as_ref().is_some_and(|by| by.eq_ignore_ascii_case(&author));
        self.wrong.iter().filter(|wrong| wrong.kind == kind && is_by(wrong)).count()
    }

    /// Whether the person said that this mark is wrong.
    pub fn is_wrong(&self, site: &str, item: &Item, evidence: &Evidence) -> bool {
        if self.wrong.is_empty() {
            return false;
        }
        let wrong = Wrong::of(site, item, evidence);
        self.wrong.iter().any(|said| said.kind == wrong.kind && said.of.eq_ignore_ascii_case(&wrong.of))
    }
}

impl Wrong {
    /// What is remembered when the person says that this evidence of an item on this site is wrong.
    pub fn of(site: &str, item: &Item, evidence: &Evidence) -> Wrong {
        let words = || evidence.quote.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_signal = matches!(evidence.kind, Kind::Noticed(_));
        let author = item.author.as_deref();
        let of = match evidence.kind {
            // That this author's posts are not of one topic says nothing of another.
            Kind::Topic => [author.unwrap_or(&evidence.quote), ": ", &evidence.rule].concat(),
            _ if evidence.span.is_some() => words(),
            _ => author.unwrap_or_default().to_owned(),
        };
        let by = item.author.as_ref().filter(|_| is_signal).map(|author| author_on(site, author));
        Wrong { kind: evidence.kind, of, by }
    }
}

/// An author as wrong marks name them: handles are a site's own.
fn author_on(site: &str, author: &str) -> String {
    [site, "/", author].concat()
}

fn evidence(kind: Kind, quote: &str, span: Option<(u32, u32)>, rule: &str) -> Evidence {
    Evidence { kind, strength: 1.0, quote: quote.into(), span, origin: Origin::Text, rule: rule.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_stored_as_it_was_written_and_hides_nothing() {
        let stored =
            serde_json::json!({ "words": [{ "text": "AND quiz", "act": "hide" }, { "text": "quiz", "act": "dim" }] });
        let own = Own::from(stored.clone());
        assert_eq!(serde_json::to_value(&own).ok(), Some(stored));
        let item = Item { text: "A quiz for you".into(), ..Item::default() };
        assert_eq!(own.read("x", &item).0, Act::Dim);
    }

    #[test]
    fn a_wish_for_one_site_or_author_holds_there_alone() {
        let word = |site: Option<&str>| WordRule {
            text: "quiz".to_owned().into(),
            act: Act::Hide,
            site: site.map(str::to_owned),
        };
        let mara = AuthorRule { site: "x".into(), author: "Mara".into(), act: Act::Lower };
        let own = Own { words: vec![word(Some("x"))], authors: vec![mara], ..Own::default() };
        let item = Item { text: "A quiz for you".into(), author: Some("mara".into()), ..Item::default() };
        let (act, because) = own.read("x", &item);
        assert_eq!(
            (act, because.len(), because[1].quote.as_str(), because[1].span),
            (Act::Hide, 2, "quiz", Some((2, 6)))
        );
        assert_eq!(own.read("reddit", &item), (Act::Show, Vec::new()));
    }
}
