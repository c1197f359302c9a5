//! The names behind names: a shop's `metrics.shop.example` may be another company's host under a borrowed name.
//!
//! Only a resolver knows, and only one browser lets an extension ask it. What it said is kept for a while, a bounded
//! number of names and none of a private window across the background's death, so that a host is asked about once and
//! every later request is answered at once.
//!
//! What it deliberately does not do: ask. The script does, with the host that it is told to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Under which key of `storage.session` they are stored.
pub(super) const NAMES: &str = "names";
/// So many hosts are remembered; a busy day has some hundred first-party hosts.
const KEPT: usize = 1000;
/// So long (ms): the browser does not say how long an answer holds. Trackers change their disguises within days.
const LIFE: u64 = 2 * 60 * 60 * 1000;

/// What is known of the name behind a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Behind<'a> {
    /// It was never asked for, or too long ago.
    NotAsked,
    /// There is none.
    Itself,
    /// This one.
    Name(&'a str),
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Entry {
    /// Empty if there is none.
    name: String,
    until: u64,
    #[serde(skip)]
    private: bool,
}

/// What resolvers said, by host.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    entries: BTreeMap<String, Entry>,
    changed: bool,
}

impl Names {
    /// Takes in what was stored; what cannot be read is asked for again.
    pub(super) fn read(stored: serde_json::Value) -> Names {
        Names { entries: serde_json::from_value(stored).unwrap_or_default(), changed: false }
    }

    /// What is behind a host at a moment.
    pub(super) fn behind(&self, host: &str, now: u64) -> Behind<'_> {
        match self.entries.get(host).filter(|entry| now < entry.until) {
            None => Behind::NotAsked,
            Some(entry) if entry.name.is_empty() || entry.name == host => Behind::Itself,
            Some(entry) => Behind::Name(&entry.name),
        }
    }

    /// Keeps what a resolver said; the empty name is none. The entry that ends first makes room.
    pub(super) fn learn(&mut self, host: &str, name: &str, now: u64, private: bool) {
        if self.entries.len() >= KEPT && !self.entries.contains_key(host) {
            let oldest = self.entries.iter().min_by_key(|(_, entry)| entry.until).map(|(host, _)| host.clone());
            oldest.and_then(|host| self.entries.remove(&host));
        }
        // A resolver may end a name with the root's dot.
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        self.entries.insert(host.to_owned(), Entry { name, until: now.saturating_add(LIFE), private });
        self.changed = true;
    }

    /// What is to be stored, if it changed since it was last asked for.
    pub(super) fn unsaved(&mut self) -> Option<serde_json::Value> {
        if !std::mem::take(&mut self.changed) {
            return None;
        }
        let open: BTreeMap<_, _> = self.entries.iter().filter(|(_, entry)| !entry.private).collect();
        serde_json::to_value(open).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_for_a_while() {
        let mut names = Names::default();
        assert_eq!(names.behind("m.shop.example", 5), Behind::NotAsked);
        names.learn("m.shop.example", "Shop.Tracker.example.", 5, false);
        names.learn("img.shop.example", "", 5, false);
        names.learn("www.shop.example", "www.shop.example", 5, false);
        assert_eq!(names.behind("m.shop.example", 6), Behind::Name("shop.tracker.example"));
        assert_eq!(names.behind("img.shop.example", 6), Behind::Itself);
        assert_eq!(names.behind("www.shop.example", 6), Behind::Itself);
        assert_eq!(names.behind("m.shop.example", 5 + LIFE), Behind::NotAsked);
    }

    #[test]
    fn what_is_stored_is_read_again_and_private_names_are_not_stored() {
        let mut names = Names::default();
        assert_eq!(names.unsaved(), None);
        names.learn("m.shop.example", "t.example", 5, false);
        names.learn("secret.example", "t.example", 5, true);
        let stored = names.unsaved().expect("it changed");
        assert_eq!(names.unsaved(), None);
        let again = Names::read(stored);
        assert_eq!(again.behind("m.shop.example", 6), Behind::Name("t.example"));
        assert_eq!(again.behind("secret.example", 6), Behind::NotAsked);
        assert_eq!(Names::read("damaged".into()).behind("m.shop.example", 6), Behind::NotAsked);
    }

    #[test]
    fn no_more_than_so_many_are_kept() {
        let mut names = Names::default();
        for i in 0..KEPT + 10 {
            names.learn(&format!("h{i}.example"), "", i as u64, false);
        }
        assert_eq!(names.entries.len(), KEPT);
        assert_eq!(names.behind("h9.example", 50), Behind::NotAsked);
        assert_eq!(names.behind("h10.example", 50), Behind::Itself);
    }
}
