//! A newer text of a list, between two releases: is it sound, and what must change in the browser?
//!
//! The text is compiled on the person's machine by the code that made the shipped rules, and only what differs is handed
//! to the browser: static rules to switch off, and dynamic rules to add. So an update is data, never code, and a rule
//! that did not change is not touched. Whatever looks wrong is refused as a whole, with the reason, and then everything
//! stays as it was: a list that lost its rules on the way is worse than an old one. A text may also come as a patch to
//! the one that is here ([`patch`]).
//!
//! What it deliberately does not do: fetch, store, or ask the browser for anything; texts and rules come in, a
//! difference goes out. It knows no code either: the most that a rule can ask for is a stand-in that the extension ships.

mod difference;
pub mod patch;
mod sha1;

pub use difference::{Difference, Load, NUMBERS, difference};

use super::list::{self, List};

/// The most bytes of a list. EasyList, the largest of ours, has 2.3 million.
const BYTES: usize = 16 << 20;
/// The most lines of a list. EasyList has 78,000.
const LINES: usize = 400_000;
/// One line in so many may be refused: of the 107,000 lines of ours that are rules, not one is.
const REFUSED: usize = 20;
/// That many may be refused in any list, so that a short one of a person's own may hold a few slips.
const SLIPS: usize = 10;

/// Reads a text that came from elsewhere and judges it. `shipped` is what the extension has of this list, if it has any.
///
/// # Errors
/// The reason why it is not used.
pub fn sound(name: &str, text: &str, truths: &[&str], shipped: Option<&List>) -> Result<List, String> {
    if text.len() > BYTES {
        return Err("the list is larger than 16 MB".into());
    }
    if text.lines().count() > LINES {
        return Err("the list has more than 400,000 lines".into());
    }
    let (newest, refusals) = list::read(name, text, truths);
    if newest.rules.is_empty() {
        return Err(refusals.into_iter().next().map_or_else(|| "it holds no rule".into(), |first| first.reason));
    }
    if refusals.len() > SLIPS + newest.rules.len() / REFUSED {
        let (refused, rules) = (refusals.len(), newest.rules.len());
        return Err(format!("{refused} of its lines cannot be read beside {rules} rules: this is no list of ours"));
    }
    let Some(shipped) = shipped else { return Ok(newest) };
    if newest.rules.len() * 2 < shipped.rules.len() {
        return Err(format!("it lost more than half of its rules: {} of {}", newest.rules.len(), shipped.rules.len()));
    }
    let (title, known) = (&newest.about.title, &shipped.about.title);
    if !title.is_empty() && !known.is_empty() && title != known {
        return Err(format!("it is another list: {title:?}, not {known:?}"));
    }
    Ok(newest)
}

#[cfg(test)]
mod tests;
