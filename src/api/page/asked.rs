//! What a page's core is asked and what it answers, as they cross the border to the scripts (`extension/feed-types.d.ts`).
//!
//! Questions come from scripts and are read like foreign text. Nothing is answered here; see the folder's parent.

use serde::{Deserialize, Serialize};

use super::super::settings::{Settings, Wrong};
use super::{Me, Piece, Seen, Sent};
use crate::explain::Line;
use crate::feed::site::{Dom, Link, Take};
use crate::verdict::{Refusal, Verdict};

/// A question. In a script's words it is one object, its name under `ask`; [`Ask::read`] takes it so.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ask {
    /// What is this page? Asked anew at every change of address.
    Open {
        /// The path of the page's address.
        path: String,
        /// What the person has chosen, as it is stored; what cannot be understood is the default.
        #[serde(default)]
        settings: Settings,
    },
    /// The page received this from its own server, or brought it along.
    Hear {
        /// Where it comes from.
        from: Sent,
        /// The data.
        body: String,
    },
    /// What is to be held on this site: answers until it is known in which order the page is to get them, and previews?
    Hold {
        /// What the person has chosen, as it is stored; what cannot be understood is the default.
        settings: Settings,
    },
    /// The page is about to receive this from its own server: in which order?
    Order {
        /// Where it comes from.
        from: Sent,
        /// The data.
        body: String,
        /// The path of the page's address.
        path: String,
        /// Who the page says that the person is.
        #[serde(default)]
        me: Option<Me>,
        /// The items that the person has opened again after they were folded: they stay where they are.
        opened: Vec<String>,
        /// What the person has chosen, as it is stored; what cannot be understood is the default.
        settings: Settings,
    },
    /// What is to be done with these items?
    Judge {
        /// The path of the page's address.
        path: String,
        /// What the page shows.
        items: Vec<Seen>,
        /// Who the page says that the person is.
        #[serde(default)]
        me: Option<Me>,
        /// What the person has chosen, as it is stored; what cannot be understood is the default.
        settings: Settings,
    },
    /// What are my settings with this wish of mine?
    Wish {
        /// What is wished.
        wish: Wish,
        /// What the person has chosen, as it is stored; what cannot be understood is the default.
        settings: Settings,
    },
    /// Why is this item here?
    Explain {
        /// The path of the page's address.
        path: String,
        /// The person's language, as BCP 47 names it.
        #[serde(default)]
        language: String,
        /// What the page shows.
        item: Seen,
        /// Who the page says that the person is.
        #[serde(default)]
        me: Option<Me>,
        /// What the person has chosen, as it is stored; what cannot be understood is the default.
        settings: Settings,
    },
}

impl Ask {
    /// Reads a question as scripts ask it: its name, and all of it as JSON, as JavaScript writes that.
    ///
    /// The name is put before the rest by hand: serde would have to keep all fields in a form of its own until it has
    /// met the name, and its code for that is a tenth of the page core.
    ///
    /// # Errors
    /// Says what of it cannot be read.
    pub fn read(name: &str, question: &str) -> Result<Ask, serde_json::Error> {
        let named = |question: &str| serde_json::from_str(&["{\"", name, "\":", question, "}"].concat());
        named(question).or_else(|_| named(&mended(question)))
    }

    /// The same question about this body.
    pub fn with_body(mut self, text: String) -> Ask {
        if let Ask::Hear { body, .. } | Ask::Order { body, .. } = &mut self {
            *body = text;
        }
        self
    }
}

/// JavaScript's texts may hold half a character, which its JSON escapes and serde refuses; whole characters are never
/// escaped so. Where a text is read as anything else, a half becomes this sign, and so it does here.
fn mended(question: &str) -> String {
    let (mut whole, mut rest) = (String::with_capacity(question.len()), question);
    while let Some((before, escape)) = rest.find('\\').map(|at| rest.split_at(at)) {
        let is_half = escape.starts_with("\\ud");
        // Any other escape is a sign and one more, as far as it could hide where the next begins.
        let (sign, length) = if is_half { ("\u{fffd}", 6) } else { (escape.get(..2).unwrap_or_default(), 2) };
        whole.extend([before, sign]);
        rest = escape.get(length..).unwrap_or_default();
    }
    whole.push_str(rest);
    whole
}

