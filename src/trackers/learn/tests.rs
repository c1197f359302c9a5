//! What is evidence and what is not, cookie by cookie, and what is kept of it. Which requests are looked at at all is
//! not decided there, and so not asked here.

use super::*;

const UUID: &str = "uid=9f1c2a7e-33b4-4d0e-9a51-0c7de1f2ab34";

fn seen(learned: &mut Learned, site: &str, header: Header<'_>) -> bool {
    learned.saw("watch.example", site, header, 20_000, |name| name == "AWSALB")
}

#[test]
fn what_can_tell_a_person_from_all_others() {
    let identifying = [
        UUID,
        "_ga=GA1.2.4012345678901.1700000000",
        "id=a8K2mQ9xPz7Lw3",
        "id=wKqTzRbVnMcXyLpJhGdF",
        "n=482910567394",
        "a=1; b=2; u=5f4dcc3b5aa765d61d83",
    ];
    for cookies in identifying {
        assert!(seen(&mut Learned::default(), "a.example", Header::Sent(cookies)), "{cookies}");
    }
    let harmless = [
        "",
        "lang=en-US",
        "consent=accepted_all_categories",
        "seen=2026-11-22T10:00:00",
        "t=1700000000",
        "t=1700000000000",
        "theme=dark; visits=17",
        "region=north-rhine-westphalia",
        "AWSALB=9f1c2a7e33b44d0e9a510c7de1f2ab34",
    ];
    for cookies in harmless {
        assert!(!seen(&mut Learned::default(), "a.example", Header::Sent(cookies)), "{cookies}");
    }
}

#[test]
fn a_cookie_must_outlast_the_day() {
    for (end, lasting) in [
        ("; Max-Age=31536000; Secure", true),
        ("; expires=Fri, 01 Jan 2038 00:00:00 GMT", true),
        ("", false),
        ("; Max-Age=1800", false),
        ("; Expires=Thu, 01 Jan 1970 00:00:00 GMT", false),
    ] {
        let cookie = format!("{UUID}{end}");
        assert_eq!(seen(&mut Learned::default(), "a.example", Header::Set(&cookie)), lasting, "{cookie}");
    }
}

#[test]
fn a_party_is_proposed_with_its_evidence_on_the_third_site() {
    let mut learned = Learned::default();
    for site in ["a.example", "b.example", "b.example"] {
        seen(&mut learned, site, Header::Sent(UUID));
        assert_eq!(learned.proposals(), []);
    }
    seen(&mut learned, "c.example", Header::Sent(UUID));
    let proposals = learned.proposals();
    assert_eq!(proposals.len(), 1);
    assert_eq!(proposals[0].party, "watch.example");
    let evidence = Evidence { cookie: "uid".to_owned(), was_set: false, day: 20_000 };
    assert!(proposals[0].sites.iter().all(|(_, its)| *its == evidence));
    let stored = serde_json::to_string(&learned).expect("what was learned is stored");
    assert!(!stored.contains("9f1c2a7e"), "the value of a cookie is kept: {stored}");
    assert_eq!(serde_json::from_str::<Learned>(&stored).ok(), Some(learned));
}

#[test]
fn who_is_left_alone_or_forgotten_is_not_proposed() {
    let mut learned = Learned::default();
    for site in ["a.example", "b.example", "c.example"] {
        seen(&mut learned, site, Header::Sent(UUID));
    }
    let mut forgetful = learned.clone();
    forgetful.forget("watch.example");
    assert_eq!((forgetful.proposals(), forgetful.parties()), (vec![], 0));
    learned.leave("watch.example");
    learned.forget_all();
    assert!(!seen(&mut learned, "d.example", Header::Sent(UUID)));
    assert_eq!(learned.proposals(), []);
    assert_eq!(learned.left().collect::<Vec<_>>(), ["watch.example"]);
    learned.take_back("watch.example");
    assert!(seen(&mut learned, "d.example", Header::Sent(UUID)));
}

#[test]
fn it_stays_small() {
    let mut learned = Learned::default();
    for party in 0..KEPT + 10 {
        for site in 0..KEPT_SITES + 2 {
            let day = i32::try_from(party).unwrap_or(i32::MAX);
            learned.saw(&format!("p{party}.example"), &format!("s{site}"), Header::Sent(UUID), day, |_| false);
        }
    }
    assert_eq!(learned.parties.len(), KEPT);
    assert!(!learned.parties.contains_key("p0.example"));
    assert!(learned.parties.values().all(|party| party.sites.len() == KEPT_SITES));
}
