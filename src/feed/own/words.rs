//! A rule of words, as people write it: `election`, `"get rich quick"`, `crypto AND scam`.
//!
//! Words beside each other are a phrase, `AND`, `OR` and `NOT` in capitals join phrases (`OR` last), a star at a word's end
//! stands for any ending. Whole words count, in any dress: case, styled letters and hashtags make no difference.
//!
//! What it deliberately does not do: guess what is meant. A rule that cannot be read says why.

use serde::{Deserialize, Serialize, Serializer};

use crate::text::{Folded, Token};

/// A rule of more characters is a text pasted by mistake.
const LONGEST: usize = 300;

/// Why a rule of words cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// There are no words in it, or none that must be there.
    Empty,
    /// A joining word stands where words should be, or a quotation mark is alone.
    Loose,
    /// It is over [`LONGEST`].
    Long,
}

/// A rule as the person wrote it, read once: whoever is asked about a feed asks it of every item.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub struct Written {
    text: String,
    words: Option<Words>,
}

impl From<String> for Written {
    fn from(text: String) -> Written {
        Written { words: Words::parse(&text).ok(), text }
    }
}

/// It is stored as the person wrote it, also where it cannot be read.
impl Serialize for Written {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.text)
    }
}

impl Written {
    /// The rule as the person wrote it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Where its words stand in the text, as [`Words::find`] says; nowhere if the rule cannot be read.
    pub fn find(&self, text: &Folded) -> Option<(usize, usize)> {
        self.words.as_ref()?.find(text)
    }
}

/// A rule of words, ready to be asked: one of these groups must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words(Vec<Vec<Phrase>>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Phrase {
    is_wanted: bool,
    words: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    word: String,
    is_beginning: bool,
}

impl Words {
    /// Reads a rule.
    ///
    /// # Errors
    /// Says why it cannot be read.
    pub fn parse(text: &str) -> Result<Words, Unreadable> {
        if text.chars().nth(LONGEST).is_some() {
            return Err(Unreadable::Long);
        }
        let mut groups = vec![Vec::new()];
        let mut phrase = Phrase { is_wanted: true, words: Vec::new() };
        for (number, piece) in text.split('"').enumerate() {
            // Every second piece stood between quotation marks: there nothing joins.
            if number % 2 == 1 {
                phrase.add(piece);
                continue;
            }
            for word in piece.split_whitespace() {
                match word {
                    "AND" => finish(&mut groups, &mut phrase)?,
                    "OR" => {
                        finish(&mut groups, &mut phrase)?;
                        groups.push(Vec::new());
                    }
                    "NOT" if phrase.words.is_empty() && phrase.is_wanted => phrase.is_wanted = false,
                    "NOT" => return Err(Unreadable::Loose),
                    word => phrase.add(word),
                }
            }
        }
        if text.matches('"').count() % 2 == 1 {
            return Err(Unreadable::Loose);
        }
        if groups.len() == 1 && groups[0].is_empty() && phrase.words.is_empty() && phrase.is_wanted {
            return Err(Unreadable::Empty);
        }
        finish(&mut groups, &mut phrase)?;
        // A group that only says what must not be there would fit nearly every post.
        let is_sound = groups.iter().all(|group| group.iter().any(|phrase| phrase.is_wanted));
        is_sound.then_some(Words(groups)).ok_or(Unreadable::Empty)
    }

    /// Where the first of the words that must be there stands in the text (bytes, from and to), if the rule holds.
    pub fn find(&self, text: &Folded) -> Option<(usize, usize)> {
        self.0.iter().find_map(|group| {
            let found: Vec<_> = group.iter().map(|phrase| (phrase, phrase.find(text))).collect();
            let holds = found.iter().all(|(phrase, at)| phrase.is_wanted == at.is_some());
            let first = found.into_iter().filter(|(phrase, _)| phrase.is_wanted).find_map(|(_, at)| at);
            first.filter(|_| holds)
        })
    }
}

fn finish(groups: &mut [Vec<Phrase>], phrase: &mut Phrase) -> Result<(), Unreadable> {
    let done = std::mem::replace(phrase, Phrase { is_wanted: true, words: Vec::new() });
    if done.words.is_empty() {
        return Err(Unreadable::Loose);
    }
    if let Some(group) = groups.last_mut() {
        group.push(done);
    }
    Ok(())
}

impl Phrase {
    fn add(&mut self, text: &str) {
        let folded = Folded::of(text);
        for token in folded.tokens() {
            let is_beginning = text[token.to as usize..].starts_with('*');
            self.words.push(Part { word: folded.word(token).to_owned(), is_beginning });
        }
    }

    fn find(&self, text: &Folded) -> Option<(usize, usize)> {
        let fits = |(part, token): (&Part, &Token)| {
            let word = text.word(token);
            if part.is_beginning { word.starts_with(&part.word) } else { word == part.word }
        };
        let run = text.tokens().windows(self.words.len()).find(|run| self.words.iter().zip(*run).all(fits))?;
        Some((run.first()?.from as usize, run.last()?.to as usize))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rule: &str, text: &str, expected: Option<&str>) {
        let words = Words::parse(rule).unwrap_or_else(|why| panic!("{rule}: {why:?}"));
        let found = words.find(&Folded::of(text)).map(|(from, to)| &text[from..to]);
        assert_eq!(found, expected, "{rule} in {text}");
    }

    #[test]
    fn whole_words_count_in_any_dress() {
        check("art", "The ART of the deal", Some("ART"));
        check("art", "I started a party", None);
        check("art*", "Some artists came", Some("artists"));
        check("crypto", "All in on #Crypto now", Some("Crypto"));
        check("crypto", "all in on 𝗖𝗿𝘆𝗽𝘁𝗼", Some("𝗖𝗿𝘆𝗽𝘁𝗼"));
        check("wahl", "Die Wahl ist vorbei", Some("Wahl"));
    }

    #[test]
    fn words_beside_each_other_are_a_phrase_and_joins_join() {
        check("get rich quick", "You will get rich, quick!", Some("get rich, quick"));
        check("get rich quick", "quick, get rich", None);
        check("crypto AND scam", "a scam with crypto", Some("crypto"));
        check("crypto AND scam", "crypto only", None);
        check("crypto OR nft drop", "the NFT drop is on", Some("NFT drop"));
        check("crypto AND NOT regulation", "crypto regulation", None);
        check("crypto AND NOT regulation OR casino", "casino regulation", Some("casino"));
        check("\"rock AND roll\"", "Rock and roll lives", Some("Rock and roll"));
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let why = |rule: &str| Words::parse(rule).err();
        assert_eq!(why(""), Some(Unreadable::Empty));
        assert_eq!(why("  \"\" "), Some(Unreadable::Empty));
        assert_eq!(why("NOT crypto"), Some(Unreadable::Empty));
        for loose in ["AND crypto", "crypto OR", "crypto AND OR scam", "a \"b", "crypto NOT scam", "NOT NOT a"] {
            assert_eq!(why(loose), Some(Unreadable::Loose), "{loose}");
        }
        assert_eq!(why(&"a ".repeat(400)), Some(Unreadable::Long));
    }
}
