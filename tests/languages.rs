//! The proof of `data/languages`: every file in its one form, every sentence told as its file answers, any text read
//! without harm, and what is too short or of no language left unknown.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use plainsight::feed::languages::{Languages, check, compile, format, parse};
use plainsight::text::Folded;
use proptest::prelude::*;

/// Name and text of every file.
fn files() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/languages");
    let entries = fs::read_dir(folder).expect("data/languages is there").map(|entry| entry.expect("it can be listed"));
    let read = |entry: fs::DirEntry| fs::read_to_string(entry.path()).expect("it is a text");
    let mut files: Vec<(String, String)> =
        entries.map(|entry| (entry.file_name().to_string_lossy().into_owned(), read(entry))).collect();
    files.sort();
    files
}

fn lent(files: &[(String, String)]) -> Vec<(&str, &str)> {
    files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
}

/// What the build would make of them, made once for all tests.
fn compiled() -> &'static [u8] {
    static SECTION: OnceLock<Vec<u8>> = OnceLock::new();
    SECTION.get_or_init(|| compile(&lent(&files()), &[]).0)
}

/// The codes told of a text, joined by `+`; empty if it is unknown.
fn told(text: &str) -> String {
    let languages = Languages::open(compiled()).expect("a fresh section opens");
    let guess = languages.of(&Folded::of(text));
    assert_eq!(guess.is_unknown(), languages.codes(guess).next().is_none());
    languages.codes(guess).collect::<Vec<_>>().join("+")
}

#[test]
fn every_file_proves_itself() {
    let mut files = files();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/languages");
        for (name, text) in &mut files {
            *text = format(&parse(name, text).0);
            fs::write(folder.join(name), text).expect("it can be written");
        }
    }
    let refusals: Vec<String> = check(&lent(&files)).iter().map(|r| format!("data/languages/{r}")).collect();
    assert!(refusals.is_empty(), "\n{}\n", refusals.join("\n"));
}

#[test]
fn what_says_too_little_is_unknown() {
    for text in [
        "",
        "😂😂😂",
        "OK",
        "Berlin 2026",
        "Anna Müller",
        "Taylor Swift, Billie Eilish, Dua Lipa",
        "@someone https://example.org #mood #friyay",
        "haha lol omg",
        "die in",
        "東京都渋谷区",
        "日本",
        "안녕하세요 여러분 오늘도 좋은 하루 보내세요",
        "Привет",
        "no no no",
    ] {
        assert_eq!(told(text), "", "{text}");
    }
}

#[test]
fn a_text_of_two_languages_is_told_as_both() {
    let german = "Wir haben das Rezept aus dem Video nachgekocht, und es war sehr gut.";
    let english = "We tried the recipe from the video and it was really good.";
    let mut both: Vec<String> = told(&format!("{german}\n\n{english}")).split('+').map(str::to_owned).collect();
    both.sort();
    assert_eq!(both, ["de", "en"]);
    assert_eq!(told(&format!("{german} Link in bio!")), "de");
}

#[test]
fn disguise_does_not_hide_a_language() {
    assert_eq!(told("𝐖𝐢𝐫 𝐡𝐚𝐛𝐞𝐧 𝐝𝐚𝐬 𝐑𝐞𝐳𝐞𝐩𝐭 𝐚𝐮𝐬 𝐝𝐞𝐦 𝐕𝐢𝐝𝐞𝐨, 𝐮𝐧𝐝 𝐞𝐬 𝐰𝐚𝐫 𝐠𝐮𝐭"), "de");
    assert_eq!(told("WIR HABEN DAS REZEPT AUS DEM VIDEO UND ES WAR GUT"), "de");
}

#[test]
fn a_faulty_file_is_refused() {
    let text =
        "language: xx\nanswer: yy\nscript: runes\nwords: two-words good\nletters: a\nendings: long\nwhat\n\nproof:\n";
    let refusals: Vec<String> = parse("zz.txt", text).1.iter().map(ToString::to_string).collect();
    assert_eq!(refusals.len(), 7, "{refusals:#?}");
    let missing = compile(&[("xx.txt", "language: xx\nanswer: xx\nscript: latin\n\nproof:\n")], &["qq".into()]).1;
    assert_eq!(missing.len(), 1, "{missing:?}");
}

#[test]
fn damaged_sections_are_refused_or_read_without_harm() {
    let bytes = compiled();
    for cut in (0..bytes.len()).step_by(7) {
        assert!(Languages::open(&bytes[..cut]).is_err(), "cut at {cut}");
    }
    for at in (0..bytes.len()).step_by(3) {
        let mut damaged = bytes.to_vec();
        damaged[at] ^= 0x15;
        if let Ok(languages) = Languages::open(&damaged) {
            let guess = languages.of(&Folded::of("Wir haben das gelesen. これは本です。 Это книга"));
            assert!(languages.codes(guess).count() <= 2);
        }
    }
}

#[test]
fn of_a_megabyte_the_beginning_is_read() {
    let german = "Wir haben das Rezept aus dem Video nachgekocht, und es war sehr gut. ";
    assert_eq!(told(&german.repeat((1 << 20) / german.len())), "de");
    assert_eq!(told(&"x ".repeat(1 << 19)), "");
}

proptest! {
    #[test]
    fn any_text_is_read_without_harm(text in "\\PC*", words in prop::collection::vec(0usize..400, 0..60)) {
        told(&text);
        let files = files();
        let all: Vec<&str> = files.iter().flat_map(|(_, text)| text.split_whitespace()).collect();
        let mixed: Vec<&str> = words.iter().filter_map(|n| all.get(n * 37 % all.len().max(1))).copied().collect();
        told(&mixed.join(" "));
    }
}
