//! The diary as a file: written for the person, and taken in from them, in the page that they look at.
//!
//! The page opens the store itself, so that the background, which is loaded anew for every visit, carries none of this.
//! What the background has noted and not stored yet, the page's script has it store first (`extension/pages/diary.js`).
//! Whoever waits is told how far it is, and the page is drawn meanwhile. A file goes nowhere from here: what is made of
//! it, the script does.

use std::collections::BTreeMap;

use idb::TransactionMode::{ReadOnly, ReadWrite};
use js_sys::{Function, Promise};
use serde::Serialize;
use serde_json::{Map, Value};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::api::diary::{self, Key, Period, Sheet, Table};
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
    Ok(diary::written(&sheets(on).await?, read(choices)))
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
    Ok(diary::csv(&sheets(on).await?, table))
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

/// Takes a file in; what became of it.
///
/// # Errors
/// If the store fails, or a later release wrote it.
pub async fn take_in(text: &str, choices: JsValue) -> Result<JsValue, JsValue> {
    let mut done = TakenIn::default();
    match diary::read(text) {
        Ok(file) => {
            let step = Step::begin(ReadWrite).await.map_err(words)?;
            let values = step.all("").await.map_err(words)?;
            put(step, diary::take_in(&values, &file.sheets).map_err(newer)?).await?;
            done.choices = Some(diary::overlaid(&read(choices), &file.choices));
            done.own = file.choices.get("own").cloned();
        }
        Err(refused) => done.refused = Some(refused.to_string()),
    }
    Ok(done.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}

/// All sums by period.
async fn sheets(on: &Function) -> Result<BTreeMap<Period, Sheet>, JsValue> {
    let values = Step::begin(ReadOnly).await.map_err(words)?.all("").await.map_err(words)?;
    let mut sums = BTreeMap::new();
    for (done, (key, bytes)) in values.iter().enumerate() {
        if done % STRIDE == 0 {
            let told = on.call2(&JsValue::NULL, &done.into(), &values.len().into())?;
            JsFuture::from(Promise::resolve(&told)).await?;
        }
        diary::add(&mut sums, key, bytes).map_err(newer)?;
    }
    Ok(sums)
}

/// What the person chose elsewhere; none if it cannot be read.
fn read(choices: JsValue) -> Map<String, Value> {
    serde_wasm_bindgen::from_value(choices).unwrap_or_default()
}
