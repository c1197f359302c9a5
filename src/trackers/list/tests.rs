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
    check("||a.example^$nonsense", "refused: option nonsense is not known");
    check("||a.example^$domain=", "refused: option domain needs a value");
    check("||a.example^$domain=/a/", "refused: a site given as a regular expression is not read");
    check("||a.example^$method=trace", "refused: method trace is not known");
    check("||a.example^$script,~script", "refused: no type of request is left");
    check("||a.example^$redirect=a,removeparam=b", "refused: two effects in one line");
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
    assert_eq!((list.title.as_str(), list.rules.len(), list.rules[0].line), ("T", 1, 4));
    assert_eq!((list.section(1), list.section(4)), ("", "easyprivacy_specific_cname_adobe"));
    let lines: Vec<u32> = refusals.iter().map(|r| r.line).collect();
    assert_eq!(lines, [13, 14]);
    assert_eq!(read("t", "!#if a\n", &[]).1.len(), 1);
}
