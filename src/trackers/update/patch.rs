//! Patches of lists, in the form in which uBlock Origin publishes them: what changed, as `diff -n` writes it.
//!
//! A file of patches has a part for each list: `diff name:easylist lines:345 checksum:8657746ba8`, and so many lines
//! below it, `d12 1` (take out one line from the 12th on) and `a12 2` (put two behind the 12th), numbered as before the
//! patch. The checksum is the beginning of the SHA-1 of what comes out, in hexadecimal, so that a patch for another text
//! cannot spoil a list in silence. SHA-1 is no proof of origin, and is not taken for one.
//!
//! What it deliberately does not do: know where patches lie. A list says so (`Diff-Path`), and who fetches obeys it.

use super::sha1::sha1;

/// A text with the patch of that name applied.
///
/// # Errors
/// The reason why the text must be fetched whole: there is no such patch, it is not well formed, or it is not for this
/// text.
pub fn apply(text: &str, patches: &str, name: &str) -> Result<String, String> {
    let (patch, checksum) = part(patches, name)?;
    let patched = patched(text, &patch).ok_or("the patch is not well formed, or not for this text")?;
    let sum: String = sha1(patched.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    if sum.starts_with(checksum) {
        Ok(patched)
    } else {
        Err("the patch is for another text: its checksum differs".into())
    }
}

/// The lines of the patch of that name, and its checksum. A checksum of fewer than ten digits proves nothing.
fn part<'p>(patches: &'p str, name: &str) -> Result<(Vec<&'p str>, &'p str), String> {
    let mut lines = patches.lines();
    while let Some(line) = lines.next() {
        let Some(head) = line.strip_prefix("diff ") else { continue };
        let field = |key: &str| head.split(' ').find_map(|it| it.strip_prefix(key)?.strip_prefix(':'));
        let count: usize = field("lines").and_then(|n| n.parse().ok()).ok_or("the patch's head is not well formed")?;
        let body: Vec<&str> = lines.by_ref().take(count).collect();
        if field("name") == Some(name) {
            let checksum = field("checksum").filter(|sum| sum.len() >= 10).ok_or("the patch has no checksum")?;
            return if body.len() == count { Ok((body, checksum)) } else { Err("the patch is cut short".into()) };
        }
    }
    Err(format!("there is no patch for {name:?}"))
}

/// The text with the changes made, if every one of them lies in it and they come in order.
fn patched(text: &str, patch: &[&str]) -> Option<String> {
    let lines: Vec<&str> = text.split('\n').collect();
    let (mut out, mut at, mut changes) = (Vec::<&str>::with_capacity(lines.len()), 0, patch.iter());
    while let Some(change) = changes.next() {
        let (place, count) = change.get(1..)?.split_once(' ')?;
        let (place, count): (usize, usize) = (place.parse().ok()?, count.parse().ok()?);
        match change.as_bytes()[0] {
            b'd' => {
                let from = place.checked_sub(1)?;
                out.extend(lines.get(at..from)?);
                at = from.checked_add(count).filter(|to| *to <= lines.len())?;
            }
            b'a' => {
                // Behind lines that were just taken out, the place is among them.
                if place > at {
                    out.extend(lines.get(at..place)?);
                    at = place;
                }
                let from = changes.as_slice();
                out.extend(from.get(..count)?);
                changes = from[count..].iter();
            }
            _ => return None,
        }
    }
    out.extend(lines.get(at..)?);
    Some(out.join("\n"))
}
