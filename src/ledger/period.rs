//! Spans of time that the diary is kept by: days, and when they are old, weeks and months.
//!
//! A day is a number (days since the first of January 1970 in the person's own time zone); the calendar is worked out
//! from it here, so that no clock or zone is asked. A week begins on Monday (ISO 8601). It deliberately names no month
//! and no weekday: that is for the person's language.

use std::fmt;
use std::str::FromStr;

/// A day, a week or a month. Ordered by size first, then by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// Days since 1970-01-01.
    Day(u32),
    /// Weeks since the one of 1970-01-01, each from Monday to Sunday.
    Week(u32),
    /// Months since January 1970.
    Month(u32),
}

/// 1970-01-01 was a Thursday, so the Monday of its week was three days before.
const BEFORE_EPOCH: u32 = 3;
/// Days of 400 years, after which the calendar repeats.
const ERA: u32 = 146_097;
/// Days from 0000-03-01, where an era begins, to 1970-01-01.
const TO_EPOCH: u32 = 719_468;

impl Period {
    /// The week that a day lies in.
    pub fn week_of(day: u32) -> Period {
        Period::Week(day.saturating_add(BEFORE_EPOCH) / 7)
    }

    /// The month that a day lies in.
    pub fn month_of(day: u32) -> Period {
        let (year, month) = month(day);
        Period::Month((year.saturating_sub(1970)) * 12 + month - 1)
    }

    /// The month that it belongs to: a week to the one of its Thursday.
    pub fn month(self) -> Period {
        match self {
            Period::Day(day) => Period::month_of(day),
            Period::Week(week) => Period::month_of(week.saturating_mul(7)),
            Period::Month(_) => self,
        }
    }

    /// The first day of it and the first after it. What lies before 1970 is cut off.
    pub fn days(self) -> (u32, u32) {
        match self {
            Period::Day(day) => (day, day.saturating_add(1)),
            Period::Week(week) => {
                let monday = week.saturating_mul(7);
                (monday.saturating_sub(BEFORE_EPOCH), monday.saturating_add(7 - BEFORE_EPOCH))
            }
            Period::Month(month) => (first_of(month), first_of(month.saturating_add(1))),
        }
    }
}

/// Its key where it is stored: `d20779`, `w2968`, `m682`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Period::Day(n) => write!(f, "d{n}"),
            Period::Week(n) => write!(f, "w{n}"),
            Period::Month(n) => write!(f, "m{n}"),
        }
    }
}

/// Reads a key. Only what [`Period`]'s own form writes is one.
impl FromStr for Period {
    type Err = ();

    fn from_str(key: &str) -> Result<Period, ()> {
        let (unit, number) = key.split_at_checked(1).ok_or(())?;
        let n = number.parse().map_err(|_| ())?;
        let period = match unit {
            "d" => Period::Day(n),
            "w" => Period::Week(n),
            "m" => Period::Month(n),
            _ => return Err(()),
        };
        if period.to_string() == key { Ok(period) } else { Err(()) }
    }
}

/// Year and month (1 to 12) of a day, in the Gregorian calendar. After Howard Hinnant's `civil_from_days` (2013): years
/// begin in March there, so that the leap day is the last of its year.
fn month(day: u32) -> (u32, u32) {
    let shifted = day.saturating_add(TO_EPOCH);
    let (era, of_era) = (shifted / ERA, shifted % ERA);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / (ERA - 1)) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let from_march = (5 * of_year + 2) / 153;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (year + era * 400 + u32::from(month <= 2), month)
}

/// The first day of a month that is counted from January 1970. After Hinnant's `days_from_civil`.
fn first_of(month: u32) -> u32 {
    let (mut year, month) = (1970 + month / 12, month % 12 + 1);
    year -= u32::from(month <= 2);
    let (era, of_era) = (year / 400, year % 400);
    let from_march = if month > 2 { month - 3 } else { month + 9 };
    let of_year = (153 * from_march + 2) / 5;
    let day = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    era.saturating_mul(ERA).saturating_add(day).saturating_sub(TO_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn days_that_are_known_lie_where_the_calendar_has_them() {
        let rows = [
            // Day, week, month: 1970-01-01 (Thursday), 01-04 (Sunday), 01-05 (Monday), 01-31, 02-01.
            (0, 0, 0),
            (3, 0, 0),
            (4, 1, 0),
            (30, 4, 0),
            (31, 4, 1),
            // 2000-02-29 and 03-01, 2024-02-29 and 03-01, 2026-11-22 (Sunday) and 23 (Monday).
            (11_016, 1574, 361),
            (11_017, 1574, 362),
            (19_782, 2826, 649),
            (19_783, 2826, 650),
            (20_779, 2968, 682),
            (20_780, 2969, 682),
        ];
        for (day, week, month) in rows {
            assert_eq!(
                (Period::week_of(day), Period::month_of(day)),
                (Period::Week(week), Period::Month(month)),
                "{day}"
            );
        }
    }

    #[test]
    fn only_its_own_form_is_a_key() {
        for key in ["d20779", "w2968", "m682", "d0"] {
            assert_eq!(key.parse::<Period>().map(|it| it.to_string()), Ok(key.to_owned()));
        }
        for key in ["", "d", "d+7", "d07", "x7", "d-1", "d4294967296", "é1"] {
            assert_eq!(key.parse::<Period>(), Err(()), "{key}");
        }
    }

    proptest! {
        #[test]
        fn a_day_lies_in_its_week_and_month_and_they_follow_each_other(day in 0u32..1_000_000) {
            for period in [Period::week_of(day), Period::month_of(day)] {
                let (from, to) = period.days();
                prop_assert!((from..to).contains(&day), "{period}: {from}..{to} has not {day}");
                let next = match period {
                    Period::Day(n) => Period::Day(n + 1),
                    Period::Week(n) => Period::Week(n + 1),
                    Period::Month(n) => Period::Month(n + 1),
                };
                prop_assert_eq!(next.days().0, to);
            }
        }

        #[test]
        fn no_number_is_too_large(n in any::<u32>(), text in "\\PC{0,12}") {
            for period in [Period::Day(n), Period::Week(n), Period::Month(n), Period::week_of(n / 2), Period::month_of(n)] {
                let (from, to) = period.days();
                prop_assert!(from <= to);
            }
            let _ = text.parse::<Period>();
        }
    }
}
