//! Lists on their way into the extension: read once, then written as every form in which they are used.
//!
//! One set of lists becomes the sections that [`crate::api::requests::Requests`] opens, the texts in which a rule is
//! shown, declarative rules for the browser, and an account of what became of every line. What it deliberately does not
//! do: choose lists or fetch them; they come in as texts.

use std::collections::BTreeMap;

use super::Section;
use crate::trackers::company::make;
pub use crate::trackers::company::make::Entry as CompanyEntry;
pub use crate::trackers::dnr::{DnrRule, Rules};
use crate::trackers::list::{self, List};
use crate::trackers::{self, Texts, dnr, shield, source};
use crate::url::Suffixes;
use crate::verdict::Refusal;

/// What the lists may ask of us in `!#if`: rules made for the extension whose dialect we read, and for no older manifest.
const TRUTHS: [&str; 2] = ["ext_ublock", "env_mv3"];

/// The text of a list.
#[derive(Clone, Debug, Default)]
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
    lists: Vec<List>,
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

/// Reads and checks our own company files (name, text).
pub fn companies(files: &[(String, String)]) -> (Vec<CompanyEntry>, Vec<Refusal>) {
    let (mut entries, mut refusals) = (Vec::<CompanyEntry>::new(), Vec::new());
    for (name, text) in files {
        match make::read(name, text) {
            Ok(entry) if entries.iter().any(|e| e.name == entry.name) => {
                refusals.push(Refusal::new(name, 0, format!("another file is called {:?} too", entry.name)));
            }
            Ok(entry) => entries.push(entry),
            Err(refusal) => refusals.push(refusal),
        }
    }
    (entries, refusals)
}

/// The declarative rules that take cookies from companies that watch; `spared` are hosts that keep them. Refused is what
/// of third-party-web's JSON (`base`) has not the form we know.
pub fn cookies(suffixes: &str, base: &str, own: &[CompanyEntry], spared: &[String]) -> (Vec<DnrRule>, Vec<Refusal>) {
    let (companies, refusals) = make::entries(base, own);
    let suffixes = Suffixes::write(suffixes);
    let suffixes = Suffixes::open(&suffixes).unwrap_or(Suffixes::none());
    (dnr::cookies(&companies, spared, &suffixes), refusals)
}

impl Lists {
    /// Reads lists, in the order in which their rules are to be known.
    pub fn read(texts: Vec<ListText>) -> (Lists, Vec<Refusal>) {
        let (mut lists, mut unread, mut refusals) = (Vec::new(), Vec::new(), Vec::new());
        for text in &texts {
            let (mut list, refused) = list::read(&text.id, &text.text, &TRUTHS);
            if list.title.is_empty() {
                list.title.clone_from(if text.title.is_empty() { &text.id } else { &text.title });
            }
            lists.push(list);
            unread.push(reasons(&refused));
            refusals.extend(refused);
        }
        (Lists { texts, lists, unread }, refusals)
    }

    /// The sections that [`crate::api::requests::Requests::open`] looks for; refused is what of third-party-web's JSON
    /// (`base`) has not the form we know. `stand_in` says whether the extension ships a file of that name.
    pub fn request_sections(
        &self,
        suffixes: &str,
        base: &str,
        own: &[CompanyEntry],
        stand_in: impl Fn(&str) -> bool,
    ) -> (Vec<Section>, Vec<Refusal>) {
        let (made, refusals) = make::write(base, own);
        let sources = source::write(&self.lists, |name| made.sections.get(name).copied());
        let sections = vec![
            (trackers::SUFFIXES, Suffixes::write(suffixes)),
            (trackers::SHIELD, shield::build(&self.lists, stand_in).0),
            (trackers::COMPANIES, made.bytes),
            (trackers::SOURCES, sources),
        ];
        (sections, refusals)
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
                title: list.title.clone(),
                version: list.version.clone(),
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
