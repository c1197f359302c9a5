//! How much of the diary a part of it is: what a person is told before that part goes.
//!
//! Which keys go is asked of those who say it where they are taken away (`kept::of_day`, `kept::expired`), so that nobody is
//! told less than what is then done. Nothing is taken away here.

use std::collections::{BTreeMap, BTreeSet};

use super::{Key, Period, Sheet, Span, expired, of_day};

/// A part that a person may have forgotten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// One site, on all days.
    Site(String),
    /// One day, or the week or month that it was folded into.
    Day(u32),
    /// What is older on a day than somebody wants it to be kept.
    Older {
        /// The day.
        today: u32,
        /// For how many days it is kept.
        keep: u32,
    },
    /// Everything.
    All,
}

/// How much that is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Amount {
    /// From the first of its days to the last; none if nothing is kept.
    pub span: Option<Span>,
    /// Sites.
    pub sites: u32,
    /// Pages that were opened.
    pub pages: u32,
    /// Requests to companies.
    pub requests: u32,
    /// Items of feeds.
    pub items: u32,
    /// How long it was looked at, in seconds.
    pub seconds: u64,
    /// Damaged values that lie aside.
    pub aside: u32,
}

impl Amount {
    /// Whether nothing is there of it.
    pub fn is_nothing(&self) -> bool {
        *self == Amount::default()
    }

    fn take(&mut self, period: Period) {
        let (from, to) = period.days();
        let all = self.span.unwrap_or(Span { from, to });
        self.span = Some(Span { from: all.from.min(from), to: all.to.max(to) });
    }
}

/// How much of a diary a part of it is, given its sums and the keys of what lies aside.
pub fn amount(sheets: &BTreeMap<Period, Sheet>, aside: &[Key], part: &Part) -> Amount {
    let mut keys: Vec<Key> = sheets.keys().copied().map(Key::Sheet).collect();
    keys.extend_from_slice(aside);
    let keys = match part {
        // Who can tell of which sites a damaged value speaks? With a site all of them go.
        Part::Site(_) | Part::All => keys,
        Part::Day(day) => of_day(&keys, *day),
        Part::Older { today, keep } => expired(&keys, *today, Some(*keep)),
    };
    let mut amount = Amount::default();
    let mut names: BTreeSet<&str> = BTreeSet::new();
    for key in &keys {
        let Key::Sheet(period) = key else {
            amount.aside = amount.aside.saturating_add(1);
            continue;
        };
        for (site, row) in sheets.get(period).into_iter().flat_map(|sheet| &sheet.sites) {
            if matches!(part, Part::Site(only) if only != site) {
                continue;
            }
            names.insert(site);
            amount.take(*period);
            amount.pages = amount.pages.saturating_add(row.pages);
            amount.seconds = amount.seconds.saturating_add(row.seconds.into());
            let requests = row.companies.values().map(|counts| counts.requests);
            amount.requests = requests.fold(amount.requests, u32::saturating_add);
            amount.items = row.feeds.values().map(|feed| feed.items()).fold(amount.items, u32::saturating_add);
        }
    }
    amount.sites = u32::try_from(names.len()).unwrap_or(u32::MAX);
    amount
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::diary::{Counts, Feed, Row};

    fn row(pages: u32, requests: u32, items: u32) -> Row {
        let counts = Counts { requests, stopped: 1, ..Counts::default() };
        let feed = Feed { sponsored: items, ..Feed::default() };
        Row {
            companies: [("Loud".to_owned(), counts)].into(),
            feeds: [("x".to_owned(), feed)].into(),
            pages,
            seconds: 30,
        }
    }

    fn of(rows: &[(&str, Row)]) -> Sheet {
        Sheet { sites: rows.iter().map(|(site, row)| ((*site).to_owned(), row.clone())).collect() }
    }

    /// Two days, and a week before them.
    fn diary() -> (BTreeMap<Period, Sheet>, Vec<Key>) {
        let sheets = [
            (Period::Week(100), of(&[("a.example", row(1, 10, 0))])),
            (Period::Day(800), of(&[("a.example", row(2, 20, 5)), ("b.example", row(3, 30, 0))])),
            (Period::Day(801), of(&[("b.example", row(4, 40, 1))])),
        ];
        (sheets.into(), vec![Key::Aside("sheet w100".to_owned()), Key::Aside("row d801 b.example".to_owned())])
    }

    #[test]
    fn a_part_is_as_much_as_goes_with_it() {
        let (sheets, aside) = diary();
        let told = |part| {
            let Amount { span, sites, pages, requests, items, seconds, aside } = amount(&sheets, &aside, &part);
            (span.map(|span| (span.from, span.to)), [sites, pages, requests, items, aside], seconds)
        };
        assert_eq!(told(Part::All), (Some((697, 802)), [2, 10, 100, 6, 2], 120));
        assert_eq!(told(Part::Site("a.example".to_owned())), (Some((697, 801)), [1, 3, 30, 5, 2], 60));
        assert_eq!(told(Part::Day(801)), (Some((801, 802)), [1, 4, 40, 1, 1], 30));
        // A day of the week that was summed up: the whole week goes.
        assert_eq!(told(Part::Day(700)), (Some((697, 704)), [1, 1, 10, 0, 1], 30));
        assert_eq!(told(Part::Older { today: 831, keep: 30 }), (Some((697, 801)), [2, 6, 60, 5, 1], 90));
    }

    #[test]
    fn of_what_is_not_there_nothing_goes() {
        let (sheets, _) = diary();
        for part in [Part::Site("c.example".to_owned()), Part::Day(900), Part::Older { today: 802, keep: 365 }] {
            assert!(amount(&sheets, &[], &part).is_nothing(), "{part:?}");
        }
        assert!(amount(&BTreeMap::new(), &[], &Part::All).is_nothing());
    }
}
