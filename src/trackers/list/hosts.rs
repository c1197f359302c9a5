//! Lines of hosts files and of plain lists of hosts: an address, names, a remark.
//!
//! `0.0.0.0 ads.example` and a bare `ads.example` mean what `||ads.example^` means, wherever they stand: no list has a
//! pattern of that look. The names that every hosts file begins with (`localhost` and its relatives) are the machine's
//! own and no rules. What it deliberately does not do: read addresses. To which one a name is led does not matter here,
//! only that it is the kind of line that leads one.

use super::pattern::is_bare_host;

/// The names of a line, if it is such a line; a comment behind `#` belongs to nobody.
pub(super) fn names(line: &str) -> Option<Vec<&str>> {
    let mut words = line.split_whitespace();
    let first = words.next()?;
    let names = words.clone().take_while(|word| !word.starts_with('#'));
    if is_address(first) && words.clone().next().is_some() {
        return Some(names.filter(|name| is_bare_host(name) && !is_own(name)).collect());
    }
    // Behind a host there may be a remark; anything else is a pattern with blanks.
    (is_bare_host(first) && names.count() == 0).then(|| vec![first])
}

/// Returns true if and only if the word looks like an address of a machine: `127.0.0.1`, `::1`, `fe80::1%lo0`.
fn is_address(word: &str) -> bool {
    let word = word.split('%').next().unwrap_or(word);
    let v4 = word.split('.').count() == 4 && word.split('.').all(|part| part.parse::<u8>().is_ok());
    v4 || (word.contains("::") && word.bytes().all(|b| b.is_ascii_hexdigit() || b == b':'))
}

/// A machine's own names that have a dot; those without are no hosts of the web anyway.
fn is_own(name: &str) -> bool {
    matches!(name, "localhost.localdomain" | "localhost6.localdomain6")
}
