//! The page core: what runs beside a feed, in the content script or in the extension's frame.
//!
//! It exports three functions and nothing else; `web::page` says what they do.

use plainsight::web::page;
use wasm_bindgen::prelude::*;

fn main() {}

/// Opens the core of this document: the bytes of `page.pack`, the document's host, and the site that the person chose for
/// it, if no site's file names it.
#[wasm_bindgen]
pub fn open(pack: Vec<u8>, host: &str, chosen: &str) -> Result<(), JsError> {
    page::open(pack, host, chosen)
}

/// Answers one question.
#[wasm_bindgen]
pub fn ask(question: JsValue) -> Result<JsValue, JsError> {
    page::ask(question)
}

/// Takes in one more pack that an answer wanted: its bytes.
#[wasm_bindgen]
pub fn add(pack: &[u8]) -> Result<(), JsError> {
    page::add(pack)
}
