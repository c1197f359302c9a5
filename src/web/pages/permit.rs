//! The word on what the browser lets Plainsight read, and the button that asks for it: in the popup and in the welcome.
//!
//! Browsers let people withhold sites from an extension, and then it sees neither pages nor requests there. That is
//! said, because a popup that merely shows nothing looks like a page without trackers. What it deliberately does not
//! do: ask by itself, or again; only a click asks, and the browser asks the person.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::browser::{self, words};
use super::protection::Changed;
use crate::api::background::TabReport;

/// Whether all sites may be read; none while it is not known. It is asked anew whenever the browser tells of a change,
/// and so is what the popup shows.
pub fn permitted(again: impl Fn() + Copy + 'static) -> RwSignal<Option<bool>> {
    let may = RwSignal::new(None);
    let look = move || spawn_local(async move { may.set(browser::permitted().await) });
    look();
    browser::on_permitted(move || {
        look();
        again();
    });
    may
}

/// Says that something is withheld, and asks for it on a click.
#[component]
pub fn Permit(
    /// Whether all sites may be read.
    may: RwSignal<Option<bool>>,
    /// What is known of the page in the tab.
    known: Memo<TabReport>,
) -> impl IntoView {
    let is_changed = RwSignal::new(false);
    let is_withheld = Memo::new(move |_| may.get() == Some(false));
    Effect::new(move |before: Option<bool>| {
        let now = is_withheld.get();
        if before == Some(true) && !now {
            is_changed.set(true);
        }
        now
    });
    // The address of a page that may not be read is withheld as well.
    let told = Signal::derive(move || {
        let is_read = known.with(|known| !known.site.is_empty());
        words(if is_read { "popupNotPermittedAll" } else { "popupNotPermitted" })
    });
    view! {
        <Ask may told />
        <Changed is_changed />
    }
}

/// What is withheld, in words, and the button; nothing if nothing is.
#[component]
pub fn Ask(
    /// Whether all sites may be read.
    may: RwSignal<Option<bool>>,
    /// What that means here.
    told: Signal<String>,
) -> impl IntoView {
    // The browser asks the person; what they say comes back as a change.
    let ask = |_| drop(browser::permit());
    view! {
        <Show when=move || may.get() == Some(false)>
            <section class="permit">
                <p class="notice">{told}</p>
                <button type="button" on:click=ask>{words("popupPermit")}</button>
            </section>
        </Show>
    }
}
