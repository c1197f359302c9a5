//! Newer texts of shipped lists, between two releases: judged, put in place of the old, and what then changes in the
//! browser's rules.
//!
//! It is asked on the person's machine, when they had newer texts fetched, and makes everything from three inputs: what
//! was shipped, what was fetched, and the person's own lists. A text that is not sound is refused alone, and the shipped
//! one stays in its place. If the browser could not hold the difference, the whole is refused: half an update is neither
//! the old lists nor the new ones.
//!
//! What it deliberately does not do: fetch or store, or tell the browser.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::anew::{self, Anew};
use super::home::Home;
use super::{ListText, Lists, TRUTHS};
use crate::api::protection::Sets;
use crate::pack::{self, Pack, PackError};
use crate::trackers::dnr::{self, DnrRule};
use crate::trackers::list::List;
use crate::trackers::update::{Load, difference, patch, sound};

/// A text that was fetched.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Fetched {
    /// Where from: the address of a shipped list's home.
    pub address: String,
    /// All of it.
    pub text: String,
}

/// Everything that shipped, fetched and own lists become.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// The packs, and what became of the person's own lists.
    pub anew: Anew,
    /// What has to change in a browser that has the shipped rules; nothing if it has none of them.
    pub changes: Vec<Change>,
    /// What is used of what was fetched.
    pub used: Vec<Used>,
    /// What is not.
    pub refused: Vec<NotUsed>,
}

/// What changes in one set of lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The set: its rules are added while it is on.
    pub set: String,
    /// Static rules to switch off (`updateStaticRules`), by the file that they are of.
    pub disable: BTreeMap<String, Vec<u32>>,
    /// Rules to add (`updateDynamicRules`).
    pub add: Vec<DnrRule>,
}

/// A text that is used.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Used {
    /// Where from.
    pub address: String,
    /// Which version it says it is; may be empty.
    pub version: String,
    /// How many rules it has.
    pub rules: usize,
    /// For how many hours it says that it is new.
    pub expires: Option<u32>,
    /// Where it says that its next patch will be; may be empty.
    pub patch: String,
}

/// A text that is not used.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NotUsed {
    /// Where from.
    pub address: String,
    /// Why not.
    pub reason: String,
}

/// The homes of the shipped lists that have one.
///
/// # Errors
/// Says what is wrong with the pack.
pub fn homes(background: &[u8]) -> Result<Vec<Home>, PackError> {
    Home::all(&Pack::open(background)?)
}

/// A text with a patch applied that was fetched from where the text says.
///
/// # Errors
/// The reason why the text is to be fetched whole instead.
pub fn patched(text: &str, patches: &str, name: &str) -> Result<String, String> {
    patch::apply(text, patches, name)
}

/// Makes the packs anew. `declares` says whether the browser has the shipped rules and is to be told what changes.
///
/// # Errors
/// What is wrong with the packs, or too much for the browser.
pub fn make(
    background: &[u8],
    texts: &[u8],
    fetched: &[Fetched],
    own: Vec<ListText>,
    declares: bool,
) -> Result<Made, String> {
    let words = |error: PackError| error.to_string();
    let mut made = Made::default();
    if fetched.is_empty() {
        made.anew = anew::make(background, texts, own).map_err(words)?;
    } else {
        let opened = Pack::open(background).map_err(words)?;
        let homes = Home::all(&opened).map_err(words)?;
        let shipped = anew::shipped(background, texts).map_err(words)?;
        let (old, _) = Lists::read(shipped.clone());
        let (mut newest, mut new) = (shipped, old.lists.clone());
        for it in fetched {
            match judged(it, &homes, &old) {
                Ok((used, lists)) => {
                    made.used.push(used);
                    for (i, text, list) in lists {
                        (newest[i].text, new[i]) = (text, list);
                    }
                }
                Err(reason) => made.refused.push(NotUsed { address: it.address.clone(), reason }),
            }
        }
        if declares {
            let has_stand_in = anew::stand_ins(&opened).map_err(words)?;
            made.changes = changes(&old.lists, &new, &Sets::open(&opened).map_err(words)?, has_stand_in);
        }
        let newest = Lists { texts: newest, ..Lists::default() };
        let texts = pack::write(&[newest.text_section()]);
        made.anew = anew::make(background, &texts, own).map_err(words)?;
    }
    if declares {
        load(&made).within(Load::CHROME)?;
    }
    Ok(made)
}

/// What a text becomes: the shipped lists that it is in place of, each with its number.
type Judged = (Used, Vec<(usize, String, List)>);

/// A text is one list or several, and all of them must be sound.
fn judged(it: &Fetched, homes: &[Home], old: &Lists) -> Result<Judged, String> {
    let mut lists = Vec::new();
    for home in homes.iter().filter(|home| home.address == it.address) {
        let i = old.lists.iter().position(|list| list.name == home.id).ok_or("no such list was shipped")?;
        let text = home.part.of(&it.text);
        let list = sound(&home.id, &text, &TRUTHS, Some(&old.lists[i]))?;
        lists.push((i, text, list));
    }
    let about = lists.first().map(|(_, _, list)| list.about.clone()).ok_or("no shipped list comes from there")?;
    let used = Used {
        address: it.address.clone(),
        version: about.version,
        rules: lists.iter().map(|(_, _, list)| list.rules.len()).sum(),
        expires: about.expires,
        patch: about.diff_path,
    };
    Ok((used, lists))
}

/// What differs in each set that holds a list that differs.
fn changes(old: &[List], new: &[List], sets: &Sets<'_>, stand_in: impl Fn(&str) -> bool) -> Vec<Change> {
    let differ = old.iter().zip(new).filter(|(old, new)| old.rules != new.rules);
    let names: BTreeSet<&str> = differ.filter_map(|(old, _)| sets.of(&old.name)).collect();
    let mut taken = BTreeSet::new();
    let of_set = |set: &str| {
        let rules = |lists: &[List]| {
            let its: Vec<List> = lists.iter().filter(|list| sets.of(&list.name) == Some(set)).cloned().collect();
            dnr::rules(&its, &stand_in).0
        };
        let (old, new) = (rules(old), rules(new));
        let mut change = Change { set: set.to_owned(), ..Change::default() };
        for (file, old, new) in [(set.to_owned(), old.safe, new.safe), (format!("{set}-unsafe"), old.risky, new.risky)]
        {
            let its = difference(&old, &new, &mut taken);
            change.add.extend(its.add);
            if !its.disable.is_empty() {
                change.disable.insert(file, its.disable);
            }
        }
        change
    };
    names.into_iter().map(of_set).collect()
}

/// How much the browser is to hold: what changes, and the rules of the person's own lists.
fn load(made: &Made) -> Load {
    let rules = || made.changes.iter().flat_map(|change| &change.add).chain(&made.anew.rules);
    Load {
        dynamic: rules().count(),
        risky: rules().filter(|rule| !rule.action.is_safe()).count(),
        disabled: made.changes.iter().flat_map(|change| change.disable.values()).map(Vec::len).sum(),
    }
}

#[cfg(test)]
mod tests;
