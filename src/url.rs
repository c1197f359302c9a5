//! Addresses in parts, found in place, and the registrable domain of a host.
//!
//! A request is asked about every few milliseconds, so nothing here allocates: a [`Url`] is the text it was given and a
//! few positions in it. [`labels`] walks a host from the right and hands out the hash of every suffix that begins at a
//! label; the rules by host, the companies and the public suffixes all look those hashes up.
//!
//! What it deliberately does not do: normalise. Browsers hand over addresses that are already in canonical form, and
//! text that is not (a list's, a file's) is compared without regard to ASCII case. Percent codes and punycode stay as
//! they stand, and no address is ever refused for being ugly: [`Url::parse`] says `None` only where there is no scheme.

mod coded;
pub(crate) mod hash;
mod query;
mod suffix;

pub use coded::{has_codes, opened, parameter, uncoded};
pub use query::without;
pub use suffix::Suffixes;

/// An address and where its parts stand. Two words may be empty: the host (of `about:blank`) and the port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Url<'a> {
    text: &'a str,
    scheme: usize,
    host: (usize, usize),
    path: usize,
}

impl<'a> Url<'a> {
    /// Finds the parts of an address; `None` if and only if it has no scheme.
    pub fn parse(text: &'a str) -> Option<Url<'a>> {
        let bytes = text.as_bytes();
        let scheme = bytes.iter().position(|b| !b.is_ascii_alphanumeric() && !matches!(b, b'+' | b'-' | b'.'))?;
        if scheme == 0 || bytes[scheme] != b':' {
            return None;
        }
        // `blob:https://…` belongs to the host inside it.
        if text[..scheme].eq_ignore_ascii_case("blob") {
            let inner = Url::parse(&text[scheme + 1..]);
            let at = |n: usize| n + scheme + 1;
            return Some(inner.map_or(Url::bare(text, scheme), |it| Url {
                text,
                scheme,
                host: (at(it.host.0), at(it.host.1)),
                path: at(it.path),
            }));
        }
        if !bytes[scheme..].starts_with(b"://") {
            return Some(Url::bare(text, scheme));
        }
        let from = scheme + 3;
        let (mut start, mut end, mut path) = (from, None, bytes.len());
        for (at, b) in bytes.iter().enumerate().skip(from) {
            match b {
                b'/' | b'?' | b'#' | b'\\' => {
                    path = at;
                    break;
                }
                // What stood before was who asks, not who is asked.
                b'@' => (start, end) = (at + 1, None),
                // The colons of an IPv6 address stand inside its brackets.
                b']' => end = None,
                b':' if end.is_none() => end = Some(at),
                _ => {}
            }
        }
        Some(Url { text, scheme, host: (start, end.unwrap_or(path)), path })
    }

    fn bare(text: &'a str, scheme: usize) -> Url<'a> {
        Url { text, scheme, host: (scheme + 1, scheme + 1), path: scheme + 1 }
    }

    /// The whole address, as it was given.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// `https` of `https://a.example/`.
    pub fn scheme(&self) -> &'a str {
        &self.text[..self.scheme]
    }

    /// The host, without the dot that may end it; empty if there is none.
    pub fn host(&self) -> &'a str {
        let host = &self.text[self.host.0..self.host.1];
        host.strip_suffix('.').unwrap_or(host)
    }

    /// Where the host begins and ends in the text, a final dot included.
    pub fn host_range(&self) -> (usize, usize) {
        self.host
    }

    /// The port, if one is written.
    pub fn port(&self) -> Option<u16> {
        self.text[self.host.1..self.path].strip_prefix(':')?.parse().ok()
    }

    /// Path, query and fragment.
    pub fn path(&self) -> &'a str {
        &self.text[self.path..]
    }
}

/// Returns true if and only if the host is a number rather than a name: IPv4, or IPv6 in brackets.
pub fn is_ip(host: &str) -> bool {
    host.starts_with('[')
        || (host.bytes().filter(|b| *b == b'.').count() == 3
            && host.split('.').all(|part| part.len() <= 3 && part.parse::<u8>().is_ok()))
}

