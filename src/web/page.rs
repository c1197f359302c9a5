//! The door of the page core: questions in, answers out, as JavaScript values that cross as JSON text.
//!
//! The browser reads and writes JSON faster than anybody could carry a value over piece by piece. Only what a page
//! received is left out of it: that is long, is text already, and would be written and read twice more.
//!
//! One core lives in one document, so it is kept here and not handed to JavaScript. A question that cannot be read is an
//! error with its reason, never a panic: after a panic a wasm instance is worth nothing, and the feed stays as it is.

use std::cell::RefCell;

use js_sys::{JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsError, JsValue};

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
    let question = read(question)?;
    let reply = PAGE.with_borrow_mut(|slot| slot.as_mut().map(|page| page.ask(question)));
    let reply = reply.ok_or_else(|| JsError::new("the page core is not open"))?;
    JSON::parse(&serde_json::to_string(&reply)?).map_err(unreadable)
}

fn read(mut question: JsValue) -> Result<Ask, JsError> {
    let of = |name: &str| Reflect::get(&question, &name.into()).map_err(unreadable);
    let name = of("ask")?.as_string().unwrap_or_default();
    let body = of("body")?.as_string();
    if body.is_some() {
        let bare = Object::assign(&Object::new(), question.unchecked_ref());
        Reflect::set(&bare, &"body".into(), &"".into()).map_err(unreadable)?;
        question = bare.into();
    }
    let text = JSON::stringify(&question).map_err(unreadable)?.as_string().unwrap_or_default();
    let ask = Ask::read(&name, &text)?;
    Ok(match body {
        Some(body) => ask.with_body(body),
        None => ask,
    })
}

/// Something that is no object, or holds itself.
fn unreadable(_: JsValue) -> JsError {
    JsError::new("this is no question")
}

/// Takes in one more pack that an answer wanted. It is unfolded, so that the bytes are not kept.
///
/// # Errors
/// If the pack is damaged or of another version, or the core is not open; all is then as before.
pub fn add(pack: &[u8]) -> Result<(), JsError> {
    let added = PAGE.with_borrow_mut(|slot| slot.as_mut().map(|page| page.add(pack)));
    Ok(added.ok_or_else(|| JsError::new("the page core is not open"))??)
}
