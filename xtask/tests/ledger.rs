//! Three years of a heavy diary: how large it grows, and that its views are right.
//!
//! What it deliberately does not do: hold how long anything takes; `cargo xtask bench diary` measures that.

use std::collections::BTreeMap;
use std::time::Instant;

use anyhow::Result;
use plainsight::api::diary::{self, Grain, Key, Span};
use xtask::years;

const FIRST: u32 = 20_000;
/// What three years may take.
const MOST: usize = 50_000_000;

#[test]
fn three_years_of_heavy_use_stay_small_and_lose_nothing() -> Result<()> {
    let (mut requests, mut seconds) = (0u64, 0u64);
    let store = years::values(FIRST, |_, sheet| {
        for row in sheet.sites.values() {
            requests += row.companies.values().map(|counts| u64::from(counts.requests)).sum::<u64>();
            seconds += u64::from(row.seconds);
        }
    })?;
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
    let book = diary::book(&store, None);
    println!("opened in {:?}", start.elapsed());
    let start = Instant::now();
    let met = diary::met(&book, Span::ALL);
    let reach = &met.reach;
    println!("reach in {:?}", start.elapsed());
    assert_eq!(reach.companies.iter().map(|it| u64::from(it.counts.requests)).sum::<u64>(), requests);
    let start = Instant::now();
    let time = diary::time(&book, Span::ALL, Grain::Week);
    println!("time in {:?}", start.elapsed());
    assert_eq!(time.seconds, seconds);
    let start = Instant::now();
    let matrix = met.matrix("", 50, 50);
    println!("matrix in {:?}", start.elapsed());
    assert_eq!((matrix.cells.len(), matrix.cells[0].len()), (50, 50));
    let start = Instant::now();
    let feeds = diary::feeds(&book, Span::ALL, Grain::Month);
    println!("feeds in {:?}", start.elapsed());
    assert_eq!(feeds.platforms.iter().map(|it| it.total.items()).sum::<u32>(), years::DAYS * 2 * 399);
    Ok(())
}
