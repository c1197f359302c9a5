//! The language of phrases: a line of text to a small tree.
//!
//! ```text
//! tag          this word, in any disguise        (a|your best)  one of these
//! shar*        any word that begins so           [please]       this or nothing
//! ..3          up to three tokens of any kind    <n> <w> <said> <letter> <emoji> <mention> <link>  such a token
//! ^            a sentence or clause begins       <hearts> <down> <again> <hands>  one of these pictures
//! $            its words end here                /              here a sentence may end
//! ,            a clause begins, or a comma       ?              a question ends here
//! ~ 0.6        at the very end: this strong
//! ```
//!
//! What it deliberately lacks: repetition without end and looking back, so that a phrase has few ways to be found.

use super::file::strength;
use super::program::{PROPERTIES, Property};
use crate::text::Folded;

/// A piece of a phrase.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    /// A folded word.
    Word(String),
    /// A folded beginning of words.
    Prefix(String),
    /// A token of such a property.
    Is(Property),
    /// Up to so many tokens.
    Gap(u8),
    /// A sentence begins.
    Start,
    /// Words end.
    End,
    /// A sentence may end.
    Cross,
    /// A question ends.
    Asked,
    /// A sentence begins or a comma stands here.
    Clause,
    /// One of these.
    Any(Vec<Vec<Piece>>),
}

/// A phrase as it is read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Phrase {
    pub(super) pieces: Vec<Piece>,
    /// In hundredths, if it has its own.
    pub(super) strength: Option<u8>,
}

/// Pictures that mean the same in bait.
const PICTURES: [(&str, &str); 4] = [
    ("again", "♻🔁🔄🔃🔂"),
    ("down", "👇⬇↓⤵🔽"),
    ("hands", "🙋✋🙌👋☝👆🖐"),
    ("hearts", "❤🧡💛💚💙💜🤎🖤🤍♥💕💖💗😍🥰♡❣💞💓💘💝💟"),
];

/// A gap longer than this is no phrase any more.
const LONGEST_GAP: u8 = 6;
/// A beginning shorter than this begins half the dictionary.
const SHORTEST_PREFIX: usize = 3;
/// Most ways in which a phrase may be tried from one token; it bounds the work on every text.
const MOST_WAYS: usize = 400;

/// Reads a phrase.
///
/// # Errors
/// The column, from 1, and the reason.
pub(super) fn read(text: &str) -> Result<Phrase, (usize, String)> {
    let (body, own) = match text.rsplit_once(" ~ ") {
        Some((body, number)) => {
            let own =
                strength(number).ok_or_else(|| (body.chars().count() + 4, "a strength is like 0.6".to_owned()))?;
            (body, Some(own))
        }
        None => (text, None),
    };
    let mut reader = Reader { chars: body.chars().collect(), at: 0 };
    let mut ways = reader.ways(None)?;
    let pieces = if ways.len() == 1 { ways.remove(0) } else { vec![Piece::Any(ways)] };
    let count = count_ways(&pieces);
    if count > MOST_WAYS {
        return Err((1, format!("there are {count} ways to try this phrase, {MOST_WAYS} at most: make two of it")));
    }
    Ok(Phrase { pieces, strength: own })
}

/// Ways a sequence can be tried; sets of words count as one, as they are looked up at once.
fn count_ways(pieces: &[Piece]) -> usize {
    pieces.iter().map(ways_of).fold(1, usize::saturating_mul)
}

fn ways_of(piece: &Piece) -> usize {
    match piece {
        Piece::Gap(most) => usize::from(*most) + 1,
        Piece::Any(all) => {
            let words = all.iter().filter(|way| is_word(way)).count();
            let others =
                all.iter().filter(|way| !is_word(way)).map(|way| count_ways(way)).fold(0, usize::saturating_add);
            others.saturating_add(words.min(1))
        }
        _ => 1,
    }
}

/// Whether it is just one word, which can be looked up in a set.
pub(super) fn is_word(way: &[Piece]) -> bool {
    matches!(way, [Piece::Word(_) | Piece::Prefix(_)])
}

