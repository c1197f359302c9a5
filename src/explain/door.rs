//! Doors: pages elsewhere where the person may look up what an item says.
//!
//! A card of `data/reasons` names them for kinds where that helps. Here the words to look for are chosen and put into the
//! address; nothing is asked of anybody before the person clicks. What it deliberately does not do: say whether
//! anything is true, or send more than one sentence.

use serde::{Deserialize, Serialize};

use crate::verdict::{Evidence, Kind};

/// Search pages answer best to a sentence, and addresses have an end: no more characters are put into one.
const LONGEST: usize = 160;
/// A sentence that says so few characters besides the phrase says nothing that could be looked up.
const LEAST_BESIDES: usize = 12;

/// A page where the words can be looked up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Door {
    /// Whose it is.
    pub name: String,
    /// The address, with the words in it.
    pub url: String,
}

/// The doors for this evidence of an item that says `text`, for a person whose language is `language`.
pub(super) fn doors(evidence: &Evidence, text: &str, language: &str) -> Vec<Door> {
    let (Kind::Noticed(noticed), Some(span)) = (evidence.kind, evidence.span) else { return Vec::new() };
    let primary = language.split('-').next().unwrap_or_default();
    let answers = |languages: &[&str]| languages.is_empty() || languages.contains(&primary);
    let doors = noticed.reason().doors.iter().filter(|door| answers(door.languages));
    doors
        .map(|door| {
            let words = encoded(sentence(text, span));
            let url = door.url.replace("{language}", &encoded(language)).replace("{text}", &words);
            Door { name: door.name.to_owned(), url }
        })
        .collect()
}

/// The sentence to look up: the one around the phrase; but where that says nothing besides, as "share this before they
/// delete it" does, the longest one of the item.
fn sentence(text: &str, (from, to): (u32, u32)) -> &str {
    let byte = |scalars: u32| text.char_indices().nth(scalars as usize).map_or(text.len(), |(at, _)| at);
    let (from, to) = (byte(from), byte(to));
    let mut around = "";
    let mut longest = "";
    let mut at = 0;
    for sentence in text.split_inclusive(['.', '!', '?', '\n', '。', '！', '？', '…']) {
        let said = sentence.trim();
        if at < to && at + sentence.len() > from && said.len() > around.len() {
            around = said;
        }
        if said.len() > longest.len() {
            longest = said;
        }
        at += sentence.len();
    }
    let says_more = around.chars().count() >= (to - from).min(LONGEST) + LEAST_BESIDES;
    cut(if says_more { around } else { longest })
}

/// No more than [`LONGEST`] characters, and whole words where words end.
fn cut(text: &str) -> &str {
    let Some((end, _)) = text.char_indices().nth(LONGEST) else { return text };
    let cut = &text[..end];
    cut.rsplit_once(char::is_whitespace).map_or(cut, |(whole, _)| whole)
}

/// Text as a part of an address: whatever could mean something there is written as its bytes.
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for half in [byte >> 4, byte & 15] {
                out.extend(char::from_digit(half.into(), 16).map(|digit| digit.to_ascii_uppercase()));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::{Noticed, Origin};

    /// The addresses for a phrase of a text, in the style of hoaxes.
    fn check(text: &str, phrase: &str, language: &str) -> Vec<String> {
        let at = text.find(phrase).expect("the phrase stands in the text");
        let scalars = |to: usize| u32::try_from(text[..to].chars().count()).expect("it is short");
        let evidence = Evidence {
            kind: Kind::Noticed(Noticed::named("hoax-style").expect("there is such a kind")),
            strength: 0.8,
            quote: phrase.into(),
            span: Some((scalars(at), scalars(at + phrase.len()))),
            origin: Origin::Text,
            rule: String::new(),
        };
        doors(&evidence, text, language).into_iter().map(|door| door.url).collect()
    }

    #[test]
    fn the_sentence_is_looked_up_in_the_persons_language() {
        let text = "Look. They don't want you to know that tea & honey cure the flu! Share it.";
        let urls = check(text, "They don't want you to know", "pt-BR");
        let words = "They%20don%27t%20want%20you%20to%20know%20that%20tea%20%26%20honey%20cure%20the%20flu%21";
        assert_eq!(urls, [format!("https://toolbox.google.com/factcheck/explorer/search/{words};hl=pt-BR")]);
        assert!(check(text, "They don't", "en-GB").len() > 1, "doors for English are opened for English alone");
    }

    #[test]
    fn a_sentence_that_says_nothing_gives_way_to_the_longest() {
        let text = "Ünder the ice a city was found. Share before it is deleted!";
        let urls = check(text, "Share before it is deleted", "de");
        assert!(urls[0].contains("/%C3%9Cnder%20the%20ice%20a%20city%20was%20found.;hl=de"), "{urls:?}");
    }

    #[test]
    fn no_address_is_longer_than_a_sentence() {
        let text = format!("They hide that {}", "wörd ".repeat(400));
        let urls = check(&text, "They hide", "en\"><b>");
        assert!(urls[0].len() < 700 && urls[0].ends_with("w%C3%B6rd;hl=en%22%3E%3Cb%3E"), "{urls:?}");
        let one = format!("They hide {}", "字".repeat(4000));
        assert!(check(&one, "They hide", "zh")[0].len() < 2000);
    }
}
