//! The diary taken away as a file, and a file brought in.
//!
//! The page's script makes the files and saves them (`extension/pages/diary.js`); here is what is offered, how far it is, and
//! what came of it, in words. A file that is refused has changed nothing.

use leptos::prelude::*;
use serde::Deserialize;
use wasm_bindgen::prelude::*;

use super::super::browser::{self, Browser, lent, words, words_with};
use super::super::parts::{beside, button, choice, heading, hint};
use super::super::speech::lasting;
use super::super::tabbed;
use super::kept::{Shown, Told};
use crate::api::diary::amount::Part;

/// The tables, with the keys of their words.
const TABLES: [(&str, &str); 3] =
    [("sightings", "diarySightings"), ("feeds", "dashboardFeeds"), ("sites", "diarySites")];

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(method, catch, js_name = saveFile)]
    async fn save_file(this: &Browser, what: &str, on: &js_sys::Function) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = takeFileIn)]
    async fn take_file_in(this: &Browser, field: &JsValue, on: &js_sys::Function) -> Result<JsValue, JsValue>;
}

/// What became of a file; see `Brought` in `extension/diary-types.d.ts`.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Brought {
    refused: Option<String>,
    unlike: bool,
    lists: Vec<String>,
    trouble: String,
}

/// Saves a file: `all`, `choices`, `damaged`, or a table.
pub fn save(shown: Shown, what: &'static str) {
    shown.go("diarySaving", async move {
        let browser = lent()?;
        let on = far(shown);
        let saved = browser.save_file(what, on.as_ref().unchecked_ref()).await;
        Some(match saved {
            Ok(name) => Told::Done(words_with("diarySaved", &name.as_string().unwrap_or_default())),
            Err(error) => failed(&error),
        })
    });
}

/// What is told how far it is.
fn far(shown: Shown) -> Closure<dyn FnMut(u32, u32)> {
    Closure::new(move |done: u32, of: u32| {
        shown.now.update(|now| {
            if let Some(doing) = &mut now.doing {
                doing.far = Some((done, of));
            }
        });
    })
}

fn failed(error: &JsValue) -> Told {
    let why = error.as_string().or_else(|| error.dyn_ref::<js_sys::Error>().map(|error| error.message().into()));
    Told::Trouble(words_with("diaryFailed", &why.unwrap_or_default()))
}

/// Brings in the file that stands in a field.
fn bring(shown: Shown, field: JsValue) {
    shown.go("diaryReading", async move {
        let browser = lent()?;
        let on = far(shown);
        let brought = match browser.take_file_in(&field, on.as_ref().unchecked_ref()).await {
            // Somebody who opens the field and chooses nothing wants nothing.
            Ok(nothing) if nothing.is_undefined() => return None,
            Ok(brought) => serde_wasm_bindgen::from_value(brought).unwrap_or_default(),
            Err(error) => return Some(failed(&error)),
        };
        if let Some(trouble) = shown.look().await {
            return Some(trouble);
        }
        Some(told(shown, &brought))
    });
}

/// What became of it, in words.
fn told(shown: Shown, brought: &Brought) -> Told {
    match brought.refused.as_deref() {
        Some("foreign") => return Told::Trouble(words("diaryForeign")),
        Some("newer") => return Told::Trouble(words("diaryNewer")),
        Some(damaged) => {
            let place = damaged.strip_prefix("damaged: ").unwrap_or(damaged);
            return Told::Trouble(words_with("diaryDamaged", place));
        }
        None => {}
    }
    let mut said = vec![words("diaryBrought")];
    if let Some(keep) = shown.known.with_untracked(|known| known.choice.keep) {
        let old = Part::Older { today: tabbed::today(), keep };
        if !shown.known.with_untracked(|known| known.kept.amount(&old)).is_nothing() {
            said.push(words_with("diaryBroughtOld", &lasting(keep)));
        }
    }
    if brought.unlike {
        said.push(words("diaryBroughtUnlike"));
    }
    if !brought.lists.is_empty() {
        let lists: Vec<&str> = brought.lists.iter().map(String::as_str).collect();
        said.push(words_with("diaryBroughtLists", &browser::list(&lists)));
    }
    if !brought.trouble.is_empty() {
        said.push(words_with("diaryBroughtRules", &brought.trouble));
    }
    Told::Done(said.join(" "))
}

/// The part of the page of all choices.
pub fn files(shown: Shown) -> Vec<AnyView> {
    let busy = shown.is_busy;
    let table = StoredValue::new(TABLES[0].0);
    let options = TABLES.iter().map(|(name, key)| ((*name).to_owned(), words(key))).collect();
    let choose = move |event| {
        let value = event_target_value(&event);
        table.set_value(TABLES.into_iter().find(|(name, _)| *name == value).unwrap_or(TABLES[0]).0);
    };
    let chosen = TABLES[0].0.to_owned();
    let brought = move |event| bring(shown, event_target::<JsValue>(&event));
    vec![
        heading("diaryFiles"),
        hint(words("diaryFilesHint")),
        beside(vec![
            button("save-all", "diarySaveAll", busy, move || save(shown, "all")),
            button("save-choices", "diarySaveChoices", busy, move || save(shown, "choices")),
        ]),
        beside(vec![
            choice("table", "diaryTable", options, chosen, busy, choose),
            button("save-table", "diarySaveTable", busy, move || save(shown, table.get_value())),
        ]),
        view! {
            <label class="row">
                <span>{words("diaryBring")}</span>
                <input type="file" accept=".json,application/json" on:change=brought disabled=busy />
            </label>
        }
        .into_any(),
        hint(words("diaryBringHint")),
    ]
}
