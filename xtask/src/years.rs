//! Three years of the diary of somebody who is on the web all day: what views, files and budgets are tried on.
//!
//! Every day 200 sites are visited and 500 companies met, 25 of them on each site, and two feeds are read. The days pass as
//! they do in the browser, each folded when its time has come. What it deliberately does not do: claim that anybody's diary
//! looks so; it is to be larger than most.

use anyhow::{Context, Result};
use plainsight::api::diary::{self, Ages, Counts, Feed, Key, Period, Row, Sheet, Values};

/// So many days there are.
pub const DAYS: u32 = 3 * 365;

/// All of it, from a day on, and what each day added is told as it passes.
///
/// # Errors
/// If what was just written cannot be read.
pub fn values(first: u32, mut passes: impl FnMut(u32, &Sheet)) -> Result<Values> {
    let mut store = Values::new();
    for number in first..first + DAYS {
        let sheet = day(number);
        passes(number, &sheet);
        store.insert(Key::Sheet(Period::Day(number)), diary::pack(&sheet));
        // Browsers are not opened every day.
        if number % 9 == 0 {
            tend(&mut store, number)?;
        }
    }
    Ok(store)
}

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

/// Folds what is due, as `web::noting` does.
fn tend(store: &mut Values, today: u32) -> Result<()> {
    loop {
        let keys: Vec<Key> = store.keys().cloned().collect();
        let folds = diary::folds(&keys, today, Ages::USUAL);
        if folds.is_empty() {
            return Ok(());
        }
        for fold in folds {
            let edit = diary::fold(&fold, store).ok().context("a fold of what was just written")?;
            for key in &edit.gone {
                store.remove(&Key::read(key).context("a key")?);
            }
            for (key, bytes) in edit.put {
                store.insert(Key::read(&key).context("a key")?, bytes);
            }
        }
    }
}
