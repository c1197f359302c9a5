//! The values of options: names of hosts and methods, of stand-ins and of parameters.
//!
//! Every spelling of the same idea becomes one form. What it deliberately does not do: check a regular expression; what a
//! browser or the shield cannot use, they refuse.

use super::pattern::is_host;
use super::rule::{Hosts, METHODS};
use crate::url;

/// The hosts of `domain=a.example|~b.example`.
pub(super) fn hosts(text: &str) -> Result<Hosts, String> {
    let mut out = Hosts::default();
    for entry in text.split('|').map(str::trim).filter(|e| !e.is_empty()) {
        let (name, not) = entry.strip_prefix('~').map_or((entry, false), |n| (n, true));
        let plain = name.strip_suffix(".*").unwrap_or(name);
        if name.starts_with('/') {
            return Err("a site given as a regular expression is not read".into());
        }
        let is_v6 = plain.starts_with('[') && plain.ends_with(']');
        if !is_host(plain) && !is_v6 {
            return Err(format!("{name:?} is not a host"));
        }
        (if not { &mut out.not } else { &mut out.only }).push(url::to_ascii(name));
    }
    for side in [&mut out.only, &mut out.not] {
        side.sort();
        side.dedup();
    }
    if out.is_empty() { Err("no host is named".into()) } else { Ok(out) }
}

/// The methods of `method=get|~post`, as bits; with only `~`, all others.
pub(super) fn methods(text: &str) -> Result<u16, String> {
    let (mut only, mut not) = (0u16, 0u16);
    for entry in text.split('|').map(str::trim) {
        let (name, negated) = entry.strip_prefix('~').map_or((entry, false), |n| (n, true));
        let at = METHODS.iter().position(|m| m.eq_ignore_ascii_case(name));
        let bit = 1 << at.ok_or_else(|| format!("method {name} is not known"))?;
        *(if negated { &mut not } else { &mut only }) |= bit;
    }
    let all = (1 << METHODS.len()) - 1;
    Ok(if only == 0 { all & !not } else { only & !not })
}

/// The parameters of a `removeparam`: a name, `/an expression/`, either with `~` for all others; empty for all. Some
/// lists write `*` for all, and once wrote `|name` for what begins so.
pub(super) fn parameter(text: &str) -> Result<String, String> {
    let (not, name) = text.strip_prefix('~').map_or(("", text), |rest| ("~", rest));
    match name {
        "*" | "" if not.is_empty() => Ok(String::new()),
        "*" | "" => Err("all parameters but all of them are none".into()),
        name if name.starts_with('|') => Err("a parameter's name does not begin with |".into()),
        name => Ok(format!("{not}{name}")),
    }
}
