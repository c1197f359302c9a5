//! The trackers' room from its door, on small files of cases: `tests/cases/trackers/*.txt`.
//!
//! A file is blocks parted by empty lines. A block is lines of a list, as they would stand in one, and below them what
//! becomes of requests: `stop`, `change` or `pass`, then `URL on PAGE as TYPE`, and for a change ` -> ` with the
//! stand-in or the parameters. A line that begins with `;` says why. Every block is asked through a pack, as the
//! extension does. Here belongs what a person would call a bug if it changed; how parts work inside is tested beside them.

use std::fs;
use std::path::Path;

use plainsight::pack::{self, Pack};
use plainsight::trackers::{self, Decision, Request, Trackers, company, list, shield, source};
use plainsight::url::Suffixes;

const SUFFIXES: &str = "com\nnet\norg\nuk\nco.uk\nio\ngithub.io\nde\n";

fn pack_of(text: &str) -> Vec<u8> {
    let lists = [list::read("case", text, &[]).0];
    pack::write(&[
        (trackers::SUFFIXES, Suffixes::write(SUFFIXES)),
        (trackers::SHIELD, shield::build(&lists, |_| true).0),
        (trackers::COMPANIES, company::make::write("[]", &[adobe()]).0.bytes),
        (trackers::SOURCES, source::write(&lists, |name| name.ends_with("cname_adobe").then_some(0))),
    ])
}

fn adobe() -> company::make::Entry {
    let text = "name = \"Adobe\"\ndomains = [\"demdex.net\"]\npurpose = \"analytics\"\nsays = \"Records what people do on a site.\"\nsource = \"https://www.adobe.com/\"\n";
    company::make::read("adobe.toml", text).expect("the entry is good")
}

/// Runs one block; returns what went wrong, with its line.
fn check(file: &str, first: usize, block: &[&str]) -> Vec<String> {
    let is_question = |l: &&&str| ["stop ", "change ", "pass "].iter().any(|w| l.starts_with(w));
    let rules: Vec<&str> = block.iter().filter(|l| !is_question(l) && !l.starts_with(';')).copied().collect();
    let bytes = pack_of(&rules.join("\n"));
    let pack = Pack::open(&bytes).expect("what was just written opens");
    let trackers = Trackers::open(&pack).expect("its sections hold together");
    let mut wrong = Vec::new();
    for (i, line) in block.iter().enumerate().filter(|(_, l)| is_question(l)) {
        let words: Vec<&str> = line.split(' ').collect();
        let [want, url, "on", page, "as", kind, rest @ ..] = words.as_slice() else {
            wrong.push(format!("{file}:{}: not a case", first + i));
            continue;
        };
        let answer = trackers.ask(&Request::new(url, page, kind));
        let decision = match answer.decision {
            Decision::Stop => "stop",
            Decision::Change => "change",
            Decision::Pass => "pass",
        };
        let changed: Vec<&str> = answer.redirect.iter().copied().chain(answer.params.iter().copied()).collect();
        if decision != *want || (!rest.is_empty() && rest.get(1..) != Some(&changed[..])) {
            wrong.push(format!("{file}:{}: {line}\n  but: {decision} {changed:?} {:?}", first + i, answer.rule));
        }
    }
    wrong
}

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/trackers");
    let mut wrong = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be listed").path();
        // That one is not of cases: `cargo xtask check-shared` reads it.
        if path.ends_with("known-differences.txt") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("it is text");
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let lines: Vec<&str> = text.lines().collect();
        let mut at = 0;
        for block in lines.split(|line| line.is_empty()) {
            wrong.extend(check(&name, at + 1, block));
            at += block.len() + 1;
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_disguised_host_belongs_to_the_company_of_its_section() {
    let bytes = pack_of("! *** easylist:easyprivacy/easyprivacy_specific_cname_adobe.txt ***\n||smetrics.shop.com^\n");
    let pack = Pack::open(&bytes).expect("what was just written opens");
    let trackers = Trackers::open(&pack).expect("its sections hold together");
    let owner = |host: &str| trackers.company(host).map_or("-", |c| c.owner);
    assert_eq!(owner("smetrics.shop.com"), "Adobe");
    assert_eq!(owner("shop.com"), "-");
    assert_eq!(owner("dpm.demdex.net"), "Adobe");
}

#[test]
fn a_damaged_section_is_refused_or_harmless() {
    let sections = |cut: &dyn Fn(&str, Vec<u8>) -> Vec<u8>| {
        let bytes = pack_of("||a.com^\n-x-$domain=b.com");
        let pack = Pack::open(&bytes).expect("what was just written opens");
        let names = [trackers::SUFFIXES, trackers::SHIELD, trackers::COMPANIES, trackers::SOURCES];
        let all = names.map(|n| (n, cut(n, pack.section(n).expect("it is there").to_vec())));
        pack::write(&all)
    };
    for name in [trackers::SUFFIXES, trackers::SHIELD, trackers::COMPANIES, trackers::SOURCES] {
        for n in 0..600 {
            let cut = |which: &str, mut bytes: Vec<u8>| {
                if which == name {
                    bytes.truncate(n);
                }
                bytes
            };
            let bytes = sections(&cut);
            let pack = Pack::open(&bytes).expect("the pack itself is whole");
            if let Ok(trackers) = Trackers::open(&pack) {
                let answer = trackers.ask(&Request::new("https://a.com/-x-", "https://b.com/", "script"));
                trackers.company("a.com");
                answer.rule.map(|rule| trackers.source(rule));
            }
        }
    }
}

#[test]
fn a_rule_is_shown_as_it_stood() {
    let texts = trackers::Texts::write(&["! a\n||a.com^\n##.ad\n", "-x-\n"]);
    let bytes = pack::write(&[(trackers::TEXTS, texts)]);
    let pack = Pack::open(&bytes).expect("what was just written opens");
    let texts = trackers::Texts::open(&pack).expect("it is text");
    let shown = |list, line| texts.rule_text(trackers::RuleRef { list, line });
    assert_eq!((shown(0, 2), shown(1, 1)), (Some("||a.com^"), Some("-x-")));
    assert_eq!((shown(0, 1), shown(0, 3), shown(0, 9), shown(2, 1)), (None, None, None, None));
}
