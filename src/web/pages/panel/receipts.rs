//! The panel's first part: what is marked on the page, each with its receipt, those in view first.
//!
//! A receipt's lines are the core's, as in the page (`extension/content/receipt.js`); here they are only shown, and text
//! only ever as text. A receipt keeps its place in the document while others come and go, so that what the person has
//! opened stays open. What this deliberately does not do: offer wishes, which are made where the post is.

use leptos::prelude::*;
use serde::Deserialize;
use wasm_bindgen::prelude::*;

use super::super::browser::{Browser, key, lent, number, words, words_of, words_with};
use super::super::feed::{self, Found};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(method, js_name = leadTo)]
    fn lead_to(this: &Browser, key: &str);
}

/// Who speaks, in order of trust.
const VOICES: [&str; 4] = ["platform", "data", "noticed", "author"];

/// What a page tells; see `ToldPage` in `extension/feed-types.d.ts`.
#[derive(Clone, Debug, Deserialize)]
pub struct Told {
    found: Found,
    receipts: Vec<Receipt>,
    more: u32,
}

/// A receipt of something that is marked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
struct Receipt {
    key: String,
    kinds: Vec<String>,
    act: String,
    lines: Vec<Line>,
    part: Option<String>,
    author: Option<String>,
    platform: String,
    begins: String,
}

/// A line of it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Line {
    voice: String,
    key: String,
    args: Vec<String>,
    quote: Option<String>,
    rule: Option<String>,
    doors: Vec<Door>,
    card: Option<String>,
}

/// Where the person may look it up.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
struct Door {
    name: String,
    url: String,
}

/// What is marked on the page.
#[component]
pub fn Receipts(
    /// What the page told: none while it is about to, none inside if nobody is there.
    told: RwSignal<Option<Option<Told>>>,
    /// Whether all sites may be read.
    may: RwSignal<Option<bool>>,
) -> impl IntoView {
    let keys = move || {
        let told = told.get().flatten();
        told.map(|told| told.receipts.into_iter().map(|it| it.key).collect::<Vec<_>>()).unwrap_or_default()
    };
    let state = move || {
        let told = told.get()?;
        let found = told.as_ref().map(|told| &told.found);
        let nothing = told.as_ref().is_some_and(|told| told.found.is_read() && told.receipts.is_empty());
        let nothing = nothing.then(|| view! { <p class="quiet">{words("panelNothing")}</p> });
        Some(view! { {feed::told(found, may.get() != Some(false))} {nothing} })
    };
    let more = move || {
        let more = told.get().flatten().map_or(0, |told| told.more);
        (more > 0).then(|| view! { <p class="quiet">{words_with("panelMore", &number(more))}</p> })
    };
    view! {
        <section aria-labelledby="marked">
            <h2 id="marked">{words("panelMarked")}</h2>
            {state}
            <ul class="receipts">
                <For each=keys key=Clone::clone children=move |name| view! { <One told name /> } />
            </ul>
            {more}
        </section>
    }
}

/// One receipt, with its lines on demand.
#[component]
fn One(told: RwSignal<Option<Option<Told>>>, name: String) -> impl IntoView {
    let wanted = name.clone();
    let receipt = Memo::new(move |before: Option<&Receipt>| {
        let now = told.with(|told| {
            let told = told.as_ref()?.as_ref()?;
            told.receipts.iter().find(|it| it.key == wanted).cloned()
        });
        // One that is just leaving stays as it was.
        now.or_else(|| before.cloned()).unwrap_or_default()
    });
    let kinds =
        move || receipt.with(|it| it.kinds.iter().map(|kind| words(&key("markKind", kind))).collect::<Vec<_>>());
    let about = move || {
        receipt.with(|it| {
            let author = it.author.clone().map(|author| view! { <bdi class="author">{author}</bdi> " " });
            view! { <p class="begins">{author}<bdi>{it.begins.clone()}</bdi></p> }
        })
    };
    let show = move |_| {
        if let Some(browser) = lent() {
            browser.lead_to(&name);
        }
    };
    view! {
        <li>
            <details>
                <summary>
                    <h3>{move || kinds().join(" · ")}</h3>
                    <p class="quiet">{move || receipt.with(|it| words(&key("actDone", &it.act)))}</p>
                    {about}
                </summary>
                {move || receipt.with(voices)}
                {move || receipt.with(chosen)}
            </details>
            <button type="button" on:click=show>{words("panelShow")}</button>
        </li>
    }
}

fn voices(receipt: &Receipt) -> impl IntoView + use<> {
    let spoken = VOICES.map(|voice| {
        let lines: Vec<_> = receipt.lines.iter().filter(|line| line.voice == voice).map(said).collect();
        let heading = words_with(&key("voice", voice), &receipt.platform);
        (!lines.is_empty()).then(|| view! { <h4>{heading}</h4> <ul>{lines}</ul> })
    });
    spoken.into_iter().flatten().collect_view()
}

/// Leads to where it was chosen what is done with this.
fn chosen(receipt: &Receipt) -> impl IntoView + use<> {
    receipt.part.as_ref().map(|part| link(format!("options.html#{part}"), "popupOptions"))
}

/// A link to a page of ours.
fn link(to: String, says: &str) -> AnyView {
    view! { <a href=to target="_blank">{words(says)}</a> }.into_any()
}

fn said(line: &Line) -> impl IntoView + use<> {
    let values: Vec<&str> = line.args.iter().map(String::as_str).collect();
    let quote = line.quote.clone().map(|quote| view! { <q dir="auto">{quote}</q> });
    let doors = line.doors.iter().map(|Door { name, url }| {
        // The page behind it learns the sentence when the person goes there, and not from where.
        view! { <a href=url.clone() target="_blank" rel="noreferrer noopener">{words_with("receiptDoor", name)}</a> }
    });
    let doors = doors.collect_view();
    let card = line.card.as_ref().map(|card| link(format!("lessons.html#{card}"), "receiptCard"));
    let how = line.rule.clone().map(|rule| {
        view! { <details class="how"><summary>{words("receiptHow")}</summary><code dir="ltr">{rule}</code></details> }
    });
    view! { <li>{words_of(&line.key, &values)} {quote} {doors} {card} {how}</li> }
}
