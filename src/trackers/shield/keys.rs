//! The keys by which rules are found: words of an address, and the choice of the best one for a rule.
//!
//! A word is a run of ASCII letters and digits. A rule that needs the whole word `pagead` can only speak of an
//! address that holds it, so it is kept under that word alone and never looked at otherwise. The rarer the word, both
//! among the rules and on the web, the fewer rules are tried in vain.

use super::super::list::{Pattern, Start};
use crate::url::{mix, seed, step};

/// Words that real addresses are full of (seen in more than 1 of 100 of 14,656 requests), each with its share of
/// them in percent: a rule kept under one of these would be tried that often.
const COMMON: [(&str, u32); 66] = [
    ("https", 98),
    ("com", 56),
    ("js", 24),
    ("www", 20),
    ("1", 20),
    ("jpg", 19),
    ("net", 19),
    ("0", 16),
    ("static", 11),
    ("2", 9),
    ("de", 9),
    ("ru", 9),
    ("images", 8),
    ("v", 8),
    ("png", 8),
    ("s", 7),
    ("id", 7),
    ("3", 7),
    ("t", 6),
    ("r", 5),
    ("cdn", 5),
    ("a", 5),
    ("css", 5),
    ("u", 5),
    ("8", 5),
    ("i", 5),
    ("google", 5),
    ("fr", 5),
    ("w", 5),
    ("img", 5),
    ("g", 4),
    ("html", 4),
    ("facebook", 4),
    ("600", 4),
    ("h", 4),
    ("4", 4),
    ("url", 4),
    ("ssl", 4),
    ("assets", 3),
    ("5", 3),
    ("min", 3),
    ("co", 3),
    ("c", 3),
    ("en", 3),
    ("image", 3),
    ("ads", 3),
    ("p", 3),
    ("f", 3),
    ("php", 3),
    ("gif", 3),
    ("d", 3),
    ("sync", 3),
    ("web", 2),
    ("http", 2),
    ("api", 2),
    ("o", 2),
    ("l", 2),
    ("x", 2),
    ("m", 2),
    ("b", 2),
    ("2f", 9),
    ("3a", 9),
    ("2fwww", 6),
    ("3d", 4),
    ("252f", 2),
    ("2c", 2),
];

/// Returns true if and only if the byte belongs to a word.
///
/// `%` does not: the addresses inside addresses (`u=https%3A%2F%2Fa.example%2Fevent.gif`) are where many rules look, and
/// parted at the sign `2Fevent` is a word that such a rule can be kept under.
#[inline(always)]
fn is_word(b: u8) -> bool {
    b.is_ascii_alphanumeric()
}

/// The hashes of all words of an address, in their order.
pub(crate) fn words(text: &[u8]) -> impl Iterator<Item = u64> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < text.len() && !is_word(text[at]) {
            at += 1;
        }
        if at == text.len() {
            return None;
        }
        let mut hash = seed();
        while let Some(b) = text.get(at).copied().filter(|b| is_word(*b)) {
            hash = step(hash, b);
            at += 1;
        }
        Some(mix(hash))
    })
}

/// The words that every address matched by this pattern must hold, and how often (per cent) the web does.
pub(crate) fn needed(pattern: &Pattern) -> Vec<(u64, u32)> {
    match pattern {
        Pattern::Text { start, end, body } => of_text(body.as_bytes(), *start != Start::Free, *end),
        Pattern::Regex(source) => of_text(literal_runs(source).as_bytes(), false, false),
        Pattern::Host(_) | Pattern::Any => Vec::new(),
    }
}

/// The host that a pattern behind `||` names whole: what follows it cannot be part of a host.
pub(crate) fn whole_host(body: &str) -> Option<&str> {
    let end = body.find(['/', '^', '?', ':', '*'])?;
    // Hosts are looked up without the dot that may end them.
    let whole = end > 0 && !body[end..].starts_with('*') && !body[..end].ends_with('.');
    whole.then_some(&body[..end])
}

/// Whole words of a text: bounded on both sides by something that is neither a word's letter nor `*`.
fn of_text(body: &[u8], tied_start: bool, tied_end: bool) -> Vec<(u64, u32)> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < body.len() {
        if !is_word(body[at]) {
            at += 1;
            continue;
        }
        let from = at;
        while at < body.len() && is_word(body[at]) {
            at += 1;
        }
        let open = if from == 0 { tied_start } else { body[from - 1] != b'*' };
        let closed = if at == body.len() { tied_end } else { body[at] != b'*' };
        if open && closed {
            let word = &body[from..at];
            let common = COMMON.iter().find(|(c, _)| c.as_bytes().eq_ignore_ascii_case(word)).map_or(0, |(_, n)| *n);
            out.push((mix(word.iter().fold(seed(), |h, b| step(h, *b))), common));
        }
    }
    out
}

/// The text that a regular expression requires at its outermost level, everything else as `*`. Careful rather than
/// clever: whatever could make a letter optional turns it into `*`, and an alternative at the top gives nothing.
fn literal_runs(source: &str) -> String {
    let mut out: Vec<char> = Vec::new();
    let mut depth = 0u32;
    let mut in_class = false;
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        let literal = match c {
            '\\' => chars.next().filter(|c| !c.is_ascii_alphanumeric() && !in_class && depth == 0),
            _ if in_class => {
                in_class = c != ']';
                None
            }
            '[' => {
                in_class = true;
                None
            }
            '(' => {
                depth += 1;
                None
            }
            ')' => {
                depth = depth.saturating_sub(1);
                None
            }
            '|' if depth == 0 => return String::new(),
            '?' | '*' | '+' | '{' => {
                // The letter before is repeated or optional, and a count is not text.
                out.pop();
                if c == '{' {
                    chars.by_ref().find(|c| *c == '}');
                }
                None
            }
            '.' | '^' | '$' | '|' => None,
            c if depth == 0 => Some(c),
            _ => None,
        };
        out.push(literal.unwrap_or('*'));
    }
    out.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trackers::list;

    fn check(rule: &str, want: &[&str]) {
        let (list, _) = list::read("t", rule, &[]);
        let got: Vec<u64> = needed(&list.rules[0].pattern).into_iter().map(|(hash, _)| hash).collect();
        let want: Vec<u64> = want.iter().flat_map(|w| words(w.as_bytes())).collect();
        assert_eq!(got, want, "{rule}");
    }

    #[test]
    fn rows() {
        check("/ads/*/banner", &["ads"]);
        check("||ads.example/x*y/z.gif|", &["ads", "example", "z", "gif"]);
        check("&ev=PageView&", &["ev", "pageview"]);
        check("foo", &[]);
        check("|https://a", &["https"]);
        check(r"/(https?:\/\/)104\.154\..{100,}/", &["154"]);
        check(r"/\/[0-9a-f]{32}\/invoke\.js/", &["invoke"]);
        check(r"/^https?:\/\/(a|b)\.x?yz\.(c|d)\//", &[]);
        check(r"/-(a|b)-|\.c\./", &[]);
        check(r"/\d{3}\.ab+\.cd\./", &["cd"]);
    }
}
