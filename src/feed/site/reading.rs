//! How a site's file says to read an item: its fields, and the ways to take each from the page or from the wire.
//!
//! A way finds a value and says when it counts. It has no arithmetic and no program: where a platform needs more, several
//! ways stand in order, or, where no single one can be trusted, as votes of several families.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::feed::labels::Label;

/// What can be read of an item. The names are the ones used in site files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// The platform's own id of the item; joins the page with the wire.
    Id,
    /// The author's handle.
    Author,
    /// What the author is called on the page, where the handle may be a number that tells people nothing.
    Name,
    /// The community that it stands in, by the name that people know.
    Community,
    /// The item's headline, where it has one besides its text.
    Title,
    /// What a person wrote over their own text, where that is no headline: what a post in a community is about.
    Heading,
    /// The item's own words.
    Text,
    /// Where an item that links elsewhere leads: an address or a host.
    Link,
    /// Who pays, if it is paid for.
    Advertiser,
    /// There if and only if the item is paid for.
    Sponsored,
    /// There if and only if its author says that somebody pays for it (a paid partnership).
    Partnership,
    /// There if and only if the platform marks the item as a suggestion.
    Suggested,
    /// There if and only if it is shown because of what somebody did whom the person follows; the words that say so.
    Activity,
    /// There if and only if it is a row of others (short videos, people, groups) that the platform put in between.
    Shelf,
    /// There if and only if the platform says that it was made with the help of AI.
    Ai,
    /// Whether the person follows the author: "true", "false", or any other value for true.
    Followed,
    /// There if and only if it is said that the person wrote it, where their handle is not (`me`).
    Own,
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
    /// Page: the attribute to read; "text" for the element's words, "shown" for those of its words that are seen, in
    /// the order in which they are seen, "name" for what it is called to those who listen; empty if its being there is
    /// all.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub attr: String,
    /// Wire: the path from the item to the value, such as `content.(tweet).rest_id` ([`crate::feed::wire::path`]).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub at: String,
    /// Wire, instead of a path: the name of what was asked, one of the rule's `names`.
    #[serde(default, skip_serializing_if = "is_false")]
    pub named: bool,
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
    /// Only if what is left is one of these; sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub is: Vec<String>,
    /// Only if what is left has at least so many characters.
    #[serde(default, skip_serializing_if = "is_none")]
    pub least: usize,
    /// Only if what is left is, in some language, the platforms' word for this (`data/labels`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Label>,
    /// Ways of one family count as one vote; without a name a way is a family of its own.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub family: String,
    /// Where this is known from, or what it is not to be confused with.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// The ways to read each field.
pub type Takes = BTreeMap<Field, Vec<Take>>;

/// How many families must agree before a field counts, where one is not enough.
pub type Votes = BTreeMap<Field, usize>;

/// How items stand in the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dom {
    /// Only on these hosts of the site; empty for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<String>,
    /// Only on these paths of the site; empty for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paths: Vec<String>,
    /// The elements that are items.
    pub item: String,
    /// The part of an item that is faded or folded away, looked for inside it; empty for the item itself. The mark goes
    /// before it. Lists that measure and place their cells want the cell itself left alone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub body: String,
    /// Whether what is folded away is only made flat: lists that ask what is displayed stop loading when nothing is.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub flat: bool,
    /// Whether an item has the height that the page has set and not the one that it needs, as where a film fills the
    /// screen: the mark then lies over the body, and what is folded away leaves its room to the mark.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fixed: bool,
    /// Links that open an item, as a selector, where their address does not hold its id.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub opens: String,
    /// Where this way of building pages is known from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// How many families must agree, where one is not enough.
    #[serde(default, skip_serializing_if = "Votes::is_empty")]
    pub votes: Votes,
    /// Who the person is here: the handle, read in the document and not in an item. Their own items are left alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub me: Vec<Take>,
    /// The ways to read each field.
    pub fields: Takes,
}

/// One kind of data that the platform sends to its own page, in answers, in the page itself, or in both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WireRule {
    /// The paths of the requests that are answered so, `*` for one part of a path.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub paths: Vec<String>,
    /// Who is asked, where that is not the page's own host: hosts, or `*.` and one below which any host may stand. Only
    /// over TLS, and only these; without any, only the page's own origin.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<String>,
    /// Where one path serves everything, messages too: only requests whose body or headers give one of these as the
    /// name of what is asked (`fb_api_req_friendly_name`), or the path's query. Nothing else on such a path is read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// The same data where it stands in the page itself: the script elements, as a selector.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub inline: String,
    /// What stands before the data in such an element, as often as it does; the next value behind it is read and no
    /// other, for such elements may hold messages as well. Empty where the data is all.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub begins: String,
    /// Paths to the items in the answer.
    pub items: Vec<String>,
    /// How many families must agree, where one is not enough.
    #[serde(default, skip_serializing_if = "Votes::is_empty")]
    pub votes: Votes,
    /// Where the page draws items in the order in which they are sent: what may change places before it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Places>,
    /// The ways to read each field.
    pub fields: Takes,
}

/// The places of an answer whose items may change among themselves. What is no item of the rule (a cursor, a module) and
/// what is paid for keeps its place in any case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Places {
    /// Those of the rule's paths to items that may change places. Where a path ends in a list, each within its list;
    /// else among all that it leads to, as in a stream of answers that hold one item each.
    pub items: Vec<String>,
    /// The path to the whole number by which the page draws them, the largest first; it stays with the place. Empty
    /// where they are drawn as they stand.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// Paths to what else belongs to the place and not to the item, such as the mark from which the page asks for more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keep: Vec<String>,
    /// Where this is known from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_none(number: &usize) -> bool {
    *number == 0
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_false(is: &bool) -> bool {
    !is
}

/// The family of the take at `way`: its name, else its place.
pub fn family(take: &Take, way: usize) -> (usize, &str) {
    if take.family.is_empty() { (way, "") } else { (0, &take.family) }
}
