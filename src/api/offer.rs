//! The offer to read a page that no site's file names: which sites fit any host, by which signs, and which of them is one.
//!
//! The popup asks when a person opens it, and only there: first whether the path may be looked at, then which of the
//! signs are in the page and how often. Nothing else of the page is known here. What it deliberately does not do: read
//! a host that the person did not choose, or remember anything.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

#[cfg(feature = "authoring")]
use crate::feed::site::Site;
use crate::feed::site::{Sign, shows_feed};

/// The hosts that the person has read though no site's file names them, each with the site's id, as they are stored.
pub type AlsoRead = BTreeMap<String, String>;

/// A site that may be read on hosts that its file does not name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Its id.
    pub site: String,
    /// The platform's name for people; none where it is no platform but a way of writing pages.
    pub name: Option<String>,
    feeds: Vec<String>,
    never: Vec<String>,
    signs: Vec<Sign>,
}

impl Offer {
    /// The offer of a site; none if it is read only on the hosts that its file names.
    #[cfg(feature = "authoring")]
    pub fn of(site: &Site) -> Option<Offer> {
        let bare = |sign: &Sign| Sign { note: String::new(), ..sign.clone() };
        (!site.fits.is_empty()).then(|| Offer {
            site: site.id.clone(),
            name: Some(site.name.clone()).filter(|_| !site.hosts.is_empty()),
            feeds: site.feeds.clone(),
            never: site.never.clone(),
            signs: site.fits.iter().map(bare).collect(),
        })
    }

    fn has_feed(&self, path: &str) -> bool {
        shows_feed(&self.feeds, &self.never, path)
    }
}

/// What to look for in a page at `path`; nothing at all where none of the sites would have a feed, as on private parts.
pub fn selectors(offers: &[Offer], path: &str) -> Vec<String> {
    if !offers.iter().any(|offer| offer.has_feed(path)) {
        return Vec::new();
    }
    offers.iter().flat_map(|offer| &offer.signs).map(|sign| sign.css.clone()).collect()
}

/// The site that the page at `path` can be read as, if each selector matches so often. The first whose signs are there
/// speaks: where a platform's own part shows no feed, the page is not taken for anything else.
pub fn fitting<'o>(offers: &'o [Offer], path: &str, counts: &[usize]) -> Option<&'o Offer> {
    let mut counts = counts.iter();
    let mut fits = |offer: &&Offer| {
        let found = offer.signs.iter().filter(|sign| counts.next().is_some_and(|count| *count >= sign.least));
        found.count() > 0
    };
    offers.iter().find(&mut fits).filter(|offer| offer.has_feed(path))
}

/// Whether a host can be named where scripts are registered: a browser that is given one odd pattern refuses all.
pub fn can_be_named(host: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'.' | b'-');
    host.contains('.') && host.bytes().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offers() -> Vec<Offer> {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let sign = |css: &str, least| Sign { css: css.into(), least, note: String::new() };
        let one = Offer {
            site: "one".into(),
            name: Some("One".into()),
            feeds: words(&["/home"]),
            never: Vec::new(),
            signs: vec![sign("#one", 1), sign(".one", 2)],
        };
        let any = Offer {
            site: "any".into(),
            name: None,
            feeds: words(&["/**"]),
            never: words(&["/**/inbox/**"]),
            signs: vec![sign("article", 3)],
        };
        vec![one, any]
    }

    #[test]
    fn a_page_is_what_its_signs_say_and_only_where_it_has_a_feed() {
        let check = |path: &str, counts: &[usize], site: Option<&str>| {
            let offers = offers();
            let fitting = fitting(&offers, path, counts).map(|offer| offer.site.as_str());
            assert_eq!(fitting, site, "{path} with {counts:?}");
        };
        check("/home", &[1, 0, 9], Some("one"));
        check("/home", &[0, 2, 9], Some("one"));
        check("/home", &[0, 1, 3], Some("any"));
        check("/home", &[0, 1, 2], None);
        // One of its own pages that is no feed is not read in another way either.
        check("/@ana", &[1, 0, 9], None);
        check("/", &[0, 0, 3], Some("any"));
        check("/u/1/inbox", &[0, 0, 3], None);
        // A page that answers too little has nothing.
        check("/", &[], None);
    }

    #[test]
    fn private_parts_are_not_looked_at() {
        assert_eq!(selectors(&offers(), "/"), ["#one", ".one", "article"]);
        assert_eq!(selectors(&offers(), "/Inbox/12"), Vec::<String>::new());
    }

    #[test]
    fn only_plain_hosts_are_named() {
        for (host, is) in [("forum.example", true), ("a-b.c2.example", true), ("localhost", false), ("[::1]", false)] {
            assert_eq!(can_be_named(host), is, "{host}");
        }
        assert!(!can_be_named("*.example") && !can_be_named("a_b.example") && !can_be_named("A.example"));
    }
}
