//! Which lists belong to which set: the lists of one set are switched on and off together.
//!
//! The pack holds the lists of all sets, and a question is put to those that are on. The names of the sets are those of
//! the switches and of the browser's rulesets. The section is a line a set: its name, then its lists'.
//!
//! What it deliberately does not say: whether a set is on. That is the person's choice.

use crate::pack::{Pack, PackError};

/// The section of the background's pack.
pub(in crate::api) const SETS: &str = "background.sets";

/// The sets of a pack, read in place.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sets<'a>(&'a str);

impl<'a> Sets<'a> {
    /// Opens the section.
    ///
    /// # Errors
    /// Says that it is missing or is not text.
    pub fn open(pack: &Pack<'a>) -> Result<Sets<'a>, PackError> {
        std::str::from_utf8(pack.section(SETS)?).map(Sets).map_err(|_| PackError::Section(SETS))
    }

    /// The set of a list, by its short name.
    pub fn of(&self, list: &str) -> Option<&'a str> {
        let rows = self.0.lines().map(|row| row.split(' '));
        rows.into_iter().find_map(|mut row| {
            let set = row.next()?;
            row.any(|one| one == list).then_some(set)
        })
    }

    /// Makes the section from the sets' names and their lists'. Names are words without spaces.
    pub fn write<'n>(sets: impl IntoIterator<Item = (&'n str, Vec<&'n str>)>) -> Vec<u8> {
        let row = |(set, lists): (&str, Vec<&str>)| format!("{set} {}\n", lists.join(" "));
        sets.into_iter().map(row).collect::<String>().into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack;

    #[test]
    fn a_list_is_found_in_its_set() {
        let section = Sets::write([("trackers", vec!["one", "two"]), ("ads", vec!["three"])]);
        let bytes = pack::write(&[(SETS, section)]);
        let sets = Sets::open(&Pack::open(&bytes).unwrap()).unwrap();
        assert_eq!(
            ["one", "two", "three", "ads"].map(|list| sets.of(list)),
            [Some("trackers"), Some("trackers"), Some("ads"), None]
        );
    }
}
