//! The background's shell: keeps the one `Background` of this context and turns JavaScript's values into its questions.
//!
//! It decides nothing. A value that cannot be read is an error for the script, which logs it; a question before
//! `start` is one as well. Nothing is stored here, because only the script may touch the browser.

use std::cell::RefCell;

use serde::Serialize;
use wasm_bindgen::JsValue;

use crate::api::background::{self, Batch, Loaded, Saved};

thread_local! {
    static BACKGROUND: RefCell<Option<Loaded>> = const { RefCell::new(None) };
}

/// Opens the pack and takes in what was stored (`{ session, local }`, by key).
///
/// # Errors
/// Says what is wrong with the pack or the shape of `saved`.
pub fn start(pack: Vec<u8>, saved: JsValue) -> Result<(), JsValue> {
    let saved: Saved = serde_wasm_bindgen::from_value(saved)?;
    let loaded = background::open(pack, saved).map_err(|error| JsValue::from_str(&error.to_string()))?;
    BACKGROUND.with(|cell| cell.replace(Some(loaded)));
    Ok(())
}

/// Takes in a batch of reports and tells what changed.
///
/// # Errors
/// If the batch has not the agreed shape, or comes before `start`.
pub fn saw(batch: JsValue) -> Result<JsValue, JsValue> {
    let batch: Batch = serde_wasm_bindgen::from_value(batch)?;
    with(|background| told(&background.saw(&batch)))
}

/// What is known of the page that a tab shows at `url`.
///
/// # Errors
/// If asked before `start`.
pub fn tab(number: i32, url: &str) -> Result<JsValue, JsValue> {
    with(|background| told(&background.tab(number, url)))
}

/// What is known of a site over the days that were loaded.
///
/// # Errors
/// If asked before `start`.
pub fn site(host: &str) -> Result<JsValue, JsValue> {
    with(|background| told(&background.site(host)))
}

pub(super) fn with<A>(ask: impl FnOnce(&mut Loaded) -> Result<A, JsValue>) -> Result<A, JsValue> {
    BACKGROUND.with_borrow_mut(|cell| match cell {
        Some(background) => ask(background),
        None => Err(JsValue::from_str("the background core was asked before it was started")),
    })
}

/// Plain objects rather than `Map`s, because storage keeps only what JSON knows.
fn told(value: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}
