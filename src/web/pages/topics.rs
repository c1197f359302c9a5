//! Topics of which the person wants to see less, on the page of all choices: each is named by a few words, and what of them
//! is understood is told while they are written.
//!
//! What tells topics is a pack of its own, loaded when somebody goes to write a topic and not before. What a post must be
//! like, and how often that is wrong, is the core's business (`data/model/TOPICS.md`).

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::browser::{Browser, lent, list, words, words_with};
use super::choices::change;
use super::parts::{hint, live};
use super::wishes::{Row, adding, rows};
use crate::api::settings::{Act, Own, Settings, WordRule};
use crate::api::topics::Known;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(method, catch)]
    async fn topics(this: &Browser) -> Result<JsValue, JsValue>;
}

/// What may be done with posts that are like a topic, and what is unless the person says so: a guess takes nothing away.
const CHOICES: [Act; 4] = [Act::Label, Act::Dim, Act::Lower, Act::Hide];
const USUAL: Act = Act::Dim;

/// What is there to tell words by.
#[derive(Clone, Debug)]
enum Pack {
    NotAsked,
    Asked,
    Here(Known),
    Missing,
}

/// The section.
pub fn topics_of_ones_own(settings: RwSignal<Settings>) -> AnyView {
    let written = RwSignal::new(String::new());
    let is_refused = RwSignal::new(false);
    let pack = RwSignal::new(Pack::NotAsked);
    let heed = move |text| {
        if matches!(pack.get_untracked(), Pack::NotAsked | Pack::Missing) {
            pack.set(Pack::Asked);
            spawn_local(async move { pack.set(loaded().await.map_or(Pack::Missing, Pack::Here)) });
        }
        is_refused.set(false);
        written.set(text);
    };
    let add = move |text: String, act| {
        let is_known = pack.with(|pack| matches!(pack, Pack::Here(known) if !known.of(&text).0.is_empty()));
        is_refused.set(!is_known);
        if is_known {
            let rule = WordRule { text: text.into(), act, site: None };
            change(settings, move |settings| settings.own.topics.push(rule));
            written.set(String::new());
        }
        is_known
    };
    let told = move || pack.with(|pack| lines(pack, &written.get(), is_refused.get()));
    view! {
        <section aria-labelledby="topics">
            <h2 id="topics" tabindex="-1">{words("topicsTitle")}</h2>
            <p class="quiet hint" id="topics-hint">{words("topicsHint")}</p>
            {hint(words("topicsLimits"))}
            {rows(settings, of_topics)}
            {adding(&CHOICES, USUAL, ("topicsWords", "topics-hint"), Box::new(heed), Box::new(add))}
            <div role="status">{live(move || told().into_iter().map(hint).collect())}</div>
        </section>
    }
    .into_any()
}

fn of_topics(own: &Own) -> Vec<Row> {
    let row = |rule: WordRule| Row {
        words: rule.text.as_str().to_owned(),
        act: Some(rule.act),
        forget: Box::new(move |own| own.topics.retain(|other| *other != rule)),
    };
    own.topics.iter().cloned().map(row).collect()
}

async fn loaded() -> Option<Known> {
    let bytes = lent()?.topics().await.ok()?;
    Known::open(&js_sys::Uint8Array::new(&bytes).to_vec()).ok()
}

/// What is said of the words that stand in the field.
fn lines(pack: &Pack, written: &str, is_refused: bool) -> Vec<String> {
    let (known, unknown) = match pack {
        Pack::Here(known) => known.of(written),
        Pack::Missing => return vec![words("topicsMissing")],
        Pack::NotAsked | Pack::Asked => return Vec::new(),
    };
    let of = |key: &str, found: &[&str]| (!found.is_empty()).then(|| words_with(key, &list(found)));
    let refused = (is_refused && known.is_empty()).then(|| words("topicsNone"));
    [of("topicsKnown", &known), of("topicsUnknown", &unknown), refused].into_iter().flatten().collect()
}
