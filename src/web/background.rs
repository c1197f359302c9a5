//! The background's shell: keeps the one `Background` of this context and turns JavaScript's values into its questions.
//!
//! It decides nothing. A value that cannot be read is an error for the script, which logs it; a question before
//! `start` is one as well. Nothing is stored here, because only the script may touch the browser.

use std::cell::RefCell;

use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

use crate::api::background::{self, Batch, Changes, LearningOrder, Loaded, Question, Saved, Verdict};

thread_local! {
    static BACKGROUND: RefCell<Option<Loaded>> = const { RefCell::new(None) };
}

/// Opens the pack and takes in what was stored (`{ session, local, abilities }`).
///
/// # Errors
/// Says what is wrong with the pack or the shape of `saved`.
pub fn start(pack: Vec<u8>, saved: JsValue) -> Result<(), JsValue> {
    let saved: Saved = read(saved)?;
    let loaded = background::open(pack, saved).map_err(words)?;
    BACKGROUND.with(|cell| cell.replace(Some(loaded)));
    Ok(())
}

/// What is to become of a request: nothing (it passes), `?` (ask for the name behind its host, and then again), `!` (it
/// is not made), or what is asked for instead: a path of the extension, or an address.
///
/// # Errors
/// If asked before `start`.
pub fn verdict(tab: i32, question: Question<'_>, page: &str, now: f64) -> Result<Option<String>, JsValue> {
    with(|background| {
        Ok(match background.verdict(tab, question, page, time(now)) {
            Verdict::Pass => None,
            Verdict::Wonder => Some("?".to_owned()),
            Verdict::Stop => Some("!".to_owned()),
            Verdict::Instead(what) => Some(what),
        })
    })
}

/// The referrer that is sent with a request instead of this one; none if this one may stay.
///
/// # Errors
/// If asked before `start`.
pub fn referrer(to: &str, referrer: &str, now: f64) -> Result<Option<String>, JsValue> {
    with(|background| Ok(background.referrer(to, referrer, time(now))))
}

/// A resolver said which name is behind a host.
///
/// # Errors
/// If told before `start`.
pub fn named(host: &str, name: &str, now: f64, private: bool) -> Result<(), JsValue> {
    with(|background| {
        background.named(host, name, time(now), private);
        Ok(())
    })
}

/// The person chose anew.
///
/// # Errors
/// If told before `start`.
pub fn protect(stored: JsValue) -> Result<(), JsValue> {
    // Nothing stored is nothing chosen, and what cannot be read is as usual.
    let stored = read(stored).unwrap_or_default();
    with(|background| {
        background.protect(stored);
        Ok(())
    })
}

/// The person has other hosts read.
///
/// # Errors
/// If told before `start`.
pub fn read_also(stored: JsValue) -> Result<(), JsValue> {
    let stored = read(stored).unwrap_or_default();
    with(|background| {
        background.read_also(stored);
        Ok(())
    })
}

/// The person chose anew for feeds.
///
/// # Errors
/// If told before `start`.
pub fn read_settings(stored: JsValue) -> Result<(), JsValue> {
    let stored = read(stored).unwrap_or_default();
    with(|background| {
        background.read_settings(&stored);
        Ok(())
    })
}

/// What the browser has to be told at a moment.
///
/// # Errors
/// If asked before `start`.
pub fn plan(now: f64) -> Result<JsValue, JsValue> {
    with(|background| told(&background.plan(time(now))))
}

/// Lets companies through in a tab, and no others; none takes everything back.
///
/// # Errors
/// If `companies` are not texts, or it comes before `start`.
pub fn through(tab: i32, url: &str, companies: JsValue) -> Result<JsValue, JsValue> {
    let companies = read(companies)?;
    with(|background| told(&background.through(tab, url, companies)))
}

/// Lets hosts through in a tab, too.
///
/// # Errors
/// If `hosts` are not texts, or it comes before `start`.
pub fn reveal(tab: i32, url: &str, hosts: JsValue) -> Result<JsValue, JsValue> {
    let hosts = read(hosts)?;
    with(|background| told(&background.reveal(tab, url, hosts)))
}

/// Takes in a batch of reports and tells what changed.
///
/// # Errors
/// If the batch has not the agreed shape, or comes before `start`.
pub fn saw(batch: JsValue) -> Result<JsValue, JsValue> {
    let batch: Batch = read(batch)?;
    with(|background| told::<Changes>(&background.saw(&batch)))
}

/// What is known of the page that a tab shows at `url`, at a moment.
///
/// # Errors
/// If asked before `start`.
pub fn tab(number: i32, url: &str, now: f64) -> Result<JsValue, JsValue> {
    with(|background| told(&background.tab(number, url, time(now))))
}

/// What is known of a site of the days that are open.
///
/// # Errors
/// If asked before `start`.
pub fn site(host: &str) -> Result<JsValue, JsValue> {
    with(|background| told(&background.site(host)))
}

/// Carries out an order about learning whom no list knows, and tells how things are then.
///
/// # Errors
/// If the order has not the agreed shape, or comes before `start`.
pub fn learning(order: JsValue) -> Result<JsValue, JsValue> {
    let order: LearningOrder = read(order)?;
    with(|background| told(&background.learning(order)))
}

/// Everything that was learned, to be stored; none while nobody learns.
///
/// # Errors
/// If asked before `start`.
pub fn learned() -> Result<Option<String>, JsValue> {
    with(|background| Ok(background.learned()))
}

/// A rule in its own words, out of the texts' pack; none if there is no such rule.
///
/// # Errors
/// Says what is wrong with that pack.
pub fn rule(texts: &[u8], list: &str, line: u32) -> Result<Option<String>, JsValue> {
    with(|background| background.rule(texts, list, line).map_err(words))
}

pub(super) fn with<A>(ask: impl FnOnce(&mut Loaded) -> Result<A, JsValue>) -> Result<A, JsValue> {
    BACKGROUND.with_borrow_mut(|cell| match cell {
        Some(background) => ask(background),
        None => Err(JsValue::from_str("the background core was asked before it was started")),
    })
}

/// JavaScript's time; `as` saturates, and no time at all becomes 0.
fn time(now: f64) -> u64 {
    now as u64
}

pub(super) fn words(error: impl std::fmt::Display) -> JsValue {
    JsValue::from_str(&error.to_string())
}

pub(super) fn read<T: DeserializeOwned>(value: JsValue) -> Result<T, JsValue> {
    Ok(serde_wasm_bindgen::from_value(value)?)
}

/// Plain objects rather than `Map`s, because storage keeps only what JSON knows.
pub(super) fn told<T: Serialize>(value: &T) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}
