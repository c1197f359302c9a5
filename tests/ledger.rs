//! The diary of somebody who is on the web all day, for three years: how large it grows, and that its views are right.
//!
//! Every day 200 sites are visited and 500 companies met, 25 of them on each site, and two feeds are read. The days pass
//! as they do in the browser, each folded when its time has come.

use std::collections::BTreeMap;
use std::time::Instant;

use plainsight::api::diary::{self, Ages, Counts, Feed, Grain, Key, Period, Row, Sheet, Span, Values};

const DAYS: u32 = 3 * 365;
const FIRST: u32 = 20_000;
/// What three years may take.
const MOST: usize = 50_000_000;

/// A day; which sites, which companies and how often differs from day to day.
fn day(number: u32) -> Sheet {
    let mut sheet = Sheet::default();
    for i in 0..200 {
        // Half of the sites are those of every day, the others of this week or a year.
        let site = if i < 100 { i } else { 100 + (number / 7 * 13 + i * 7) % 3000 };
        let companies = (0..25u32).map(|j| {
            let company = (i * 31 + j * j * 20 + number % 3) % 500;
            let requests = 1 + (number * 7 + i * 3 + j) % 90;
            let stopped = requests * (j % 4) / 4;
            let counts = Counts { requests, stopped, others: u32::from(j == 7), through: (requests - stopped) / 2 };
            (format!("Company Number {company} Incorporated"), counts)
        });
        let row = Row { companies: companies.collect(), pages: 1 + i % 9, seconds: i * 3, ..Row::default() };
        sheet.sites.insert(format!("www-{site}.some-site.example"), row);
    }
    for platform in ["x", "reddit"] {
        let sources = (0..12).map(|i| (format!("source-number-{i}"), number % 50 + i)).collect();
        let kinds = (0..20).map(|i| (format!("kind-number-{i}"), number % 30 + i)).collect();
        let feed = Feed { sponsored: 40, suggested: 200, followed: 150, unknown: 9, sources, kinds, ..Feed::default() };
        let row = Row { feeds: [(platform.to_owned(), feed)].into(), seconds: 5000, ..Row::default() };
        sheet.sites.insert(format!("{platform}.example"), row);
    }
    sheet
}

/// Folds what is due, as whoever holds the store does.
fn tend(store: &mut Values, today: u32) {
    loop {
        let keys: Vec<Key> = store.keys().cloned().collect();
        let folds = diary::folds(&keys, today, Ages::USUAL);
        if folds.is_empty() {
            return;
        }
        for fold in folds {
            let edit = diary::fold(&fold, store).expect("nothing newer is there");
            for key in &edit.gone {
                store.remove(&Key::read(key).expect("a key"));
            }
            for (key, bytes) in edit.put {
                store.insert(Key::read(&key).expect("a key"), bytes);
            }
        }
    }
}

#[test]
fn three_years_of_heavy_use_stay_small_and_lose_nothing() {
    let mut store = Values::new();
    let (mut requests, mut seconds) = (0u64, 0u64);
    for number in FIRST..FIRST + DAYS {
        let sheet = day(number);
        for row in sheet.sites.values() {
            requests += row.companies.values().map(|counts| u64::from(counts.requests)).sum::<u64>();
            seconds += u64::from(row.seconds);
        }
        store.insert(Key::Sheet(Period::Day(number)), diary::pack(&sheet));
        // Browsers are not opened every day.
        if number % 9 == 0 {
            tend(&mut store, number);
        }
    }
    let size: usize = store.values().map(Vec::len).sum();
    // Seen with --show-output, as are the times below, in an unoptimised build.
    println!("{} values, {:.1} MB", store.len(), size as f64 / 1e6);
    assert!(size < MOST, "{size} bytes");
    let kinds = store.keys().filter_map(Key::period).fold(BTreeMap::new(), |mut kinds, period| {
        *kinds.entry(period.to_string().chars().next()).or_insert(0) += 1;
        kinds
    });
    assert!(kinds[&Some('d')] < 120 && kinds[&Some('w')] < 60 && kinds[&Some('m')] < 30, "{kinds:?}");

    let start = Instant::now();
    let book = diary::book(&store);
    println!("opened in {:?}", start.elapsed());
    let start = Instant::now();
    let reach = diary::reach(&book, Span::ALL);
    println!("reach in {:?}", start.elapsed());
    assert_eq!(reach.companies.iter().map(|it| u64::from(it.counts.requests)).sum::<u64>(), requests);
    let start = Instant::now();
    let time = diary::time(&book, Span::ALL, Grain::Week);
    println!("time in {:?}", start.elapsed());
    assert_eq!(time.seconds, seconds);
    let start = Instant::now();
    let matrix = diary::matrix(&book, Span::ALL, 50, 50);
    println!("matrix in {:?}", start.elapsed());
    assert_eq!((matrix.cells.len(), matrix.cells[0].len()), (50, 50));
    let start = Instant::now();
    let feeds = diary::feeds(&book, Span::ALL, Grain::Month);
    println!("feeds in {:?}", start.elapsed());
    assert_eq!(feeds.platforms.iter().map(|it| it.total.items()).sum::<u32>(), DAYS * 2 * 399);
}
