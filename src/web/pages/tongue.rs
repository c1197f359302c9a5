//! The choice of the language in which our own pages are written.
//!
//! Usually it is the browser's. Another one is kept by its tag, and taken by each page as it opens (`extension/pages/lend.js`);
//! what is written into feeds stays in the browser's language, because no other words are there.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::browser::{self, Browser, Place, lent, words};
use super::parts::{choice, hint};
use super::tabbed;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(method)]
    fn tongues(this: &Browser) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn tongue(this: &Browser) -> String;
}

/// The section.
pub fn tongue() -> AnyView {
    let all: Option<Vec<_>> = lent().and_then(|browser| serde_wasm_bindgen::from_value(browser.tongues()).ok());
    let mut options: Vec<(String, String)> = vec![(String::new(), words("tongueBrowser"))];
    options.extend(all.unwrap_or_default());
    let chosen = lent().map(|browser| browser.tongue()).unwrap_or_default();
    let choose = move |event| {
        let tag = Some(event_target_value(&event)).filter(|tag| !tag.is_empty());
        spawn_local(async move {
            browser::store(Place::Language, &tag).await;
            tabbed::anew();
        });
    };
    let select = choice("tongue", "tongueOf", options, chosen, Signal::derive(|| false), choose);
    view! {
        <section aria-labelledby="language">
            <h2 id="language">{words("tongueTitle")}</h2>
            <div class="row"><span>{words("tongueOf")}</span>{select}</div>
            {hint(words("tongueHint"))}
        </section>
    }
    .into_any()
}
