//! "Something is broken here": finds, by letting companies through on a page, the fewest that it needs.
//!
//! Only the person can see whether a page works, so each step lets some companies through, and the answer decides the
//! next step. It begins with one company and doubles; once the page works it halves back to the first company that
//! made the difference, keeps that one, and looks whether more are needed. If a page that works goes on to work
//! when more is let through, what is kept at the end is the smallest exception there is. The state is a plain value,
//! so that it outlives the popup, which closes with every click on the page.
//!
//! What it deliberately does not do: let anything through by itself. It says what is to be let through, and the
//! background does it for this tab alone.

use serde::{Deserialize, Serialize};

/// A search that is under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mend {
    /// Companies that are known to be needed.
    needed: Vec<String>,
    /// Companies that may be needed, the likeliest first.
    rest: Vec<String>,
    /// So many of the rest are let through now.
    tried: usize,
    /// The smallest number of the rest that is not known to be too few.
    low: usize,
    /// The smallest number of the rest that is known to be enough.
    high: Option<usize>,
}

/// What comes of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Let these through in the tab ([`Mend::through`]), load the page again, and ask again.
    Try(Mend),
    /// These are the fewest that the page needs.
    Keep(Vec<String>),
    /// The page is broken with everything let through: it is not for the want of these companies.
    NotUs,
}

/// Purposes in the order in which stopping them is likely to break a page: what a page is made with first, what only
/// watches last. From what other blockers' exceptions (the unbreak sections of the lists) are for.
const LIKELY: [&str; 9] =
    ["tag-manager", "consent", "cdn", "video", "customer-contact", "social", "fraud", "hosting", "other"];

impl Mend {
    /// Begins with the companies that were stopped on the page, each with the purposes of what was stopped of it; none if
    /// nothing was stopped.
    pub fn begin(stopped: &[(String, Vec<String>)]) -> Option<Mend> {
        let rank = |purpose: &String| LIKELY.iter().position(|it| it == purpose).unwrap_or(LIKELY.len());
        let mut rest: Vec<_> = stopped.iter().collect();
        rest.sort_by_key(|(_, purposes)| purposes.iter().map(rank).min().unwrap_or(LIKELY.len()));
        let rest: Vec<String> = rest.into_iter().map(|(name, _)| name.clone()).collect();
        // That the page is broken with nothing let through is why the person asks.
        (!rest.is_empty()).then_some(Mend { needed: Vec::new(), rest, tried: 1, low: 1, high: None })
    }

    /// The companies that are let through now.
    pub fn through(&self) -> impl Iterator<Item = &str> {
        self.needed.iter().chain(self.rest.iter().take(self.tried)).map(String::as_str)
    }

    /// The page works with what is let through now.
    #[must_use]
    pub fn works(mut self) -> Step {
        self.high = Some(self.tried);
        self.next()
    }

    /// The page is still broken.
    #[must_use]
    pub fn is_broken(mut self) -> Step {
        self.low = self.tried + 1;
        self.next()
    }

    fn next(mut self) -> Step {
        match self.high {
            None if self.tried >= self.rest.len() => return Step::NotUs,
            None => self.tried = (self.tried * 2).min(self.rest.len()),
            // An answer that contradicts an earlier one ends the halving too.
            Some(high) if self.low >= high => {
                let Some(last) = high.checked_sub(1) else { return Step::Keep(self.needed) };
                self.rest.truncate(high);
                self.needed.extend(self.rest.pop());
                if self.rest.is_empty() {
                    return Step::Keep(self.needed);
                }
                (self.tried, self.low, self.high) = (0, 0, Some(last));
            }
            Some(high) => self.tried = usize::midpoint(self.low, high),
        }
        Step::Try(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Plays the person before a page that needs these companies, and counts the steps.
    fn play(count: usize, needs: &[usize]) -> (Step, usize) {
        let stopped: Vec<_> = (0..count).map(|i| (format!("c{i}"), vec!["other".to_owned()])).collect();
        let mut mend = Mend::begin(&stopped).expect("something was stopped");
        for steps in 1.. {
            let through: Vec<&str> = mend.through().collect();
            let works = needs.iter().all(|i| through.contains(&format!("c{i}").as_str()));
            match if works { mend.works() } else { mend.is_broken() } {
                Step::Try(next) => mend = next,
                end => return (end, steps),
            }
        }
        unreachable!("the steps have an end");
    }

    #[test]
    fn the_fewest_are_kept_whatever_the_page_needs() {
        for count in 1..10usize {
            for needs in 1u32..1 << count {
                let needs: Vec<usize> = (0..count).filter(|i| needs >> i & 1 == 1).collect();
                let Step::Keep(mut kept) = play(count, &needs).0 else { panic!("{needs:?} of {count} was not found") };
                kept.sort();
                assert_eq!(kept, needs.iter().map(|i| format!("c{i}")).collect::<Vec<_>>(), "of {count}");
            }
        }
    }

    #[test]
    fn one_of_forty_is_found_in_eleven_steps() {
        let worst = (0..40).map(|i| play(40, &[i]).1).max();
        assert_eq!(worst, Some(11));
    }

    #[test]
    fn what_is_broken_without_us_is_said_to_be() {
        assert_eq!(play(5, &[7]).0, Step::NotUs);
        assert_eq!(Mend::begin(&[]), None);
    }

    #[test]
    fn what_a_page_is_made_with_is_tried_before_what_only_watches() {
        let stopped = [("Watch", "ads"), ("Film", "video"), ("Unknown", ""), ("Tags", "ads tag-manager")];
        let purposes = |words: &str| words.split(' ').map(str::to_owned).collect();
        let mend = Mend::begin(&stopped.map(|(name, words)| (name.to_owned(), purposes(words))));
        assert_eq!(mend.expect("four were stopped").rest, ["Tags", "Film", "Watch", "Unknown"]);
    }
}
