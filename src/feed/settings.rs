//! What the person has chosen for feeds, as it is stored under `settings` in `storage.local`.
//!
//! Popup, options and feed reader all read and write this one value. It is read like foreign text: what cannot be
//! understood becomes the default, what is not ours to know (a newer version's fields) is kept and written back. The
//! one rule of meaning stands in [`Settings::act_on`]: with de-ranking off, whatever was found is only labelled.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::level::{Leniency, Level};
use super::own::Own;
use super::stored::Stored;
use crate::verdict::{Act, Group, Kind};

/// The whole value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "Value")]
pub struct Settings {
    /// The version of this form.
    pub version: u32,
    /// Whether feeds are de-ranked on every site that has no choice of its own.
    pub derank: bool,
    /// Choices for one site, by its id.
    pub sites: BTreeMap<String, SiteChoice>,
    /// How much is done with groups for which the person chose nothing.
    #[serde(skip_serializing_if = "is_usual")]
    pub level: Level,
    /// What is done with each group of kinds where the person chose; the others are as the level says.
    pub acts: BTreeMap<String, Value>,
    /// Whether comments that insult are folded.
    #[serde(skip_serializing_if = "is_usual")]
    pub comments: bool,
    /// What the person asked for by name.
    #[serde(skip_serializing_if = "is_usual")]
    pub own: Own,
    /// What others store beside.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

/// Choices for one site.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Value")]
pub struct SiteChoice {
    /// Whether its feed is de-ranked; none means as everywhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub derank: Option<bool>,
    /// Whether only what the person follows is wanted here.
    #[serde(skip_serializing_if = "is_usual")]
    pub followed: bool,
    /// Whether the platform's front page leads to its page of what the person follows.
    #[serde(skip_serializing_if = "is_usual")]
    pub following: bool,
    /// Whether previews stay still until the person plays them.
    #[serde(skip_serializing_if = "is_usual")]
    pub still: bool,
    /// What others store beside.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

impl Default for Settings {
    fn default() -> Settings {
        let (sites, acts) = (BTreeMap::new(), BTreeMap::new());
        let (level, own) = (Level::default(), Own::default());
        Settings { version: 1, derank: false, sites, level, acts, comments: false, own, rest: Map::new() }
    }
}

/// Reads what was stored; anything that cannot be understood is the default.
impl From<Value> for Settings {
    fn from(stored: Value) -> Settings {
        let (mut stored, usual) = (Stored::from(stored), Settings::default());
        Settings {
            version: stored.take("version").unwrap_or(usual.version),
            derank: stored.take("derank").unwrap_or(usual.derank),
            sites: stored.take("sites").unwrap_or(usual.sites),
            level: stored.take("level").and_then(|name: String| Level::named(&name)).unwrap_or_default(),
            acts: stored.take("acts").unwrap_or(usual.acts),
            comments: stored.take("comments").unwrap_or_default(),
            own: stored.take("own").unwrap_or(usual.own),
            rest: stored.rest(),
        }
    }
}

/// As [`Settings`] are read.
impl From<Value> for SiteChoice {
    fn from(stored: Value) -> SiteChoice {
        let mut stored = Stored::from(stored);
        SiteChoice {
            derank: stored.take("derank"),
            followed: stored.take("followed").unwrap_or_default(),
            following: stored.take("following").unwrap_or_default(),
            still: stored.take("still").unwrap_or_default(),
            rest: stored.rest(),
        }
    }
}

impl Settings {
    /// Whether the feed of this site is de-ranked: its own choice, else the one for everywhere.
    pub fn deranks(&self, site: &str) -> bool {
        self.sites.get(site).and_then(|choice| choice.derank).unwrap_or(self.derank)
    }

    /// Chooses for one site. A choice that agrees with everywhere is no choice of its own, so that the switch for
    /// everywhere goes on to reach this site.
    pub fn choose_site(&mut self, site: &str, derank: bool) {
        let everywhere = self.derank;
        self.choose(site, |choice| choice.derank = (derank != everywhere).then_some(derank));
    }

    /// Makes a choice for one site; one that is as usual is forgotten.
    fn choose(&mut self, site: &str, make: impl FnOnce(&mut SiteChoice)) {
        let choice = self.sites.entry(site.to_owned()).or_default();
        make(choice);
        if *choice == SiteChoice::default() {
            self.sites.remove(site);
        }
    }

    /// Whether the person wants only what they follow on this site.
    pub fn wants_followed_only(&self, site: &str) -> bool {
        self.sites.get(site).is_some_and(|choice| choice.followed)
    }

    /// Chooses whether only what the person follows is wanted on this site.
    pub fn choose_followed_only(&mut self, site: &str, followed: bool) {
        self.choose(site, |choice| choice.followed = followed);
    }

    /// Whether this site's front page is to lead to what the person follows.
    pub fn wants_following(&self, site: &str) -> bool {
        self.sites.get(site).is_some_and(|choice| choice.following)
    }

