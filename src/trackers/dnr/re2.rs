//! Will a browser take this regular expression? RE2 gives a rule two kilobytes, and has no look-around.
//!
//! A rule that a browser silently leaves out of a rule set would be lost without anybody knowing, so the size is
//! estimated here, from above. The numbers come from RE2 itself (the PyPI package `google-re2`, with the options that
//! Chromium sets), by how often a thing may stand in one expression: 112 letters, 9 dots (any character of UTF-8), 37
//! classes of two ranges, 22 of three, 16 of four. A class that holds k or s costs seven more where the case does not
//! matter, because those letters have relatives beyond ASCII; there the same expression minding the case may still fit.

/// How many letters' worth RE2 compiles in two kilobytes.
const BUDGET: u32 = 112;
const DOT: u32 = 12;
/// What the relatives of k and s beyond ASCII cost.
const RELATIVES: u32 = 7;

/// # Errors
/// The reason why a browser would not take it.
pub(super) fn check(source: &str, match_case: bool) -> Result<(), String> {
    if !source.is_ascii() {
        return Err("a regular expression that is not ASCII cannot be declared".into());
    }
    if ["(?=", "(?!", "(?<"].iter().any(|s| source.contains(s)) {
        return Err("RE2 has no look-around".into());
    }
    let bytes = source.as_bytes();
    if bytes.windows(2).any(|w| w[0] == b'\\' && w[1].is_ascii_digit() && w[1] != b'0') {
        return Err("RE2 has no back references".into());
    }
    match size(bytes, &mut 0, match_case, 0) {
        Some(size) if size <= BUDGET => Ok(()),
        Some(_) => Err("the regular expression would not fit into RE2's two kilobytes".into()),
        None => Err("the regular expression is not well formed".into()),
    }
}

/// The size of everything up to the closing parenthesis that ends this group, or the end of the text.
fn size(source: &[u8], at: &mut usize, match_case: bool, depth: u32) -> Option<u32> {
    let (mut total, mut last) = (0u32, 0u32);
    if depth > 32 {
        return None;
    }
    while *at < source.len() {
        let b = source[*at];
        *at += 1;
        let atom = match b {
            b'(' => {
                *at += if source[*at..].starts_with(b"?:") { 2 } else { 0 };
                let inner = size(source, at, match_case, depth + 1)?;
                if source.get(*at - 1) != Some(&b')') {
                    return None;
                }
                inner
            }
            b')' => return (depth > 0).then(|| total.saturating_add(last)),
            b'[' => class(source, at, match_case)?,
            b'\\' => {
                *at += 1;
                match source.get(*at - 1)? {
                    b @ (b'd' | b'w' | b's') => cost(class_of(*b), match_case),
                    b'D' | b'W' | b'S' => DOT,
                    _ => 1,
                }
            }
            b'.' => DOT,
            b'*' | b'+' | b'?' => {
                last = last.saturating_add(1);
                continue;
            }
            b'{' => {
                let end = source[*at..].iter().position(|b| *b == b'}')? + *at;
                let text = std::str::from_utf8(&source[*at..end]).ok()?;
                let (least, most) = text.split_once(',').unwrap_or((text, text));
                let least: u32 = least.parse().ok()?;
                // Each repetition that may be left out costs one more, and so does one without end.
                let (times, more) = match most {
                    "" => (least.max(1), 1),
                    most => most.parse().map(|most: u32| (most, most.saturating_sub(least))).ok()?,
                };
                last = last.saturating_mul(times).saturating_add(more);
                *at = end + 1;
                continue;
            }
            // A letter's relatives beyond ASCII: the sign of Kelvin, and the long s.
            b'k' | b'K' if !match_case => 5,
            b's' | b'S' if !match_case => 4,
            _ => 1,
        };
        total = total.saturating_add(last);
        last = atom;
    }
    (depth == 0).then(|| total.saturating_add(last))
}

fn class(source: &[u8], at: &mut usize, match_case: bool) -> Option<u32> {
    let start = *at;
    let first = start + usize::from(source.get(start) == Some(&b'^'));
    // A bracket at the very beginning is itself.
    let end = (first + 1..source.len()).find(|i| source[*i] == b']' && source[*i - 1] != b'\\')?;
    *at = end + 1;
    if source[start] == b'^' {
        return Some(DOT);
    }
    let (mut set, mut at) = (0u128, first);
    while at < end {
        let escaped = source[at] == b'\\';
        at += usize::from(escaped);
        let from = source[at];
        at += 1;
        if escaped && matches!(from, b'd' | b'w' | b's') {
            set |= class_of(from);
            continue;
        }
        if escaped && from.is_ascii_alphanumeric() {
            return Some(DOT);
        }
        let is_range = source[at] == b'-' && at + 1 < end;
        let to = if is_range { source[at + 1] } else { from };
        at += if is_range { 2 } else { 0 };
        set |= (from.min(127)..=to.min(127)).fold(0, |set, b| set | 1 << b);
    }
    Some(cost(set, match_case))
}

