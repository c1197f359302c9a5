//! The toolbar popup: what the page in front of the person is, at a glance and with where more of it is told; then its
//! protections, its feed's switches, its trackers.
//!
//! It asks once when it opens and again when what it shows was stored anew; it never asks by the clock. The parts
//! are drawn by `glance`, `protection`, `feed` and `trackers`.

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::browser::{self, Browser, Place, words};
use super::feed::{Feed, Found};
use super::glance::Glance;
use super::learning::Waiting;
use super::permit::{Permit, permitted};
use super::protection::{Everywhere, Here};
use super::trackers::Trackers;
use crate::api::background::TabReport;
use crate::api::protection::Protection;
use crate::api::settings::Settings;

/// What is known so far. The outer `Option` is "not answered yet", the inner one "no answer".
#[derive(Clone, Copy)]
struct Known {
    settings: RwSignal<Settings>,
    protection: RwSignal<Protection>,
    found: RwSignal<Option<Option<Found>>>,
    report: RwSignal<Option<Option<TabReport>>>,
}

/// Draws the popup into the page's body.
pub fn popup(lent: Browser) {
    browser::keep(lent);
    // Settings first, so that no switch is ever drawn in a state that it has not.
    spawn_local(async {
        let (settings, protection) = (browser::settings().await, browser::protection().await);
        mount_to_body(move || view! { <Popup settings protection /> });
    });
}

/// The whole popup.
#[component]
fn Popup(settings: Settings, protection: Protection) -> impl IntoView {
    let known = Known {
        settings: RwSignal::new(settings),
        protection: RwSignal::new(protection),
        found: RwSignal::new(None),
        report: RwSignal::new(None),
    };
    ask_tab(known);
    ask_background(known);
    browser::on_stored(Place::Tab, move || ask_background(known));
    browser::on_stored(Place::Protection, move || {
        spawn_local(async move { known.protection.set(browser::protection().await) });
    });
    browser::on_stored(Place::Settings, move || {
        spawn_local(async move { known.settings.set(browser::settings().await) });
        // The feed is judged anew with every change of settings.
        ask_tab(known);
    });
    let may = permitted(move || {
        ask_tab(known);
        ask_background(known);
    });
    let page = Memo::new(move |_| known.report.get().flatten().unwrap_or_default());
    view! {
        <header>
            <img src="../icons/48.png" alt="" />
            <h1>{words("extensionName")}</h1>
            <span class="where">{move || page.with(|page| page.site.clone())}</span>
        </header>
        <main>
            <Permit may known=page />
            <Glance report=known.report found=known.found may />
            <Here protection=known.protection known=page />
            <Feed settings=known.settings found=known.found may again=move || ask_tab(known) />
            <Trackers known=page protection=known.protection />
            <Everywhere protection=known.protection />
        </main>
        <footer>
            <Waiting />
            <p><a href="dashboard.html" target="_blank">{words("dashboardOpen")}</a></p>
            <button type="button" on:click=|_| browser::open_options()>{words("popupOptions")}</button>
        </footer>
    }
}

fn ask_tab(known: Known) {
    spawn_local(async move { known.found.set(Some(browser::found().await)) });
}

fn ask_background(known: Known) {
    spawn_local(async move { known.report.set(Some(browser::report(browser::tab()).await)) });
}
