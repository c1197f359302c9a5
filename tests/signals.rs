//! The proof of `data/signals`: every file in its one form, every example as it says, any text read without harm, and
//! every language alone as it is beside all others.
//!
//! The examples stand in the files, beside the phrases that they prove; this only drives them.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use plainsight::feed::signals::{Part, Signals, check, compile, format, parse};
use proptest::prelude::*;

/// Name and text of every file.
fn files() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/signals");
    let mut files: Vec<(String, String)> = fs::read_dir(folder)
        .expect("data/signals is there")
        .map(|entry| entry.expect("it can be listed"))
        .map(|entry| {
            let text = fs::read_to_string(entry.path()).expect("it is a text");
            (entry.file_name().to_string_lossy().into_owned(), text)
        })
        .collect();
    files.sort();
    files
}

/// The sections that the build would make of them, one a language, made once for all tests.
fn compiled() -> &'static [(String, Vec<u8>)] {
    static SECTIONS: OnceLock<Vec<(String, Vec<u8>)>> = OnceLock::new();
    SECTIONS.get_or_init(|| {
        let files = files();
        let borrowed: Vec<(&str, &str)> = files.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
        compile(&borrowed).0
    })
}

/// All of them, opened.
fn opened() -> Signals {
    let mut signals = Signals::default();
    for (language, bytes) in compiled() {
        assert!(signals.add(bytes).is_ok(), "a fresh section of {language} opens");
    }
    signals
}

#[test]
fn every_file_proves_itself() {
    let mut files = files();
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/signals");
        for (name, text) in &mut files {
            *text = format(&parse(name, text).0);
            fs::write(folder.join(name), text).expect("it can be written");
        }
    }
    let borrowed: Vec<(&str, &str)> = files.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    let refusals: Vec<String> = check(&borrowed).iter().map(|r| format!("data/signals/{r}")).collect();
    assert!(refusals.is_empty(), "\n{}\n", refusals.join("\n"));
}

/// So many posts of each sort stand in every file at least: fewer prove little.
const FEWEST_EXAMPLES: usize = 15;

#[test]
fn every_file_has_enough_that_it_flags_and_that_it_spares() {
    for (name, text) in files() {
        let file = parse(&name, &text).0;
        let [flags, spares] = [Part::Flags, Part::Spares].map(|part| file.part(part).count());
        assert!(file.is_guard || flags >= FEWEST_EXAMPLES, "{name} flags {flags}");
        assert!(spares >= FEWEST_EXAMPLES, "{name} spares {spares}");
    }
}

#[test]
fn formatting_twice_is_formatting_once() {
    for (name, text) in files() {
        let once = format(&parse(&name, &text).0);
        assert_eq!(format(&parse(&name, &once).0), once, "{name}");
    }
}

#[test]
fn evidence_quotes_the_words_as_they_stood() {
    let signals = opened();
    let text = "Schön 🙂 Ｔａｇ a fr\u{200b}iend who needs this";
    let found = signals.read(text);
    let [evidence] = &found[..] else { panic!("{found:?}") };
    let (from, to) = evidence.span.expect("text has a span");
    let quote: String = text.chars().skip(from as usize).take((to - from) as usize).collect();
    assert_eq!((evidence.kind.name(), quote.as_str()), ("tag-bait", evidence.quote.as_str()));
    assert!(evidence.rule.starts_with("signals/tag-bait.en.txt:"), "{}", evidence.rule);
}

#[test]
fn a_faulty_file_is_refused_by_line_and_column() {
    let text = "kind: tag-bait\nlanguage: xx\nstrength: 0.9\nnote: x\n\nphrases:\ntag (a friend\n..2 tag\ntag <nobody>\n[tag]\n";
    let refusals: Vec<String> = compile(&[("tag-bait.xx.txt", text)]).1.iter().map(ToString::to_string).collect();
    assert_eq!(
        refusals,
        [
            "tag-bait.xx.txt:7: column 14: something is missing here",
            "tag-bait.xx.txt:8: column 1: it must begin with a word, a picture or a number",
            "tag-bait.xx.txt:9: column 13: no token has this name",
            "tag-bait.xx.txt:10: column 1: all of it may be missing",
        ]
    );
    assert_eq!(compile(&[("b.xx.txt", "kind: no-kind\n")]).1.len(), 2);
}

#[test]
fn damaged_sections_are_refused_or_read_without_harm() {
    let mut signals = opened();
    let bytes = compiled().iter().find(|(language, _)| language == "en").map(|(_, bytes)| bytes).expect("English");
    for cut in (0..bytes.len()).step_by(97) {
        assert!(signals.add(&bytes[..cut]).is_err(), "cut at {cut}");
    }
    assert_eq!(signals.read("Tag a friend who needs this").len(), 1, "what could not be opened changes nothing");
    for at in (0..bytes.len()).step_by(31) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0x15;
        if signals.add(&damaged).is_ok() {
            signals.read("Please like and share if you agree! Tag a friend, comment YES ❤️ for A 😂 for B 👇");
        }
    }
}

#[test]
fn a_megabyte_is_read() {
    let signals = opened();
    for piece in [
        "tag a friend ",
        "don't tag a friend. ",
        "\"like if you agree\" ",
        "❤️ for ",
        "share if you ",
        "please ",
        "1 like = ",
    ] {
        check_spans(&piece.repeat((1 << 20) / piece.len()), &signals);
    }
}

fn check_spans(text: &str, signals: &Signals) {
    let length = text.chars().count();
    for evidence in signals.read(text) {
        let (from, to) = evidence.span.expect("text has a span");
        assert!(from < to && to as usize <= length, "{from}..{to} in {text:?}");
        assert_eq!(evidence.quote.chars().count(), (to - from) as usize);
        assert!(evidence.strength > 0.0 && evidence.strength <= 1.0);
    }
}

/// Pieces of bait, so that random texts come near to it.
const PIECES: [&str; 24] = [
    "tag",
    " a friend",
    " share",
    " if you",
    " like",
    "❤️",
    " for ",
    "A",
    ", ",
    "\"",
    "!",
    "\n",
    "RT",
    " comment",
    " YES",
    " below",
    " 👇",
    "#",
    "1",
    " = ",
    "\u{202e}",
    "e\u{301}",
    "а",
    "don't",
];

proptest! {
    #[test]
    fn any_text_is_read_without_harm(text in "\\PC*", parts in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..60)) {
        let signals = opened();
        check_spans(&text, &signals);
        check_spans(&parts.concat(), &signals);
    }
}
