//! What declarative rules come of which lines; and whether they decide as the shield does.
//!
//! A browser is played here by a few lines that read one rule; what real browsers make of them is tested in the browser.

use proptest::prelude::*;

use super::super::list;
use super::super::shield::{Shield, build};
use super::super::{Decision, Request};
use super::*;
use crate::url::{Suffixes, is_under};

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
    check(
        "-x-$domain=a.example|b.*",
        &[
            "10 {type:block} {urlFilter:-x-,initiatorDomains:[a.example]}",
            "1: example.* cannot be declared: used for its other sites",
        ],
    );
    check("-x-$domain=~b.*", &["1: an exclusion of example.* cannot be declared"]);
    check("-é-", &["1: a pattern that is not ASCII cannot be declared"]);
    check("-x-$strict3p", &["1: strict1p and strict3p cannot be declared"]);
    check("-x-$popup", &["1: it is about windows alone, which declarativeNetRequest does not know"]);
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
        "@@||x.example/y$removeparam\n$removeparam=/^a/",
        &[
            "1: declarativeNetRequest has no exception from a change alone, but for whole hosts",
            "2: declarativeNetRequest takes out parameters by their whole name alone",
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

/// What a browser does with the safe rules, as its documentation says.
fn browser(rules: &Rules, request: &Request<'_>, suffixes: Suffixes<'_>) -> Decision {
    let hit = |rule: &&DnrRule| {
        let c = &rule.condition;
        let kind = match request.kind {
            ResourceType::Document => "main_frame",
            ResourceType::Subdocument => "sub_frame",
            ResourceType::Image => "image",
            ResourceType::Ping => "ping",
            _ => "script",
        };
        let typed = match (c.resource_types.is_empty(), c.excluded_resource_types.is_empty()) {
            (true, true) => kind != "main_frame",
            (false, _) => c.resource_types.contains(&kind),
            _ => !c.excluded_resource_types.contains(&kind),
        };
        let under = |host: &str, of: &[String]| of.iter().any(|d| is_under(host, d));
        let third = suffixes.is_third_party(request.host(), request.site);
        // The syntax is the lists' own, so the lists' own reader may read it back.
        let addressed = c.url_filter.as_ref().is_none_or(|f| {
            let case = if c.is_url_filter_case_sensitive { ",match-case" } else { "" };
            let (list, _) = list::read("t", &format!("{f}$all{case}"), &[]);
            let (index, _) = build(&[list], |_| false);
            Shield::open(&index, suffixes).is_some_and(|s| s.ask(request).decision == Decision::Stop)
        });
        typed
            && c.domain_type.is_none_or(|t| (t == "thirdParty") == third)
            && (c.request_domains.is_empty() || under(request.host(), &c.request_domains))
            && !under(request.host(), &c.excluded_request_domains)
            && (c.initiator_domains.is_empty() || under(request.site, &c.initiator_domains))
            && !under(request.site, &c.excluded_initiator_domains)
            && (c.request_methods.is_empty() || c.request_methods.contains(&"get"))
            && addressed
    };
    let best = rules.safe.iter().filter(hit).max_by_key(|r| (r.priority, r.action == Action::Allow));
    match best {
        Some(rule) if rule.action == Action::Block => Decision::Stop,
        _ => Decision::Pass,
    }
}

fn line() -> impl Strategy<Value = String> {
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
        ]),
        0..3,
    );
    (at, pattern, options).prop_map(|(at, pattern, options)| {
        let options: Vec<&str> = options.into_iter().filter(|o| at.is_empty() || *o != "all").collect();
        format!("{at}{pattern}{}{}", if options.is_empty() { "" } else { "$" }, options.join(","))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_browser_decides_as_the_shield_does(
        lines in prop::collection::vec(line(), 1..10),
        asked in prop::sample::select(vec!["a.b.com", "b.com", "x.co.uk", "y.x.co.uk"]),
        site in prop::sample::select(vec!["a.b.com", "b.com", "x.co.uk", "c.com"]),
        path in prop::sample::select(vec!["", "ads", "ADS", "x-ads-?ads", "ads/1"]),
        kind in prop::sample::select(vec!["script", "image", "sub_frame", "main_frame", "ping"]),
    ) {
        let section = Suffixes::write("com\nco.uk\n");
        let suffixes = Suffixes::open(&section).expect("what was just written opens");
        let (list, _) = list::read("t", &lines.join("\n"), &[]);
        let lists = [list];
        let (url, frame) = (format!("https://{asked}/{path}"), format!("https://{site}/"));
        let request = Request::new(&url, &frame, kind);
        let (index, _) = build(&lists, |_| false);
        let shield = Shield::open(&index, suffixes).expect("what was just written opens");
        let (declared, refusals) = rules(&lists, |_| false);
        prop_assert_eq!(&refusals, &[]);
        prop_assert_eq!(browser(&declared, &request, suffixes), shield.ask(&request).decision, "{:?} {:?}", lines, request);
    }
}
