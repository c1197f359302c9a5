//! Whose a host is, and what they do with what they learn.
//!
//! The base is third-party-web (MIT), which knows the 3,000 hosts that most of the web's requests go to; a supplement of
//! our own (`data/companies/`) adds who is missing and says in a sentence what a company does. Both are packed by the
//! build ([`make`]) into one table that is read in place. A company is named by what people know it under, and has an
//! owner where it belongs to somebody else: Google owns DoubleClick.
//!
//! What it deliberately does not do: guess. A host nobody has named is nobody's, and is shown as itself.
//!
//! Layout, in words: companies, where texts begin (in words), bytes of texts, rows of [`ROW`] words, the table of hosts.

#[cfg(feature = "authoring")]
pub mod make;

use serde::{Deserialize, Serialize};

use super::shield::{Table, Words};

const HEAD: usize = 3;
/// Name, owner, sentence, home page and domains (from, length), purpose.
const ROW: usize = 11;

/// Who a host belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Company<'a> {
    /// What people know it under.
    pub name: &'a str,
    /// Who owns it; the same name if nobody else does.
    pub owner: &'a str,
    /// What its requests are for.
    pub purpose: Purpose,
    /// What it does, in a sentence for people; empty if nobody has written one.
    pub says: &'a str,
    /// Where it says so itself; may be empty.
    pub homepage: &'a str,
}

/// What a company's requests are for, in plain words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// Sells, chooses or measures advertisements.
    Ads,
    /// Counts visits and watches what people do on a page.
    Analytics,
    /// A social platform, and its buttons on other pages.
    Social,
    /// Loads other companies' scripts.
    TagManager,
    /// Delivers files that many sites use.
    Cdn,
    /// Chats, newsletters, forms: talks to customers.
    CustomerContact,
    /// Plays films.
    Video,
    /// Asks for consent and keeps it.
    Consent,
    /// Tells people from robots, and looks for fraud.
    Fraud,
    /// Watches a site for errors and slowness.
    Monitoring,
    /// Hosts whole sites or shops.
    Hosting,
    /// Anything else.
    #[default]
    Other,
}

impl Purpose {
    /// All of them, in order.
    pub const ALL: [Purpose; 12] = [
        Purpose::Ads,
        Purpose::Analytics,
        Purpose::Social,
        Purpose::TagManager,
        Purpose::Cdn,
        Purpose::CustomerContact,
        Purpose::Video,
        Purpose::Consent,
        Purpose::Fraud,
        Purpose::Monitoring,
        Purpose::Hosting,
        Purpose::Other,
    ];
}

/// All companies, read in place.
#[derive(Clone, Debug)]
pub(super) struct Companies<'a> {
    rows: Words<'a>,
    hosts: Table<'a>,
    texts: &'a str,
}

impl<'a> Companies<'a> {
    /// `None` if the bytes are shorter than they say.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Companies<'a>> {
        let words = Words(bytes);
        let rows = (words.get(0) as usize).checked_mul(ROW)?;
        let from = words.get(1) as usize;
        let texts = bytes.get(from.checked_mul(4)?..)?.get(..words.get(2) as usize)?;
        let table = words.part(HEAD.checked_add(rows)?, from.checked_sub(HEAD.checked_add(rows)?)?)?;
        Some(Companies {
            rows: words.part(HEAD, rows)?,
            hosts: Table::open(table)?,
            texts: std::str::from_utf8(texts).ok()?,
        })
    }

    /// The row of the company that a host of this hash belongs to.
    pub(super) fn find(&self, hash: u64) -> Option<u32> {
        self.hosts.find(hash)
    }

    pub(super) fn get(&self, row: u32) -> Option<Company<'a>> {
        let at = (row as usize).checked_mul(ROW)?;
        let text = |i: usize| self.text(at + i);
        if at >= self.rows.len() {
            return None;
        }
        let purpose = Purpose::ALL.get(self.rows.get(at + 10) as usize).copied().unwrap_or_default();
        Some(Company { name: text(0), owner: text(2), purpose, says: text(4), homepage: text(6) })
    }

    /// The first company of this name, or else the first that belongs to somebody of this name.
    ///
    /// Every row may be looked at: this is for what a person asks, not for every request.
    pub(super) fn named(&self, name: &str) -> Option<Company<'a>> {
        let all = || (0..).map_while(|row| self.get(row));
        all().find(|company| company.name == name).or_else(|| all().find(|company| company.owner == name))
    }

    /// The domains of all companies of an owner. Every row is looked at: this is asked when a person chooses.
    pub(super) fn domains(&self, owner: &str) -> impl Iterator<Item = &'a str> {
        let rows = (0..self.rows.len()).step_by(ROW).filter(move |at| self.text(at + 2) == owner);
        rows.flat_map(|at| self.text(at + 8).split_ascii_whitespace())
    }

    fn text(&self, i: usize) -> &'a str {
        let from = self.rows.get(i) as usize;
        self.texts.get(from..from.saturating_add(self.rows.get(i + 1) as usize)).unwrap_or("")
    }
}
