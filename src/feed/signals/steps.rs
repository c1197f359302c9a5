//! The law that reading is linear: what the walk does is counted, and twice the text may cost little more than twice.
//!
//! Held against texts that were made to cost much: one beginning of a phrase without end, gaps within gaps, pictures,
//! quotations, marks that combine and marks that turn the direction. What it deliberately does not do: measure time.

use super::walk::STEPS;
use super::{Signals, compile};

/// Phrases with many gaps and ways, as they ship, and guards.
const FILES: [(&str, &str); 3] = [
    ("tag-bait.en.txt", include_str!("../../../data/signals/tag-bait.en.txt")),
    ("share-bait.en.txt", include_str!("../../../data/signals/share-bait.en.txt")),
    ("chain-letter.en.txt", include_str!("../../../data/signals/chain-letter.en.txt")),
];
/// Texts of a quarter of this, a half and all of it are read.
const LONGEST: usize = 1 << 20;

/// Texts in which phrases are looked for again and again.
const WALKED: [&str; 10] = [
    "tag a ",
    "tag a best friend who ",
    "who do you know that a b c tag ",
    "share this and tag your best friends, ",
    "tag \u{1f447}\u{1f447} a ",
    "\"tag a friend who needs this\" ",
    "Tag a friend who needs this! ",
    "to tag a friend who ",
    "\u{202e}tag\u{202c} a\u{200f} friend ",
    "T A G a ",
];
/// Texts of which no phrase of these files has all its words.
const IDLE: [&str; 5] = ["please now just tag ", "\u{1f447}", "\"tag ", "1 ", "t\u{301}a\u{308}g a "];

fn steps(signals: &Signals, piece: &str, length: usize) -> u64 {
    STEPS.set(0);
    signals.read(&piece.repeat(length / piece.len()));
    STEPS.get()
}

#[test]
fn twice_the_text_is_twice_the_steps() {
    let (sections, refusals) = compile(&FILES);
    assert!(refusals.is_empty(), "{}", refusals[0]);
    let mut signals = Signals::default();
    for (language, bytes) in sections {
        assert!(signals.add(&bytes).is_ok(), "a fresh section of {language} opens");
    }
    for piece in WALKED {
        let [quarter, half, whole] = [4, 2, 1].map(|part| steps(&signals, piece, LONGEST / part));
        assert!(quarter as usize > LONGEST / 4 / piece.len(), "{piece:?} is counted: {quarter}");
        for (less, more) in [(quarter, half), (half, whole)] {
            assert!(more <= less * 21 / 10 + 1000, "{piece:?}: {quarter}, {half}, {whole} steps");
        }
    }
    // Where no phrase has all its words nothing is walked at all, however long the text is.
    for piece in IDLE {
        assert_eq!(steps(&signals, piece, LONGEST), 0, "{piece:?}");
    }
}
