//! What a page's core is asked and what it answers, as they cross the border to the scripts (`extension/feed-types.d.ts`).
//!
//! Questions come from scripts and are read like foreign text. Nothing is answered here; see the folder's parent.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::super::settings::{Settings, Wrong};
use super::{Me, Piece, Seen, Sent};
use crate::explain::Line;
use crate::feed::site::{Dom, Link};
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
    /// Reads a question as scripts ask it.
    ///
    /// The name is taken out by hand: serde would have to keep all fields in a form of its own until it has met the
    /// name, and its code for that is a tenth of the page core.
    ///
    /// # Errors
    /// Says what of it cannot be read.
    pub fn read(mut question: Value) -> Result<Ask, serde_json::Error> {
        let name = question.as_object_mut().and_then(|fields| fields.remove("ask"));
        let mut named = Map::new();
        named.insert(name.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned(), question);
        serde_json::from_value(Value::Object(named))
    }
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
        /// Languages of its items whose phrases are to be brought; each is wanted once.
        wants: Vec<String>,
    },
    /// To `Judge`, in the order of the question.
    Judge {
        /// One for each item.
        judged: Vec<Judged>,
        /// Languages of these items whose phrases are to be brought; each is wanted once.
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
        /// What was said of it that the person may call wrong.
        doubts: Vec<Wrong>,
        /// Its link and its advertiser, as they stand: what the diary knows of them is asked elsewhere.
        leads: Vec<String>,
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
}
