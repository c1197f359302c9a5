//! The diary between the background and its store: opens it, keeps what is noted, folds what is old, forgets what the person
//! wants forgotten. Files are no business of it: pages write and read them (`web::pages::diary_file`).
//!
//! Each step is one transaction, and the background is never borrowed while one is waited for. What is noted is taken
//! once the transaction is there, so that two who store can only follow each other. A store that is full is folded
//! further, and says so (`full`) until there is room again. What waits for room lies in `storage.session` meanwhile: a disk
//! without room takes nothing anywhere, and the browser's memory outlives the background.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::pin::Pin;

use idb::TransactionMode::{ReadOnly, ReadWrite};
use serde::Serialize;
use serde_json::{Map, Value};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::background::{read, told, with};
use super::diary::{Step, gone, newer, put, stored, words};
use crate::api::diary::{self, Ages, Edit, Key, Period, Sheet};

thread_local! {
    static FULL: Cell<bool> = const { Cell::new(false) };
    static OPEN: Cell<bool> = const { Cell::new(false) };
    /// Whether anything may lie in `storage.session`: a background before this one may have put it there.
    static WAITS: Cell<bool> = const { Cell::new(true) };
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["chrome", "storage", "session"], js_name = set)]
    async fn keep_for_session(values: JsValue) -> Result<(), JsValue>;
}

/// Something that several wait for: in a box, so that not each of them carries all of it.
type Kept = Pin<Box<dyn Future<Output = Result<(), JsValue>>>>;

/// How things are.
#[derive(Debug, Default, Serialize)]
struct Report {
    /// Whether anything is written down: not if the store cannot be opened.
    open: bool,
    /// Whether there was no room, so that days were folded earlier.
    full: bool,
    /// How many values were damaged and lie aside.
    aside: usize,
}

/// Opens the diary: takes in what was stored in `storage.local` before, by key, and then what is stored of open days.
///
/// # Errors
/// If the browser has no place for it. Then nothing is noted.
pub async fn open(former: JsValue) -> Result<(), JsValue> {
    let former: Map<String, Value> = read(former).unwrap_or_default();
    let mut days: BTreeMap<Period, Sheet> = BTreeMap::new();
    for (period, sheet) in former.iter().filter_map(|(key, value)| diary::former(key, value)) {
        days.insert(period, sheet);
    }
    if !days.is_empty() {
        let step = Step::begin(ReadWrite).await.map_err(words)?;
        let keys = days.keys().map(|period| Key::Sheet(*period));
        let here = step.some(keys).await.map_err(words)?;
        let edit = diary::join(&here, &days).map_err(newer)?;
        put(step, edit).await?;
    }
    let step = Step::begin(ReadOnly).await.map_err(words)?;
    let mut open = step.all("row ").await.map_err(words)?;
    open.append(&mut step.all("visit ").await.map_err(words)?);
    let aside = diary::aside(&open).map_err(newer)?;
    if aside != Edit::default() {
        put(Step::begin(ReadWrite).await.map_err(words)?, aside).await?;
    }
    with(|background| {
        background.open_diary(open);
        Ok(())
    })?;
    OPEN.set(true);
    Ok(())
}

/// Stores what is noted; in a store that is full, after folding what is there further.
///
/// # Errors
/// If it could not be stored. It is not lost, and the next to be called tries again.
pub fn keep(today: u32) -> Kept {
    Box::pin(async move {
        let mut is_folded = false;
        loop {
            match put_notes().await {
                Ok(any) => {
                    // Where nothing was to be stored, nobody learns whether there is room.
                    FULL.set(FULL.get() && (is_folded || !any));
                    return Ok(());
                }
                Err(error) if is_folded => return Err(error),
                Err(_) => FULL.set(true),
            }
            // What could be folded before it failed may be room enough.
            let _ = fold_all(today, Ages::SHORT).await;
            is_folded = true;
        }
    })
}

/// Stores what is noted; whether anything was.
async fn put_notes() -> Result<bool, JsValue> {
    let step = Step::begin(ReadWrite).await.map_err(words)?;
    let notes = with(|background| Ok(background.notes()))?;
    let mut edit = Edit::default();
    for (key, value) in &notes {
        edit.put.insert(key.to_string(), value.clone());
    }
    let done = step.end(&edit).await.map_err(words).and_then(stored);
    if done.is_err() {
        WAITS.set(true);
        with(|background| {
            background.put_notes_back(notes.into_iter().map(|(key, _)| key).collect());
            Ok(())
        })?;
    }
    lay_aside().await?;
    done.map(|()| !edit.put.is_empty())
}

/// Has `storage.session` hold what waits for room, and nothing else: what was stored or forgotten must not come back.
async fn lay_aside() -> Result<(), JsValue> {
    if !WAITS.get() {
        return Ok(());
    }
    let (waits, values) = with(|background| Ok(background.waiting()))?;
    keep_for_session(told(&values)?).await?;
    // What began to wait meanwhile is laid aside by who had it wait.
    WAITS.set(waits);
    Ok(())
}

