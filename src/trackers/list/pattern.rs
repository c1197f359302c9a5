//! The left half of a line: from foreign pattern syntax to a [`Pattern`].
//!
//! Every spelling of the same idea becomes one form (`||host^`, `||host^*`, a hosts-file line), because the forms decide
//! how fast a rule is found and into how few declarative rules a list fits. A regular expression that is only literal
//! text in slashes becomes that text. Regular expressions are not checked here: what a browser or the shield cannot
//! use, they refuse.

use super::rule::{Pattern, Start};
use crate::url;

/// Longer patterns were never seen in a list, and RE2 and the index have their own limits.
const LONGEST: usize = 4096;

/// Reads a pattern.
///
/// # Errors
/// The reason, for the refusal.
pub(super) fn read(text: &str, match_case: bool) -> Result<Pattern, &'static str> {
    if text.len() > LONGEST {
        return Err("the pattern is longer than 4096 bytes");
    }
    if let Some(inner) = text.strip_prefix('/').and_then(|t| t.strip_suffix('/')).filter(|t| !t.is_empty()) {
        return Ok(literal(inner).map_or_else(
            || Pattern::Regex(inner.to_owned()),
            |body| Pattern::Text { start: Start::Free, end: false, body: fold(&body, match_case) },
        ));
    }
    let (mut start, mut body) = match text.strip_prefix("||") {
        Some(rest) => (Start::Label, rest),
        None => text.strip_prefix('|').map_or((Start::Free, text), |rest| (Start::Address, rest)),
    };
    let mut end = false;
    if let Some(rest) = body.strip_suffix('|') {
        (body, end) = (rest, true);
    }
    if body.starts_with('*') {
        // `||*foo` can begin anywhere from the host on; the lists mean, and every reader takes it as, anywhere.
        (start, body) = (Start::Free, body.trim_start_matches('*'));
    }
    let trailing = body.ends_with('*');
    if trailing {
        (end, body) = (false, body.trim_end_matches('*'));
    }
    if body.is_empty() {
        return Ok(Pattern::Any);
    }
    if start == Start::Label {
        let host_len = body.find(['/', '^', '*', '?', ':', '=', '&', '|']).unwrap_or(body.len());
        let (host, rest) = body.split_at(host_len);
        let host = if host.is_ascii() { host.to_ascii_lowercase() } else { url::to_ascii(host) };
        let closed = rest == "^" && !end;
        if closed && is_host(&host) {
            return Ok(Pattern::Host(host));
        }
        let body = host + &fold(rest, match_case);
        return Ok(Pattern::Text { start, end, body });
    }
    Ok(Pattern::Text { start, end, body: fold(body, match_case) })
}

/// A bare word as hosts files and host lists have it: at least two labels, and a last one that begins with a letter.
/// What begins with `-` or `_` is a pattern: lists have `-ads.gif`.
pub(super) fn is_bare_host(text: &str) -> bool {
    is_host(text)
        && !text.starts_with(['-', '_'])
        && text.contains('.')
        && text.rsplit('.').next().is_some_and(|last| last.len() > 1 && last.starts_with(|c: char| c.is_alphabetic()))
}

/// Returns true if and only if the text is made of a host's letters, with no empty label.
pub(super) fn is_host(text: &str) -> bool {
    text.len() < 256
        && text.split('.').all(|l| !l.is_empty())
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

fn fold(text: &str, match_case: bool) -> String {
    if match_case { text.to_owned() } else { text.to_ascii_lowercase() }
}

/// The text of a regular expression that is nothing but literal text; a letter behind a backslash is never literal.
fn literal(regex: &str) -> Option<String> {
    let mut out = String::new();
    let mut chars = regex.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.push(chars.next().filter(|c| matches!(c, '/' | '.' | '-' | '_' | '=' | '&' | '%'))?),
            '-' | '_' | '=' | '&' | '%' | '/' | ':' | ',' | ';' => out.push(c),
            c if c.is_ascii_alphanumeric() => out.push(c),
            _ => return None,
        }
    }
    Some(out)
}
