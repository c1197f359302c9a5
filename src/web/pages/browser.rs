//! The browser as the popup's script lends it, and the words that pages are written with.
//!
//! One object comes in from `popup.js` and is kept for the life of the page. Answers are foreign: one that cannot be
//! read counts as no answer. Which question is asked when is the business of the parts that show it.

use std::cell::RefCell;

use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;

use crate::api::background::TabReport;
use crate::api::settings::Settings;

#[wasm_bindgen]
extern "C" {
    /// What `popup.js` lends; see `PopupBrowser` in `extension/types.d.ts`.
    #[derive(Clone)]
    pub type Browser;

    #[wasm_bindgen(method)]
    fn words(this: &Browser, key: &str, values: Vec<String>) -> String;
    #[wasm_bindgen(method)]
    fn number(this: &Browser, value: f64) -> String;
    #[wasm_bindgen(method, catch)]
    async fn settings(this: &Browser) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn keep(this: &Browser, settings: JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn found(this: &Browser) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn report(this: &Browser) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, js_name = onSettings)]
    fn on_settings(this: &Browser, listener: &js_sys::Function);
    #[wasm_bindgen(method, js_name = onTab)]
    fn on_tab(this: &Browser, listener: &js_sys::Function);
}

thread_local! {
    static LENT: RefCell<Option<Browser>> = const { RefCell::new(None) };
}

/// Keeps what the script lends.
pub fn keep(browser: Browser) {
    LENT.with(|cell| cell.replace(Some(browser)));
}

fn lent() -> Option<Browser> {
    LENT.with_borrow(Clone::clone)
}

/// The words under a key of `_locales`, in the person's language.
pub fn words(key: &str) -> String {
    words_of(key, &[])
}

/// The words under a key, with a value put in its place.
pub fn words_with(key: &str, value: &str) -> String {
    words_of(key, &[value])
}

/// The words under a key, with several values put in their places.
pub fn words_of(key: &str, values: &[&str]) -> String {
    let values = values.iter().map(|value| (*value).to_owned()).collect();
    lent().map(|browser| browser.words(key, values)).unwrap_or_default()
}

/// The key `prefix` + `word`, where a word like `vote-bait` becomes `VoteBait`: how words of data find their words
/// for people.
pub fn key(prefix: &str, word: &str) -> String {
    let mut key = prefix.to_owned();
    for part in word.split('-') {
        let mut letters = part.chars();
        key.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        key.push_str(letters.as_str());
    }
    key
}

/// A number as the person's language writes it.
pub fn number(value: u32) -> String {
    lent().map(|browser| browser.number(value.into())).unwrap_or_default()
}

/// The stored settings; the defaults if there are none.
pub async fn settings() -> Settings {
    let stored = match lent() {
        Some(browser) => browser.settings().await.unwrap_or(JsValue::NULL),
        None => JsValue::NULL,
    };
    Settings::read(read(stored).unwrap_or_default())
}

/// Stores the settings.
pub async fn keep_settings(settings: Settings) {
    let value = settings.serialize(&serde_wasm_bindgen::Serializer::json_compatible());
    if let (Some(browser), Ok(value)) = (lent(), value) {
        // A store that is full answers with an error; the switch then shows the stored state at the next opening.
        let _ = browser.keep(value).await;
    }
}

/// What the tab's content script found; none if the tab has no feed that is read.
pub async fn found<T: DeserializeOwned>() -> Option<T> {
    read(lent()?.found().await.ok()?)
}

/// What the background knows of the tab; none if it could not start.
pub async fn report() -> Option<TabReport> {
    read(lent()?.report().await.ok()?)
}

/// Calls back when the stored settings change.
pub fn on_settings(listener: impl FnMut() + 'static) {
    if let Some(browser) = lent() {
        browser.on_settings(&forever(listener));
    }
}

/// Calls back when the background stored something new of the tab.
pub fn on_tab(listener: impl FnMut() + 'static) {
    if let Some(browser) = lent() {
        browser.on_tab(&forever(listener));
    }
}

/// A listener that lives as long as the page does.
fn forever(listener: impl FnMut() + 'static) -> js_sys::Function {
    Closure::<dyn FnMut()>::new(listener).into_js_value().unchecked_into()
}

fn read<T: DeserializeOwned>(value: JsValue) -> Option<T> {
    serde_wasm_bindgen::from_value(value).ok()
}
