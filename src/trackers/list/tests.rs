//! Lines read, and lines refused with their reason.
//!
//! One row a spelling that lists really use; what becomes of whole lists is in `data/lists.REPORT.txt`.

use super::*;

/// The rule of one line, shortly: form and pattern, then whatever is not as usual.
fn shown(line: &str) -> String {
    let (list, refusals) = read("t", line, &["env_firefox"]);
    if let Some(refusal) = refusals.first() {
        return format!("refused: {}", refusal.reason);
    }
    let Some(rule) = list.rules.first() else {
        return if list.hiding > 0 { "not ours".into() } else { "nothing".into() };
    };
    let mut out = match &rule.pattern {
        Pattern::Any => "any".to_owned(),
        Pattern::Host(host) => format!("host {host}"),
        Pattern::Regex(source) => format!("regex {source}"),
        Pattern::Text { start, end, body } => format!("{start:?} {body}{}", if *end { " end" } else { "" }),
    };
    let mut add = |on: bool, word: &str| out.push_str(&if on { format!(" {word}") } else { String::new() });
    add(rule.exception, "except");
    add(rule.important, "important");
    add(rule.badfilter, "badfilter");
    add(rule.match_case, "match-case");
    add(rule.types != Types::DEFAULT, &format!("types={:x}", rule.types.0));
    add(rule.party.third, "third");
    add(rule.party.first, "first");
    add(rule.party.strict_third, "strict-third");
    add(rule.party.strict_first, "strict-first");
    add(!rule.sites.is_empty(), &format!("on={:?}~{:?}", rule.sites.only, rule.sites.not));
    add(!rule.to.is_empty(), &format!("to={:?}~{:?}", rule.to.only, rule.to.not));
    add(!rule.denyallow.is_empty(), &format!("but={:?}", rule.denyallow));
    add(rule.methods != 0, &format!("methods={:b}", rule.methods));
    add(rule.effect != Effect::Block, &format!("{:?}", rule.effect));
    out
}

fn check(line: &str, want: &str) {
    assert_eq!(shown(line), want, "{line}");
}

#[test]
fn patterns() {
    check("||Ads.Example^", "host ads.example");
    check("||ads.example^*", "host ads.example");
    check("||bücher.example^", "host xn--bcher-kva.example");
    check("ads.example.com", "host ads.example.com");
    check("0.0.0.0 ads.example.com # why", "host ads.example.com");
    check("127.0.0.1 localhost", "nothing");
    check("||ads.example/x*Y|", "Label ads.example/x*y end");
    check("|https://x$match-case", "Address https://x match-case");
    check("*/banner/*", "Free /banner/");
    check("/banner/", "Free banner");
    check(r"/ads\.js/", "Free ads.js");
    check(r"/ad[s]\d+/$script", r"regex ad[s]\d+ types=8");
    check("img.promio-connect.com$image", "Free img.promio-connect.com types=10");
    check("-ads.gif", "Free -ads.gif");
    check("|ws://$domain=a.example", "any types=400 on=[\"a.example\"]~[]");
    check("|wss://$websocket", "any types=400");
    check("|ws://$other", "Address ws:// types=800");
    check("a b", "refused: a pattern does not hold blanks");
    check("*", "refused: it would match every request");
}

