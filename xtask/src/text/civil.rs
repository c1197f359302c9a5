//! Civil Comments with readers' marks: whole comments by how many called them toxic, and sentences by what they marked.
//!
//! All of these comments were called toxic by others before, so that as wholes they differ little. Which words readers
//! marked tells more: the sentences of a comment without a mark are what its author says calmly, in the same place and
//! of the same matter. What it deliberately does not do: learn from comments in which nothing was marked.

use std::collections::BTreeMap;

use super::labelled::{Labelled, file_of, records};

/// Files in which words are marked.
const MARKED: [&str; 3] = ["tsd_train.csv", "tsd_trial.csv", "tsd_test.csv"];
/// What a sentence with a mark, and one without, are to come to.
const GRADES: (f32, f32) = (0.95, 0.05);
/// Ends of a sentence.
const ENDS: [char; 4] = ['.', '!', '?', '\n'];

/// How many of a comment's readers did not say that it is not toxic.
pub(super) fn comments(set: &'static str, archive: &str) -> Vec<Labelled> {
    let mut said: BTreeMap<String, (f32, f32)> = BTreeMap::new();
    for row in records(file_of(archive, "annotations.csv")) {
        let [_, comment, .., not] = &row[..] else { continue };
        let (toxic, readers) = said.entry(comment.clone()).or_default();
        *readers += 1.0;
        *toxic += f32::from(u8::from(not != "True"));
    }
    let comments = records(file_of(archive, "comments.csv")).into_iter();
    let made = comments.filter_map(|row| {
        let (toxic, readers) = said.get(row.first()?)?;
        let share = toxic / readers;
        Some(Labelled::new(set, row.get(1)?, 0.02 + 0.93 * share, share > 0.5))
    });
    made.collect()
}

/// The sentences of comments in which readers marked something; each stands on the side on which its comment is.
pub(super) fn sentences(set: &'static str, archive: &str) -> Vec<Labelled> {
    let rows = MARKED.into_iter().flat_map(|name| records(file_of(archive, name)));
    let marked = rows.filter_map(|row| {
        let places: Vec<usize> = serde_json::from_str(row.first()?).ok()?;
        Some((places, row.get(1)?.clone())).filter(|(places, _)| !places.is_empty())
    });
    marked.flat_map(|(places, comment)| sentences_of(set, &places, &comment)).collect()
}

/// Places count characters.
fn sentences_of(set: &'static str, places: &[usize], comment: &str) -> Vec<Labelled> {
    let part = Labelled::new(set, comment, 0.0, false).part;
    let mut made = Vec::new();
    let mut add = |sentence: &str, is: bool| {
        if !sentence.trim().is_empty() {
            let grade = if is { GRADES.0 } else { GRADES.1 };
            made.push(Labelled { part, ..Labelled::new(set, sentence.trim(), grade, is) });
        }
    };
    let (mut sentence, mut is) = (String::new(), false);
    let mut letters = comment.chars().enumerate().peekable();
    while let Some((place, letter)) = letters.next() {
        sentence.push(letter);
        is |= places.binary_search(&place).is_ok();
        if ENDS.contains(&letter) && letters.peek().is_none_or(|(_, next)| next.is_whitespace()) {
            add(&sentence, is);
            (sentence, is) = (String::new(), false);
        }
    }
    add(&sentence, is);
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_graded_by_the_marks_in_it_and_stays_beside_its_comment() {
        let comment = "You are a fool. I voted, too! Bye";
        let made = sentences_of("civil-sentences", &[10, 11, 12, 13], comment);
        let said: Vec<(&str, bool)> = made.iter().map(|it| (it.text.as_str(), it.is)).collect();
        assert_eq!(said, [("You are a fool.", true), ("I voted, too!", false), ("Bye", false)]);
        let whole = Labelled::new("civil", comment, 0.0, false);
        assert!(made.iter().all(|it| it.part == whole.part));
    }
}
