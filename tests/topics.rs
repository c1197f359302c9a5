//! The topics as they ship: what they tell of plain sentences, that they say nothing where they should not, and that any
//! text and any damage is survived.
//!
//! How good they are, is measured on texts that are not ours to keep (`data/model/RESULTS.md`); the few here are invented.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use plainsight::feed::topics::Topics;
use plainsight::text::Folded;
use proptest::prelude::*;

/// The section, read once for all tests.
fn section() -> &'static [u8] {
    static SECTION: OnceLock<Vec<u8>> = OnceLock::new();
    SECTION.get_or_init(|| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/model/topics.bin");
        fs::read(path).expect("the topics are there")
    })
}

fn topics() -> &'static Topics {
    static TOPICS: OnceLock<Topics> = OnceLock::new();
    TOPICS.get_or_init(|| Topics::open(section()).expect("the shipped section opens"))
}

fn check(text: &str, language: Option<&str>) -> Option<&'static str> {
    topics().of(&Folded::of(text), language).map(|topic| topic.name)
}

#[test]
fn plain_sentences_have_their_topic_and_small_talk_has_none() {
    for (text, topic) in [
        ("The team won the playoff game after the coach changed the whole defense", Some("sport")),
        ("Stocks fell as investors sold bank shares after weak profits", Some("business")),
        ("The new movie stars an actor who sang at the music awards", Some("culture")),
        ("See you there, I am so glad", None),
        ("Ok", None),
        ("", None),
    ] {
        assert_eq!(check(text, Some("en")), topic, "{text}");
    }
}

#[test]
fn of_other_languages_nothing_is_said() {
    let text = "The team won the playoff game after the coach changed the whole defense";
    for language in [None, Some("de"), Some("")] {
        assert_eq!(check(text, language), None, "{language:?}");
        let seeds = topics().seeds(["football"]).expect("it is known");
        assert_eq!(topics().likeness(&seeds, &Folded::of(text), language), None);
    }
}

#[test]
fn a_text_is_more_like_words_of_its_own_topic_than_like_others() {
    let text = Folded::of("The quarterback threw for three touchdowns and the football team won the game");
    let like = |words: &[&str]| {
        let seeds = topics().seeds(words.iter().copied()).expect("they are known");
        topics().likeness(&seeds, &text, Some("en")).expect("enough words are known")
    };
    let (own, other) = (like(&["football", "coach", "league"]), like(&["doctor", "disease", "medicine"]));
    assert!(own > other, "{own} {other}");
    assert_eq!(topics().seeds(["qqxzv"]), None, "nobody knows that word");
}

#[test]
fn damaged_sections_are_refused_or_read_without_harm() {
    for cut in (0..section().len()).step_by(997) {
        assert!(Topics::open(&section()[..cut]).is_err(), "cut at {cut}");
    }
    for at in (0..section().len()).step_by(911).chain(0..64) {
        let mut damaged = section().to_vec();
        damaged[at] ^= 0x95;
        if let Ok(topics) = Topics::open(&damaged) {
            topics.of(&Folded::of("the team won the game"), Some("en"));
        }
    }
}

#[test]
fn of_a_megabyte_no_more_is_read_than_of_a_post() {
    for piece in ["the team won ", "a", "e\u{301}", "\u{202e}אב ", "😱"] {
        let long = Folded::of(&piece.repeat((1 << 20) / piece.len()));
        let shorter = Folded::of(&piece.repeat((1 << 14) / piece.len()));
        assert_eq!(topics().probabilities(&long), topics().probabilities(&shorter), "{piece:?}");
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_harm(text in "\\PC*") {
        let folded = Folded::of(&text);
        topics().of(&folded, Some("en"));
        if let Some(seeds) = topics().seeds([text.as_str()]) {
            let likeness = topics().likeness(&seeds, &folded, Some("en"));
            prop_assert!(likeness.is_none_or(|likeness| likeness.is_finite()));
        }
    }
}
