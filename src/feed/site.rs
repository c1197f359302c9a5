//! A site: a platform with a feed, as data. What its file may say, how it is checked, and how it is written.
//!
//! Platforms change their pages every few weeks; people who know CSS and no Rust must be able to mend a site. So all
//! that is particular to one platform stands in `data/sites/NAME.toml`, with its proof beside it. The files are read by
//! the build only; a browser gets them checked and packed.
//!
//! A file names the hosts that are the site's, or says by which signs in a page a host that it does not name is one as
//! well ([`Sign`]); there it is read only where the person said so.
//!
//! A file names the paths on which its feeds are. Everything else of that platform, messages above all, is out of
//! bounds: [`Site::has_feed`] is asked before anything is read. There is no code for any one platform here.

#[cfg(feature = "authoring")]
mod authoring;
mod reading;

use std::str::Split;

use serde::{Deserialize, Serialize};

#[cfg(feature = "authoring")]
pub use self::authoring::{check, format, pack, parse};
pub use self::reading::{Dom, Field, Places, Take, Takes, Votes, WireRule, family};
use crate::pack::PackError;

/// The pack's section that holds all sites.
pub const SECTION: &str = "sites";
/// In the pack, what stands before the id of a site that may be read on any host; no host begins so.
const ANYWHERE: char = '#';

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

