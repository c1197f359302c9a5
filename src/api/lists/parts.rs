//! A list that is kept in several files, on the person's machine: which file is to be fetched next, and the whole.
//!
//! Files are asked for one by one, so that a list cannot order a hundred at once, and never more than [`MOST`] of them or
//! beyond [`LONGEST`]; what is not fetched then stays a line that the reader refuses, and so does a file that includes
//! itself or does not lie beside the list. What it deliberately does not do: fetch.

use std::cell::RefCell;
use std::collections::BTreeMap;

use serde::Serialize;

use super::TRUTHS;
use crate::trackers::list::whole;

/// A list has no more files than this; the largest that we know has seven.
const MOST: usize = 50;
/// Bytes that may be fetched for one list; what is larger as one file is not read either.
const LONGEST: usize = 20_000_000;

/// A list as far as it is there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Joined {
    /// The list with what it includes in its place.
    pub text: String,
    /// The file to fetch next, relative to the list's own folder; none if nothing is missing that may be had.
    pub next: Option<String>,
}

/// Joins a list with the files that were fetched for it, by their paths.
pub fn join(text: &str, parts: &BTreeMap<String, String>) -> Joined {
    let next = RefCell::new(None);
    let beside = |path: &str| {
        let part = parts.get(path);
        if part.is_none() {
            next.borrow_mut().get_or_insert_with(|| path.to_owned());
        }
        part.cloned()
    };
    let (joined, _) = whole("", text, &TRUTHS, beside);
    let fetched = parts.values().map(String::len).sum::<usize>() + text.len();
    let may_more = parts.len() < MOST && fetched < LONGEST;
    Joined { text: joined, next: next.into_inner().filter(|_| may_more) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fetches what is asked for, and tells the whole, what was asked for, and how many lines the reader refuses.
    fn play(text: &str, files: impl Fn(&str) -> String) -> (String, Vec<String>, usize) {
        let (mut parts, mut asked) = (BTreeMap::new(), Vec::new());
        loop {
            let joined = join(text, &parts);
            let Some(next) = joined.next else {
                let refused = crate::trackers::list::read("t", &joined.text, &TRUTHS).1.len();
                return (joined.text, asked, refused);
            };
            parts.insert(next.clone(), files(&next));
            asked.push(next);
        }
    }

    #[test]
    fn every_file_is_asked_for_once_and_only_beside_the_list() {
        let files = |path: &str| match path {
            "a/b.txt" => "||b.example^\n!#include c.txt\n!#include ../up.txt".to_owned(),
            "a/c.txt" => "||c.example^\n!#include b.txt".to_owned(),
            _ => panic!("{path} was asked for"),
        };
        let text = "!#include a/b.txt\n!#include a/b.txt\n!#if env_firefox\n!#include never.txt\n!#endif\n\
            !#include https://other.example/x.txt\n||z.example^";
        let (text, asked, refused) = play(text, files);
        assert_eq!(asked, ["a/b.txt", "a/c.txt"]);
        let rules: Vec<&str> = text.lines().filter(|line| line.starts_with('|')).collect();
        assert_eq!(rules, ["||b.example^", "||c.example^", "||b.example^", "||c.example^", "||z.example^"]);
        // The circle and the way up, twice, and the other origin.
        assert_eq!(refused, 5);
    }

    #[test]
    fn a_list_without_end_ends() {
        let many: String = (0..2 * MOST).map(|i| format!("!#include {i}\n")).collect();
        let (_, asked, refused) = play(&many, |_| String::new());
        assert_eq!((asked.len(), refused), (MOST, MOST));
        let (_, asked, refused) = play("!#include a\n!#include b\n!#include c", |_| "!\n".repeat(LONGEST / 4));
        assert_eq!((asked.len(), refused), (2, 1));
    }
}
