//! From files to the sections of the packs, one a language.
//!
//! Words of a language's phrases become one dictionary, alternatives of single words become shared sets, and every
//! phrase becomes a program (see `program.rs` for the codes, `unfold.rs` for their bytes, `walk.rs` for what they do).
//! Runs at build time only: the page core carries nothing of this.
//!
//! What it deliberately does not do: expand phrases into all their ways, which would make the pack grow with their
//! product instead of their sum.

use std::collections::{BTreeMap, BTreeSet};

use super::super::lexicon;
use super::super::packed::put_number;
use super::dictionary::{Dictionary, narrow, words_of};
use super::file::{Line, Part, SignalFile, parse};
use super::phrase::{Piece, is_word, read};
use super::program::{PREFIX_MARK, Property, Role, code};
use super::unfold::packed;
use crate::verdict::{Noticed, Refusal};

/// Most ways of one fork that a byte can say.
const MOST_WAYS: usize = (packed::WORD - packed::FORK - 1) as usize;
/// Most words of a language: their numbers have seven bits of one byte and all of another.
const MOST_WORDS: usize = 1 << 15;
/// Most sets, as many as the bytes between `SET` and `FORK` can say.
const MOST_SETS: usize = ((packed::FORK - packed::SET) as usize) << 8;

/// Compiles files (name without folders, text) into a section for each language, in the order of their codes. What
/// cannot be used is refused with its line, and the rest compiled.
pub fn compile(files: &[(&str, &str)]) -> (Vec<(String, Vec<u8>)>, Vec<Refusal>) {
    let mut refusals = Vec::new();
    let mut languages: BTreeMap<String, Vec<SignalFile>> = BTreeMap::new();
    for (name, text) in files {
        let (file, refused) = parse(name, text);
        refusals.extend(refused);
        languages.entry(file.language.clone()).or_default().push(file);
    }
    let compiled = |(language, files): (String, Vec<SignalFile>)| {
        let bytes = one(&language, &files, &mut refusals);
        (language, bytes)
    };
    let sections = languages.into_iter().map(compiled).collect();
    (sections, refusals)
}

/// The section of one language.
fn one(language: &str, files: &[SignalFile], refusals: &mut Vec<Refusal>) -> Vec<u8> {
    let mut sources = Vec::new();
    for (number, file) in files.iter().enumerate() {
        for line in file.lines.iter().filter(|line| line.part < Part::Flags && line.part != Part::Leads) {
            match source(number, file, line) {
                Ok(source) => sources.push(source),
                Err((column, reason)) => {
                    refusals.push(Refusal::new(&file.name, line.line, format!("column {column}: {reason}")));
                }
            }
        }
    }
    // Phrases first: what is looked for in every text must not wade through guards, which are for hits only.
    sources.sort_by_key(|source: &Source| (source.role.number(), source.file, source.line));
    let leads = files.iter().flat_map(|file| file.part(Part::Leads));
    let leads: BTreeSet<String> = leads.flat_map(|line| words_of(&line.text)).collect();
    let pieces: Vec<&[Piece]> = sources.iter().map(|source| source.pieces.as_slice()).collect();
    let words = Dictionary::of(&pieces, leads.clone(), refusals);
    let mut writer = Writer { words: &words, sets: BTreeMap::new(), code: Vec::new(), widest: 0 };
    let leads: BTreeSet<u16> = leads.iter().filter_map(|word| words.numbers.get(word)).copied().collect();
    writer.new_set(leads.into_iter().collect());
    for source in &sources {
        writer.sequence(&source.pieces);
        writer.code.push(packed::END_OF_WAY);
    }
    let is_too_much = sources.len() >= usize::from(u16::MAX)
        || words.keys.len() >= MOST_WORDS
        || writer.sets.len() >= MOST_SETS
        || writer.widest > MOST_WAYS
        || files.len() > usize::from(u8::MAX);
    if is_too_much {
        refusals.push(Refusal::new("signals", 0, format!("more of {language} than a pack can number")));
    }
    writer.section(language, files, &sources)
}

/// A phrase or guard with all that its program needs.
struct Source {
    file: usize,
    line: usize,
    strength: u8,
    role: Role,
    pieces: Vec<Piece>,
}

fn source(number: usize, file: &SignalFile, line: &Line) -> Result<Source, (usize, String)> {
    let phrase = read(&line.text)?;
    let role = match line.part {
        Part::NotAfter => Role::NotAfter,
        Part::NotBefore => Role::NotBefore,
        Part::NotWith => Role::NotWith,
        _ if file.is_guard => return Err((1, "a file of guards has no phrases".to_owned())),
        _ => Role::Phrase,
    };
    let mut firsts = Vec::new();
    if first(&phrase.pieces, &mut firsts) {
        return Err((1, "all of it may be missing".to_owned()));
    }
    let is_vague = |piece: &Piece| match piece {
        Piece::Is(property) => !matches!(property, Property::Emoji | Property::Number),
        Piece::Gap(_) => true,
        _ => false,
    };
    if firsts.iter().any(is_vague) {
        return Err((1, "it must begin with a word, a picture or a number".to_owned()));
    }
    let strength = phrase.strength.unwrap_or(file.strength);
    Ok(Source { file: number, line: line.line, strength, role, pieces: phrase.pieces })
}

