//! Where the dashboard has its book from: the days that the background stores.
//!
//! They hold companies by site, and neither feeds nor minutes; of those the book then says nothing, and so does the page.

use std::collections::BTreeMap;

use crate::api::diary::{Book, Counts, Period, Row, Sheet};

use super::super::tabbed;

/// So many days are looked back.
const DAYS: u32 = 366;

/// A day as it is stored: site, then company, then counts.
type Stored = BTreeMap<String, BTreeMap<String, Counts>>;

/// All that is kept.
pub async fn book(today: u32) -> Book {
    let mut book = Book::default();
    let keys = (0..DAYS).map(|back| today.saturating_sub(back));
    let keys: BTreeMap<String, u32> = keys.map(|day| (format!("day:{day}"), day)).collect();
    for (key, day) in tabbed::stored_many::<Stored>(keys.keys().cloned().collect()).await {
        let rows = day.into_iter().map(|(site, companies)| (site, Row { companies, ..Row::default() }));
        if let Some(number) = keys.get(&key) {
            book.add(Period::Day(*number), &Sheet { sites: rows.collect() });
        }
    }
    book
}
