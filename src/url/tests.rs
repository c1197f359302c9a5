//! Addresses taken apart, and whose domains are whose.
//!
//! The public suffixes are a few lines of the real list.

use super::*;

fn check(text: &str, want: &str) {
    let got = Url::parse(text).map_or("-".to_owned(), |u| {
        let port = u.port().map_or(String::new(), |p| p.to_string());
        format!("{} {} {} {}", u.scheme(), u.host(), port, u.path())
    });
    assert_eq!(got, want, "{text}");
}

#[test]
fn parts() {
    check("https://a.example/x?y#z", "https a.example  /x?y#z");
    check("https://user:pw@a.example.:8443?q", "https a.example 8443 ?q");
    check("http://[::1]:80/", "http [::1] 80 /");
    check("about:blank", "about   blank");
    check("data:text/html,<p>", "data   text/html,<p>");
    check("blob:https://a.example/1-2", "blob a.example  /1-2");
    check("https://", "https   ");
    check("//a.example/", "-");
    check("", "-");
}

const LIST: &str =
    "// comment\ncom\nuk\nco.uk\ngithub.io\nio\n*.ck\n!www.ck\njp\n*.kawasaki.jp\n!city.kawasaki.jp\nрф\n";

fn domain(host: &str, want: &str) {
    let section = Suffixes::write(LIST);
    let suffixes = Suffixes::open(&section).expect("what was just written opens");
    assert_eq!(suffixes.domain(host), want, "{host}");
}

#[test]
fn domains() {
    domain("a.b.example.com", "example.com");
    domain("a.b.Example.CO.UK", "Example.CO.UK");
    domain("me.github.io", "me.github.io");
    domain("x.me.github.io", "me.github.io");
    domain("co.uk", "co.uk");
    domain("a.unknown", "a.unknown");
    domain("b.a.unknown", "a.unknown");
    domain("localhost", "localhost");
    domain("a.b.c.ck", "b.c.ck");
    domain("a.www.ck", "www.ck");
    domain("a.b.c.kawasaki.jp", "b.c.kawasaki.jp");
    domain("a.city.kawasaki.jp", "city.kawasaki.jp");
    domain("x.y.xn--p1ai", "y.xn--p1ai");
    domain("10.0.0.1", "10.0.0.1");
    domain("", "");
}

#[test]
fn parties() {
    let section = Suffixes::write(LIST);
    let it = Suffixes::open(&section).expect("what was just written opens");
    assert!(!it.is_third_party("a.example.com", "b.example.com"));
    assert!(it.is_third_party("a.github.io", "b.github.io"));
    assert!(it.is_third_party("a.example.com", ""));
    assert!(!it.is_third_party("10.0.0.1", "10.0.0.1"));
}

#[test]
fn names_in_punycode() {
    assert_eq!(to_ascii("Bücher.example"), "xn--bcher-kva.example");
    assert_eq!(to_ascii("рф"), "xn--p1ai");
    assert_eq!(to_ascii("a.b"), "a.b");
}

#[test]
fn a_damaged_table_is_refused_or_harmless() {
    let whole = Suffixes::write(LIST);
    for n in 0..whole.len() {
        if let Some(cut) = Suffixes::open(&whole[..n]) {
            cut.domain("a.b.example.co.uk");
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

    #[test]
    fn any_text_is_survived(text in ".{0,80}", host in "[a-z.0-9é]{0,40}") {
        if let Some(url) = Url::parse(&text) {
            let _ = (url.host(), url.port(), url.path(), url.scheme());
        }
        let section = Suffixes::write(LIST);
        let it = Suffixes::open(&section).expect("what was just written opens");
        proptest::prop_assert!(host.ends_with(it.domain(&host)));
        proptest::prop_assert_eq!(labels(&host).last().map(|l| l.1), (!host.is_empty()).then(|| host_hash(&host)));
        to_ascii(&text);
    }
}
