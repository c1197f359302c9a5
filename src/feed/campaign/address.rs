//! An advertisement's link as text: what may be shown of it, and what its codes stand for.
//!
//! What it deliberately does not do: correct an address. What cannot be read stays as it stands, and says nothing.

use crate::url::{Url, has_codes, opened, uncoded};

/// Where a link leads, for people: its host, and nothing behind it. What follows may say more of the person than of the
/// advertiser. A link that is no address is shown up to the first sign of one.
pub fn place(link: &str) -> String {
    let link = opened(link);
    let host = Url::parse(&link).map(|url| url.host().to_owned()).filter(|host| !host.is_empty());
    host.unwrap_or_else(|| link.split(['/', '?', '#']).next().unwrap_or_default().to_owned())
}

/// A name or value of a parameter: codes are read, twice if somebody wrote them twice, and a plus is a blank.
pub(super) fn decoded(text: &str) -> String {
    let first = uncoded(text, true);
    if has_codes(&first) { uncoded(&first, true) } else { first }
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
