//! The background's wasm: what `extension/background.js` may call, and nothing else.
//!
//! The four functions are named here rather than in the library, so that no other context's wasm carries them. Their
//! shapes are written down in `extension/types.d.ts`.

fn main() {}

#[cfg(target_arch = "wasm32")]
#[allow(unreachable_pub, reason = "wasm-bindgen exports only what is pub, and a bin is reached by nobody in Rust")]
mod door {
    use plainsight::web::{background, lists};
    use wasm_bindgen::prelude::*;

    /// Opens the pack and takes in what was stored before.
    #[wasm_bindgen]
    pub fn start(pack: Vec<u8>, saved: JsValue) -> Result<(), JsValue> {
        background::start(pack, saved)
    }

    /// Takes in a batch of reports and tells what changed.
    #[wasm_bindgen]
    pub fn saw(batch: JsValue) -> Result<JsValue, JsValue> {
        background::saw(batch)
    }

    /// What is known of the page that a tab shows.
    #[wasm_bindgen]
    pub fn tab(number: i32, url: &str) -> Result<JsValue, JsValue> {
        background::tab(number, url)
    }

    /// What is known of a site over the days that were loaded.
    #[wasm_bindgen]
    pub fn site(host: &str) -> Result<JsValue, JsValue> {
        background::site(host)
    }

    /// Makes the packs anew, with lists of the person's own.
    #[wasm_bindgen]
    pub fn make_lists(background: &[u8], texts: &[u8], own: JsValue) -> Result<JsValue, JsValue> {
        lists::make(background, texts, own)
    }
}
