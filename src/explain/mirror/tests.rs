//! The mirror on tables and visits that are small and invented: what is enough, what is not, and that no order, correction
//! or extra visit makes it say more than is known.
//!
//! Sites are written as `news.example 2/1/0`: days told, perhaps told, and prevented.

use proptest::prelude::*;

use super::*;
use crate::ledger::{Counts, Period, Sheet};

static TABLE: [Interest; 3] = [
    Interest { name: "birds", special: None, sites: "birds.example both.example owls.example", words: "bird* *owl" },
    Interest {
        name: "faith",
        special: Some(Special::Religion),
        sites: "both.example faith.example",
        words: "*temple*",
    },
    Interest { name: "tea", special: None, sites: "tea.example", words: "tea" },
];

fn met(text: &str) -> Vec<SiteTold> {
    let site = |line: &str| {
        let (site, days) = line.trim().split_once(' ').expect("a site and its days");
        let n: Vec<u32> = days.split('/').map(|n| n.parse().expect("a number")).collect();
        SiteTold { site: site.to_owned(), told: n[0], maybe: n[1], prevented: n[2] }
    };
    text.split(',').filter(|line| !line.is_empty()).map(site).collect()
}

fn seen(text: &str, choice: &Choice) -> Mirror {
    of_sites(&Sites::of_table(&TABLE), met(text), choice)
}

/// `birds Told Hint 2` of each.
fn told(list: &[Inferred]) -> String {
    let line = |it: &Inferred| format!("{} {:?} {:?} {}", it.interest.name, it.end, it.strength, it.visits);
    list.iter().map(line).collect::<Vec<_>>().join(", ")
}

#[test]
fn words_are_found_where_their_stars_say() {
    let sites = Sites::of_table(&TABLE);
    let rows = [
        ("birds.example", "birds"),
        ("both.example", "birds faith"),
        ("birdlife.org.example", "birds"),
        ("my-birds.example", "birds"),
        ("songbird.example", "-"),
        ("snowowl.example", "birds"),
        ("owlet.example", "-"),
        ("thetempleofdoom.example", "faith"),
        ("tea.shop.example", "tea"),
        ("green-tea.example", "tea"),
        ("team.example", "-"),
        ("", "-"),
        ("...", "-"),
    ];
    for (site, wanted) in rows {
        let names: Vec<&str> = sites.of(site).into_iter().map(|it| it.name).collect();
        let names = if names.is_empty() { "-".to_owned() } else { names.join(" ") };
        assert_eq!(names, wanted, "{site}");
    }
}

#[test]
fn one_visit_is_no_interest_and_what_was_stopped_is_told_apart() {
    let rows = [
        ("", ""),
        ("birds.example 1/0/0", ""),
        ("birds.example 2/0/0", "birds Told Hint 2"),
        ("birds.example 1/0/0,owls.example 1/0/0", "birds Told Hint 2"),
        ("birds.example 4/0/0", "birds Told Clear 4"),
        ("birds.example 12/0/0", "birds Told Clear 12"),
        ("birds.example 13/0/0", "birds Told Strong 13"),
        ("birds.example 1/1/0", "birds Maybe Hint 2"),
        ("birds.example 0/4/9", "birds Maybe Clear 4"),
        ("birds.example 1/0/1", "birds Prevented Hint 2"),
        ("birds.example 0/0/13", "birds Prevented Strong 13"),
        ("both.example 2/0/0", "birds Told Hint 2, faith Told Hint 2"),
        // The ends first, then what most speaks for.
        (
            "tea.example 0/0/90,faith.example 2/0/0,owls.example 3/0/0",
            "birds Told Hint 3, faith Told Hint 2, tea Prevented Strong 90",
        ),
    ];
    for (sites, wanted) in rows {
        assert_eq!(told(&seen(sites, &Choice::default()).inferred), wanted, "{sites}");
    }
}

