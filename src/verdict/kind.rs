//! Kinds: what an item can be found to be, and the names by which settings, pages and words know it.
//!
//! What a platform states, and what a person asked for by name, is a variant each, because the judge treats each in its
//! own way. What is noticed in an item's words is one variant over a table that the build makes of `data/reasons`, so
//! that a new kind of signal needs no code. Deliberately in words alone: no number of a kind is ever stored.

use serde::{Deserialize, Serialize};

use super::{Group, Noticed};

/// What an item was found to be. One word an idea; `data/reasons` and `_locales` explain each to people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "&'static str")]
pub enum Kind {
    /// Paid for by an advertiser.
    Sponsored,
    /// Its author says that somebody pays for it.
    Partnership,
    /// Put there by the platform although the person does not follow its author.
    Suggested,
    /// There because of what somebody did whom the person follows.
    Activity,
    /// A row of others, such as short videos or people, that the platform put in between.
    Shelf,
    /// Made with the help of AI, as the platform says.
    Ai,
    /// By an author of whom the person wants to see less.
    Muted,
    /// Holds words of which the person wants to see less.
    Words,
    /// Like a topic of which the person wants to see less.
    Topic,
    /// Noticed in its words; `data/reasons` says what.
    Noticed(Noticed),
}

impl Kind {
    /// All but what is noticed in words.
    const STATED: [Kind; 9] = [
        Kind::Sponsored,
        Kind::Partnership,
        Kind::Suggested,
        Kind::Activity,
        Kind::Shelf,
        Kind::Ai,
        Kind::Muted,
        Kind::Words,
        Kind::Topic,
    ];

    /// The kind of this name; none if there is none.
    pub fn named(name: &str) -> Option<Kind> {
        let stated = Kind::STATED.into_iter().find(|kind| kind.name() == name);
        stated.or_else(|| Noticed::named(name).map(Kind::Noticed))
    }

    /// Its name in stored settings and in the keys of words.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Muted => "muted",
            Kind::Words => "words",
            Kind::Topic => "topic",
            Kind::Noticed(noticed) => noticed.reason().name,
            stated => stated.group().map_or("", Group::name),
        }
    }

    /// The group that it belongs to; none for what the person asked for by name, which is done as they asked.
    pub fn group(self) -> Option<Group> {
        Some(match self {
            Kind::Muted | Kind::Words | Kind::Topic => return None,
            Kind::Sponsored => Group::Sponsored,
            Kind::Partnership => Group::Partnership,
            Kind::Suggested => Group::Suggested,
            Kind::Activity => Group::Activity,
            Kind::Shelf => Group::Shelf,
            Kind::Ai => Group::Ai,
            Kind::Noticed(noticed) => noticed.reason().group,
        })
    }
}

impl From<Kind> for &'static str {
    fn from(kind: Kind) -> &'static str {
        kind.name()
    }
}

impl TryFrom<String> for Kind {
    type Error = &'static str;

    fn try_from(name: String) -> Result<Kind, &'static str> {
        Kind::named(&name).ok_or("no kind has this name")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_kind_is_stored_by_its_name_alone() {
        let noticed = (0..Noticed::COUNT).filter_map(Noticed::at).map(Kind::Noticed);
        for kind in Kind::STATED.into_iter().chain(noticed) {
            assert!(!kind.name().is_empty(), "{kind:?}");
            assert_eq!(serde_json::to_value(kind).ok(), Some(json!(kind.name())));
            assert_eq!(serde_json::from_value(json!(kind.name())).ok(), Some(kind));
        }
        for nonsense in [json!("no-kind"), json!(""), json!(3), json!(null)] {
            assert!(serde_json::from_value::<Kind>(nonsense.clone()).is_err(), "{nonsense}");
        }
    }
}
