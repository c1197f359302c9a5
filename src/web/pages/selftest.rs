//! The page on which each protection is tried, on material that comes with the extension and with no request to anywhere.
//!
//! Four outcomes, each in plain words: it works, it is switched off, it does not work, this browser cannot do it. What was
//! tried is shown beside it. How a protection is tried stands in `extension/trials.js`; what it is worth on real pages no
//! trial can say, and the page does not claim it.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::browser::{self, Browser, key, lent, words};
use super::tabbed;
use crate::api::protection::{Protection, Switch};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(method, catch, js_name = readsFeeds)]
    async fn reads_feeds(this: &Browser) -> Result<JsValue, JsValue>;
}

/// What came of a trial; see `Tried` in `extension/page-types.d.ts`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Tried {
    name: String,
    can: bool,
    works: bool,
    tried: String,
}

#[derive(Serialize)]
struct Order {
    ask: &'static str,
}

/// What can come of one.
#[derive(Clone, Copy)]
enum Outcome {
    Works,
    Off,
    Fails,
    Cannot,
}

impl Outcome {
    /// The class of the style sheet, and the key of its words.
    fn told(self) -> (&'static str, &'static str) {
        match self {
            Outcome::Works => ("outcome works", "selftestWorks"),
            Outcome::Off => ("outcome off", "selftestOff"),
            Outcome::Fails => ("outcome fails", "selftestFails"),
            Outcome::Cannot => ("outcome cannot", "selftestCannot"),
        }
    }
}

/// Draws the page into its body.
pub fn selftest(lent: Browser) {
    browser::keep(lent);
    tabbed::title(&words("selftestTitle"));
    mount_to_body(|| view! { <Selftest /> });
}

#[component]
fn Selftest() -> impl IntoView {
    let rows = RwSignal::new(None::<Vec<(Tried, Outcome)>>);
    let run = move || {
        rows.set(None);
        spawn_local(async move { rows.set(Some(try_all().await)) });
    };
    run();
    let shown = move || {
        let Some(rows) = rows.get() else { return view! { <p class="quiet">{words("selftestBusy")}</p> }.into_any() };
        let rows = rows.into_iter().map(|(tried, outcome)| row(&tried, outcome)).collect_view();
        view! { <ul class="trials">{rows}</ul> }.into_any()
    };
    view! {
        <header>
            <img src="../icons/48.png" alt="" />
            <h1>{words("selftestTitle")}</h1>
            <nav aria-label=words("pagesNav")>
                <a href="dashboard.html">{words("dashboardTitle")}</a>
                <a href="options.html">{words("popupOptions")}</a>
            </nav>
        </header>
        <main>
            <section aria-labelledby="trials">
                <h2 id="trials">{words("selftestResults")}</h2>
                <p class="quiet hint">{words("selftestHint")}</p>
                <div role="status">{shown}</div>
                <div class="answers">
                    <button type="button" on:click=move |_| run()>{words("selftestAgain")}</button>
                </div>
            </section>
        </main>
    }
}

/// Tries everything, in the order in which it is shown.
async fn try_all() -> Vec<(Tried, Outcome)> {
    let protection = browser::protection().await;
    let may = browser::permitted().await != Some(false);
    let feeds = match lent() {
        Some(lent) => lent.reads_feeds().await.is_ok_and(|it| it.as_bool() == Some(true)),
        None => false,
    };
    let trial = |name: &str, works| Tried { name: name.to_owned(), can: true, works, tried: String::new() };
    let answered = browser::ask::<Vec<Tried>>(&Order { ask: "try" }).await;
    // A background that does not answer is what has failed first of all.
    let of_background = answered.unwrap_or_else(|| vec![trial("core", false)]);
    let all = [trial("permit", may), trial("feed", feeds)].into_iter().chain(of_background);
    all.map(|tried| {
        let outcome = outcome(&tried, &protection);
        (tried, outcome)
    })
    .collect()
}

fn outcome(tried: &Tried, protection: &Protection) -> Outcome {
    let switch = Switch::ALL.into_iter().find(|switch| switch.name() == tried.name);
    let is_off = switch.is_some_and(|switch| !protection.is_on(switch));
    match tried {
        Tried { can: false, .. } => Outcome::Cannot,
        _ if is_off => Outcome::Off,
        Tried { works: true, .. } => Outcome::Works,
        // The browser's own page has the switch for private windows.
        Tried { name, .. } if name == "private" => Outcome::Off,
        _ => Outcome::Fails,
    }
}

/// What is tried, in words, and what that means where it says more than its name.
fn title(name: &str) -> (String, String) {
    match name {
        "permit" => (words("selftestPermit"), words("selftestPermitHint")),
        "feed" => (words("selftestFeed"), words("selftestFeedHint")),
        "core" => (words("selftestCore"), words("selftestCoreHint")),
        "names" => (words("selftestNames"), words("selftestNamesHint")),
        "private" => (words("selftestPrivate"), words("selftestPrivateHint")),
        switch => (words(&key("popupSwitch", switch)), String::new()),
    }
}

fn row(tried: &Tried, outcome: Outcome) -> impl IntoView + use<> {
    let (title, hint) = title(&tried.name);
    let (class, says) = outcome.told();
    let hint = (!hint.is_empty()).then(|| view! { <p class="quiet">{hint}</p> });
    let sample = (!tried.tried.is_empty()).then(|| view! { <code dir="ltr">{tried.tried.clone()}</code> });
    view! {
        <li data-trial=tried.name.clone()>
            <h3>{title}</h3>
            <span class=class>{words(says)}</span>
            {hint}
            {sample}
        </li>
    }
}
