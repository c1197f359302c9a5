//! The proof of `data/signals`: every file in its one form, every example as it says, any text read without harm.
//!
//! The examples stand in the files, beside the phrases that they prove; this only drives them.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use plainsight::feed::signals::{Signals, check, compile, format, parse};
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

/// The section that the build would make of them, made once for all tests.
fn compiled() -> &'static [u8] {
    static SECTION: OnceLock<Vec<u8>> = OnceLock::new();
    SECTION.get_or_init(|| {
        let files = files();
        let borrowed: Vec<(&str, &str)> = files.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
        compile(&borrowed).0
    })
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

#[test]
fn formatting_twice_is_formatting_once() {
    for (name, text) in files() {
        let once = format(&parse(&name, &text).0);
        assert_eq!(format(&parse(&name, &once).0), once, "{name}");
    }
}

#[test]
fn evidence_quotes_the_words_as_they_stood() {
    let bytes = compiled();
    let signals = Signals::open(bytes).expect("a fresh section opens");
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
    let bytes = compiled();
    for cut in (0..bytes.len()).step_by(97) {
        assert!(Signals::open(&bytes[..cut]).is_err(), "cut at {cut}");
    }
    for at in (0..bytes.len()).step_by(31) {
        let mut damaged = bytes.to_vec();
        damaged[at] ^= 0x15;
        if let Ok(signals) = Signals::open(&damaged) {
            signals.read("Please like and share if you agree! Tag a friend, comment YES ❤️ for A 😂 for B 👇");
        }
    }
}

#[test]
fn a_megabyte_is_read() {
    let bytes = compiled();
    let signals = Signals::open(bytes).expect("a fresh section opens");
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

fn check_spans(text: &str, signals: &Signals<'_>) {
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
        let bytes = compiled();
        let signals = Signals::open(bytes).expect("a fresh section opens");
        check_spans(&text, &signals);
        check_spans(&parts.concat(), &signals);
    }
}