struct Reader {
    chars: Vec<char>,
    at: usize,
}

impl Reader {
    fn fail<T>(&self, reason: &str) -> Result<T, (usize, String)> {
        Err((self.at + 1, reason.to_owned()))
    }

    /// Sequences with `|` between them, until `close` or the end.
    fn ways(&mut self, close: Option<char>) -> Result<Vec<Vec<Piece>>, (usize, String)> {
        let mut ways = vec![Vec::new()];
        loop {
            let Some(&c) = self.chars.get(self.at) else {
                return if close.is_none() && !ways.iter().any(Vec::is_empty) {
                    Ok(ways)
                } else {
                    self.fail("something is missing here")
                };
            };
            if Some(c) == close {
                let is_empty = ways.iter().any(Vec::is_empty);
                self.at += 1;
                return if is_empty { self.fail("an empty way: use [ ] for what may be missing") } else { Ok(ways) };
            }
            self.at += 1;
            let piece = match c {
                ' ' => continue,
                '|' if close.is_some() => {
                    ways.push(Vec::new());
                    continue;
                }
                '(' => Piece::Any(self.ways(Some(')'))?),
                '[' => {
                    let mut inner = self.ways(Some(']'))?;
                    inner.push(Vec::new());
                    Piece::Any(inner)
                }
                '<' => self.name()?,
                '^' => Piece::Start,
                '$' => Piece::End,
                '/' => Piece::Cross,
                '?' => Piece::Asked,
                ',' => Piece::Clause,
                '.' => self.gap()?,
                ')' | ']' | '>' | '|' => return self.fail("this closes nothing"),
                _ => {
                    self.at -= 1;
                    let words = self.word()?;
                    ways.last_mut().into_iter().for_each(|way| way.extend(words.clone()));
                    continue;
                }
            };
            ways.last_mut().into_iter().for_each(|way| way.push(piece.clone()));
        }
    }

    fn until(&mut self, stop: impl Fn(char) -> bool) -> String {
        let rest: String = self.chars.iter().skip(self.at).take_while(|c| !stop(**c)).collect();
        self.at += rest.chars().count();
        rest
    }

    fn name(&mut self) -> Result<Piece, (usize, String)> {
        let name = self.until(|c| c == '>');
        self.at += 1;
        if let Some((_, property)) = PROPERTIES.iter().find(|(n, _)| *n == name) {
            return Ok(Piece::Is(*property));
        }
        match PICTURES.iter().find(|(n, _)| *n == name) {
            Some((_, all)) => Ok(Piece::Any(all.chars().map(|c| vec![Piece::Word(c.to_string())]).collect())),
            None => self.fail("no token has this name"),
        }
    }

    fn gap(&mut self) -> Result<Piece, (usize, String)> {
        let text = self.until(|c| c == ' ' || c == ')' || c == ']' || c == '|');
        let most = text.strip_prefix('.').and_then(|n| n.parse().ok()).filter(|n| (1..=LONGEST_GAP).contains(n));
        most.map_or_else(|| self.fail("a gap is ..1 to ..6"), |n| Ok(Piece::Gap(n)))
    }

    fn word(&mut self) -> Result<Vec<Piece>, (usize, String)> {
        let raw = self.until(|c| " ()[]|<>^$/?,".contains(c));
        let (body, is_prefix) = raw.strip_suffix('*').map_or((raw.as_str(), false), |body| (body, true));
        let folded = Folded::of(body);
        let mut words: Vec<Piece> = folded.tokens().iter().map(|t| Piece::Word(folded.word(t).to_owned())).collect();
        match words.pop() {
            Some(Piece::Word(last)) if is_prefix => {
                if last.chars().count() < SHORTEST_PREFIX || last.len() > 30 {
                    return self.fail("a beginning has 3 letters or more");
                }
                words.push(Piece::Prefix(last));
            }
            Some(last) => words.push(last),
            None => return self.fail("there is no word in this"),
        }
        Ok(words)
    }
}
