//! Where a rule stands: its list, and the section of the list, which often names the company or the reason.
//!
//! EasyPrivacy keeps some 35,000 disguised hosts (aliases in a shop's own domain that lead to a tracker) in sections
//! named by company, `easyprivacy_specific_cname_adobe` and so on. Keeping a section's first line is enough to say of
//! any of its rules who stands behind it; no byte is kept per host.
//!
//! Layout, in words: lists, sections, where texts begin (in words) and how many bytes they have; per list name, title
//! and version (from, length); per section list, first line, name, company's row + 1.

use serde::Serialize;

use super::RuleRef;
use super::list::List;
use super::shield::Words;

const HEAD: usize = 4;
const LIST: usize = 6;
const SECTION: usize = 5;

/// The list and section that a rule stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Source<'a> {
    /// The list's short name, as the build knows it: `easyprivacy`.
    pub list: &'a str,
    /// The list's title, as it calls itself.
    pub title: &'a str,
    /// The list's version or date; may be empty.
    pub version: &'a str,
    /// The section, may be empty.
    pub section: &'a str,
}

/// Names of lists and sections, read in place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sources<'a> {
    lists: Words<'a>,
    sections: Words<'a>,
    texts: &'a str,
}

impl<'a> Sources<'a> {
    /// `None` if the bytes are shorter than they say.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Sources<'a>> {
        let words = Words(bytes);
        let (lists, sections) =
            ((words.get(0) as usize).checked_mul(LIST)?, (words.get(1) as usize).checked_mul(SECTION)?);
        let from = (words.get(2) as usize).checked_mul(4)?;
        let texts = bytes.get(from..from.checked_add(words.get(3) as usize)?)?;
        Some(Sources {
            lists: words.part(HEAD, lists)?,
            sections: words.part(HEAD + lists, sections)?,
            texts: std::str::from_utf8(texts).ok()?,
        })
    }

    pub(super) fn get(&self, rule: RuleRef) -> Option<Source<'a>> {
        let at = rule.list as usize * LIST;
        if at >= self.lists.len() {
            return None;
        }
        let section = self.section(rule).map_or("", |row| self.text(self.sections, row + 2));
        let text = |i| self.text(self.lists, at + i);
        Some(Source { list: text(0), title: text(2), version: text(4), section })
    }

    /// The lists' short names, in their order.
    pub(super) fn lists(&self) -> impl Iterator<Item = &'a str> {
        let sources = *self;
        (0..sources.lists.len() / LIST).map(move |i| sources.text(sources.lists, i * LIST))
    }

    /// The row of the company that sections of this name are named by.
    pub(super) fn company_of(&self, section: &str) -> Option<u32> {
        let rows = (0..self.sections.len() / SECTION).map(|i| i * SECTION);
        rows.into_iter().find_map(|row| {
            let company = self.sections.get(row + 4).checked_sub(1)?;
            (self.text(self.sections, row + 2) == section).then_some(company)
        })
    }

    /// The row of the company that a rule's section is named by.
    pub(super) fn company(&self, rule: RuleRef) -> Option<u32> {
        self.section(rule).and_then(|row| self.sections.get(row + 4).checked_sub(1))
    }

    /// Where the section of a rule begins among the words: the last that begins before it.
    fn section(&self, rule: RuleRef) -> Option<usize> {
        let (mut from, mut to) = (0, self.sections.len() / SECTION);
        while from < to {
            let middle = (from + to) / 2;
            let at = middle * SECTION;
            if (self.sections.get(at), self.sections.get(at + 1)) <= (rule.list, rule.line) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        let row = from.checked_sub(1)? * SECTION;
        (self.sections.get(row) == rule.list).then_some(row)
    }

    fn text(&self, words: Words<'a>, i: usize) -> &'a str {
        let from = words.get(i) as usize;
        self.texts.get(from..from.saturating_add(words.get(i + 1) as usize)).unwrap_or("")
    }
}

/// Makes the section; `company` says which row of the companies a section of that name belongs to.
pub fn write(lists: &[List], company: impl Fn(&str) -> Option<u32>) -> Vec<u8> {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let mut texts = String::new();
    let mut keep = |text: &str| {
        let from = count(texts.len());
        texts.push_str(text);
        [from, count(text.len())]
    };
    let (mut rows, mut sections) = (Vec::new(), Vec::new());
    for (i, list) in lists.iter().enumerate() {
        rows.extend([&list.name, &list.about.title, &list.about.version].into_iter().flat_map(|t| keep(t)));
        for (line, name) in &list.sections {
            sections.extend([count(i), *line]);
            sections.extend(keep(name));
            sections.push(company(name).map_or(0, |row| row + 1));
        }
    }
    let from = HEAD + rows.len() + sections.len();
    let head = [count(lists.len()), count(sections.len() / SECTION), count(from), count(texts.len())];
    let words = head.into_iter().chain(rows).chain(sections);
    words.flat_map(u32::to_le_bytes).chain(texts.into_bytes()).collect()
}
