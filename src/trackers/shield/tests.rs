//! The index against a naive reader of the same rules, on rules and requests made at random from a few words, so that
//! they meet often; and damage, which must be refused or harmless.

mod lists;

use proptest::prelude::*;

use super::super::list::{self, Effect, Hosts, List, Pattern, Rule, Start, settle};
use super::super::request::host_range;
use super::super::{Answer, Decision, Request, ResourceType, RuleRef};
use super::*;
use crate::url::{Suffixes, is_under};

const SUFFIXES: &str = "com\nuk\nco.uk\nexample\nio\ngithub.io\n";

/// What the index decides, and what the rules do one by one. The n-th text is the n-th list.
fn decide(lists: &[&str], mask: u64, url: &str, frame: &str, kind: &str) -> (Decision, Decision) {
    let lists: Vec<List> = lists.iter().map(|text| list::read("t", text, &[]).0).collect();
    let suffixes = Suffixes::write(SUFFIXES);
    let suffixes = Suffixes::open(&suffixes).expect("what was just written opens");
    let (index, _) = build(&lists, has_stand_in);
    let shield = Shield::open(&index, suffixes).expect("what was just written opens");
    let request = Request::new(url, frame, kind).with_lists(mask);
    let naive = Naive { lists: &lists, suffixes }.decide(&request);
    (shield.ask(&request).decision, naive)
}

fn has_stand_in(name: &str) -> bool {
    !name.starts_with("missing")
}

/// Rules tried one by one, with the plainest matching there is.
struct Naive<'a> {
    lists: &'a [List],
    suffixes: Suffixes<'a>,
}

impl Naive<'_> {
    fn decide(&self, request: &Request<'_>) -> Decision {
        let asked = settle(self.lists).into_iter().filter(|(list, _)| request.lists >> list & 1 != 0);
        let rules: Vec<Rule> = asked.filter_map(|(_, rule)| shipped(rule)).collect();
        let speaking = || rules.iter().filter(|r| self.speaks(r, request));
        let blocks = |r: &&Rule| {
            !r.exception && matches!(r.effect, Effect::Block | Effect::Redirect { only_if_stopped: false, .. })
        };
        if speaking().find(blocks).is_none() {
            return Decision::Pass;
        }
        let page = if request.kind == ResourceType::Document { request.url } else { request.page };
        let page = Request { url: page, host: host_range(page), ..*request };
        let silent = rules.iter().any(|r| {
            let whole = r.exception && r.effect == Effect::Block && r.types.meets(list::Types(1));
            whole && self.sites(&r.sites, request.site) && self.sites(&r.to, request.host()) && text(r, &page)
        });
        let important = speaking().filter(blocks).any(|r| r.important);
        let allowed = speaking().any(|r| r.exception && r.effect == Effect::Block && (r.important || !important));
        if silent || allowed {
            return Decision::Pass;
        }
        let redirects = speaking().any(|r| matches!(r.effect, Effect::Redirect { .. }) && !r.exception);
        let kept = speaking().any(|r| matches!(r.effect, Effect::Redirect { .. }) && r.exception);
        if redirects && !kept { Decision::Change } else { Decision::Stop }
    }

    fn speaks(&self, rule: &Rule, request: &Request<'_>) -> bool {
        let third = self.suffixes.is_third_party(request.host(), request.site);
        let same = request.host() == request.site;
        let party = rule.party;
        let either = party.first && party.third;
        let carried = matches!(rule.effect, Effect::Carried { .. } | Effect::Policy { .. });
        !carried
            && rule.types.meets(list::Types::of(request.kind))
            && (rule.methods == 0 || rule.methods & request.method != 0)
            && (either || !(party.first && third || party.third && !third))
            && !(party.strict_first && !same || party.strict_third && same)
            && self.sites(&rule.sites, request.site)
            && self.sites(&rule.to, request.host())
            && !rule.denyallow.iter().any(|d| is_under(request.host(), d))
            && text(rule, request)
    }

    fn sites(&self, hosts: &Hosts, host: &str) -> bool {
        let under = |name: &String| match name.strip_suffix(".*") {
            Some(stem) => {
                let suffix = self.suffixes.suffix(host);
                !suffix.is_empty() && is_under(host, &format!("{stem}.{suffix}"))
            }
            None => is_under(host, name),
        };
        (hosts.only.is_empty() || hosts.only.iter().any(under)) && !hosts.not.iter().any(under)
    }
}

