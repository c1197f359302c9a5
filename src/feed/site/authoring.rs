//! Reading, checking and writing site files: what the build and the tests do, and the browser never.
//!
//! A file that cannot be read is refused with its line; one that can is held against everything that would make it fail
//! quietly in a browser. Writing it back is the canonical form.

use super::{ANYWHERE, Dom, Field, Link, Places, Previews, Purpose, Site, Take, Takes, Votes, WireRule, family};
use crate::feed::wire::path::Path;
use crate::url::Url;
use crate::verdict::Refusal;
use std::collections::BTreeSet;

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

/// The section of the pack that holds these sites: a line each, its hosts before it and its id if it may be read on
/// others, so that one is found without reading the others.
pub fn pack(sites: &[Site]) -> Vec<u8> {
    let line = |site: &Site| {
        let anywhere = Some(format!("{ANYWHERE}{}", site.id)).filter(|_| !site.fits.is_empty());
        let names: Vec<&str> = site.hosts.iter().chain(&anywhere).map(String::as_str).collect();
        // The structs are plain maps and lists, which JSON can always express, without a break in the line.
        format!("{} {}\n", names.join(","), serde_json::to_string(&bare(site)).unwrap_or_default())
    };
    sites.iter().map(line).collect::<String>().into_bytes()
}

/// A site without what is told to people who read its file: a browser has no use for it.
fn bare(site: &Site) -> Site {
    let mut site = Site { checked: String::new(), proof: Vec::new(), fits: Vec::new(), ..site.clone() };
    site.source.iter_mut().for_each(|source| source.known.clear());
    site.link.iter_mut().for_each(|link| link.known.clear());
    site.previews.iter_mut().for_each(|previews| previews.known.clear());
    site.why.iter_mut().for_each(|take| take.note.clear());
    for dom in site.dom.iter_mut().chain(&mut site.comment) {
        dom.note.clear();
        dom.me.iter_mut().chain(dom.fields.values_mut().flatten()).for_each(|take| take.note.clear());
    }
    for rule in &mut site.wire {
        rule.fields.values_mut().flatten().for_each(|take| take.note.clear());
    }
    site
}

/// What is wrong with a site that could be read: everything that would make it fail quietly in a browser.
pub fn check(file: &str, site: &Site) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    let mut refuse = |reason: String| refusals.push(Refusal::new(file, 0, reason));
    if file.rsplit('/').next() != Some(&format!("{}.toml", site.id)) {
        refuse(format!("the file of site {:?} must be named {}.toml", site.id, site.id));
    }
    for (what, list) in
        [("hosts", &site.hosts), ("feeds", &site.feeds), ("never", &site.never), ("discovery", &site.discovery)]
    {
        if !list.is_sorted() {
            refuse(format!("{what} must be sorted"));
        }
    }
    if site.hosts.is_empty() && site.fits.is_empty() || site.feeds.is_empty() || site.proof.is_empty() {
        refuse("feeds and proof must not be empty, nor hosts where no sign in the page says what fits".into());
    }
    if !site.fits.is_empty() && !site.wire.is_empty() {
        refuse("the wire is read on hosts that are named alone: a site that fits others has none".into());
    }
    for sign in site.fits.iter().filter(|sign| sign.css.is_empty() || sign.least == 0) {
        refuse(format!("the sign {:?} needs a selector that matches at least once", sign.css));
    }
    if let Some(Previews { within, known }) = &site.previews
        && (within.is_empty() || within.iter().any(String::is_empty) || known.is_empty())
    {
        refuse("previews need what holds them, and who says so".into());
    }
    let is_whole = matches!(site.why.as_slice(), [window, reasons] if !window.note.is_empty() && ![window, reasons].iter().any(|take| take.css.is_empty()));
    if !site.why.is_empty() && !is_whole {
        refuse("why needs the window, with who says so, and the reasons in it".into());
    }
    for path in site.never.iter().filter(|path| path.to_ascii_lowercase() != **path) {
        refuse(format!("never: {path:?} must be in lower case: it is meant in either"));
    }
    for host in &site.hosts {
        if !is_bare_host(host) {
            refuse(format!("{host:?} is not a bare host in lower case"));
        }
    }
    for path in paths(site) {
        if !path.starts_with('/') {
            refuse(format!("the path {path:?} must start with a slash"));
        }
    }
    if site.checked.len() != 10 {
        refuse(format!("checked is {:?}; it must be a day, such as 2026-11-22", site.checked));
    }
    if !site.link.is_sorted_by(|a, b| a.purpose < b.purpose) {
        refuse("links must be sorted by purpose, each once".into());
    }
    for link in site.link.iter().filter(|link| !link.url.starts_with("https://") || link.known.is_empty()) {
        refuse(format!("the link {:?} must be an https address that somebody says is right", link.url));
    }
    site.link.iter().for_each(|link| check_front(site, link, &mut refuse));
    if !site.source.is_sorted_by(|a, b| a.id < b.id) {
        refuse("sources must be sorted by id, each once".into());
    }
    if site.dom.is_empty() {
        refuse("a site needs at least one way in which its pages are built".into());
    }
    site.dom.iter().chain(&site.comment).for_each(|dom| check_dom(site, dom, &mut refuse));
    site.comment.iter().for_each(|dom| check_comment(site, dom, &mut refuse));
    site.wire.iter().for_each(|rule| check_wire(rule, &mut refuse));
    refusals
}

