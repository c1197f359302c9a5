//! What declarative rules come of which lines; and whether they decide as the shield does.
//!
//! The browser is [`super::play`]; what real browsers make of the same rules is tested in the browser.

mod made;

use proptest::prelude::*;

use self::made::{line, parameter};
use super::super::list;
use super::super::shield::{Shield, build};
use super::super::{Decision, Request};
use super::play::Browser;
use super::*;
use crate::url::Suffixes;

fn check(lines: &str, want: &[&str]) {
    let (list, _) = list::read("t", lines, &[]);
    let (rules, refusals) = rules(&[list], |name| name == "noop.js");
    let rules = rules.safe.iter().chain(&rules.risky);
    let mut got: Vec<String> = rules
        .map(|rule| {
            let action = serde_json::to_string(&rule.action).unwrap_or_default();
            let condition = serde_json::to_string(&rule.condition).unwrap_or_default();
            format!("{} {action} {condition}", rule.priority).replace('"', "")
        })
        .chain(refusals.iter().map(|r| format!("{}: {}", r.line, r.reason)))
        .collect();
    got.sort();
    assert_eq!(got, want, "{lines}");
}

#[test]
fn hosts_of_one_kind_are_one_rule() {
    check(
        "||b.example^\n||a.example^\n||x.a.example^\n||c.example^$all",
        &[
            "10 {type:block} {requestDomains:[a.example,b.example,c.example]}",
            "10 {type:block} {requestDomains:[c.example],resourceTypes:[main_frame]}",
        ],
    );
    check(
        "||b.example^$3p\n||a.example^$third-party",
        &["10 {type:block} {requestDomains:[a.example,b.example],domainType:thirdParty}"],
    );
    check(
        "/x^$domain=a.example\n/x^$domain=b.example",
        &["10 {type:block} {urlFilter:/x^,initiatorDomains:[a.example,b.example]}"],
    );
    // A rule for every host must not be narrowed to the hosts of another.
    check(
        "$domain=a.example,script\n||b.example^$domain=a.example,script",
        &[
            "10 {type:block} {initiatorDomains:[a.example],resourceTypes:[script]}",
            "10 {type:block} {requestDomains:[b.example],initiatorDomains:[a.example],resourceTypes:[script]}",
        ],
    );
}

#[test]
fn conditions_and_actions() {
    check(
        "@@||a.example^$document",
        &["40 {type:allowAllRequests} {requestDomains:[a.example],resourceTypes:[main_frame]}"],
    );
    check("@@/x^$~script", &["20 {type:allow} {urlFilter:/x^,excludedResourceTypes:[main_frame,script]}"]);
    check(
        "/x^$important,match-case,method=post",
        &["30 {type:block} {urlFilter:/x^,isUrlFilterCaseSensitive:true,requestMethods:[post]}"],
    );
    check(
        "||a.example^$script,redirect=noopjs",
        &[
            "10 {type:block} {requestDomains:[a.example],resourceTypes:[script]}",
            "11 {type:redirect,redirect:{extensionPath:/extension/stand-ins/noop.js}} {requestDomains:[a.example],resourceTypes:[script]}",
        ],
    );
    check(
        "||a.example^$removeparam=q,document",
        &[
            "9 {type:redirect,redirect:{transform:{queryTransform:{removeParams:[q]}}}} {urlFilter:^q=,requestDomains:[a.example],resourceTypes:[main_frame]}",
        ],
    );
    check("-x-$domain=~b.*", &["1: an exclusion of example.* cannot be declared"]);
    check("-é-", &["1: a pattern that is not ASCII cannot be declared"]);
    check(
        "-x-$strict3p",
        &[
            "10 {type:block} {urlFilter:-x-,domainType:thirdParty}",
            "1: strict3p is declared as third-party: not between hosts of one site",
        ],
    );
    check("||b.a.example^$strict3p,domain=a.example", &["1: strict3p cannot be declared between hosts of one site"]);
    check("-x-$strict1p", &["1: strict1p cannot be declared: a browser compares sites and not hosts"]);
    check("-x-$popup", &["1: it is about windows alone, which declarativeNetRequest does not know"]);
}

