//! Addresses inside addresses: what percent codes stand for, and what stands in a parameter.
//!
//! Platforms lead links over a counter of theirs and put the target into a parameter, in codes. What it deliberately does
//! not do: correct an address, or know a platform. What cannot be read stays as it stands.

/// A longer link is looked at so far.
const LONGEST: usize = 4096;

/// A link out of what a platform wrapped it in: codes stand for every sign where it stood in a parameter.
pub fn opened(link: &str) -> String {
    let link = cut(link);
    let is_coded = ["http%3a", "https%3a"]
        .iter()
        .any(|start| link.get(..start.len()).is_some_and(|it| it.eq_ignore_ascii_case(start)));
    if is_coded { uncoded(link, false) } else { link.to_owned() }
}

/// What the codes of a text stand for, read once; a plus is a blank where it `has_blanks`.
pub fn uncoded(text: &str, has_blanks: bool) -> String {
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

/// Whether a text has a code in it.
pub fn has_codes(text: &str) -> bool {
    text.split('%').skip(1).any(|rest| hex(rest.as_bytes()).is_some())
}

/// The value of the first parameter of this name, without codes; the whole query as it stands if the name is empty.
pub fn parameter(url: &str, name: &str) -> Option<String> {
    let (_, query) = url.split('#').next()?.split_once('?')?;
    if name.is_empty() {
        return Some(query.to_owned());
    }
    let value = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
    Some(uncoded(value, true))
}

fn cut(text: &str) -> &str {
    // A letter has at most four bytes, so one of these is the end of one.
    (LONGEST - 3..=LONGEST).rev().find_map(|end| text.get(..end)).unwrap_or(text)
}

/// The byte that two digits stand for.
fn hex(text: &[u8]) -> Option<u8> {
    let digit = |at: usize| text.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    u8::try_from(digit(0)? * 16 + digit(1)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_parameter_is_found_and_read() {
        let check = |url: &str, name: &str, wanted: Option<&str>| {
            assert_eq!(parameter(url, name).as_deref(), wanted, "{name} of {url}");
        };
        check("https://l.example/?a=1&u=https%3A%2F%2Fs.example%2F%3Fb%3D2&h=3", "u", Some("https://s.example/?b=2"));
        check("https://l.example/?uu=1&u", "u", None);
        check("https://l.example/#?u=1", "u", None);
        check("https://l.example/?https://s.example/?b=c#d", "", Some("https://s.example/?b=c"));
        check("https://l.example/", "", None);
    }

    #[test]
    fn a_link_that_is_all_codes_is_opened_once_and_cut_where_it_is_too_long() {
        assert_eq!(opened("HTTPS%3A%2F%2Fs.example%2F%2525"), "HTTPS://s.example/%25");
        assert_eq!(opened("https://s.example/%25"), "https://s.example/%25");
        assert_eq!(opened(&"é".repeat(LONGEST)).len(), LONGEST);
    }
}
