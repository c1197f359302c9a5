//! Holds `data/reasons` and `data/techniques` to their laws: each card in its one form and sound, all of the former and
//! no others in the core's table of kinds, and all of both in the table of cards for people, with their words.
//!
//! Whether the other words of a kind are there is held by `tests/tidy`, and what its phrases notice by `tests/signals.rs`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use plainsight::explain::lessons;
use plainsight::verdict::card::{self, Card};
use plainsight::verdict::technique::{self, Technique};
use plainsight::verdict::{Chapter, Group, Kind, Noticed};
use serde::Serialize;
use serde::de::DeserializeOwned;

fn folder(name: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name);
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("it can be listed").path()).collect();
    paths.sort();
    paths
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// The one place where the suite touches the API for files: reads a card that must be good.
fn read<T: DeserializeOwned>(path: &Path) -> (String, T) {
    let text = std::fs::read_to_string(path).expect("a readable file");
    let card = card::parse(&text).unwrap_or_else(|(at, reason)| panic!("{}: byte {at:?}: {reason}", path.display()));
    (text, card)
}

/// Every file of a folder must be sound and in its one form.
fn hold<T: Serialize + DeserializeOwned>(name: &str, faults: fn(&str, &T) -> Vec<String>) {
    for path in folder(name) {
        let (text, card) = read(&path);
        assert_eq!(faults(&stem(&path), &card), [""; 0], "{}", path.display());
        let wanted = card::format(&card);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&path, &wanted).expect("the file can be written");
        } else {
            assert_eq!(text, wanted, "{}: UPDATE_EXPECT=1 writes it in its one form", path.display());
        }
    }
}

fn all<T: DeserializeOwned>(name: &str) -> Vec<T> {
    folder(name).iter().map(|path| read(path).1).collect()
}

#[test]
fn every_card_has_the_one_form_and_is_sound() {
    hold("reasons", card::faults);
    hold("techniques", technique::faults);
}

#[test]
fn the_core_knows_the_cards_and_no_others() {
    let cards: Vec<Card> = all("reasons");
    assert_eq!(cards.len(), Noticed::COUNT);
    for (place, card) in cards.iter().enumerate() {
        let noticed = Noticed::at(place).expect("the table is as long");
        let reason = noticed.reason();
        assert_eq!((reason.name, reason.group, reason.headline), (card.name.as_str(), card.group, card.headline));
        let doors: Vec<_> =
            reason.doors.iter().map(|door| (door.name, door.url.concat(), door.languages.to_vec())).collect();
        let wanted: Vec<_> = card
            .doors
            .iter()
            .map(|door| (door.name.as_str(), door.url.clone(), door.languages.iter().map(String::as_str).collect()))
            .collect();
        assert_eq!(doors, wanted, "{}", card.name);
        assert_eq!(Noticed::named(&card.name), Some(noticed));
    }
    assert_eq!((Noticed::named("no-kind"), Noticed::at(cards.len())), (None, None));
}

#[test]
fn what_a_model_learned_has_no_phrases() {
    let mut learned: Vec<Card> = all("reasons");
    learned.retain(|card| card.learned);
    assert!(!learned.is_empty(), "no card says that a model learned it");
    for file in folder("signals") {
        let name = stem(&file);
        let kind = name.split('.').next().unwrap_or_default();
        assert!(learned.iter().all(|card| card.name != kind), "{}: a model notices this kind", file.display());
    }
}

