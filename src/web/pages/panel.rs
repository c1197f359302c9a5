//! The side panel: beside the page in front of the person, the receipts of what is marked on it, who was asked for by it, and
//! what the diary holds of its site.
//!
//! It follows the tab in front and asks again when it is told that something changed, and never by the clock. Receipts come
//! through a port from the page's own content script (`extension/content/pages.js`), are shown, and are kept nowhere. In a
//! private window the page's counts are shown and the diary is not.

pub mod diary;
pub mod receipts;

use leptos::prelude::*;
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use self::diary::{Diary, Kept};
use self::receipts::{Receipts, Told};
use super::browser::{self, Browser, words};
use super::permit::{Permit, permitted};
use super::{glance, tabbed, trackers};
use crate::api::background::TabReport;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(method)]
    fn follow(this: &Browser, listener: &js_sys::Function);
}

/// The tab in front, as `extension/pages/front.js` tells of it.
#[derive(Clone, Debug, Deserialize)]
struct Front {
    tab: i32,
    private: bool,
    /// Whether somebody in its page listens to us.
    heard: bool,
    /// Whether the page, its requests or the diary may be other than before.
    anew: bool,
    told: Option<Told>,
}

/// What is known so far. An outer `Option` is "not answered yet", an inner one "no answer".
#[derive(Clone, Copy)]
struct Known {
    tab: RwSignal<i32>,
    is_private: RwSignal<bool>,
    told: RwSignal<Option<Option<Told>>>,
    report: RwSignal<Option<Option<TabReport>>>,
    kept: RwSignal<Option<Kept>>,
    /// How often it was asked: only the last answer counts.
    asked: RwSignal<u32>,
}

/// Draws the panel into the page's body.
pub fn panel(lent: Browser) {
    browser::keep(lent.clone());
    tabbed::title(&words("extensionName"));
    mount_to_body(move || view! { <Panel lent /> });
}

#[component]
fn Panel(lent: Browser) -> impl IntoView {
    let known = Known {
        tab: RwSignal::new(-1),
        is_private: RwSignal::new(false),
        told: RwSignal::new(None),
        report: RwSignal::new(None),
        kept: RwSignal::new(None),
        asked: RwSignal::new(0),
    };
    let listener = Closure::<dyn FnMut(JsValue)>::new(move |told| {
        if let Some(front) = browser::read(told) {
            hear(known, front);
        }
    });
    lent.follow(listener.into_js_value().unchecked_ref());
    let may = permitted(move || ask(known));
    let page = Memo::new(move |_| known.report.get().flatten().unwrap_or_default());
    let site = Memo::new(move |_| page.with(|page| page.site.clone()));
    let counts = move || {
        let report = known.report.get()?;
        let said = trackers::told(report.as_ref(), may.get() != Some(false));
        let met = report.as_ref().map(glance::met);
        Some(view! {
            <section aria-labelledby="trackers">
                <h2 id="trackers">{words("popupTrackers")}</h2>
                {said}
                {met}
            </section>
        })
    };
    view! {
        <header>
            <img src="../icons/48.png" alt="" />
            <h1>{words("extensionName")}</h1>
            <span class="where">{move || site.get()}</span>
        </header>
        <main>
            <Permit may known=page />
            <Receipts told=known.told may />
            {counts}
            <Diary site kept=known.kept is_private=known.is_private />
        </main>
        <footer>
            <a href="dashboard.html" target="_blank">{words("dashboardOpen")}</a>
        </footer>
    }
}

/// Takes in what is told of the tab in front.
fn hear(known: Known, front: Front) {
    if known.tab.get_untracked() != front.tab {
        known.report.set(None);
        known.kept.set(None);
        known.tab.set(front.tab);
    }
    known.is_private.set(front.private);
    // Who is heard and has said nothing is about to.
    known.told.set((front.told.is_some() || !front.heard).then_some(front.told));
    if front.anew {
        ask(known);
    }
}

/// Asks what the background and the diary know of the page in front.
fn ask(known: Known) {
    known.asked.update(|asked| *asked += 1);
    let (number, tab) = (known.asked.get_untracked(), known.tab.get_untracked());
    let is_last = move || known.asked.get_untracked() == number;
    spawn_local(async move {
        let report = browser::report(tab).await;
        if !is_last() {
            return;
        }
        let site = report.as_ref().map(|report| report.site.clone()).unwrap_or_default();
        known.report.set(Some(report));
        if known.is_private.get_untracked() || site.is_empty() {
            return known.kept.set(None);
        }
        let kept = diary::kept(&site).await;
        if is_last() {
            known.kept.set(Some(kept));
        }
    });
}
