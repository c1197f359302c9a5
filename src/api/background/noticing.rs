//! Learning whom no list knows, while the person wants it: which requests are looked at, and what the person is told.
//!
//! Looked at is what leaves the site and its company, of windows that are known not to be private, where no list speaks
//! of the request, and where the protections do not rest. What is learned of it is [`crate::trackers::learn`]'s.
//!
//! What it deliberately does not do: stop anything. Whom the person wants stopped becomes a rule among their own, whose
//! text is made here; the script adds it and then says that it did.

use std::collections::BTreeSet;

use super::known::{Knows, Question};
use super::learning::{Learning, LearningOrder, Proposed, Seen};
use super::{Background, Observed, observed};
use crate::trackers::learn::Header;

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
