//! What a tab's tally must hold: a table of short stories, and the law that replaying changes nothing.
//!
//! A story is a line of words, one a report: `page news.example`, `ads.example#1` (a request that a rule wants
//! stopped), `ads.example#2=7@500` (the same with the mark 7, at 500 ms), `cdn.example#2?` (a known company, no rule), `odd.example#3-` (nobody known), then `reached`, `blocked`,
//! `elsewhere`, `broken` with a request. The expectation is what the popup would say.

use proptest::prelude::*;

use super::*;

fn event(word: &str) -> Event {
    let (verb, rest) = match word.split_once(' ') {
        Some((verb, rest)) if !verb.contains('#') => (verb, rest),
        _ => ("start", word),
    };
    if verb == "page" {
        let (host, request) = rest.split_once('#').expect("a page is written host#number");
        return Event::Arrived { request: request.into(), host: host.into(), site: host.into() };
    }
    let (rest, page) = match rest.split_once(" on ") {
        Some((rest, page)) => (rest, Some((page.to_owned(), page.to_owned()))),
        None => (rest, None),
    };
    let (host, id) = rest.split_once('#').expect("a request is written host#number");
    let host = host.to_owned();
    let (id, mark) = id.split_once('=').unwrap_or((id, ""));
    let (mark, at) = mark.split_once('@').unwrap_or((id, "0"));
    let id_only = id.trim_end_matches(['?', '-']).to_owned();
    let end = match verb {
        "reached" => End::Reached,
        "blocked" => End::Blocked,
        "elsewhere" => End::BlockedElsewhere,
        "broken" => End::Broken,
        "start" => {
            let asked = Asked {
                company: Owner { name: host.clone(), purpose: "ad".into() },
                alias: None,
                host: host.clone(),
                rule: (!id.ends_with(['?', '-'])).then(|| "list:1".to_owned()),
                notable: !id.ends_with('-'),
                day: 1,
                at: at.parse().expect("a time is a number"),
                // Without a mark of its own every request has another address.
                mark: host.bytes().chain(mark.bytes()).fold(0, |sum: u32, byte| sum.wrapping_mul(31) + u32::from(byte)),
            };
            return Event::Started { id: id_only, page, asked };
        }
        other => panic!("no such report: {other}"),
    };
    Event::Ended { id: id_only, host, end }
}

fn play(tab: &mut Tab, story: &str) -> Vec<Step> {
    story.split(',').filter_map(|word| tab.take(event(word.trim()))).collect()
}

/// Renders a tally as `host requests/stopped/others/through`, with `part` in front where the page was there before us.
fn told(tab: &Tab) -> String {
    let mut out: Vec<String> = Vec::new();
    if tab.not_seen {
        out.push("part".into());
    }
    for (name, company) in &tab.companies {
        let c = company.counts();
        out.push(format!("{name} {}/{}/{}/{}", c.requests, c.stopped, c.others, c.through));
    }
    out.join(", ")
}

#[test]
fn stories() {
    let table = [
        // A block that our rule wanted is ours; the same error without a rule is someone else's.
        ("page n.example#1, a.example#2, blocked a.example#2", "a.example 1/1/0/0"),
        ("page n.example#1, a.example#2?, blocked a.example#2", "a.example 1/0/1/0"),
        // The page's own policy stopped it, although a rule spoke as well.
        ("page n.example#1, a.example#2, elsewhere a.example#2", "a.example 1/0/1/0"),
        ("page n.example#1, a.example#2?, reached a.example#2", "a.example 1/0/0/1"),
        // Still running, or broken off: not known, and not zero requests.
        ("page n.example#1, a.example#2", "a.example 1/0/0/0"),
        ("page n.example#1, a.example#2, broken a.example#2", "a.example 1/0/0/0"),
        // Somebody unknown counts only when stopped.
        ("page n.example#1, o.example#2-, reached o.example#2", ""),
        ("page n.example#1, o.example#2-, blocked o.example#2", "o.example 1/0/1/0"),
        // Firefox reports some blocks twice.
        ("page n.example#1, a.example#2, blocked a.example#2, blocked a.example#2", "a.example 1/1/0/0"),
        // Firefox's parser asks ahead of time, and the element asks again when that was stopped.
        (
            "page n.example#1, a.example#2=7@0, blocked a.example#2, a.example#3=7@13, blocked a.example#3",
            "a.example 1/1/0/0",
        ),
        // Later, or with another address, or on another page, or after an answer, it is another request.
        (
            "page n.example#1, a.example#2=7@0, blocked a.example#2, a.example#3=7@1500, blocked a.example#3",
            "a.example 2/2/0/0",
        ),
        (
            "page n.example#1, a.example#2=7@0, blocked a.example#2, a.example#3=8@13, blocked a.example#3",
            "a.example 2/2/0/0",
        ),
        (
            "page n.example#1, a.example#2=7@0, blocked a.example#2, page n.example#9, a.example#3=7@13",
            "a.example 1/0/0/0",
        ),
        (
            "page n.example#1, a.example#2=7@0, reached a.example#2, a.example#3=7@13, reached a.example#3",
            "a.example 2/0/0/2",
        ),
        // A redirect is two sightings under one number, each with its own end.
        (
            "page n.example#1, a.example#2?, reached a.example#2, b.example#2, blocked b.example#2",
            "a.example 1/0/0/1, b.example 1/1/0/0",
        ),
        // An end that is known is not taken back.
        ("page n.example#1, a.example#2, blocked a.example#2, reached a.example#2", "a.example 1/1/0/0"),
        // The page was there before us.
        ("a.example#2 on n.example, blocked a.example#2", "part, a.example 1/1/0/0"),
        ("a.example#2, blocked a.example#2", "part, a.example 1/1/0/0"),
        // A new page starts from nothing, and is whole again.
        ("a.example#2 on n.example, page m.example#3, b.example#4", "b.example 1/0/0/0"),
        // A late beacon of the page that was left does not count for the new one.
        ("page n.example#1, page m.example#2, a.example#3 on n.example, blocked a.example#3", ""),
        ("page n.example#1, a.example#3, page m.example#2, blocked a.example#3", ""),
        // An end without a beginning tells nothing.
        ("page n.example#1, blocked a.example#7", ""),
    ];
    for (story, expected) in table {
        let mut tab = Tab::default();
        play(&mut tab, story);
        assert_eq!(told(&tab), expected, "story: {story}");
    }
}