/// Returns true if and only if `host` is `domain` or lies under it. ASCII case does not matter.
pub fn is_under(host: &str, domain: &str) -> bool {
    bytes_under(host.as_bytes(), domain.as_bytes())
}

/// [`is_under`] for names that were not read as text.
pub(crate) fn bytes_under(host: &[u8], domain: &[u8]) -> bool {
    let Some(at) = host.len().checked_sub(domain.len()) else { return false };
    host[at..].eq_ignore_ascii_case(domain) && (at == 0 || host[at - 1] == b'.') && !domain.is_empty()
}

/// Every suffix of a host that begins at a label, the shortest first: where it begins, and the hash of its labels.
pub fn labels(host: &str) -> Labels<'_> {
    Labels { rest: Some(host.as_bytes()).filter(|it| !it.is_empty()), hash: hash::seed() }
}

/// The hash by which a whole host or domain is kept: that of the last of its [`labels`].
pub fn host_hash(host: &str) -> u64 {
    labels(host).last().map_or(hash::seed(), |(_, hash)| hash)
}

/// The walk of [`labels`].
#[derive(Clone, Debug)]
pub struct Labels<'a> {
    /// What stands before the labels that were walked, without the dot between; none when all were.
    rest: Option<&'a [u8]>,
    hash: u64,
}

impl Labels<'_> {
    /// The same walk, a label further: what the next suffix would hash to with this label before it.
    pub(crate) fn from(hash: u64, rest: &str) -> Labels<'_> {
        Labels { rest: Some(rest.as_bytes()), hash }
    }
}

impl Iterator for Labels<'_> {
    type Item = (usize, u64);

    #[inline]
    fn next(&mut self) -> Option<(usize, u64)> {
        let rest = self.rest?;
        let from = rest.iter().rposition(|b| *b == b'.').map_or(0, |dot| dot + 1);
        self.hash = hash::step(self.hash, hash::of(&rest[from..]));
        self.rest = from.checked_sub(1).map(|dot| &rest[..dot]);
        Some((from, self.hash))
    }
}

/// A host name as DNS writes it: lower case, labels that are not ASCII in punycode. Names are not normalised (NFC).
pub fn to_ascii(host: &str) -> String {
    let labels: Vec<String> = host
        .split('.')
        .map(|label| {
            let label = label.to_lowercase();
            if label.is_ascii() { label } else { punycode(&label).map_or(label, |p| format!("xn--{p}")) }
        })
        .collect();
    labels.join(".")
}

/// RFC 3492, encoding alone; `None` where it would overflow.
fn punycode(label: &str) -> Option<String> {
    let mut out: String = label.chars().filter(char::is_ascii).collect();
    let basic = u32::try_from(out.len()).ok()?;
    if basic > 0 {
        out.push('-');
    }
    let (mut n, mut delta, mut bias, mut done) = (128u32, 0u32, 72u32, basic);
    let total = u32::try_from(label.chars().count()).ok()?;
    while done < total {
        let next = label.chars().map(u32::from).filter(|c| *c >= n).min()?;
        delta = delta.checked_add((next - n).checked_mul(done + 1)?)?;
        n = next;
        for c in label.chars().map(u32::from) {
            if c < n {
                delta = delta.checked_add(1)?;
            }
            if c == n {
                let (mut q, mut k) = (delta, 36u32);
                loop {
                    let t = if k <= bias { 1 } else { (k - bias).min(26) };
                    if q < t {
                        break;
                    }
                    out.push(digit(t + (q - t) % (36 - t)));
                    q = (q - t) / (36 - t);
                    k += 36;
                }
                out.push(digit(q));
                bias = adapt(delta, done + 1, done == basic);
                delta = 0;
                done += 1;
            }
        }
        delta = delta.checked_add(1)?;
        n += 1;
    }
    Some(out)
}

fn digit(n: u32) -> char {
    char::from_digit(if n < 26 { n + 10 } else { n - 26 }, 36).unwrap_or('0')
}

fn adapt(delta: u32, points: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / points;
    let mut k = 0;
    while delta > 455 {
        delta /= 35;
        k += 36;
    }
    k + 36 * delta / (delta + 38)
}

#[cfg(test)]
mod tests;
