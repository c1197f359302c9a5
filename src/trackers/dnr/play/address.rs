//! Does an address match a `urlFilter` or a `regexFilter`? Written as the documentation tells it, apart from the shield.
//!
//! A `urlFilter` is text with `*` and `^`, tied by `|` at either end or by `||` to a label of the host. The plainest way
//! to match it is tried at every place; only a piece of plain text that it must hold is looked for first, or 4,000 rules
//! would make a question long. What it deliberately does not do: accept what a browser would refuse; that is the
//! compiler's business, and real browsers load what it made.

use regex_lite::{Regex, RegexBuilder};

use super::super::condition::Condition;

/// What an address must look like.
#[derive(Debug)]
pub(super) struct Address {
    start: Start,
    end: bool,
    match_case: bool,
    body: String,
    /// The longest piece of plain text in the body.
    piece: String,
    regex: Option<Option<Regex>>,
}

/// Where the body begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Start {
    Anywhere,
    Address,
    Label,
}

impl Address {
    pub(super) fn new(condition: &Condition) -> Address {
        let match_case = condition.is_url_filter_case_sensitive;
        let text = condition.url_filter.clone().unwrap_or_default();
        let (start, body) = match (text.strip_prefix("||"), text.strip_prefix('|')) {
            (Some(rest), _) => (Start::Label, rest),
            (None, Some(rest)) => (Start::Address, rest),
            _ => (Start::Anywhere, text.as_str()),
        };
        let (body, end) = body.strip_suffix('|').map_or((body, false), |rest| (rest, true));
        let body = if match_case { body.to_owned() } else { body.to_ascii_lowercase() };
        let piece = body.split(['*', '^']).max_by_key(|piece| piece.len()).unwrap_or("").to_owned();
        let compile = |source: &String| RegexBuilder::new(source).case_insensitive(!match_case).build().ok();
        Address { start, end, match_case, body, piece, regex: condition.regex_filter.as_ref().map(compile) }
    }

    /// The host under which alone it can match, if it begins with a whole one.
    pub(super) fn host(&self) -> Option<&str> {
        let end = self.body.find(['/', '^', '?', ':', '*', '|'])?;
        let is_whole = self.start == Start::Label && self.body[end..].starts_with(['/', '^']) && end > 0;
        // A host may end in a dot that no label has.
        is_whole.then(|| self.body[..end].trim_end_matches('.'))
    }

    /// `lower` is the same address in lower case; `host` is where its host stands.
    pub(super) fn matches(&self, url: &str, lower: &str, host: (usize, usize)) -> bool {
        if let Some(regex) = &self.regex {
            return regex.as_ref().is_some_and(|it| it.is_match(url));
        }
        let url = if self.match_case { url } else { lower };
        if !url.contains(&self.piece) {
            return false;
        }
        let bytes = url.as_bytes();
        let body = self.body.as_bytes();
        match self.start {
            Start::Address => here(body, bytes, self.end),
            Start::Anywhere => (0..=bytes.len()).any(|at| here(body, &bytes[at..], self.end)),
            Start::Label => (host.0..host.1)
                .filter(|at| *at == host.0 || bytes[at - 1] == b'.')
                .any(|at| here(body, &bytes[at..], self.end)),
        }
    }
}

/// Returns true if and only if the text begins with the body, and ends with it if it must.
fn here(body: &[u8], text: &[u8], end: bool) -> bool {
    match body.split_first() {
        None => !end || text.is_empty(),
        Some((b'*', rest)) => (0..=text.len()).any(|at| here(rest, &text[at..], end)),
        Some((b'^', rest)) => match text.split_first() {
            // A separator is also the end of the address.
            None => here(rest, text, end),
            Some((b, more)) => !is_word(*b) && here(rest, more, end),
        },
        Some((wanted, rest)) => text.split_first().is_some_and(|(b, more)| b == wanted && here(rest, more, end)),
    }
}

fn is_word(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b"_-.%".contains(&b) || !b.is_ascii()
}