#[test]
fn a_late_end_is_still_written_for_the_site_that_was_left() {
    let mut tab = Tab::default();
    let steps = play(&mut tab, "page n.example#1, a.example#3, page m.example#2, blocked a.example#3");
    let sites: Vec<_> = steps.iter().map(|s| (s.sighting.site.as_str(), s.begun, s.sighting.outcome)).collect();
    assert_eq!(sites, [("n.example", true, Outcome::NotSeen), ("n.example", false, Outcome::Stopped)]);
}

#[test]
fn a_tab_survives_being_stored() {
    let mut tab = Tab::default();
    play(&mut tab, "page n.example#1, a.example#2, blocked a.example#2, b.example#3");
    let text = serde_json::to_string(&tab).expect("a tab can be written");
    let mut back: Tab = serde_json::from_str(&text).expect("and read again");
    assert_eq!(back, tab);
    // The request that was running when the background died is settled when its end comes.
    play(&mut back, "reached b.example#3");
    assert_eq!(told(&back), "a.example 1/1/0/0, b.example 1/0/0/1");
}

#[test]
fn what_is_remembered_is_bounded_and_counts_stay() {
    let mut tab = Tab::default();
    play(&mut tab, "page n.example#1");
    for i in 0..REMEMBERED * 3 {
        play(&mut tab, &format!("a.example#{i}, blocked a.example#{i}"));
    }
    assert_eq!(tab.recent.len(), REMEMBERED);
    assert_eq!(tab.stopped() as usize, REMEMBERED * 3);
}

fn any_word() -> impl Strategy<Value = String> {
    let host = prop_oneof![Just("a.example"), Just("b.example"), Just("n.example")];
    let kind = prop_oneof![Just(""), Just("?"), Just("-")];
    prop_oneof![
        (host.clone(), 0u8..6, kind).prop_map(|(h, i, k)| format!("{h}#{i}{k}")),
        (host.clone(), 0u8..6, 0u8..2, 0u16..2000).prop_map(|(h, i, m, at)| format!("{h}#{i}={m}@{at}")),
        (host.clone(), host.clone(), 0u8..6).prop_map(|(h, p, i)| format!("{h}#{i} on {p}")),
        (host.clone(), 0u8..6, prop_oneof![Just("reached"), Just("blocked"), Just("elsewhere"), Just("broken")])
            .prop_map(|(h, i, v)| format!("{v} {h}#{i}")),
        (host, 0u8..8).prop_map(|(h, i)| format!("page {h}#p{i}")),
    ]
}

proptest! {
    /// Every end in these batches comes after its beginning, as browsers promise; replaying any batch changes nothing.
    #[test]
    fn a_batch_replayed_does_not_count_twice(words in proptest::collection::vec(any_word(), 0..80)) {
        let mut tab = Tab::default();
        let ends: std::collections::BTreeSet<usize> = words
            .iter()
            .enumerate()
            .filter(|(i, w)| {
                let Event::Ended { id, host, .. } = event(w) else { return false };
                !words[..*i].iter().any(|b| matches!(event(b), Event::Started { id: x, asked, .. } if x == id && asked.host == host))
            })
            .map(|(i, _)| i)
            .collect();
        let story: Vec<&String> = words.iter().enumerate().filter(|(i, _)| !ends.contains(i)).map(|(_, w)| w).collect();
        for word in &story {
            tab.take(event(word));
        }
        let once = tab.clone();
        for word in &story {
            let step = tab.take(event(word));
            prop_assert_eq!(step, None, "a repeated report told of something: {}", word);
        }
        prop_assert_eq!(tab, once);
    }

    /// No story makes more ends than requests.
    #[test]
    fn ends_never_outnumber_requests(words in proptest::collection::vec(any_word(), 0..80)) {
        let mut tab = Tab::default();
        for word in &words {
            tab.take(event(word));
        }
        for company in tab.companies.values() {
            let c = company.counts();
            prop_assert!(c.stopped + c.others + c.through <= c.requests);
        }
    }
}
