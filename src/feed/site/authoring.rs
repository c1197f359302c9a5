//! Reading, checking and writing site files: what the build and the tests do, and the browser never.
//!
//! A file that cannot be read is refused with its line; one that can is held against everything that would make it fail
//! quietly in a browser. Writing it back is the canonical form.

use super::{Field, Site, Take, Takes};
use crate::feed::wire::path::Path;
use crate::verdict::Refusal;

/// Reads a site file; none, and the reason with its line, if it is not one.
pub fn parse(file: &str, text: &str) -> (Option<Site>, Vec<Refusal>) {
    match toml::from_str::<Site>(text) {
        Ok(site) => (Some(site), Vec::new()),
        Err(error) => (None, vec![Refusal::at_byte(file, text, error.span().map(|span| span.start), error.message())]),
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
    for path in site.feeds.iter().chain(&site.discovery).chain(site.wire.iter().flat_map(|rule| &rule.paths)) {
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
        check_takes("wire", &rule.fields, &mut refuse);
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
