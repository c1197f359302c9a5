//! The judge: facts and signals of one item, by the person's settings, to a verdict with its evidence.
//!
//! The settings say per group of kinds what is to be done. With de-ranking off, whatever was found is only labelled:
//! people see what an item is before anything is ever taken away. What is not found is shown. The judge deliberately
//! knows no weights and no history yet; each kind speaks for itself, and the strongest act of all wins.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::item::{Item, Said};
use super::signals::Signals;
use crate::verdict::{Act, Evidence, Kind, Verdict};

/// Kinds that people decide on together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// Advertisements.
    Sponsored,
    /// What the platform puts in without being asked.
    Suggested,
    /// What asks for reactions, shares, tags, votes or comments.
    Bait,
}

impl Group {
    /// The group that a kind belongs to.
    pub fn of(kind: Kind) -> Group {
        match kind {
            Kind::Sponsored => Group::Sponsored,
            Kind::Suggested => Group::Suggested,
            Kind::VoteBait | Kind::ReactBait | Kind::ShareBait | Kind::TagBait | Kind::CommentBait => Group::Bait,
        }
    }

    /// What is done with the group while de-ranking is on and the person has not said otherwise.
    pub fn usual_act(self) -> Act {
        match self {
            Group::Sponsored | Group::Suggested => Act::Label,
            Group::Bait => Act::Lower,
        }
    }
}

/// What the person has chosen. Anything missing or unreadable means the gentler choice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Whether de-ranking is on where the site has no choice of its own.
    pub derank: bool,
    /// The choices for single sites, by site id.
    pub sites: BTreeMap<String, SiteSettings>,
    /// What is done with each group.
    pub acts: BTreeMap<Group, Act>,
}

/// What the person has chosen for one site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SiteSettings {
    /// Whether de-ranking is on there.
    pub derank: bool,
}

impl Settings {
    /// True if and only if de-ranking is on for this site.
    pub fn is_deranking(&self, site: &str) -> bool {
        self.sites.get(site).map_or(self.derank, |site| site.derank)
    }

    fn act(&self, site: &str, kind: Kind) -> Act {
        let group = Group::of(kind);
        let act = self.acts.get(&group).copied().unwrap_or(group.usual_act());
        if self.is_deranking(site) { act } else { act.min(Act::Label) }
    }
}

/// What is to be done with an item of `site`, and why. Evidence for a kind that is to be shown stays in the verdict:
/// the receipt tells of it all the same.
pub fn judge(site: &str, item: &Item, signals: &Signals, settings: &Settings) -> Verdict {
    let mut because: Vec<Evidence> = [(Kind::Sponsored, &item.sponsored), (Kind::Suggested, &item.suggested)]
        .into_iter()
        .filter_map(|(kind, said)| said.as_ref().map(|said| stated(kind, said)))
        .collect();
    because.extend(signals.read(&item.text));
    // A platform's own statement comes before what we noticed, the surer before the less sure.
    because.sort_by(|a, b| b.strength.total_cmp(&a.strength).then(a.origin.cmp(&b.origin)).then(a.kind.cmp(&b.kind)));
    let act = because.iter().map(|evidence| settings.act(site, evidence.kind)).max().unwrap_or_default();
    Verdict { act, because }
}

fn stated(kind: Kind, said: &Said) -> Evidence {
    Evidence { kind, strength: 1.0, quote: said.value.clone(), span: None, origin: said.origin, rule: said.field.clone() }
}
