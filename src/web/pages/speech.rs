//! The words that pages are written with, and how the interface's language writes numbers, days, lists and counted things.
//!
//! The words are those of `_locales`; the rest is the browser's `Intl`, which `extension/pages/language.js` asks. Nothing
//! is written by hand here: no thousands are parted, and no plural is made by adding a letter.

use wasm_bindgen::prelude::*;

use super::browser::{Browser, lent};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(method)]
    fn words(this: &Browser, key: &str, values: Vec<String>) -> String;
    #[wasm_bindgen(method)]
    fn counted(this: &Browser, name: &str, count: f64, values: Vec<String>) -> String;
    #[wasm_bindgen(method)]
    fn number(this: &Browser, value: f64) -> String;
    #[wasm_bindgen(method)]
    fn share(this: &Browser, value: f64) -> String;
    #[wasm_bindgen(method)]
    fn list(this: &Browser, items: Vec<String>) -> String;
    #[wasm_bindgen(method)]
    fn day(this: &Browser, day: i32, form: &str) -> String;
    #[wasm_bindgen(method)]
    fn time(this: &Browser, at: f64) -> String;
    #[wasm_bindgen(method)]
    fn lasting(this: &Browser, days: u32) -> String;
    #[wasm_bindgen(method)]
    fn size(this: &Browser, bytes: f64) -> String;
}

/// How much of a day's date is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayForm {
    /// Day and month.
    Short,
    /// Month and year.
    Month,
}

impl DayForm {
    fn name(self) -> &'static str {
        match self {
            DayForm::Short => "short",
            DayForm::Month => "month",
        }
    }
}

fn owned(values: &[&str]) -> Vec<String> {
    values.iter().map(|value| (*value).to_owned()).collect()
}

/// The words under a key of `_locales`, in the person's language.
pub fn words(key: &str) -> String {
    words_of(key, &[])
}

/// The words under a key, with a value put in its place.
pub fn words_with(key: &str, value: &str) -> String {
    words_of(key, &[value])
}

/// The words under a key, with several values put in their places.
pub fn words_of(key: &str, values: &[&str]) -> String {
    lent().map(|browser| browser.words(key, owned(values))).unwrap_or_default()
}

/// The words for so many of something, in the form that the language has for this number: the messages `NAME_one` …
/// `NAME_other`. The number is the first value in them, the others follow.
pub fn counted(name: &str, count: u32, values: &[&str]) -> String {
    lent().map(|browser| browser.counted(name, count.into(), owned(values))).unwrap_or_default()
}

/// A number as the person's language writes it.
pub fn number(value: impl Into<f64>) -> String {
    lent().map(|browser| browser.number(value.into())).unwrap_or_default()
}

/// How many of all, in hundredths as the person's language writes them; of nothing there is no share.
pub fn share(part: u32, of: u32) -> String {
    let share = |browser: Browser| browser.share(f64::from(part) / f64::from(of));
    lent().filter(|_| of > 0).map(share).unwrap_or_default()
}

/// Several things in one sentence, as the person's language joins them.
pub fn list(items: &[&str]) -> String {
    lent().map(|browser| browser.list(owned(items))).unwrap_or_default()
}

/// A day (days since 1970, local) as the person's language writes it.
pub fn day(day: i32) -> String {
    lent().map(|browser| browser.day(day, "whole")).unwrap_or_default()
}

/// As much of a day as its form says.
pub fn day_as(day: i32, form: DayForm) -> String {
    lent().map(|browser| browser.day(day, form.name())).unwrap_or_default()
}

/// A day and time (milliseconds since 1970) as the person's language writes it.
pub fn time(at: f64) -> String {
    lent().map(|browser| browser.time(at)).unwrap_or_default()
}

/// So many days, in years where they are whole years.
pub fn lasting(days: u32) -> String {
    lent().map(|browser| browser.lasting(days)).unwrap_or_default()
}

/// How much room so many bytes are.
pub fn size(bytes: f64) -> String {
    lent().map(|browser| browser.size(bytes)).unwrap_or_default()
}
