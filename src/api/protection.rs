//! What the person has chosen about requests, as it is stored under `protection` in `storage.local`.
//!
//! Popup and background read and write this one value: which protections are switched on everywhere, on which sites all
//! of them rest and until when, and which companies are let through where. It is read like foreign text: what cannot
//! be understood is as if it had not been chosen, and what is not ours to know (a newer version's fields) is written back.
//!
//! What it deliberately does not say: how a choice is carried out, which differs from browser to browser; that is
//! [`plan`]'s, and the background's.

pub mod plan;
pub(super) mod sets;
mod switch;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::settings::Stored;
pub use plan::{Abilities, Plan};
pub use sets::Sets;
pub use switch::Switch;

/// Until when the protections rest on a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// Until the person switches them on again.
    Forever,
    /// Until this time (milliseconds since 1970).
    Until(u64),
}

impl Rest {
    fn lasts(self, now: u64) -> bool {
        match self {
            Rest::Forever => true,
            Rest::Until(end) => now < end,
        }
    }
}

impl Serialize for Rest {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Rest::Forever => to.serialize_str("forever"),
            // A number that JavaScript's own clock gives and takes.
            Rest::Until(end) => to.serialize_u64(*end),
        }
    }
}

impl<'de> Deserialize<'de> for Rest {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Rest, D::Error> {
        match Value::deserialize(from)? {
            Value::String(word) if word == "forever" => Ok(Rest::Forever),
            // A time that was stored by JavaScript may come back as a fraction; `as` saturates.
            Value::Number(end) => Ok(Rest::Until(end.as_f64().unwrap_or_default() as u64)),
            other => Err(serde::de::Error::custom(format!("{other} is no time"))),
        }
    }
}

/// The whole value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "Value")]
pub struct Protection {
    /// The version of this form.
    pub version: u32,
    /// Switches by name that were chosen; the others are as usual.
    switches: BTreeMap<String, Value>,
    /// Choices for one site, by its registrable domain.
    sites: BTreeMap<String, SiteProtection>,
    /// What others store beside.
    #[serde(flatten)]
    rest: Map<String, Value>,
}

/// Choices for one site and everything under it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(from = "Value")]
pub struct SiteProtection {
    /// How long the protections rest here; none if they do not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub off: Option<Rest>,
    /// Companies (owners, as they are counted) whose requests are let through here, and the hosts of theirs that are not
    /// known to be theirs by name: disguises, as they were met on this site.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub companies: BTreeMap<String, BTreeSet<String>>,
    /// What others store beside.
    #[serde(flatten)]
    rest: Map<String, Value>,
}

impl Default for Protection {
    fn default() -> Protection {
        Protection { version: 1, switches: BTreeMap::new(), sites: BTreeMap::new(), rest: Map::new() }
    }
}

/// Reads what was stored; anything that cannot be understood is as usual.
impl From<Value> for Protection {
    fn from(stored: Value) -> Protection {
        let (mut stored, usual) = (Stored::from(stored), Protection::default());
        Protection {
            version: stored.take("version").unwrap_or(usual.version),
            switches: stored.take("switches").unwrap_or(usual.switches),
            sites: stored.take("sites").unwrap_or(usual.sites),
            rest: stored.rest(),
        }
    }
}

/// As [`Protection`] is read.
impl From<Value> for SiteProtection {
    fn from(stored: Value) -> SiteProtection {
        let mut stored = Stored::from(stored);
        SiteProtection {
            off: stored.take("off"),
            companies: stored.take("companies").unwrap_or_default(),
            rest: stored.rest(),
        }
    }
}

impl Protection {
    /// Whether a protection is switched on.
    pub fn is_on(&self, switch: Switch) -> bool {
        self.switches.get(switch.name()).and_then(Value::as_bool).unwrap_or_else(|| switch.is_usual())
    }

    /// Switches a protection on or off everywhere.
    pub fn choose(&mut self, switch: Switch, on: bool) {
        self.switches.insert(switch.name().to_owned(), Value::Bool(on));
    }

    /// How long the protections rest on a site; none if they are at work. `now` in milliseconds since 1970.
    pub fn rests(&self, site: &str, now: u64) -> Option<Rest> {
        self.sites.get(site)?.off.filter(|rest| rest.lasts(now))
    }

    /// Lets all protections rest on a site, or puts them to work again.
    pub fn rest(&mut self, site: &str, rest: Option<Rest>) {
        self.site(site, |choice| choice.off = rest);
    }

    /// Whether a company's requests are let through on a site.
    pub fn lets_through(&self, site: &str, company: &str) -> bool {
        self.sites.get(site).is_some_and(|choice| choice.companies.contains_key(company))
    }

