//! The right half of a line: the options behind `$`, in the dialects of EasyList, uBlock Origin and AdGuard.
//!
//! An option that is not known makes the whole line a refusal: a rule that meant less than it now does is worse than
//! none. Options that are known but not about a request being made (headers of the answer, cookies, hiding) are carried
//! as such, so that a report can say what a list asks for that we do not do.

use super::super::ResourceType as T;
use super::rule::{Effect, Hosts, Party, Types};
use super::stand_in::stand_in;
use super::values::{hosts, methods, parameter};

/// What the options of one line said.
#[derive(Debug, Default)]
pub(super) struct Options {
    pub(super) important: bool,
    pub(super) badfilter: bool,
    pub(super) match_case: bool,
    pub(super) types: Types,
    pub(super) not_types: Types,
    pub(super) party: Party,
    pub(super) methods: u16,
    pub(super) sites: Hosts,
    pub(super) to: Hosts,
    pub(super) denyallow: Vec<String>,
    pub(super) effect: Option<Effect>,
}

/// Options about something else than a request being made.
const CARRIED: [&str; 37] = [
    "elemhide",
    "ehide",
    "generichide",
    "ghide",
    "specifichide",
    "shide",
    "genericblock",
    "content",
    "urlblock",
    "jsinject",
    "extension",
    "stealth",
    "cookie",
    "cname",
    "header",
    "responseheader",
    "sitekey",
    "addheader",
    "removeheader",
    "replace",
    "jsonprune",
    "xmlprune",
    "hls",
    "urltransform",
    "uritransform",
    "urlskip",
    "ipaddress",
    "reason",
    "network",
    "app",
    "client",
    "dnsrewrite",
    "dnstype",
    "ctag",
    "referrerpolicy",
    "webrtc",
    "requestheader",
];

