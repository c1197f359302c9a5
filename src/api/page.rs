//! The questions of a page: which site is this, what did its wire say, what is to be done with these items, and why.
//!
//! One [`Page`] lives as long as the document it serves, in the content script or in the extension's frame. It keeps
//! what the wire said, in memory only.

mod asked;

use crate::explain::{self, Told};
use crate::feed::campaign;
use crate::feed::wire::{Heard, LARGEST};
use crate::feed::{Feed, OnPage};
use crate::pack::{Pack, PackError};
use crate::verdict::{Refusal, Verdict};

pub use asked::*;

pub use super::settings::Settings;
use super::settings::Wrong;
pub use crate::feed::item::{Item, Me, Said, Seen};
pub use crate::feed::wire::Sent;
pub use crate::feed::wire::order::Piece;

/// The core of one document.
#[derive(Debug)]
pub struct Page<'a> {
    host: String,
    feed: Option<Feed<'a>>,
}

impl<'a> Page<'a> {
    /// The core for a document of `host`, with the data of `pack`; on a host that no site's file names, as the site
    /// `chosen` by the person (its id; empty for none).
    ///
    /// # Errors
    /// If the pack is damaged or of another version.
    pub fn open(pack: &'a [u8], host: &str, chosen: &str) -> Result<Page<'a>, PackError> {
        Ok(Page { host: host.into(), feed: Feed::open(&Pack::open(pack)?, host, chosen)? })
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
            Ask::Wish { wish, mut settings } => {
                if let Some(feed) = &self.feed {
                    match wish {
                        Wish::Author(author) => settings.own.less_of(&feed.site().id, &author),
                        Wish::Wrong(wrong) => settings.own.never_again(wrong),
                    }
                }
                Reply::Wish { settings }
            }
            Ask::Explain { path, item, me, settings } => self.explain(&path, &item, me.as_ref(), &settings),
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
            inline: inline
                .map(|(rule, wire)| Inline { rule, css: wire.inline.clone(), begins: wire.begins.clone() })
                .collect(),
            largest: LARGEST,
            least: site.least.unwrap_or_default(),
            links: site.link.clone(),
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

    fn explain(&self, path: &str, seen: &Seen, me: Option<&Me>, settings: &Settings) -> Reply {
        let Some(feed) = self.feed_at(path) else {
            return Reply::Explain { lines: Vec::new(), author: None, doubts: Vec::new() };
        };
        let item = feed.item(path, seen, me);
        let verdict = feed.judge(&item, settings);
        let site = feed.site();
        let doubtful = verdict.because.iter().filter(|evidence| evidence.kind.group().is_some());
        let mut doubts: Vec<_> = doubtful.map(|evidence| Wrong::of(&item, evidence)).collect();
        doubts.dedup();
        let hints = feed.hints(&item);
        let hints: Vec<_> =
            hints.iter().map(|it| (it.says.as_str(), it.words.as_str(), it.parameter.as_str())).collect();
        let advertiser = item.advertiser.as_ref().map(|said| said.value.clone());
        let place = || item.link.as_ref().map(|said| campaign::place(&said.value)).filter(|place| !place.is_empty());
        let advertiser = item.sponsored.as_ref().and(advertiser.or_else(place));
        let lines = explain::receipt(&Told {
            platform: &site.name,
            because: &verdict.because,
            reason: lend(&item.reason),
            source: lend(&item.source)
                .map(|(id, field)| (id, field, site.source(id).map(|source| source.says.as_str()))),
            targeting: lend(&item.targeting),
            hints: &hints,
            advertiser: advertiser.as_deref(),
            author: item.author.as_deref(),
            followed: item.followed,
        });
        Reply::Explain { lines, author: item.author, doubts }
    }
}

/// A value and the field it stood at, as the receipt takes them.
fn lend(said: &Option<Said>) -> Option<(&str, &str)> {
    said.as_ref().map(|said| (said.value.as_str(), said.field.as_str()))
}
