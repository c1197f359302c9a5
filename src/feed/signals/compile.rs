//! From files to the section of the pack.
//!
//! Words of all phrases become one dictionary, alternatives of single words become shared sets, and every phrase
//! becomes a program (see `section.rs` for the form, `walk.rs` for what the codes do). Runs at build time only: the
//! page core carries nothing of this.
//!
//! What it deliberately does not do: expand phrases into all their ways, which would make the pack grow with their
//! product instead of their sum.

use std::collections::{BTreeMap, BTreeSet};

use super::dictionary::{Dictionary, narrow, words_of};
use super::file::{Line, Part, SignalFile, parse};
use super::phrase::{Piece, is_word, read};
use super::section::{BUCKET_BITS, HEADER, LEADS, PREFIX_MARK, Property, Role, TABLES, code};
use crate::verdict::{Noticed, Refusal};

/// Compiles files (name without folders, text). What cannot be used is refused with its line, and the rest compiled.
pub fn compile(files: &[(&str, &str)]) -> (Vec<u8>, Vec<Refusal>) {
    let mut refusals = Vec::new();
    let mut parsed = Vec::new();
    for (name, text) in files {
        let (file, refused) = parse(name, text);
        refusals.extend(refused);
        parsed.push(file);
    }
    let mut sources = Vec::new();
    for (number, file) in parsed.iter().enumerate() {
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
    sources.sort_by_key(|source: &Source| source.role != Role::Phrase);
    let phrases = sources.iter().filter(|source| source.role == Role::Phrase).count();
    let leads = parsed.iter().flat_map(|file| file.part(Part::Leads));
    let leads: BTreeSet<String> = leads.flat_map(|line| words_of(&line.text)).collect();
    let pieces: Vec<&[Piece]> = sources.iter().map(|source| source.pieces.as_slice()).collect();
    let words = Dictionary::of(&pieces, leads.clone(), &mut refusals);
    let mut writer = Writer { words: &words, sets: BTreeMap::new(), code: Vec::new(), starts: BTreeMap::new() };
    writer.sets.insert(
        leads.iter().filter_map(|word| words.numbers.get(word)).copied().collect::<BTreeSet<_>>().into_iter().collect(),
        LEADS,
    );
    let mut programs = Vec::new();
    for (number, source) in sources.iter().enumerate() {
        let at = writer.code.len();
        writer.program(number, source);
        programs.extend(u32_of(at));
        programs.extend(u16_of(source.file));
        programs.extend(u16_of(source.line));
        programs.extend([source.strength, source.role.number(), 0, 0]);
    }
    if sources.len() >= usize::from(u16::MAX) || words.keys.len() >= usize::from(u16::MAX) {
        refusals.push(Refusal::new("signals", 0, "more phrases or words than the pack can number"));
    }
    (writer.section(phrases, &programs, &parsed), refusals)
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
    sets: BTreeMap<Vec<u16>, u16>,
    code: Vec<u16>,
    /// Place in `Starts` to programs: words first, then emoji, then numbers.
    starts: BTreeMap<usize, BTreeSet<u16>>,
}

impl Writer<'_> {
    fn program(&mut self, number: usize, source: &Source) {
        let mut firsts = Vec::new();
        first(&source.pieces, &mut firsts);
        for piece in firsts {
            let places: Vec<usize> = match piece {
                Piece::Is(Property::Emoji) => vec![self.words.keys.len()],
                Piece::Is(_) => vec![self.words.keys.len() + 1],
                word => self.words.members(&word).into_iter().map(usize::from).collect(),
            };
            for place in places {
                self.starts.entry(place).or_default().insert(narrow(number));
            }
        }
        self.sequence(&source.pieces);
        self.code.push(code::FOUND);
    }

    fn sequence(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            match piece {
                Piece::Word(_) | Piece::Prefix(_) => self.one_of(self.words.members(piece)),
                Piece::Is(property) => self.code.extend([code::PROPERTY, *property as u16]),
                Piece::Gap(most) => self.code.extend([code::GAP, u16::from(*most)]),
                Piece::Start => self.code.push(code::START),
                Piece::End => self.code.push(code::END),
                Piece::Cross => self.code.push(code::CROSS),
                Piece::Asked => self.code.push(code::ASKED),
                Piece::Clause => self.code.push(code::CLAUSE),
                Piece::Any(ways) => self.any(ways),
            }
        }
    }

    fn one_of(&mut self, members: BTreeSet<u16>) {
        let members: Vec<u16> = members.into_iter().collect();
        if let [only] = members[..] {
            self.code.extend([code::WORD, only]);
        } else {
            let next = narrow(self.sets.len());
            let set = *self.sets.entry(members).or_insert(next);
            self.code.extend([code::SET, set]);
        }
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
        let fork = self.code.len();
        let count = others.len() + usize::from(has_words);
        self.code.extend([code::FORK, narrow(count)]);
        self.code.extend(std::iter::repeat_n(0, count));
        let empty = others.iter().filter(|way| way.is_empty()).count();
        let mut jumps = Vec::new();
        let place_of_words = others.len() - empty;
        for n in 0..count {
            self.code[fork + 2 + n] = narrow(self.code.len() - fork);
            if has_words && n == place_of_words {
                self.one_of(words.clone());
            } else if let Some(way) = others.get(n - usize::from(has_words && n > place_of_words)) {
                self.sequence(way);
            }
            jumps.push(self.code.len());
            self.code.extend([code::JUMP, 0]);
        }
        for jump in jumps {
            self.code[jump + 1] = narrow(self.code.len() - jump);
        }
    }

    fn section(&self, phrases: usize, programs: &[u8], files: &[SignalFile]) -> Vec<u8> {
        let mut buckets = Vec::new();
        for bucket in 0..=(1u64 << BUCKET_BITS) {
            let before = self.words.keys.partition_point(|(hash, _)| u64::from(*hash) < bucket << (32 - BUCKET_BITS));
            buckets.extend(u16_of(before));
        }
        let words: Vec<u8> = self.words.keys.iter().flat_map(|(hash, _)| hash.to_le_bytes()).collect();
        let (mut starts, mut lists) = (Vec::new(), Vec::new());
        for place in 0..self.words.keys.len() + 2 {
            starts.extend(u32_of(lists.len() / 2));
            let programs = self.starts.get(&place).into_iter().flatten();
            lists.extend(programs.flat_map(|p| p.to_le_bytes()));
        }
        starts.extend(u32_of(lists.len() / 2));
        let mut by_number: Vec<(&Vec<u16>, u16)> = self.sets.iter().map(|(set, n)| (set, *n)).collect();
        by_number.sort_by_key(|(_, n)| *n);
        let (mut sets, mut members) = (Vec::new(), Vec::new());
        for (set, _) in by_number {
            sets.extend(u32_of(members.len() / 2));
            members.extend(set.iter().flat_map(|m| m.to_le_bytes()));
        }
        sets.extend(u32_of(members.len() / 2));
        let code: Vec<u8> = self.code.iter().flat_map(|c| c.to_le_bytes()).collect();
        let (mut rows, mut names) = (Vec::new(), Vec::new());
        for file in files {
            let place = |kind: &String| Noticed::named(kind).map(Noticed::place);
            let kinds = file.kinds.iter().filter_map(place).fold(0u64, |mask, k| mask | 1 << k);
            rows.extend(kinds.to_le_bytes());
            rows.extend(file.language.bytes().chain([0, 0]).take(2));
            rows.extend(u16_of(file.name.len()));
            rows.extend(u32_of(names.len()));
            names.extend(file.name.bytes());
        }
        let tables: [&[u8]; TABLES] =
            [&buckets, &words, &starts, &lists, &sets, &members, programs, &code, &rows, &names];
        let is_prefix = |key: &&(u32, String)| key.1.ends_with(char::from(PREFIX_MARK));
        let lengths = self.words.keys.iter().filter(is_prefix).fold(0u32, |mask, (_, key)| mask | 1 << (key.len() - 1));
        let mut out = lengths.to_le_bytes().to_vec();
        out.extend(u32_of(phrases));
        let mut end = HEADER;
        for table in tables {
            end += table.len();
            out.extend(u32_of(end));
        }
        tables.iter().for_each(|table| out.extend_from_slice(table));
        out
    }
}

fn u16_of(n: usize) -> [u8; 2] {
    narrow(n).to_le_bytes()
}

fn u32_of(n: usize) -> [u8; 4] {
    u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes()
}
