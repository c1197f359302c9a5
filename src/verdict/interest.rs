//! The cards of `data/interests`, one an interest that sites tell of: read strictly, written in one form only.
//!
//! The build makes the table of interests of them ([`row`]), and the checks hold them to their form and to their proof; a
//! browser never carries this. The build compiles this very file into its script, so it deliberately uses nothing of ours
//! but the forms of cards. Whether a site is of an interest it does not know: that is what the card says.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::card;
use super::special::Special;

/// An interest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Interest {
    /// Its name, and the file's without its ending: small letters, words joined by a hyphen.
    pub name: String,
    /// What it tells of, if the law protects that more than other things.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub special: Option<Special>,
    /// Where it is known from that these sites are of it.
    pub sources: Vec<String>,
    /// The sites that are of it, as they are registered, sorted.
    pub sites: Vec<String>,
    /// Those of them that are of another interest too; else no site is in two files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shared: Vec<String>,
    /// Words that show it in the name of a site that no file names, sorted: `word` alone between dots and hyphens, `word*`
    /// where a part of the name begins so, `*word` where it ends so, `*word*` anywhere.
    pub words: Vec<String>,
    /// Sites that no file names and that must be found by these words.
    pub found: Vec<String>,
    /// Sites that look like it and must not be found.
    pub spared: Vec<String>,
}

/// How many sites a card names at least: of fewer, most people would visit none.
pub const FEWEST: usize = 30;
/// How many examples a card gives at least, of what is found and of what is spared.
const EXAMPLES: usize = 2;
/// How short a word may be by the stars it has: what may stand anywhere stands in much.
const SHORTEST: [usize; 3] = [3, 4, 6];

/// What is wrong with a card that could be read; `stem` is its file's name without the ending.
pub fn faults(stem: &str, card: &Interest) -> Vec<String> {
    let mut faults = card::misnamed(stem, &card.name, &card.sources);
    let lists = [
        ("sites", &card.sites),
        ("shared", &card.shared),
        ("words", &card.words),
        ("found", &card.found),
        ("spared", &card.spared),
    ];
    for (what, list) in lists {
        if !list.is_sorted_by(|a, b| a < b) {
            faults.push(format!("{what} must be sorted, each once"));
        }
        for site in list.iter().filter(|it| what != "words" && !is_site(it)) {
            faults.push(format!("{what}: {site:?} is no name of a site: small letters, as it is registered"));
        }
    }
    if card.sites.len() < FEWEST {
        faults.push(format!("it names {} sites, and needs {FEWEST}", card.sites.len()));
    }
    for site in card.shared.iter().filter(|site| !card.sites.contains(site)) {
        faults.push(format!("shared: {site:?} is not among its sites"));
    }
    if card.words.is_empty() || card.found.len() < EXAMPLES || card.spared.len() < EXAMPLES {
        faults.push(format!("it needs words, and {EXAMPLES} examples each of what they find and of what they spare"));
    }
    for word in &card.words {
        let bare = word.strip_prefix('*').unwrap_or(word);
        let bare = bare.strip_suffix('*').unwrap_or(bare);
        let is_word = bare.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit());
        if !is_word || SHORTEST.get(word.len() - bare.len()).is_none_or(|least| bare.len() < *least) {
            faults
                .push(format!("words: {word:?} must be of small letters, {SHORTEST:?} or more with 0, 1 and 2 stars"));
        }
    }
    faults
}

/// Whether this may be the name of a site.
fn is_site(name: &str) -> bool {
    let is_part = |part: &str| {
        let is_letter = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-';
        !part.is_empty() && !part.starts_with('-') && !part.ends_with('-') && part.bytes().all(is_letter)
    };
    name.contains('.') && name.split('.').all(is_part)
}

/// What is wrong with cards that are good by themselves: a site of two interests of which one does not say so, or that is
/// said to be shared and is not.
pub fn together(cards: &[Interest]) -> Vec<String> {
    let mut of: BTreeMap<&str, Vec<&Interest>> = BTreeMap::new();
    for card in cards {
        for site in &card.sites {
            of.entry(site).or_default().push(card);
        }
    }
    let mut faults = Vec::new();
    for (site, cards) in of {
        let names: Vec<&str> = cards.iter().map(|card| card.name.as_str()).collect();
        for card in &cards {
            match (cards.len() > 1, card.shared.iter().any(|it| it == site)) {
                (true, false) => faults.push(format!("{}: {site} is of {names:?}: say that it is shared", card.name)),
                (false, true) => faults.push(format!("{}: {site} is shared with nobody", card.name)),
                _ => {}
            }
        }
    }
    faults
}

/// The card as a row of the table, in Rust.
pub fn row(card: &Interest) -> String {
    let special = card.special.map_or_else(|| "None".to_owned(), |it| format!("Some(Special::{it:?})"));
    let (sites, words) = (card.sites.join(" "), card.words.join(" "));
    format!("Interest {{ name: {:?}, special: {special}, sites: {sites:?}, words: {words:?} }}", card.name)
}
