//! The diary as it is stored, and as pages ask for it.
//!
//! A store holds values by key (`ledger::kept`); what is to be changed in it is worked out here, from values to values,
//! and put there by `web::diary` in one transaction. Views are the ledger's; they are named here because pages may name
//! nothing but `api`. In doubt nothing is changed: what a later release wrote is not touched, and what is damaged is laid
//! aside as it was.

pub mod amount;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use crate::ledger::kept;
pub use crate::ledger::kept::{Ages, Fold, Key, expired, folds, of_day};
use crate::ledger::opened;
use crate::ledger::packed;
pub use crate::ledger::packed::{Unreadable, pack};
pub use crate::ledger::period::date;
pub use crate::ledger::text::{File, Refused, Table, csv, read, write as written, write_damaged};
pub use crate::ledger::view::{
    CompanyReach, CompanyShare, Feeds, Matrix, Met, OfCompany, OfSite, PlatformFeed, Reach, SiteShare, SiteTime,
    Stopped, Time, feeds, met, of_company, of_site, stopped, time,
};
pub use crate::ledger::{Book, Counts, Feed, Grain, Period, Row, Sheet, Span};

/// What a person may take away and bring back besides the diary, by the keys of `storage.local`.
pub const CHOICES: [&str; 6] = ["settings", "protection", "also", "diary", "language", "mirror"];

/// What the person chose about the diary, as it is stored under `diary`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// Sites that are never written down.
    pub never: BTreeSet<String>,
    /// For how many days it is kept; for ever if none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep: Option<u32>,
    /// With which key the names of those are marked whose items the person opens; none if that is not counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opened: Option<String>,
}

impl From<&Value> for Choice {
    /// Reads it like foreign text: what cannot be understood was not chosen.
    fn from(stored: &Value) -> Choice {
        let keep = stored.get("keep").and_then(Value::as_f64).filter(|days| *days >= 1.0);
        let opened = stored.get("opened").and_then(Value::as_str).filter(|key| !key.is_empty());
        let mut choice =
            Choice { keep: keep.map(|days| days as u32), opened: opened.map(str::to_owned), ..Choice::default() };
        // Inserted one by one: to collect a set is to carry a sort.
        for site in stored.get("never").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
            choice.never.insert(site.to_owned());
        }
        choice
    }
}

impl<'de> Deserialize<'de> for Choice {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Choice, D::Error> {
        Value::deserialize(from).map(|stored| Choice::from(&stored))
    }
}

/// What is to be changed in a store, all of it together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edit {
    /// Values to be put.
    pub put: BTreeMap<String, Vec<u8>>,
    /// Keys to be taken away.
    pub gone: Vec<String>,
}

/// A store's values by key.
pub type Values = BTreeMap<Key, Vec<u8>>;

/// The sums by period; what is damaged is in them as far as it can be read.
///
/// # Errors
/// If a later release wrote some of it.
pub fn sheets(values: &Values) -> Result<BTreeMap<Period, Sheet>, Unreadable> {
    let mut sums: BTreeMap<Period, Sheet> = BTreeMap::new();
    for (key, bytes) in values {
        add(&mut sums, key, bytes)?;
    }
    Ok(sums)
}

/// Adds one value to sums by period, if it is counted.
///
/// # Errors
/// If a later release wrote it.
pub fn add(sums: &mut BTreeMap<Period, Sheet>, key: &Key, bytes: &[u8]) -> Result<(), Unreadable> {
    if let Some(period) = key.period() {
        sums.entry(period).or_default().add(&kept::sum([bytes])?.0);
    }
    Ok(())
}

/// A book of all that is in values, or of one site in them alone, for views. What cannot be read is not in it.
pub fn book(values: &Values, site: Option<&str>) -> Book {
    let mut book = Book::default();
    for (key, bytes) in values {
        enter(&mut book, key, bytes, site);
    }
    book
}

/// Puts one value into a book, if it is counted. What cannot be read is not in it.
pub fn enter(book: &mut Book, key: &Key, bytes: &[u8], site: Option<&str>) {
    if let Some(period) = key.period() {
        // A view of the rest is better than none; what is damaged is told of elsewhere.
        let _ = book.add_packed(period, bytes, site);
    }
}

/// The days of which anything is kept, from the first to the last; none if nothing is.
pub fn kept_days<'a>(keys: impl IntoIterator<Item = &'a Key>) -> Option<Span> {
    let days = keys.into_iter().filter_map(Key::period).map(Period::days);
    let (from, to) = days.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))?;
    Some(Span { from, to })
}

/// Copies of what is damaged among these, to be laid aside before anything is written over it.
///
/// # Errors
/// If a later release wrote one of them.
#[inline(never)]
pub fn aside(values: &Values) -> Result<Edit, Unreadable> {
    let mut edit = Edit::default();
    for (key, bytes) in values {
        // A page that is not counted any more told nothing.
        let is_empty = matches!(key, Key::Visit(..)) && bytes.is_empty();
        if !is_empty && !kept::sum([bytes.as_slice()])?.1.is_empty() {
            edit.put.insert(Key::Aside(key.to_string()).to_string(), bytes.clone());
        }
    }
    Ok(edit)
}

