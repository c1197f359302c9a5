//! What must hold as time goes by: nothing is lost by folding, nothing counts twice by taking in a copy.
//!
//! The store is one in memory. How a browser's keeps what belongs together is not played here.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;

use super::super::sheet::tests::any_sheet;
use super::*;

/// A store in memory, folded as the browser's is.
#[derive(Clone, Debug, Default)]
struct Store(BTreeMap<String, Vec<u8>>);

impl Store {
    fn keys(&self) -> Vec<Key> {
        self.0.keys().filter_map(|key| Key::read(key)).collect()
    }

    fn tend(&mut self, today: u32, ages: Ages) {
        loop {
            let folds = folds(&self.keys(), today, ages);
            if folds.is_empty() {
                return;
            }
            for Fold { from, into } in folds {
                let into = Key::Sheet(into).to_string();
                let taken: Vec<Vec<u8>> = from.iter().filter_map(|key| self.0.remove(&key.to_string())).collect();
                let values = taken.iter().chain(self.0.get(&into)).map(Vec::as_slice);
                let (sheet, damaged) = sum(values).expect("nothing newer is there");
                assert_eq!(damaged, [0usize; 0]);
                self.0.insert(into, packed::pack(&sheet));
            }
        }
    }

    fn all(&self) -> Sheet {
        sum(self.0.values().map(Vec::as_slice)).expect("nothing newer is there").0
    }
}

#[test]
fn keys_are_read_as_they_are_written_and_nothing_else_is_one() {
    let keys = ["row d20779 news.example", "visit d1 a b", "sheet w2968", "aside sheet m3"];
    for key in keys {
        assert_eq!(Key::read(key).map(|it| it.to_string()).as_deref(), Some(key));
    }
    for key in ["", "row", "row d1", "row w1 a", "sheet x", "learned", "rows d1 a", "sheet d01"] {
        assert_eq!(Key::read(key), None, "{key}");
    }
}

#[test]
fn what_is_folded_when_and_what_goes() {
    let keys = |text: &str| text.split(", ").map(|key| Key::read(key).expect("a key")).collect::<Vec<_>>();
    let told = |stored: &str, today| {
        let folds = folds(&keys(stored), today, Ages::USUAL);
        folds.iter().map(|fold| format!("{} > {}", fold.from.len(), fold.into)).collect::<Vec<_>>().join(", ")
    };
    // Yesterday may still change.
    assert_eq!(told("row d20779 a, row d20779 b, row d20780 a", 20_780), "");
    assert_eq!(told("row d20779 a, row d20779 b, row d20780 a", 20_781), "2 > d20779");
    // A week goes when all of it is old: Monday 20780 to Sunday 20786.
    assert_eq!(told("sheet d20780, sheet d20786", 20_786 + 90), "");
    assert_eq!(told("sheet d20780, sheet d20786, sheet d20787", 20_787 + 90), "2 > w2969");
    assert_eq!(told("sheet w2969", 20_787 + 400), "");
    assert_eq!(told("sheet w2969", 20_788 + 400), "1 > m682");
    let gone = |keep| {
        let stored = "visit d1 x, visit d20779 y, row d20780 a, sheet d20700, sheet w2960, aside row d20780 b";
        expired(&keys(stored), 20_781, keep).iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(gone(None), "visit d1 x");
    assert_eq!(gone(Some(30)), "visit d1 x, sheet d20700, sheet w2960");
    // The week ended on day 20723.
    assert_eq!(gone(Some(57)), "visit d1 x, sheet d20700, sheet w2960");
    assert_eq!(gone(Some(58)), "visit d1 x, sheet d20700");
    let of = |day| of_day(&keys("row d20780 a, sheet d20780, sheet w2969, sheet m682, sheet d20787"), day).len();
    // The last Monday of November belongs to December with its week.
    assert_eq!([of(20_780), of(20_781), of(20_787), of(20_795)], [4, 2, 1, 0]);
}

proptest! {
    #[test]
    fn however_late_it_is_folded_nothing_is_lost(
        days in vec((0u32..900, any_sheet()), 0..25),
        tended in vec(0u32..2000, 0..6),
    ) {
        let mut store = Store::default();
        let mut truth = Sheet::default();
        for (day, sheet) in &days {
            // A day is written once here.
            if store.0.keys().any(|key| key.starts_with(&format!("row d{} ", 20_000 + day))) {
                continue;
            }
            for (site, row) in &sheet.sites {
                let one = Sheet { sites: [(site.clone(), row.clone())].into() };
                store.0.insert(Key::Row(20_000 + day, site.clone()).to_string(), packed::pack(&one));
            }
            truth.add(sheet);
        }
        for today in tended {
            store.tend(20_000 + today, Ages::USUAL);
            prop_assert_eq!(store.all(), truth.clone());
        }
        store.tend(30_000, Ages::SHORT);
        prop_assert!(store.keys().iter().all(|key| matches!(key, Key::Sheet(Period::Month(_)))));
        prop_assert_eq!(store.all(), truth);
    }

    #[test]
    fn a_diary_taken_in_twice_changes_nothing_and_takes_nothing_away(
        mine in btree_map(any_period(), any_sheet(), 0..5),
        open in btree_map(0u32..40, any_sheet(), 0..2),
        other in btree_map(any_period(), any_sheet(), 0..5),
    ) {
        let once = merged(&mine, &open, &other);
        prop_assert_eq!(&merged(&once, &open, &other), &once);
        prop_assert_eq!(&merged(&once, &open, &mine), &once);
        // Its own copy, with what is open in it, adds nothing.
        let mut copy = mine.clone();
        for (day, sheet) in &open {
            copy.entry(Period::Day(*day)).or_default().add(sheet);
        }
        let sums = |sheets: &BTreeMap<Period, Sheet>| sheets.values().fold(Sheet::default(), |mut sum, sheet| {
            sum.add(sheet);
            sum
        });
        let seconds = |sheet: &Sheet| sheet.sites.values().map(|row| u64::from(row.seconds)).sum::<u64>();
        prop_assert_eq!(seconds(&sums(&merged(&mine, &open, &copy))), seconds(&sums(&mine)));
        prop_assert!(seconds(&sums(&once)) >= seconds(&sums(&mine)));
    }
}

/// Days, weeks and months that lie in each other.
fn any_period() -> impl Strategy<Value = Period> {
    prop_oneof![(0u32..40).prop_map(Period::Day), (0u32..6).prop_map(Period::Week), (0u32..2).prop_map(Period::Month)]
}
