//! Holds `data/reasons` to its laws: each card in its one form and sound, and all of them, no more, in the core's table.
//!
//! Whether the words of a kind are there is held by `tests/tidy`, and what its phrases notice by `tests/signals.rs`.

use std::path::{Path, PathBuf};

use plainsight::verdict::card::{self, Card};
use plainsight::verdict::{Group, Noticed};

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
fn read(path: &Path) -> (String, Card) {
    let text = std::fs::read_to_string(path).expect("a readable file");
    let card = card::parse(&text).unwrap_or_else(|(at, reason)| panic!("{}: byte {at:?}: {reason}", path.display()));
    (text, card)
}

#[test]
fn every_card_has_the_one_form_and_is_sound() {
    for path in folder("reasons") {
        let (text, card) = read(&path);
        assert_eq!(card::faults(&stem(&path), &card), [""; 0], "{}", path.display());
        let wanted = card::format(&card);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&path, &wanted).expect("the file can be written");
        } else {
            assert_eq!(text, wanted, "{}: UPDATE_EXPECT=1 writes it in its one form", path.display());
        }
    }
}

#[test]
fn the_core_knows_the_cards_and_no_others() {
    let cards: Vec<Card> = folder("reasons").iter().map(|path| read(path).1).collect();
    assert_eq!(cards.len(), Noticed::COUNT);
    for (place, card) in cards.iter().enumerate() {
        let noticed = Noticed::at(place).expect("the table is as long");
        let reason = noticed.reason();
        assert_eq!((reason.name, reason.group, reason.headline), (card.name.as_str(), card.group, card.headline));
        let doors: Vec<_> = reason.doors.iter().map(|door| (door.name, door.url, door.languages.to_vec())).collect();
        let wanted: Vec<_> = card
            .doors
            .iter()
            .map(|door| (door.name.as_str(), door.url.as_str(), door.languages.iter().map(String::as_str).collect()))
            .collect();
        assert_eq!(doors, wanted, "{}", card.name);
        assert_eq!(Noticed::named(&card.name), Some(noticed));
    }
    assert_eq!((Noticed::named("no-kind"), Noticed::at(cards.len())), (None, None));
}

#[test]
fn what_a_model_learned_has_no_phrases() {
    let learned: Vec<Card> = folder("reasons").iter().map(|path| read(path).1).filter(|card| card.learned).collect();
    assert!(!learned.is_empty(), "no card says that a model learned it");
    for file in folder("signals") {
        let name = stem(&file);
        let kind = name.split('.').next().unwrap_or_default();
        assert!(learned.iter().all(|card| card.name != kind), "{}: a model notices this kind", file.display());
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
    refuses("no-kind", &|card| card.sources = vec![" ".into()], "sources who");
    refuses("no-kind", &|card| card.doors[0].url = "http://a.example/{text}".into(), "https");
    refuses("no-kind", &|card| card.doors[0].url = "https://a.example/".into(), "{text}");
    refuses("no-kind", &|card| card.doors[0].languages = vec!["fr".into(), "en".into()], "sorted");
    for text in ["name = 1", "name = \"a\"\ngroup = \"truth\"\n", "nothing"] {
        assert!(card::parse(text).is_err(), "{text}");
    }
}
