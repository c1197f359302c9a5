//! The browser as the page's script lends it.
//!
//! One object comes in from the page's script and is kept for the life of the page. Answers are foreign: one that cannot be
//! read counts as no answer. Which question is asked when is the business of the parts that show it.

use std::cell::RefCell;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use crate::api::background::TabReport;
use crate::api::offer::Offer;
use crate::api::protection::Protection;
use crate::api::settings::Settings;

pub use super::speech::{DayForm, counted, day, day_as, list, number, share, time, words, words_of, words_with};
pub use crate::api::key;

#[wasm_bindgen]
extern "C" {
    /// What `lend.js` lends; see `PageBrowser` in `extension/types.d.ts`.
    #[derive(Clone)]
    pub type Browser;

    #[wasm_bindgen(method)]
    fn now(this: &Browser) -> f64;
    #[wasm_bindgen(method)]
    fn reload(this: &Browser);
    #[wasm_bindgen(method, js_name = openOptions)]
    fn open_options(this: &Browser);
    #[wasm_bindgen(method, catch)]
    async fn stored(this: &Browser, area: &str, key: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn store(this: &Browser, area: &str, key: &str, value: JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn found(this: &Browser) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn ask(this: &Browser, question: JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, js_name = onStored)]
    fn on_stored(this: &Browser, area: &str, key: &str, listener: &js_sys::Function);
    #[wasm_bindgen(method, catch)]
    async fn permitted(this: &Browser) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method)]
    fn permit(this: &Browser) -> js_sys::Promise;
    #[wasm_bindgen(method, js_name = onPermitted)]
    fn on_permitted(this: &Browser, listener: &js_sys::Function);
    #[wasm_bindgen(method)]
    fn offers(this: &Browser) -> JsValue;
    #[wasm_bindgen(method, catch)]
    async fn place(this: &Browser) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn look(this: &Browser, selectors: Vec<String>) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, js_name = alsoRead)]
    fn also_read(this: &Browser, host: &str, site: &str) -> js_sys::Promise;
    #[wasm_bindgen(method, js_name = leaveAlone)]
    fn leave_alone(this: &Browser, host: &str) -> js_sys::Promise;
    #[wasm_bindgen(method, getter)]
    fn tab(this: &Browser) -> i32;
}

/// Where something is stored.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    /// What the person chose for feeds.
    Settings,
    /// What the person chose about requests.
    Protection,
    /// What the background counted in the tab.
    Tab,
    /// The search for what a page in the tab is missing.
    Mend,
    /// What became of newer texts of the shipped lists.
    Updates,
    /// The hosts that the person has read though no site's file names them.
    AlsoRead,
    /// What the person chose about the diary.
    Diary,
    /// The language of our own pages.
    Language,
    /// What the person chose about the mirror.
    Mirror,
}

impl Place {
    /// The store and the key in it.
    fn address(self) -> (&'static str, String) {
        match self {
            Place::Settings => ("local", "settings".to_owned()),
            Place::Protection => ("local", "protection".to_owned()),
            Place::Tab => ("session", format!("tab:{}", tab())),
            Place::Mend => ("session", format!("mend:{}", tab())),
            Place::Updates => ("local", "updates".to_owned()),
            Place::AlsoRead => ("local", "also".to_owned()),
            Place::Diary => ("local", "diary".to_owned()),
            Place::Language => ("local", "language".to_owned()),
            Place::Mirror => ("local", "mirror".to_owned()),
        }
    }
}

/// Where the tab is.
#[derive(Clone, Debug, Deserialize)]
pub struct Where {
    /// The host.
    pub host: String,
    /// The path.
    pub path: String,
}

/// A question that needs no more than the tab's number.
#[derive(Serialize)]
struct Question {
    ask: &'static str,
    tab: i32,
}

thread_local! {
    static LENT: RefCell<Option<Browser>> = const { RefCell::new(None) };
}

/// Keeps what the script lends.
pub fn keep(browser: Browser) {
    LENT.with(|cell| cell.replace(Some(browser)));
}

/// What the script lent.
pub(super) fn lent() -> Option<Browser> {
    LENT.with_borrow(Clone::clone)
}

/// The time now (milliseconds since 1970).
pub fn now() -> u64 {
    // `as` saturates, and no browser at all is the beginning of time.
    lent().map_or(0.0, |browser| browser.now()) as u64
}

