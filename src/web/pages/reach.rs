//! How far a company reaches, by the person's diary: on how many of the sites they visited it was met, with the way to which.
//!
//! The diary is read when somebody wants to know, and never in a private window: what is told there of other windows may be
//! read over the person's shoulder.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::browser::{self, Browser, counted, lent, number};
use super::dashboard::route::{Range, Route, Subject};
use super::tabbed;
use crate::api::diary::of_company;
use crate::web::diary;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(method, catch, js_name = isPrivate)]
    async fn is_private(this: &Browser) -> Result<JsValue, JsValue>;
}

/// On how many sites a company was met in the last month; nothing where that is not known.
#[component]
pub fn Reach(
    /// Its name.
    company: String,
) -> impl IntoView {
    let route = Route { range: Range::Month, subject: Subject::Company(company.clone()), ..Route::default() };
    let told = RwSignal::new(None);
    spawn_local(async move { told.set(met(&company).await) });
    move || {
        told.get().map(|told| {
            view! { <p class="reach"><a href=format!("dashboard.html{}", route.href()) target="_blank">{told}</a></p> }
        })
    }
}

async fn met(company: &str) -> Option<String> {
    // A tab that is gone counts as private.
    if browser::read(lent()?.is_private().await.ok()?).unwrap_or(true) {
        return None;
    }
    let span = Route { range: Range::Month, ..Route::default() }.span(tabbed::today());
    let read = diary::read(span, None).await.ok()?;
    let view = of_company(&read.book, span, Range::Month.grain(), company);
    let sites = u32::try_from(view.sites.len()).unwrap_or(u32::MAX);
    (sites > 0).then(|| counted("companyReach", view.of, &[&number(sites)]))
}
