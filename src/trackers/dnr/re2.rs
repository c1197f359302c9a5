//! Will a browser take this regular expression? RE2 gives a rule two kilobytes, and has no look-around.
//!
//! A rule that a browser silently leaves out of a rule set would be lost without anybody knowing, so the size is
//! estimated here, from above. The numbers come from RE2 itself (the PyPI package `google-re2`, with the options that
//! Chromium sets): a literal of 112 letters is still taken; `.` costs eleven letters, because it is any character of
//! UTF-8; a class with letters costs nine, because the letters k and s have relatives beyond ASCII when the case does not matter.

/// How many letters' worth RE2 compiles in two kilobytes.
const BUDGET: u32 = 112;
const DOT: u32 = 11;
const CLASS: u32 = 9;

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
                    b'd' | b'b' | b'B' => 1,
                    b'w' | b's' => {
                        if match_case {
                            4
                        } else {
                            CLASS
                        }
                    }
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
                let times = if most.is_empty() { least.max(1) } else { most.parse().ok()? };
                last = last.saturating_add(1).saturating_mul(times);
                *at = end + 1;
                continue;
            }
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
    let inner = &source[first..end];
    Some(if source[start] == b'^' {
        DOT + 2
    } else if !match_case && inner.iter().any(|b| b.is_ascii_alphabetic()) {
        CLASS
    } else {
        u32::try_from(inner.len()).ok()?.min(6)
    })
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
        check_row(r"^https?:\/\/fdts\.ebay-kleinanzeigen\.de\/[a-z0-9]{13,18}\.js\?", false);
        check_row(r"^https?:\/\/www\.[0-9a-z]{8,}\.com\/[0-9a-z]{1,4}\.js$", false);
        check_row(r"a(?=b)", false);
        check_row(r"(a)\1", false);
        check_row("(a", false);
        check_row("a)", false);
        check_row("[a", false);
    }
}
