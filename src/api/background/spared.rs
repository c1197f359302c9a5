//! Cookies that are no evidence against anybody: those that tell nothing of a person although they look random, and those
//! of hosts that people log in with.
//!
//! They are knowledge of data files, and a section of the pack: a line each, `cookie NAME` or `host NAME`. A cookie's
//! name that ends in a star is all names that begin so. What this deliberately does not know: what a cookie holds.

use crate::pack::{Pack, PackError};
use crate::url::is_under;

/// The section of the background's pack.
pub(in crate::api) const SPARED: &str = "background.spared";

/// What is spared, read in place.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::api) struct Spared<'a>(&'a str);

impl<'a> Spared<'a> {
    /// Opens the section.
    ///
    /// # Errors
    /// Says that it is missing or is not text.
    pub(in crate::api) fn open(pack: &Pack<'a>) -> Result<Spared<'a>, PackError> {
        std::str::from_utf8(pack.section(SPARED)?).map(Spared).map_err(|_| PackError::Section(SPARED))
    }

    /// Whether cookies of this name tell nothing of a person.
    pub(in crate::api) fn has_cookie(&self, name: &str) -> bool {
        self.of("cookie").any(|it| match it.strip_suffix('*') {
            Some(stem) => name.starts_with(stem),
            None => name == it,
        })
    }

    /// Whether a host, or one that it is under, is one whose cookies people need.
    pub(in crate::api) fn has_host(&self, host: &str) -> bool {
        self.of("host").any(|it| is_under(host, it))
    }

    fn of(&self, word: &str) -> impl Iterator<Item = &'a str> {
        self.0.lines().filter_map(move |line| line.strip_prefix(word)?.strip_prefix(' '))
    }

    /// Makes the section. Names are words without spaces.
    #[cfg(feature = "authoring")]
    pub(in crate::api) fn write(cookies: &[String], hosts: &[String]) -> Vec<u8> {
        let cookies = cookies.iter().map(|name| format!("cookie {name}\n"));
        cookies.chain(hosts.iter().map(|name| format!("host {name}\n"))).collect::<String>().into_bytes()
    }
}

#[cfg(all(test, feature = "authoring"))]
mod tests {
    use super::*;
    use crate::pack;

    #[test]
    fn names_are_spared_as_they_are_written() {
        let cookies = ["AWSALB*", "__cf_bm"].map(str::to_owned);
        let bytes = pack::write(&[(SPARED, Spared::write(&cookies, &["accounts.example".to_owned()]))]);
        let spared = Spared::open(&Pack::open(&bytes).unwrap()).unwrap();
        let cookies = ["AWSALB", "AWSALBCORS", "__cf_bm", "__cf_bm2", "uid", "", "accounts.example"];
        assert_eq!(cookies.map(|name| spared.has_cookie(name)), [true, true, true, false, false, false, false]);
        let hosts = ["accounts.example", "a.accounts.example", "example", "xaccounts.example", "__cf_bm"];
        assert_eq!(hosts.map(|host| spared.has_host(host)), [true, true, false, false, false]);
    }
}
