//! The popup's parts about protections: whether they are at work on this site, and which are switched on everywhere.
//!
//! A change is written at once and read back by whoever listens; before it writes, it reads again, so that a change
//! made elsewhere in between is not undone. What a page has already asked for no switch can take back, so after a change
//! the popup offers to load the page again. How a choice is carried out is not known here.

use leptos::prelude::*;

use super::browser::{self, Place, key, words, words_with};
use super::mend::Broken;
use super::stored;
use super::switch::Switch;
use crate::api::background::TabReport;
use crate::api::protection::{Protection, Rest, Switch as Protections};

/// An hour, in milliseconds.
const HOUR: u64 = 3_600_000;
/// How long protections may rest, with the words for it; none is until the person switches them on again.
const RESTS: [(&str, Option<u64>); 3] =
    [("popupRestForever", None), ("popupRestHour", Some(HOUR)), ("popupRestDay", Some(24 * HOUR))];

/// The switch for this site, and for how long it stays off.
#[component]
pub fn Here(
    /// The choices, as they are stored.
    protection: RwSignal<Protection>,
    /// What is known of the page in the tab.
    known: Memo<TabReport>,
) -> impl IntoView {
    let site = Memo::new(move |_| known.with(|known| known.site.clone()));
    let rest = Memo::new(move |_| protection.with(|it| it.rests(&site.get(), browser::now())));
    let is_changed = RwSignal::new(false);
    let put = move |rest: Option<Rest>| {
        let site = site.get();
        is_changed.set(true);
        stored::change(Place::Protection, protection, move |it| it.rest(&site, rest));
    };
    let label = Signal::derive(move || words_with("popupProtectionHere", &site.get()));
    let lasts = move || {
        let rest = rest.get()?;
        let options = RESTS
            .map(|(word, time)| {
                let chosen = (rest == Rest::Forever) == time.is_none() && (time.is_none() || time == nearest(rest));
                view! { <option value=word selected=chosen>{words(word)}</option> }
            })
            .collect_view();
        let choose = move |event| {
            let word = event_target_value(&event);
            if let Some((_, time)) = RESTS.into_iter().find(|(it, _)| *it == word) {
                put(Some(time.map_or(Rest::Forever, |time| Rest::Until(browser::now() + time))));
            }
        };
        Some(view! {
            <label class="row">
                <span>{words("popupRestFor")}</span>
                <select on:change=choose>{options}</select>
            </label>
        })
    };
    view! {
        <Show when=move || !site.get().is_empty()>
            <section aria-labelledby="protection">
                <h2 id="protection">{words("popupProtection")}</h2>
                <Switch
                    label
                    on=Signal::derive(move || rest.get().is_none())
                    choose=move |on| put((!on).then_some(Rest::Forever))
                />
                {lasts}
                <Changed is_changed />
                <Show when=move || known.with(|known| !known.trouble.is_empty())>
                    <p class="notice">
                        {move || words_with("popupTrouble", &known.with(|known| known.trouble.clone()))}
                    </p>
                </Show>
                <Broken known protection />
            </section>
        </Show>
    }
}

/// Of the times that are offered, the one that a rest under way was most likely begun with.
fn nearest(rest: Rest) -> Option<u64> {
    let Rest::Until(end) = rest else { return None };
    let left = end.saturating_sub(browser::now());
    RESTS.into_iter().filter_map(|(_, time)| time).find(|time| left <= *time)
}

/// All protections, as they are switched everywhere, behind one line.
#[component]
pub fn Everywhere(
    /// The choices, as they are stored.
    protection: RwSignal<Protection>,
) -> impl IntoView {
    let is_changed = RwSignal::new(false);
    view! {
        <section>
            <details class="kinds">
                <summary>{words("popupEverywhere")}</summary>
                <Switches protection is_changed />
                <Changed is_changed />
            </details>
        </section>
    }
}

/// The switches of all protections.
#[component]
pub fn Switches(
    /// The choices, as they are stored.
    protection: RwSignal<Protection>,
    /// Set when one was changed.
    is_changed: RwSignal<bool>,
) -> impl IntoView {
    let rows = Protections::ALL
        .map(|switch| {
            let label = Signal::derive(move || words(&key("popupSwitch", switch.name())));
            let choose = move |on| {
                is_changed.set(true);
                stored::change(Place::Protection, protection, move |it| it.choose(switch, on));
            };
            view! { <Switch label on=Signal::derive(move || protection.with(|it| it.is_on(switch))) choose /> }
        })
        .collect_view();
    view! { <div class="rows">{rows}</div> }
}

/// Offers to load the page again once something was changed.
#[component]
pub fn Changed(
    /// Whether something was.
    is_changed: RwSignal<bool>,
) -> impl IntoView {
    let reload = move |_| {
        is_changed.set(false);
        browser::reload();
    };
    view! {
        <div role="status">
            <Show when=move || is_changed.get()>
                <p class="quiet">
                    {words("popupReloadHint")} " " <button type="button" on:click=reload>{words("popupReload")}</button>
                </p>
            </Show>
        </div>
    }
}