/// Where a front page may lead to another page of the same site, it must not lead to itself.
fn check_front(site: &Site, link: &Link, refuse: &mut impl FnMut(String)) {
    if link.from.is_empty() {
        return;
    }
    let is_ours = Url::parse(&link.url).is_some_and(|url| {
        let is_front = |from: &String| !from.starts_with('/') || from.contains(['?', '#', '*']) || from == url.path();
        site.hosts.iter().any(|host| host == url.host()) && !link.from.iter().any(is_front)
    });
    if !is_ours || link.purpose != Purpose::Following || !link.from.is_sorted() {
        refuse(format!("{:?} is not where front pages of the same site may lead", link.url));
    }
}

fn is_bare_host(host: &str) -> bool {
    !host.is_empty() && !host.contains(['/', ':', '*']) && host.to_lowercase() == host
}

fn paths(site: &Site) -> impl Iterator<Item = &String> {
    let of_parts = site
        .dom
        .iter()
        .chain(&site.comment)
        .flat_map(|dom| &dom.paths)
        .chain(site.wire.iter().flat_map(|rule| &rule.paths));
    site.feeds.iter().chain(&site.never).chain(&site.discovery).chain(of_parts)
}

fn check_dom(site: &Site, dom: &Dom, refuse: &mut impl FnMut(String)) {
    check_takes("dom", &dom.fields, refuse);
    for host in dom.hosts.iter().filter(|host| !site.hosts.contains(host)) {
        refuse(format!("the page on {host:?} is not one of the site's hosts"));
    }
    for take in each(&dom.fields).map(|(_, take)| take).chain(&dom.me) {
        if take.css.is_empty() && take.attr.is_empty() {
            refuse("a way to read the page needs css, attr or both".into());
        }
        if !take.at.is_empty() || take.named {
            refuse(format!("{:?}: `at` and `named` are for the wire; the page has css and attr", take.at));
        }
    }
    check_votes("dom", &dom.votes, &dom.fields, refuse);
}

/// Of comments nothing is asked but whose they are and what they say; and whoever reads them must be known.
fn check_comment(site: &Site, dom: &Dom, refuse: &mut impl FnMut(String)) {
    let asked = [Field::Id, Field::Author, Field::Text];
    let has = |field: &Field| dom.fields.contains_key(field);
    if !asked.iter().all(has) || dom.fields.keys().any(|field| !asked.contains(field) && *field != Field::Own) {
        refuse(
            "comment: its id, author and text must be read, and nothing else can be but that it is the person's".into(),
        );
    }
    let is_told = has(&Field::Own) || site.wire.iter().any(|rule| rule.fields.contains_key(&Field::Own));
    if dom.me.is_empty() && !is_told {
        refuse("comment: nothing says who the person is, whose own comments are left alone".into());
    }
    if dom.paths.is_empty() || dom.fixed || dom.flat || !dom.votes.is_empty() {
        refuse("comment: it needs the paths on which it stands, and is neither fixed nor flat nor voted on".into());
    }
}

