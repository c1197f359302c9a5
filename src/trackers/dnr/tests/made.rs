//! Lines of lists made at random, from a few words that meet often.
//!
//! They keep to what both forms of a list can say wholly. What this deliberately does not make: lines that a browser is
//! told only a part of; those have rows of their own in the tests.

use proptest::prelude::*;

/// A line that stops requests or lets them through.
pub(super) fn line() -> impl Strategy<Value = String> {
    let at = prop::sample::select(vec!["", "", "@@"]);
    let pattern = prop::sample::select(vec![
        "||a.b.com^",
        "||b.com^",
        "||x.co.uk^",
        "/ads^",
        "||b.com/ads",
        "-ads-",
        "|https://a",
        "ads|",
        "||a.*/ADS^",
        r"/ad[s]\d*$/",
        "",
    ]);
    let options = prop::collection::vec(
        prop::sample::select(vec![
            "script",
            "~image",
            "third-party",
            "1p",
            "domain=b.com",
            "domain=~a.b.com|b.com",
            "to=b.com",
            "to=~a.b.com",
            "denyallow=a.b.com",
            "important",
            "match-case",
            "method=get",
            "method=post",
            "all",
            "badfilter",
            "image,script",
            "domain=b.*",
            "redirect=noop.js",
            "match-case,method=~get",
        ]),
        0..3,
    );
    (at, pattern, options).prop_map(|(at, pattern, options)| {
        let options: Vec<&str> =
            options.into_iter().filter(|o| at.is_empty() || !matches!(*o, "all" | "redirect=noop.js")).collect();
        format!("{at}{pattern}{}{}", if options.is_empty() { "" } else { "$" }, options.join(","))
    })
}

/// Lines that take parameters out, and lines about hosts beside them. See [`params`].
pub(super) fn parameter() -> impl Strategy<Value = String> {
    let rule = prop::sample::select(vec!["", "", "||a.b.com^", "||x.co.uk^"]);
    let name = prop::sample::select(vec!["q", "r", "s"]);
    let taken = (rule, name).prop_map(|(rule, name)| format!("{rule}$removeparam={name}"));
    let other = prop::sample::select(vec![
        "@@||a.b.com^$removeparam",
        "@@||b.com^$removeparam=q",
        "@@$removeparam,domain=c.com",
        "||a.b.com^",
        "@@||a.b.com^$script",
        "||b.com^$important",
        "@@||c.com^$document",
    ]);
    prop_oneof![3 => taken, 1 => other.prop_map(str::to_owned)]
}