#[test]
fn options() {
    check("@@||a.example^$~script,third-party", "host a.example except types=ff6 third");
    check(
        "||a.example^$3p,1p,domain=b.example|~c.b.example",
        "host a.example third first on=[\"b.example\"]~[\"c.b.example\"]",
    );
    check("-x-$domain=google.*,strict3p", "Free -x- strict-third on=[\"google.*\"]~[]");
    check(
        "-x-$to=b.example,denyallow=c.b.example,method=get|post",
        "Free -x- to=[\"b.example\"]~[] but=[\"c.b.example\"] methods=1000100",
    );
    check("||a.example^$all,important", "host a.example important types=3fff");
    check("||a.example^$badfilter", "host a.example badfilter");
    check("||a.example^$_,popup,___", "host a.example types=1000");
    check(
        "||a.example^$script,redirect=noopjs:5",
        "host a.example types=8 Redirect { to: \"noop.js\", only_if_stopped: false }",
    );
    check("$removeparam=gclid", "any types=fff RemoveParam(\"gclid\")");
    check("/p$removeparam=/^a,b$/", "Free /p types=fff RemoveParam(\"/^a,b$/\")");
    check(
        "$csp=child-src 'none'; frame-src *,domain=a.example",
        "any types=3 on=[\"a.example\"]~[] Policy { header: \"content-security-policy\", value: \"child-src 'none'; frame-src *\" }",
    );
    check("@@||a.example^$generichide", "host a.example except Carried { option: \"generichide\", value: \"\" }");
    check(
        "||a.example^$csp=img-src 'self'; Report-URI //b.example",
        "refused: option csp may not have anything reported",
    );
    check(
        "*$permissions=attribution-reporting=()",
        "any types=3 Policy { header: \"permissions-policy\", value: \"attribution-reporting=()\" }",
    );
    check("||a.example^$nonsense", "refused: option nonsense is not known");
    check("||a.example^$domain=", "refused: option domain needs a value");
    check("||a.example^$domain=/a/", "refused: a site given as a regular expression is not read");
    check("||a.example^$method=trace", "refused: method trace is not known");
    check("||a.example^$script,~script", "refused: no type of request is left");
    check("||a.example^$redirect=a,removeparam=b", "refused: two effects in one line");
    check("||a.example^$~important", "refused: option important cannot be turned around");
    check("||a.example^$domain=b.example,from=c.example", "refused: option from stands there twice");
    check("||a.example^$rewrite=https://b.example/", "refused: rewrite leads to a stand-in alone");
}

#[test]
fn every_name_of_an_option() {
    let same = |one: &str, other: &str| {
        assert_eq!(shown(&format!("||a.example^${one}")), shown(&format!("||a.example^${other}")), "{one} {other}");
    };
    for (one, other) in [
        ("1p", "first-party"),
        ("~3p", "first-party"),
        ("~1p", "third-party"),
        ("~strict1p", "strict3p"),
        ("strict-first-party", "strict1p"),
        ("xhr", "xmlhttprequest"),
        ("css", "stylesheet"),
        ("frame", "subdocument"),
        ("doc", "document"),
        ("beacon", "ping"),
        ("img", "image"),
        ("object-subrequest", "object"),
        ("from=b.example", "domain=b.example"),
        ("method=~get", "method=connect|delete|head|options|patch|post|put|other"),
        ("script,empty", "script,redirect=nooptext"),
        ("rewrite=abp-resource:blank-js", "redirect=noop.js"),
        ("queryprune=x", "removeparam=x"),
        ("removeparam=*", "removeparam"),
        ("script,collapse", "script,~match-case"),
    ] {
        same(one, other);
    }
    check("||a.example^$strict1p", "host a.example strict-first");
    check("$removeparam=~q,1p", "any types=fff first RemoveParam(\"~q\")");
    check("$removeparam=~", "refused: all parameters but all of them are none");
    check("$removeparam=|q", "refused: a parameter's name does not begin with |");
    check(
        "||a.example^$script,header=via:/, 1\\.1 google$/",
        r#"host a.example types=8 Carried { option: "header", value: "via:/, 1\\.1 google$/" }"#,
    );
    check(
        "||a.example^$permissions=camera=()|usb=()",
        r#"host a.example types=3 Policy { header: "permissions-policy", value: "camera=(), usb=()" }"#,
    );
}

#[test]
fn hosts_files_and_lists_of_hosts() {
    let hosts = |text: &str| {
        let (list, refusals) = read("t", text, &[]);
        assert_eq!(refusals, []);
        let name = |rule: &Rule| match &rule.pattern {
            Pattern::Host(host) => host.clone(),
            other => format!("{other:?}"),
        };
        list.rules.iter().map(name).collect::<Vec<_>>()
    };
    let text = "# Title: a hosts file\n127.0.0.1 localhost localhost.localdomain\n::1 ip6-localhost\n\
        fe80::1%lo0 localhost\n255.255.255.255 broadcasthost\n0.0.0.0 0.0.0.0\n\n0.0.0.0\tads.example  b.example # c.example\n\
        :: d.example\nplain.example\nother.example # why\n";
    assert_eq!(hosts(text), ["ads.example", "b.example", "d.example", "plain.example", "other.example"]);
}

