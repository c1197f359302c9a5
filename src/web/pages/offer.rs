//! The popup's offer to read a page that no site's file names, and the way back.
//!
//! It looks into the page once, when the popup is opened, and only where nothing is read yet; what it looks for and what
//! fits is `api::offer`'s. What the person said is stored, and everything else follows from that. It deliberately
//! offers nothing where there are no signs: a button on every page would be one that nobody reads.

use leptos::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::browser::{self, Place, words, words_with};
use crate::api::offer::{self, AlsoRead, can_be_named};

/// What may be said of the page in front of the person.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Here {
    /// It could be read as this site (its id; its name, if it is a platform).
    Could { host: String, site: String, name: Option<String> },
    /// The person has it read.
    Does { host: String },
}

/// The offer, or the way back; nothing on most pages.
#[component]
pub fn Offer(
    /// Called when what the page says may be another.
    again: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let here = RwSignal::new(None);
    let find = move || spawn_local(async move { here.set(find().await) });
    find();
    browser::on_stored(Place::AlsoRead, find);
    let carry_out = move |done: Option<js_sys::Promise>| {
        spawn_local(async move {
            if let Some(done) = done {
                // A page that is gone meanwhile is read when it is opened again.
                let _ = JsFuture::from(done).await;
            }
            again();
        });
    };
    move || {
        here.get().map(|here| match here {
            Here::Could { host, site, name } => {
                let told = match name {
                    Some(name) => words_with("offerPlatform", &name),
                    None => words("offerFeed"),
                };
                let label = words_with("offerYes", &host);
                let yes = move |_| carry_out(browser::also_read(&host, &site));
                view! {
                    <div class="offer">
                        <p>{told}</p>
                        <p class="quiet">{words("offerHint")}</p>
                        <button type="button" on:click=yes>{label}</button>
                    </div>
                }
                .into_any()
            }
            Here::Does { host } => {
                let told = words_with("offerTaken", &host);
                let no = move |_| carry_out(browser::leave_alone(&host));
                view! {
                    <div class="offer">
                        <p class="quiet">{told}</p>
                        <button type="button" on:click=no>{words("offerBack")}</button>
                    </div>
                }
                .into_any()
            }
        })
    }
}

async fn find() -> Option<Here> {
    let place = browser::place().await?;
    let also: AlsoRead = browser::stored(Place::AlsoRead).await.unwrap_or_default();
    if also.contains_key(&place.host) {
        return Some(Here::Does { host: place.host });
    }
    let offers = browser::offers();
    let selectors = offer::selectors(&offers, &place.path);
    if selectors.is_empty() || !can_be_named(&place.host) {
        return None;
    }
    let counts = browser::look(selectors).await;
    let fitting = offer::fitting(&offers, &place.path, &counts)?;
    Some(Here::Could { host: place.host, site: fitting.site.clone(), name: fitting.name.clone() })
}