/// Loads the page in the tab again.
pub fn reload() {
    if let Some(browser) = lent() {
        browser.reload();
    }
}

/// Opens the page of all choices.
pub fn open_options() {
    if let Some(browser) = lent() {
        browser.open_options();
    }
}

/// The number of the tab that the popup is about.
pub fn tab() -> i32 {
    lent().map_or(-1, |browser| browser.tab())
}

/// What is stored under a key; none if nothing is, or nothing that can be read.
pub async fn stored<T: DeserializeOwned>(place: Place) -> Option<T> {
    let (area, key) = place.address();
    read(lent()?.stored(area, &key).await.ok()?)
}

/// Stores a value under a key.
pub async fn store(place: Place, value: &impl Serialize) {
    let (area, key) = place.address();
    let value = value.serialize(&serde_wasm_bindgen::Serializer::json_compatible());
    if let (Some(browser), Ok(value)) = (lent(), value) {
        // A store that is full answers with an error; what is shown is then the stored state at the next opening.
        let _ = browser.store(area, &key, value).await;
    }
}

/// Calls back when what is stored under a key changes.
pub fn on_stored(place: Place, listener: impl FnMut() + 'static) {
    if let Some(browser) = lent() {
        let (area, key) = place.address();
        browser.on_stored(area, &key, &forever(listener));
    }
}

/// The stored settings; the defaults if there are none.
pub async fn settings() -> Settings {
    stored(Place::Settings).await.unwrap_or_default()
}

/// The stored choices about requests; as usual if there are none.
pub async fn protection() -> Protection {
    stored(Place::Protection).await.unwrap_or_default()
}

/// What the tab's content script found; none if the tab has no feed that is read.
pub async fn found<T: DeserializeOwned>() -> Option<T> {
    read(lent()?.found().await.ok()?)
}

/// Whether the browser lets all sites be read; none if it does not say.
pub async fn permitted() -> Option<bool> {
    read(lent()?.permitted().await.ok()?)
}

/// Has the browser ask the person for all sites. To be called in the click itself, which lets it.
pub fn permit() -> Option<js_sys::Promise> {
    lent().map(|browser| browser.permit())
}

/// Calls back when the browser lets other sites be read than before.
pub fn on_permitted(listener: impl FnMut() + 'static) {
    if let Some(browser) = lent() {
        browser.on_permitted(&forever(listener));
    }
}

/// The sites that may be read on any host.
pub fn offers() -> Vec<Offer> {
    lent().and_then(|browser| read(browser.offers())).unwrap_or_default()
}

/// Where the tab is, if a person may have that read; none on hosts that a site's file names, and in private windows.
pub async fn place() -> Option<Where> {
    read(lent()?.place().await.ok()?)
}

/// How often each of these selectors matches in the tab's page; nothing where nobody may look.
pub async fn look(selectors: Vec<String>) -> Vec<usize> {
    let Some(browser) = lent() else { return Vec::new() };
    browser.look(selectors).await.ok().and_then(read).unwrap_or_default()
}

/// Has a host read as this site from now on. To be called in the click itself, which lets the browser ask the person.
pub fn also_read(host: &str, site: &str) -> Option<js_sys::Promise> {
    lent().map(|browser| browser.also_read(host, site))
}

/// Leaves a host alone again.
pub fn leave_alone(host: &str) -> Option<js_sys::Promise> {
    lent().map(|browser| browser.leave_alone(host))
}

/// Asks the background; none if it does not answer, or nothing that can be read.
pub async fn ask<T: DeserializeOwned>(question: &impl Serialize) -> Option<T> {
    let question = question.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).ok()?;
    read(lent()?.ask(question).await.ok()?)
}

/// What the background knows of a tab; none if it could not start.
pub async fn report(tab: i32) -> Option<TabReport> {
    ask(&Question { ask: "tab", tab }).await
}

/// A listener that lives as long as the page does.
pub(super) fn forever(listener: impl FnMut() + 'static) -> js_sys::Function {
    Closure::<dyn FnMut()>::new(listener).into_js_value().unchecked_into()
}

pub(super) fn read<T: DeserializeOwned>(value: JsValue) -> Option<T> {
    serde_wasm_bindgen::from_value(value).ok()
}