#[test]
fn a_name_under_any_ending_is_written_out_for_the_commonest() {
    let (declared, refusals) = rules(&[list::read("t", "-x-$domain=a.example|b.*", &[]).0], |_| false);
    let sites = &declared.safe[0].condition.initiator_domains;
    assert_eq!(sites.len(), 61);
    assert!(["a.example", "b.com", "b.co.uk"].iter().all(|site| sites.iter().any(|it| it == site)));
    assert_eq!(refusals[0].reason, "example.* is declared for the 60 commonest endings");
}

#[test]
fn parameters_do_not_get_in_the_way_of_each_other_or_of_a_block() {
    let taking = |priority: u32, names: &str, condition: &str| {
        format!(
            "{priority} {{type:redirect,redirect:{{transform:{{queryTransform:{{removeParams:[{names}]}}}}}}}} {{{condition}}}"
        )
    };
    // Only where it stands, and then with its family.
    let page = "resourceTypes:[main_frame]";
    check(
        "$removeparam=utm_b,document\n$removeparam=utm_a,document\n$removeparam=c,document",
        &[
            &taking(9, "c", &format!("urlFilter:^c=,{page}")),
            &taking(9, "utm_a,utm_b", &format!("urlFilter:^utm_a=,{page}")),
            &taking(9, "utm_a,utm_b", &format!("urlFilter:^utm_b=,{page}")),
        ],
    );
    check("$removeparam=_a", &[&taking(9, "_a", &format!("urlFilter:^_a=,{EVERY_TYPE}"))]);
    check(
        "||a.example/x$removeparam=q,document\n$removeparam=q,document,to=b.example",
        &[
            &taking(9, "q", "urlFilter:^q=,requestDomains:[b.example],resourceTypes:[main_frame]"),
            &taking(9, "q", "urlFilter:||a.example/x*^q=,resourceTypes:[main_frame]"),
        ],
    );
    check(
        "||a.example/x?$removeparam=q,document\n||a.example/x?$removeparam=p,document",
        &[&taking(8, "p,q", "urlFilter:||a.example/x?,resourceTypes:[main_frame]")],
    );
    // Hosts on which they are left.
    check(
        "$removeparam=a,document\n$removeparam=b,document\n@@||x.example^$removeparam\n@@||y.example^$removeparam=b",
        &[
            &taking(9, "a", "urlFilter:^a=,excludedRequestDomains:[x.example],resourceTypes:[main_frame]"),
            &taking(9, "b", "urlFilter:^b=,excludedRequestDomains:[x.example,y.example],resourceTypes:[main_frame]"),
        ],
    );
    check(
        "@@||x.example/y$removeparam\n@@/kept$removeparam\n$removeparam=/^a/",
        &[
            "1: an exception from a change is declared for its whole host",
            "2: an exception from a change cannot be declared without a host or sites",
            "3: declarativeNetRequest takes out parameters by their whole name alone",
        ],
    );
}

/// What a rule for every type, the page included, has to name.
const EVERY_TYPE: &str = "resourceTypes:[main_frame,sub_frame,stylesheet,script,image,font,object,xmlhttprequest,ping,media,websocket,csp_report,other]";

#[test]
fn a_stand_in_answers_nobody_whom_it_would_tell_our_address() {
    check(
        "||a.example^$xhr,script,redirect=noopjs",
        &[
            "10 {type:block} {requestDomains:[a.example],resourceTypes:[script,xmlhttprequest]}",
            "11 {type:redirect,redirect:{extensionPath:/extension/stand-ins/noop.js}} {requestDomains:[a.example],resourceTypes:[script]}",
        ],
    );
    check(
        "||a.example^$xhr,redirect=noopjs",
        &["10 {type:block} {requestDomains:[a.example],resourceTypes:[xmlhttprequest]}"],
    );
}

#[test]
fn an_id_outlives_other_lines_and_other_hosts() {
    let ids = |text: &str| {
        let (rules, _) = rules(&[list::read("t", text, &[]).0], |_| false);
        rules.safe.into_iter().map(|r| (r.condition.url_filter.clone(), r.id)).collect::<Vec<_>>()
    };
    let (before, after) = (ids("||a.example^\n-x-"), ids("-y-\n||b.example^\n-x-"));
    assert!(before.iter().all(|it| after.contains(it)));
}

