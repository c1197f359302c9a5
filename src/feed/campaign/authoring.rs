//! Reading, checking, writing and packing `data/campaigns.toml`: what the build and the tests do, and the browser never.
//!
//! The file carries its own proof: names of campaigns that speak, with what they say, and such that must not.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{AGED, LOOSE, NOTHING};
use crate::verdict::Refusal;

/// The file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// When somebody last looked it through (year-month-day).
    pub checked: String,
    /// Where it is known from.
    pub sources: Vec<String>,
    /// The parameters of links in which advertisers put the names of campaigns, sets and advertisements.
    pub parameters: Vec<String>,
    /// Such in which others put what people search for.
    pub searched: Vec<String>,
    /// Words that turn what follows into its opposite.
    pub not: Vec<String>,
    /// Words that say nothing although some of them would alone.
    pub nothing: Vec<String>,
    /// Names, as they stand in a link, that must say nothing.
    pub spares: Vec<String>,
    /// How ages are written.
    pub ages: Ages,
    /// What names say, each once.
    pub aim: Vec<Aim>,
    /// Names that speak, and what they say: the end of the key, and the words.
    pub speaks: BTreeMap<String, Vec<String>>,
}

/// How ages are written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ages {
    /// The key of the sentence for people.
    pub says: String,
    /// The ages from which platforms offer to aim.
    pub from: Vec<String>,
    /// The ages up to which they do.
    pub to: Vec<String>,
    /// Words for age.
    pub words: Vec<String>,
    /// Letters for everybody that stand before ages.
    pub all: Vec<String>,
    /// Words that make a date of two numbers.
    pub dates: Vec<String>,
}

/// Something that names say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aim {
    /// The key of the sentence for people.
    pub says: String,
    /// The words that say it. One with a capital counts only so.
    pub words: Vec<String>,
    /// Letters that say it before an age alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aged: Vec<String>,
    /// Whether it is not heard in what people search for, where it is what they want to buy.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub loose: bool,
}

/// Reads the file; none, and the reasons, if it is not sound.
pub fn parse(file: &str, text: &str) -> (Option<File>, Vec<Refusal>) {
    match toml::from_str::<File>(text) {
        Ok(read) => {
            let refusals = check(file, &read);
            (refusals.is_empty().then_some(read), refusals)
        }
        Err(error) => (None, vec![Refusal::at_byte(file, text, error.span().map(|span| span.start), error.message())]),
    }
}

/// The canonical text of the file.
pub fn format(file: &File) -> String {
    // Maps and lists of texts can always be written.
    toml::to_string_pretty(file).unwrap_or_default()
}

fn check(name: &str, file: &File) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    let mut refuse = |reason: String| refusals.push(Refusal::new(name, 0, reason));
    if file.checked.len() != 10 || file.sources.is_empty() {
        refuse("checked must be a day, such as 2026-11-22, and sources must say where it is known from".into());
    }
    let ages = &file.ages;
    let small = [&file.parameters, &file.searched, &file.not, &file.nothing, &ages.words, &ages.all, &ages.dates];
    let others =
        [&ages.from, &ages.to, &file.spares].into_iter().chain(file.aim.iter().flat_map(|aim| [&aim.words, &aim.aged]));
    for list in small.into_iter().chain(others) {
        if let Some(pair) = list.windows(2).find(|pair| pair[0] >= pair[1]) {
            refuse(format!("{:?} must not stand before {:?}: lists are sorted, each word once", pair[0], pair[1]));
        }
    }
    let is_plain =
        |word: &String| word.split(' ').all(|part| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric()));
    let words =
        file.aim.iter().flat_map(|aim| aim.words.iter().chain(&aim.aged)).chain(small[2..].iter().copied().flatten());
    for word in words.clone().filter(|word| !is_plain(word)) {
        refuse(format!("{word:?} is not of words with one blank between: nothing else can be found in a name"));
    }
    for word in small.iter().copied().flatten().filter(|word| word.chars().any(char::is_uppercase)) {
        refuse(format!("{word:?} must be in small letters"));
    }
    let mut all: Vec<_> = file.aim.iter().flat_map(|aim| &aim.words).chain(&file.nothing).collect();
    all.sort();
    if let Some(pair) = all.windows(2).find(|pair| pair[0] == pair[1]) {
        refuse(format!("{:?} says two things", pair[0]));
    }
    let keys: Vec<_> = file.aim.iter().map(|aim| &aim.says).chain([&ages.says]).collect();
    for key in keys.iter().filter(|key| !key.starts_with("receipt") || keys.iter().filter(|it| it == key).count() > 1) {
        refuse(format!("{key:?} must be the key of one sentence of the receipt"));
    }
    refusals
}

/// The section of the pack; see [`super::Campaigns`] for its form.
pub fn pack(file: &File) -> Vec<u8> {
    let ages = &file.ages;
    let mut text = String::new();
    let mut line = |name: &str, words: &[String]| {
        if !words.is_empty() {
            text += name;
            words.iter().for_each(|word| text += &format!("\t{word}"));
            text.push('\n');
        }
    };
    let lists =
        [("parameters", &file.parameters), ("searched", &file.searched), ("not", &file.not), (NOTHING, &file.nothing)];
    lists.into_iter().for_each(|(name, words)| line(name, words));
    line("ages", std::slice::from_ref(&ages.says));
    for (name, words) in [("from", &ages.from), ("to", &ages.to), ("age", &ages.words), ("dates", &ages.dates)] {
        line(name, words);
    }
    let aged: Vec<String> = file.aim.iter().flat_map(|aim| &aim.aged).chain(&ages.all).cloned().collect();
    line("aged", &aged);
    for aim in &file.aim {
        let key = format!("{}{}", if aim.loose { LOOSE } else { "" }, aim.says);
        line(&key, &aim.words);
        line(&format!("{}{AGED}", aim.says), &aim.aged);
    }
    text.into_bytes()
}
