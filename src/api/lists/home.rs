//! Where the texts of shipped lists come from, so that newer ones can be fetched: an address, and which of its lines are
//! the list.
//!
//! One text may be several lists, where it holds what two switches are about; the build and a person's machine take the
//! same lines of it. A list without an address comes with the extension alone. The section is JSON: it is read once in
//! many days. What this deliberately does not do: fetch, or judge what was fetched.

use serde::{Deserialize, Serialize};

use crate::pack::{Pack, PackError};

/// The section of the background's pack.
pub(in crate::api) const HOMES: &str = "lists.homes";

/// Where one shipped list comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Home {
    /// The list's short name.
    pub id: String,
    /// What it calls itself.
    pub title: String,
    /// Where its newest text lies.
    pub address: String,
    /// Which lines of it are meant.
    pub part: Part,
    /// Which version was shipped; empty if nobody knows.
    pub version: String,
}

impl Home {
    /// The homes of a pack's lists.
    ///
    /// # Errors
    /// Says that the section is missing or is not as it was written.
    pub fn all(pack: &Pack<'_>) -> Result<Vec<Home>, PackError> {
        serde_json::from_slice(pack.section(HOMES)?).map_err(|_| PackError::Section(HOMES))
    }

    /// Makes the section.
    pub fn write(homes: &[Home]) -> Vec<u8> {
        // Texts alone can always be written.
        serde_json::to_vec(homes).unwrap_or_default()
    }
}

/// Which of a text's lines are taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// All of them.
    #[default]
    All,
    /// Those that take parameters out of addresses: they are switched with the other lists about links.
    Parameters,
    /// All but those.
    NoParameters,
}

impl Part {
    /// The lines that are meant; the others are left empty, so that every line keeps its number.
    pub fn of(self, text: &str) -> String {
        let is_meant = |line: &str| match self {
            Part::All => true,
            Part::Parameters => line.starts_with('!') || takes_parameters(line),
            Part::NoParameters => !takes_parameters(line),
        };
        text.lines().flat_map(|line| [if is_meant(line) { line } else { "" }, "\n"]).collect()
    }
}

fn takes_parameters(line: &str) -> bool {
    !line.starts_with('!') && ["$removeparam", ",removeparam"].iter().any(|option| line.contains(option))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack;

    #[test]
    fn every_line_is_in_one_part_and_keeps_its_number() {
        let text = "! Title: T\n||a.example^\n*$removeparam=x\n";
        assert_eq!(Part::All.of(text), text);
        assert_eq!(Part::Parameters.of(text), "! Title: T\n\n*$removeparam=x\n");
        assert_eq!(Part::NoParameters.of(text), "! Title: T\n||a.example^\n\n");
    }

    #[test]
    fn homes_come_back_as_they_were_written_or_not_at_all() {
        let home = Home {
            id: "one".into(),
            title: "One".into(),
            address: "https://lists.example/one.txt".into(),
            part: Part::NoParameters,
            version: "7".into(),
        };
        let opened = |section: Vec<u8>| Home::all(&Pack::open(&pack::write(&[(HOMES, section)])).expect("it opens"));
        assert_eq!(opened(Home::write(std::slice::from_ref(&home))), Ok(vec![home]));
        assert_eq!(opened(b"[{}]".to_vec()), Err(PackError::Section(HOMES)));
    }
}
