//! Holds `data/interests` to its laws: each card sound and in its one form, all of them together free of contradictions,
//! the core's table made of them and of nothing else, and each card's proof true of that table.
//!
//! Whether a site really is of an interest no test can hold: that is what each card's `sources` are for. That every site
//! is named as it is registered is held in `xtask/tests`, where the list of public suffixes is.

use std::path::{Path, PathBuf};

use plainsight::api::mirror;
use plainsight::explain::mirror::Sites;
use plainsight::verdict::interest::{self, Interest};
use plainsight::verdict::platform::{self, Company, Link, Site};
use plainsight::verdict::{Special, card};

/// How many interests there are at least: fewer means that files were lost.
const AT_LEAST: usize = 30;

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/interests");
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("it can be listed").path()).collect();
    paths.sort();
    paths
}

/// The one place where the suite touches the API for files: reads a card that must be good.
fn read(path: &Path) -> (String, Interest) {
    let text = std::fs::read_to_string(path).expect("a readable file");
    let card = card::parse(&text).unwrap_or_else(|(at, reason)| panic!("{}: byte {at:?}: {reason}", path.display()));
    (text, card)
}

#[test]
fn every_card_has_the_one_form_and_is_sound() {
    let mut cards = Vec::new();
    for path in files() {
        let (text, card) = read(&path);
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        assert_eq!(interest::faults(&stem, &card), [""; 0], "{}", path.display());
        let wanted = card::format(&card);
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::write(&path, &wanted).expect("the file can be written");
        } else {
            assert_eq!(text, wanted, "{}: UPDATE_EXPECT=1 writes it in its one form", path.display());
        }
        cards.push(card);
    }
    assert!(cards.len() >= AT_LEAST, "{} interests", cards.len());
    assert_eq!(interest::together(&cards), [""; 0]);
    let names: Vec<_> = mirror::interests().iter().map(|it| (it.name, it.special)).collect();
    let wanted: Vec<_> = cards.iter().map(|it| (it.name.as_str(), it.special)).collect();
    assert_eq!(names, wanted);
}