/// Folds values into one, given them and what is there already.
///
/// # Errors
/// If a later release wrote one of them.
#[inline(never)]
pub fn fold(fold: &Fold, values: &Values) -> Result<Edit, Unreadable> {
    let into = Key::Sheet(fold.into);
    let keys: Vec<&Key> = fold.from.iter().chain([&into]).filter(|key| values.contains_key(key)).collect();
    let (sheet, damaged) = kept::sum(keys.iter().map(|key| values[key].as_slice()))?;
    let mut edit = Edit { gone: fold.from.iter().map(ToString::to_string).collect(), ..Edit::default() };
    for key in damaged.into_iter().map(|number| keys[number]) {
        edit.put.insert(Key::Aside(key.to_string()).to_string(), values[key].clone());
    }
    edit.put.insert(into.to_string(), pack(&sheet));
    Ok(edit)
}

/// Forgets a site everywhere. What a page of it told last becomes nothing, and that page is not counted any more.
///
/// # Errors
/// If a later release wrote some of it.
pub fn forget_site(values: &Values, site: &str) -> Result<Edit, Unreadable> {
    let mut edit = Edit::default();
    for (key, bytes) in values {
        let is_of = |sheet: &Sheet| sheet.sites.contains_key(site);
        match key {
            Key::Row(_, of) if of == site => edit.gone.push(key.to_string()),
            Key::Row(..) => {}
            // Who can tell of which sites a damaged value speaks?
            Key::Aside(_) => edit.gone.push(key.to_string()),
            Key::Visit(..) => {
                if packed::unpack(bytes).is_ok_and(|value| is_of(&value.sheet())) {
                    edit.put.insert(key.to_string(), Vec::new());
                }
            }
            Key::Sheet(_) => {
                let (mut sheet, damaged) = kept::sum([bytes.as_slice()])?;
                if sheet.sites.remove(site).is_some() || !damaged.is_empty() {
                    edit.put.insert(key.to_string(), pack(&sheet));
                }
            }
        }
    }
    Ok(edit)
}

/// Forgets whose items the person opened, everywhere.
///
/// # Errors
/// If a later release wrote some of it.
pub fn forget_opened(values: &Values) -> Result<Edit, Unreadable> {
    let mut edit = Edit::default();
    for (key, bytes) in values.iter().filter(|(key, _)| !matches!(key, Key::Aside(_))) {
        let (mut sheet, damaged) = kept::sum([bytes.as_slice()])?;
        if opened::forget(&mut sheet) {
            if !damaged.is_empty() {
                edit.put.insert(Key::Aside(key.to_string()).to_string(), bytes.clone());
            }
            edit.put.insert(key.to_string(), pack(&sheet));
        }
    }
    Ok(edit)
}

/// Takes in a diary that was taken away: the larger of each count. What is there is never made less.
///
/// # Errors
/// If a later release wrote some of what is there.
pub fn take_in(values: &Values, other: &BTreeMap<Period, Sheet>) -> Result<Edit, Unreadable> {
    let of_sheets: Values =
        values.iter().filter(|(key, _)| matches!(key, Key::Sheet(_))).map(|(k, v)| (k.clone(), v.clone())).collect();
    let mine = sheets(&of_sheets)?;
    let mut open: BTreeMap<u32, Sheet> = BTreeMap::new();
    for (key, bytes) in values {
        if let Key::Row(day, _) = key {
            open.entry(*day).or_default().add(&kept::sum([bytes.as_slice()])?.0);
        }
    }
    let all = kept::merged(&mine, &open, other);
    let mut edit = Edit::default();
    for period in mine.keys().filter(|period| !all.contains_key(period)) {
        edit.gone.push(Key::Sheet(*period).to_string());
    }
    for (period, sheet) in &all {
        if mine.get(period) != Some(sheet) {
            edit.put.insert(Key::Sheet(*period).to_string(), pack(sheet));
        }
    }
    Ok(edit)
}

/// Joins sheets with what is stored of the same periods: the larger of each count.
///
/// # Errors
/// If a later release wrote some of what is there.
#[inline(never)]
pub fn join(here: &Values, sheets: &BTreeMap<Period, Sheet>) -> Result<Edit, Unreadable> {
    let mut edit = aside(here)?;
    for (period, sheet) in sheets {
        let key = Key::Sheet(*period);
        let (mut all, _) = kept::sum(here.get(&key).map(Vec::as_slice))?;
        all.merge(sheet);
        edit.put.insert(key.to_string(), pack(&all));
    }
    Ok(edit)
}

/// The person's choices with those of a file laid over them: what it says holds, and what it does not say stays.
pub fn overlaid(here: &Map<String, Value>, brought: &Map<String, Value>) -> Map<String, Value> {
    let mut all = here.clone();
    for (key, value) in brought.iter().filter(|(key, _)| CHOICES.contains(&key.as_str())) {
        lay(all.entry(key.as_str()).or_insert(Value::Null), value);
    }
    all
}

fn lay(here: &mut Value, brought: &Value) {
    match (here, brought) {
        (Value::Object(here), Value::Object(brought)) => {
            for (key, value) in brought {
                lay(here.entry(key.as_str()).or_insert(Value::Null), value);
            }
        }
        (here, brought) => *here = brought.clone(),
    }
}

/// What was stored before in `storage.local`, under `day:20779`: counts by site and company.
#[inline(never)]
pub fn former(key: &str, value: &Value) -> Option<(Period, Sheet)> {
    let day = key.strip_prefix("day:")?.parse().ok()?;
    let mut sheet = Sheet::default();
    for (site, companies) in value.as_object()? {
        let row = sheet.row(site);
        for (company, counts) in companies.as_object().into_iter().flatten() {
            // A damaged count is not known; the others are.
            if let Ok(counts) = serde_json::from_value::<Counts>(counts.clone()) {
                row.companies.insert(company.clone(), counts);
            }
        }
    }
    Some((Period::Day(day), sheet))
}

#[cfg(test)]
mod tests;
