//! What a page of ours knows of the diary while a person decides about it: all sums, what lies aside, what they chose, what is
//! under way and what came of it.
//!
//! Nothing is known beforehand: before anything is shown or asked, the background stores what it has noted, and the store
//! is read. Orders are the background's to carry out, because it has today's rows in hand (`extension/diary.js`).

use std::collections::BTreeMap;

use idb::TransactionMode::ReadOnly;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen_futures::spawn_local;

use super::super::browser::{self, Place, words};
use super::super::stored;
use crate::api::diary::amount::{Amount, Part, amount};
use crate::api::diary::{self, Choice, Key, Period, Sheet};
use crate::web::diary::Step;

/// What the store holds.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// The sums by period.
    pub sheets: BTreeMap<Period, Sheet>,
    /// Keys of what could not be read and lies aside.
    pub aside: Vec<Key>,
    /// How much room all of it takes, in bytes.
    pub size: usize,
}

impl Kept {
    /// Reads it.
    ///
    /// # Errors
    /// With the key of the words that say why it cannot be read.
    async fn read() -> Result<Kept, &'static str> {
        let all = async { Step::begin(ReadOnly).await?.all("").await };
        let values = all.await.map_err(|_| "dashboardUnread")?;
        let sheets = diary::sheets(&values).map_err(|_| "diaryLater")?;
        let size = values.iter().map(|(key, bytes)| key.to_string().len() + bytes.len()).sum();
        let aside = values.into_keys().filter(|key| matches!(key, Key::Aside(_))).collect();
        Ok(Kept { sheets, aside, size })
    }

    /// How much of it a part is.
    pub fn amount(&self, part: &Part) -> Amount {
        amount(&self.sheets, &self.aside, part)
    }

    /// The sites that it knows.
    pub fn sites(&self) -> Vec<String> {
        let mut sites: Vec<String> = self.sheets.values().flat_map(|sheet| sheet.sites.keys().cloned()).collect();
        sites.sort_unstable();
        sites.dedup();
        sites
    }
}

/// An order about the diary; see `DiaryOrder` in `extension/diary-types.d.ts`.
#[derive(Serialize)]
struct Order<'a> {
    ask: &'static str,
    order: &'static str,
    site: &'a str,
    day: u32,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Report {
    /// Whether anything is written down.
    pub open: bool,
    /// Whether there was no room, so that days were folded earlier.
    pub full: bool,
    /// How many values were damaged and lie aside.
    pub aside: usize,
}

/// What is under way, and how far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doing {
    /// In words.
    pub words: String,
    /// So much of it is done.
    pub done: u32,
    /// That is all; none if nobody knows.
    pub of: Option<u32>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// It is done.
    Done(String),
    /// It is not.
    Trouble(String),
}

/// A question to the person, with how much would go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What would be forgotten.
    pub part: Part,
    /// How much that is.
    pub amount: Amount,
}

/// What is shown, in one place for all parts of a page.
#[derive(Clone, Copy)]
pub struct Shown {
    /// What the store holds.
    pub kept: RwSignal<Kept>,
    /// How things are; none before it is known.
    pub report: RwSignal<Option<Report>>,
    /// What the person chose.
    pub choice: RwSignal<Choice>,
    /// What is under way.
    pub doing: RwSignal<Option<Doing>>,
    /// What came of it.
    pub told: RwSignal<Option<Told>>,
    /// What the person is asked.
    pub asked: RwSignal<Option<Asked>>,
}

impl Shown {
    /// Nothing is known yet.
    pub fn new() -> Shown {
        Shown {
            kept: RwSignal::default(),
            report: RwSignal::new(None),
            choice: RwSignal::default(),
            doing: RwSignal::new(None),
            told: RwSignal::new(None),
            asked: RwSignal::new(None),
        }
    }

    /// Whether something is under way, during which nothing else is begun.
    pub fn is_busy(self) -> bool {
        self.doing.with(Option::is_some)
    }

    /// Does something that takes a while, and says what came of it.
    pub fn go(self, says: &str, work: impl Future<Output = Option<Told>> + 'static) {
        self.told.set(None);
        self.doing.set(Some(Doing { words: words(says), done: 0, of: None }));
        spawn_local(async move {
            let told = work.await;
            self.doing.set(None);
            self.told.set(told);
        });
    }

    /// Gives an order, and reads anew what is kept; why that failed, if it did.
    pub async fn order(self, order: &'static str, part: Option<&Part>) -> Option<Told> {
        let (site, day) = match part {
            Some(Part::Site(site)) => (site.as_str(), 0),
            Some(Part::Day(day)) => ("", *day),
            _ => ("", 0),
        };
        let report: Option<Report> = browser::ask(&Order { ask: "diary", order, site, day }).await;
        let is_answered = report.is_some();
        self.report.set(report);
        match Kept::read().await {
            _ if !is_answered => Some(Told::Trouble(words("popupBackgroundFailed"))),
            Ok(kept) => {
                self.kept.set(kept);
                None
            }
            Err(why) => Some(Told::Trouble(words(why))),
        }
    }

    /// Learns how things are.
    pub async fn look(self) -> Option<Told> {
        self.choice.set(browser::stored(Place::Diary).await.unwrap_or_default());
        self.order("keep", None).await
    }

    /// Has one choice hold from now on, for what is kept already as well.
    pub async fn choose(self, make: impl FnOnce(&mut Choice)) -> Option<Told> {
        stored::changed(Place::Diary, self.choice, make).await;
        self.order("tend", None).await
    }

    /// Asks whether a part is to go. Where nothing is kept of it there is nothing to ask: true if so.
    pub async fn ask(self, part: Part) -> Result<bool, Told> {
        if let Some(trouble) = self.look().await {
            return Err(trouble);
        }
        let amount = self.kept.with_untracked(|kept| kept.amount(&part));
        let is_nothing = amount.is_nothing();
        if !is_nothing {
            self.asked.set(Some(Asked { part, amount }));
        }
        Ok(is_nothing)
    }
}