#[test]
fn every_cards_proof_is_true() {
    let sites = Sites::of_table(mirror::interests());
    let is_of = |site: &str, name: &str| sites.of(site).iter().any(|it| it.name == name);
    let cards: Vec<Interest> = files().iter().map(|path| read(path).1).collect();
    let is_named = |site: &String| cards.iter().any(|card| card.sites.contains(site));
    let mut wrong = Vec::new();
    for card in &cards {
        let name = card.name.as_str();
        wrong.extend(card.sites.iter().filter(|it| !is_of(it, name)).map(|it| format!("{it} is not of {name}")));
        wrong.extend(card.found.iter().filter(|it| !is_of(it, name)).map(|it| format!("{it} is not found for {name}")));
        wrong.extend(card.spared.iter().filter(|it| is_of(it, name)).map(|it| format!("{it} is found for {name}")));
        // What a list names proves nothing of words.
        wrong.extend(
            card.found.iter().filter(|it| is_named(it)).map(|it| format!("{name}: found: {it} is a named site")),
        );
        for word in &card.words {
            let bare = word.trim_matches('*');
            let others = cards.iter().filter(|other| other.name != name && other.words.contains(word));
            wrong.extend(others.map(|other| format!("{name}: the word {bare} is of {} too", other.name)));
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn a_site_that_a_card_names_is_of_no_other_interest_by_its_words() {
    let sites = Sites::of_table(mirror::interests());
    let names = |site: &str| sites.of(site).into_iter().map(|it| it.name).collect::<Vec<_>>();
    // Words would call it a paper of politics; its card says where it belongs.
    assert_eq!(names("footballtransfers.com"), ["football"]);
    assert_eq!(names("nobody-knows.example"), [""; 0]);
}

#[test]
fn unsound_cards_are_refused() {
    let texts = |list: &[&str]| list.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
    let good = Interest {
        name: "no-interest".into(),
        special: Some(Special::Union),
        sources: texts(&["Nobody"]),
        sites: (10..10 + interest::FEWEST).map(|n| format!("site{n}.example")).collect(),
        shared: Vec::new(),
        words: texts(&["*anywhere*", "end", "word*"]),
        found: texts(&["end.example", "words.example"]),
        spared: texts(&["bend.example", "sword.example"]),
    };
    assert_eq!(interest::faults("no-interest", &good), [""; 0]);
    let refuses = |stem: &str, change: &dyn Fn(&mut Interest), words: &str| {
        let mut card = good.clone();
        change(&mut card);
        let faults = interest::faults(stem, &card);
        assert!(faults.iter().any(|fault| fault.contains(words)), "{faults:?}");
    };
    refuses("other", &|_| (), "must be named no-interest.toml");
    refuses("no-interest", &|card| card.sources.clear(), "sources must say");
    refuses("no-interest", &|card| card.sites.swap(0, 1), "sites must be sorted");
    refuses("no-interest", &|card| card.sites.truncate(3), "needs 30");
    for bad in ["WWW.Site.example", "site", "a..example", "https://a.example", "-a.example", "münchen.example"] {
        refuses("no-interest", &|card| card.sites[0] = bad.into(), "no name of a site");
    }
    refuses("no-interest", &|card| card.shared = texts(&["other.example"]), "not among its sites");
    refuses("no-interest", &|card| card.words.clear(), "needs words");
    refuses("no-interest", &|card| card.spared.truncate(1), "examples each");
    for bad in ["*end*", "en", "wo*", "Wort", "w*ord", "two-words"] {
        refuses("no-interest", &|card| card.words = texts(&[bad]), "must be of small letters");
    }
    for text in ["name = 1", "name = \"a\"\nsources = []\nsites = []\nwords = []\nfound = []\nspared = []\nx = 1\n"] {
        assert!(card::parse::<Interest>(text).is_err(), "{text}");
    }
    let named = |name: &str, shared: &[&str]| Interest { name: name.into(), shared: texts(shared), ..good.clone() };
    let mut other = named("other", &[]);
    other.sites = texts(&["site10.example"]);
    let faults = interest::together(&[good.clone(), other.clone()]);
    assert_eq!(faults.len(), 2, "{faults:?}");
    assert!(faults[0].contains("say that it is shared"), "{faults:?}");
    other.shared = texts(&["site10.example"]);
    let said = named("no-interest", &["site10.example", "site11.example"]);
    assert_eq!(interest::together(&[said, other]), ["no-interest: site11.example is shared with nobody"]);
}

#[test]
fn a_company_runs_the_platforms_on_its_domains_and_those_of_what_it_owns() {
    let site = |id: &str, host: &str, links: &[(&str, &str)]| Site {
        id: id.into(),
        hosts: vec![host.into()],
        link: links.iter().map(|(purpose, url)| Link { purpose: (*purpose).into(), url: (*url).into() }).collect(),
    };
    let company = |name: &str, owner: &str, domain: &str, choices: &str| Company {
        name: name.into(),
        owner: owner.into(),
        domains: vec![domain.into()],
        choices: choices.into(),
    };
    let sites = [
        site("films", "www.films.example", &[("following", "https://a"), ("ads", "https://b")]),
        site("posts", "posts.example", &[("off-platform", "https://c")]),
        site("nobodys", "notfilms.example", &[]),
    ];
    let companies = [
        company("Films", "Big", "films.example", ""),
        company("Big", "", "big.example", "https://d"),
        company("Posts", "", "posts.example", ""),
        company("Shop", "", "shop.example", "https://e"),
        company("Other", "", "other.example", ""),
    ];
    let told: Vec<_> = platform::runs(&sites, &companies).iter().map(platform::row).collect();
    let row = |company: &str, sites: &str, links: &str| {
        format!("Platforms {{ company: {company:?}, sites: &[{sites}], links: &[{links}] }}")
    };
    let wanted = [
        row("Big", "\"films\"", r#"("", "ads", "https://d"), ("films", "ads", "https://b")"#),
        row("Posts", "\"posts\"", r#"("posts", "off-platform", "https://c")"#),
        row("Shop", "", r#"("", "ads", "https://e")"#),
    ];
    assert_eq!(told, wanted);
}

#[test]
fn the_companies_that_people_know_run_platforms() {
    let names: Vec<&str> = mirror::platforms().iter().map(|it| it.company).collect();
    for name in ["Amazon", "ByteDance", "Google", "Meta", "Microsoft", "Pinterest", "Reddit", "Snap", "X"] {
        assert!(names.contains(&name), "{name} is not among {names:?}");
    }
    let none = ["Meta", "Google", "X", "Amazon", "Microsoft", "Pinterest", "Reddit"];
    for it in mirror::platforms().iter().filter(|it| none.contains(&it.company)) {
        assert!(!it.links.is_empty(), "{}: its files name no page on which one can choose", it.company);
    }
}
