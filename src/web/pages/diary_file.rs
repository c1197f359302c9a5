//! The diary as a file: written for the person, and taken in from them, in the page that they look at.
//!
//! The page opens the store itself, so that the background, which is loaded anew for every visit, carries none of this.
//! What the background has noted and not stored yet, the page's script has it store first (`extension/pages/diary.js`).
//! Whoever waits is told how far it is, and the page is drawn meanwhile. A file goes nowhere from here: what is made of
//! it, the script does.

mod pieces;

use std::collections::BTreeMap;

use idb::TransactionMode::{ReadOnly, ReadWrite};
use js_sys::Function;
use serde::Serialize;
use serde_json::{Map, Value};
use wasm_bindgen::JsValue;

use self::pieces::tell;
use crate::api::diary::{self, Edit, Key, Period, Sheet, Table, Values};
use crate::web::diary::{Step, gone, newer, put, words};

/// After so many values it is told how far it is.
const STRIDE: usize = 8;

/// What became of a file.
#[derive(Debug, Default, Serialize)]
struct TakenIn {
    /// Why it was not taken in: `foreign`, `newer`, or `damaged: …`. Then nothing was changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<String>,
    /// The choices that hold with those of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    choices: Option<Map<String, Value>>,
    /// The rules and lists of the file's person, which the script knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    own: Option<Value>,
}

/// Everything, with what the person chose elsewhere, by key. `on` is told how far it is, and what it answers is waited for.
///
/// # Errors
/// If the store fails, or a later release wrote it.
pub async fn written(choices: JsValue, on: &Function) -> Result<String, JsValue> {
    let none = BTreeMap::new();
    // What is written of no sheet at all and of each alone, with the two braces at its end.
    let alone = diary::written(&none, Map::new()).len() - 2;
    text(on, &diary::written(&none, read(choices)), alone, 2, &|one| diary::written(one, Map::new())).await
}

/// What the person chose, alone.
pub fn choices_written(choices: JsValue) -> String {
    diary::written(&BTreeMap::new(), read(choices))
}

/// A table for a spreadsheet: `sightings`, `feeds` or `sites`.
///
/// # Errors
/// If there is no such table, the store fails, or a later release wrote it.
pub async fn table(name: &str, on: &Function) -> Result<String, JsValue> {
    let table = Table::named(name).ok_or("there is no such table")?;
    let head = diary::csv(&BTreeMap::new(), table);
    text(on, &head, head.len(), 0, &|one| diary::csv(one, table)).await
}

/// What could not be read and lies aside, as it was.
///
/// # Errors
/// If the store fails.
pub async fn damaged() -> Result<String, JsValue> {
    let values = Step::begin(ReadOnly).await.map_err(words)?.all("aside ").await.map_err(words)?;
    Ok(diary::write_damaged(&values))
}

/// Takes away what lies aside.
///
/// # Errors
/// If the store fails.
pub async fn throw_damaged() -> Result<(), JsValue> {
    let step = Step::begin(ReadWrite).await.map_err(words)?;
    let keys = step.keys().await.map_err(words)?;
    let aside: Vec<Key> = keys.into_iter().filter(|key| matches!(key, Key::Aside(_))).collect();
    put(step, gone(&aside)).await
}

/// Takes a file in; what became of it. `on` is told how far it is: reading the file is the first half of it, and what
/// becomes of what is kept the other.
///
/// # Errors
/// If the store fails, or a later release wrote it.
pub async fn take_in(text: &str, choices: JsValue, on: &Function) -> Result<JsValue, JsValue> {
    let mut done = TakenIn::default();
    let file = match pieces::read(text, on).await? {
        Some(file) => Ok(file),
        // What is wrong with it is told of the whole.
        None => diary::read(text),
    };
    match file {
        Ok(file) => {
            join(file.sheets, on).await?;
            done.choices = Some(diary::overlaid(&read(choices), &file.choices));
            done.own = file.choices.get("own").cloned();
        }
        Err(refused) => done.refused = Some(refused.to_string()),
    }
    Ok(done.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}

/// Joins sheets with what is stored, all of it in one transaction. A month is joined at a time, with all that may become
/// a part of it, and in between the browser draws the page.
async fn join(sheets: BTreeMap<Period, Sheet>, on: &Function) -> Result<(), JsValue> {
    let month = |period: Period| match period {
        Period::Day(day) => Period::week_of(day).month(),
        _ => period.month(),
    };
    let step = Step::begin(ReadWrite).await.map_err(words)?;
    let mut months: BTreeMap<Period, (Values, BTreeMap<Period, Sheet>)> = BTreeMap::new();
    for (key, bytes) in step.all("").await.map_err(words)? {
        if let Some(period) = key.period() {
            months.entry(month(period)).or_default().0.insert(key, bytes);
        }
    }
    for (period, sheet) in sheets {
        months.entry(month(period)).or_default().1.insert(period, sheet);
    }
    let (of, mut edit) = (months.len(), Edit::default());
    for (done, (month, (mine, theirs))) in months.into_iter().enumerate() {
        on.call2(&JsValue::NULL, &(of + done).into(), &(2 * of).into())?;
        // A transaction waits for nothing but its own requests.
        step.some([Key::Sheet(month)]).await.map_err(words)?;
        let one = diary::take_in(&mine, &theirs).map_err(newer)?;
        edit.put.extend(one.put);
        edit.gone.extend(one.gone);
    }
    put(step, edit).await
}

/// A file of all sums, written a period at a time: `frame` is the file without any, of which the last `end` bytes stand behind
/// them, and of what `piece` makes of one it is cut off, with so many bytes before it.
async fn text(
    on: &Function,
    frame: &str,
    before: usize,
    end: usize,
    piece: &dyn Fn(&BTreeMap<Period, Sheet>) -> String,
) -> Result<String, JsValue> {
    let sums = sheets(on).await?;
    let of = sums.len();
    let (head, tail) = frame.split_at(frame.len() - end);
    let mut text = head.to_owned();
    for (done, (period, sheet)) in sums.into_iter().enumerate() {
        tell(on, of + done, 2 * of).await?;
        let mut one = BTreeMap::new();
        one.insert(period, sheet);
        // In JSON what stands beside each other is parted.
        if done > 0 && end > 0 {
            text.push(',');
        }
        let one = piece(&one);
        text.push_str(&one[before..one.len() - end]);
    }
    text.push_str(tail);
    Ok(text)
}

/// All sums by period, which is the first half of a file.
async fn sheets(on: &Function) -> Result<BTreeMap<Period, Sheet>, JsValue> {
    let values = Step::begin(ReadOnly).await.map_err(words)?.all("").await.map_err(words)?;
    let mut sums = BTreeMap::new();
    for (done, (key, bytes)) in values.iter().enumerate() {
        if done % STRIDE == 0 {
            tell(on, done, 2 * values.len()).await?;
        }
        diary::add(&mut sums, key, bytes).map_err(newer)?;
    }
    Ok(sums)
}

/// What the person chose elsewhere; none if it cannot be read.
fn read(choices: JsValue) -> Map<String, Value> {
    serde_wasm_bindgen::from_value(choices).unwrap_or_default()
}
