//! What one company was told of visits to one site: the newest periods each by itself, and all before them together.
//!
//! A request that reached the company may have told it, one that was stopped did not; which of the two it was is in the
//! counts, and what nobody saw is the rest of them. Nothing is said of a period in which they did not meet: that nothing is
//! known is not that nothing was told. It is read off the values as they are stored, and not off a [`super::Book`], which
//! would be kilobytes more in what is loaded at every wake.

use super::book::Span;
use super::packed::unpack;
use super::period::Period;
use super::sighting::Counts;

/// What became of the requests from a site to a company, as a stored value holds it; none if it holds none of them or
/// cannot be read.
pub fn met(bytes: &[u8], site: &str, company: &str) -> Option<Counts> {
    let value = unpack(bytes).ok()?;
    let number = |name: &str| value.names.iter().position(|it| *it == name);
    let (site, company) = (number(site)?, number(company)?);
    let row = value.rows.iter().find(|row| row.site == site)?;
    value.companies(row).iter().find(|(name, _)| *name == company).map(|(_, counts)| *counts)
}

/// The sums by period, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told(Vec<(Period, Counts)>);

/// What a company was told in some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The period, as narrow as it is kept; none for all that lies before the others.
    pub period: Option<Period>,
    /// Its days.
    pub span: Span,
    /// What became of the requests.
    pub counts: Counts,
}

impl Told {
    /// Takes in what was counted in a period. Without a request nobody was told anything: so it is where counts were taken
    /// back.
    pub fn add(&mut self, period: Period, counts: &Counts) {
        if counts.requests == 0 {
            return;
        }
        if let Some((_, sum)) = self.0.iter_mut().find(|(known, _)| *known == period) {
            sum.add(counts);
            return;
        }
        let at = self.0.partition_point(|(known, _)| known.days().1 > period.days().1);
        self.0.insert(at, (period, *counts));
    }

    /// So many periods by themselves, and then the rest together.
    pub fn parts(&self, most: usize) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        for (period, counts) in &self.0 {
            let (from, to) = period.days();
            match parts.get_mut(most) {
                Some(before) => {
                    before.span.from = before.span.from.min(from);
                    before.counts.add(counts);
                }
                None => {
                    let period = (parts.len() < most).then_some(*period);
                    parts.push(Part { period, span: Span { from, to }, counts: *counts });
                }
            }
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::super::packed::pack;
    use super::super::sheet::{Row, Sheet};
    use super::*;

    /// Counts, written as `requests/stopped/others/through`.
    fn counts(text: &str) -> Counts {
        let n: Vec<u32> = text.split('/').map(|number| number.parse().expect("a count is a number")).collect();
        Counts { requests: n[0], stopped: n[1], others: n[2], through: n[3] }
    }

    /// The parts of a diary that is written as `d20780 4/2/0/1`, a period after the other.
    fn parts(diary: &str, most: usize) -> String {
        let mut told = Told::default();
        for line in diary.split(", ") {
            let (period, it) = line.split_once(' ').expect("a period and counts");
            told.add(period.parse().expect("a period"), &counts(it));
        }
        let parts = told.parts(most).into_iter().map(|part| {
            let when = part.period.map_or_else(|| format!("{}-{}", part.span.from, part.span.to), |it| it.to_string());
            let it = part.counts;
            format!("{when} {}/{}/{}/{}", it.requests, it.stopped, it.others, it.through)
        });
        parts.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn the_newest_stand_by_themselves_and_the_rest_is_one() {
        let check = |diary: &str, most: usize, wanted: &str| assert_eq!(parts(diary, most), wanted, "{diary}");
        let diary = "m669 1/1/0/0, w2960 5/0/0/5, d20780 4/2/0/1, d20782 3/1/0/1, m670 7/0/0/7, d20781 1/0/1/0";
        check(diary, 9, "d20782 3/1/0/1, d20781 1/0/1/0, d20780 4/2/0/1, w2960 5/0/0/5, m670 7/0/0/7, m669 1/1/0/0");
        check(diary, 4, "d20782 3/1/0/1, d20781 1/0/1/0, d20780 4/2/0/1, w2960 5/0/0/5, 20362-20423 8/1/0/7");
        // A day of which rows and a sheet are kept is one day, and what was taken back is nothing.
        check("d20780 1/0/0/1, d20780 2/2/0/0", 3, "d20780 3/2/0/1");
        check("d20781 0/0/0/0", 3, "");
    }

    #[test]
    fn of_a_stored_value_only_this_company_on_this_site_is_read() {
        let row = |companies: &[(&str, &str)]| Row {
            companies: companies.iter().map(|(name, it)| ((*name).to_owned(), counts(it))).collect(),
            ..Row::default()
        };
        let sites = [
            ("a.example", row(&[("Loud", "2/1/0/1"), ("Quiet", "9/0/0/9")])),
            ("b.example", row(&[("Quiet", "1/0/0/1")])),
        ];
        let bytes = pack(&Sheet { sites: sites.map(|(site, row)| (site.to_owned(), row)).into() });
        assert_eq!(met(&bytes, "a.example", "Loud"), Some(counts("2/1/0/1")));
        for (site, company) in [("b.example", "Loud"), ("c.example", "Loud"), ("a.example", "Nobody"), ("Loud", "Loud")]
        {
            assert_eq!(met(&bytes, site, company), None, "{company} on {site}");
        }
        assert_eq!(met(&bytes[1..], "a.example", "Loud"), None);
    }
}
