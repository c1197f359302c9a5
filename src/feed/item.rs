//! An item: what the page shows of it, joined with what the wire said, each fact with where it stood.
//!
//! The content script reads and does not judge: it hands over raw values ([`Seen`]). Here they are cut to size as the
//! site's file says and joined with the wire by id. Where both speak, the wire counts, for it is made of type names and
//! ids; but an advertisement in the page stays one even when the wire knows the same post as an ordinary one as well.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::labels::Labels;
use super::site::{Dom, Field, Site, Source, Take};
use super::wire::path::Path;
use super::wire::{self, Record, Wire};
use crate::verdict::Origin;

/// A line of at most so many characters beside a link is a headline: newspapers and those who copy them cut theirs
/// shorter than that, and what people say about a link is longer, or more than one line.
const LONGEST_HEADLINE: usize = 120;

/// The raw values that the page shows of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// In which of the site's ways (counted from 0) the page is built.
    #[serde(default)]
    pub dom: usize,
    /// The fields that were found, and which of the field's ways found each value: the first, or all that vote.
    pub fields: BTreeMap<Field, Vec<(usize, String)>>,
}

/// Who the page says that the person is: in which of the site's ways it is built, which way found it, and the raw value.
pub type Me = (usize, usize, String);

/// Something that is stated of an item, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The value as it stood.
    pub value: String,
    /// The path or selector that it stood at.
    pub field: String,
    /// Who said it.
    pub origin: Origin,
}

/// One thing that a feed shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The platform's id of it; empty if none was found.
    pub id: String,
    /// The author's handle.
    pub author: Option<String>,
    /// What the author is called, if the site's file says where that stands.
    pub name: Option<String>,
    /// The community that it stands in.
    pub community: Option<String>,
    /// Its words: the headline, if it has one, and the text, a line each.
    pub text: String,
    /// How many bytes of them, from the start, are a headline: its title, or all of a line with a link.
    pub headline: usize,
    /// Where it leads, if it leads elsewhere.
    pub link: Option<Said>,
    /// Who pays.
    pub advertiser: Option<Said>,
    /// That it is paid for.
    pub sponsored: Option<Said>,
    /// That its author says that somebody pays for it.
    pub partnership: Option<Said>,
    /// That the platform suggests it: the person does not follow where it comes from.
    pub suggested: Option<Said>,
    /// That it is here because of what somebody did whom the person follows.
    pub activity: Option<Said>,
    /// That it is a row of others that the platform put in between.
    pub shelf: Option<Said>,
    /// That the platform says it was made with the help of AI.
    pub ai: Option<Said>,
    /// Whether the person wrote it.
    pub own: bool,
    /// Whether the person follows its author.
    pub followed: Option<bool>,
    /// The platform's name for where its recommender found it.
    pub source: Option<Said>,
    /// The reason that the platform states, in its own words.
    pub reason: Option<Said>,
    /// What the platform says of whom it was aimed at.
    pub targeting: Option<Said>,
}

impl Item {
    /// Its author by a name that people know: the handle, too, but for a number of a site that calls people by their names.
    pub fn called(&self, site: &Site) -> Option<&str> {
        let has_names = || site.dom.iter().any(|dom| dom.fields.contains_key(&Field::Name));
        let is_known = |author: &&str| author.contains(|letter: char| !letter.is_ascii_digit()) || !has_names();
        self.name.as_deref().or(self.author.as_deref().filter(is_known))
    }
}

/// The item that the page at `path` shows as `seen` to the person that it calls `me`.
pub fn join(site: &Site, labels: Labels<'_>, wire: &Wire, path: &str, seen: &Seen, me: Option<&Me>) -> Item {
    let shown = site.way(seen.dom).map(|dom| read_shown(dom, labels, seen)).unwrap_or_default();
    let id = shown.get(&Field::Id).map(|said| said.value.clone()).unwrap_or_default();
    let is_ad_here = shown.contains_key(&Field::Sponsored);
    // A post may stand in the feed twice, as itself and paid for. The page says which of the two this is.
    let record = wire.records_of(&id).max_by_key(|record| record.fields.contains_key(&Field::Sponsored) == is_ad_here);
    let is_doubtful = wire.records_of(&id).count() > 1;
    let mut said = shown;
    if let Some(record) = record {
        for (field, value) in said_by_wire(record) {
            // A host is all that some wires tell of a link; the page's whole address says more.
            let is_poorer = field == Field::Link
                && !value.value.contains(['/', '%'])
                && said.get(&field).is_some_and(|shown| shown.value.len() > value.value.len());
            let is_other_post = field == Field::Sponsored && is_doubtful && !is_ad_here;
            if !is_poorer && !is_other_post {
                said.insert(field, value);
            }
        }
    }
    make(site, Some(path), handle(site, labels, me), id, said)
}

/// The item as the wire alone tells it, for the page at `path`, where that is known.
pub fn heard(site: &Site, labels: Labels<'_>, path: Option<&str>, record: &Record, me: Option<&Me>) -> Item {
    let id = record.ids.first().cloned().unwrap_or_default();
    make(site, path, handle(site, labels, me), id, said_by_wire(record).collect())
}

/// The person's own handle, cut to size as the site's file says.
fn handle(site: &Site, labels: Labels<'_>, me: Option<&Me>) -> Option<String> {
    let (dom, way, raw) = me?;
    wire::cut(labels, site.way(*dom)?.me.get(*way)?, raw)
}

fn said_by_wire(record: &Record) -> impl Iterator<Item = (Field, Said)> + '_ {
    record.fields.iter().map(|(field, (value, path))| {
        (*field, Said { value: value.clone(), field: path.clone(), origin: Origin::Wire })
    })
}

