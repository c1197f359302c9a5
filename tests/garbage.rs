//! What a broken download does to the trackers' room: nothing but refusals, each with its line.
//!
//! A list comes from a stranger's server. It may be cut, damaged, another file altogether, or made to hurt. The rest of
//! it is used, what is used is still found, and nothing here may panic or take long. Each case goes all the way: read,
//! written as sections, declared, opened, asked.

use plainsight::api::authoring::{self, ListText, Lists, Refusal};
use plainsight::api::requests::{Decision, Question, Requests};
use proptest::prelude::*;

const GOOD: &str = "||ads.example^";

/// The one place where the suite touches the API: takes a list all the way; returns the refusals, and whether the good
/// rule is found at the line it stands in.
fn through(text: &str) -> (Vec<Refusal>, Option<u32>) {
    let list = |id: &str, text: &str| ListText { id: id.to_owned(), title: String::new(), text: text.to_owned() };
    // A second list stands behind it: damage may not spill over.
    let (lists, refusals) = Lists::read(vec![list("broken", text), list("second", "||second.example^\n")]);
    let (sections, refused) = lists.request_sections("example\n", "[]", &[], |_| false);
    assert_eq!(refused, []);
    lists.declared(|_| false);
    let pack = authoring::pack(&sections).expect("what was just written opens");
    let texts = authoring::pack(&[lists.text_section()]).expect("what was just written opens");
    let requests = Requests::open(&pack).and_then(|it| it.with_texts(&texts)).expect("its sections hold together");
    let ask =
        |url| requests.ask(&Question { url, frame: "https://news.example/", kind: "script", ..Question::default() });
    let second = ask("https://second.example/").rule.filter(|rule| rule.list == "second");
    assert!(second.is_none_or(|rule| rule.text == Some("||second.example^")), "{second:?}");
    let found = ask("https://ads.example/").rule.filter(|rule| rule.text == Some(GOOD));
    (refusals, found.map(|rule| rule.line))
}

/// The refused lines and why, shortly.
fn told(refusals: &[Refusal]) -> Vec<String> {
    refusals.iter().map(|refusal| format!("{}: {}", refusal.line, refusal.reason)).collect()
}

#[test]
fn a_mark_at_the_beginning_and_foreign_line_ends_are_no_damage() {
    assert_eq!(through(&format!("\u{feff}[Adblock Plus 2.0]\r\n! Title: T\r\n{GOOD}\r\n")), (vec![], Some(3)));
    assert_eq!(through(&format!("\u{feff}{GOOD}")), (vec![], Some(1)));
}

#[test]
fn bytes_that_are_no_text_spoil_their_line_alone() {
    let text = String::from_utf8_lossy(b"||a\0b.example^\n\0\0\0\n||ads.example^\n\xff\xfe||c.example^\n! \xc3\x28\n")
        .into_owned();
    let (refusals, found) = through(&text);
    let reason = "it holds bytes that are no text";
    assert_eq!(told(&refusals), [1, 2, 4, 5].map(|line| format!("{line}: {reason}")));
    assert_eq!(found, Some(3));
}

#[test]
fn a_page_in_place_of_the_list_is_refused_as_a_whole() {
    let page = format!("\n<!DOCTYPE html>\n<html><body>\n502 Bad Gateway\n<a href=/ads/>\n{GOOD}\n</body></html>\n");
    let (refusals, found) = through(&page);
    assert_eq!(told(&refusals), ["2: this is a page or a document, not a list"]);
    assert_eq!(found, None);
}

#[test]
fn ten_megabytes_in_one_line_are_one_refusal() {
    for piece in ["a", "||a.example^$domain=", "#@#", "$$", "|a", "*", "!#if (", "0.0.0.0 ", "é", "/(a|"] {
        let text = format!("{}\n{GOOD}\n", piece.repeat(10_000_000 / piece.len()));
        let (refusals, found) = through(&text);
        assert_eq!(told(&refusals), ["1: the line is longer than 65,536 bytes"], "{piece}");
        assert_eq!(found, Some(2), "{piece}");
    }
}

#[test]
fn a_list_cut_anywhere_keeps_what_stands_before_the_cut() {
    let text = format!(
        "! Title: T\n{GOOD}\n!#if ext_ublock\n||b.example^$third-party,domain=a.example|~c.a.example\n!#endif\n"
    );
    for (cut, _) in text.char_indices() {
        let (_, found) = through(&text[..cut]);
        assert_eq!(found.is_some(), cut >= text.find(GOOD).expect("it is there") + GOOD.len(), "cut at {cut}");
    }
}

#[test]
fn a_list_of_nothing_lets_everything_pass() {
    let (lists, refusals) = Lists::read(Vec::new());
    assert_eq!(refusals, []);
    let (sections, _) = lists.request_sections("", "", &[], |_| false);
    let pack = authoring::pack(&sections).expect("what was just written opens");
    let requests = Requests::open(&pack).expect("its sections hold together");
    assert_eq!(requests.ask(&Question { url: "https://ads.example/", ..Question::default() }).decision, Decision::Pass);
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        through(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn no_mix_of_a_lists_own_signs_makes_it_panic(parts in prop::collection::vec(prop::sample::select(vec![
        "||", "|", "^", "*", "$", ",", "=", "~", "@@", "#", "##", "!", "!#if ", "!#else", "!#endif", "/", "\\", "(", "[", "]", "{",
        "domain=", "removeparam=", "redirect=", "third-party", "badfilter", "important", "csp=", "method=", "to=", "denyallow=",
        "a", "example.com", "com", ".", "-", "é", "\n", "\r\n", " ", "0.0.0.0 ", "1", "\u{0}", "\u{feff}", "<", "!*** x.txt ***",
    ]), 0..60)) {
        through(&parts.concat());
    }
}