fn check_wire(rule: &WireRule, refuse: &mut impl FnMut(String)) {
    check_takes("wire", &rule.fields, refuse);
    if rule.paths.is_empty() && rule.inline.is_empty() {
        refuse("a wire rule needs the paths that are answered so, or where it stands inline".into());
    }
    let is_for_answers = !rule.names.is_empty() || !rule.hosts.is_empty();
    if rule.inline.is_empty() && !rule.begins.is_empty() || rule.paths.is_empty() && is_for_answers {
        refuse("`begins` is for data inline, `names` and `hosts` are for answers".into());
    }
    for host in &rule.hosts {
        let bare = host.strip_prefix("*.").unwrap_or(host);
        // A whole ending such as `*.app` would be everybody's, not the platform's.
        if !is_bare_host(bare) || bare != host && bare.split('.').count() < 2 {
            refuse(format!("{host:?} is neither a bare host nor `*.` and one of at least two parts"));
        }
    }
    check_scanned("items", &rule.items, refuse);
    rule.order.iter().for_each(|places| check_order(rule, places, refuse));
    for (_, take) in each(&rule.fields) {
        if take.at.is_empty() != take.named || !take.css.is_empty() || !take.attr.is_empty() {
            refuse("a way to read the wire needs `at` or `named`, and no css or attr".into());
        }
        if take.named && rule.names.is_empty() {
            refuse("a rule without names has none to read".into());
        }
    }
    check_votes("wire", &rule.votes, &rule.fields, refuse);
}

/// Paths that whole answers are scanned by.
fn check_scanned(what: &str, paths: &[String], refuse: &mut impl FnMut(String)) {
    for path in paths {
        if let Err(reason) = Path::parse(path).and_then(|path| path.only_keys_and_lists()) {
            refuse(format!("{what} {path:?}: {reason}"));
        }
    }
}

fn check_order(rule: &WireRule, places: &Places, refuse: &mut impl FnMut(String)) {
    if rule.paths.is_empty() || places.items.is_empty() {
        refuse("order: only answers can be put in order, and it must say which of their items".into());
    }
    for path in places.items.iter().filter(|path| !rule.items.contains(path)) {
        refuse(format!("order: {path:?} is not one of the rule's paths to items"));
    }
    let is_inside = |inner: &String| places.items.iter().any(|outer| inner != outer && inner.starts_with(outer));
    for path in places.items.iter().filter(|path| is_inside(path)) {
        refuse(format!("order: what {path:?} leads to stands inside another that changes its place"));
    }
    check_scanned("order: keep", &places.keep, refuse);
    let by: Vec<String> = Some(places.by.clone()).filter(|by| !by.is_empty()).into_iter().collect();
    check_scanned("order: by", &by, refuse);
    let all: BTreeSet<&String> = places.keep.iter().chain(&by).collect();
    if all.len() < places.keep.len() + by.len() {
        refuse("order: what stays with the place is named twice".into());
    }
}

fn check_votes(part: &str, votes: &Votes, takes: &Takes, refuse: &mut impl FnMut(String)) {
    for (field, needed) in votes {
        let ways = takes.get(field).map(Vec::as_slice).unwrap_or_default();
        let families: BTreeSet<_> = ways.iter().enumerate().map(|(way, take)| family(take, way)).collect();
        if !(2..=families.len()).contains(needed) {
            refuse(format!("{part}: {field:?} has {} families and cannot need {needed} of them", families.len()));
        }
    }
}

fn check_takes(part: &str, takes: &Takes, refuse: &mut impl FnMut(String)) {
    if !takes.contains_key(&Field::Id) {
        refuse(format!("{part}: without an id the page and the wire cannot be joined"));
    }
    for (field, take) in each(takes) {
        if !take.is.is_sorted() {
            refuse(format!("{part}: {field:?}: what it may be must be sorted"));
        }
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
