//! One request by a page to a company, and what became of it.
//!
//! An outcome has four states, because three would have to lie: a request that the browser reports as blocked while
//! none of our rules speaks was stopped by someone else (another extension, the browser, the page), and a request
//! whose end nobody watched is not seen, which is neither stopped nor let through. This file deliberately does not
//! decide which state holds; `tab` does, from the browser's reports.

use serde::{Deserialize, Serialize};

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Our rule speaks and the browser reports the block.
    Stopped,
    /// The browser reports a block, and none of our rules speaks.
    StoppedByOthers,
    /// The request was made and answered.
    LetThrough,
    /// Nobody saw how it ended: it is still running, or broke off, or the background was not awake.
    NotSeen,
}

/// Who a request is addressed to, as far as is known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// The company's name, or the site of the host where no company is known.
    pub name: String,
    /// What the company does with what it learns, as a word that `_locales` explains; empty if not known.
    pub purpose: String,
}

/// One request by a page to a company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sighting {
    /// Who it was addressed to.
    pub company: Owner,
    /// The host it was addressed to.
    pub host: String,
    /// The site that the person was on.
    pub site: String,
    /// What became of it.
    pub outcome: Outcome,
}

/// How many requests, and how many of them ended in which state. What is missing from the sum is not seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// All requests.
    pub requests: u32,
    /// Those that our rules stopped.
    pub stopped: u32,
    /// Those that someone else stopped.
    pub others: u32,
    /// Those that were let through.
    pub through: u32,
}

impl Counts {
    /// One request more, whose end is not seen yet.
    pub fn begin(&mut self) {
        self.requests = self.requests.saturating_add(1);
    }

    /// The end of a request that was begun before.
    pub fn settle(&mut self, outcome: Outcome) {
        let count = match outcome {
            Outcome::Stopped => &mut self.stopped,
            Outcome::StoppedByOthers => &mut self.others,
            Outcome::LetThrough => &mut self.through,
            Outcome::NotSeen => return,
        };
        *count = count.saturating_add(1);
    }

    /// Requests whose end nobody saw.
    pub fn not_seen(&self) -> u32 {
        self.requests.saturating_sub(self.stopped.saturating_add(self.others).saturating_add(self.through))
    }

    /// Joins each count with the other's.
    pub(super) fn join(&mut self, other: &Counts, with: fn(u32, u32) -> u32) {
        self.requests = with(self.requests, other.requests);
        self.stopped = with(self.stopped, other.stopped);
        self.others = with(self.others, other.others);
        self.through = with(self.through, other.through);
    }

    /// The sum of counts of different requests.
    pub fn add(&mut self, other: &Counts) {
        self.requests = self.requests.saturating_add(other.requests);
        self.stopped = self.stopped.saturating_add(other.stopped);
        self.others = self.others.saturating_add(other.others);
        self.through = self.through.saturating_add(other.through);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_saw_is_the_difference_and_never_below_zero() {
        let mut counts = Counts::default();
        for _ in 0..4 {
            counts.begin();
        }
        for outcome in [Outcome::Stopped, Outcome::StoppedByOthers, Outcome::NotSeen] {
            counts.settle(outcome);
        }
        assert_eq!(counts, Counts { requests: 4, stopped: 1, others: 1, through: 0 });
        assert_eq!(counts.not_seen(), 2);
        // A damaged store must not turn into a huge number.
        assert_eq!(Counts { requests: 1, stopped: 5, others: u32::MAX, through: 0 }.not_seen(), 0);
    }
}
