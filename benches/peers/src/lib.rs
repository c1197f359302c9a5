//! Brave's crate behind the few calls that the benchmark makes of everybody, so that it can be asked from JavaScript.
//!
//! It is asked as its documentation shows, with the features it has by default. What this deliberately does not do: any
//! of the work outside the calls that are timed.

use adblock::Engine;
use adblock::lists::{FilterSet, ParseOptions};
use adblock::request::Request;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

thread_local! {
    static BRAVE: RefCell<Option<Engine>> = const { RefCell::new(None) };
}

/// Reads lists.
pub fn compiled(lists: Vec<String>) -> Engine {
    let mut set = FilterSet::new(false);
    for list in lists {
        set.add_filter_list(list, ParseOptions::default());
    }
    Engine::new_with_filter_set(set)
}

/// Whether it stops a request.
pub fn stops(brave: &Engine, url: &str, frame: &str, kind: &str) -> bool {
    Request::new(url, frame, kind, "get").is_ok_and(|request| brave.check_network_request(&request).should_block())
}

/// Reads lists.
#[wasm_bindgen]
pub fn compile(lists: Vec<String>) {
    BRAVE.with(|cell| cell.replace(Some(compiled(lists))));
}

/// The compiled form, for keeping.
#[wasm_bindgen]
pub fn save() -> Vec<u8> {
    BRAVE.with_borrow(|brave| brave.as_ref().map(Engine::serialize).unwrap_or_default())
}

/// Takes up a compiled form.
#[wasm_bindgen]
pub fn load(bytes: &[u8]) -> bool {
    let mut brave = Engine::default();
    let is_good = brave.deserialize(bytes).is_ok();
    BRAVE.with(|cell| cell.replace(Some(brave)));
    is_good
}

/// Whether it stops a request.
#[wasm_bindgen]
pub fn ask(url: &str, frame: &str, kind: &str) -> bool {
    BRAVE.with_borrow(|brave| brave.as_ref().is_some_and(|brave| stops(brave, url, frame, kind)))
}
