//! Lists that are switched off, and stand-ins that are not shipped: both are as if nobody had written them. Rules made
//! at random meet both in the file above; here are the cases that a person would name.

use super::*;

#[test]
fn what_would_be_answered_with_a_missing_stand_in_is_stopped() {
    use Decision::{Change, Pass, Stop};
    let ad = "https://ads.x.co.uk/ads.js https://b.com/ script";
    check("||ads.x.co.uk^$script,redirect=missing.js", ad, Stop);
    check("||ads.x.co.uk^$script,redirect=missing.js\n@@||ads.x.co.uk^", ad, Pass);
    // An exception from the redirect alone lets nothing through.
    check("||ads.x.co.uk^$script,redirect=missing.js\n@@||ads.x.co.uk^$script,redirect=missing.js", ad, Stop);
    check("||ads.x.co.uk^\n*$script,redirect-rule=missing.js", ad, Stop);
    check("||ads.x.co.uk^\n*$script,redirect-rule=missing.js\n*$script,redirect-rule=noop.js", ad, Change);
    let (list, _) = list::read("t", "*$script,redirect-rule=missing.js\n||a.example^$redirect=missing.js", &[]);
    let (_, refusals) = build(&[list], has_stand_in);
    let told: Vec<_> = refusals.iter().map(|it| (it.line, it.reason.as_str())).collect();
    assert_eq!(told, [(1, "the extension has no such stand-in")]);
}

/// The answer of some lists to a script of `ads.x.co.uk` on `b.com`: what becomes of it, list and line of the rule and
/// of the exception, and with what.
fn told(lists: &[&str], mask: u64) -> String {
    let lists: Vec<List> = lists.iter().map(|text| list::read("t", text, &[]).0).collect();
    let (index, _) = build(&lists, has_stand_in);
    let shield = Shield::open(&index, Suffixes::none()).expect("what was just written opens");
    let url = "https://ads.x.co.uk/ads.js?id=1";
    let answer = shield.ask(&Request::new(url, "https://b.com/", "script").with_lists(mask));
    let place = |rule: Option<RuleRef>| rule.map_or("-".to_owned(), |it| format!("{}:{}", it.list, it.line));
    let with = answer.redirect.iter().chain(&answer.params).copied().collect::<Vec<_>>().join(" ");
    format!("{:?} {} {} {with}", answer.decision, place(answer.rule), place(answer.exception)).trim_end().to_owned()
}

#[test]
fn a_list_that_is_off_is_as_if_not_there() {
    let rows = |lists: [&str; 2], both: &str, first: &str, second: &str| {
        for (mask, want) in [(3, both), (1, first), (2, second), (0, "Pass - -")] {
            assert_eq!(told(&lists, mask), want, "{lists:?} {mask:b}");
        }
    };
    rows(["||x.co.uk^", "@@/ads.js"], "Pass 0:1 1:1", "Stop 0:1 -", "Pass - -");
    rows(["||x.co.uk^", "@@||b.com^$document"], "Pass 0:1 1:1", "Stop 0:1 -", "Pass - -");
    rows(["@@/ads.js", "/ads.js$important"], "Stop 1:1 -", "Pass - -", "Stop 1:1 -");
    rows(["||x.co.uk^", "*$script,redirect-rule=noop.js"], "Change 0:1 - noop.js", "Stop 0:1 -", "Pass - -");
    let takes_out = "||x.co.uk^$removeparam=id";
    rows([takes_out, "@@||x.co.uk^$removeparam=id"], "Pass - -", "Change 0:1 - id", "Pass - -");
    // What two lists say alike is each one's own; what one takes back is taken back for all, whether it is on or off.
    rows(["||x.co.uk^", "||x.co.uk^"], "Stop 0:1 -", "Stop 0:1 -", "Stop 1:1 -");
    rows(["||x.co.uk^", "||x.co.uk^$badfilter"], "Pass - -", "Pass - -", "Pass - -");
}

#[test]
fn from_the_64th_on_lists_share_a_bit() {
    let mut lists = vec!["! none"; 70];
    lists[69] = "||x.co.uk^";
    assert_eq!(told(&lists, 1 << 63), "Stop 69:1 -");
    assert_eq!(told(&lists, !(1 << 63)), "Pass - -");
}
