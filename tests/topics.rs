//! The topics as they ship: what they tell of plain sentences, what follows for somebody with a topic of their own, that
//! they say nothing where they should not, and that any text and any damage is survived.
//!
//! How good they are, is measured on texts that are not ours to keep (`data/model/RESULTS.md`); the few here are invented.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use plainsight::api::authoring;
use plainsight::api::page::{Ask, Page, Reply};
use plainsight::api::topics::Known;
use plainsight::feed::site;
use plainsight::feed::topics::{SECTION, Topics};
use plainsight::pack;
use plainsight::text::Folded;
use plainsight::verdict::Verdict;
use proptest::prelude::*;
use serde_json::{Value, json};

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
        let seeds = topics().seeds(&Folded::of("football")).expect("it is known");
        assert_eq!(topics().likeness(&seeds, &Folded::of(text), language), None);
    }
}

#[test]
fn a_text_is_more_like_words_of_its_own_topic_than_like_others() {
    let text = Folded::of("The quarterback threw for three touchdowns and the football team won the game");
    let like = |words: &str| {
        let seeds = topics().seeds(&Folded::of(words)).expect("they are known");
        topics().likeness(&seeds, &text, Some("en")).expect("enough words are known")
    };
    let (own, other) = (like("football coach league"), like("doctor disease medicine"));
    assert!(own > other, "{own} {other}");
    assert_eq!(topics().seeds(&Folded::of("qqxzv")), None, "nobody knows that word");
}

#[test]
fn the_words_that_carry_a_likeness_are_quoted_as_they_stand_the_weightiest_first() {
    let seeds = topics().seeds(&Folded::of("football, league; coach")).expect("they are known");
    let carrying = |text| topics().carrying(&seeds, text, &Folded::of(text));
    let mut found: Vec<String> = carrying("Our football COACH says the Football league was good for us on Sunday")
        .split(", ")
        .map(str::to_owned)
        .collect();
    found.sort();
    assert_eq!(found, ["COACH", "football", "league"]);
    assert_eq!(carrying("qqxzv zzkw"), "", "nobody knows these words");
}

/// The page's own pack, and the one that tells topics.
fn packs() -> &'static [Vec<u8>; 2] {
    static PACKS: OnceLock<[Vec<u8>; 2]> = OnceLock::new();
    PACKS.get_or_init(|| {
        let read =
            |name: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).expect("it is there");
        let (site, _) = site::parse("data/sites/x.toml", &read("data/sites/x.toml"));
        let (campaigns, _) = authoring::campaigns("data/campaigns.toml", &read("data/campaigns.toml"));
        let languages = ["de", "en"].map(|code| format!("data/languages/{code}.txt"));
        let languages: Vec<_> = languages.into_iter().map(|name| (name.clone(), read(&name))).collect();
        let signals = ["de", "en"].map(|code| format!("data/signals/bait.{code}.txt"));
        let signals: Vec<_> = signals.into_iter().map(|name| (name.clone(), read(&name))).collect();
        let (texts, refusals) = authoring::text_sections(&signals, &languages);
        assert!(refusals.is_empty(), "{}", refusals[0]);
        let sections = vec![
            authoring::site_section(&[site.expect("x is a site")]),
            authoring::label_section(&[]),
            authoring::campaign_section(&campaigns.expect("it can be read")),
        ];
        [pack::write(&[sections, texts.at_hand].concat()), pack::write(&[(SECTION, section().to_vec())])]
    })
}

/// What a page is told of Mara's posts with these texts, where somebody has this `own`: the act, the kinds with the words
/// quoted, and which packs are wanted.
fn judged(page: &mut Page<'_>, own: &Value, texts: &[&str]) -> (Vec<String>, Vec<String>) {
    let seen = |text: &&str| json!({ "dom": 0, "fields": { "id": [[0, "/mara/status/7"]], "author": [[0, "/mara"]], "text": [[0, text]] } });
    let items: Vec<_> = texts.iter().map(seen).collect();
    let ask = json!({ "path": "/home", "items": items, "settings": { "own": own } });
    let Reply::Judge { judged, wants } = page.ask(Ask::read("judge", &ask.to_string()).expect("a question")) else {
        panic!("another answer")
    };
    let line = |verdict: &Verdict| {
        let because =
            verdict.because.iter().map(|it| format!(" {} ({})", it.kind.name(), it.quote)).collect::<String>();
        format!("{:?}{because}", verdict.act)
    };
    (judged.iter().map(|it| line(&it.verdict)).collect(), wants)
}

const ALIKE: &str = "The football team won the league game after the coach changed the whole defense";
const OTHER: &str = "We tried the recipe from the video and it was really good with a little more salt";
const GERMAN: &str = "Das ist der Trainer, und football league coach sind die Wörter, die ich nicht mehr sehen mag";

#[test]
fn what_is_wished_of_a_topic_is_done_with_what_is_like_it_until_it_is_called_wrong() {
    let [own, told] = packs();
    let mut page = Page::open(own, "x.com", "").expect("a fresh pack opens");
    let football = json!({ "topics": [{ "text": "football, league, coach", "act": "dim" }] });
    let texts = [ALIKE, OTHER, GERMAN];
    // English comes with the model as well, which is not what is asked here.
    let wants_topics = |wants: Vec<String>| wants.iter().any(|name| name == SECTION);
    let (said, wants) = judged(&mut page, &json!({}), &texts);
    assert!(!wants_topics(wants) && said == ["Show", "Show", "Show"], "{said:?}, and nobody has a topic");
    assert!(!wants_topics(judged(&mut page, &football, &[GERMAN]).1), "topics know no German");
    let (said, wants) = judged(&mut page, &football, &texts);
    assert!(wants_topics(wants) && said == ["Show", "Show", "Show"], "{said:?}, and nothing that tells topics is here");
    assert!(!wants_topics(judged(&mut page, &football, &texts).1), "what was wanted is not wanted again");
    page.add(told).expect("it opens");
    let (said, _) = judged(&mut page, &football, &texts);
    assert_eq!(said, ["Dim topic (coach, football, league)", "Show", "Show"]);
    let mut wrong = football.clone();
    wrong["wrong"] = json!([{ "kind": "topic", "of": "Mara: football, league, coach" }]);
    assert_eq!(judged(&mut page, &wrong, &[ALIKE]).0, ["Show"]);
    let mut other = football;
    other["wrong"] =
        json!([{ "kind": "topic", "of": "tom: football, league, coach" }, { "kind": "topic", "of": "mara: tea" }]);
    other["topics"][0]["act"] = json!("hide");
    assert_eq!(judged(&mut page, &other, &[ALIKE, OTHER]).0, ["Hide topic (coach, football, league)", "Show"]);
    assert_eq!(judged(&mut page, &json!({ "topics": [{ "text": "qqxzv", "act": "hide" }] }), &[ALIKE]).0, ["Show"]);
}

#[test]
fn each_word_that_names_a_topic_is_known_or_not() {
    let pack = pack::write(&[(SECTION, section().to_vec())]);
    let known = Known::open(&pack).expect("as just written");
    assert_eq!(known.of("football, Qqxzv;league"), (vec!["football", "league"], vec!["Qqxzv"]));
    assert_eq!(known.of(" , ;"), (vec![], vec![]));
    assert!(Known::open(&pack[..pack.len() - 1]).is_err());
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
        if let Some(seeds) = topics().seeds(&folded) {
            let likeness = topics().likeness(&seeds, &folded, Some("en"));
            prop_assert!(likeness.is_none_or(|likeness| likeness.is_finite()));
        }
    }
}