/// The answer to the question of the same name.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "reply", rename_all = "kebab-case")]
pub enum Reply {
    /// To `Open`: none if this page is out of bounds.
    Open {
        /// The feed, if this page shows one.
        feed: Option<FeedHere>,
    },
    /// To `Hear`.
    Hear {
        /// The ids that the answer spoke of.
        ids: Vec<String>,
        /// What could not be used.
        refusals: Vec<Refusal>,
    },
    /// To `Hold`.
    Hold {
        /// True if and only if answers are.
        holds: bool,
        /// True if and only if previews are not to play by themselves.
        still: bool,
        /// True if and only if comments are read as well.
        comments: bool,
    },
    /// To `Order`: the answer is also heard.
    Order {
        /// The ids that the answer spoke of.
        ids: Vec<String>,
        /// What could not be used.
        refusals: Vec<Refusal>,
        /// The pieces of the answer, in the order in which the page is to get them; empty if it is to get it as it is.
        pieces: Vec<Piece>,
        /// The names of packs that its items ask for; each is wanted once.
        wants: Vec<String>,
    },
    /// To `Judge`, in the order of the question.
    Judge {
        /// One for each item.
        judged: Vec<Judged>,
        /// The names of packs that these items ask for; each is wanted once.
        wants: Vec<String>,
    },
    /// To `Wish`.
    Wish {
        /// The settings to be stored.
        settings: Settings,
    },
    /// To `Explain`.
    Explain {
        /// The receipt's lines.
        lines: Vec<Line>,
        /// Its author's handle, of whom less may be wished.
        author: Option<String>,
        /// What people call its author; none where nothing but a number is known.
        name: Option<String>,
        /// What was said of it that the person may call wrong.
        doubts: Vec<Wrong>,
        /// Its link and its advertiser, as they stand: what the diary knows of them is asked elsewhere.
        leads: Vec<String>,
        /// Whose it is, as in [`Judged::of`].
        of: Vec<String>,
        /// The part of the page of all choices that decides about it: a group's name, `wishes` or `topics`.
        part: Option<&'static str>,
    },
}

/// What a person may wish of an item in front of them.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Wish {
    /// Less of this author, on the site of this page.
    Author(String),
    /// Not to be told this again: it is wrong.
    Wrong(Wrong),
}

/// The feed on a page, and how to read it.
#[derive(Clone, Debug, Serialize)]
pub struct FeedHere {
    /// The site's id.
    pub site: String,
    /// The platform's name.
    pub name: String,
    /// How items stand in the page: the ways in which it may be built.
    pub layouts: Vec<Layout>,
    /// Where the page brings data along.
    pub inline: Vec<Inline>,
    /// What the page brings along is left alone if it is longer.
    pub largest: usize,
    /// How many items must stay in sight.
    pub least: usize,
    /// Pages of the platform's own, where the person can choose what no extension can.
    pub links: Vec<Link>,
    /// What holds previews that play by themselves, as selectors; empty if the site has none.
    pub previews: Vec<String>,
    /// The window in which the platform says why an advertisement is shown, and the reasons in it; empty if none is known.
    pub why: Vec<Take>,
}

/// One of the site's ways to build a page.
#[derive(Clone, Debug, Serialize)]
pub struct Layout {
    /// Its number in the site's file, counted from 0.
    pub number: usize,
    /// Whether what it finds are comments, and no items.
    pub comment: bool,
    /// How items stand in it.
    pub dom: Dom,
}

/// Where a page brings data along.
#[derive(Clone, Debug, Serialize)]
pub struct Inline {
    /// The number of the site's wire rule, counted from 0.
    pub rule: usize,
    /// The script elements, as a selector.
    pub css: String,
    /// What stands in the one that is meant, directly before the data; empty where the data is all.
    pub begins: String,
}

/// A verdict on one item.
#[derive(Clone, Debug, Serialize)]
pub struct Judged {
    /// The platform's id of the item; empty if none was found.
    pub id: String,
    /// What is to be done, and why.
    pub verdict: Verdict,
    /// As what the diary counts it: `sponsored`, `suggested`, `followed` or `unknown`.
    pub place: &'static str,
    /// The platform's name for where it was found, if a site's file knows that name: others may hold anything.
    pub source: Option<String>,
    /// Whose it is: its author and, behind a slash, its community, where it has them. Nobody's if it is the person's own, or a comment.
    pub of: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_of_characters_are_read_as_that_and_nothing_else_is_changed() {
        let read = |text: &str| match Ask::read("open", &format!(r#"{{"ask":"open","path":"{text}"}}"#)) {
            Ok(Ask::Open { path, .. }) => path,
            other => panic!("{text} is read as {other:?}"),
        };
        for (written, meant) in [
            (r"a\ud83d", "a\u{fffd}"),
            (r"\udc4d\n\ud83d\\ud83d", "\u{fffd}\n\u{fffd}\\ud83d"),
            (r#"\\\ud83d\"\u0007ü"#, "\\\u{fffd}\"\u{7}ü"),
            (r"\\ud83d", "\\ud83d"),
        ] {
            assert_eq!(read(written), meant, "{written}");
        }
        for (name, question) in [("open", ""), ("open", "7"), ("", "{}"), ("o\"", "{}"), ("open", r#"{"path":"\ud8"#)] {
            assert!(Ask::read(name, question).is_err(), "{name} {question}");
        }
    }
}
