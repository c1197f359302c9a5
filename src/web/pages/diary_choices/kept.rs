//! What a page of ours knows of the diary while a person decides about it: all sums, what lies aside, what they chose, what is
//! under way and what came of it.
//!
//! Nothing is known beforehand: before anything is shown or asked, the background stores what it has noted, and the store
//! is read. Orders are the background's to carry out, because it has today's rows in hand (`extension/diary.js`).

use std::collections::{BTreeMap, BTreeSet};
use std::pin::Pin;

use idb::TransactionMode::ReadOnly;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::super::browser::{self, Browser, Place, lent, words};
use crate::api::diary::amount::{Amount, Part, amount};
use crate::api::diary::{self, Choice, Key, Period, Sheet};
use crate::web::diary::Step;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(method, catch)]
    async fn room(this: &Browser) -> Result<JsValue, JsValue>;
}

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

    /// The sites that it knows, by name.
    pub fn sites(&self) -> BTreeSet<&str> {
        let mut sites = BTreeSet::new();
        for site in self.sheets.values().flat_map(|sheet| sheet.sites.keys()) {
            sites.insert(site.as_str());
        }
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
#[derive(Clone, Debug, Deserialize)]
pub struct Report {
    /// Whether anything is written down.
    pub open: bool,
    /// Whether there was no room, so that days were folded earlier.
    pub full: bool,
    /// How many values were damaged and lie aside.
    pub aside: u32,
}

/// What is known.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// What the store holds.
    pub kept: Kept,
    /// How things are; none before it is known.
    pub report: Option<Report>,
    /// What the person chose.
    pub choice: Choice,
    /// How much room all of the extension takes, and may take, in bytes; none if the browser does not say.
    pub room: Option<[f64; 2]>,
}

/// What is under way, and how far it is.
#[derive(Clone, Debug)]
pub struct Doing {
    /// In words.
    pub words: String,
    /// So much of it is done, of all; none if nobody knows.
    pub far: Option<(u32, u32)>,
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Told {
    /// It is done.
    Done(String),
    /// It is not.
    Trouble(String),
}

/// A question to the person, with how much would go.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What would be forgotten.
    pub part: Part,
    /// How much that is.
    pub amount: Amount,
}

/// What is going on.
#[derive(Clone, Debug, Default)]
pub struct Now {
    /// What is under way.
    pub doing: Option<Doing>,
    /// What came of what was.
    pub told: Option<Told>,
    /// What the person is asked.
    pub asked: Option<Asked>,
}

/// A change to what the person chose.
pub type Change = Box<dyn FnOnce(&mut Choice)>;
type Work = Pin<Box<dyn Future<Output = Option<Told>>>>;

/// What is shown, in one place for all parts of a page.
#[derive(Clone, Copy)]
pub struct Shown {
    /// What is known.
    pub known: RwSignal<Known>,
    /// What is going on.
    pub now: RwSignal<Now>,
    /// Whether something is under way, during which nothing else is begun.
    pub is_busy: Signal<bool>,
}

impl Shown {
    /// Nothing is known yet.
    pub(super) fn new() -> Shown {
        let now: RwSignal<Now> = RwSignal::default();
        let is_busy = Signal::derive(move || now.with(|now| now.doing.is_some()));
        Shown { known: RwSignal::default(), now, is_busy }
    }

    /// Does something that takes a while, and says what came of it.
    pub fn go(self, says: &str, work: impl Future<Output = Option<Told>> + 'static) {
        self.run(says, Box::pin(work));
    }

    fn run(self, says: &str, work: Work) {
        self.now.update(|now| {
            now.told = None;
            now.doing = Some(Doing { words: words(says), far: None });
        });
        spawn_local(async move {
            let told = work.await;
            self.now.update(|now| {
                now.doing = None;
                now.told = told;
            });
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
        let kept = Kept::read().await;
        let room = match lent() {
            Some(browser) => browser.room().await.ok(),
            None => None,
        };
        let room = room.and_then(|room| serde_wasm_bindgen::from_value(room).ok());
        let trouble = match (&report, &kept) {
            (None, _) => Some(Told::Trouble(words("popupBackgroundFailed"))),
            (_, Err(why)) => Some(Told::Trouble(words(why))),
            _ => None,
        };
        self.known.update(|known| {
            (known.report, known.room) = (report, room.filter(|[_, may]: &[f64; 2]| *may > 0.0));
            if let Ok(kept) = kept {
                known.kept = kept;
            }
        });
        trouble
    }

    /// Learns how things are.
    pub async fn look(self) -> Option<Told> {
        let choice = browser::stored(Place::Diary).await.unwrap_or_default();
        self.known.update(|known| known.choice = choice);
        self.order("keep", None).await
    }

    /// Has one choice hold from now on, for what is kept already as well. It is made to what is stored now, which may have
    /// been changed elsewhere.
    pub async fn choose(self, make: Change) -> Option<Told> {
        let mut choice: Choice = browser::stored(Place::Diary).await.unwrap_or_default();
        make(&mut choice);
        browser::store(Place::Diary, &choice).await;
        self.known.update(|known| known.choice = choice);
        self.order("tend", None).await
    }

    /// Asks whether a part is to go. Where nothing is kept of it there is nothing to ask: true if so.
    ///
    /// # Errors
    /// If it cannot be known what would go.
    pub async fn ask(self, part: Part) -> Result<bool, Told> {
        if let Some(trouble) = self.look().await {
            return Err(trouble);
        }
        let amount = self.known.with_untracked(|known| known.kept.amount(&part));
        let is_nothing = amount.is_nothing();
        if !is_nothing {
            self.now.update(|now| now.asked = Some(Asked { part, amount }));
        }
        Ok(is_nothing)
    }
}
