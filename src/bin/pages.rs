//! The wasm of the extension's own pages: one function a page, called by that page's script.
//!
//! They share one wasm because they share words, settings and Leptos; what runs in other people's pages is in `page`.

fn main() {}

#[cfg(target_arch = "wasm32")]
#[allow(unreachable_pub, reason = "wasm-bindgen exports only what is pub, and a bin is reached by nobody in Rust")]
mod door {
    use js_sys::Function;
    use plainsight::web::pages::{self, browser::Browser, diary_file};
    use wasm_bindgen::prelude::*;

    /// Draws the toolbar popup, with the browser that its script lends.
    #[wasm_bindgen]
    pub fn popup(browser: Browser) {
        pages::popup(browser);
    }

    /// Draws the side panel, with the browser that its script lends.
    #[wasm_bindgen]
    pub fn panel(browser: Browser) {
        pages::panel(browser);
    }

    /// Draws the page of all choices, with the browser that its script lends.
    #[wasm_bindgen]
    pub fn options(browser: Browser) {
        pages::options(browser);
    }

    /// Draws the welcome, with the browser that its script lends.
    #[wasm_bindgen]
    pub fn welcome(browser: Browser) {
        pages::welcome(browser);
    }

    /// Draws the dashboard, with the browser that its script lends.
    #[wasm_bindgen]
    pub fn dashboard(browser: Browser) {
        pages::dashboard(browser);
    }

    /// Draws the cards for people, with the browser that its script lends.
    #[wasm_bindgen]
    pub fn lessons(browser: Browser) {
        pages::lessons(browser);
    }

    /// Draws the page on which each protection is tried, with the browser that its script lends.
    #[wasm_bindgen]
    pub fn selftest(browser: Browser) {
        pages::selftest(browser);
    }

    /// The whole diary as a file, with what the person chose elsewhere; `on` is told how far it is.
    #[wasm_bindgen]
    pub async fn diary_written(choices: JsValue, on: Function) -> Result<String, JsValue> {
        diary_file::written(choices, &on).await
    }

    /// What the person chose as a file, without the diary.
    #[wasm_bindgen]
    pub fn choices_written(choices: JsValue) -> String {
        diary_file::choices_written(choices)
    }

    /// A table of the diary for a spreadsheet; `on` is told how far it is.
    #[wasm_bindgen]
    pub async fn diary_table(name: String, on: Function) -> Result<String, JsValue> {
        diary_file::table(&name, &on).await
    }

    /// What of the diary could not be read, as a file.
    #[wasm_bindgen]
    pub async fn diary_damaged() -> Result<String, JsValue> {
        diary_file::damaged().await
    }

    /// Takes a file of a diary in; `on` is told how far it is.
    #[wasm_bindgen]
    pub async fn take_diary_in(text: String, choices: JsValue, on: Function) -> Result<JsValue, JsValue> {
        diary_file::take_in(&text, choices, &on).await
    }
}