/// Where the options of a line begin (the byte behind `$`), if it has any: the last `$` behind which an option's name
/// stands, because patterns and values may hold the sign too.
pub(super) fn start(line: &str) -> Option<usize> {
    let looks_like_options = |at: &usize| {
        let first = line[at + 1..].split([',', '=']).next().unwrap_or("");
        let name = first.trim().trim_start_matches('~');
        let noop = !name.is_empty() && name.bytes().all(|b| b == b'_');
        noop || (name.len() > 1 && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')))
    };
    let known = |at: &usize| {
        let first = line[at + 1..].split([',', '=']).next().unwrap_or("");
        is_known(first.trim().trim_start_matches('~'))
    };
    let signs = || line.rmatch_indices('$').map(|(at, _)| at).filter(|at| !line[..*at].ends_with('\\'));
    let at = signs().find(known).or_else(|| signs().find(looks_like_options))?;
    Some(at + 1)
}

fn is_known(name: &str) -> bool {
    let others = [
        "important",
        "badfilter",
        "match-case",
        "third-party",
        "3p",
        "first-party",
        "1p",
        "strict1p",
        "strict3p",
        "strict-first-party",
        "strict-third-party",
        "domain",
        "from",
        "to",
        "denyallow",
        "method",
        "redirect",
        "redirect-rule",
        "rewrite",
        "removeparam",
        "queryprune",
        "csp",
        "permissions",
        "all",
        "empty",
        "mp4",
        "collapse",
    ];
    types_of(name).is_some() || others.contains(&name) || CARRIED.contains(&name)
}

fn types_of(name: &str) -> Option<Types> {
    Some(match name {
        "document" | "doc" => Types::of(T::Document),
        "subdocument" | "frame" => Types::of(T::Subdocument),
        "stylesheet" | "css" => Types::of(T::Stylesheet),
        "script" => Types::of(T::Script),
        "image" | "img" | "background" => Types::of(T::Image),
        "font" => Types::of(T::Font),
        "object" | "object-subrequest" => Types::of(T::Object),
        "xmlhttprequest" | "xhr" => Types::of(T::Xhr),
        "ping" | "beacon" => Types::of(T::Ping),
        "media" => Types::of(T::Media),
        "websocket" => Types::of(T::Websocket),
        "other" | "webtransport" => Types::of(T::Other),
        "popup" | "popunder" => Types::POPUP,
        "inline-script" | "inline-font" => Types::INLINE,
        _ => return None,
    })
}

/// Reads what stands behind `$`.
///
/// # Errors
/// The reason, for the refusal.
pub(super) fn read(text: &str, exception: bool) -> Result<Options, String> {
    let mut out = Options::default();
    for piece in pieces(text) {
        let piece = piece.trim();
        if piece.is_empty() || piece.bytes().all(|b| b == b'_') {
            continue;
        }
        let (name, value) = piece.split_once('=').map_or((piece, None), |(n, v)| (n.trim(), Some(v.trim())));
        let (name, not) = name.strip_prefix('~').map_or((name, false), |n| (n, true));
        option(&mut out, &name.to_ascii_lowercase(), value, not, exception)?;
    }
    Ok(out)
}

/// Options besides types that may be turned around by `~`.
const TURNED: [&str; 10] = [
    "third-party",
    "3p",
    "first-party",
    "1p",
    "match-case",
    "collapse",
    "strict-first-party",
    "strict1p",
    "strict-third-party",
    "strict3p",
];

fn option(out: &mut Options, name: &str, value: Option<&str>, not: bool, exception: bool) -> Result<(), String> {
    let list = || value.filter(|v| !v.is_empty()).ok_or_else(|| format!("option {name} needs a value"));
    if let Some(types) = types_of(name).filter(|_| value.is_none()) {
        let set = if not { &mut out.not_types } else { &mut out.types };
        *set = set.and(types);
        return Ok(());
    }
    if not && !TURNED.contains(&name) && is_known(name) {
        return Err(format!("option {name} cannot be turned around"));
    }
    match name {
        // What an element leaves behind when its request is stopped is not ours to show or hide.
        "collapse" => {}
        "important" => out.important = true,
        "badfilter" => out.badfilter = true,
        "match-case" => out.match_case = !not,
        "all" => out.types = Types::REQUESTS.and(Types::POPUP).and(Types::INLINE),
        "third-party" | "3p" => *(if not { &mut out.party.first } else { &mut out.party.third }) = true,
        "first-party" | "1p" => *(if not { &mut out.party.third } else { &mut out.party.first }) = true,
        "strict1p" | "strict-first-party" => {
            *(if not { &mut out.party.strict_third } else { &mut out.party.strict_first }) = true;
        }
        "strict3p" | "strict-third-party" => {
            *(if not { &mut out.party.strict_first } else { &mut out.party.strict_third }) = true;
        }
        "domain" | "from" => named_once(&mut out.sites, name, list()?)?,
        "to" => named_once(&mut out.to, name, list()?)?,
        "denyallow" => {
            let them = hosts(list()?)?;
            if !them.not.is_empty() {
                return Err("denyallow does not take ~".into());
            }
            out.denyallow = them.only;
        }
        "method" => out.methods = methods(list()?)?,
        "redirect" | "redirect-rule" | "rewrite" => {
            if value.is_none_or(str::is_empty) && !exception {
                return Err(format!("option {name} needs a value"));
            }
            let to = value.unwrap_or("");
            if name == "rewrite" && !to.starts_with("abp-resource:") && !exception {
                return Err("rewrite leads to a stand-in alone".into());
            }
            let to = to.rsplit_once(':').filter(|(_, n)| n.parse::<i32>().is_ok()).map_or(to, |(to, _)| to);
            let only_if_stopped = name == "redirect-rule";
            effect(out, Effect::Redirect { to: stand_in(to).to_owned(), only_if_stopped })?;
        }
        "empty" => effect(out, Effect::Redirect { to: "noop.txt".into(), only_if_stopped: false })?,
        "mp4" => effect(out, Effect::Redirect { to: "noop-1s.mp4".into(), only_if_stopped: false })?,
        "removeparam" | "queryprune" => effect(out, Effect::RemoveParam(parameter(value.unwrap_or(""))?))?,
        "csp" | "permissions" => {
            if value.is_none_or(str::is_empty) && !exception {
                return Err(format!("option {name} needs a value"));
            }
            // A browser would tell whoever a list names of the pages that the person is on.
            let value_says = |word: &str| value.is_some_and(|value| value.to_ascii_lowercase().contains(word));
            if value_says("report-uri") || value_says("report-to") {
                return Err(format!("option {name} may not have anything reported"));
            }
            let header = if name == "csp" { "content-security-policy" } else { "permissions-policy" };
            effect(out, Effect::Policy { header, value: value.unwrap_or("").replace('|', ", ") })?;
        }
        _ => match CARRIED.iter().find(|known| **known == name) {
            Some(option) => effect(out, Effect::Carried { option, value: value.unwrap_or("").to_owned() })?,
            None => return Err(format!("option {name} is not known")),
        },
    }
    Ok(())
}

/// A line has one effect. Several options about something else (`elemhide,content`) are one: the first.
fn effect(out: &mut Options, effect: Effect) -> Result<(), String> {
    match (&out.effect, &effect) {
        (None, _) => out.effect = Some(effect),
        (_, Effect::Carried { .. }) => {}
        (Some(Effect::Carried { .. }), _) => out.effect = Some(effect),
        (Some(_), _) => return Err("two effects in one line".into()),
    }
    Ok(())
}

fn named_once(out: &mut Hosts, option: &str, value: &str) -> Result<(), String> {
    if !out.is_empty() {
        return Err(format!("option {option} stands there twice"));
    }
    *out = hosts(value)?;
    Ok(())
}

/// Returns true if and only if the piece is an option about a header up to where the header's value begins.
fn is_header(piece: &str) -> bool {
    let (option, rest) = piece.split_once('=').unwrap_or((piece, ""));
    option.trim_start().ends_with("header") && rest.ends_with(':') && rest.matches(':').count() == 1
}

/// The pieces between commas; a comma behind a backslash, or inside a regular expression, parts nothing.
fn pieces(text: &str) -> Vec<&str> {
    let (mut out, mut from, mut in_regex, mut before) = (Vec::new(), 0, false, b',');
    for (at, b) in text.bytes().enumerate() {
        match b {
            b',' if before != b'\\' && !in_regex => {
                out.push(&text[from..at]);
                from = at + 1;
            }
            // An expression begins behind the name of its option, or, if of a header's value, behind the header's.
            b'/' if (before == b'=' || is_header(&text[from..at])) && text[at + 1..].contains('/') => in_regex = true,
            b'/' if in_regex && before != b'\\' => in_regex = false,
            _ => {}
        }
        before = b;
    }
    out.push(&text[from..]);
    out
}
