//! An advertisement's link as text: what may be shown of it, and what its codes stand for.
//!
//! What it deliberately does not do: correct an address. What cannot be read stays as it stands, and says nothing.

use crate::url::Url;

/// A longer link is looked at so far.
const LONGEST: usize = 4096;

/// Where a link leads, for people: its host, and nothing behind it. What follows may say more of the person than of the
/// advertiser. A link that is no address is shown up to the first sign of one.
pub fn place(link: &str) -> String {
    let link = opened(link);
    let host = Url::parse(&link).map(|url| url.host().to_owned()).filter(|host| !host.is_empty());
    host.unwrap_or_else(|| link.split(['/', '?', '#']).next().unwrap_or_default().to_owned())
}

/// A link out of what a platform wrapped it in: codes stand for every sign where it stood in a parameter.
pub(super) fn opened(link: &str) -> String {
    let link = cut(link);
    let is_coded = ["http%3a", "https%3a"]
        .iter()
        .any(|start| link.get(..start.len()).is_some_and(|it| it.eq_ignore_ascii_case(start)));
    if is_coded { once(link, false) } else { link.to_owned() }
}

/// A name or value of a parameter: codes are read, twice if somebody wrote them twice, and a plus is a blank.
pub(super) fn decoded(text: &str) -> String {
    let first = once(text, true);
    let is_twice = first.split('%').skip(1).any(|rest| hex(rest.as_bytes()).is_some());
    if is_twice { once(&first, true) } else { first }
}

fn cut(text: &str) -> &str {
    // A letter has at most four bytes, so one of these is the end of one.
    (LONGEST - 3..=LONGEST).rev().find_map(|end| text.get(..end)).unwrap_or(text)
}

fn once(text: &str, has_blanks: bool) -> String {
    let (mut bytes, mut rest) = (Vec::with_capacity(text.len()), text.as_bytes());
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        match (byte, hex(rest)) {
            (b'%', Some(value)) => {
                bytes.push(value);
                rest = rest.get(2..).unwrap_or_default();
            }
            (b'+', _) if has_blanks => bytes.push(b' '),
            _ => bytes.push(*byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The byte that two digits stand for.
fn hex(text: &[u8]) -> Option<u8> {
    let digit = |at: usize| text.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    u8::try_from(digit(0)? * 16 + digit(1)?).ok()
}

#[cfg(test)]
mod tests {
    use super::{decoded, place};

    #[test]
    fn of_a_link_only_the_host_is_shown() {
        let check = |link: &str, wanted: &str| assert_eq!(place(link), wanted, "{link}");
        check("https://shop.example/a?utm_campaign=rtg&id=7#x", "shop.example");
        check("https://ann:pw@shop.example:8443/", "shop.example");
        check("https%3A%2F%2Fshop.example%2Fa%3Fx%3D1", "shop.example");
        check("shop.example/a", "shop.example");
        check("Shop", "Shop");
        check("?a=b", "");
        check("", "");
    }

    #[test]
    fn codes_are_read_twice_and_no_more() {
        let check = |text: &str, wanted: &str| assert_eq!(decoded(text), wanted, "{text}");
        check("a+b%20c", "a b c");
        check("a%257Cb", "a|b");
        check("100%", "100%");
        check("%zz%2", "%zz%2");
        check("%C3%A9%FF", "é\u{fffd}");
    }
}
