//! What is done with what is found: one level for everything, and a row for each group of kinds where the person wants
//! it otherwise. The popup and the page of all choices show the same.
//!
//! A change is written at once and read back by whoever listens; nothing is kept here. Before it is written the settings
//! are read again, so that a change made elsewhere in between is not undone. What a level does is the core's to say.

use leptos::prelude::*;

use super::browser::{Place, key, words, words_with};
use super::stored;
use crate::api::settings::{ACTS, Act, Group, Level, Settings};

/// The value of a row that is left to the level; no act is stored by this word.
const USUAL: &str = "usual";

/// The choice of a level, with what it does.
#[component]
pub fn Levels(
    /// The settings, as they are stored.
    settings: RwSignal<Settings>,
) -> impl IntoView {
    let level = move || settings.with(|s| s.level);
    let options = Level::ALL
        .map(|it| view! { <option value=it.name() selected=move || level() == it>{words(&key("level", it.name()))}</option> })
        .collect_view();
    let choose = move |event| {
        if let Some(level) = Level::named(&event_target_value(&event)) {
            change(settings, move |s| s.level = level);
        }
    };
    view! {
        <label class="row">
            <span>{words("popupLevel")}</span>
            <select on:change=choose prop:value=move || level().name()>{options}</select>
        </label>
        <p class="quiet hint">{move || words(&key("levelSays", level().name()))}</p>
    }
}

/// A row for each group of kinds.
#[component]
pub fn Groups(
    /// The settings, as they are stored.
    settings: RwSignal<Settings>,
) -> impl IntoView {
    view! { <div class="rows">{Group::ALL.map(|group| view! { <Choice settings group /> }).collect_view()}</div> }
}

/// What is done with one group of kinds.
#[component]
fn Choice(settings: RwSignal<Settings>, group: Group) -> impl IntoView {
    let chosen = move || settings.with(|s| s.chosen(group));
    let value = move || chosen().map_or_else(|| USUAL.to_owned(), word);
    let usual = move || settings.with(|s| words_with("actUsual", &words(&key("act", &word(s.level.act(group))))));
    let options = ACTS
        .map(|act| {
            let word = word(act);
            view! { <option value=word.clone() selected=move || chosen() == Some(act)>{words(&key("act", &word))}</option> }
        })
        .collect_view();
    let choose = move |event| {
        let value = event_target_value(&event);
        let act = ACTS.into_iter().find(|act| word(*act) == value);
        change(settings, move |s| s.choose_act(group, act));
    };
    view! {
        <label class="row">
            <span>{words(&key("group", group.name()))}</span>
            <select id=group.name() on:change=choose prop:value=value>
                <option value=USUAL selected=move || chosen().is_none()>{usual}</option>
                {options}
            </select>
        </label>
    }
}

/// The word by which an act is stored, as serde writes it.
pub fn word(act: Act) -> String {
    serde_json::to_value(act).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Makes one change to the settings as they are stored now, shows it and stores it.
pub fn change(settings: RwSignal<Settings>, make: impl FnOnce(&mut Settings) + 'static) {
    stored::change(Place::Settings, settings, make);
}
