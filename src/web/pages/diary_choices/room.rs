//! How much is kept and what room it takes, and what is wrong with it, if anything is.
//!
//! Folded days are told as what they became. What could not be read lies aside, and is saved or thrown away here; nothing is
//! mended.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::super::browser::{Browser, lent, number, words, words_of, words_with};
use super::super::diary_file;
use super::super::speech::{lasting, size};
use super::files::save;
use super::kept::{Shown, Told};
use super::sure::named;
use crate::api::diary::{Ages, Period};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(method, catch)]
    async fn room(this: &Browser) -> Result<JsValue, JsValue>;
}

/// The part.
#[component]
pub fn Room(
    /// What is shown of the diary.
    shown: Shown,
) -> impl IntoView {
    let all = RwSignal::new(None);
    Effect::new(move || {
        // Whenever what is kept is another, so is the room.
        shown.kept.track();
        spawn_local(async move {
            let Some(browser) = lent() else { return };
            let room: Option<[f64; 2]> =
                browser.room().await.ok().and_then(|room| serde_wasm_bindgen::from_value(room).ok());
            all.set(room.filter(|[_, may]| *may > 0.0));
        });
    });
    let rows = move || {
        shown.kept.with(|kept| {
            let count = |is: fn(&Period) -> bool| {
                number(u32::try_from(kept.sheets.keys().filter(|period| is(period)).count()).unwrap_or(u32::MAX))
            };
            let since = kept.sheets.keys().map(|period| period.days().0).min();
            let rows = [
                since.map(|day| ("diarySince", named(day))),
                Some(("diaryDays", count(|period| matches!(period, Period::Day(_))))),
                Some(("diaryWeeks", count(|period| matches!(period, Period::Week(_))))),
                Some(("diaryMonths", count(|period| matches!(period, Period::Month(_))))),
                Some(("diarySize", size(kept.size as f64))),
                all.get().map(|[used, may]| ("diaryRoomAll", words_of("diaryUsed", &[&size(used), &size(may)]))),
            ];
            let row = |(key, told): (&str, String)| {
                view! { <tr><th scope="row">{words(key)}</th><td class="count">{told}</td></tr> }
            };
            rows.into_iter().flatten().map(row).collect_view()
        })
    };
    view! {
        <Trouble shown />
        <table class="room"><tbody>{rows}</tbody></table>
    }
}

/// What is wrong.
#[component]
fn Trouble(shown: Shown) -> impl IntoView {
    let is =
        move |wrong: fn(&super::kept::Report) -> bool| shown.report.with(|report| report.as_ref().is_some_and(wrong));
    let aside = move || shown.report.with(|report| report.as_ref().map_or(0, |report| report.aside));
    let throw = move |_| {
        shown.go("diaryBusy", async move {
            match diary_file::throw_damaged().await {
                Ok(()) => shown.look().await,
                Err(error) => Some(Told::Trouble(words_with("diaryFailed", &error.as_string().unwrap_or_default()))),
            }
        });
    };
    let is_busy = move || shown.is_busy();
    let count = move || number(u32::try_from(aside()).unwrap_or(u32::MAX));
    view! {
        <div role="status">
            <Show when=move || is(|report| !report.open)><p class="notice">{words("dashboardUnread")}</p></Show>
            <Show when=move || is(|report| report.full)>
                <p class="notice">{words_with("diaryFull", &lasting(Ages::SHORT.days))}</p>
            </Show>
            <Show when=move || { aside() > 0 }><p class="notice">{move || words_with("diaryAside", &count())}</p></Show>
        </div>
        <Show when=move || { aside() > 0 }>
            <div class="answers aside">
                <button type="button" class="save" on:click=move |_| save(shown, "damaged") disabled=is_busy>
                    {words("diaryAsideSave")}
                </button>
                <button type="button" class="throw" on:click=throw disabled=is_busy>{words("diaryAsideThrow")}</button>
            </div>
        </Show>
    }
}
