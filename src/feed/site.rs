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

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

#[cfg(feature = "authoring")]
pub use self::authoring::{check, format, pack, parse};
use crate::pack::PackError;

/// The pack's section that holds all sites.
pub const SECTION: &str = "sites";

/// What can be read of an item. The names are the ones used in site files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// The platform's own id of the item; joins the page with the wire.
    Id,
    /// The author's handle.
    Author,
    /// The item's headline, where it has one besides its text.
    Title,
    /// The item's own words.
    Text,
    /// Where an item that links elsewhere leads: an address or a host.
    Link,
    /// Who pays, if it is paid for.
    Advertiser,
    /// There if and only if the item is paid for.
    Sponsored,
    /// There if and only if the platform marks the item as a suggestion.
    Suggested,
    /// Whether the person follows the author: "true", "false", or any other value for true.
    Followed,
    /// The name that the platform's own recommender gives to where it found the item.
    Source,
    /// The reason that the platform states, in its words.
    Reason,
    /// What the platform says of whom an advertisement was aimed at.
    Targeting,
}

/// One way to read a field. Several stand in order; the first that finds something counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Take {
    /// Page: the element, looked for inside the item; empty for the item itself.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub css: String,
    /// Page: the attribute to read; "text" for the element's words; empty if its being there is all.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub attr: String,
    /// Wire: the path from the item to the value, such as `content.(tweet).rest_id` ([`super::wire::path`]).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub at: String,
    /// Page: the value is JSON; the path inside it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub json: String,
    /// Only if the value starts so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub starts: String,
    /// Only if the value ends so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ends: String,
    /// Only what stands behind the first of these; nothing if it is missing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub after: String,
    /// Only what stands before the first of any of these characters.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub until: String,
    /// Where this is known from, or what it is not to be confused with.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// The ways to read each field.
pub type Takes = BTreeMap<Field, Vec<Take>>;

/// How items stand in the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dom {
    /// The elements that are items.
    pub item: String,
    /// The part of an item that is faded or folded away, looked for inside it; empty for the item itself. The mark goes
    /// before it. Lists that measure and place their cells want the cell itself left alone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub body: String,
    /// The ways to read each field.
    pub fields: Takes,
}

/// One kind of answer that the platform sends to its own page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WireRule {
    /// The paths of the requests that are answered so, `*` for one part of a path.
    pub paths: Vec<String>,
    /// Paths to the items in the answer.
    pub items: Vec<String>,
    /// The ways to read each field.
    pub fields: Takes,
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
    /// The paths that show feeds; `*` stands for one part. All others are out of bounds.
    pub feeds: Vec<String>,
    /// Of those, the ones that are recommendations by their nature: there, "suggested" would say nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub discovery: Vec<String>,
    /// How items stand in the page.
    pub dom: Dom,
    /// What the platform sends to its page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub wire: Vec<WireRule>,
    /// What its candidate sources mean.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub source: Vec<Source>,
}

impl Site {
    /// True if and only if `host` is one of this site's.
    pub fn has_host(&self, host: &str) -> bool {
        self.hosts.iter().any(|own| own.eq_ignore_ascii_case(host))
    }

    /// True if and only if the page at `path` shows a feed of this site. All other pages are out of bounds.
    pub fn has_feed(&self, path: &str) -> bool {
        self.feeds.iter().any(|pattern| path_fits(pattern, path))
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
/// part; `*` fits any one part.
pub fn path_fits(pattern: &str, path: &str) -> bool {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let mut wanted = pattern.trim_end_matches('/').split('/');
    let mut given = path.trim_end_matches('/').split('/');
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some("*"), Some(part)) if !part.is_empty() => {}
            (Some(a), Some(b)) if a == b => {}
            _ => return false,
        }
    }
}

/// Reads the packed sites.
///
/// # Errors
/// If the section is not what [`pack`] writes.
pub fn unpack(section: &[u8]) -> Result<Vec<Site>, PackError> {
    serde_json::from_slice(section).map_err(|_| PackError::Section(SECTION))
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
    }
}
