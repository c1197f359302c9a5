//! What the background is asked and told about the diary.
//!
//! Which rows there are, and what is to be stored of them, `notes.rs` keeps; here only what belongs to it of a page's address
//! is looked up. Closed days are no business of this file.

pub(super) mod telling;

use std::collections::BTreeMap;

use serde_json::Value;

use super::notes::{Tallied, WAITING};
use super::{Background, Changes, Knows};
use crate::api::diary::{Choice, Key, Values};
use crate::ledger::opened::add_packed;

impl<T: Knows> Background<T> {
    /// Takes in what was stored of the days that are open. Before that nothing is noted.
    pub fn open_diary(&mut self, stored: Values) {
        self.notes.open(stored);
    }

    /// Days before this one are closed, but for those of which anything waits to be stored: what comes of them late is not
    /// noted any more. The first that is open.
    pub fn close_days(&mut self, from: u32) -> u32 {
        self.notes.close(from)
    }

    /// The person chose anew about the diary.
    pub fn choose_diary(&mut self, stored: &Value) {
        self.notes.choose(Choice::from(stored));
    }

    /// What the person chose about the diary.
    pub fn diary_choice(&self) -> &Choice {
        self.notes.choice()
    }

    /// A page at `url` tells what its feed was made of and how long it was looked at. Private windows do not come here.
    pub fn tallied(&mut self, url: &str, told: &Tallied, today: u32) -> Changes {
        if let Some((_, site)) = self.trackers.place(url) {
            self.notes.tallied(&site, told, today);
        }
        Changes { diary: self.notes.has_unsaved(), ..Changes::default() }
    }

    /// What is to be stored of the diary; it counts as stored from now on.
    pub fn notes(&mut self) -> Vec<(Key, Vec<u8>)> {
        self.notes.unsaved()
    }

    /// These could not be stored.
    pub fn put_notes_back(&mut self, keys: Vec<Key>) {
        self.notes.put_back(keys);
    }

    /// What waits to be stored, for `storage.session`, by key; and whether anything does.
    pub fn waiting(&self) -> (bool, BTreeMap<String, Value>) {
        let mut waiting = BTreeMap::new();
        waiting.insert(WAITING.to_owned(), self.notes.waiting());
        (self.notes.has_unsaved(), waiting)
    }

    /// Forgets what is noted of a site; its name.
    pub fn forget_site(&mut self, host: &str) -> String {
        let site = self.site_of(host);
        self.notes.forget_site(&site);
        site
    }

    /// Forgets what is noted of a day.
    pub fn forget_day(&mut self, day: u32) {
        self.notes.forget_day(day);
    }

    /// Forgets whose items were opened.
    pub fn forget_opened(&mut self) {
        self.notes.forget_opened();
    }

    /// How often the person opened items of these on a platform, since a day, given what is stored of closed days; nothing
    /// where they do not have it counted.
    pub fn opened(&self, from: u32, platform: &str, marks: &[String], stored: &Values) -> Vec<u32> {
        let mut sums = vec![0; marks.len()];
        if self.notes.choice().opened.is_some() {
            self.notes.opened(from, platform, marks, &mut sums);
            for bytes in stored.values() {
                add_packed(bytes, platform, marks, &mut sums);
            }
        }
        sums
    }

    /// Forgets all that is noted.
    pub fn forget_all(&mut self) {
        self.notes.forget_all();
    }
}
