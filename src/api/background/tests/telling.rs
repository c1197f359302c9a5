//! What is looked up for an item, and what is said of it: only of another's site, only where the platform's company is
//! known, and only what the diary holds.

use super::super::diary::telling::Telling;
use super::*;
use crate::api::diary::{Key, Row, Sheet, Values, pack};

/// What is looked up for an item on a page.
fn telling(url: &str, leads: &[&str]) -> String {
    let leads: Vec<String> = leads.iter().map(|it| (*it).to_owned()).collect();
    let found = fresh().telling(url, &leads);
    found.map_or_else(String::new, |it| format!("{}: {}", it.company, it.sites.join(" ")))
}

#[test]
fn what_an_item_leads_to_is_looked_up_for_the_company_of_the_platform() {
    // The platform of these tests is Loud's.
    let check =
        |leads: &[&str], wanted: &str| assert_eq!(telling("https://bid.example/feed", leads), wanted, "{leads:?}");
    check(&["https://www.shop.example/a?b#c"], "Loud: shop.example");
    check(&["https://WWW.Shop.Example/a"], "Loud: shop.example");
    check(&["https://l.loud.example/?u=https://shop.example/"], "Loud: shop.example");
    check(&["shop.example/a"], "Loud: shop.example");
    check(&["https://shop.example:8443/", "shop.example"], "Loud: shop.example");
    check(&["https://news.example/", "shop.example", "more.example"], "Loud: news.example shop.example");
    // Its own pages are no news to it, and what is no address is looked up nowhere.
    check(&["https://ad.example/a"], "");
    check(&["", "mailto:ann@shop.example"], "");
    check(&[], "");
    assert_eq!(telling("https://nobody.example/", &["https://shop.example/"]), "");
    assert_eq!(telling("about:blank", &["https://shop.example/"]), "");
}

#[test]
fn what_is_said_is_what_the_diary_holds_of_the_first_site_that_it_knows() {
    let mut background = fresh();
    background.saw(&batch(&visit(9)));
    let leads = ["https://quiet.example/", "https://www.news.example/"].map(str::to_owned);
    let asked = background.telling("https://bid.example/", &leads).expect("the platform is Loud's");
    let said = |background: &Background<Few>, stored: &Values| {
        serde_json::to_value(background.told(&asked, stored)).expect("a report is JSON")
    };
    let counts = json!({ "requests": 2, "stopped": 1, "others": 0, "through": 0, "notSeen": 1 });
    let told = json!([{ "width": "day", "from": 20_779, "to": 20_780, "counts": counts }]);
    let wanted = json!({ "company": "Loud", "site": "news.example", "told": told });
    assert_eq!(said(&background, &Values::new()), wanted);
    // What is stored of an open day is the same once more, and so it is when the background was born again or the day closed.
    let stored: Values = background.notes().into_iter().collect();
    assert_eq!(said(&background, &stored), wanted);
    let mut reborn = Background::new(Few, Saved::default());
    assert_eq!(said(&reborn, &stored), wanted);
    reborn.open_diary(stored.clone());
    assert_eq!(said(&reborn, &stored), wanted);
    reborn.close_days(20_780);
    assert_eq!(said(&reborn, &stored), wanted);
    assert_eq!(said(&reborn, &Values::new()), json!(null));
}

#[test]
fn old_days_are_told_as_they_are_kept() {
    let mut stored = Values::new();
    for (number, period) in ["d20779", "d20778", "w2955", "m670", "m669"].iter().enumerate() {
        let counts = Counts { requests: number as u32 + 1, ..Counts::default() };
        let row = Row { companies: [("Loud".to_owned(), counts)].into(), ..Row::default() };
        let bytes = pack(&Sheet { sites: [("shop.example".to_owned(), row)].into() });
        stored.insert(Key::Sheet(period.parse().expect("a period")), bytes);
    }
    let telling = Telling { company: "Loud".into(), sites: vec!["shop.example".into()] };
    let told = fresh().told(&telling, &stored).expect("all of it is known").told;
    let said: Vec<_> = told.iter().map(|it| (it.width, it.from, it.to, it.counts.not_seen)).collect();
    let days = [("day", 20_779, 20_780, 1), ("day", 20_778, 20_779, 2)];
    assert_eq!(said, [days[0], days[1], ("week", 20_682, 20_689, 3), ("before", 20_362, 20_423, 9)]);
}
