//! Does an address match a pattern? Over bytes, in place, without going back further than it must.
//!
//! A pattern is text in pieces between `*`. Where the word that a rule is kept under stands in its first piece, the
//! address can match only with that word at its own place: one comparison, which nearly always ends at the first letters.
//! Without such a place each piece is looked for behind the one before; the first place that fits is
//! taken, which is always right, because a later piece only gains by an earlier start. Only the last piece of a pattern
//! that must reach the end, and the first of one tied to a label, have to try elsewhere. `^` stands for one separator or
//! for the end of the address.
//!
//! Letters are compared as they are: whoever does not mind the case brings both sides in lower case.

use super::super::list::Start;

/// A pattern as it lies in the index.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text<'a> {
    pub(crate) start: Start,
    pub(crate) end: bool,
    pub(crate) body: &'a [u8],
}

impl Text<'_> {
    /// Returns true if and only if the address matches; `host` is where its host begins and ends.
    pub(crate) fn matches(&self, url: &[u8], host: (usize, usize)) -> bool {
        match self.start {
            Start::Free => self.matches_from(self.body, url, 0),
            Start::Address => self.fits(url, 0),
            Start::Label => {
                let mut at = host.0;
                while at < host.1 {
                    if self.fits(url, at) {
                        return true;
                    }
                    match url[at..host.1].iter().position(|b| *b == b'.') {
                        Some(dot) => at += dot + 1,
                        None => return false,
                    }
                }
                false
            }
        }
    }

    /// Returns true if and only if the address matches with the pattern's first letter at `at`.
    #[inline]
    pub(crate) fn matches_at(&self, url: &[u8], host: (usize, usize), at: usize) -> bool {
        let may_begin = match self.start {
            Start::Free => true,
            Start::Address => at == 0,
            Start::Label => at == host.0 || at > host.0 && at < host.1 && url.get(at - 1) == Some(&b'.'),
        };
        may_begin && self.fits(url, at)
    }

    /// The same for whoever knows that the pattern may begin there.
    #[inline]
    fn fits(&self, url: &[u8], at: usize) -> bool {
        let Some(rest) = url.get(at..) else { return false };
        for (i, (want, got)) in self.body.iter().zip(rest).enumerate() {
            if *want == b'*' {
                return self.matches_from(&self.body[i + 1..], url, at + i);
            }
            if want != got && !(*want == b'^' && is_separator(*got)) {
                return false;
            }
        }
        // Behind the end of the address every `^` stands, and nothing else.
        let beyond = self.body.get(rest.len()..).unwrap_or(&[]);
        let signs = beyond.iter().take_while(|b| **b == b'^').count();
        match beyond.get(signs..) {
            Some([]) | None => !self.end || self.body.len() >= rest.len(),
            Some([b'*', more @ ..]) => self.matches_from(more, url, url.len()),
            Some(_) => false,
        }
    }

    /// Matches the pieces of `body`, each somewhere behind the one before and none before `at`.
    fn matches_from(&self, mut body: &[u8], url: &[u8], mut at: usize) -> bool {
        loop {
            let star = body.iter().position(|b| *b == b'*');
            let piece = &body[..star.unwrap_or(body.len())];
            let Some(star) = star else {
                return if self.end { ends_with(piece, url, at) } else { find(piece, url, at).is_some() };
            };
            let Some(next) = find(piece, url, at) else { return false };
            (body, at) = (&body[star + 1..], next);
        }
    }
}

/// Whether the address ends with the piece, and that does not begin before `at`.
fn ends_with(piece: &[u8], url: &[u8], at: usize) -> bool {
    // A `^` at the end of the pattern may stand for nothing but the end.
    let nothing = piece.iter().rev().take_while(|b| **b == b'^').count();
    (0..=nothing)
        .filter_map(|n| (url.len() + n).checked_sub(piece.len()))
        .any(|from| from >= at && piece_at(piece, url, from) == Some(url.len()))
}

/// Where the first place from `from` on that fits the piece ends.
pub(super) fn find(piece: &[u8], url: &[u8], from: usize) -> Option<usize> {
    let Some(&first) = piece.first() else { return Some(from) };
    if first == b'^' {
        return (from..=url.len()).find_map(|at| piece_at(piece, url, at));
    }
    // A letter is compared before anything is called: most places fail there.
    let mut at = from;
    loop {
        at += url.get(at..)?.iter().position(|b| *b == first)?;
        if let Some(end) = piece_at(piece, url, at) {
            return Some(end);
        }
        at += 1;
    }
}

/// Where the piece, which has no `*`, ends if it stands at `at`.
#[inline]
fn piece_at(piece: &[u8], url: &[u8], at: usize) -> Option<usize> {
    let rest = url.get(at..)?;
    let fits = |(want, got): (&u8, &u8)| want == got || *want == b'^' && is_separator(*got);
    if !piece.iter().zip(rest).all(fits) {
        return None;
    }
    let beyond = piece.get(rest.len()..).unwrap_or(&[]);
    beyond.iter().all(|b| *b == b'^').then(|| at + piece.len() - beyond.len())
}

/// Anything but a letter, a digit, or one of `_ - . %`.
fn is_separator(b: u8) -> bool {
    !b.is_ascii_alphanumeric() && !matches!(b, b'_' | b'-' | b'.' | b'%') && b.is_ascii()
}

#[cfg(test)]
mod tests {
    use super::super::super::list::Pattern;
    use super::*;
    use crate::trackers::list;
    use crate::url::Url;

    fn check(rule: &str, url: &str, want: bool) {
        let (list, _) = list::read("t", rule, &[]);
        let rule = &list.rules[0];
        let Pattern::Text { start, end, body } = &rule.pattern else { panic!("{rule:?} is no text") };
        let it = Text { start: *start, end: *end, body: body.as_bytes() };
        let url = if rule.match_case { url.to_owned() } else { url.to_ascii_lowercase() };
        let host = Url::parse(&url).map_or((0, 0), |u| u.host_range());
        assert_eq!(it.matches(url.as_bytes(), host), want, "{rule:?} {url}");
        let at = (0..=url.len()).any(|at| it.matches_at(url.as_bytes(), host, at));
        assert_eq!(at, want, "{rule:?} {url}, tried at every place");
    }

    #[test]
    fn rows() {
        check("/ads/*", "https://a.example/ADS/x", true);
        check("/ads/$match-case,image", "https://a.example/ADS/x", false);
        check("-ad-^", "https://a.example/x-ad-/", true);
        check("-ad-^", "https://a.example/x-ad-", true);
        check("-ad-^", "https://a.example/x-ad-b", false);
        check("||ads.", "https://ads.example/", true);
        check("||ads.", "https://x.ads.example/", true);
        check("||ads.", "https://xads.example/ads.", false);
        check("||example/x*z|", "https://a.example/xyz", true);
        check("||example/x*z|", "https://a.example/xzy", false);
        check("||example/x*z|", "https://a.example/xzyz", true);
        check("|https://*/q^", "https://a.example/q?1", true);
        check("|http://", "https://a.example/q?1", false);
        check("swf|", "https://a.example/a.swf", true);
        check("swf|", "https://a.example/a.swf?", false);
        check("a*b*c", "https://x.example/a-c-b-c", true);
        check("a*b*c", "https://x.ex/b-c", false);
        check("||a.example/x^|", "https://a.example/x", true);
        check("*^q^|", "https://a.example/q", true);
    }
}
