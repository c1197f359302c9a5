//! Which of all rules hold: `badfilter` is obeyed across lists, and doubles are dropped within each.
//!
//! The shield and the declarative rules both begin here, so that they cannot differ about it. Lists are switched on and off one by one, so a rule that two of them hold is kept for each. What a
//! list takes back by `badfilter` stays taken back while that list is off: this is settled here, before anybody asks.

use std::collections::BTreeSet;

use super::{List, Pattern, Rule};

/// The rules that hold, each with the number of its list, in the order of lists and lines. Of rules of one list
/// that say the same the first is kept.
pub fn settle(lists: &[List]) -> Vec<(usize, &Rule)> {
    let bare = |rule: &Rule| Rule { line: 0, badfilter: false, ..rule.clone() };
    let all = || lists.iter().enumerate().flat_map(|(i, list)| list.rules.iter().map(move |rule| (i, rule)));
    let taken_back: BTreeSet<Rule> = all().filter(|(_, r)| r.badfilter).map(|(_, r)| bare(r)).collect();
    // Most rules are none of these: their pattern alone tells, without a copy.
    let patterns: BTreeSet<&Pattern> = taken_back.iter().map(|r| &r.pattern).collect();
    let mut seen = BTreeSet::new();
    all()
        .filter(|(_, rule)| !rule.badfilter)
        .filter(|(_, rule)| !patterns.contains(&rule.pattern) || !taken_back.contains(&bare(rule)))
        .filter(|(list, rule)| seen.insert((*list, bare(rule))))
        .collect()
}
