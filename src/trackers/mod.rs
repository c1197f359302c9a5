//! Requests: whose they are, which rule speaks, and what is to become of them.
//!
//! List text becomes rules and refusals ([`list`]); rules become two forms of one set: the [`shield`], a binary index
//! that is asked in place, and declarative rules for the browser ([`dnr`]). A [`request`] is what the shield is asked
//! about; [`company`] says whose a host is, and [`source`] where a rule stood. [`Trackers`] is all of that behind one
//! face, opened on a pack.
//!
//! The texts of the lists are not in that pack. The background needs them only when a person asks to see a rule, and
//! they are half as large again as the index: they lie beside it in a pack of their own, which [`Texts`] opens, with
//! the lines that are not ours left blank so that line numbers stay true.
//!
//! What it deliberately does not do: count or remember (that is the ledger), decide what a person sees, or reach
//! anything: lists come in as text, packs as bytes.

mod answer;
mod resource;

pub mod list;

pub mod request;
pub mod shield;

pub mod dnr;

pub mod update;

pub mod company;
pub mod learn;
pub mod source;

pub use self::answer::{Answer, Decision, RuleRef};
use self::company::Companies;
pub use self::company::{Company, Purpose};
pub use self::request::Request;
pub use self::resource::ResourceType;
use self::shield::Shield;
use self::source::{Source, Sources};
use crate::pack::{Pack, PackError};
use crate::url::Suffixes;

/// The section of the pack that holds the public suffixes.
pub const SUFFIXES: &str = "trackers.suffixes";
/// The section of the pack that holds the compiled rules.
pub const SHIELD: &str = "trackers.shield";
/// The section of the pack that holds the companies.
pub const COMPANIES: &str = "trackers.companies";
/// The section of the pack that holds the names of lists and sections.
pub const SOURCES: &str = "trackers.sources";
/// The section of the texts' own pack.
pub const TEXTS: &str = "trackers.texts";

/// Everything that is known about requests; opened once, never changed.
#[derive(Debug)]
pub struct Trackers<'a> {
    suffixes: Suffixes<'a>,
    shield: Shield<'a>,
    companies: Companies<'a>,
    sources: Sources<'a>,
}

impl<'a> Trackers<'a> {
    /// Opens the sections of a pack. Nothing is parsed or copied.
    ///
    /// # Errors
    /// Says which section is missing or does not hold together.
    pub fn open(pack: &Pack<'a>) -> Result<Trackers<'a>, PackError> {
        let suffixes = Suffixes::open(pack.section(SUFFIXES)?).ok_or(PackError::Section(SUFFIXES))?;
        Ok(Trackers {
            suffixes,
            shield: Shield::open(pack.section(SHIELD)?, suffixes).ok_or(PackError::Section(SHIELD))?,
            companies: Companies::open(pack.section(COMPANIES)?).ok_or(PackError::Section(COMPANIES))?,
            sources: Sources::open(pack.section(SOURCES)?).ok_or(PackError::Section(SOURCES))?,
        })
    }

    /// What is to become of a request, and which rules say so.
    pub fn ask(&self, request: &Request<'_>) -> Answer<'a> {
        self.shield.ask(request)
    }

    /// Whose a host is. The longest name that is known wins; where a list's own section names the company behind an
    /// alias (`smetrics.shop.example` is Adobe's), that is what counts.
    pub fn company(&self, host: &str) -> Option<Company<'a>> {
        // A disguise has the longer name, so the walk from the right ends with it.
        let mut best = None;
        for (at, hash) in crate::url::labels(host) {
            let alias = || self.shield.host_rules(&host[at..]).find_map(|rule| self.sources.company(rule));
            best = self.companies.find(hash).or_else(alias).or(best);
        }
        best.and_then(|row| self.companies.get(row))
    }

    /// The company of this name, or else one that belongs to somebody of this name.
    pub fn company_named(&self, name: &str) -> Option<Company<'a>> {
        self.companies.named(name)
    }

    /// The domains of everything an owner has.
    pub fn domains(&self, owner: &str) -> impl Iterator<Item = &'a str> {
        self.companies.domains(owner)
    }

    /// The site of a host: the name that somebody registered.
    pub fn site<'h>(&self, host: &'h str) -> &'h str {
        self.suffixes.domain(host)
    }

    /// Returns true if and only if the two hosts are of different sites.
    pub fn is_third_party(&self, host: &str, page: &str) -> bool {
        self.suffixes.is_third_party(host, page)
    }

    /// In which list and section a rule stands.
    pub fn source(&self, rule: RuleRef) -> Option<Source<'a>> {
        self.sources.get(rule)
    }

    /// The short names of the lists, in the order in which rules number them.
    pub fn lists(&self) -> impl Iterator<Item = &'a str> {
        self.sources.lists()
    }

    /// The row of the company that a list's sections of this name are about.
    pub(crate) fn company_of(&self, section: &str) -> Option<u32> {
        self.sources.company_of(section)
    }

    /// How many rules there are: those that are only a host, and all.
    pub fn sizes(&self) -> (usize, usize) {
        self.shield.sizes()
    }
}

/// The texts of the lists, for showing a rule as its author wrote it.
#[derive(Clone, Debug)]
pub struct Texts<'a> {
    lists: Vec<Vec<&'a str>>,
}

impl<'a> Texts<'a> {
    /// Opens the texts' pack and notes where lines begin, so that a file of questions is not a walk through the lists
    /// for each of them.
    ///
    /// # Errors
    /// Says that the section is missing or is not text.
    pub fn open(pack: &Pack<'a>) -> Result<Texts<'a>, PackError> {
        let text = std::str::from_utf8(pack.section(TEXTS)?).map_err(|_| PackError::Section(TEXTS))?;
        Ok(Texts { lists: text.split('\0').map(|list| list.lines().collect()).collect() })
    }

    /// A rule as it stood in its list.
    pub fn rule_text(&self, rule: RuleRef) -> Option<&'a str> {
        let line = (rule.line as usize).checked_sub(1)?;
        self.lists.get(rule.list as usize)?.get(line).copied().filter(|line| !line.is_empty())
    }

    /// Makes the section from the lists' texts, in the order in which the index was built.
    pub fn write(texts: &[&str]) -> Vec<u8> {
        // A zero parts the lists, and a line that holds one is refused anyway.
        let kept = |line: &&str| list::is_ours(line) && !line.contains('\0');
        let only_ours = |text: &&str| -> String {
            let text = text.strip_prefix('\u{feff}').unwrap_or(text);
            text.lines().map(|line| if kept(&line) { line.trim() } else { "" }).flat_map(|l| [l, "\n"]).collect()
        };
        texts.iter().map(only_ours).collect::<Vec<_>>().join("\0").into_bytes()
    }
}