/// The rule as it is in an extension without the stand-in that it names.
fn shipped(rule: &Rule) -> Option<Rule> {
    match &rule.effect {
        Effect::Redirect { to, .. } if has_stand_in(to) => Some(rule.clone()),
        Effect::Redirect { only_if_stopped: false, .. } if !rule.exception => {
            Some(Rule { effect: Effect::Block, ..rule.clone() })
        }
        Effect::Redirect { .. } => None,
        _ => Some(rule.clone()),
    }
}

fn text(rule: &Rule, request: &Request<'_>) -> bool {
    let url = if rule.match_case { request.url.to_owned() } else { request.url.to_ascii_lowercase() };
    match &rule.pattern {
        Pattern::Any => true,
        Pattern::Host(host) => is_under(request.host(), host),
        Pattern::Regex(source) => {
            let flag = if rule.match_case { "" } else { "(?i)" };
            regex_lite::Regex::new(&format!("{flag}{source}")).is_ok_and(|r| r.is_match(request.url))
        }
        Pattern::Text { start, end, body } => {
            let starts: Vec<usize> = match start {
                Start::Free => (0..=url.len()).collect(),
                Start::Address => vec![0],
                Start::Label => (request.host.0..request.host.1)
                    .filter(|at| *at == request.host.0 || url.as_bytes()[at - 1] == b'.')
                    .collect(),
            };
            starts.into_iter().any(|at| here(body.as_bytes(), &url.as_bytes()[at..], *end))
        }
    }
}

fn here(body: &[u8], url: &[u8], end: bool) -> bool {
    match body.split_first() {
        None => !end || url.is_empty(),
        Some((b'*', rest)) => (0..=url.len()).any(|n| here(rest, &url[n..], end)),
        Some((b'^', rest)) => match url.split_first() {
            None => here(rest, url, end),
            Some((b, more)) => {
                !(b.is_ascii_alphanumeric() || b"_-.%".contains(b)) && b.is_ascii() && here(rest, more, end)
            }
        },
        Some((want, rest)) => url.split_first().is_some_and(|(b, more)| want == b && here(rest, more, end)),
    }
}

/// A piece of a pattern or of an address, from words that meet.
fn piece() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop::sample::select(vec![
            "ads",
            "a",
            "b.com",
            "x.co.uk",
            "c.github.io",
            "/",
            "?",
            "=",
            "&",
            ".",
            "-",
            "%2F",
            "js",
            "track",
            "1",
            "AdS",
        ]),
        1..6,
    )
    .prop_map(|words| words.concat())
}

fn rule() -> impl Strategy<Value = String> {
    let at = prop::sample::select(vec!["", "", "", "@@"]);
    let start = prop::sample::select(vec!["", "||", "|https://", "||a.b.com^", "||b.com/", "*", "||x.co.uk^*", "/"]);
    let middle = prop::sample::select(vec!["", "*", "^", "/*/"]);
    let end = prop::sample::select(vec!["", "^", "|", "*", "/", "^|"]);
    let options = prop::collection::vec(
        prop::sample::select(vec![
            "script",
            "~image",
            "third-party",
            "1p",
            "strict3p",
            "strict1p",
            "domain=b.com",
            "domain=~a.b.com|b.com",
            "from=x.*",
            "domain=b.*|~a.b.*",
            "to=b.com",
            "to=~a.b.com",
            "denyallow=a.b.com",
            "important",
            "match-case",
            "document",
            "method=get",
            "method=post",
            "redirect=noop.js",
            "redirect-rule=noop.js",
            "redirect=missing.js",
            "redirect-rule=missing.js",
            "all",
            "popup",
            "badfilter",
        ]),
        0..3,
    );
    (at, start, piece(), middle, prop::option::of(piece()), end, options).prop_map(
        |(at, start, one, middle, two, end, options)| {
            let dollar = if options.is_empty() { "" } else { "$" };
            format!("{at}{start}{one}{middle}{}{end}{dollar}{}", two.unwrap_or_default(), options.join(","))
        },
    )
}

