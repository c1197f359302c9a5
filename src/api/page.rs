//! The questions of a page: which site is this, what did its wire say, what is to be done with these items, and why.
//!
//! One [`Page`] lives as long as the document it serves, in the content script or in the extension's frame. It keeps
//! what the wire said, in memory only.

use serde::{Deserialize, Serialize};

use crate::explain::{self, Line, Told};
use crate::feed::site::Dom;
use crate::feed::wire::Heard;
use crate::feed::{Feed, OnPage};
use crate::pack::{Pack, PackError};
use crate::verdict::{Refusal, Verdict};

pub use super::settings::Settings;
use super::settings::lenient;
pub use crate::feed::item::{Item, Me, Said, Seen};
pub use crate::feed::wire::Sent;
pub use crate::feed::wire::order::Piece;

/// A question.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "kebab-case")]
pub enum Ask {
    /// What is this page? Asked anew at every change of address.
    Open {
        /// The path of the page's address.
        path: String,
    },
    /// The page received this from its own server, or brought it along.
    Hear {
        /// Where it comes from.
        from: Sent,
        /// The data.
        body: String,
    },
    /// Are answers to be held back on this site until it is known in which order the page is to get them?
    Hold {
        /// What the person has chosen, as it is stored; what cannot be understood is the default.
        #[serde(deserialize_with = "lenient")]
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
        #[serde(deserialize_with = "lenient")]
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
        #[serde(deserialize_with = "lenient")]
        settings: Settings,
    },
    /// Why is this item here?
    Explain {
        /// The path of the page's address.
        path: String,
        /// What the page shows.
        item: Seen,
        /// Who the page says that the person is.
        #[serde(default)]
        me: Option<Me>,
        /// What the person has chosen, as it is stored; what cannot be understood is the default.
        #[serde(deserialize_with = "lenient")]
        settings: Settings,
    },
}

/// The answer to the question of the same name.
#[derive(Clone, Debug, Serialize, Deserialize)]
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
        /// True if and only if they are.
        holds: bool,
    },
    /// To `Order`: the answer is also heard.
    Order {
        /// The ids that the answer spoke of.
        ids: Vec<String>,
        /// What could not be used.
        refusals: Vec<Refusal>,
        /// The pieces of the answer, in the order in which the page is to get them; empty if it is to get it as it is.
        pieces: Vec<Piece>,
    },
    /// To `Judge`, in the order of the question.
    Judge {
        /// One for each item.
        judged: Vec<Judged>,
    },
    /// To `Explain`.
    Explain {
        /// The receipt's lines.
        lines: Vec<Line>,
    },
}

/// The feed on a page, and how to read it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FeedHere {
    /// The site's id.
    pub site: String,
    /// The platform's name.
    pub name: String,
    /// How items stand in the page: the ways in which it may be built.
    pub layouts: Vec<Layout>,
    /// Where the page brings data along.
    pub inline: Vec<Inline>,
    /// How many items must stay in sight.
    pub least: usize,
}

/// One of the site's ways to build a page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Layout {
    /// Its number in the site's file, counted from 0.
    pub number: usize,
    /// How items stand in it.
    pub dom: Dom,
}

/// Where a page brings data along.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Inline {
    /// The number of the site's wire rule, counted from 0.
    pub rule: usize,
    /// The script elements, as a selector.
    pub css: String,
}

/// A verdict on one item.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Judged {
    /// The platform's id of the item; empty if none was found.
    pub id: String,
    /// What is to be done, and why.
    pub verdict: Verdict,
}

/// The core of one document.
#[derive(Debug)]
pub struct Page<'a> {
    host: String,
    feed: Option<Feed<'a>>,
}

