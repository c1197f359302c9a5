//! Feeds: from what a platform's page shows and sends to itself, to a verdict on every item.
//!
//! Two readers, one truth. `wire` reads the JSON that the platform sends to its own page, `item` reads the fields that
//! the content script took from the page; both are told where to look by a [`site::Site`], which is data. The wire is
//! trusted first, because it is made of type names and ids, then the page's attributes. Each alone still works.
//! `judge` joins them with what `signals` notices in the words.
//!
//! Nothing here knows a platform by name: a site that is not in `data/sites` does not exist.

pub mod item;
pub mod judge;
pub mod labels;
pub mod own;
pub mod settings;
pub mod signals;
pub mod site;
pub mod stored;
pub mod wire;

use crate::pack::{Pack, PackError};
use crate::verdict::{Refusal, Verdict};
use item::{Item, Me, Seen};
use labels::Labels;
use settings::Settings;
use signals::Signals;
use site::Site;
use wire::{Sent, Wire};

/// The feed of one site: what is known of it, and what its wire has said so far.
#[derive(Debug)]
pub struct Feed<'a> {
    site: Site,
    signals: Signals<'a>,
    labels: Labels<'a>,
    wire: Wire,
}

impl<'a> Feed<'a> {
    /// The feed of `host` ("x.com", "www.reddit.com"); none if no site of ours has it.
    ///
    /// # Errors
    /// If the pack lacks a section or holds one that cannot be read.
    pub fn open(pack: &Pack<'a>, host: &str) -> Result<Option<Feed<'a>>, PackError> {
        let site = site::unpack(pack.section(site::SECTION)?, host)?;
        let signals = Signals::open(pack.section(signals::SECTION)?)?;
        let labels = Labels::open(pack.section(labels::SECTION)?)?;
        Ok(site.map(|site| Feed { wire: Wire::new(&site), signals, labels, site }))
    }

    /// The site's data.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// Reads data that the page received or brought along. Returns the ids of the items it speaks of, so that those
    /// already on screen can be judged again, and what could not be used.
    pub fn hear(&mut self, from: &Sent, body: &str) -> (Vec<String>, Vec<Refusal>) {
        self.wire.read(&self.site, self.labels, from, body)
    }

    /// The item that the page at `path` shows as `seen` to the person that it calls `me`, joined with what the wire said.
    pub fn item(&self, path: &str, seen: &Seen, me: Option<&Me>) -> Item {
        item::join(&self.site, self.labels, &self.wire, path, seen, me)
    }

    /// Every item that the wire has spoken of so far, the oldest first.
    pub fn heard(&self) -> impl Iterator<Item = Item> + '_ {
        self.wire.records().map(|record| item::heard(&self.site, record))
    }

    /// What is to be done with an item, and why.
    pub fn judge(&self, item: &Item, settings: &Settings) -> Verdict {
        judge::judge(&self.site.id, item, &self.signals, settings)
    }
}
