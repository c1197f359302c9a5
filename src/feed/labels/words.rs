//! A text as the words by which labels are compared: tokens of `text`, with the few letters made alike that change when
//! a page writes them in capitals.
//!
//! What it deliberately does not do: keep signs. Platforms write "Sponsored", "Sponsored ·" and "sponsored." for the
//! same; only a question stays a question, because people ask what a label says.

use crate::text::{Folded, HASH_START, Marks, Token, finish_hash, step_hash};

/// The hash of each word, in order; none for a word that no label has: part of a hashtag, a mention, a link, and every
/// word of a text that is nothing but a quotation. (A name may well be one of these.)
pub(super) fn words(text: &str) -> Vec<Option<u32>> {
    let folded = Folded::of(text);
    let tokens = folded.tokens();
    let behind = tokens.iter().skip(1).map(|token| token.marks).chain([folded.end()]);
    let nobodys = Marks::HASHTAG | Marks::MENTION | Marks::LINK;
    let is_quotation = tokens.iter().all(|token| token.marks.has(Marks::QUOTED));
    let one = |(token, behind): (&Token, Marks)| {
        let is_ours = !is_quotation && !token.marks.has(nobodys);
        is_ours.then(|| hash(folded.word(token), behind.has(Marks::ASKED)))
    };
    tokens.iter().zip(behind).map(one).collect()
}

/// The hash of several words in a row; none if there are none, or one of them is in no label.
pub(super) fn run(words: &[Option<u32>]) -> Option<u32> {
    let mut hash = HASH_START;
    for word in words {
        for byte in (*word)?.to_le_bytes() {
            hash = step_hash(hash, byte);
        }
    }
    (!words.is_empty()).then(|| finish_hash(hash))
}

fn hash(word: &str, is_asked: bool) -> u32 {
    let mut hash = HASH_START;
    let mut add = |c: char| {
        let mut buffer = [0; 4];
        for byte in c.encode_utf8(&mut buffer).bytes() {
            hash = step_hash(hash, byte);
        }
    };
    for c in word.chars() {
        match c {
            'ß' => "ss".chars().for_each(&mut add),
            _ => add(alike(c)),
        }
    }
    if is_asked {
        add('?');
    }
    finish_hash(hash)
}

/// One letter for those that are the same as capitals, or are written without their accent there.
fn alike(c: char) -> char {
    match c {
        'ı' => 'i',
        'ς' => 'σ',
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' => 'ι',
        'ό' => 'ο',
        'ύ' => 'υ',
        'ώ' => 'ω',
        'ё' => 'е',
        _ => c,
    }
}
