//! The cards of `data/reasons`, one a kind of signal: read strictly, written in one form only.
//!
//! The build makes the table of kinds of them ([`row`]), and the checks hold them to their form; a browser never carries
//! this. The build compiles this very file into its script, so it deliberately uses nothing of ours but the groups.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::group::Group;

/// A pack knows kinds by the bits of a number: more than these cannot be told apart.
pub const MOST: usize = 64;

/// A kind of signal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// Its name, and the file's without its ending: small letters, words joined by a hyphen.
    pub name: String,
    /// The group in which people decide on it.
    pub group: Group,
    /// Whether it is read in headlines alone: the same words inside a text are no such thing.
    #[serde(default, skip_serializing_if = "is_not")]
    pub headline: bool,
    /// Whether a model learned to notice it. Such a kind has no phrases.
    #[serde(default, skip_serializing_if = "is_not")]
    pub learned: bool,
    /// What it is, and what it is not.
    pub note: String,
    /// Who described it.
    pub sources: Vec<String>,
    /// Where the words that it rests on can be looked up, if that is of use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub doors: Vec<Door>,
}

/// A page elsewhere where the person may look words up. Nothing goes there before they ask for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Door {
    /// Whose page it is.
    pub name: String,
    /// Its address: `{text}` stands for the words and, where it knows languages, `{language}` for the person's.
    pub url: String,
    /// The languages that it answers in, sorted; without them it takes any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
}

fn is_not(is: &bool) -> bool {
    !is
}

/// Reads a card of either form: a kind of signal, or a technique.
///
/// # Errors
/// The reason why it is none, and the byte where it stands, if that is known.
pub fn parse<T: DeserializeOwned>(text: &str) -> Result<T, (Option<usize>, String)> {
    toml::from_str(text).map_err(|error| (error.span().map(|span| span.start), error.message().to_owned()))
}

/// The canonical text of a card. `format(parse(text)) == text` holds for every file in `data/reasons` and
/// `data/techniques`.
pub fn format<T: Serialize>(card: &T) -> String {
    // Lists of texts can always be written.
    toml::to_string_pretty(card).unwrap_or_default()
}

/// What is wrong with a card's name and sources; `stem` is its file's name without the ending.
pub fn misnamed(stem: &str, name: &str, sources: &[String]) -> Vec<String> {
    let mut faults = Vec::new();
    let is_word = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase());
    if !name.split('-').all(is_word) {
        faults.push(format!("the name {name:?} must be of small letters, words joined by a hyphen"));
    }
    if name != stem {
        faults.push(format!("the card of {name:?} must be named {name}.toml"));
    }
    if sources.is_empty() || sources.iter().any(|it| it.trim().is_empty()) {
        faults.push("sources must say who described it".to_owned());
    }
    faults
}

/// What is wrong with a card that could be read; `stem` is its file's name without the ending.
pub fn faults(stem: &str, card: &Card) -> Vec<String> {
    let mut faults = misnamed(stem, &card.name, &card.sources);
    if card.note.trim().is_empty() {
        faults.push("note must say what it is".to_owned());
    }
    for door in &card.doors {
        if door.name.is_empty() || !door.url.starts_with("https://") || !door.url.contains("{text}") {
            faults.push(format!("the door {:?} needs a name, and an https address with {{text}} in it", door.url));
        }
        if !door.languages.is_sorted_by(|a, b| a < b) {
            faults.push(format!("the languages of the door {:?} must be sorted, each once", door.name));
        }
    }
    faults
}

/// An address, cut before and after what stands for something else.
fn pieces(url: &str) -> Vec<&str> {
    let cut = |part: &'_ str| part.find('{').unwrap_or(part.len());
    let pieces = url.split_inclusive('}').flat_map(|part| <[&str; 2]>::from(part.split_at(cut(part))));
    pieces.filter(|piece| !piece.is_empty()).collect()
}

/// The card as a row of the table, in Rust.
pub fn row(card: &Card) -> String {
    let doors = card.doors.iter().map(|Door { name, url, languages }| {
        format!("Door {{ name: {name:?}, url: &{:?}, languages: &{languages:?} }}", pieces(url))
    });
    let Card { name, group, headline, .. } = card;
    let doors = doors.collect::<Vec<_>>().join(", ");
    format!("Reason {{ name: {name:?}, group: Group::{group:?}, headline: {headline}, doors: &[{doors}] }}")
}
