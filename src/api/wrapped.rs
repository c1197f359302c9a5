//! Where a link leads that goes over a platform's counter, as `data/unwrap.toml` says.
//!
//! It is a section of the pack: a line each, host, path and the parameter in which the target stands, with a tab between;
//! counters that hide it are not in it. What this deliberately does not do: follow a link, or know a platform.

use crate::pack::{Pack, PackError};
use crate::url::{Url, opened, parameter};

/// The section of the background's pack.
const WRAPPED: &str = "background.wrapped";
/// A counter may lead to another; more than this many is somebody's game.
const DEPTH: usize = 3;

/// What is known of counters, read in place.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::api) struct Wrapped<'a>(&'a str);

impl<'a> Wrapped<'a> {
    /// Opens the section.
    ///
    /// # Errors
    /// Says that it is missing or is not text.
    pub(in crate::api) fn open(pack: &Pack<'a>) -> Result<Wrapped<'a>, PackError> {
        Wrapped::read(pack.section(WRAPPED)?)
    }

    /// Reads the section's bytes.
    ///
    /// # Errors
    /// Says that it is not text.
    fn read(section: &'a [u8]) -> Result<Wrapped<'a>, PackError> {
        std::str::from_utf8(section).map(Wrapped).map_err(|_| PackError::Section(WRAPPED))
    }

    /// Where a link leads, as far as it says so itself.
    pub(in crate::api) fn target(&self, link: &str) -> String {
        let mut link = opened(link);
        for _ in 0..DEPTH {
            let Some(next) = self.behind(&link) else { break };
            link = next;
        }
        link
    }

    /// What is behind a counter, if this is one that tells.
    fn behind(&self, link: &str) -> Option<String> {
        let url = Url::parse(link)?;
        self.0.lines().find_map(|line| {
            let mut words = line.split('\t');
            let is_counter = words.next() == Some(url.host()) && url.path().starts_with(words.next()?);
            let target = is_counter.then(|| parameter(link, words.next()?))??;
            target.starts_with("http").then_some(target)
        })
    }
}

/// The background's section that says of platforms' counters (host, path, parameter) where links over them lead.
#[cfg(feature = "authoring")]
pub fn section<'c>(counters: impl IntoIterator<Item = [&'c str; 3]>) -> (&'static str, Vec<u8>) {
    (WRAPPED, counters.into_iter().map(|it| format!("{}\n", it.join("\t"))).collect::<String>().into_bytes())
}

/// Where a link leads, as such a section says.
///
/// # Errors
/// If it is none.
#[cfg(feature = "authoring")]
pub fn target_of((_, section): &(&'static str, Vec<u8>), link: &str) -> Result<String, PackError> {
    Ok(Wrapped::read(section)?.target(link))
}

#[cfg(all(test, feature = "authoring"))]
mod tests {
    use super::*;

    #[test]
    fn a_link_leads_where_it_says_and_no_further() {
        let (_, bytes) = section([
            ["l.loud.example", "/l.php", "u"],
            ["loud.example", "/redir", "url"],
            ["loud.example", "/redir", "q"],
            ["bare.example", "/", ""],
        ]);
        let wrapped = Wrapped::read(&bytes).expect("what was just written is text");
        let check = |link: &str, wanted: &str| assert_eq!(wrapped.target(link), wanted, "{link}");
        check(
            "https://l.loud.example/l.php?u=https%3A%2F%2Fshop.example%2F%3Fa%3Db%2520c&h=1",
            "https://shop.example/?a=b%20c",
        );
        check(
            "https%3A%2F%2Fl.loud.example%2Fl.php%3Fu%3Dhttps%253A%252F%252Fshop.example%252F",
            "https://shop.example/",
        );
        check(
            "https://loud.example/redir?q=https%3A%2F%2Fbare.example%2F%3Fhttps%3A%2F%2Fshop.example%2F",
            "https://shop.example/",
        );
        for same in [
            "https://l.loud.example/other?u=https%3A%2F%2Fshop.example%2F",
            "https://x.l.loud.example/l.php?u=https%3A%2F%2Fshop.example%2F",
            "https://l.loud.example/l.php?u=javascript%3Aalert(1)",
            "https://l.loud.example/l.php",
            "shop.example",
            "",
        ] {
            check(same, same);
        }
        // A counter that leads to itself comes to an end.
        let inner = "https://bare.example/?".repeat(9);
        check(&inner, &"https://bare.example/?".repeat(6));
    }
}