    /// The companies whose requests are let through on a site.
    pub fn companies_through(&self, site: &str) -> impl Iterator<Item = &String> {
        self.sites.get(site).into_iter().flat_map(|choice| choice.companies.keys())
    }

    /// The further hosts under which a company was met that is let through on a site; none if it is not.
    pub fn let_through_as(&self, site: &str, company: &str) -> Option<&BTreeSet<String>> {
        self.sites.get(site)?.companies.get(company)
    }

    /// Lets a company through on a site, or stops it there again.
    pub fn let_through(&mut self, site: &str, company: &str, through: bool) {
        self.site(site, |choice| {
            if through {
                choice.companies.entry(company.to_owned()).or_default();
            } else {
                choice.companies.remove(company);
            }
        });
    }

    /// Says under which other hosts a company that is let through on a site was met there. A browser that stops
    /// requests by declared rules lets through only hosts that are named to it.
    pub fn met_as(&mut self, site: &str, company: &str, hosts: impl IntoIterator<Item = String>) {
        self.site(site, |choice| {
            if let Some(known) = choice.companies.get_mut(company) {
                known.extend(hosts);
            }
        });
    }

    /// The sites for which something was chosen, by name.
    pub fn sites(&self) -> impl Iterator<Item = (&str, &SiteProtection)> {
        self.sites.iter().map(|(site, choice)| (site.as_str(), choice))
    }

    /// When the next rest ends, if one does: the earliest time at which something has to be switched on again.
    pub fn next_end(&self, now: u64) -> Option<u64> {
        let ends = self.sites.values().filter_map(|choice| match choice.off? {
            Rest::Until(end) if now < end => Some(end),
            _ => None,
        });
        ends.min()
    }

    /// Changes a site's choices; a site for which nothing is chosen is not kept.
    fn site(&mut self, site: &str, change: impl FnOnce(&mut SiteProtection)) {
        let choice = self.sites.entry(site.to_owned()).or_default();
        change(choice);
        if *choice == SiteProtection::default() {
            self.sites.remove(site);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const HOUR: u64 = 3_600_000;

    #[test]
    fn nothing_and_nonsense_are_as_usual() {
        let nonsense =
            json!({ "switches": { "ads": "yes" }, "sites": { "a.example": { "off": [], "companies": ["Meta"] } } });
        for stored in [json!(null), json!({}), json!(7), nonsense] {
            let protection = Protection::from(stored.clone());
            assert!(Switch::ALL.into_iter().all(|it| protection.is_on(it) == it.is_usual()), "{stored}");
            assert_eq!(protection.rests("a.example", HOUR), None, "{stored}");
            assert!(!protection.lets_through("a.example", "Meta"), "{stored}");
        }
    }

    #[test]
    fn a_rest_ends_by_itself() {
        let mut protection = Protection::default();
        protection.rest("a.example", Some(Rest::Until(5 * HOUR)));
        protection.rest("b.example", Some(Rest::Until(3 * HOUR)));
        protection.rest("c.example", Some(Rest::Forever));
        assert_eq!(protection.next_end(HOUR), Some(3 * HOUR));
        assert_eq!(protection.next_end(3 * HOUR), Some(5 * HOUR));
        assert_eq!(protection.next_end(5 * HOUR), None);
        assert_eq!(protection.rests("b.example", 3 * HOUR), None);
        assert_eq!(protection.rests("c.example", 9 * HOUR), Some(Rest::Forever));
        protection.rest("c.example", None);
        assert_eq!(protection.rests("c.example", 9 * HOUR), None);
    }

    #[test]
    fn what_was_chosen_is_stored_and_read_again_with_what_others_store() {
        let stored = json!({ "version": 1, "switches": { "ads": true, "later": 3 }, "sites": {
            "a.example": { "off": 1_795_000_000_000_u64, "companies": { "Meta": ["m.a.example"] }, "later": true },
            "b.example": { "off": "forever" } }, "pace": 1 });
        let protection = Protection::from(stored.clone());
        assert!(protection.is_on(Switch::Ads) && protection.lets_through("a.example", "Meta"));
        assert_eq!(serde_json::to_value(&protection).ok(), Some(stored));
    }

    #[test]
    fn a_site_without_choices_is_not_kept() {
        let mut protection = Protection::default();
        protection.met_as("a.example", "Meta", ["m.a.example".to_owned()]);
        assert_eq!(protection, Protection::default());
        protection.let_through("a.example", "Meta", true);
        protection.met_as("a.example", "Meta", ["m.a.example".to_owned()]);
        protection.rest("a.example", Some(Rest::Forever));
        protection.let_through("a.example", "Meta", false);
        assert_eq!(protection.sites().count(), 1);
        protection.rest("a.example", None);
        assert_eq!(protection, Protection::default());
    }
}
