//! Under which keys the diary is stored, and what becomes of them as time goes by.
//!
//! While a day may still change, each site's row of it is a value (`row d20779 news.example`), written as the whole that it
//! is by then, so that writing it again does no harm. A page with a feed tells whole tallies too, again and again; what
//! it told last (`visit d20779 …`) is written together with the row that it went into. A day that is over becomes a sheet
//! (`sheet d20779`), old days a sheet of their week, old weeks one of their month. What could not be read lies aside
//! (`aside …`), as it was. Nothing here reads or writes a store.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::packed::{self, Unreadable};
use super::period::Period;
use super::sheet::Sheet;

/// So many days after it a day may still change: the end of a request that began before midnight is told after it.
const OPEN: u32 = 1;

/// A key of the store.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// One site on a day that may still change.
    Row(u32, String),
    /// What a page with a feed told last, and on which day; by the page's id.
    Visit(u32, String),
    /// All of a period.
    Sheet(Period),
    /// A value that could not be read, by its key.
    Aside(String),
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Key::Row(day, site) => write!(f, "row d{day} {site}"),
            Key::Visit(day, id) => write!(f, "visit d{day} {id}"),
            Key::Sheet(period) => write!(f, "sheet {period}"),
            Key::Aside(key) => write!(f, "aside {key}"),
        }
    }
}

impl Key {
    /// Reads a key; none if it is nobody's here, and then it is left alone.
    pub fn read(key: &str) -> Option<Key> {
        let (word, rest) = key.split_once(' ')?;
        let of_day = || {
            let (period, name) = rest.split_once(' ')?;
            match period.parse() {
                Ok(Period::Day(day)) => Some((day, name.to_owned())),
                _ => None,
            }
        };
        match word {
            "row" => of_day().map(|(day, site)| Key::Row(day, site)),
            "visit" => of_day().map(|(day, id)| Key::Visit(day, id)),
            "sheet" => rest.parse().ok().map(Key::Sheet),
            "aside" => Some(Key::Aside(rest.to_owned())),
            _ => None,
        }
    }

    /// The period that a value is about, also one that lies aside.
    fn about(&self) -> Option<Period> {
        match self {
            Key::Aside(key) => Key::read(key)?.about(),
            _ => self.period(),
        }
    }

    /// The period of what is counted under it; none for what is not counted.
    pub fn period(&self) -> Option<Period> {
        match self {
            Key::Row(day, _) => Some(Period::Day(*day)),
            Key::Sheet(period) => Some(*period),
            Key::Visit(..) | Key::Aside(_) => None,
        }
    }
}

/// How old what is kept apart may become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ages {
    /// After so many days, days become weeks.
    pub days: u32,
    /// After so many days, weeks become months.
    pub weeks: u32,
}

impl Ages {
    /// As long as there is room.
    pub const USUAL: Ages = Ages { days: 90, weeks: 400 };
    /// When the store is full.
    pub const SHORT: Ages = Ages { days: 14, weeks: 60 };
}

/// Values that become a part of one other, all in one go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fold {
    /// These are added, and go.
    pub from: Vec<Key>,
    /// To what is there already.
    pub into: Period,
}

/// What is to be folded on a day, the smallest first: rows of closed days into days, old days into weeks, old weeks into
/// months. After these there may be more.
pub fn folds(keys: &[Key], today: u32, ages: Ages) -> Vec<Fold> {
    let mut folds: BTreeMap<Period, Vec<Key>> = BTreeMap::new();
    for key in keys {
        let is_over = |period: Period, age: u32| period.days().1.saturating_add(age) <= today;
        let into = match key {
            Key::Row(day, _) if is_over(Period::Day(*day), OPEN) => Period::Day(*day),
            Key::Sheet(Period::Day(day)) if is_over(Period::week_of(*day), ages.days) => Period::week_of(*day),
            Key::Sheet(week @ Period::Week(_)) if is_over(week.month(), ages.weeks) => week.month(),
            _ => continue,
        };
        folds.entry(into).or_default().push(key.clone());
    }
    folds.into_iter().map(|(into, from)| Fold { from, into }).collect()
}

/// What is no longer needed on a day: what pages told that are not open any more, and what the person does not want to be
/// kept so long.
pub fn expired(keys: &[Key], today: u32, keep: Option<u32>) -> Vec<Key> {
    let is_gone = |key: &&Key| match key {
        Key::Visit(day, _) => day.saturating_add(1 + OPEN) < today,
        _ => key.about().zip(keep).is_some_and(|(period, keep)| period.days().1.saturating_add(keep) <= today),
    };
    keys.iter().filter(is_gone).cloned().collect()
}

/// What of the diary is of a day, or of the week or month that it was folded into.
pub fn of_day(keys: &[Key], day: u32) -> Vec<Key> {
    let week = Period::week_of(day);
    let all = [Period::Day(day), week, week.month()];
    keys.iter().filter(|key| key.about().is_some_and(|period| all.contains(&period))).cloned().collect()
}

/// The sum of values. What is damaged is told by its number, and what can be read of it is in the sum.
///
/// # Errors
/// If a later release wrote one of them: then none of them may be touched.
#[inline(never)]
pub fn sum<'a>(values: impl IntoIterator<Item = &'a [u8]>) -> Result<(Sheet, Vec<usize>), Unreadable> {
    let (mut sheet, mut damaged) = (Sheet::default(), Vec::new());
    for (number, bytes) in values.into_iter().enumerate() {
        match packed::unpack(bytes) {
            Ok(value) => {
                if value.is_damaged {
                    damaged.push(number);
                }
                sheet.add(&value.sheet());
            }
            Err(Unreadable::Damaged) => damaged.push(number),
            Err(Unreadable::Newer) => return Err(Unreadable::Newer),
        }
    }
    Ok((sheet, damaged))
}

/// What stands in one diary and another, by period: the larger of each count. Where one of them has a week or month
/// together, the other's days are summed first. `open` is what stands in rows and may still change: it is counted in `mine`
/// too, and taken off what is given back.
pub fn merged(
    mine: &BTreeMap<Period, Sheet>,
    open: &BTreeMap<u32, Sheet>,
    other: &BTreeMap<Period, Sheet>,
) -> BTreeMap<Period, Sheet> {
    let widths: BTreeSet<Period> = mine.keys().chain(other.keys()).copied().collect();
    let wide = |period: Period| {
        let week = match period {
            Period::Day(day) => Period::week_of(day),
            _ => period,
        };
        [week.month(), week].into_iter().find(|wide| widths.contains(wide)).unwrap_or(period)
    };
    let summed = |sheets: &BTreeMap<Period, Sheet>| {
        let mut sums: BTreeMap<Period, Sheet> = BTreeMap::new();
        for (period, sheet) in sheets {
            sums.entry(wide(*period)).or_default().add(sheet);
        }
        sums
    };
    let mut all = summed(mine);
    let mut still: BTreeMap<Period, Sheet> = BTreeMap::new();
    for (day, sheet) in open {
        still.entry(wide(Period::Day(*day))).or_default().add(sheet);
    }
    for (period, sheet) in &still {
        all.entry(*period).or_default().add(sheet);
    }
    for (period, sheet) in summed(other) {
        all.entry(period).or_default().merge(&sheet);
    }
    for (period, sheet) in &still {
        all.entry(*period).or_default().subtract(sheet);
    }
    all
}

#[cfg(test)]
mod tests;
