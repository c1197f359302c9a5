//! What the person asked for in so many words: posts about something, posts by somebody, and where we were wrong.
//!
//! A rule of words is read as people write it: `election`, `"get rich quick"`, `crypto AND scam`: words beside each
//! other are a phrase, `AND`, `OR` and `NOT` in capitals join phrases (`OR` last), a star at a word's end stands for any
//! ending. Whole words count, in any dress: case, styled letters and hashtags make no difference. These wishes hold
//! whether or not a feed is de-ranked, because the person named them one by one.
//!
//! What it deliberately does not do: guess what is meant. A rule that cannot be read does nothing and says why.

use serde::{Deserialize, Serialize};

use super::item::Item;
use super::settings::lenient;
use crate::text::{Folded, Token, scalars_before};
use crate::verdict::{Act, Evidence, Kind, Origin};

/// A rule of more characters is a text pasted by mistake.
pub const LONGEST: usize = 300;

/// The person's own wishes, as they are stored in the settings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Own {
    /// What is done with posts that hold these words.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<WordRule>,
    /// Authors of whom the person wants to see less.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<AuthorRule>,
    /// What the person said was wrong.
    #[serde(deserialize_with = "lenient", skip_serializing_if = "Vec::is_empty")]
    pub wrong: Vec<Wrong>,
}

/// What is done with posts that hold these words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordRule {
    /// The rule as the person wrote it.
    pub text: String,
    /// What is done.
    pub act: Act,
    /// Only on this site; everywhere if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
}

/// What is done with posts by this author.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorRule {
    /// The site's id.
    pub site: String,
    /// The author's handle.
    pub author: String,
    /// What is done.
    pub act: Act,
}

/// A mark that the person said was wrong: it is not made again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrong {
    /// What it was said to be.
    pub kind: Kind,
    /// The words that this rested on; for a fact, which rests on none, the author.
    pub of: String,
}

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

impl Unreadable {
    /// The key of the sentence for people.
    pub fn key(self) -> &'static str {
        match self {
            Unreadable::Empty => "ownWordsEmpty",
            Unreadable::Loose => "ownWordsLoose",
            Unreadable::Long => "ownWordsLong",
        }
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

impl Own {
    /// What the person asked to be done with this item, and the evidence for it.
    pub fn read(&self, site: &str, item: &Item) -> (Act, Vec<Evidence>) {
        let mut act = Act::Show;
        let mut because = Vec::new();
        let author = item.author.as_deref().unwrap_or_default();
        for rule in self.authors.iter().filter(|rule| rule.site == site && rule.author.eq_ignore_ascii_case(author)) {
            act = act.max(rule.act);
            because.push(evidence(Kind::Muted, author, None, &rule.author));
        }
        let here = |rule: &&WordRule| rule.site.as_deref().is_none_or(|only| only == site);
        let rules: Vec<_> = self.words.iter().filter(here).collect();
        if rules.is_empty() {
            return (act, because);
        }
        let folded = Folded::of(&item.text);
        for rule in rules {
            let Some((from, to)) = Words::parse(&rule.text).ok().and_then(|words| words.find(&folded)) else {
                continue;
            };
            let span = (scalars_before(&item.text, from), scalars_before(&item.text, to));
            act = act.max(rule.act);
            because.push(evidence(Kind::Words, &item.text[from..to], Some(span), &rule.text));
        }
        (act, because)
    }

    /// Less of this author is wished on this site.
    pub fn less_of(&mut self, site: &str, author: &str) {
        let rule = AuthorRule { site: site.into(), author: author.into(), act: Act::Lower };
        if !author.is_empty() && !self.authors.contains(&rule) {
            self.authors.push(rule);
        }
    }

    /// The person says that this is wrong.
    pub fn is_told_wrong(&mut self, wrong: Wrong) {
        if !self.wrong.contains(&wrong) {
            self.wrong.push(wrong);
        }
    }

    /// Whether the person said that this mark is wrong.
    pub fn is_wrong(&self, item: &Item, evidence: &Evidence) -> bool {
        let wrong = Wrong::of(item, evidence);
        self.wrong.iter().any(|said| said.kind == wrong.kind && said.of.eq_ignore_ascii_case(&wrong.of))
    }
}

impl Wrong {
    /// What is remembered when the person says that this evidence is wrong.
    pub fn of(item: &Item, evidence: &Evidence) -> Wrong {
        let words = || evidence.quote.split_whitespace().collect::<Vec<_>>().join(" ");
        let of = if evidence.span.is_some() { words() } else { item.author.clone().unwrap_or_default() };
        Wrong { kind: evidence.kind, of }
    }
}

fn evidence(kind: Kind, quote: &str, span: Option<(u32, u32)>, rule: &str) -> Evidence {
    Evidence { kind, strength: 1.0, quote: quote.into(), span, origin: Origin::Text, rule: rule.into() }
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

    #[test]
    fn a_wish_for_one_site_or_author_holds_there_alone() {
        let word = |site: Option<&str>| WordRule { text: "quiz".into(), act: Act::Hide, site: site.map(str::to_owned) };
        let mara = AuthorRule { site: "x".into(), author: "Mara".into(), act: Act::Lower };
        let own = Own { words: vec![word(Some("x"))], authors: vec![mara], wrong: Vec::new() };
        let item = Item { text: "A quiz for you".into(), author: Some("mara".into()), ..Item::default() };
        let (act, because) = own.read("x", &item);
        assert_eq!(
            (act, because.len(), because[1].quote.as_str(), because[1].span),
            (Act::Hide, 2, "quiz", Some((2, 6)))
        );
        assert_eq!(own.read("reddit", &item), (Act::Show, Vec::new()));
    }
}
