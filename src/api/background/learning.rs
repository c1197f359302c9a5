//! Learning whom no list knows, while the person wants it: which requests are looked at, and what the person is told.
//!
//! Looked at is what leaves the site and its company, of windows that are known not to be private, where no list speaks
//! of the request, and where the protections do not rest. What is learned of it is [`crate::trackers::learn`]'s.
//!
//! What it deliberately does not do: stop anything. Whom the person wants stopped becomes a rule among their own, whose
//! text is made here; the script adds it and then says that it did.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::known::{Knows, Question};
use super::{Background, Observed, observed};
use crate::trackers::learn::{Header, Learned};

/// What the person, or the script for them, wants of it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "order", rename_all = "kebab-case")]
pub enum LearningOrder {
    /// To be told how things are.
    Tell,
    /// To begin.
    Begin,
    /// To end it, and to have everything forgotten.
    End,
    /// To have forgotten what was seen; whom they leave alone stays left alone.
    Forget,
    /// To leave a party alone.
    Leave {
        /// Its registrable domain.
        party: String,
    },
    /// To have a party looked at again that was left alone.
    TakeBack {
        /// Its registrable domain.
        party: String,
    },
    /// A rule of theirs now stops a party: what was seen of it is no longer needed.
    Blocked {
        /// Its registrable domain.
        party: String,
    },
}

/// What the person is told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Learning {
    /// Whether it is on.
    pub is_on: bool,
    /// How many parties are remembered.
    pub parties: usize,
    /// Who followed them.
    pub proposals: Vec<Proposed>,
    /// Whom they leave alone.
    pub left: Vec<String>,
}

/// A party that followed them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed {
    /// Its registrable domain.
    pub party: String,
    /// Whose it is, if that is known.
    pub company: Option<String>,
    /// What that company does, in a sentence in English; empty if nobody has written one.
    pub says: String,
    /// The rule that stops it.
    pub rule: String,
    /// How it was seen, by site.
    pub seen: Vec<Seen>,
}

/// How a party was seen on a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Seen {
    /// The site.
    pub site: String,
    /// The name of the cookie.
    pub cookie: String,
    /// Whether the party set it; else it was sent to the party.
    pub was_set: bool,
    /// When first (days since 1970, local).
    pub day: i32,
}

/// Takes in what was stored; what cannot be read was not learned.
pub(super) fn read(stored: &str) -> Learned {
    serde_json::from_str(stored).unwrap_or_default()
}

impl<T: Knows> Background<T> {
    /// Carries out an order, and tells how things are then.
    pub fn learning(&mut self, order: LearningOrder) -> Learning {
        match (order, &mut self.learned) {
            (LearningOrder::Begin, learned) => drop(learned.get_or_insert_default()),
            (LearningOrder::End, learned) => *learned = None,
            (LearningOrder::Forget, Some(learned)) => learned.forget_all(),
            (LearningOrder::Leave { party }, Some(learned)) => learned.leave(&party),
            (LearningOrder::TakeBack { party }, Some(learned)) => learned.take_back(&party),
            (LearningOrder::Blocked { party }, Some(learned)) => learned.forget(&party),
            (LearningOrder::Tell, _) | (_, None) => {}
        }
        let Some(learned) = &self.learned else { return Learning::default() };
        let proposals = learned.proposals().into_iter().map(|proposal| Proposed {
            company: self.trackers.owner(&proposal.party).map(str::to_owned),
            says: self.trackers.says(&proposal.party).to_owned(),
            rule: self.rule_against(&proposal.party),
            seen: proposal
                .sites
                .into_iter()
                .map(|(site, it)| Seen { site, cookie: it.cookie, was_set: it.was_set, day: it.day })
                .collect(),
            party: proposal.party,
        });
        let proposals = proposals.collect();
        let left = learned.left().map(str::to_owned).collect();
        Learning { is_on: true, parties: learned.parties(), proposals, left }
    }

    /// Everything that was learned, to be stored; none while nobody learns.
    pub fn learned(&self) -> Option<String> {
        serde_json::to_string(self.learned.as_ref()?).ok()
    }

    /// Learns from a report about cookies. Returns true if and only if something new was learned.
    pub(super) fn learn_from(&mut self, observed: &Observed, zone: i32) -> bool {
        let Observed::Cookies { tab, url, frame, page, kind, at, private, sent, set } = observed else { return false };
        // In doubt a window is private.
        if self.learned.is_none() || *private != Some(false) {
            return false;
        }
        let page = page.as_deref().and_then(|page| self.trackers.place(page)).map(|(host, _)| host);
        let of_worker = || self.trackers.place(frame).map(|(host, _)| host).unwrap_or_default();
        let top = page.unwrap_or_else(|| if *tab < 0 { of_worker() } else { self.shown(*tab).to_owned() });
        let question = Question { url, frame, page: &top, kind, ..Question::default() };
        let site = self.trackers.site(&top);
        // `as` saturates, and no time at all becomes 0.
        if top.is_empty() || self.guard.rests(&site, *at as u64).is_some() || self.trackers.is_listed(question) {
            return false;
        }
        let Some(known) = self.trackers.about(question).filter(|known| known.leaves) else { return false };
        let day = i32::try_from(observed::day(*at, zone)).unwrap_or_default();
        let (trackers, Some(learned)) = (&self.trackers, &mut self.learned) else { return false };
        let headers = [Header::Sent(sent)].into_iter().chain(set.iter().map(|it| Header::Set(it)));
        headers.fold(false, |any, it| learned.saw(&known.site, &site, it, day, |name| trackers.spares(name)) | any)
    }

    /// The rule that stops a party wherever it is not at home.
    fn rule_against(&self, party: &str) -> String {
        let family = self.trackers.owner(party).map(|owner| self.trackers.domains(owner)).unwrap_or_default();
        let sites: BTreeSet<String> = family.iter().map(|domain| self.trackers.site(domain)).collect();
        let others: Vec<String> = sites.iter().filter(|it| *it != party).map(|it| format!("~{it}")).collect();
        let but = if others.is_empty() { String::new() } else { format!(",domain={}", others.join("|")) };
        format!("||{party}^$third-party{but}")
    }
}
