//! The part of the page of all choices that is about newer texts of the shipped lists: the switch, when their homes were
//! asked, what is at work of each list, and what went wrong.
//!
//! Nothing is fetched before the person says so here. What an order came to is what the background answers; whatever
//! failed has changed nothing, and is said in the words of whoever refused it. How lists are made is not known here.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen_futures::spawn_local;

use super::browser::{self, Place, number, time, words, words_of, words_with};
use super::switch::Switch;

/// What the background says; see `UpdatesReport` in `extension/types.d.ts`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
struct Known {
    on: bool,
    at: f64,
    trouble: String,
    homes: Vec<Home>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
struct Home {
    title: String,
    address: String,
    shipped: String,
    at: f64,
    version: String,
    rules: u32,
    newer: bool,
    trouble: String,
}

/// What the person orders.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "ask", rename_all = "kebab-case")]
enum Order {
    /// Says how things are.
    Updates,
    /// Keep the lists up to date, or no longer.
    KeepUpdated { on: bool },
    /// Ask their homes now.
    CheckLists,
    /// Back to the shipped lists.
    UseShipped,
}

/// What is shown of it.
#[derive(Clone, Copy)]
struct Shown {
    known: RwSignal<Known>,
    /// Whether an order is being carried out.
    is_busy: RwSignal<bool>,
}

impl Shown {
    fn order(self, order: Order) {
        self.is_busy.set(true);
        spawn_local(async move {
            self.take(&order).await;
            self.is_busy.set(false);
        });
    }

    async fn take(self, order: &Order) {
        match browser::ask::<Known>(order).await {
            Some(known) => self.known.set(known),
            None => self.known.update(|known| known.trouble = words("popupBackgroundFailed")),
        }
    }
}

/// The section.
#[component]
pub fn Updates() -> impl IntoView {
    let shown = Shown { known: RwSignal::default(), is_busy: RwSignal::new(false) };
    spawn_local(async move { shown.take(&Order::Updates).await });
    // The background looks by itself, too.
    browser::on_stored(Place::Updates, move || {
        if !shown.is_busy.get_untracked() {
            spawn_local(async move { shown.take(&Order::Updates).await });
        }
    });
    let known = shown.known;
    let label = Signal::derive(|| words("updatesSwitch"));
    let choose = move |on| shown.order(Order::KeepUpdated { on });
    let trouble = move || known.with(|known| known.trouble.clone());
    let asked = move || match known.with(|known| known.at) {
        at if at > 0.0 => words_with("updatesChecked", &time(at)),
        _ => words("updatesNever"),
    };
    let is_newer = move || known.with(|known| known.homes.iter().any(|home| home.newer));
    let rows = move || known.with(|known| known.homes.iter().map(row).collect_view());
    view! {
        <section aria-labelledby="updates" class="updates">
            <h2 id="updates">{words("updatesTitle")}</h2>
            <Switch label on=Signal::derive(move || known.with(|known| known.on)) choose />
            <p class="quiet hint">{words("updatesHint")}</p>
            <div role="status">
                <p class="quiet">{asked}</p>
                <Show when=move || shown.is_busy.get()><p class="quiet hint">{words("updatesBusy")}</p></Show>
                <Show when=move || !trouble().is_empty()>
                    <p class="notice">{move || words_with("updatesFailed", &trouble())}</p>
                </Show>
            </div>
            <ul class="lists">{rows}</ul>
            <div class="answers">
                <button
                    type="button"
                    on:click=move |_| shown.order(Order::CheckLists)
                    disabled=move || shown.is_busy.get()
                >
                    {words("updatesCheck")}
                </button>
                <button
                    type="button"
                    on:click=move |_| shown.order(Order::UseShipped)
                    disabled=move || shown.is_busy.get() || !is_newer()
                >
                    {words("updatesShipped")}
                </button>
            </div>
        </section>
    }
}

/// One list: which version came with the extension, which is at work, and what went wrong.
fn row(home: &Home) -> impl IntoView + use<> {
    let version = |version: &str| match version {
        "" => words("updatesUnknown"),
        version => version.to_owned(),
    };
    let in_use = if home.newer {
        words_of("updatesInUse", &[&version(&home.version), &number(home.rules), &time(home.at)])
    } else {
        words("updatesInUseShipped")
    };
    let trouble = (!home.trouble.is_empty())
        .then(|| view! { <p class="notice">{words_with("updatesHomeFailed", &home.trouble)}</p> });
    view! {
        <li>
            <h3>{home.title.clone()}</h3>
            <p class="quiet">{words_with("updatesCame", &version(&home.shipped))}</p>
            <p class="quiet">{in_use}</p>
            {trouble}
            <code dir="ltr">{home.address.clone()}</code>
        </li>
    }
}
