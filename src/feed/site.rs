//! A site: a platform with a feed, as data. What its file may say, how it is checked, and how it is written.
//!
//! Platforms change their pages every few weeks; people who know CSS and no Rust must be able to mend a site. So all
//! that is particular to one platform stands in `data/sites/NAME.toml`, with its proof beside it. The files are read by
//! the build only; a browser gets them checked and packed.
//!
//! A file names the paths on which its feeds are. Everything else of that platform, messages above all, is out of
//! bounds: [`Site::has_feed`] is asked before anything is read. There is no code for any one platform here.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

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
    /// How many items must stay open in a row so that the platform goes on loading.
    #[serde(default)]
    pub minimum: u32,
    /// The ways to read each field.
    pub fields: Takes,
}

/// One kind of answer that the platform sends to its own page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WireRule {
    /// The path of the request, `*` for one part of it.
    pub path: String,
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

#[cfg(feature = "authoring")]
pub use authoring::{check, format, pack, parse};

/// Reading, checking and writing site files: what the build and the tests do, and the browser never.
#[cfg(feature = "authoring")]
mod authoring {
    use super::{Field, Site, Take, Takes};
    use crate::feed::wire::path::Path;
    use crate::verdict::Refusal;

    /// Reads a site file; none, and the reason with its line, if it is not one.
    pub fn parse(file: &str, text: &str) -> (Option<Site>, Vec<Refusal>) {
        match toml::from_str::<Site>(text) {
            Ok(site) => (Some(site), Vec::new()),
            Err(error) => {
                let at = error.span().map_or(0, |span| 1 + text[..span.start.min(text.len())].matches('\n').count());
                (None, vec![Refusal::new(file, at, error.message())])
            }
        }
    }

    /// The canonical text of a site file. `format(parse(text)) == text` holds for every file in `data/sites`.
    pub fn format(site: &Site) -> String {
        // The structs are plain maps and lists, which TOML can always express.
        toml::to_string_pretty(site).unwrap_or_default()
    }

    /// The section of the pack that holds these sites.
    pub fn pack(sites: &[Site]) -> Vec<u8> {
        serde_json::to_vec(sites).unwrap_or_default()
    }

    /// What is wrong with a site that could be read: everything that would make it fail quietly in a browser.
    pub fn check(file: &str, site: &Site) -> Vec<Refusal> {
        let mut refusals = Vec::new();
        let mut refuse = |reason: String| refusals.push(Refusal::new(file, 0, reason));
        if file.rsplit('/').next() != Some(&format!("{}.toml", site.id)) {
            refuse(format!("the file of site {:?} must be named {}.toml", site.id, site.id));
        }
        for (what, list) in [("hosts", &site.hosts), ("feeds", &site.feeds), ("discovery", &site.discovery)] {
            if !list.is_sorted() {
                refuse(format!("{what} must be sorted"));
            }
        }
        if site.hosts.is_empty() || site.feeds.is_empty() || site.proof.is_empty() {
            refuse("hosts, feeds and proof must not be empty".into());
        }
        for host in &site.hosts {
            if host.is_empty() || host.contains(['/', ':', '*']) || host.to_lowercase() != *host {
                refuse(format!("{host:?} is not a bare host in lower case"));
            }
        }
        for path in site.feeds.iter().chain(&site.discovery).chain(site.wire.iter().map(|rule| &rule.path)) {
            if !path.starts_with('/') {
                refuse(format!("the path {path:?} must start with a slash"));
            }
        }
        if site.checked.len() != 10 {
            refuse(format!("checked is {:?}; it must be a day, such as 2026-11-22", site.checked));
        }
        if !site.source.is_sorted_by(|a, b| a.id < b.id) {
            refuse("sources must be sorted by id, each once".into());
        }
        check_takes("dom", &site.dom.fields, &mut refuse);
        for (_, take) in each(&site.dom.fields) {
            if take.css.is_empty() && take.attr.is_empty() {
                refuse("a way to read the page needs css, attr or both".into());
            }
            if !take.at.is_empty() {
                refuse(format!("{:?}: `at` is for the wire; the page has css and attr", take.at));
            }
        }
        for rule in &site.wire {
            check_takes(&rule.path, &rule.fields, &mut refuse);
            for path in &rule.items {
                if let Err(reason) = Path::parse(path).and_then(|path| path.only_keys_and_lists()) {
                    refuse(format!("items {path:?}: {reason}"));
                }
            }
            for (_, take) in each(&rule.fields) {
                if take.at.is_empty() || !take.css.is_empty() || !take.attr.is_empty() {
                    refuse("a way to read the wire needs `at`, and no css or attr".into());
                }
            }
        }
        refusals
    }

    fn check_takes(part: &str, takes: &Takes, refuse: &mut impl FnMut(String)) {
        if !takes.contains_key(&Field::Id) {
            refuse(format!("{part}: without an id the page and the wire cannot be joined"));
        }
        for (field, take) in each(takes) {
            for path in [&take.at, &take.json] {
                if let (false, Err(reason)) = (path.is_empty(), Path::parse(path)) {
                    refuse(format!("{part}: {field:?}: {path:?}: {reason}"));
                }
            }
        }
    }

    fn each(takes: &Takes) -> impl Iterator<Item = (Field, &Take)> {
        takes.iter().flat_map(|(field, takes)| takes.iter().map(move |take| (*field, take)))
    }
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