fn host() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "a.b.com",
        "b.com",
        "x.co.uk",
        "ads.x.co.uk",
        "c.github.io",
        "d.github.io",
        "10.0.0.1",
        "b.com.",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_index_decides_as_the_rules_do(
        rules in prop::collection::vec(rule(), 1..12),
        (asked, site) in (host(), host()),
        path in piece(),
        kind in prop::sample::select(vec!["script", "image", "sub_frame", "main_frame", "ping"]),
        mask in prop::sample::select(vec![u64::MAX, 0, 1, 2, 3, 4, 5, 6, 7]),
    ) {
        let (url, frame) = (format!("https://{asked}/{path}"), format!("https://{site}/"));
        let lists: Vec<String> = rules.chunks(4).map(|rules| rules.join("\n")).collect();
        let lists: Vec<&str> = lists.iter().map(String::as_str).collect();
        let (got, want) = decide(&lists, mask, &url, &frame, kind);
        prop_assert_eq!(got, want, "{:?} {:b} {} on {} as {}", lists, mask, url, frame, kind);
    }

    #[test]
    fn any_list_is_survived(text in prop::collection::vec("[ -~éß\t]{0,40}", 0..20), url in ".{0,60}") {
        decide(&[&text.join("\n")], u64::MAX, &url, &url, "script");
    }
}

fn check(rules: &str, request: &str, want: Decision) {
    let words: Vec<&str> = request.split(' ').collect();
    assert_eq!(decide(&[rules], u64::MAX, words[0], words[1], words[2]).0, want, "{rules} {request}");
}

#[test]
fn order_of_rules() {
    use Decision::{Change, Pass, Stop};
    let ad = "https://ads.x.co.uk/ads.js https://b.com/ script";
    check("||ads.x.co.uk^", ad, Stop);
    check("||ads.x.co.uk^\n@@/ads.js$script", ad, Pass);
    check("||ads.x.co.uk^$important\n@@/ads.js$script", ad, Stop);
    check("||ads.x.co.uk^$important\n@@||b.com^$document", ad, Pass);
    check("||ads.x.co.uk^\n||ads.x.co.uk^$badfilter", ad, Pass);
    check("||ads.x.co.uk^$script,redirect=noopjs:5", ad, Change);
    check("*$script,redirect-rule=noopjs", ad, Pass);
    check("||ads.x.co.uk^\n||ads.x.co.uk/$script,redirect-rule=noopjs", ad, Change);
    check("||x.co.uk^$removeparam=gclid", "https://x.co.uk/?gclid=1 https://x.co.uk/ main_frame", Change);
    check("||x.co.uk^$removeparam=gclid", "https://x.co.uk/?q=1 https://x.co.uk/ main_frame", Pass);
    check(
        "||x.co.uk^$removeparam=gclid\n@@||x.co.uk^$removeparam",
        "https://x.co.uk/?gclid=1 https://x.co.uk/ xhr",
        Pass,
    );
}

#[test]
fn an_answer_names_its_rules() {
    let (list, _) = list::read("t", "! first line\n||ads.example^\n@@||ads.example/ok/", &[]);
    let (index, _) = build(&[list], has_stand_in);
    let shield = Shield::open(&index, Suffixes::none()).expect("what was just written opens");
    let answer = shield.ask(&Request::new("https://ads.example/ok/", "https://a.example/", "script"));
    let rule = |line| Some(RuleRef { list: 0, line });
    assert_eq!(answer, Answer { rule: rule(2), exception: rule(3), ..Answer::pass() });
}

#[test]
fn damage_is_refused_or_harmless() {
    let (list, _) =
        list::read("t", "||a.b.com^\n/ads/*$domain=b.com|~x.com\n/ad\\d/\n@@||c.com^$document\n-x-$removeparam=y", &[]);
    let (index, _) = build(&[list], has_stand_in);
    let ask = |bytes: &[u8]| {
        if let Some(shield) = Shield::open(bytes, Suffixes::none()) {
            shield.ask(&Request::new("https://a.b.com/ads/-x-?y=1", "https://b.com/", "script"));
        }
    };
    for n in 0..index.len() {
        ask(&index[..n]);
        let mut flipped = index.clone();
        flipped[n] ^= 0x81;
        ask(&flipped);
    }
}
