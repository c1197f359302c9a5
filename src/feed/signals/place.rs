//! What stands at a place of a text, as programs ask it: a picture or a number, a beginning, an end.
//!
//! It is told from the marks of a token and of its neighbour, but for the words that lead up to an order. What it
//! deliberately does not do: go on from one place to another; `walk.rs` does.

use super::program::{LEADS, Property, UNKNOWN};
use super::walk::Walk;
use crate::text::{Marks, Token};

/// So many words may lead up to an order.
const MOST_LEADS: usize = 5;

impl Walk<'_> {
    /// Whether the token at this place has a property.
    pub(super) fn is(&self, at: usize, property: u16) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        let before = at.checked_sub(1).and_then(|b| self.tokens.get(b)).map(|t| t.marks).unwrap_or_default();
        let is = |wanted: Property| property == wanted as u16;
        let marks = token.marks;
        let picture_or_name = marks.has(Marks::EMOJI | Marks::MENTION | Marks::LINK);
        // Something to be repeated stands out from the words around it: in quotation marks or in capitals.
        let in_quotes = marks.has(Marks::QUOTED) && !before.has(Marks::QUOTED);
        let in_capitals = marks.has(Marks::CAPITALS) && !before.has(Marks::CAPITALS);
        (is(Property::Word) && !picture_or_name)
            || (is(Property::Number) && marks.has(Marks::NUMBER))
            || (is(Property::Said) && !picture_or_name && (in_quotes || in_capitals))
            || (is(Property::Letter) && marks.has(Marks::LETTER))
            || (is(Property::Emoji) && marks.has(Marks::EMOJI))
            || (is(Property::Mention) && marks.has(Marks::MENTION))
            || (is(Property::Link) && marks.has(Marks::LINK))
    }

    /// What is known of the token, or of the place after the last.
    pub(super) fn marks(&self, at: usize) -> Marks {
        self.tokens.get(at).map_or(self.end, |token| token.marks)
    }

    /// As [`Walk::is_led_start`], and remembers the answer.
    pub(super) fn is_led(&self, at: usize, is_comma_enough: bool) -> bool {
        match self.led.get() {
            Some((of, comma, is)) if (of, comma) == (at, is_comma_enough) => is,
            _ => {
                let is = self.is_led_start(at, is_comma_enough);
                self.led.set(Some((at, is_comma_enough, is)));
                is
            }
        }
    }

    /// Whether an order may begin here: at a start, or after a few words that lead up to it ("please", "now").
    fn is_led_start(&self, at: usize, is_comma_enough: bool) -> bool {
        for at in (at.saturating_sub(MOST_LEADS)..=at).rev() {
            if self.is_start(at) || (is_comma_enough && self.marks(at).has(Marks::COMMA)) {
                return true;
            }
            let before = at.checked_sub(1).and_then(|b| self.numbers.get(b)).copied().unwrap_or(UNKNOWN);
            if !self.section.has(LEADS, before) {
                return false;
            }
        }
        false
    }

    /// Whether a sentence, a clause or a line begins with this token, or words begin again behind something else.
    fn is_start(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        let other = Marks::EMOJI | Marks::MENTION | Marks::LINK;
        let before = at.checked_sub(1).and_then(|b| self.tokens.get(b));
        let hashtag_begins = |t: &Token| t.marks.has(Marks::HASHTAG) != token.marks.has(Marks::HASHTAG);
        token.marks.has(Marks::BREAK | Marks::PAUSE) || before.is_none_or(|b| b.marks.has(other) || hashtag_begins(b))
    }

    /// Whether the words of a sentence are at an end before this token.
    pub(super) fn is_end(&self, at: usize) -> bool {
        let other = Marks::BREAK | Marks::PAUSE | Marks::EMOJI | Marks::MENTION | Marks::LINK | Marks::HASHTAG;
        self.tokens.get(at).is_none_or(|token| token.marks.has(other))
    }
}
