//! The learned model as it ships: it speaks of what it was made for, quotes what stands there, and survives any text.
//!
//! How good it is, is measured on texts that are not ours to keep (`data/model/RESULTS.md`); the few here are invented.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use plainsight::feed::level::Level;
use plainsight::feed::model::{Head, Model, is_headline};
use plainsight::text::Folded;
use proptest::prelude::*;

/// The section, read once for all tests.
fn weights() -> &'static [u8] {
    static SECTION: OnceLock<Vec<u8>> = OnceLock::new();
    SECTION.get_or_init(|| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/model/weights.bin");
        fs::read(path).expect("the weights are there")
    })
}

/// What a text is found to be as a title, on a level, with the quotations.
fn check(text: &str, level: Level, language: Option<&str>) -> Vec<(&'static str, String)> {
    let model = Model::open(weights()).expect("the shipped section opens");
    let folded = Folded::of(text);
    let found = model.read(text, &folded, text.len(), level, language);
    for evidence in &found {
        let (from, to) = evidence.span.expect("words have a span");
        let quote: String = text.chars().skip(from as usize).take((to - from) as usize).collect();
        assert_eq!(quote, evidence.quote, "{text:?}");
        assert!(from < to && (0.0..=1.0).contains(&evidence.strength), "{evidence:?}");
    }
    found.into_iter().map(|evidence| (evidence.kind.name(), evidence.quote)).collect()
}

#[test]
fn a_headline_that_withholds_is_clickbait_and_one_that_tells_is_not() {
    for bait in [
        "This is what happens to your body when you stop eating sugar",
        "The real reason why your cat stares at you",
        "10 things you should never say to your boss",
        "What This Dad Did For His Daughter Will Make You Cry",
    ] {
        let found = check(bait, Level::Strict, Some("en"));
        assert!(found.iter().any(|(kind, quote)| *kind == "clickbait" && bait.contains(quote)), "{bait}: {found:?}");
    }
    for told in [
        "Parliament votes to raise the retirement age by two years",
        "Storm leaves 40,000 homes without power in the north of the country",
        "Central bank holds rates as inflation slows in March",
    ] {
        assert_eq!(check(told, Level::Strict, Some("en")), [], "{told}");
    }
}

#[test]
fn an_insult_is_heated_and_a_disagreement_is_not() {
    let found = check("you are a fucking idiot, shut up you stupid piece of shit", Level::Strict, Some("en"));
    assert!(found.iter().any(|(kind, _)| *kind == "heated"), "{found:?}");
    for calm in [
        "I do not agree with you, and here is why the numbers say otherwise.",
        "Congratulations on the new job, well done!",
    ] {
        assert_eq!(check(calm, Level::Strict, Some("en")), [], "{calm}");
    }
}

#[test]
fn it_says_nothing_of_what_it_was_not_made_for() {
    let model = Model::open(weights()).expect("the shipped section opens");
    let says = |text: &str, head, language| model.score(text, &Folded::of(text), head, language).is_some();
    let bait = "This is what happens to your body when you stop eating sugar";
    assert!(says(bait, Head::Clickbait, Some("en")) && says(bait, Head::Clickbait, None));
    assert!(!says(bait, Head::Clickbait, Some("de")) && !says(bait, Head::ClickbaitEs, None));
    assert!(!says("Das passiert, wenn man einen Monat lang nur Reis isst", Head::Clickbait, None));
    assert!(!says("@mara this is what happens to your body when you stop", Head::Clickbait, Some("en")));
    assert!(!says("How can you tell", Head::Clickbait, Some("en")), "short questions are ordinary");
    assert!(!says("", Head::Heated, Some("en")) && !says("idiot", Head::Heated, Some("en")));
    assert!(!says(&"the words of a long text ".repeat(60), Head::Heated, Some("en")));
}

#[test]
fn a_text_beside_no_headline_is_not_read_for_clickbait() {
    let model = Model::open(weights()).expect("the shipped section opens");
    let text = "This is what happens to your body when you stop eating sugar";
    let kinds = |headline: usize| {
        let found = model.read(text, &Folded::of(text), headline, Level::Strict, Some("en"));
        found.iter().any(|evidence| evidence.kind.name() == "clickbait")
    };
    assert!(kinds(text.len()) && !kinds(0));
}

#[test]
fn every_level_flags_what_a_gentler_one_flags() {
    let text = "10 things you should never say to your boss";
    let counts = Level::ALL.map(|level| check(text, level, Some("en")).len());
    assert!(counts.is_sorted(), "{counts:?}");
}

#[test]
fn disguises_make_no_difference() {
    let model = Model::open(weights()).expect("the shipped section opens");
    let score = |text: &str| model.score(text, &Folded::of(text), Head::Heated, Some("en")).map(|score| score.sure);
    assert_eq!(score("You are a 𝐬𝐭𝐮𝐩𝐢𝐝 fu\u{200b}cking idiot"), score("You are a stupid fucking idiot"));
}

#[test]
fn damaged_sections_are_refused_or_read_without_harm() {
    let bytes = weights();
    for cut in (0..bytes.len()).step_by(211) {
        if let Ok(model) = Model::open(&bytes[..cut]) {
            read_all(&model, "This is what happens when you are an idiot");
        }
    }
    for at in (0..bytes.len()).step_by(37) {
        let mut damaged = bytes.to_vec();
        damaged[at] ^= 0x95;
        if let Ok(model) = Model::open(&damaged) {
            read_all(&model, "This is what happens when you are an idiot");
        }
    }
}

fn read_all(model: &Model<'_>, text: &str) {
    let folded = Folded::of(text);
    is_headline(text, &folded);
    for language in [None, Some("en"), Some("es"), Some("")] {
        for headline in [0, text.len() / 2, text.len()] {
            model.read(text, &folded, headline, Level::Strict, language);
        }
        for head in Head::ALL {
            if let Some(score) = model.score(text, &folded, head, language) {
                assert!(score.span.is_none_or(|(from, to)| from < to && text.get(from..to).is_some()), "{text:?}");
            }
        }
    }
}

#[test]
fn a_megabyte_is_read() {
    let model = Model::open(weights()).expect("the shipped section opens");
    for piece in ["you idiot ", "a", "e\u{301}", "\u{202e}אב ", "😱", "the of "] {
        read_all(&model, &piece.repeat((1 << 20) / piece.len()));
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_harm(text in "\\PC*", words in prop::collection::vec(prop::sample::select(vec![
        "this", "is", "what", "you", "idiot", "fuck", "10", "!", "?", "\n", "\u{202e}", "e\u{301}", "😱", "@a", "#b", " ", " ", "Ñ",
    ]), 0..60)) {
        let model = Model::open(weights()).expect("the shipped section opens");
        read_all(&model, &text);
        read_all(&model, &words.concat());
    }
}
