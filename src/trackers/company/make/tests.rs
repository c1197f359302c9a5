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
    let owner = |host: &str| table.find(host_hash(host)).and_then(|row| table.get(row)).map_or("-", |c| c.owner);
    assert_eq!(owner("doubleclick.net"), "Google");
    assert_eq!(owner("criteo.net"), "Criteo");
    assert_eq!(owner("example.net"), "-");
    assert_eq!(table.domains("Google").collect::<Vec<_>>(), ["doubleclick.net", "adservice.google.com"]);
    // One owner, by our file and by theirs; nobody owns nothing.
    assert_eq!(table.domains("Criteo").collect::<Vec<_>>(), ["criteo.com", "criteo.net", "criteo.com"]);
    assert_eq!(table.domains("Nobody").count(), 0);
    // Where both speak, ours wins: only ours has a sentence.
    let criteo = table.get(made.sections["easyprivacy_specific_cname_criteo"]).expect("it is there");
    assert!(criteo.says.starts_with("Shows you"));
    assert_eq!(criteo.purpose, Purpose::Ads);
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
    check("says", "tells", "unknown field");
}
