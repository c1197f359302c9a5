//! A site: a platform with a feed, as data. What its file may say, how it is checked, and how it is written.
//!
//! Platforms change their pages every few weeks; people who know CSS and no Rust must be able to mend a site. So all
//! that is particular to one platform stands in `data/sites/NAME.toml`, with its proof beside it. The files are read by
//! the build only; a browser gets them checked and packed.
//!
//! A file names the paths on which its feeds are. Everything else of that platform, messages above all, is out of
//! bounds: [`Site::has_feed`] is asked before anything is read. There is no code for any one platform here.

#[cfg(feature = "authoring")]
mod authoring;
mod reading;

use serde::{Deserialize, Serialize};

#[cfg(feature = "authoring")]
pub use self::authoring::{check, format, pack, parse};
pub use self::reading::{Dom, Field, Places, Take, Takes, Votes, WireRule, family};
use crate::pack::PackError;

/// The pack's section that holds all sites.
pub const SECTION: &str = "sites";

/// What a page of the platform's own is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// Shows what the person follows, or the newest first.
    Following,
    /// Where the person says whether and what the platform suggests.
    Suggestions,
    /// Where the person says what advertisements may rest on.
    Ads,
    /// Where the person sees and cuts what the platform was told by other sites and apps.
    OffPlatform,
}

/// A page of the platform's own, where the person can choose what no extension can.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// What it is for.
    pub purpose: Purpose,
    /// Its address.
    pub url: String,
    /// The paths of the site's front pages, on the same host, from which the person may choose to be led here: only of
    /// what shows what they follow. Empty where that has no address of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<String>,
    /// Who says so.
    pub known: String,
}

/// What a candidate source means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The platform's own name for it.
    pub id: String,
    /// The key of the sentence for people, in `_locales`.
    pub says: String,
    /// Whether such items come from what the person follows; left out where the name does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub followed: Option<bool>,
    /// Who says so: "capture" for seen in a capture, else the publication.
    pub known: String,
}

/// A platform with a feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// The file's name without its ending.
    pub id: String,
    /// The platform's name for people.
    pub name: String,
    /// When somebody last held this file against the platform or a capture of it (year-month-day).
    pub checked: String,
    /// Where its facts come from.
    pub proof: Vec<String>,
    /// The hosts, without sub-hosts: `x.com` does not stand for `ads.x.com`.
    pub hosts: Vec<String>,
    /// The paths that show feeds; `*` stands for one part, `**` at the end for
    /// whatever follows. All others are out of bounds.
    pub feeds: Vec<String>,
    /// Of those, the ones that show none after all: where a name of the platform's stands in a place of people's names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub never: Vec<String>,
    /// Of those, the ones that are recommendations by their nature: there, "suggested" would say nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub discovery: Vec<String>,
    /// How many items of a feed must stay in sight, where the platform stops loading more with fewer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<usize>,
    /// How items stand in the page: one for each way in which the platform builds its pages.
    pub dom: Vec<Dom>,
    /// What the platform sends to its page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wire: Vec<WireRule>,
    /// Pages of the platform's own for which a person may look, sorted by what they are for, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub link: Vec<Link>,
    /// What its candidate sources mean.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub source: Vec<Source>,
}

impl Site {
    /// True if and only if the page at `path` shows a feed of this site. All other pages are out of bounds.
    pub fn has_feed(&self, path: &str) -> bool {
        let any = |patterns: &[String]| patterns.iter().any(|pattern| path_fits(pattern, path));
        any(&self.feeds) && !any(&self.never)
    }

    /// The ways in which `host` may build the page at `path`, each with its number.
    pub fn doms(&self, host: &str, path: &str) -> impl Iterator<Item = (usize, &Dom)> {
        self.dom.iter().enumerate().filter(move |(_, dom)| {
            let is_host = dom.hosts.is_empty() || dom.hosts.iter().any(|own| own.eq_ignore_ascii_case(host));
            is_host && (dom.paths.is_empty() || dom.paths.iter().any(|pattern| path_fits(pattern, path)))
        })
    }

    /// True if and only if all of the feed at `path` is recommended by its nature.
    pub fn is_discovery(&self, path: &str) -> bool {
        self.discovery.iter().any(|pattern| path_fits(pattern, path))
    }

    /// What the platform's name for a candidate source means, if we know it.
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.source.iter().find(|source| source.id == id)
    }
}

/// True if and only if `path` (a query or fragment is cut off, a slash at its end ignored) fits `pattern`, part by
/// part; `*` fits any one part, `**` at the end all that follow, also none.
pub fn path_fits(pattern: &str, path: &str) -> bool {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let mut wanted = pattern.trim_end_matches('/').split('/');
    let mut given = path.trim_end_matches('/').split('/');
    loop {
        match (wanted.next(), given.next()) {
            (None, None) | (Some("**"), _) => return true,
            (Some("*"), Some(part)) if !part.is_empty() => {}
            (Some(a), Some(b)) if a == b => {}
            _ => return false,
        }
    }
}

/// The packed site of this host; none if no site has it.
///
/// # Errors
/// If the section is not what [`pack`] writes.
pub fn unpack(section: &[u8], host: &str) -> Result<Option<Site>, PackError> {
    let damaged = PackError::Section(SECTION);
    for line in std::str::from_utf8(section).map_err(|_| damaged)?.lines() {
        let (hosts, site) = line.split_once(' ').ok_or(damaged)?;
        if hosts.split(',').any(|own| own.eq_ignore_ascii_case(host)) {
            return serde_json::from_str(site).map(Some).map_err(|_| damaged);
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::path_fits;

    #[test]
    fn paths_fit_part_by_part() {
        let check = |pattern: &str, path: &str, fits: bool| {
            assert_eq!(path_fits(pattern, path), fits, "{pattern} against {path}");
        };
        check("/", "/", true);
        check("/", "/?feed=home", true);
        check("/", "/messages", false);
        check("/home", "/home/", true);
        check("/home", "/homework", false);
        check("/r/*", "/r/rust/", true);
        check("/r/*", "/r/", false);
        check("/r/*", "/r/rust/comments", false);
        check("/i/api/graphql/*/HomeTimeline", "/i/api/graphql/abc-1/HomeTimeline?variables=1", true);
        check("/i/api/graphql/*/HomeTimeline", "/i/api/graphql/abc/DMTimeline", false);
        check("/direct/**", "/direct", true);
        check("/direct/**", "/direct/t/12/", true);
        check("/direct/**", "/directory", false);
    }
}
