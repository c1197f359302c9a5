//! The diary as a file: written for the person, and taken in from them, in the page that they look at.
//!
//! The page opens the store itself, so that the background, which is loaded anew for every visit, carries none of this.
//! What the background has noted and not stored yet, the page's script has it store first (`extension/pages/diary.js`).
//! A file goes nowhere from here: what is made of it, the script does.

use idb::TransactionMode::{ReadOnly, ReadWrite};
use serde::Serialize;
use serde_json::{Map, Value};
use wasm_bindgen::JsValue;

use crate::api::diary::{self, Table};
use crate::web::diary::{Step, newer, put, words};

/// What became of a file.
#[derive(Debug, Default, Serialize)]
struct TakenIn {
    /// Why it was not taken in: `foreign`, `newer`, or `damaged: …`. Then nothing was changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<String>,
    /// The choices that hold with those of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    choices: Option<Map<String, Value>>,
}

/// Everything, with what the person chose elsewhere, by key.
///
/// # Errors
/// If the store fails, or a later release wrote it.
pub async fn written(choices: JsValue) -> Result<String, JsValue> {
    let values = Step::begin(ReadOnly).await.map_err(words)?.all("").await.map_err(words)?;
    Ok(diary::written(&diary::sheets(&values).map_err(newer)?, read(choices)))
}

/// A table for a spreadsheet: `sightings`, `feeds` or `sites`.
///
/// # Errors
/// If there is no such table, the store fails, or a later release wrote it.
pub async fn table(name: &str) -> Result<String, JsValue> {
    let table = Table::named(name).ok_or("there is no such table")?;
    let values = Step::begin(ReadOnly).await.map_err(words)?.all("").await.map_err(words)?;
    Ok(diary::csv(&diary::sheets(&values).map_err(newer)?, table))
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
        }
        Err(refused) => done.refused = Some(refused.to_string()),
    }
    Ok(done.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}

/// What the person chose elsewhere; none if it cannot be read.
fn read(choices: JsValue) -> Map<String, Value> {
    serde_wasm_bindgen::from_value(choices).unwrap_or_default()
}
