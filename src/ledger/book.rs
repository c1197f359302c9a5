//! The book: sheets as they are read for views, every name once, so that three years of them are summed in one go.
//!
//! A book is made anew for each page that shows it and is never written. Old sheets are of weeks or months: a view shows
//! them as wide as they are, and never pretends to know the day.

use super::packed::{self, Unreadable};
use super::period::Period;
use super::sheet::Sheet;
use super::sighting::Counts;

/// Days from the first (included) to the last (not included), each since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// The first day.
    pub from: u32,
    /// The day after the last.
    pub to: u32,
}

impl Span {
    /// All days.
    pub const ALL: Span = Span { from: 0, to: u32::MAX };

    /// Whether a period lies in it, if only in part.
    pub fn meets(self, period: Period) -> bool {
        let (from, to) = period.days();
        from < self.to && self.from < to
    }
}

/// How wide the bars of a view are. What is kept in wider periods stays as wide as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// A bar a day.
    Day,
    /// A bar a week, from Monday to Sunday.
    Week,
    /// A bar a month. A week that lies in two belongs to the one of its Thursday.
    Month,
    /// A bar a year, with the same rule.
    Year,
}

impl Grain {
    /// The bar to which a period belongs.
    pub fn bar(self, period: Period) -> Span {
        let (from, to) = match (self, period) {
            (Grain::Year, _) => {
                let Period::Month(month) = period.month() else { return Span::ALL };
                let first = month - month % 12;
                (Period::Month(first).days().0, Period::Month(first.saturating_add(11)).days().1)
            }
            (Grain::Month, _) => period.month().days(),
            (Grain::Week, Period::Day(day)) => Period::week_of(day).days(),
            _ => period.days(),
        };
        Span { from, to }
    }
}

/// The number of a name in the book.
pub(super) type Name = usize;

/// One site in one period: its row, with names of the book.
pub(super) type Entry = packed::Numbered;

/// One period.
#[derive(Clone, Debug)]
pub(super) struct Leaf {
    pub(super) period: Period,
    pub(super) entries: Vec<Entry>,
    companies: Vec<(Name, Counts)>,
    /// What became of all requests to companies.
    pub(super) total: Counts,
}

impl Leaf {
    /// Who was met on a site.
    pub(super) fn companies(&self, entry: &Entry) -> &[(Name, Counts)] {
        &self.companies[entry.companies.clone()]
    }
}

/// Sheets with every name once.
#[derive(Clone, Debug, Default)]
pub struct Book {
    names: Vec<String>,
    /// The number of each name and one, about where its checksum says; nothing is 0, and half of it is nothing.
    places: Vec<Name>,
    leaves: Vec<Leaf>,
}

impl Book {
    /// Puts in a sheet of a period.
    pub fn add(&mut self, period: Period, sheet: &Sheet) {
        // What was just written is readable.
        let _ = self.add_packed(period, &packed::pack(sheet), None);
    }

    /// Puts in a sheet as it is stored, without making it first, or of one site in it alone. A period without that site is
    /// put in too: it is kept.
    ///
    /// # Errors
    /// If nothing of it can be read. Of a damaged one what can be read is put in.
    pub fn add_packed(&mut self, period: Period, bytes: &[u8], site: Option<&str>) -> Result<(), Unreadable> {
        let value = match site {
            Some(site) => packed::unpack_site(bytes, site)?,
            None => packed::unpack(bytes)?,
        };
        let numbers: Vec<Name> = value.names.iter().map(|name| self.number(name)).collect();
        let mut leaf = Leaf { period, entries: value.rows, companies: value.companies, total: Counts::default() };
        for (name, counts) in &mut leaf.companies {
            *name = numbers[*name];
            leaf.total.add(counts);
        }
        for entry in &mut leaf.entries {
            entry.site = numbers[entry.site];
            for (name, _) in &mut entry.feeds {
                *name = numbers[*name];
            }
        }
        self.leaves.push(leaf);
        Ok(())
    }

    pub(super) fn name(&self, number: Name) -> String {
        self.word(number).to_owned()
    }

    /// The same, lent.
    pub(super) fn word(&self, number: Name) -> &str {
        self.names.get(number).map(String::as_str).unwrap_or_default()
    }

    pub(super) fn known(&self, name: &str) -> Option<Name> {
        self.places.get(self.place(name))?.checked_sub(1)
    }

    /// How many names there are: all numbers are below.
    pub(super) fn count(&self) -> usize {
        self.names.len()
    }

    /// Where a name stands among the places, or would.
    fn place(&self, name: &str) -> usize {
        let last = self.places.len().wrapping_sub(1);
        let (words, rest) = name.as_bytes().as_chunks();
        let mix = |sum: u64, word: u64| (sum ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
        let sum = words.iter().fold(name.len() as u64, |sum, word| mix(sum, u64::from_le_bytes(*word)));
        let sum = rest.iter().fold(sum, |sum, byte| mix(sum, u64::from(*byte)));
        let mut at = sum as usize & last;
        while self.places.get(at).is_some_and(|number| *number > 0 && self.names[number - 1] != name) {
            at = (at + 1) & last;
        }
        at
    }

    fn number(&mut self, name: &str) -> Name {
        if let Some(number) = self.known(name) {
            return number;
        }
        self.names.push(name.to_owned());
        if self.places.len() < self.names.len() * 2 {
            self.places = vec![0; (self.names.len() * 4).next_power_of_two()];
            for number in 0..self.names.len() {
                let place = self.place(&self.names[number]);
                self.places[place] = number + 1;
            }
        } else {
            let place = self.place(name);
            self.places[place] = self.names.len();
        }
        self.names.len() - 1
    }

    /// The leaves that lie in a span, also those that lie in it only in part.
    pub(super) fn leaves(&self, span: Span) -> impl Iterator<Item = &Leaf> {
        self.leaves.iter().filter(move |leaf| span.meets(leaf.period))
    }

    /// The bars of a span that anything is known of, in the order of time, and each leaf with the number of its bar.
    pub(super) fn bars(&self, span: Span, grain: Grain) -> (Vec<Span>, Vec<(usize, &Leaf)>) {
        let leaves: Vec<(Span, &Leaf)> = self.leaves(span).map(|leaf| (grain.bar(leaf.period), leaf)).collect();
        let mut bars: Vec<Span> = leaves.iter().map(|(bar, _)| *bar).collect();
        bars.sort_unstable();
        bars.dedup();
        let numbered = leaves.into_iter().filter_map(|(bar, leaf)| Some((bars.binary_search(&bar).ok()?, leaf)));
        let numbered = numbered.collect();
        (bars, numbered)
    }
}
