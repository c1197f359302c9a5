//! What is noted for the diary while days are open: the rows of today and yesterday, as whole values to be stored.
//!
//! What was stored of them before has to be known first, because a row is written as the whole that it is: while it is
//! not known, nothing is noted, and nobody's counts are overwritten by less. A page with a feed tells its whole tally
//! each time; what it told last is kept beside the row and stored with it, so that no tally counts twice. A page whose
//! site was forgotten is not counted any more. What waits for room in the store can be laid aside as text, and goes before
//! what is stored. Closed days are no business of this file.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::api::diary::{Choice, Counts, Feed, Key, Row, Sheet, Values, pack};
use crate::ledger::{Step, opened, packed};

/// What a page with a feed tells of itself: all since it was opened, on the day that it names.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Tallied {
    /// The page, by a name that no other has.
    pub id: String,
    /// The day on which it was counted.
    pub day: u32,
    /// The platform; none where no feed was read.
    #[serde(default)]
    pub platform: Option<String>,
    /// What its feed was made of.
    #[serde(default)]
    pub feed: Feed,
    /// How long it was looked at.
    #[serde(default)]
    pub seconds: u32,
}

/// A name of a page that is longer is none of ours.
const LONGEST: usize = 64;

/// Under which key of `storage.session` lies what waits for room in the store.
pub(super) const WAITING: &str = "waiting";

/// Days that are open.
#[derive(Clone, Debug, Default)]
pub(super) struct Notes {
    is_open: bool,
    /// The first day that is.
    from: u32,
    days: BTreeMap<u32, Sheet>,
    /// What pages told last, and when; none of a page that is not counted any more.
    visits: BTreeMap<String, (u32, Option<Sheet>)>,
    unsaved: BTreeSet<Key>,
    /// What waited for room when the background before this one ended, until it is known what was stored.
    waited: Vec<(Key, Vec<u8>)>,
    choice: Choice,
}

impl Notes {
    /// As the person chose, and with what was laid aside by [`Notes::waiting`], of which what cannot be read is left out.
    #[inline(never)]
    pub(super) fn wake(choice: Choice, aside: &Value) -> Notes {
        let mut notes = Notes { choice, ..Notes::default() };
        for (key, text) in aside.as_object().into_iter().flatten() {
            let bytes: Vec<u8> = text.as_str().unwrap_or_default().chars().map(|byte| byte as u8).collect();
            let Some(key) = Key::read(key) else { continue };
            if matches!(key, Key::Visit(..)) || packed::unpack(&bytes).is_ok() {
                notes.waited.push((key, bytes));
            }
        }
        notes
    }

    /// Takes in what was stored of the days that are open, and in its place what waited for room, which is later. What is
    /// damaged is salvaged as far as it can be.
    #[inline(never)]
    pub(super) fn open(&mut self, mut stored: Values) {
        self.is_open = true;
        for (key, bytes) in std::mem::take(&mut self.waited) {
            self.unsaved.insert(key.clone());
            stored.insert(key, bytes);
        }
        for (key, bytes) in stored {
            let sheet = packed::unpack(&bytes).map(|value| value.sheet());
            match (key, sheet) {
                (Key::Row(day, _), Ok(sheet)) => self.days.entry(day).or_default().add(&sheet),
                (Key::Visit(day, id), sheet) => {
                    self.visits.insert(id, (day, sheet.ok()));
                }
                _ => {}
            }
        }
    }

    /// What is to be stored, by key, to be laid aside: a character a byte, because no browser's store but its own takes
    /// bytes.
    #[inline(never)]
    pub(super) fn waiting(&self) -> Value {
        let mut waiting = Map::new();
        // Inserted one by one: to collect a map is to carry a sort.
        for key in &self.unsaved {
            if let Some(bytes) = self.value(key) {
                waiting.insert(key.to_string(), Value::String(bytes.into_iter().map(char::from).collect()));
            }
        }
        Value::Object(waiting)
    }

    pub(super) fn choose(&mut self, choice: Choice) {
        self.choice = choice;
    }

    pub(super) fn choice(&self) -> &Choice {
        &self.choice
    }

    /// Days before this one are closed, but not those of which anything waits to be stored; the first that is open.
    #[inline(never)]
    pub(super) fn close(&mut self, mut from: u32) -> u32 {
        if let Some(Key::Row(day, _)) = self.unsaved.first() {
            from = from.min(*day);
        }
        from = from.max(self.from);
        self.from = from;
        self.days.retain(|day, _| *day >= from);
        self.visits.retain(|_, (day, _)| *day >= from);
        let is_open = |key: &Key| matches!(key, Key::Row(day, _) | Key::Visit(day, _) if *day >= from);
        self.unsaved.retain(is_open);
        from
    }

    /// Writes down one step of a request.
    pub(super) fn append(&mut self, step: &Step) {
        let site = &step.sighting.site;
        if let Some(sheet) = self.sheet(step.day, site) {
            sheet.append(step);
            self.unsaved.insert(Key::Row(step.day, site.clone()));
        }
    }

    /// A page of a site was opened.
    pub(super) fn arrived(&mut self, day: u32, site: &str) {
        if let Some(sheet) = self.sheet(day, site) {
            let row = sheet.row(site);
            row.pages = row.pages.saturating_add(1);
            self.unsaved.insert(Key::Row(day, site.to_owned()));
        }
    }