#[test]
fn sites_are_counted_where_the_company_could_see_them() {
    let mirror = seen("birds.example 2/0/0,nobody.example 0/1/5,never.example 0/0/7", &Choice::default());
    assert_eq!((mirror.seen, mirror.unknown), (2, 1));
    let days: Vec<_> = seen("owls.example 1/0/0,birds.example 1/0/0,both.example 3/0/1", &Choice::default())
        .inferred
        .iter()
        .map(|it| it.sites.iter().map(|it| format!("{} {}", it.site, it.days())).collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(days, ["both.example 4 birds.example 1 owls.example 1", "both.example 4"]);
}

#[test]
fn what_the_person_said_holds() {
    let all = "birds.example 9/0/0,faith.example 9/0/0,tea.example 9/0/0";
    let stored =
        serde_json::json!({ "asked": true, "said": { "birds": "wrong", "tea": "hidden", "faith": "yes", "x": 1 } });
    let choice = Choice::from(stored);
    assert!(choice.asked);
    let mirror = seen(all, &choice);
    assert_eq!(told(&mirror.inferred), "faith Told Clear 9");
    assert_eq!((told(&mirror.wrong), mirror.hidden), ("birds Told Clear 9".to_owned(), 1));
    // It is read as it was written; what is no choice was not chosen.
    let again = serde_json::to_value(&choice).expect("it can be written");
    assert_eq!(Choice::from(again), choice);
    for foreign in [serde_json::json!(null), serde_json::json!([1]), serde_json::json!({ "asked": 1, "said": "x" })] {
        assert_eq!(Choice::from(foreign), Choice::default());
    }
}

#[test]
fn the_days_of_the_diary_are_counted_once_each() {
    let mut book = Book::default();
    let mut add = |period: Period, site: &str, requests: u32, stopped: u32, through: u32| {
        let mut sheet = Sheet::default();
        let counts = Counts { requests, stopped, others: 0, through };
        sheet.row(site).companies.insert("Loud".to_owned(), counts);
        book.add(period, &sheet);
    };
    // A day in two pieces, a day on which it was stopped, one of which nobody knows, a week, and one too long ago.
    add(Period::Day(20_000), "kicker.de", 1, 0, 1);
    add(Period::Day(20_000), "kicker.de", 5, 5, 0);
    add(Period::Day(19_999), "kicker.de", 2, 2, 0);
    add(Period::Day(19_998), "kicker.de", 2, 1, 0);
    add(Period::week_of(19_950), "kicker.de", 70, 0, 70);
    add(Period::Day(20_000 - DAYS), "kicker.de", 1, 0, 1);
    add(Period::Day(19_990), "kicker.de", 0, 0, 0);
    let wanted = SiteTold { site: "kicker.de".to_owned(), told: 2, maybe: 1, prevented: 1 };
    assert_eq!(crate::ledger::view::told(&book, span(20_000), "Loud"), std::slice::from_ref(&wanted));
    assert_eq!(crate::ledger::view::told(&book, span(20_000), "Quiet"), []);
    let mirror = mirror(&book, "Loud", 20_000, &Choice::default());
    assert_eq!(told(&mirror.inferred), "football Told Hint 2");
    assert_eq!(mirror.inferred[0].sites, [wanted]);
}

fn any_met() -> impl Strategy<Value = Vec<SiteTold>> {
    let name = prop_oneof![
        Just("birds.example".to_owned()),
        Just("both.example".to_owned()),
        Just("faith.example".to_owned()),
        Just("tea.example".to_owned()),
        "[a-c]\\.example",
        "\\PC{0,9}",
    ];
    let days = (0u32..20, 0u32..20, prop_oneof![9 => 0u32..20, 1 => any::<u32>()]);
    proptest::collection::btree_map(name, days, 0..9).prop_map(|sites| {
        let site = |(site, n): (String, (u32, u32, u32))| SiteTold { site, told: n.0, maybe: n.1, prevented: n.2 };
        sites.into_iter().map(site).collect()
    })
}

proptest! {
    #[test]
    fn all_that_is_said_rests_on_what_was_met(met in any_met()) {
        let mirror = of_sites(&Sites::of_table(&TABLE), met.clone(), &Choice::default());
        for it in &mirror.inferred {
            prop_assert!(it.visits >= HINT && it.sites.iter().all(|site| met.contains(site)));
            let told: u32 = it.sites.iter().map(|site| site.told).fold(0, u32::saturating_add);
            prop_assert_eq!(it.end == End::Told, told >= HINT);
            prop_assert!(it.sites.is_sorted_by(|a, b| a.days() >= b.days()));
        }
        prop_assert!(mirror.inferred.is_sorted_by_key(|it| it.end));
        prop_assert!(mirror.unknown <= mirror.seen && mirror.seen as usize <= met.len());
    }

    #[test]
    fn the_order_of_visits_does_not_matter_and_more_of_them_never_make_less(met in any_met(), at in any::<proptest::sample::Index>()) {
        let choice = Choice::default();
        let sites = Sites::of_table(&TABLE);
        let mirror = of_sites(&sites, met.clone(), &choice);
        let reversed: Vec<_> = met.iter().rev().cloned().collect();
        prop_assert_eq!(&of_sites(&sites, reversed, &choice), &mirror);
        let mut more = met.clone();
        if !more.is_empty() {
            let it = at.get(&more).site.clone();
            more.iter_mut().filter(|site| site.site == it).for_each(|site| site.told += 1);
        }
        let after = of_sites(&sites, more, &choice);
        for before in &mirror.inferred {
            let now = after.inferred.iter().find(|it| it.interest == before.interest);
            prop_assert!(now.is_some_and(|now| now.end <= before.end), "{:?} is gone or less", before);
        }
    }

    #[test]
    fn what_is_hidden_is_nowhere_and_what_is_wrong_in_its_place(met in any_met(), said in 0usize..9) {
        let all = of_sites(&Sites::of_table(&TABLE), met.clone(), &Choice::default());
        let words = [None, Some(Said::Wrong), Some(Said::Hidden)];
        let said = [("birds", words[said % 3]), ("faith", words[said / 3])];
        let said = said.into_iter().filter_map(|(name, said)| Some((name.to_owned(), said?))).collect();
        let choice = Choice { asked: true, said };
        let mirror = of_sites(&Sites::of_table(&TABLE), met, &choice);
        prop_assert_eq!(mirror.inferred.len() + mirror.wrong.len() + mirror.hidden as usize, all.inferred.len());
        let is = |it: &Inferred, said: Option<Said>| choice.said.get(it.interest.name).copied() == said;
        prop_assert!(mirror.inferred.iter().all(|it| is(it, None)));
        prop_assert!(mirror.wrong.iter().all(|it| is(it, Some(Said::Wrong))));
    }
}