/// The characters of `\d`, `\w` and `\s`.
fn class_of(name: u8) -> u128 {
    let is_in = |b: u8| match name {
        b'd' => b.is_ascii_digit(),
        b'w' => b.is_ascii_alphanumeric() || b == b'_',
        _ => b.is_ascii_whitespace(),
    };
    (0..128u8).filter(|b| is_in(*b)).fold(0, |set, b| set | 1 << b)
}

/// What a class of these characters costs: two for each range of neighbours but the first. Letters that are there in both
/// cases are one range, and so are all where the case does not matter.
fn cost(set: u128, match_case: bool) -> u32 {
    let upper = (b'A'..=b'Z').fold(0u128, |set, b| set | 1 << b);
    let lower = upper << 32;
    let both = (set & upper) << 32 == set & lower;
    let folded = if both || !match_case { (set & !upper) | (set & upper) << 32 } else { set };
    let ranges = (folded & !(folded << 1)).count_ones();
    let has_relatives = folded & (1 << b'k' | 1 << b's') != 0;
    (2 * ranges).saturating_sub(1) + if !match_case && has_relatives { RELATIVES } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_row(source: &str, taken: bool) {
        assert_eq!(check(source, false).is_ok(), taken, "{source}: {:?}", size(source.as_bytes(), &mut 0, false, 0));
    }

    /// What RE2 said of the lists' own expressions; ours may only be stricter.
    #[test]
    fn as_re2_says() {
        check_row(r"^https?:\/\/www\.kroger\.com\/content\/{20,}", true);
        check_row(r"^https?:\/\/146\.59\.211\.(\d){1,3}.*", true);
        check_row(r"^https?:\/\/[0-9a-z]{5,}\.com\/.*", true);
        check_row(r"^https?:\/\/.*\.(club|xyz|top|casa)\/", true);
        check_row(r"^https?:\/\/.*\/.*sw[0-9._].*", true);
        check_row(r"(https?:\/\/)104\.154\..{100,}", false);
        check_row(r"\/[0-9a-f]{32}\/invoke\.js", false);
        assert_eq!(check(r"\/[0-9a-f]{32}\/invoke\.js", true), Ok(()));
        check_row(r"^https?:\/\/fdts\.ebay-kleinanzeigen\.de\/[a-z0-9]{13,18}\.js\?", false);
        check_row(r"^https?:\/\/www\.[0-9a-z]{8,}\.com\/[0-9a-z]{1,4}\.js$", false);
        check_row(r"a(?=b)", false);
        check_row(r"(a)\1", false);
        check_row("(a", false);
        check_row("a)", false);
        check_row("[a", false);
    }

    /// The largest number that RE2 takes in each, minding the case.
    #[test]
    fn a_repetition_may_be_as_long_as_re2_says() {
        for (source, most) in [
            ("a{N}", 112),
            ("a{1,N}", 56),
            ("a{0,N}", 56),
            ("a{N,}", 111),
            ("[0-9a-f]{N}", 37),
            ("[0-9a-f]{1,N}", 28),
            ("[0-9a-f]{N,}", 37),
            ("(?:ab){N}", 56),
            ("(?:ab){1,N}", 37),
            (".{N,}", 9),
            (".{1,N}", 8),
        ] {
            let taken = |n: u32| check(&source.replace('N', &n.to_string()), true).is_ok();
            assert!(taken(most) && !taken(most + 1), "{source} {most}");
        }
    }

    /// How often RE2 takes a class in one expression, not minding the case and minding it.
    #[test]
    fn a_class_may_stand_as_often_as_re2_says() {
        for (class, often) in [
            ("[a-z]", [14, 112]),
            ("[0-9a-f]", [37, 37]),
            ("[a-zA-Z0-9]", [11, 37]),
            ("[_0-9a-z]", [9, 22]),
            ("[-_0-9a-zA-Z]", [8, 16]),
            ("[a-f,0-9]", [22, 22]),
            (r"\d", [112, 112]),
            (r"\w", [9, 22]),
            (".", [9, 9]),
            ("[^/]", [9, 9]),
            ("[aeiou]", [12, 12]),
            ("[abc]", [112, 112]),
            ("ks", [12, 56]),
            ("[a-z0-9._%]", [7, 12]),
            (r"[\w.-]", [8, 16]),
        ] {
            for (often, match_case) in often.into_iter().zip([false, true]) {
                assert!(check(&class.repeat(often), match_case).is_ok(), "{class} {often} times, {match_case}");
                assert!(check(&class.repeat(often + 1), match_case).is_err(), "{class} once more, {match_case}");
            }
        }
    }
}
