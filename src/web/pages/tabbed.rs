//! What a page that is a tab of its own asks of the browser besides: its title, where in it one is, and the person's own day.
//!
//! Without a browser there is nothing of it, as in `browser`; what stands in the address is read by whoever wrote it there.

use wasm_bindgen::prelude::*;

use super::browser::{Browser, forever, lent, now};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(method)]
    fn zone(this: &Browser) -> i32;
    #[wasm_bindgen(method)]
    fn hash(this: &Browser) -> String;
    #[wasm_bindgen(method)]
    fn replace(this: &Browser, hash: &str);
    #[wasm_bindgen(method, js_name = onHash)]
    fn on_hash(this: &Browser, listener: &js_sys::Function);
    #[wasm_bindgen(method)]
    fn reach(this: &Browser, id: &str);
    #[wasm_bindgen(method)]
    fn anew(this: &Browser);
    #[wasm_bindgen(method)]
    fn platform(this: &Browser, id: &str) -> String;
    #[wasm_bindgen(method)]
    fn title(this: &Browser, text: &str);
}

/// Milliseconds in a minute, and in a day.
const MINUTE: i64 = 60_000;
const DAY: i64 = 86_400_000;

/// Gives the page its title.
pub fn title(text: &str) {
    if let Some(browser) = lent() {
        browser.title(text);
    }
}

/// The person's own day: days since 1970 by their clock.
pub fn today() -> u32 {
    let zone = lent().map_or(0, |browser| browser.zone());
    let now = i64::try_from(now()).unwrap_or_default() + i64::from(zone) * MINUTE;
    u32::try_from(now / DAY).unwrap_or_default()
}

/// Where in the page one is: what stands in its address behind the `#`, and with it.
pub fn hash() -> String {
    lent().map(|browser| browser.hash()).unwrap_or_default()
}

/// Writes where one is into the address; no step back leads to where one was.
pub fn replace(hash: &str) {
    if let Some(browser) = lent() {
        browser.replace(hash);
    }
}

/// Calls back when one is elsewhere in the page.
pub fn on_hash(listener: impl FnMut() + 'static) {
    if let Some(browser) = lent() {
        browser.on_hash(&forever(listener));
    }
}

/// Leads the eye and the keyboard to a part of the page, by its id; to its head if there is none.
pub fn reach(id: &str) {
    if let Some(browser) = lent() {
        browser.reach(id);
    }
}

/// Leads the eye and the keyboard to the part whose name stands in the address.
pub fn lead() {
    let hash = hash();
    let name = hash.trim_start_matches('#');
    if !name.is_empty() {
        reach(name);
    }
}

/// Opens the page anew.
pub fn anew() {
    if let Some(browser) = lent() {
        browser.anew();
    }
}

/// The name of a platform, by its site's id.
pub fn platform(id: &str) -> String {
    lent().map(|browser| browser.platform(id)).unwrap_or_default()
}