#[test]
fn lines_that_are_no_rules() {
    check("! comment", "nothing");
    check("[Adblock Plus 2.0]", "nothing");
    check("# hosts comment", "nothing");
    for line in [
        "a.example##.ad",
        "a.example#@#.ad",
        "#?#div",
        "a.example#$#x",
        "a.example##+js(x)",
        "a.example#@$?#x",
        "a.example$$script[x]",
    ] {
        check(line, "not ours");
    }
}

#[test]
fn conditions_and_sections() {
    let text = "! Title: T\n! *** x:easyprivacy/easyprivacy_specific_cname_adobe.txt ***\n!#if env_firefox && !(a || b)\n||a.example^\n!#else\n||b.example^\n!#endif\n!#if b\n!#if env_firefox\n||c.example^\n!#endif\n!#endif\n!#include x.txt\n!#endif\n";
    let (list, refusals) = read("t", text, &["env_firefox"]);
    assert_eq!((list.about.title.as_str(), list.rules.len(), list.rules[0].line), ("T", 1, 4));
    assert_eq!((list.section(1), list.section(4)), ("", "easyprivacy_specific_cname_adobe"));
    let lines: Vec<u32> = refusals.iter().map(|r| r.line).collect();
    assert_eq!(lines, [13, 14]);
    assert_eq!(read("t", "!#if a\n", &[]).1.len(), 1);
    assert_eq!(read("t", "!#nonsense\n!#if(a)\n!#nonsense\n!#endif", &[]).1.len(), 1);
}

#[test]
fn a_list_says_who_it_is() {
    let text = "[Adblock Plus 2.0]\n! Title: One\n! Title: Two\n! Expires: 6 days (update frequency)\n! Last modified: now\n\
        ! Version: 3\n! Homepage: https://a.example/\n! License: MIT\n! Diff-Path: ../p/1.patch#one\n! Diff-Expires: 317 minutes\n";
    let about = read("t", text, &[]).0.about;
    let want = About {
        title: "One".into(),
        version: "now".into(),
        expires: Some(144),
        home: "https://a.example/".into(),
        licence: "MIT".into(),
        diff_path: "../p/1.patch#one".into(),
        diff_expires: Some(317),
    };
    assert_eq!(about, want);
    let expires = |text: &str| read("t", &format!("! Expires: {text}"), &[]).0.about.expires;
    assert_eq!(
        (expires("4"), expires("12 hours"), expires("1m"), expires("soon")),
        (Some(96), Some(12), Some(1), None)
    );
    assert_eq!(expires("99999999 days"), None);
}

#[test]
fn files_that_all_include_each_other_have_an_end() {
    let all: String = (0..16).map(|i| format!("!#include {i}\n")).collect();
    let (text, refusals) = whole("t", &all, &[], |_| Some(all.clone()));
    assert!(!refusals.is_empty() && text.lines().count() < 20_000);
}

#[test]
fn a_list_in_several_files_becomes_one() {
    let beside = |path: &str| {
        let text = match path {
            "parts/a.txt" => "||a.example^\n!#include b.txt",
            "parts/b.txt" => "||b.example^",
            "open.txt" => "!#if x",
            "loop.txt" => "!#include loop.txt",
            "page.txt" => "<html>",
            _ => return None,
        };
        Some(text.to_owned())
    };
    let text = "||first.example^\n!#include parts/a.txt\n!#if x\n!#include open.txt\n!#endif\n||last.example^";
    let (text, refusals) = whole("t", text, &[], beside);
    assert_eq!(
        text,
        "||first.example^\n||a.example^\n||b.example^\n!#if x\n!#include open.txt\n!#endif\n||last.example^\n"
    );
    assert_eq!(refusals, []);
    for path in ["open.txt", "loop.txt", "page.txt", "none.txt", "../b.txt", "/b.txt", "https://b.example/", ""] {
        let (text, refusals) = whole("t", &format!("!#include {path}"), &[], beside);
        assert_eq!((text.lines().count(), refusals.len()), (1, 1), "{path} {refusals:?}");
        assert_eq!(read("t", &text, &[]).1.len(), 1, "{path}");
    }
}
