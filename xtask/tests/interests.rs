//! The sites of `data/interests` are named as they are registered: only so does the diary name them.
//!
//! It is held here because the list of public suffixes is the build's and not the repository's.

use plainsight::url::Suffixes;
use plainsight::verdict::card;
use plainsight::verdict::interest::Interest;
use xtask::{files, lists};

#[test]
fn every_site_is_named_as_it_is_registered() {
    let around = lists::around().expect("the list of public suffixes is there");
    let section = Suffixes::write(&around.suffixes);
    let suffixes = Suffixes::open(&section).expect("what was just written opens");
    assert_eq!(suffixes.domain("www.shop.co.uk"), "shop.co.uk");
    let cards = files::texts("data/interests", "toml").expect("the folder is there");
    assert!(!cards.is_empty(), "data/interests is not where it was");
    let mut wrong = Vec::new();
    for (file, text) in cards {
        let card: Interest = card::parse(&text).unwrap_or_else(|(_, reason)| panic!("{file}: {reason}"));
        let otherwise = card.sites.iter().filter(|site| suffixes.domain(site) != site.as_str());
        wrong.extend(otherwise.map(|site| format!("{file}: {site} is registered as {}", suffixes.domain(site))));
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}
