//! The welcome, opened once when a person installs the extension: what it does, what it never does, and the one choice that
//! matters at first, which is the popup's own level.
//!
//! Where the browser withholds sites, as people can have it in both, that stands first and is asked for on a click. What it
//! deliberately does not do: set anything by itself, or come back.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::browser::{self, Browser, Place, key, words};
use super::choices::change;
use super::permit::{Ask, permitted};
use super::switch::Switch;
use super::tabbed;
use crate::api::settings::{Level, Settings};

/// What it does, and what it never does.
const DOES: [&str; 3] = ["welcomeFeeds", "welcomeTrackers", "welcomeWhy"];
const NEVER: [&str; 4] = ["welcomeSends", "welcomeMessages", "welcomeAsks", "welcomeTakes"];

/// Draws the page into its body.
pub fn welcome(lent: Browser) {
    browser::keep(lent);
    tabbed::title(&words("welcomeTitle"));
    spawn_local(async {
        let settings = browser::settings().await;
        mount_to_body(move || view! { <Welcome settings /> });
    });
}

#[component]
fn Welcome(settings: Settings) -> impl IntoView {
    let settings = RwSignal::new(settings);
    browser::on_stored(Place::Settings, move || {
        spawn_local(async move { settings.set(browser::settings().await) });
    });
    let may = permitted(|| {});
    let list = |keys: &'static [&'static str]| keys.iter().map(|key| view! { <li>{words(key)}</li> }).collect_view();
    view! {
        <header>
            <img src="../icons/48.png" alt="" />
            <h1>{words("welcomeTitle")}</h1>
        </header>
        <main class="steps">
            <Ask may told=Signal::derive(|| words("welcomePermit")) />
            <section aria-labelledby="does">
                <h2 id="does">{words("welcomeDoes")}</h2>
                <ul class="points">{list(&DOES)}</ul>
            </section>
            <section aria-labelledby="never">
                <h2 id="never">{words("welcomeNever")}</h2>
                <ul class="points">{list(&NEVER)}</ul>
            </section>
            <section aria-labelledby="choose">
                <h2 id="choose">{words("welcomeChoose")}</h2>
                <Choice settings />
            </section>
            <section aria-labelledby="next">
                <h2 id="next">{words("welcomeNext")}</h2>
                <p class="quiet">{words("welcomeToolbar")}</p>
                <ul class="points">
                    <li><a href="dashboard.html">{words("dashboardOpen")}</a></li>
                    <li><a href="lessons.html">{words("lessonsOpen")}</a></li>
                    <li><a href="selftest.html">{words("selftestOpen")}</a></li>
                    <li><a href="options.html">{words("popupOptions")}</a></li>
                </ul>
            </section>
        </main>
    }
}

/// The level, and whether it is at work: without de-ranking everything is only labelled.
#[component]
fn Choice(settings: RwSignal<Settings>) -> impl IntoView {
    let choices = Level::ALL
        .map(|level| {
            let choose = move |_| change(settings, move |settings| settings.level = level);
            view! {
                <label class="choice">
                    <input
                        type="radio"
                        name="level"
                        value=level.name()
                        prop:checked=move || settings.with(|it| it.level == level)
                        on:change=choose
                    />
                    <span>
                        <b>{words(&key("level", level.name()))}</b>
                        <span class="quiet">{words(&key("levelSays", level.name()))}</span>
                    </span>
                </label>
            }
        })
        .collect_view();
    let hint = move || words(if settings.with(|it| it.derank) { "popupDerankOnHint" } else { "popupDerankOffHint" });
    view! {
        <Switch
            label=Signal::derive(|| words("popupDerankEverywhere"))
            on=Signal::derive(move || settings.with(|it| it.derank))
            choose=move |on| change(settings, move |settings| settings.derank = on)
        />
        <p class="quiet hint" role="status">{hint}</p>
        <fieldset>
            <legend>{words("popupLevel")}</legend>
            {choices}
        </fieldset>
    }
}
