//! Order: which pieces of an answer change places, so that what is to be lower is lower before the page draws it.
//!
//! The page draws what it is sent in the order in which it is sent; so a post is lowered where it stands in the answer,
//! and no node of the page is ever moved. What is to be lower goes behind the others, both in the order that they have,
//! into the places of items that may move. Everything else keeps its place: what is paid for, because the platform's
//! accounts rest on where it stood, and what is no item, such as the mark from which the next page is asked for.
//!
//! What comes out is not a text but the ranges of the old one that make up the new one, each of its letters exactly once:
//! so nothing can be lost, added or changed, and whoever joins them can see that for himself. What this deliberately
//! does not do: judge, or move anything from one answer to another.

use std::ops::Range;

use super::path::{Path, Step};
use super::scan;
use crate::feed::site::Places;

/// A range of the answer, in units of UTF-16 as JavaScript counts: from, to.
pub type Piece = (u32, u32);

/// The places of a wire rule, ready to be looked for.
#[derive(Debug)]
pub(super) struct Order {
    items: Vec<Path>,
    /// What stays with the place; the first is the number by which the page draws, if it does.
    keep: Vec<Path>,
    is_numbered: bool,
}

/// An item that may move, and what of it may not.
#[derive(Clone, Debug)]
struct Place {
    at: Range<usize>,
    kept: Vec<Range<usize>>,
    number: u64,
    is_lower: bool,
}

impl Order {
    /// The places that a site's file names.
    pub(super) fn new(places: &Places) -> Order {
        // Paths were checked when the pack was made; one that still cannot be read finds nothing.
        let path = |text: &String| Path::parse(text).unwrap_or_default();
        let is_numbered = !places.by.is_empty();
        let by = is_numbered.then_some(&places.by);
        let keep = by.into_iter().chain(&places.keep).map(path).collect();
        Order { items: places.items.iter().map(path).collect(), keep, is_numbered }
    }

    /// The order of an answer in which these items may move, each with whether it is to be lower; empty if the answer is
    /// to stay as it is.
    pub(super) fn pieces(&self, text: &str, movable: &[(Range<usize>, bool)]) -> Vec<Piece> {
        let mut moves = Vec::new();
        for path in &self.items {
            let (found, cut) = scan::items(text, path);
            // What is cut off is the platform's failure, and the page's to notice.
            if cut.is_some() {
                return Vec::new();
            }
            let places: Vec<Option<Place>> = found.iter().map(|at| self.place(text, at, movable)).collect();
            let is_list = path.0.last() == Some(&Step::Each);
            let ends = (1..=found.len())
                .filter(|end| *end == found.len() || is_list && is_broken(text, &found[end - 1], &found[*end]));
            let mut from = 0;
            for end in ends {
                moves.extend(self.moves(places[from..end].iter().flatten().cloned().collect()));
                from = end;
            }
        }
        let moves = sorted(moves, |(place, _)| place.at.start as u64);
        let is_apart = moves.is_sorted_by(|(one, _), (next, _)| one.at.end <= next.at.start);
        if moves.is_empty() || !is_apart { Vec::new() } else { units(text, &joined(text.len(), &moves)) }
    }

    /// The item at `at`, if it may move and has each thing that stays behind exactly once.
    fn place(&self, text: &str, at: &Range<usize>, movable: &[(Range<usize>, bool)]) -> Option<Place> {
        let (_, is_lower) = movable.iter().find(|(known, _)| known == at)?;
        let item = text.get(at.clone())?;
        let mut kept = Vec::new();
        for path in &self.keep {
            let [one] = &scan::items(item, path).0[..] else { return None };
            kept.push(at.start + one.start..at.start + one.end);
        }
        let apart = sorted(kept.clone(), |one| one.start as u64);
        let number = match kept.first().filter(|_| self.is_numbered) {
            Some(first) => text.get(first.clone())?.trim_matches('"').parse().ok()?,
            None => 0,
        };
        let is_sound = apart.is_sorted_by(|one, next| one.end <= next.start);
        is_sound.then(|| Place { at: at.clone(), kept, number, is_lower: *is_lower })
    }

    /// Each place of a list whose item changes, and the item that it gets.
    fn moves(&self, places: Vec<Place>) -> impl Iterator<Item = (Place, Place)> {
        // The largest first; places without a number are drawn as they stand.
        let places = sorted(places, |place| u64::MAX - place.number);
        let items = sorted(places.clone(), |item| u64::from(item.is_lower));
        places.into_iter().zip(items).filter(|(place, item)| place.at != item.at)
    }
}

/// These by a number, the smallest first; what has the same keeps its order. Only numbers are sorted: the code of a sort
/// is several kilobytes for every type that is sorted.
fn sorted<T>(all: Vec<T>, number: impl Fn(&T) -> u64) -> Vec<T> {
    let mut order: Vec<(u64, usize)> = all.iter().map(number).zip(0..).collect();
    order.sort_unstable();
    let mut all: Vec<Option<T>> = all.into_iter().map(Some).collect();
    order.into_iter().filter_map(|(_, at)| all[at].take()).collect()
}

/// True if and only if two neighbours stand in different lists: within one there is but a comma between them.
fn is_broken(text: &str, one: &Range<usize>, next: &Range<usize>) -> bool {
    text.get(one.end..next.start).is_none_or(|between| between.trim() != ",")
}

/// The ranges of the new text. What stays with a place is put where the item that comes has its own.
fn joined(length: usize, moves: &[(Place, Place)]) -> Vec<Range<usize>> {
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut push = |piece: Range<usize>| match pieces.last_mut() {
        _ if piece.is_empty() => {}
        Some(last) if last.end == piece.start => last.end = piece.end,
        _ => pieces.push(piece),
    };
    let mut rest = 0;
    for (place, item) in moves {
        push(rest..place.at.start);
        let kept = sorted(item.kept.iter().zip(&place.kept).collect(), |(own, _)| own.start as u64);
        let mut at = item.at.start;
        for (own, stays) in kept {
            push(at..own.start);
            push(stays.clone());
            at = own.end;
        }
        push(at..item.at.end);
        rest = place.at.end;
    }
    push(rest..length);
    pieces
}

/// The same ranges as JavaScript counts. Together they are the whole text, so one walk over it counts them all.
fn units(text: &str, pieces: &[Range<usize>]) -> Vec<Piece> {
    let places = sorted((0..pieces.len()).collect(), |place| pieces[*place].start as u64);
    let mut counted = vec![(0, 0); pieces.len()];
    let mut at = 0;
    for place in places {
        let bytes = &text.as_bytes()[pieces[place].clone()];
        // One unit a character, and one more for what lies beyond the first 65,536: those that begin with 0xF0 or more.
        let begins = bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
        let far = bytes.iter().filter(|byte| **byte >= 0xF0).count();
        // An answer has at most eight megabytes.
        let to = at + u32::try_from(begins + far).unwrap_or(u32::MAX);
        counted[place] = (at, to);
        at = to;
    }
    counted
}