fn read_shown(dom: &Dom, labels: Labels<'_>, seen: &Seen) -> BTreeMap<Field, Said> {
    let mut said = BTreeMap::new();
    for (field, values) in &seen.fields {
        // The page core of another version could have asked otherwise: what does not fit is not said.
        let Some(takes) = dom.fields.get(field) else { continue };
        let found = values.iter().filter_map(|(way, raw)| {
            let take = takes.get(*way)?;
            Some((*way, take, wire::cut(labels, take, &inside(take, raw)?)?))
        });
        if let Some((_, take, value)) = wire::agreed(&dom.votes, *field, found) {
            let name = [take.css.as_str(), if take.attr.is_empty() { "" } else { " @" }, &take.attr].concat();
            let origin = if take.label.is_some() { Origin::Label } else { Origin::Attribute };
            said.insert(*field, Said { value, field: name.trim().into(), origin });
        }
    }
    said
}

/// A raw value of the page, or what stands in it at the take's path, if it is JSON.
fn inside<'r>(take: &Take, raw: &'r str) -> Option<Cow<'r, str>> {
    if take.json.is_empty() {
        return Some(Cow::Borrowed(raw));
    }
    let (path, json) = (Path::parse(&take.json).ok()?, serde_json::from_str(raw).ok()?);
    Some(Cow::Owned(path.values(&json).concat()))
}

fn make(site: &Site, path: Option<&str>, me: Option<String>, id: String, mut said: BTreeMap<Field, Said>) -> Item {
    let mut take = |field| said.remove(&field);
    let author = take(Field::Author).map(|said| said.value);
    let title = take(Field::Title).map(|said| said.value);
    let words = [take(Field::Heading), take(Field::Text)].into_iter().flatten().map(|said| said.value);
    let words = words.reduce(|heading, text| [heading, text].join("\n"));
    let link = take(Field::Link);
    let (text, headline) = words_of(title, words, link.is_some());
    let sponsored = take(Field::Sponsored);
    let following = take(Field::Followed);
    let source = take(Field::Source);
    let marked = take(Field::Suggested);
    let followed = following.as_ref().map(|said| said.value != "false");
    let meaning = source.as_ref().and_then(|said| site.source(&said.value));
    let suggested = if sponsored.is_some() || path.is_some_and(|path| site.is_discovery(path)) {
        None
    } else {
        suggested(marked, &source, meaning, following)
    };
    Item {
        partnership: take(Field::Partnership),
        activity: take(Field::Activity),
        shelf: take(Field::Shelf),
        ai: take(Field::Ai),
        own: take(Field::Own).is_some()
            || me.is_some_and(|me| author.as_ref().is_some_and(|author| author.eq_ignore_ascii_case(&me))),
        id,
        author,
        name: take(Field::Name).map(|said| said.value),
        community: take(Field::Community).map(|said| said.value),
        text,
        headline,
        link,
        advertiser: take(Field::Advertiser),
        sponsored,
        suggested,
        followed,
        source,
        reason: take(Field::Reason),
        targeting: take(Field::Targeting),
    }
}

/// An item's words, and how many bytes of them, from the start, are a headline.
pub fn words_of(title: Option<String>, text: Option<String>, has_link: bool) -> (String, usize) {
    let headline = headline(title.as_deref(), text.as_deref().unwrap_or_default(), has_link);
    (title.into_iter().chain(text).collect::<Vec<_>>().join("\n"), headline)
}

/// How many bytes of an item's words are a headline. Without a title, that is a single short line with a link, whether
/// the link is stated or stands in it: on many platforms a headline is shared as a post of its own.
fn headline(title: Option<&str>, text: &str, has_link: bool) -> usize {
    if let Some(title) = title {
        return title.len();
    }
    let is_link = |word: &&str| word.contains("://");
    // Most posts are without: nothing of them is cut into words for that.
    if !has_link && !is_link(&text) {
        return 0;
    }
    let said =
        |line: &str| line.split_whitespace().filter(|word| !is_link(word)).map(|word| word.chars().count()).sum();
    let mut lines = text.lines().map(said).filter(|said| *said > 0);
    let is_short = lines.next().is_some_and(|said: usize| said <= LONGEST_HEADLINE) && lines.next().is_none();
    if is_short { text.len() } else { 0 }
}

/// A mark says it outright; else the meaning of the source decides, and where that does not tell, whether the author is
/// followed. A source that we do not know says nothing by itself.
fn suggested(
    marked: Option<Said>,
    source: &Option<Said>,
    meaning: Option<&Source>,
    following: Option<Said>,
) -> Option<Said> {
    if marked.is_some() {
        return marked;
    }
    match meaning.and_then(|meaning| meaning.followed) {
        Some(true) => None,
        Some(false) => source.clone(),
        None => following.filter(|said| said.value == "false"),
    }
}

#[cfg(test)]
mod tests {
    use super::headline;

    #[test]
    fn a_headline_is_a_title_or_a_short_line_with_a_link() {
        let line = "What happened next will surprise you";
        assert_eq!(headline(Some("A film"), line, false), 6);
        assert_eq!(headline(None, line, true), line.len());
        let beside = format!("{line} https://news.example/1\n\nhttps://news.example/2");
        assert_eq!(headline(None, &beside, false), beside.len());
        for (text, has_link) in [(line, false), ("", true), ("One.\nTwo.", true), (&"word ".repeat(40), true)] {
            assert_eq!(headline(None, text, has_link), 0, "{text}");
        }
    }
}
