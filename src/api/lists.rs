//! Lists on their way into the extension: read once, then written as every form in which they are used.
//!
//! The same code serves the build and the extension on a person's machine ([`anew`]): lists become the shield, the texts
//! in which a rule is shown, declarative rules for the browser, and an account of what became of every line. What it
//! deliberately does not do: choose lists or fetch them; they come in as texts.

pub mod anew;
pub mod home;
pub mod newer;
pub mod parts;

use std::collections::BTreeMap;

use serde::Deserialize;

pub use crate::trackers::dnr::{DnrRule, Rules};
use crate::trackers::list::{self, List};
use crate::trackers::{self, Texts, dnr, shield};
use crate::verdict::Refusal;

/// A section of a pack: its name, and its bytes.
pub type Section = (&'static str, Vec<u8>);

/// What the lists may ask of us in `!#if`: rules made for the extension whose dialect we read, and for no older manifest.
const TRUTHS: [&str; 2] = ["ext_ublock", "env_mv3"];

/// The text of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct ListText {
    /// The short name; answers and refusals carry it.
    pub id: String,
    /// What to call it where its text does not say so itself.
    pub title: String,
    /// All of it.
    pub text: String,
}

/// Some lists, read: what is switched on and off together.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    texts: Vec<ListText>,
    pub(super) lists: Vec<List>,
    unread: Vec<Tally>,
}

/// How often each reason or form was met.
pub type Tally = BTreeMap<String, usize>;

/// What became of the lines of one list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// The list's short name.
    pub id: String,
    /// What it calls itself.
    pub title: String,
    /// Which version it says it is; may be empty.
    pub version: String,
    /// Its rules, by form.
    pub rules: Tally,
    /// Lines that hide elements: not ours.
    pub hiding: u32,
    /// Lines that could not be read, by reason.
    pub unread: Tally,
    /// Rules that the shield has no use for, by reason.
    pub not_in_shield: Tally,
    /// Rules, or parts of them, that cannot be declared, by reason.
    pub not_declared: Tally,
    /// Sizes of what it alone becomes.
    pub sizes: Sizes,
}

/// How large lists become.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sizes {
    /// Bytes of the shield's index.
    pub index: usize,
    /// Declarative rules that block and allow.
    pub safe: usize,
    /// Declarative rules that change.
    pub risky: usize,
}

impl Lists {
    /// Reads lists, in the order in which their rules are to be known.
    pub fn read(texts: Vec<ListText>) -> (Lists, Vec<Refusal>) {
        let (mut lists, mut unread, mut refusals) = (Vec::new(), Vec::new(), Vec::new());
        for text in &texts {
            let (mut list, refused) = list::read(&text.id, &text.text, &TRUTHS);
            if list.about.title.is_empty() {
                list.about.title.clone_from(if text.title.is_empty() { &text.id } else { &text.title });
            }
            lists.push(list);
            unread.push(reasons(&refused));
            refusals.extend(refused);
        }
        (Lists { texts, lists, unread }, refusals)
    }

    /// The section of the texts' own pack, for [`crate::api::requests::Requests::with_texts`].
    pub fn text_section(&self) -> Section {
        let texts: Vec<&str> = self.texts.iter().map(|it| it.text.as_str()).collect();
        (trackers::TEXTS, Texts::write(&texts))
    }

    /// The declarative rules. `stand_in` says whether the extension ships a file of that name.
    pub fn declared(&self, stand_in: impl Fn(&str) -> bool) -> (Rules, Vec<Refusal>) {
        dnr::rules(&self.lists, stand_in)
    }

    /// How large they become together.
    pub fn sizes(&self, stand_in: impl Fn(&str) -> bool) -> Sizes {
        let (rules, _) = dnr::rules(&self.lists, &stand_in);
        Sizes { index: shield::build(&self.lists, stand_in).0.len(), safe: rules.safe.len(), risky: rules.risky.len() }
    }

    /// What became of every line, list by list.
    pub fn account(&self, stand_in: impl Fn(&str) -> bool + Copy) -> Vec<Account> {
        let of_one = |(list, unread): (&List, &Tally)| {
            let one = std::slice::from_ref(list);
            let (index, not_in_shield) = shield::build(one, stand_in);
            let (rules, not_declared) = dnr::rules(one, stand_in);
            Account {
                id: list.name.clone(),
                title: list.about.title.clone(),
                version: list.about.version.clone(),
                rules: tally(list.rules.iter().map(|rule| rule.form())),
                hiding: list.hiding,
                unread: unread.clone(),
                not_in_shield: reasons(&not_in_shield),
                not_declared: reasons(&not_declared),
                sizes: Sizes { index: index.len(), safe: rules.safe.len(), risky: rules.risky.len() },
            }
        };
        self.lists.iter().zip(&self.unread).map(of_one).collect()
    }
}

/// A reason may quote what it refuses; it is counted by kind.
fn reasons(refusals: &[Refusal]) -> Tally {
    tally(refusals.iter().map(|refusal| refusal.reason.split('"').next().unwrap_or("").trim()))
}

fn tally<'t>(of: impl Iterator<Item = &'t str>) -> Tally {
    let mut counts = Tally::new();
    for it in of {
        *counts.entry(it.to_owned()).or_default() += 1;
    }
    counts
}
