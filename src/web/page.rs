//! The door of the page core: questions in, answers out, as JavaScript values.
//!
//! One core lives in one document, so it is kept here and not handed to JavaScript. A question that cannot be read is an
//! error with its reason, never a panic: after a panic a wasm instance is worth nothing, and the feed stays as it is.

use std::cell::RefCell;

use serde::Serialize;
use wasm_bindgen::{JsError, JsValue};

use crate::api::page::{Ask, Page};

thread_local! {
    static PAGE: RefCell<Option<Page<'static>>> = const { RefCell::new(None) };
}

/// Opens the core of this document on a pack; where no site's file names the host, as the site that the person chose
/// (empty for none). The pack is kept for as long as the document lives.
///
/// # Errors
/// If the pack is damaged or of another version.
pub fn open(pack: Vec<u8>, host: &str, chosen: &str) -> Result<(), JsError> {
    let page = Page::open(Box::leak(pack.into_boxed_slice()), host, chosen)?;
    PAGE.with_borrow_mut(|slot| *slot = Some(page));
    Ok(())
}

/// Answers one question of [`Ask`] with a `Reply`.
///
/// # Errors
/// If the question cannot be read, or the core is not open.
pub fn ask(question: JsValue) -> Result<JsValue, JsError> {
    let question = Ask::read(serde_wasm_bindgen::from_value(question)?)?;
    let reply = PAGE.with_borrow_mut(|slot| slot.as_mut().map(|page| page.ask(question)));
    let reply = reply.ok_or_else(|| JsError::new("the page core is not open"))?;
    // Maps become plain objects and none becomes null, as in the JSON that types.d.ts describes.
    Ok(reply.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}

/// Takes in the phrases of one more language. They are unfolded, so that the bytes are not kept.
///
/// # Errors
/// If the pack is damaged or of another version, or the core is not open; all is then as before.
pub fn add_phrases(pack: &[u8]) -> Result<(), JsError> {
    let added = PAGE.with_borrow_mut(|slot| slot.as_mut().map(|page| page.add_phrases(pack)));
    Ok(added.ok_or_else(|| JsError::new("the page core is not open"))??)
}
