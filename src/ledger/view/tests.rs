//! Views of a small diary that can be counted by hand.
//!
//! It is written as lines, one a site and period: `d20780 news.example Loud:4/2/0/1 Quiet:1/0/0/1 @60 p2`, with a
//! company's requests, stopped, stopped by others and let through, seconds, and pages; a feed is `feed=x:1/2/3/0` with
//! its sponsored, suggested, followed and unknown items.

use proptest::prelude::*;

use super::super::sheet::{Feed, Row, Sheet};
use super::super::sighting::Counts;
use super::*;

/// 2026-11-23, a Monday.
const MONDAY: u32 = 20_780;

const DIARY: &str = "
d20780 news.example Loud:4/2/0/1 Quiet:1/0/0/1 @60 p2
d20780 shop.example Loud:2/2/0/0
d20780 x.example @600 feed=x:1/2/3/0
d20781 news.example Loud:1/0/1/0 @30 p1
d20787 x.example feed=x:0/0/5/1 Quiet:1/0/0/0
w2960 old.example Loud:10/10/0/0 @100
m670 older.example Quiet:7/0/0/7 @7
";

fn numbers(text: &str) -> Vec<u32> {
    text.split('/').map(|number| number.parse().expect("a count is a number")).collect()
}

fn counts(text: &str) -> Counts {
    let n = numbers(text);
    Counts { requests: n[0], stopped: n[1], others: n[2], through: n[3] }
}

fn row(words: &[&str]) -> Row {
    let mut row = Row::default();
    for word in words {
        if let Some(seconds) = word.strip_prefix('@') {
            row.seconds = numbers(seconds)[0];
        } else if let Some(feed) = word.strip_prefix("feed=") {
            let (platform, items) = feed.split_once(':').expect("a feed has items");
            let n = numbers(items);
            let feed = Feed { sponsored: n[0], suggested: n[1], followed: n[2], unknown: n[3], ..Feed::default() };
            row.feeds.insert(platform.to_owned(), feed);
        } else if let Some((company, met)) = word.split_once(':') {
            row.companies.insert(company.to_owned(), counts(met));
        } else {
            row.pages = numbers(&word[1..])[0];
        }
    }
    row
}

fn book(diary: &str) -> Book {
    let mut sheets: std::collections::BTreeMap<&str, Sheet> = std::collections::BTreeMap::new();
    for line in diary.trim().lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        sheets.entry(words[0]).or_default().sites.insert(words[1].to_owned(), row(&words[2..]));
    }
    let mut book = Book::default();
    for (period, sheet) in sheets {
        book.add(period.parse().expect("a period"), &sheet);
    }
    book
}

fn days(from: u32, to: u32) -> Span {
    Span { from, to }
}

#[test]
fn a_company_is_told_by_the_sites_it_was_met_on_of_all_that_were_visited() {
    let told = |span| {
        let view = met(&book(DIARY), span).reach;
        let rows = view.companies.iter().map(|it| {
            format!("{} {}/{}/{} {}", it.company, it.sites, it.stopped_on, it.through_on, it.counts.requests)
        });
        format!("{}: {}", view.sites, rows.collect::<Vec<_>>().join(", "))
    };
    assert_eq!(told(Span::ALL), "5: Loud 3/3/1 17, Quiet 3/0/2 9");
    assert_eq!(told(days(MONDAY, MONDAY + 7)), "3: Loud 2/2/1 7, Quiet 1/0/1 1");
    assert_eq!(told(days(MONDAY + 1, MONDAY + 2)), "1: Loud 1/1/0 1");
    assert_eq!(told(days(1, 2)), "0: ");
}

#[test]
fn the_matrix_has_the_most_in_front_and_says_how_many_are_left_out() {
    let told = |find, companies, sites| {
        let view = met(&book(DIARY), Span::ALL).matrix(find, companies, sites);
        let rows = view.companies.iter().zip(&view.cells).map(|(company, cells)| {
            let cells: Vec<String> = cells.iter().map(|it| it.requests.to_string()).collect();
            format!("{company} {}", cells.join(" "))
        });
        format!(
            "{} | {} | +{} +{}",
            view.sites.join(" "),
            rows.collect::<Vec<_>>().join(" | "),
            view.more_companies,
            view.more_sites
        )
    };
    assert_eq!(
        told("", 9, 9),
        "news.example old.example older.example shop.example x.example | Loud 5 10 0 2 0 | Quiet 1 0 7 0 1 | +0 +0"
    );
    assert_eq!(told("", 1, 2), "news.example old.example | Loud 5 10 | +1 +3");
    assert_eq!(told(" OLDER", 9, 9), "older.example | Quiet 7 | +0 +0");
    assert_eq!(met(&Book::default(), Span::ALL).matrix("", 9, 9), Matrix::default());
}

#[test]
fn bars_are_as_wide_as_the_grain_and_never_narrower_than_what_is_kept() {
    let bars = |grain| {
        let view = stopped(&book(DIARY), Span::ALL, grain);
        let told = view.bars.iter().zip(&view.over);
        told.map(|(bar, counts)| (bar.from, bar.to - bar.from, counts.requests)).collect::<Vec<_>>()
    };
    let month = (20_393, 30, 7);
    assert_eq!(bars(Grain::Day), [month, (20_717, 7, 10), (MONDAY, 1, 7), (MONDAY + 1, 1, 1), (MONDAY + 7, 1, 1)]);
    assert_eq!(bars(Grain::Week), [month, (20_717, 7, 10), (MONDAY, 7, 8), (MONDAY + 7, 7, 1)]);
    // September, and November with the last day of it that was kept.
    assert_eq!(bars(Grain::Month), [month, (20_697, 30, 10), (20_758, 30, 9)]);
    assert_eq!(bars(Grain::Year), [(20_089, 365, 7), (20_454, 365, 19)]);
    assert_eq!(stopped(&book(DIARY), Span::ALL, Grain::Year).total, counts("26/14/1/9"));
}