impl<'a> Page<'a> {
    /// The core for a document of `host`, with the data of `pack`.
    ///
    /// # Errors
    /// If the pack is damaged or of another version.
    pub fn open(pack: &'a [u8], host: &str) -> Result<Page<'a>, PackError> {
        Ok(Page { host: host.into(), feed: Feed::open(&Pack::open(pack)?, host)? })
    }

    /// Answers a question. A host without a site, or a path out of bounds, is answered with nothing found.
    pub fn ask(&mut self, ask: Ask) -> Reply {
        match ask {
            Ask::Open { path } => Reply::Open { feed: self.feed_here(&path) },
            Ask::Hear { from, body } => {
                let heard = self.feed.as_mut().map(|feed| feed.hear(&from, &body)).unwrap_or_default();
                Reply::Hear { ids: heard.ids, refusals: heard.refusals }
            }
            Ask::Hold { settings } => {
                Reply::Hold { holds: self.feed.as_ref().is_some_and(|feed| feed.has_order(&settings)) }
            }
            Ask::Order { from, body, path, me, opened, settings } => {
                let page = OnPage { path: &path, me: me.as_ref(), settings: &settings };
                let heard = self.feed.as_mut().map(|feed| feed.order(&page, &from, &body, &opened));
                let Heard { ids, refusals, pieces } = heard.unwrap_or_default();
                Reply::Order { ids, refusals, pieces }
            }
            Ask::Judge { path, items, me, settings } => {
                let judged = items.iter().map(|seen| self.judge(&path, seen, me.as_ref(), &settings)).collect();
                Reply::Judge { judged }
            }
            Ask::Explain { path, item, me, settings } => {
                Reply::Explain { lines: self.explain(&path, &item, me.as_ref(), &settings) }
            }
        }
    }

    /// Takes in data of the page; returns what could not be used.
    pub fn hear(&mut self, from: &Sent, body: &str) -> Vec<Refusal> {
        self.feed.as_mut().map(|feed| feed.hear(from, body).refusals).unwrap_or_default()
    }

    /// All items that the wire has spoken of so far: for checking a site against its answers alone.
    pub fn heard(&self) -> Vec<Item> {
        self.feed.iter().flat_map(Feed::heard).collect()
    }

    /// What is to be done with an item, and why.
    pub fn verdict(&self, item: &Item, settings: &Settings) -> Verdict {
        self.feed.as_ref().map(|feed| feed.judge(item, settings)).unwrap_or_default()
    }

    /// The item that the page at `path` shows as `seen`; none if the page is out of bounds.
    pub fn item(&self, path: &str, seen: &Seen) -> Option<Item> {
        self.feed_at(path).map(|feed| feed.item(path, seen, None))
    }

    fn feed_at(&self, path: &str) -> Option<&Feed<'a>> {
        self.feed.as_ref().filter(|feed| feed.site().has_feed(path))
    }

    /// The feed that the page at `path` shows; none if it is out of bounds.
    pub fn feed_here(&self, path: &str) -> Option<FeedHere> {
        let site = self.feed_at(path)?.site();
        let inline = site.wire.iter().enumerate().filter(|(_, rule)| !rule.inline.is_empty());
        Some(FeedHere {
            site: site.id.clone(),
            name: site.name.clone(),
            layouts: site.doms(&self.host, path).map(|(number, dom)| Layout { number, dom: dom.clone() }).collect(),
            inline: inline.map(|(rule, wire)| Inline { rule, css: wire.inline.clone() }).collect(),
            least: site.least.unwrap_or_default(),
        })
    }

    fn judge(&self, path: &str, seen: &Seen, me: Option<&Me>, settings: &Settings) -> Judged {
        match self.feed_at(path) {
            Some(feed) => {
                let item = feed.item(path, seen, me);
                Judged { verdict: feed.judge(&item, settings), id: item.id }
            }
            None => Judged { id: String::new(), verdict: Verdict::default() },
        }
    }

    fn explain(&self, path: &str, seen: &Seen, me: Option<&Me>, settings: &Settings) -> Vec<Line> {
        let Some(feed) = self.feed_at(path) else { return Vec::new() };
        let item = feed.item(path, seen, me);
        let verdict = feed.judge(&item, settings);
        let site = feed.site();
        explain::receipt(&Told {
            platform: &site.name,
            because: &verdict.because,
            reason: lend(&item.reason),
            source: lend(&item.source)
                .map(|(id, field)| (id, field, site.source(id).map(|source| source.says.as_str()))),
            targeting: lend(&item.targeting),
            advertiser: item
                .sponsored
                .as_ref()
                .and(item.advertiser.as_ref().or(item.link.as_ref()))
                .map(|said| said.value.as_str()),
            author: item.author.as_deref(),
            followed: item.followed,
        })
    }
}

/// A value and the field it stood at, as the receipt takes them.
fn lend(said: &Option<Said>) -> Option<(&str, &str)> {
    said.as_ref().map(|said| (said.value.as_str(), said.field.as_str()))
}