/// What the shield and the played browser say of one request, each as decision and parameters; and what was refused.
fn both(lines: &str, url: &str, frame: &str, kind: &str) -> ([(Decision, Vec<String>); 2], Vec<Refusal>) {
    let section = Suffixes::write("com\nco.uk\n");
    let suffixes = Suffixes::open(&section).expect("what was just written opens");
    let lists = [list::read("t", lines, &[]).0];
    let (index, _) = build(&lists, |_| true);
    let shield = Shield::open(&index, suffixes).expect("what was just written opens");
    let (declared, refusals) = rules(&lists, |_| true);
    let request = Request::new(url, frame, kind);
    let answer = shield.ask(&request);
    let mut params: Vec<String> = answer.params.iter().map(|name| (*name).to_owned()).collect();
    params.sort();
    let played = Browser::new(&declared, suffixes).ask(&request);
    // Who answers with a stand-in stops the request too; only where an important line stands beside do they differ.
    let decision = if answer.redirect.is_some() { Decision::Stop } else { answer.decision };
    let is_stand_in = played.decision == Decision::Change && played.params.is_empty();
    let played_decision = if is_stand_in { Decision::Stop } else { played.decision };
    ([(decision, params), (played_decision, played.params)], refusals)
}

fn kinds() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["script", "image", "sub_frame", "main_frame", "ping"])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_browser_decides_as_the_shield_does(
        lines in prop::collection::vec(line(), 1..10),
        asked in prop::sample::select(vec!["a.b.com", "b.com", "x.co.uk", "y.x.co.uk"]),
        site in prop::sample::select(vec!["a.b.com", "b.com", "x.co.uk", "c.com"]),
        path in prop::sample::select(vec!["", "ads", "ADS", "x-ads-?ads", "ads/1"]),
        kind in kinds(),
    ) {
        let (url, frame) = (format!("https://{asked}/{path}"), format!("https://{site}/"));
        let ([shield, browser], refusals) = both(&lines.join("\n"), &url, &frame, kind);
        let is_partly = |it: &Refusal| it.reason.starts_with("example.* is declared for");
        prop_assert!(refusals.iter().all(is_partly), "{:?}", refusals);
        prop_assert_eq!(browser, shield, "{:?} {} on {} as {}", lines, url, frame, kind);
    }

    #[test]
    fn the_browser_takes_out_the_parameters_that_the_shield_names(
        lines in prop::collection::vec(parameter(), 1..10),
        asked in prop::sample::select(vec!["a.b.com", "b.com", "x.co.uk"]),
        // A name without a value tells nobody anything, and the declared form leaves it; see `params.rs`.
        query in prop::sample::select(vec!["", "?q=1", "?q=1&r=2", "?s=&r=2#x", "?q=1&q=2&t=3"]),
        kind in kinds(),
    ) {
        let (url, frame) = (format!("https://{asked}/p{query}"), "https://c.com/".to_owned());
        let ([shield, browser], refusals) = both(&lines.join("\n"), &url, &frame, kind);
        prop_assert_eq!(&refusals, &[]);
        prop_assert_eq!(browser, shield, "{:?} {} as {}", lines, url, kind);
    }
}

#[test]
fn headers_come_unless_the_request_is_let_through_by_more() {
    let headers = |lines: &str| {
        let (rules, _) = rules(&[list::read("t", lines, &[]).0], |_| false);
        let asked = Request::new("https://a.b.com/", "https://a.b.com/", "main_frame");
        Browser::new(&rules, Suffixes::none()).ask(&asked).headers
    };
    let policy = vec![("content-security-policy", "worker-src 'none'".to_owned())];
    assert_eq!(headers("||b.com^$csp=worker-src 'none'"), policy);
    assert_eq!(headers("||b.com^$csp=worker-src 'none'\n@@||b.com^$script"), policy);
    assert_eq!(headers("||b.com^$csp=worker-src 'none'\n@@||b.com^$document"), []);
    assert_eq!(headers("||b.com^$csp=worker-src 'none'\n@@||a.b.com^$csp"), []);
}