#[test]
fn a_feed_is_stacked_by_platform() {
    let view = feeds(&book(DIARY), days(MONDAY, MONDAY + 14), Grain::Week);
    assert_eq!(view.bars, [days(MONDAY, MONDAY + 7), days(MONDAY + 7, MONDAY + 14)]);
    let told: Vec<_> = view.platforms.iter().map(|it| (it.platform.as_str(), it.total.items())).collect();
    assert_eq!(told, [("x", 12)]);
    let over: Vec<_> = view.platforms[0].over.iter().map(|it| (it.sponsored, it.suggested, it.followed)).collect();
    assert_eq!(over, [(1, 2, 3), (0, 0, 5)]);
}

#[test]
fn time_is_summed_by_site() {
    let view = time(&book(DIARY), days(MONDAY, MONDAY + 7), Grain::Day);
    assert_eq!(view.seconds, 690);
    let told: Vec<_> = view.sites.iter().map(|it| (it.site.as_str(), it.seconds, it.over.clone())).collect();
    assert_eq!(told, [("x.example", 600, vec![600, 0]), ("news.example", 90, vec![60, 30])]);
}

#[test]
fn one_company_and_one_site_are_told_by_themselves() {
    let book = book(DIARY);
    let loud = of_company(&book, days(MONDAY, MONDAY + 7), Grain::Week, "Loud");
    let sites: Vec<_> = loud.sites.iter().map(|it| (it.site.as_str(), it.counts.requests)).collect();
    assert_eq!((loud.of, sites), (3, vec![("news.example", 5), ("shop.example", 2)]));
    assert_eq!((loud.counts, loud.over.len()), (counts("7/4/1/1"), 1));
    let nobody = of_company(&book, Span::ALL, Grain::Week, "Nobody");
    assert_eq!((nobody.of, nobody.sites.len(), nobody.bars.len()), (5, 0, 0));

    let x = of_site(&book, Span::ALL, Grain::Month, "x.example");
    assert_eq!((x.seconds, x.counts.requests, x.feeds.platforms[0].total.items()), (600, 1, 12));
    assert_eq!((x.bars.len(), x.feeds.bars.len(), x.seconds_over), (3, 3, vec![0, 0, 600]));
    let news = of_site(&book, Span::ALL, Grain::Day, "news.example");
    let companies: Vec<_> = news.companies.iter().map(|it| (it.company.as_str(), it.counts.requests)).collect();
    assert_eq!((news.pages, news.since, companies), (3, Some(MONDAY), vec![("Loud", 5), ("Quiet", 1)]));
    let never = of_site(&book, Span::ALL, Grain::Day, "never.example");
    assert_eq!((never.companies, never.since), (vec![], None));
}

proptest! {
    /// However it is cut into bars, and whatever view is asked, nothing is lost and nothing counts twice.
    #[test]
    fn all_views_agree_on_the_sums(
        rows in proptest::collection::btree_map((0u32..60, 0usize..4), (0u32..50, 0u32..50, 0u32..900), 0..40),
    ) {
        let mut sheets: std::collections::BTreeMap<u32, Sheet> = std::collections::BTreeMap::new();
        let (mut requests, mut seconds) = (0, 0);
        for ((day, site), (loud, quiet, time)) in &rows {
            let row = sheets.entry(MONDAY + day).or_default().row(&format!("s{site}.example"));
            row.companies.insert("Loud".into(), Counts { requests: *loud, through: *loud, ..Counts::default() });
            row.companies.insert("Quiet".into(), Counts { requests: *quiet, stopped: *quiet, ..Counts::default() });
            row.seconds = *time;
            requests += loud + quiet;
            seconds += u64::from(*time);
        }
        let mut book = Book::default();
        for (day, sheet) in &sheets {
            book.add(super::super::Period::Day(*day), sheet);
        }
        let met = met(&book, Span::ALL);
        let reach = &met.reach;
        prop_assert_eq!(reach.companies.iter().map(|it| it.counts.requests).sum::<u32>(), requests);
        let cells = met.matrix("", 9, 9).cells;
        prop_assert_eq!(cells.iter().flatten().map(|it| it.requests).sum::<u32>(), requests);
        for grain in [Grain::Day, Grain::Week, Grain::Month, Grain::Year] {
            let stopped = stopped(&book, Span::ALL, grain);
            prop_assert_eq!(stopped.total.requests, requests);
            prop_assert_eq!(stopped.over.iter().map(|it| it.requests).sum::<u32>(), requests);
            let time = time(&book, Span::ALL, grain);
            prop_assert_eq!(time.sites.iter().flat_map(|it| &it.over).sum::<u64>(), seconds);
            let loud = of_company(&book, Span::ALL, grain, "Loud");
            prop_assert_eq!(loud.over.iter().map(|it| it.requests).sum::<u32>(), loud.counts.requests);
            prop_assert_eq!(loud.sites.len(), reach.companies.iter().find(|it| it.company == "Loud").map_or(0, |it| it.sites as usize));
        }
    }
}
