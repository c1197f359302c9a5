//! The laws of `fuzz/laws.rs` on the committed corpus and on random bytes: what a fuzzer tries for hours, tried shortly.
//!
//! The corpus holds what was once found, or is known to be hard. That the shield and the played browser decide alike is
//! held on the corpus alone here; their own property test makes better lists than random bytes are.

use std::fs;
use std::path::Path;

use proptest::prelude::*;

#[path = "../fuzz/laws.rs"]
mod laws;

/// A target's name, and its law.
type Law = (&'static str, fn(&[u8]));

/// All of them.
const LAWS: [Law; 8] = [
    ("list", laws::list),
    ("decide", laws::decide),
    ("url", laws::url),
    ("pack", laws::pack),
    ("answer", laws::feeds::answer),
    ("words", laws::feeds::words),
    ("question", laws::feeds::question),
    ("diary", laws::diaries::diary),
];

#[test]
fn what_was_found_stays_found() {
    for (name, law) in LAWS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
        let files: Vec<_> = fs::read_dir(&folder).expect("every law has a corpus").collect();
        assert!(!files.is_empty(), "{name} has no corpus");
        for file in files {
            let path = file.expect("it can be listed").path();
            law(&fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())));
        }
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fuzz/targets/{name}.rs")).is_file());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_survived(data in prop::collection::vec(any::<u8>(), 0..300)) {
        LAWS.iter().for_each(|(_, law)| law(&data));
    }

    #[test]
    fn any_lines_are_survived(text in "([|@!#*^$~,=/a-z.:]{0,30}\n){0,8}") {
        laws::list(text.as_bytes());
        laws::url(text.as_bytes());
    }
}
