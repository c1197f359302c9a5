//! Feeds: from what a platform's page shows and sends to itself, to a verdict on every item.
//!
//! Two readers, one truth. `wire` reads the JSON that the platform sends to its own page, `item` reads the fields that
//! the content script took from the page; both are told where to look by a [`site::Site`], which is data. The wire is
//! trusted first, because it is made of type names and ids, then the page's attributes. Each alone still works.
//! `judge` joins them with what `signals` and the `model` notice in the words.
//!
//! Nothing here knows a platform by name: a site that is not in `data/sites` does not exist.

pub mod campaign;
pub mod item;
pub mod judge;
pub mod labels;
pub mod languages;
pub mod level;
mod lexicon;
pub mod model;
pub mod notice;
pub mod own;
mod packed;
pub mod settings;
pub mod signals;
pub mod site;
pub mod stored;
pub mod topics;
pub mod wire;

use crate::pack::{Pack, PackError};
use crate::verdict::{Act, Group, Verdict};
use campaign::{Campaigns, Hint};
use item::{Item, Me, Seen};
use labels::Labels;
use notice::Notice;
use settings::Settings;
use site::{Field, Site};
use wire::{Heard, Record, Sent, Wire};

/// What is known of a page besides what it shows: where it is, whose it is, and what that person has chosen.
#[derive(Clone, Copy, Debug)]
pub struct OnPage<'p> {
    /// The path of its address.
    pub path: &'p str,
    /// Who the page says that the person is.
    pub me: Option<&'p Me>,
    /// What the person has chosen.
    pub settings: &'p Settings,
}

/// The feed of one site: what is known of it, and what its wire has said so far.
#[derive(Debug)]
pub struct Feed<'a> {
    site: Site,
    notice: Notice,
    labels: Labels<'a>,
    campaigns: Campaigns<'a>,
    wire: Wire,
}

impl<'a> Feed<'a> {
    /// The feed of `host` ("x.com", "www.reddit.com"); none if no site of ours has it, nor the person had it read as one
    /// of the site `chosen` (empty for none).
    ///
    /// # Errors
    /// If the pack lacks a section or holds one that cannot be read.
    pub fn open(pack: &Pack<'a>, host: &str, chosen: &str) -> Result<Option<Feed<'a>>, PackError> {
        let site = site::unpack(pack.section(site::SECTION)?, host, chosen)?;
        let notice = Notice::open(pack)?;
        let labels = Labels::open(pack.section(labels::SECTION)?)?;
        let campaigns = Campaigns::open(pack.section(campaign::SECTION)?)?;
        Ok(site.map(|site| Feed { wire: Wire::new(&site), notice, labels, campaigns, site }))
    }

    /// Takes in one more pack that items asked for.
    ///
    /// # Errors
    /// If the pack has nothing of use, or that cannot be read.
    pub fn add(&mut self, pack: &Pack<'_>) -> Result<(), PackError> {
        self.notice.add(pack)
    }

    /// The packs that items judged so far ask for and that are not here, by their names; each is told once.
    pub fn wants(&self) -> Vec<String> {
        self.notice.wants()
    }

    /// The site's data.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// Reads data that the page received or brought along. Returns the ids of the items it speaks of, so that those
    /// already on screen can be judged again, and what could not be used.
    pub fn hear(&mut self, from: &Sent, body: &str) -> Heard {
        self.wire.read(&self.site, self.labels, from, body, None)
    }

    /// Reads an answer that the page at `path` has not yet got, and says in which order it is to get it: what the judge
    /// would lower or hide is lower, but for what the person has `opened`.
    pub fn order(&mut self, page: &OnPage<'_>, from: &Sent, body: &str, opened: &[String]) -> Heard {
        let Feed { site, notice, labels, wire, .. } = self;
        let OnPage { path, me, settings } = *page;
        let is_lower = |record: &Record| {
            let item = item::heard(site, *labels, Some(path), record, me);
            let is_open = record.ids.iter().any(|id| opened.contains(id));
            !is_open && judge::judge(&site.id, &item, notice, settings).act >= Act::Lower
        };
        wire.read(site, *labels, from, body, site.has_feed(path).then_some(&is_lower))
    }

    /// True if and only if some answers of this site may have to be put in order: what is paid for never moves.
    pub fn has_order(&self, settings: &Settings) -> bool {
        let is_low = |group: &Group| *group != Group::Sponsored && settings.act(*group) >= Act::Lower;
        let is_asked = settings.deranks(&self.site.id) && Group::ALL.iter().any(is_low);
        is_asked && self.site.wire.iter().any(|rule| rule.order.is_some())
    }

    /// The item that the page at `path` shows as `seen` to the person that it calls `me`, joined with what the wire said.
    pub fn item(&self, path: &str, seen: &Seen, me: Option<&Me>) -> Item {
        item::join(&self.site, self.labels, &self.wire, path, seen, me)
    }

    /// Every item that the wire has spoken of so far, the oldest first.
    pub fn heard(&self) -> impl Iterator<Item = Item> + '_ {
        self.wire.records().map(|record| item::heard(&self.site, self.labels, None, record, None))
    }

    /// What the names in an advertisement's link say of whom it was aimed at; nothing of what nobody paid for.
    pub fn hints(&self, item: &Item) -> Vec<Hint> {
        let link = item.sponsored.as_ref().and(item.link.as_ref());
        link.map(|said| self.campaigns.read(&said.value)).unwrap_or_default()
    }

    /// What is to be done with an item, and why.
    pub fn judge(&self, item: &Item, settings: &Settings) -> Verdict {
        judge::judge(&self.site.id, item, &self.notice, settings)
    }

    /// What is shown under a post, as the page at `path` shows it. Pages seldom say of a comment's author whether the
    /// person follows them; what the wire said of any post of theirs does.
    pub fn comment(&self, path: &str, seen: &Seen, me: Option<&Me>) -> Item {
        let mut comment = self.item(path, seen, me);
        let is_theirs = |record: &Record| {
            let said = |field| record.fields.get(&field).map(|(value, _)| value);
            said(Field::Followed).is_some_and(|value| value != "false")
                && said(Field::Author).zip(comment.author.as_ref()).is_some_and(|(a, b)| a.eq_ignore_ascii_case(b))
        };
        comment.followed = comment.followed.or(self.wire.records().any(is_theirs).then_some(true));
        comment
    }

    /// What is to be done with a comment, and why.
    pub fn judge_comment(&self, comment: &Item, settings: &Settings) -> Verdict {
        judge::judge_comment(&self.site.id, comment, &self.notice, settings)
    }
}
