//! The questions of a page: which site is this, what did its wire say, what is to be done with these items, and why.
//!
//! One [`Page`] lives as long as the document it serves, in the content script or in the extension's frame. It keeps
//! what the wire said, in memory only.

mod asked;

use crate::explain::{self, Told};
use crate::feed::level::Leniency;
use crate::feed::site::Dom;
use crate::feed::wire::{Heard, LARGEST};
use crate::feed::{Feed, OnPage, campaign, judge};
use crate::pack::{Pack, PackError};
use crate::verdict::{Act, Evidence, Group, Kind, Refusal, Verdict};

pub use asked::*;

pub use super::settings::Settings;
use super::settings::Wrong;
pub use crate::feed::item::{Item, Me, Said, Seen, words_of};
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

    /// Takes in one more pack that [`Reply::Judge`] or [`Reply::Order`] wanted. Items that were judged before are then to
    /// be judged again.
    ///
    /// # Errors
    /// If the pack is damaged or of another version; all is then as before.
    pub fn add(&mut self, pack: &[u8]) -> Result<(), PackError> {
        let pack = Pack::open(pack)?;
        self.feed.as_mut().map_or(Ok(()), |feed| feed.add(&pack))
    }

    /// Answers a question. A host without a site, or a path out of bounds, is answered with nothing found.
    pub fn ask(&mut self, ask: Ask) -> Reply {
        match ask {
            Ask::Open { path, settings } => Reply::Open { feed: self.feed_here(&path, settings.comments) },
            Ask::Hear { from, body } => {
                let heard = self.feed.as_mut().map(|feed| feed.hear(&from, &body)).unwrap_or_default();
                Reply::Hear { ids: heard.ids, refusals: heard.refusals }
            }
            Ask::Hold { settings } => {
                let of_site = self.feed.as_ref().map(|feed| {
                    let site = feed.site();
                    (feed.has_order(&settings), site.previews.is_some() && settings.wants_still(&site.id))
                });
                let (holds, still) = of_site.unwrap_or_default();
                Reply::Hold { holds, still, comments: settings.comments }
            }
            Ask::Order { from, body, path, me, opened, settings } => {
                let page = OnPage { path: &path, me: me.as_ref(), settings: &settings };
                let heard = self.feed.as_mut().map(|feed| feed.order(&page, &from, &body, &opened));
                let Heard { ids, refusals, pieces } = heard.unwrap_or_default();
                Reply::Order { ids, refusals, pieces, wants: self.wants() }
            }
            Ask::Judge { path, items, me, settings } => {
                let judged = items.iter().map(|seen| self.judge(&path, seen, me.as_ref(), &settings)).collect();
                Reply::Judge { judged, wants: self.wants() }
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
            Ask::Explain { path, language, item, me, settings } => {
                let page = OnPage { path: &path, me: me.as_ref(), settings: &settings };
                self.explain(&page, &item, &language)
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

    /// The item or comment that the page at `path` shows as `seen` to the person that it calls `me`; none if it is out of
    /// bounds.
    pub fn item(&self, path: &str, seen: &Seen, me: Option<&Me>) -> Option<Item> {
        let feed = self.feed.as_ref()?;
        let site = feed.site();
        if site.is_of_comments(seen.dom) {
            return site.has_comments(path).then(|| feed.comment(path, seen, me));
        }
        site.has_feed(path).then(|| feed.item(path, seen, me))
    }

    fn wants(&self) -> Vec<String> {
        self.feed.as_ref().map(Feed::wants).unwrap_or_default()
    }

    /// What the page at `path` shows: a feed, comments if they are wanted, or both; none if it is out of bounds.
    pub fn feed_here(&self, path: &str, comments: bool) -> Option<FeedHere> {
        let site = self.feed.as_ref()?.site();
        let layout =
            |(number, dom): (usize, &Dom)| Layout { number, comment: site.is_of_comments(number), dom: dom.clone() };
        let layouts: Vec<_> = site.ways(&self.host, path, comments).map(layout).collect();
        let has_feed = site.has_feed(path);
        if !has_feed && layouts.is_empty() {
            return None;
        }
        // What a page brings along beside comments alone may be anything.
        let inline = site.wire.iter().enumerate().filter(|(_, rule)| has_feed && !rule.inline.is_empty());
        Some(FeedHere {
            site: site.id.clone(),
            name: site.name.clone(),
            layouts,
            inline: inline
                .map(|(rule, wire)| Inline { rule, css: wire.inline.clone(), begins: wire.begins.clone() })
                .collect(),
            largest: LARGEST,
            least: site.least.unwrap_or_default(),
            links: site.link.clone(),
            why: site.why.clone(),
            previews: site.previews.as_ref().map(|previews| previews.within.clone()).unwrap_or_default(),
        })
    }

    fn judge(&self, path: &str, seen: &Seen, me: Option<&Me>, settings: &Settings) -> Judged {
        let Some((feed, item, verdict)) = self.read(path, seen, me, settings) else {
            return Judged {
                id: String::new(),
                verdict: Verdict::default(),
                place: "unknown",
                source: None,
                of: Vec::new(),
            };
        };
        let source = item.source.as_ref().and_then(|said| feed.site().source(&said.value));
        let is_followed = item.followed == Some(true) || source.is_some_and(|it| it.followed == Some(true));
        let place = if item.sponsored.is_some() {
            "sponsored"
        } else if item.suggested.is_some() || item.shelf.is_some() || item.activity.is_some() {
            "suggested"
        } else if is_followed {
            "followed"
        } else {
            "unknown"
        };
        let source = source.map(|it| it.id.clone());
        Judged { verdict, place, source, of: whose(feed, seen, &item), id: item.id }
    }

    /// The item or comment that is seen, and the verdict on it; none if it is out of bounds.
    fn read(
        &self,
        path: &str,
        seen: &Seen,
        me: Option<&Me>,
        settings: &Settings,
    ) -> Option<(&Feed<'a>, Item, Verdict)> {
        let (feed, item) = (self.feed.as_ref()?, self.item(path, seen, me)?);
        let verdict = if feed.site().is_of_comments(seen.dom) {
            feed.judge_comment(&item, settings)
        } else {
            feed.judge(&item, settings)
        };
        Some((feed, item, verdict))
    }

    fn explain(&self, page: &OnPage<'_>, seen: &Seen, language: &str) -> Reply {
        let OnPage { path, me, settings } = *page;
        let Some((feed, item, verdict)) = self.read(path, seen, me, settings) else {
            return Reply::Explain {
                lines: Vec::new(),
                author: None,
                name: None,
                doubts: Vec::new(),
                leads: Vec::new(),
                of: Vec::new(),
                part: None,
            };
        };
        let site = feed.site();
        let doubtful = verdict.because.iter().filter(|evidence| is_doubtful(evidence.kind));
        let mut doubts: Vec<_> = doubtful.map(|evidence| Wrong::of(&site.id, &item, evidence)).collect();
        doubts.dedup();
        let lenient = |evidence: &Evidence| judge::leniency(&site.id, &item, settings, evidence);
        let hints = feed.hints(&item);
        let hints: Vec<_> =
            hints.iter().map(|it| (it.says.as_str(), it.words.as_str(), it.parameter.as_str())).collect();
        let name = item.called(site).map(str::to_owned);
        let advertiser = item.advertiser.as_ref().map(|said| said.value.clone());
        let place = || item.link.as_ref().map(|said| campaign::place(&said.value)).filter(|place| !place.is_empty());
        let advertiser = item.sponsored.as_ref().and(advertiser.or_else(place));
        let lines = explain::receipt(&Told {
            platform: &site.name,
            text: &item.text,
            language,
            because: verdict.because.iter().map(|evidence| (evidence, lenient(evidence).undone)).collect(),
            softened: verdict.because.iter().any(|evidence| {
                let leniency = lenient(evidence);
                let strict = Leniency { followed: false, ..leniency };
                let act = |leniency| settings.act_on(&site.id, evidence.kind, leniency);
                act(leniency) < act(strict)
            }),
            reason: lend(&item.reason),
            source: lend(&item.source)
                .map(|(id, field)| (id, field, site.source(id).map(|source| source.says.as_str()))),
            targeting: lend(&item.targeting),
            hints: &hints,
            advertiser: advertiser.as_deref(),
            author: name.as_deref(),
            followed: item.followed,
        });
        let of = whose(feed, seen, &item);
        // Comments are chosen about elsewhere.
        let acts = |evidence: &Evidence| settings.act_on(&site.id, evidence.kind, lenient(evidence));
        let part = if site.is_of_comments(seen.dom) { None } else { part_of(&verdict, acts) };
        // Less of an author is wished of posts: their comments are not touched by it.
        let author = item.author.filter(|_| !site.is_of_comments(seen.dom));
        let leads = [item.link, item.advertiser].into_iter().flatten().map(|said| said.value).collect();
        Reply::Explain { lines, author, name, doubts, leads, of, part }
    }
}

/// Where the person chose what is done here: for the group whose act it is, else by a wish of their own.
fn part_of(verdict: &Verdict, acts: impl Fn(&Evidence) -> Act) -> Option<&'static str> {
    let because = &verdict.because;
    let of_group = because.iter().find(|it| it.kind.group().is_some() && acts(it) == verdict.act);
    let evidence = of_group.or_else(|| because.iter().find(|it| it.kind.group().is_none())).or(because.first())?;
    Some(match evidence.kind {
        Kind::Topic => "topics",
        kind => kind.group().map_or("wishes", Group::name),
    })
}

/// Whether the person may call it wrong: what they asked for by name is never, and what is like a topic is guessed.
fn is_doubtful(kind: Kind) -> bool {
    kind.group().is_some() || kind == Kind::Topic
}

/// Whose an item is, as far as it may be counted that the person opens theirs.
fn whose(feed: &Feed<'_>, seen: &Seen, item: &Item) -> Vec<String> {
    if item.own || feed.site().is_of_comments(seen.dom) {
        return Vec::new();
    }
    let community = item.community.as_ref().map(|name| format!("/{name}"));
    item.author.iter().cloned().chain(community).collect()
}

/// A value and the field it stood at, as the receipt takes them.
fn lend(said: &Option<Said>) -> Option<(&str, &str)> {
    said.as_ref().map(|said| (said.value.as_str(), said.field.as_str()))
}