#[test]
fn every_kind_and_every_technique_has_one_card_for_people() {
    let kinds = all("reasons").into_iter().map(|it: Card| (Chapter::Words, it.name, true, it.sources));
    let techniques = all("techniques").into_iter().map(|it: Technique| (it.chapter, it.name, false, it.sources));
    let mut wanted: Vec<_> = kinds.chain(techniques).collect();
    wanted.sort();
    let row = |it: &lessons::Lesson| {
        (it.chapter, it.name.to_owned(), it.noticed, it.sources.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>())
    };
    assert_eq!(lessons::all().iter().map(row).collect::<Vec<_>>(), wanted);

    let names: BTreeSet<&str> = lessons::all().iter().map(|it| it.name).collect();
    assert_eq!(names.len(), wanted.len(), "a technique has the name of a kind, so they would share their words");
    // What a platform states is named by its group; what the person asked for by name needs no card.
    let stated = Group::ALL.map(Group::name).into_iter().filter(|name| Kind::named(name).is_some());
    assert_eq!(stated.filter(|name| !names.contains(name)).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn no_technique_is_a_kind() {
    let techniques: Vec<Technique> = all("techniques");
    assert!(!techniques.is_empty(), "data/techniques is not where it was");
    for technique in techniques {
        assert_eq!(Noticed::named(&technique.name), None, "{}: a kind is a bit in packs", technique.name);
    }
}

#[test]
fn every_card_says_what_it_does_shows_an_example_and_how_to_see_it_in_few_words() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("_locales/en/messages.json");
    let messages = std::fs::read_to_string(file).expect("the English words are there");
    let messages: serde_json::Value = serde_json::from_str(&messages).expect("they are JSON");
    let mut said = BTreeSet::new();
    for lesson in lessons::all() {
        let say = |key: &str, most: usize| {
            let words = messages[key]["message"].as_str().unwrap_or_default();
            let count = words.chars().count();
            assert!((1..=most).contains(&count), "{key} has {count} characters, and may have {most}: {words:?}");
            words
        };
        say(lesson.chapter.heading(), 40);
        for (key, most) in [(lesson.title(), 40), (lesson.does(), 200), (lesson.example(), 200), (lesson.see(), 200)] {
            assert!(said.insert(say(&key, most)), "{key} says what another card says");
        }
        assert!(!lesson.sources.is_empty(), "{} has no source", lesson.name);
    }
}

#[test]
fn unsound_techniques_are_refused() {
    let good = Technique { name: "no-trick".into(), chapter: Chapter::Feed, sources: vec!["Nobody".into()] };
    assert_eq!(technique::faults("no-trick", &good), [""; 0]);
    let refuses = |stem: &str, technique: Technique, words: &str| {
        let faults = technique::faults(stem, &technique);
        assert!(faults.iter().any(|fault| fault.contains(words)), "{faults:?}");
    };
    refuses("other", good.clone(), "must be named no-trick.toml");
    refuses("No", Technique { name: "No".into(), ..good.clone() }, "small letters");
    refuses("no-trick", Technique { sources: vec![], ..good }, "sources must say");
    let head = "name = \"a\"\nsources = [\"b\"]\n";
    assert!(card::parse::<Technique>(&format!("{head}chapter = \"feed\"\n")).is_ok());
    for rest in ["", "chapter = \"bait\"\n", "chapter = \"feed\"\ngroup = \"bait\"\n"] {
        assert!(card::parse::<Technique>(&format!("{head}{rest}")).is_err(), "{rest}");
    }
}

#[test]
fn unsound_cards_are_refused() {
    let good = Card {
        name: "no-kind".into(),
        group: Group::Bait,
        headline: false,
        learned: false,
        note: "Asks for nothing.".into(),
        sources: vec!["Nobody".into()],
        doors: vec![card::Door { name: "A".into(), url: "https://a.example/?q={text}".into(), languages: vec![] }],
    };
    assert_eq!(card::faults("no-kind", &good), [""; 0]);
    let refuses = |stem: &str, change: &dyn Fn(&mut Card), words: &str| {
        let mut card = good.clone();
        change(&mut card);
        let faults = card::faults(stem, &card);
        assert!(faults.iter().any(|fault| fault.contains(words)), "{faults:?}");
    };
    refuses("other", &|_| (), "must be named no-kind.toml");
    refuses("No-Kind", &|card| card.name = "No-Kind".into(), "small letters");
    refuses("no-", &|card| card.name = "no-".into(), "joined by a hyphen");
    refuses("no-kind", &|card| card.note.clear(), "note must say");
    refuses("no-kind", &|card| card.sources = vec![" ".into()], "sources must say");
    refuses("no-kind", &|card| card.doors[0].url = "http://a.example/{text}".into(), "https");
    refuses("no-kind", &|card| card.doors[0].url = "https://a.example/".into(), "{text}");
    refuses("no-kind", &|card| card.doors[0].languages = vec!["fr".into(), "en".into()], "sorted");
    for text in ["name = 1", "name = \"a\"\ngroup = \"truth\"\n", "nothing"] {
        assert!(card::parse::<Card>(text).is_err(), "{text}");
    }
}