    /// A page of a site tells its tally.
    pub(super) fn tallied(&mut self, site: &str, told: &Tallied, today: u32) {
        let before = self.visits.get(&told.id).cloned();
        let is_known = !told.id.is_empty() && told.id.len() <= LONGEST && told.day <= today.saturating_add(1);
        let is_same_day = before.as_ref().is_none_or(|(day, sheet)| *day == told.day && sheet.is_some());
        if !is_known || !is_same_day {
            return;
        }
        let is_counted = self.choice.opened.is_some();
        let Some(sheet) = self.sheet(told.day, site) else { return };
        if let Some((_, Some(before))) = &before {
            sheet.subtract(before);
        }
        let mut tally = Sheet::default();
        let row = tally.row(site);
        row.seconds = told.seconds;
        if let Some(platform) = &told.platform {
            row.feeds.insert(platform.clone(), told.feed.clone());
        }
        if !is_counted {
            opened::forget(&mut tally);
        }
        sheet.add(&tally);
        self.visits.insert(told.id.clone(), (told.day, Some(tally)));
        self.unsaved.insert(Key::Row(told.day, site.to_owned()));
        self.unsaved.insert(Key::Visit(told.day, told.id.clone()));
    }

    /// What is to be stored, with its keys; it counts as stored from now on.
    pub(super) fn unsaved(&mut self) -> Vec<(Key, Vec<u8>)> {
        let keys = std::mem::take(&mut self.unsaved);
        keys.into_iter().filter_map(|key| self.value(&key).map(|bytes| (key, bytes))).collect()
    }

    /// It could not be stored after all.
    pub(super) fn put_back(&mut self, keys: impl IntoIterator<Item = Key>) {
        self.unsaved.extend(keys);
    }

    pub(super) fn has_unsaved(&self) -> bool {
        !self.unsaved.is_empty()
    }

    /// Forgets a site; pages of it that are open are not counted any more.
    pub(super) fn forget_site(&mut self, site: &str) {
        for sheet in self.days.values_mut() {
            sheet.sites.remove(site);
        }
        self.end_visits(|_, sheet| sheet.sites.contains_key(site));
    }

    /// Forgets a day.
    pub(super) fn forget_day(&mut self, day: u32) {
        self.days.remove(&day);
        self.end_visits(|of, _| of == day);
    }

    /// Forgets whose items were opened.
    pub(super) fn forget_opened(&mut self) {
        for (day, sheet) in &mut self.days {
            if opened::forget(sheet) {
                self.unsaved.extend(sheet.sites.keys().map(|site| Key::Row(*day, site.clone())));
            }
        }
        for (id, (day, told)) in &mut self.visits {
            if told.as_mut().is_some_and(opened::forget) {
                self.unsaved.insert(Key::Visit(*day, id.clone()));
            }
        }
    }

    /// Forgets everything.
    pub(super) fn forget_all(&mut self) {
        self.days.clear();
        self.end_visits(|_, _| true);
    }

    /// The rows of a site on the days that are open.
    pub(super) fn site(&self, site: &str) -> impl Iterator<Item = &Row> {
        self.days.values().filter_map(move |sheet| sheet.sites.get(site))
    }

    /// What became of the requests from a site to a company on the days that are open.
    pub(super) fn met(&self, site: &str, company: &str) -> impl Iterator<Item = (u32, &Counts)> {
        self.days.iter().filter_map(move |(day, sheet)| Some((*day, sheet.sites.get(site)?.companies.get(company)?)))
    }

    /// Adds how often items of these were opened on a platform, on the days that are open, from one on.
    pub(super) fn opened(&self, from: u32, platform: &str, marks: &[String], sums: &mut [u32]) {
        for row in self.days.range(from..).flat_map(|(_, sheet)| sheet.sites.values()) {
            opened::add_row(row, platform, marks, sums);
        }
    }

    /// Whether a day is open, so that what is stored of its rows is known here.
    pub(super) fn has(&self, day: u32) -> bool {
        self.is_open && day >= self.from
    }

    fn end_visits(&mut self, is: impl Fn(u32, &Sheet) -> bool) {
        for (id, (day, told)) in &mut self.visits {
            if told.as_ref().is_some_and(|sheet| is(*day, sheet)) {
                *told = None;
                self.unsaved.insert(Key::Visit(*day, id.clone()));
            }
        }
    }

    fn sheet(&mut self, day: u32, site: &str) -> Option<&mut Sheet> {
        let is_noted = self.is_open && day >= self.from && !site.is_empty() && !self.choice.never.contains(site);
        is_noted.then(|| self.days.entry(day).or_default())
    }

    fn value(&self, key: &Key) -> Option<Vec<u8>> {
        match key {
            Key::Row(day, site) => {
                let row = self.days.get(day)?.sites.get(site)?;
                Some(pack(&Sheet { sites: [(site.clone(), row.clone())].into() }))
            }
            Key::Visit(_, id) => self.visits.get(id).map(|(_, told)| told.as_ref().map(pack).unwrap_or_default()),
            Key::Sheet(_) | Key::Aside(_) => None,
        }
    }
}
