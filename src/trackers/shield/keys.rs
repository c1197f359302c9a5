//! The keys by which rules are found: words of an address, and the choice of the best one for a rule.
//!
//! A word is a run of ASCII letters and digits. A rule that needs the whole word `pagead` can only speak of an
//! address that holds it, so it is kept under that word alone and never looked at otherwise. The rarer the word, both
//! among the rules and on the web, the fewer rules are tried in vain.

use super::super::list::{Pattern, Start};
use crate::url::hash;

/// No address is asked to be longer than this.
const LONGEST: usize = 1 << 16;

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

/// A word that every address matched by a pattern must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) hash: u64,
    /// How many of a hundred addresses hold it.
    pub(super) common: u32,
    /// Where in the pattern's text it stands, if nothing of any length (`*`) stands before it.
    pub(super) place: Option<usize>,
}

/// What a regular expression asks of an address before it is worth trying.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Needs {
    /// A text that must be in it, in lower case; may be empty.
    pub(super) text: String,
    /// So many bytes at least.
    pub(super) shortest: usize,
}

/// Returns true if and only if the byte belongs to a word.
///
/// `%` does not: the addresses inside addresses (`u=https%3A%2F%2Fa.example%2Fevent.gif`) are where many rules look, and
/// parted at the sign `2Fevent` is a word that such a rule can be kept under.
fn is_word(b: u8) -> bool {
    b.is_ascii_alphanumeric()
}

/// The words that every address matched by this pattern must hold.
pub(super) fn needed(pattern: &Pattern) -> Vec<Word> {
    match pattern {
        Pattern::Text { start, end, body } => of_text(body.as_bytes(), *start != Start::Free, *end),
        Pattern::Regex(source) => {
            let words = of_text(literal_runs(source).0.as_bytes(), false, false);
            words.into_iter().map(|word| Word { place: None, ..word }).collect()
        }
        Pattern::Host(_) | Pattern::Any => Vec::new(),
    }
}

/// The words of a name that stands in an address between signs that are no letters.
pub(super) fn of_name(name: &str) -> Vec<Word> {
    of_text(name.as_bytes(), true, true).into_iter().map(|word| Word { place: None, ..word }).collect()
}

/// What a regular expression needs.
pub(super) fn of_regex(source: &str) -> Needs {
    let (runs, shortest) = literal_runs(source);
    let text = runs.split('*').max_by_key(|run| run.len()).unwrap_or("").to_ascii_lowercase();
    Needs { text, shortest }
}

/// The host that a pattern behind `||` names whole: what follows it cannot be part of a host.
pub(super) fn whole_host(body: &str) -> Option<&str> {
    let end = body.find(['/', '^', '?', ':', '*'])?;
    // Hosts are looked up without the dot that may end them.
    let whole = end > 0 && !body[end..].starts_with('*') && !body[..end].ends_with('.');
    whole.then_some(&body[..end])
}

/// Whole words of a text: bounded on both sides by something that is neither a word's letter nor `*`.
fn of_text(body: &[u8], tied_start: bool, tied_end: bool) -> Vec<Word> {
    let mut out = Vec::new();
    let first_star = body.iter().position(|b| *b == b'*').unwrap_or(body.len());
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
            out.push(Word { hash: hash::of(word), common, place: Some(from).filter(|from| *from < first_star) });
        }
    }
    out
}

/// The text that a regular expression requires at its outermost level, everything else as `*`, and how many bytes it
/// needs at least. Careful rather than clever: whatever could make a letter optional turns it into `*`, a group counts
/// for nothing, and an alternative at the top or what is not understood gives nothing.
fn literal_runs(source: &str) -> (String, usize) {
    let nothing = || (String::new(), 0);
    let mut out: Vec<char> = Vec::new();
    let (mut depth, mut shortest) = (0u32, 0usize);
    // So many bytes has what a count behind it would repeat.
    let mut unit = 0;
    let mut chars = source.chars().peekable();
    while let Some(c) = chars.next() {
        let (literal, bytes) = match c {
            '\\' => match chars.next() {
                Some('d' | 'D' | 'w' | 'W' | 's' | 'S') => (None, 1),
                Some('b' | 'B') => (None, 0),
                Some(c) if !c.is_ascii_alphanumeric() => (Some(c), 1),
                _ => return nothing(),
            },
            '[' => {
                chars.next_if_eq(&'^');
                chars.next_if_eq(&']');
                loop {
                    match chars.next() {
                        Some(']') => break,
                        Some('\\') => drop(chars.next()),
                        Some('[') | None => return nothing(),
                        Some(_) => {}
                    }
                }
                (None, 1)
            }
            '(' => {
                depth += 1;
                (None, 0)
            }
            ')' => {
                depth = depth.saturating_sub(1);
                (None, 0)
            }
            '|' if depth == 0 => return nothing(),
            '?' | '*' | '+' | '{' => {
                // The letter before is repeated or optional, and a count is not text.
                out.pop();
                let mut least = usize::from(c == '+');
                if c == '{' {
                    let count: String = chars.by_ref().take_while(|c| *c != '}').collect();
                    least = count.split(',').next().and_then(|n| n.trim().parse().ok()).unwrap_or(0);
                }
                shortest = (shortest + unit * least.min(LONGEST)).saturating_sub(unit);
                (None, 0)
            }
            '.' => (None, 1),
            '^' | '$' | '|' => (None, 0),
            c => (Some(c), 1),
        };
        unit = if depth == 0 { bytes } else { 0 };
        shortest += unit;
        out.push(literal.filter(|_| depth == 0).unwrap_or('*'));
    }
    (out.into_iter().collect(), shortest.min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trackers::list;
    use crate::url::hash::Folded;

    fn check(rule: &str, want: &[&str]) {
        let (list, _) = list::read("t", rule, &[]);
        let got: Vec<u64> = needed(&list.rules[0].pattern).into_iter().map(|word| word.hash).collect();
        let mut hashes = Vec::new();
        let mut folded = Folded::default();
        for word in want {
            folded.fill(word.as_bytes());
            folded.words(|hash, _| hashes.push(hash));
        }
        assert_eq!(got, hashes, "{rule}");
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
        check(r"/\x2eab\./", &[]);
        check(r"/[]a]\.ab\./", &["ab"]);
    }

    #[test]
    fn needs_of_regular_expressions() {
        let check = |source: &str, text: &str, shortest: usize| {
            assert_eq!(of_regex(source), Needs { text: text.into(), shortest }, "{source}");
        };
        check(r"(https?:\/\/)\w{30,}\.me\/\w{30,}\.", ".me/", 65);
        check(r"\/[a-z0-9]{12}\/[a-zA-Z0-9\/\+\-]{97,106}$", "/", 111);
        check(r"^https?:\/\/AD+s?\.", "://a", 10);
        check(r"a|b", "", 0);
        check(r"a{0,3}b*?c+?", "", 1);
        check(r"(abc)+x", "x", 1);
    }
}
