//! Holds `data/labels` to its laws: each file in its one form and sound, all together free of contradictions, and every
//! label found as itself, whatever its dress, and not in the sentences of people.
//!
//! Whether a platform really writes so no test can hold; `cargo xtask check-shared` holds the files against captures.

use std::path::Path;
use std::sync::OnceLock;

use plainsight::api::authoring;
use plainsight::feed::labels::{self, File, Found, LONGEST, Label, Labels};
use proptest::prelude::*;

/// Each file's path and text, by name.
fn texts() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/labels");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("data/labels is there")
        .map(|entry| entry.expect("a readable folder").path())
        .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).expect("a readable file")))
        .collect();
    files.sort();
    files
}

/// The one place where the suite touches the API for files: reads one that must be good.
fn read(name: &str, text: &str) -> File {
    let (file, refusals) = labels::parse(name, text);
    assert!(refusals.is_empty(), "{}", refusals[0]);
    file.expect("nothing was refused")
}

/// Each file's path and content, by name.
fn files() -> Vec<(String, File)> {
    texts()
        .into_iter()
        .map(|(name, text)| {
            let file = read(&name, &text);
            (name, file)
        })
        .collect()
}

/// The section that the build makes of them, made once for all tests.
fn section() -> &'static [u8] {
    static SECTION: OnceLock<Vec<u8>> = OnceLock::new();
    SECTION.get_or_init(|| authoring::label_section(&authoring::labels(&texts()).0).1)
}

/// The one place where the suite asks what a text is.
fn find(text: &str) -> Found {
    Labels::open(section()).expect("a fresh section opens").find(text)
}

#[test]
fn every_file_has_the_one_form() {
    for (name, text) in texts() {
        let wanted = labels::format(&read(&name, &text));
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&name, &wanted).expect("the file can be written");
        } else {
            assert_eq!(text, wanted, "{name}: run with UPDATE_EXPECT=1");
        }
    }
}

#[test]
fn the_languages_hold_together() {
    let (files, refusals) = authoring::labels(&texts());
    let told: Vec<_> = refusals.iter().map(ToString::to_string).collect();
    assert!(refusals.is_empty(), "\n{}\n", told.join("\n"));
    for file in &files {
        let language = &file.language;
        assert!(file.labels.contains_key(&Label::Sponsored), "{language} has a word for what is paid for");
    }
}

/// A label as a page may show it.
type Dress = fn(&str) -> String;

#[test]
fn a_label_is_found_as_itself_and_in_every_dress() {
    let dresses: [(&str, Dress); 6] = [
        ("as it is", str::to_owned),
        ("in capitals", str::to_uppercase),
        ("with marks that nobody sees", between_letters),
        ("turned in its direction", |text| format!("\u{2067}{text}\u{2069}\u{200f}")),
        ("among signs and blanks", |text| format!(" \u{a0}· {} • \n", text.replace(' ', "\u{a0}"))),
        ("full width", |text| text.chars().map(full_width).collect()),
    ];
    for (name, file) in files() {
        for (label, text) in file.iter() {
            let shown = text.replace('*', "Mara Lind");
            for (what, dress) in dresses {
                let dressed = dress(&shown);
                assert!(find(&dressed).has(label), "{name}: {dressed:?} ({what}) is not found as {label:?}");
            }
        }
    }
}

fn between_letters(text: &str) -> String {
    let behind = text.chars().skip(1).chain([' ']);
    let marked = text.chars().zip(behind).flat_map(|(c, next)| {
        let mark = (c.is_alphabetic() && next.is_alphabetic()).then_some('\u{200b}');
        [Some(c), mark]
    });
    marked.flatten().collect()
}

fn full_width(c: char) -> char {
    char::from_u32(u32::from(c) + 0xfee0).filter(|_| c.is_ascii_alphanumeric()).unwrap_or(c)
}

#[test]
fn a_text_that_only_has_a_label_in_it_is_none() {
    // Labels that end in a name are whatever stands behind them: here only the others are asked.
    let mut files = files();
    for words in files.iter_mut().flat_map(|(_, file)| file.labels.values_mut()) {
        words.captured.retain(|text| !text.contains('*'));
        words.known.retain(|text| !text.contains('*'));
    }
    let section = labels::pack(&Vec::from_iter(files.iter().map(|(_, file)| file.clone())));
    let labels = Labels::open(&section).expect("a fresh section opens");
    for (name, file) in files {
        for (_, text) in file.iter() {
            for shown in [
                format!("9 {text} 7 8"),
                format!("{text}, sagte Mara zu 12 Leuten"),
                format!("“{text}”"),
                format!("{text} {}", "x ".repeat(LONGEST / 2)),
            ] {
                let found = Vec::from_iter(labels.find(&shown).iter());
                assert!(found.is_empty(), "{name}: {shown:?} is {found:?}");
            }
        }
    }
}

