//! Lists of programs, one a place: a word's number, or what stands behind the words.
//!
//! All lie in one row, so that a language has two tables and not thousands. What it deliberately does not do: know what
//! a program is looked out for; `unfold.rs` gathers that.

use std::ops::Range;

/// Programs by places, ascending in each.
#[derive(Clone, Debug, Default)]
pub(super) struct Lists {
    /// Where each place's programs begin, and where the last place's end.
    starts: Vec<u32>,
    programs: Vec<u16>,
}

impl Lists {
    /// Of pairs of place and program, in the order of programs: counted, then each put behind those before it.
    pub(super) fn of(pairs: &[(usize, u16)], places: usize) -> Lists {
        let pairs = || pairs.iter().filter(|(place, _)| *place < places);
        let mut starts = vec![0; places + 1];
        for (place, _) in pairs() {
            starts[place + 1] += 1;
        }
        for place in 0..places {
            starts[place + 1] += starts[place];
        }
        let mut next = starts.clone();
        let mut programs = vec![0; pairs().count()];
        for (place, program) in pairs() {
            programs[next[*place] as usize] = *program;
            next[*place] += 1;
        }
        Lists { starts, programs }
    }

    /// The programs of one place.
    pub(super) fn at(&self, place: usize) -> &[u16] {
        self.programs.get(self.range(place)).unwrap_or_default()
    }

    /// Where those of one place stand among all.
    pub(super) fn range(&self, place: usize) -> Range<usize> {
        match (self.starts.get(place), self.starts.get(place + 1)) {
            (Some(from), Some(to)) => *from as usize..*to as usize,
            _ => 0..0,
        }
    }

    /// The programs of all places.
    pub(super) fn all(&self) -> &[u16] {
        &self.programs
    }
}
