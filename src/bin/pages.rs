//! The wasm of the extension's own pages: one function a page, called by that page's script.
//!
//! They share one wasm because they share words, settings and Leptos; what runs in other people's pages is in `page`.

fn main() {}

#[cfg(target_arch = "wasm32")]
#[allow(unreachable_pub, reason = "wasm-bindgen exports only what is pub, and a bin is reached by nobody in Rust")]
mod door {
    use plainsight::web::pages::{self, browser::Browser};
    use wasm_bindgen::prelude::*;

    /// Draws the toolbar popup, with the browser that its script lends.
    #[wasm_bindgen]
    pub fn popup(browser: Browser) {
        pages::popup(browser);
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
}