/// A sign in a page by which a host that the file does not name is known to be such a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sign {
    /// What has to be in the page, as a selector.
    pub css: String,
    /// How often at least.
    pub least: usize,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// Films that begin to play by themselves to show what one might watch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Previews {
    /// What holds such a film with what plays it, as selectors; never what holds a film that the person opened.
    pub within: Vec<String>,
    /// Who says so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
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
    /// The hosts, without sub-hosts: `x.com` does not stand for `ads.x.com`. Without any it is no platform but a way of
    /// writing pages, and each host that the person has it read on is a site of its own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<String>,
    /// The paths that show feeds; `*` stands for one part, `**` for any number of them. All others are out of bounds.
    pub feeds: Vec<String>,
    /// Of those, the ones that show none after all: where a name of the platform's stands in a place of people's names.
    /// Written in lower case, and meant in either.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub never: Vec<String>,
    /// Of those, the ones that are recommendations by their nature: there, "suggested" would say nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub discovery: Vec<String>,
    /// How many items of a feed must stay in sight, where the platform stops loading more with fewer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<usize>,
    /// Its previews, where it has any that play by themselves: only there are people asked whether they stay still.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previews: Option<Previews>,
    /// Where it says why an advertisement is shown, in a window that the person opens from it: a selector that only that
    /// window fits, with who says so, and one of the reasons in it, line by line. Both or none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub why: Vec<Take>,
    /// By any of these a host that is not named is known to be such a site.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fits: Vec<Sign>,
    /// How items stand in the page: one for each way in which the platform builds its pages.
    pub dom: Vec<Dom>,
    /// How comments and replies stand under posts, each way with the `paths` on which it does. Comments are no items:
    /// they are read where the person wants those that insult folded, and nowhere else, and only `id`, `author` and
    /// `text` are asked of them. Who the person is (`me`) must be known or said (`own`): what they wrote stays.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub comment: Vec<Dom>,
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
        shows_feed(&self.feeds, &self.never, path)
    }

    /// True if and only if the page at `path` shows comments of which the file says how they stand there.
    pub fn has_comments(&self, path: &str) -> bool {
        self.comment.iter().any(|dom| shows_feed(&dom.paths, &self.never, path))
    }

    /// How items or comments stand in the page: the way of this number. Those of comments are counted after the others.
    pub fn way(&self, number: usize) -> Option<&Dom> {
        self.dom.iter().chain(&self.comment).nth(number)
    }

    /// True if and only if what the way of this number finds are comments.
    pub fn is_of_comments(&self, number: usize) -> bool {
        number >= self.dom.len()
    }

    /// The ways in which `host` may build the page at `path`, each with its number: of items where it shows a feed, of
    /// comments if they are wanted.
    pub fn ways(&self, host: &str, path: &str, comments: bool) -> impl Iterator<Item = (usize, &Dom)> {
        let has_feed = self.has_feed(path);
        self.dom.iter().chain(&self.comment).enumerate().filter(move |(number, dom)| {
            let is_read = if self.is_of_comments(*number) {
                comments && shows_feed(&dom.paths, &self.never, path)
            } else {
                has_feed && (dom.paths.is_empty() || dom.paths.iter().any(|pattern| path_fits(pattern, path)))
            };
            is_read && (dom.hosts.is_empty() || dom.hosts.iter().any(|own| own.eq_ignore_ascii_case(host)))
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

/// True if and only if `path` fits one of `feeds` and none of `never`.
pub fn shows_feed(feeds: &[String], never: &[String], path: &str) -> bool {
    let any = |patterns: &[String], path: &str| patterns.iter().any(|pattern| path_fits(pattern, path));
    // Servers that take a path in either case have their messages behind both.
    any(feeds, path) && !any(never, path) && !any(never, &path.to_ascii_lowercase())
}

/// True if and only if `path` (a query or fragment is cut off, a slash at its end ignored) fits `pattern`, part by
/// part; `*` fits any one part or, behind its beginning, what is left of it, `**` any number of parts, also none.
pub fn path_fits(pattern: &str, path: &str) -> bool {
    let path = path.split(['?', '#']).next().unwrap_or_default();
    parts_fit(pattern.trim_end_matches('/').split('/'), path.trim_end_matches('/').split('/'))
}

fn parts_fit(mut wanted: Split<'_, char>, mut given: Split<'_, char>) -> bool {
    loop {
        let rest = given.clone();
        match (wanted.next(), given.next()) {
            (Some("**"), _) => {
                let mut ends = std::iter::successors(Some(rest), |rest| {
                    let mut rest = rest.clone();
                    rest.next().map(|_| rest)
                });
                return ends.any(|rest| parts_fit(wanted.clone(), rest));
            }
            (None, None) => return true,
            (Some(a), Some(b)) if a == b => {}
            (Some(a), Some(b))
                if a.strip_suffix('*').is_some_and(|head| b.len() > head.len() && b.starts_with(head)) => {}
            _ => return false,
        }
    }
}

/// The packed site of this host; where none names it, the one of the id `chosen`, if that may be read on hosts that it
/// does not name.
///
/// # Errors
/// If the section is not what [`pack`] writes.
pub fn unpack(section: &[u8], host: &str, chosen: &str) -> Result<Option<Site>, PackError> {
    let damaged = PackError::Section(SECTION);
    let mut found = None;
    for line in std::str::from_utf8(section).map_err(|_| damaged)?.lines() {
        let (names, site) = line.split_once(' ').ok_or(damaged)?;
        if names.split(',').any(|own| own.eq_ignore_ascii_case(host)) {
            found = Some(site);
            break;
        }
        if names.split(',').any(|own| own.strip_prefix(ANYWHERE) == Some(chosen)) {
            found = Some(site);
        }
    }
    let mut site: Option<Site> = found.map(serde_json::from_str).transpose().map_err(|_| damaged)?;
    if let Some(site) = site.as_mut().filter(|site| site.hosts.is_empty()) {
        // What the person chooses here, and of whom they want less, is about this host and no other.
        site.id = host.into();
        site.name = host.into();
    }
    Ok(site)
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
        check("/@*/*", "/@ana@example.social/12", true);
        check("/@*/*", "/@/12", false);
        check("/@*/*", "/settings/profile", false);
        check("/direct/**", "/direct", true);
        check("/direct/**", "/direct/t/12/", true);
        check("/direct/**", "/directory", false);
        check("/**", "/", true);
        check("/**", "/a/b/c", true);
        check("/**/inbox/**", "/inbox", true);
        check("/**/inbox/**", "/u/0/inbox/", true);
        check("/**/inbox/**", "/u/0/inbox/12/a", true);
        check("/**/inbox/**", "/u/0/inboxes/12", false);
        check("/**/a/*/b", "/a/a/a/b", true);
        check("/**/a/*/b", "/a/a/b/b", true);
        check("/**/a/*/b", "/a/b", false);
    }
}
