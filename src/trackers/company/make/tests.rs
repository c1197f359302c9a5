//! Companies packed and found again.
//!
//! Both sources are small and invented; the real ones are held in `xtask/tests`.

use super::super::Companies;
use super::*;

const THEIRS: &str = r#"[
  {"name": "Google/Doubleclick Ads", "company": "Google", "homepage": "https://g.example", "category": "ad",
   "domains": ["*.doubleclick.net", "adservice.google.com"]},
  {"name": "Criteo", "category": "ad", "domains": ["*.criteo.com"], "products": [{"name": "x"}]}
]"#;

const OURS: &str = r#"
name = "Criteo"
domains = ["criteo.com", "criteo.net"]
purpose = "ads"
says = "Shows you what you looked at in shops again elsewhere."
source = "https://www.criteo.com/privacy/"
sections = ["easyprivacy_specific_cname_criteo"]
"#;

#[test]
fn the_packed_table_answers() {
    let own = read("criteo.toml", OURS).expect("the file is good");
    let (made, refusals) = write(THEIRS, &[own]);
    assert_eq!(refusals, []);
    let table = Companies::open(&made.bytes).expect("what was just written opens");
    // Theirs of the same hosts is not packed at all.
    assert_eq!(made.sizes.0, 2);
    let owner = |host: &str| table.find(host_hash(host)).and_then(|row| table.get(row)).map_or("-", |c| c.owner);
    assert_eq!(owner("doubleclick.net"), "Google");
    assert_eq!(owner("criteo.net"), "Criteo");
    assert_eq!(owner("example.net"), "-");
    assert_eq!(table.domains("Google").collect::<Vec<_>>(), ["doubleclick.net", "adservice.google.com"]);
    // One owner, by our file and by theirs; nobody owns nothing.
    assert_eq!(table.domains("Criteo").collect::<Vec<_>>(), ["criteo.com", "criteo.net"]);
    assert_eq!(table.domains("Nobody").count(), 0);
    // Where both speak, ours wins: only ours has a sentence.
    let criteo = table.get(made.sections["easyprivacy_specific_cname_criteo"]).expect("it is there");
    assert!(criteo.says.starts_with("Shows you"));
    assert_eq!(criteo.purpose, Purpose::Ads);
    // By name: of two that are called the same, ours; and whoever is only an owner is known by what it owns.
    assert_eq!(table.named("Criteo"), Some(criteo));
    assert_eq!(table.named("Google").map(|c| c.name), Some("Google/Doubleclick Ads"));
    assert_eq!(table.named("Nobody"), None);
}

#[test]
fn damage_is_survived() {
    let (made, _) = write(THEIRS, &[]);
    for n in 0..made.bytes.len() {
        if let Some(table) = Companies::open(&made.bytes[..n]) {
            assert!((0..4).filter_map(|row| table.get(row)).count() <= 4);
            assert!(table.domains("Google").count() <= 2);
        }
    }
    assert!(!write("[{]", &[]).1.is_empty());
}

#[test]
fn our_own_files_are_strict() {
    let check = |from: &str, to: &str, want: &str| {
        let refusal = read("x.toml", &OURS.replace(from, to)).expect_err("it is wrong");
        assert!(refusal.reason.contains(want), "{}", refusal.reason);
    };
    check("ads\"", "spying\"", "unknown variant");
    check("elsewhere.", "elsewhere", "dot");
    check("https://www", "http://www", "own page");
    check("\"criteo.com\", \"criteo.net\"", "\"criteo.net\", \"criteo.com\"", "sorted");
    check("\"criteo.com\"", "\"Criteo.com\"", "lower-case");
    check("\"criteo.net\"", "\"criteo.com\"", "each once");
    check("says", "tells", "unknown field");
    check("Shows you", &"Shows you ".repeat(20), "160");
    check("domains", "owner = \"Criteo\"\ndomains", "owns itself");
}

#[test]
fn a_file_has_one_form() {
    let mut entry = read("criteo.toml", OURS).expect("the file is good");
    assert_eq!(format(&entry), OURS.trim_start());
    // A list too long for a line is written one name a line, and is the same list.
    let hosts = |n: usize| (0..n).map(|i| format!("host-{i}.criteo.example")).collect::<Vec<_>>();
    for (n, lines) in [(4, 6), (5, 12)] {
        entry.domains = hosts(n);
        entry.owner = "A \"B\" C".into();
        let text = format(&entry);
        assert_eq!(text.lines().count() - 1, lines, "{text}");
        assert_eq!(read("criteo.toml", &text), Ok(entry.clone()));
    }
}

#[test]
fn files_that_are_good_alone_may_be_wrong_together() {
    let entry = |name: &str, owner: &str, host: &str| Entry {
        name: name.into(),
        owner: owner.into(),
        domains: vec![host.into()],
        ..read("criteo.toml", OURS).expect("the file is good")
    };
    let told = |entries: &[Entry]| {
        let entries: Vec<_> = ["a", "b", "c"].into_iter().zip(entries).collect();
        together(&entries).into_iter().map(|r| format!("{}: {}", r.file, r.reason)).collect::<Vec<_>>().join("; ")
    };
    let section = "b: the section \"easyprivacy_specific_cname_criteo\" is in a too";
    assert_eq!(told(&[entry("A", "", "a.example"), entry("B", "", "b.example")]), section);
    let alone = |entry: Entry| Entry { sections: Vec::new(), ..entry };
    let [a, b] = [entry("A", "Big", "a.example"), entry("A", "", "a.example")].map(alone);
    assert_eq!(told(&[a.clone(), b]), "b: the host \"a.example\" is in a too; b: the name \"A\" is in a too");
    let [b, big] = [entry("B", "Big", "b.example"), entry("Big", "", "big.example")].map(alone);
    let missing = |file: &str| format!("{file}: \"Big\" owns several companies here: it needs a file of its own");
    assert_eq!(told(&[a.clone(), b.clone()]), [missing("a"), missing("b")].join("; "));
    assert_eq!(told(&[a, b, big]), "");
}
