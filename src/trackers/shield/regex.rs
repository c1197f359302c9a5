//! The few rules that are regular expressions: compiled at their first use, then kept.
//!
//! EasyPrivacy has 7 among 54,000 lines, EasyList 22, so this is the one place where something is built at run time. It
//! stands behind the feature `regex`: the crate (`regex-lite`, chosen over `regex` for a fifth of its size) is most of
//! what the shield's code weighs, and a build that leaves it out passes what only such a rule would stop. A source that
//! it cannot read (look-around, back references) is refused when the index is built.

#[cfg(feature = "regex")]
pub(super) use with::{Regexes, refusal};
#[cfg(not(feature = "regex"))]
pub(super) use without::{Regexes, refusal};

#[cfg(feature = "regex")]
mod with {
    use regex_lite::{Regex, RegexBuilder};
    use std::sync::OnceLock;

    /// A place for every regular expression of an index.
    #[derive(Debug)]
    pub(in super::super) struct Regexes(Vec<OnceLock<Option<Regex>>>);

    impl Regexes {
        pub(in super::super) fn new(count: usize) -> Regexes {
            Regexes((0..count).map(|_| OnceLock::new()).collect())
        }

        /// Returns true if and only if the n-th expression, which has this source, is found in the address.
        pub(in super::super) fn matches(&self, n: usize, source: &[u8], match_case: bool, url: &str) -> bool {
            let Some(place) = self.0.get(n) else { return false };
            let compile = || std::str::from_utf8(source).ok().and_then(|s| compile(s, match_case).ok());
            place.get_or_init(compile).as_ref().is_some_and(|it| it.is_match(url))
        }
    }

    fn compile(source: &str, match_case: bool) -> Result<Regex, regex_lite::Error> {
        RegexBuilder::new(source).case_insensitive(!match_case).size_limit(1 << 20).build()
    }

    pub(in super::super) fn refusal(source: &str, match_case: bool) -> Option<String> {
        compile(source, match_case).err().map(|e| format!("the regular expression cannot be used: {e}"))
    }
}

#[cfg(not(feature = "regex"))]
mod without {
    /// No place for any.
    #[derive(Debug)]
    pub(in super::super) struct Regexes;

    impl Regexes {
        pub(in super::super) fn new(_: usize) -> Regexes {
            Regexes
        }

        pub(in super::super) fn matches(&self, _: usize, _: &[u8], _: bool, _: &str) -> bool {
            false
        }
    }

    pub(in super::super) fn refusal(_: &str, _: bool) -> Option<String> {
        Some("this build reads no regular expressions".into())
    }
}
