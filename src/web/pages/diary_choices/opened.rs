//! Whether it is counted whose items the person opens: off until they choose it, and forgotten when they end it.
//!
//! What is chosen is a key; with another one, or none, nothing that was counted can be read. Who counts, and how names become
//! marks, is not known here (`extension/opened.js`).

use leptos::prelude::*;
use wasm_bindgen::prelude::*;

use super::super::browser::{Browser, lent, words};
use super::super::parts::hint;
use super::super::switch::Switch;
use super::kept::{Shown, Told};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(method, js_name = newKey)]
    fn new_key(this: &Browser) -> String;
}

async fn choose(shown: Shown, is: bool) -> Option<Told> {
    let key = if is { Some(lent()?.new_key()) } else { None };
    let change =
        shown.choose(Box::new(move |choice| choice.opened = key.and_then(|key| choice.opened.take().or(Some(key)))));
    if let Some(trouble) = change.await {
        return Some(trouble);
    }
    let (order, says) = if is { ("keep", "diaryOpenedOn") } else { ("forget-opened", "diaryOpenedOff") };
    shown.order(order, None).await.or_else(|| Some(Told::Done(words(says))))
}

/// The part of the page of all choices.
pub fn opened(shown: Shown) -> Vec<AnyView> {
    let on = Signal::derive(move || shown.known.with(|known| known.choice.opened.is_some()));
    let ask = move |is: bool| shown.go("diaryBusy", choose(shown, is));
    let switch =
        view! { <div class="opened"><Switch label=words("diaryOpenedCount") on choose=ask /></div> }.into_any();
    let heading = view! { <h3 id="opened" tabindex="-1">{words("diaryOpened")}</h3> }.into_any();
    vec![heading, hint(words("diaryOpenedHint")), switch]
}