/// Collects what a sequence may begin with; true if and only if all of it may be missing.
fn first(pieces: &[Piece], out: &mut Vec<Piece>) -> bool {
    pieces.iter().all(|piece| match piece {
        Piece::Start | Piece::End | Piece::Cross | Piece::Asked | Piece::Clause => true,
        Piece::Any(ways) => {
            // Every way is looked at, also after one that may be missing.
            let missing: Vec<bool> = ways.iter().map(|way| first(way, out)).collect();
            missing.contains(&true)
        }
        Piece::Gap(_) => {
            out.push(piece.clone());
            true
        }
        _ => {
            out.push(piece.clone());
            false
        }
    })
}

struct Writer<'a> {
    words: &'a Dictionary,
    sets: BTreeMap<Vec<u16>, usize>,
    code: Vec<u8>,
    /// The most ways that any fork has.
    widest: usize,
}

impl Writer<'_> {
    fn sequence(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            match piece {
                Piece::Word(_) | Piece::Prefix(_) => self.one_of(self.words.members(piece)),
                Piece::Is(property) => self.code.push(packed::PROPERTY + *property as u8),
                Piece::Gap(most) => self.code.push(packed::GAP + most),
                Piece::Start => self.plain(code::START),
                Piece::End => self.plain(code::END),
                Piece::Cross => self.plain(code::CROSS),
                Piece::Asked => self.plain(code::ASKED),
                Piece::Clause => self.plain(code::CLAUSE),
                Piece::Any(ways) => self.any(ways),
            }
        }
    }

    fn plain(&mut self, code: u16) {
        self.code.extend(packed::PLAIN.iter().filter(|(_, it)| *it == code).map(|(byte, _)| *byte));
    }

    /// A byte with the upper bits of a number, and one with the lower.
    fn long(&mut self, begin: u8, number: usize) {
        let [high, low] = narrow(number).to_be_bytes();
        self.code.extend([begin.saturating_add(high), low]);
    }

    fn one_of(&mut self, members: BTreeSet<u16>) {
        let members: Vec<u16> = members.into_iter().collect();
        if let [only] = members[..] {
            self.long(packed::WORD, usize::from(only));
        } else if let Some(set) = self.sets.get(&members) {
            self.long(packed::SET, *set);
        } else {
            self.code.push(packed::NEW_SET);
            self.new_set(members);
        }
    }

    /// The members ascend.
    fn new_set(&mut self, members: Vec<u16>) {
        put_number(&mut self.code, members.len());
        let mut next = 0;
        for member in members.iter().copied().map(usize::from) {
            put_number(&mut self.code, member - next);
            next = member + 1;
        }
        self.sets.insert(members, self.sets.len());
    }

    fn any(&mut self, ways: &[Vec<Piece>]) {
        // All ways of one word are one set. Longer ways are tried first, so that quotes are as long as they can be, and
        // the empty one last.
        let words: BTreeSet<u16> = ways.iter().filter(|w| is_word(w)).flat_map(|w| self.words.members(&w[0])).collect();
        let mut others: Vec<&Vec<Piece>> = ways.iter().filter(|way| !is_word(way)).collect();
        others.sort_by_key(|way| std::cmp::Reverse(way.len()));
        let has_words = !words.is_empty();
        if others.is_empty() {
            return self.one_of(words);
        }
        let count = others.len() + usize::from(has_words);
        self.widest = self.widest.max(count);
        self.code.push(packed::FORK.saturating_add(u8::try_from(count).unwrap_or(u8::MAX)));
        let place_of_words = others.iter().filter(|way| !way.is_empty()).count();
        for n in 0..count {
            if has_words && n == place_of_words {
                self.one_of(words.clone());
            } else if let Some(way) = others.get(n - usize::from(has_words && n > place_of_words)) {
                self.sequence(way);
            }
            self.code.push(packed::END_OF_WAY);
        }
    }

    fn section(&self, language: &str, files: &[SignalFile], sources: &[Source]) -> Vec<u8> {
        let is_prefix = |key: &&(u32, String)| key.1.ends_with(char::from(PREFIX_MARK));
        let lengths = self.words.keys.iter().filter(is_prefix).fold(0u32, |mask, (_, key)| mask | 1 << (key.len() - 1));
        let mut out: Vec<u8> = language.bytes().chain([0, 0]).take(2).collect();
        out.extend(lengths.to_le_bytes());
        out.extend(lexicon::write(&self.words.keys.iter().map(|(hash, _)| *hash).collect::<Vec<u32>>()));
        put_number(&mut out, sources.len());
        put_number(&mut out, sources.iter().filter(|source| source.role == Role::Phrase).count());
        put_number(&mut out, files.len());
        for file in files {
            let place = |kind: &String| Noticed::named(kind).map(Noticed::place);
            let kinds = file.kinds.iter().filter_map(place).fold(0u64, |mask, k| mask | 1 << k);
            out.extend(kinds.to_le_bytes());
        }
        out.extend(sources.iter().map(|source| source.role.number()));
        out.extend(sources.iter().map(|source| u8::try_from(source.file).unwrap_or(u8::MAX)));
        out.extend(sources.iter().map(|source| source.strength));
        let mut before = None;
        for source in sources {
            let from = before.filter(|(role, file, _)| (*role, *file) == (source.role, source.file));
            put_number(&mut out, source.line - from.map_or(0, |(_, _, line)| line));
            before = Some((source.role, source.file, source.line));
        }
        out.extend_from_slice(&self.code);
        out
    }
}