#[test]
fn sentences_of_people_are_no_labels() {
    for text in [
        "",
        "*",
        "I was promoted last week",
        "Is this sponsored?",
        "Ad astra",
        "#ad",
        "#Sponsored",
        "#Gesponsert",
        "Follow the money",
        "Join us on Sunday",
        "Recommended reading for you and me",
        "The people you may know from school",
        "Because you asked",
        "Made with love",
        "Comment below",
        "likes this",
        "More posts like this",
        "Accounts you follow",
        "Folgen Sie den Schildern",
        "Das war keine Anzeige",
        "Wie folgt",
        "Tu as suivi la recette",
        "Me gusta seguir recetas",
        "今日は広告の話をします",
        "我喜歡",
        "这是广告吗",
        "3 h",
        "Sponsored by nobody",
    ] {
        assert!(find(text).is_empty(), "{text:?} is {:?}", Vec::from_iter(find(text).iter()));
    }
}

#[test]
fn a_name_may_be_anything_but_nothing_and_not_a_story() {
    for name in ["Mara", "Mara Lind", "@mara", "#mara", "“Mara”", "李雷", "Dr. M. Lind & Co.", "🌻", "Is it Mara? 7"]
    {
        assert!(find(&format!("{name} likes this")).has(Label::Activity), "{name}");
        assert!(find(&format!("{name} and {name} follow")).has(Label::Activity), "{name}");
        assert!(find(&format!("Paid partnership with {name}")).has(Label::Partnership), "{name}");
    }
    assert!(find("Paid partnership with").is_empty());
    assert!(find(" likes this").is_empty());
    assert!(find(&format!("{}likes this", "so ".repeat(17))).is_empty());
}

/// A file of these labels, whatever else is right.
fn sample(kinds: &str) -> String {
    format!("language = \"xx\"\nchecked = \"2026-11-22\"\nsources = [\"x\"]\n{kinds}")
}

#[test]
fn what_could_be_taken_for_something_else_is_refused() {
    let check = |kinds: &str, reason: &str| {
        let (_, refusals) = authoring::labels(&[("data/labels/xx.toml".into(), sample(kinds))]);
        let told: Vec<_> = refusals.iter().map(ToString::to_string).collect();
        assert!(
            if reason.is_empty() { told.is_empty() } else { told.iter().any(|it| it.contains(reason)) },
            "{kinds}\n{told:#?}"
        );
    };
    check("[labels.ai]\nknown = [\"Made with AI\", \"Written by * with AI\"]\n", "");
    check("[labels.ai]\nknown = [\"B b\", \"A a\"]\n", "sorted");
    check("[labels.ai]\nknown = [\"A a\", \"A a\"]\n", "each label once");
    check("[labels.ai]\ncaptured = [\"Made\"]\nknown = [\"MADE\"]\n", "are the same");
    check("[labels.ai]\nknown = [\"Made\"]\n[labels.join]\nknown = [\"made·\"]\n", "under 2 kinds");
    check("shared = [\"Made\"]\n[labels.ai]\nknown = [\"Made\"]\n[labels.join]\nknown = [\"Made\"]\n", "");
    check("shared = [\"Made\"]\n[labels.ai]\nknown = [\"Made\"]\n", "listed in shared, and is not");
    check("[labels.ai]\nknown = [\"*\"]\n", "two letters");
    check("[labels.ai]\nknown = [\"A\"]\n", "two letters");
    check("[labels.ai]\nknown = [\"* * made\"]\n", "between two names");
    check("[labels.ai]\nknown = [\"*made\"]\n", "joined to a word");
    check("[labels.ai]\nknown = [\"Made \"]\n", "blanks");
    check("[labels.ai]\nknown = [\"#made it\"]\n", "a hashtag");
    check(&format!("[labels.ai]\nknown = [\"{}\"]\n", "ab".repeat(LONGEST)), "longer");
    check("[labels.nothing]\nknown = [\"Made\"]\n", "xx.toml:4: unknown variant");
    check("[labels.ai]\nseen = [\"Made\"]\n", "unknown field");
    let wrong = sample("[labels]\n").replace("2026-11-22", "today").replace("[\"x\"]", "[]").replace("xx", "Klingon");
    let (_, refusals) = authoring::labels(&[("data/labels/xx.toml".into(), wrong)]);
    assert_eq!(refusals.len(), 4, "{refusals:#?}");
}

#[test]
fn damaged_sections_are_refused_or_read_without_harm() {
    let bytes = section();
    for cut in 0..bytes.len() {
        // A cut between two texts with names cannot be told from an end; the pack's checksum tells.
        if let Ok(labels) = Labels::open(&bytes[..cut]) {
            assert!(labels.find("Sponsored").has(Label::Sponsored), "cut at {cut}");
        }
    }
    for at in 0..bytes.len() {
        let mut damaged = bytes.to_vec();
        damaged[at] ^= 0x15;
        if let Ok(labels) = Labels::open(&damaged) {
            labels.find("Mara and Jo follow");
        }
    }
}

proptest! {
    #[test]
    fn any_text_and_any_section_is_read_without_harm(text in "\\PC{0,250}", bytes in prop::collection::vec(any::<u8>(), 0..90)) {
        find(&text);
        if let Ok(labels) = Labels::open(&bytes) {
            labels.find(&text);
        }
    }
}