/// Lets go what the person does not want to be kept so long, stores what waits for room, and folds what is old.
///
/// # Errors
/// If the store fails; what was done until then holds.
pub async fn tend(today: u32) -> Result<(), JsValue> {
    let choice = with(|background| Ok(background.diary_choice().keep))?;
    // Before anything is stored or folded, for which there may be no room until this is gone.
    let step = Step::begin(ReadWrite).await.map_err(words)?;
    let keys = step.keys().await.map_err(words)?;
    put(step, gone(&diary::expired(&keys, today, choice))).await?;
    if keep(today).await.is_err() {
        // There is no room: all that can be folded is, and who asks is told.
        return Ok(());
    }
    fold_all(today, Ages::USUAL).await
}

/// Closes the days before yesterday, and folds until nothing is left to fold, each in a transaction of its own.
fn fold_all(today: u32, ages: Ages) -> Kept {
    Box::pin(async move {
        let open = with(|background| Ok(background.close_days(today.saturating_sub(1))))?;
        // A row that waits for room will be stored as the whole that it is: what is stored of it must not go into a sum before.
        let may = |fold: &diary::Fold| !matches!(fold.from.first(), Some(Key::Row(day, _)) if *day >= open);
        loop {
            let step = Step::begin(ReadWrite).await.map_err(words)?;
            let keys = step.keys().await.map_err(words)?;
            let Some(fold) = diary::folds(&keys, today, ages).into_iter().find(may) else { return Ok(()) };
            let values = fold.from.iter().cloned().chain([Key::Sheet(fold.into)]);
            let values = step.some(values).await.map_err(words)?;
            let edit = diary::fold(&fold, &values).map_err(newer)?;
            put(step, edit).await?;
        }
    })
}

/// The person chose anew about the diary.
///
/// # Errors
/// If told before `start`.
pub fn choose(stored: JsValue) -> Result<(), JsValue> {
    let stored: Value = read(stored).unwrap_or_default();
    with(|background| {
        background.choose_diary(&stored);
        Ok(())
    })
}

/// A page at `url` tells what its feed was made of; what changed.
///
/// # Errors
/// If it is not of the agreed shape, or comes before `start`.
pub fn tallied(url: &str, tally: JsValue, today: u32) -> Result<JsValue, JsValue> {
    let tally = read(tally)?;
    with(|background| told(&background.tallied(url, &tally, today)))
}

/// What the company of the platform at `url` was told of visits to where an item leads; null where nothing is known.
///
/// # Errors
/// If the question has not the agreed shape, or the store fails.
pub async fn told_of(url: &str, leads: JsValue) -> Result<JsValue, JsValue> {
    let leads: Vec<String> = read(leads)?;
    let Some(telling) = with(|background| Ok(background.telling(url, &leads)))? else { return Ok(JsValue::NULL) };
    let step = Step::begin(ReadOnly).await.map_err(words)?;
    let stored = step.all("").await.map_err(words)?;
    with(|background| told(&background.told(&telling, &stored)))
}

/// So many days are a week, today among them.
const WEEK: u32 = 7;

/// How often the person opened items of these on a platform within a week.
///
/// # Errors
/// If the marks are no texts, or the store fails.
pub async fn opened_of(platform: &str, marks: JsValue, today: u32) -> Result<JsValue, JsValue> {
    let marks: Vec<String> = read(marks)?;
    let from = today.saturating_sub(WEEK - 1);
    let step = Step::begin(ReadOnly).await.map_err(words)?;
    let stored = step.some((from..=today).map(|day| Key::Sheet(Period::Day(day)))).await.map_err(words)?;
    with(|background| told(&background.opened(from, platform, &marks, &stored)))
}

/// Carries out an order about the diary, and tells how things are then: `forget-site`, `forget-day`, `forget-all`,
/// `forget-opened`; or stores what is noted for who reads the store itself (`keep`). Any other word orders nothing.
///
/// # Errors
/// If the store fails.
pub async fn obey(order: &str, host: &str, day: u32, today: u32) -> Result<JsValue, JsValue> {
    if order.starts_with("forget-") {
        let mut site = String::new();
        with(|background| {
            match order {
                "forget-site" => site = background.forget_site(host),
                "forget-day" => background.forget_day(day),
                "forget-all" => background.forget_all(),
                "forget-opened" => background.forget_opened(),
                _ => {}
            }
            Ok(())
        })?;
        // What waits for room goes before what is stored: it must not come back if the background ends here.
        lay_aside().await?;
        let step = Step::begin(ReadWrite).await.map_err(words)?;
        let values = step.all("").await.map_err(words)?;
        // What pages told last stays where all of a day goes, as that they are not counted any more.
        let keys: Vec<Key> = values.keys().filter(|key| !matches!(key, Key::Visit(..))).cloned().collect();
        let edit = match order {
            "forget-site" => diary::forget_site(&values, &site).map_err(newer)?,
            "forget-opened" => diary::forget_opened(&values).map_err(newer)?,
            "forget-day" => gone(&diary::of_day(&keys, day)),
            "forget-all" => gone(&keys),
            _ => Edit::default(),
        };
        put(step, edit).await?;
    } else if order != "keep" {
        return tell().await;
    }
    // Where there is no room, the order is carried out all the same, and what is told says so.
    let _ = keep(today).await;
    tell().await
}

/// Tells how things are.
async fn tell() -> Result<JsValue, JsValue> {
    let step = Step::begin(ReadOnly).await.map_err(words)?;
    let keys = step.keys().await.map_err(words)?;
    let aside = keys.iter().filter(|key| matches!(key, Key::Aside(_))).count();
    told(&Report { open: OPEN.get(), full: FULL.get(), aside })
}
