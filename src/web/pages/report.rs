//! The popup's way to tell others that a feed cannot be read: how the page is built, for the person to see and to copy.
//!
//! The content script writes it (`extension/content/structure.js`), when the person asks and not before. It deliberately
//! sends nothing and stores nothing; what is copied goes where the person puts it.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::browser::{Browser, lent, words};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(method, catch)]
    async fn structure(this: &Browser) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn copy(this: &Browser, text: &str) -> Result<JsValue, JsValue>;
}

/// The button, and what it shows.
#[component]
pub fn Report() -> impl IntoView {
    let text = RwSignal::new(String::new());
    let is_copied = RwSignal::new(false);
    let show = move |_| {
        spawn_local(async move {
            let Some(browser) = lent() else { return };
            // A page that is gone meanwhile has nothing to tell.
            let told = browser.structure().await.ok().and_then(|told| told.as_string());
            text.set(told.unwrap_or_default());
        });
    };
    let copy = move |_| {
        spawn_local(async move {
            let Some(browser) = lent() else { return };
            // Where the browser forbids it, the text is there to be marked and copied by hand.
            is_copied.set(browser.copy(&text.get_untracked()).await.is_ok());
        });
    };
    let shown = move || {
        (!text.with(String::is_empty)).then(|| {
            view! {
                <p class="quiet">{words("reportHint")}</p>
                <pre tabindex="0" aria-label=words("reportShow")>{text}</pre>
                <button type="button" on:click=copy>{words("reportCopy")}</button>
                <span class="quiet" role="status">{move || is_copied.get().then(|| words("reportCopied"))}</span>
            }
        })
    };
    view! {
        <div class="report">
            <button type="button" on:click=show>{words("reportShow")}</button>
            {shown}
        </div>
    }
}