    /// Chooses whether this site's front page leads to what the person follows.
    pub fn choose_following(&mut self, site: &str, following: bool) {
        self.choose(site, |choice| choice.following = following);
    }

    /// Whether this site's previews are to stay still until the person plays them.
    pub fn wants_still(&self, site: &str) -> bool {
        self.sites.get(site).is_some_and(|choice| choice.still)
    }

    /// Chooses whether this site's previews stay still.
    pub fn choose_still(&mut self, site: &str, still: bool) {
        self.choose(site, |choice| choice.still = still);
    }

    /// What the person chose for a group of kinds, if they did.
    pub fn chosen(&self, group: Group) -> Option<Act> {
        self.acts.get(group.name()).and_then(|act| serde_json::from_value(act.clone()).ok())
    }

    /// What is done with a group of kinds where the feed is de-ranked. Where it is not, everything is only labelled.
    pub fn act(&self, group: Group) -> Act {
        self.chosen(group).unwrap_or_else(|| self.level.act(group))
    }

    /// What is done with an item of this kind on this site, for whose words there may be reasons to be lenient.
    pub fn act_on(&self, site: &str, kind: Kind, leniency: Leniency) -> Act {
        let Some(group) = kind.group() else { return Act::Show };
        let act = leniency.soften(self.act(group), self.chosen(group).is_some());
        if self.deranks(site) { act } else { act.min(Act::Label) }
    }

    /// Chooses what is done with a group of kinds; none leaves it to the level.
    pub fn choose_act(&mut self, group: Group, act: Option<Act>) {
        match act {
            Some(act) => self.acts.insert(group.name().to_owned(), word(act)),
            None => self.acts.remove(group.name()),
        };
    }
}

fn is_usual<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

fn word(act: Act) -> Value {
    serde_json::to_value(act).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn nothing_and_nonsense_are_the_defaults() {
        for stored in [
            json!(null),
            json!({}),
            json!(7),
            json!({ "derank": "yes", "sites": 3, "level": "cruel", "acts": { "bait": "burn" } }),
        ] {
            let settings = Settings::from(stored.clone());
            assert!(!settings.deranks("x"), "{stored}");
            let usual = |group| Level::Balanced.act(group);
            assert_eq!(Group::ALL.map(|g| settings.act(g)), Group::ALL.map(usual), "{stored}");
        }
    }

    #[test]
    fn a_site_has_its_own_choice_only_where_it_differs() {
        let mut settings = Settings::default();
        settings.choose_site("x", true);
        assert!(settings.deranks("x") && !settings.deranks("reddit"));
        settings.choose_site("x", false);
        assert_eq!(settings, Settings::default());
        settings.choose_following("x", true);
        assert!(settings.wants_following("x") && !settings.wants_following("reddit"));
        assert_eq!(serde_json::to_value(&settings.sites).ok(), Some(json!({ "x": { "following": true } })));
        settings.choose_following("x", false);
        assert_eq!(settings, Settings::default());
        settings.choose_still("x", true);
        assert!(settings.wants_still("x") && !settings.wants_still("reddit"));
        assert_eq!(serde_json::to_value(&settings.sites).ok(), Some(json!({ "x": { "still": true } })));
        settings.choose_still("x", false);
        assert_eq!(settings, Settings::default());
        settings.derank = true;
        assert!(settings.deranks("x"));
    }

    #[test]
    fn a_choice_of_ones_own_outdoes_the_level() {
        let mut settings = Settings::from(json!({ "derank": true, "level": "strict", "acts": { "bait": "dim" } }));
        assert_eq!([Group::Bait, Group::Headline].map(|g| settings.act(g)), [Act::Dim, Act::Lower]);
        settings.choose_act(Group::Bait, None);
        settings.choose_act(Group::Headline, Some(Act::Show));
        assert_eq!([Group::Bait, Group::Headline].map(|g| settings.act(g)), [Act::Hide, Act::Show]);
        let followed = Leniency { followed: true, ..Leniency::default() };
        let bait = Kind::named("tag-bait").expect("there is tag bait");
        assert_eq!(settings.act_on("x", bait, followed), Act::Lower);
        settings.choose_act(Group::Bait, Some(Act::Hide));
        assert_eq!(settings.act_on("x", bait, followed), Act::Hide);
        settings.choose_site("x", false);
        assert_eq!(settings.act_on("x", bait, Leniency::default()), Act::Label);
    }

    #[test]
    fn what_others_store_is_written_back() {
        let stored = json!({ "version": 1, "derank": true, "level": "gentle", "sites": { "x": { "derank": false, "later": 1 } },
            "acts": { "sponsored": "hide" }, "pace": { "minutes": 20 } });
        let settings = Settings::from(stored.clone());
        assert_eq!(settings.act(Group::Sponsored), Act::Hide);
        assert_eq!(serde_json::to_value(&settings).ok(), Some(stored));
    }
}
