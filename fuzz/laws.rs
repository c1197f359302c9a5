//! What must hold whatever comes in: the laws that a fuzzer tries to break, each a function of bytes.
//!
//! The targets beside this file only call them, and so does `tests/fuzzed.rs`, on the committed corpus and on random
//! bytes, so that they hold on a stable compiler every day and not only where somebody runs a fuzzer. What this
//! deliberately does not do: say what a list means; it says that nothing breaks, and that two readers agree.

#[path = "laws/diaries.rs"]
pub(crate) mod diaries;
#[path = "laws/feeds.rs"]
pub(crate) mod feeds;

use plainsight::pack::{self, Pack};
use plainsight::trackers::dnr::play::Browser;
use plainsight::trackers::dnr::{self, Action};
use plainsight::trackers::shield::{Shield, build};
use plainsight::trackers::{Request, Trackers, list, update};
use plainsight::url::{self, Suffixes, Url};

const SUFFIXES: &str = "com\nexample\nco.uk\n";

/// Any text is a list: it is read the same way twice, no line becomes two refusals, and compiling it harms nothing.
pub(crate) fn list(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (read, refusals) = list::read("fuzzed", &text, &["ext_ublock"]);
    assert_eq!((&read, &refusals), (&list::read("fuzzed", &text, &["ext_ublock"]).0, &refusals));
    let mut lines: Vec<u32> = refusals.iter().map(|refusal| refusal.line).collect();
    lines.dedup();
    assert_eq!(lines.len(), refusals.len(), "{refusals:?}");
    assert!(read.rules.iter().all(|rule| rule.line as usize <= text.lines().count()));
    let (whole, _) = list::whole("fuzzed", &text, &[], |_| None);
    assert_eq!(whole.lines().count(), text.lines().count());
    let _ = update::sound("fuzzed", &text, &[], Some(&read));
    let _ = update::patch::apply(&text, &text, "fuzzed");
    let lists = [read];
    let (declared, _) = dnr::rules(&lists, |name| name.len() % 2 == 0);
    assert!(declared.safe.iter().chain(&declared.risky).all(|rule| rule.id > 0 && rule.priority > 0));
    let (index, _) = build(&lists, |_| true);
    let shield = Shield::open(&index, Suffixes::none()).expect("what was just written opens");
    let asked = text.lines().next().unwrap_or_default();
    shield.ask(&Request::new(asked, asked, "script"));
}

/// The first line is a request (`HOST PATH SITE TYPE`), the others a list. Where the whole list can be declared and only
/// blocks and lets through, the shield and the played browser decide alike.
pub(crate) fn decide(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (first, lines) = text.split_once('\n').unwrap_or((&text, ""));
    let words: Vec<&str> = first.split(' ').collect();
    let [host, path, site, kind] = words[..] else { return };
    let is_name = |name: &str| !name.is_empty() && name.split('.').all(|label| !label.is_empty() && is_label(label));
    if !is_name(host) || !is_name(site) || !path.bytes().all(|b| b.is_ascii_graphic() && b != b'#') {
        return;
    }
    let lists = [list::read("fuzzed", lines, &[]).0];
    let section = Suffixes::write(SUFFIXES);
    let suffixes = Suffixes::open(&section).expect("what was just written opens");
    let (declared, not_declared) = dnr::rules(&lists, |_| false);
    let (index, not_in_shield) = build(&lists, |_| false);
    let changes = declared.risky.iter().any(|rule| !matches!(rule.action, Action::Block | Action::Allow));
    if !not_declared.is_empty() || !not_in_shield.is_empty() || changes {
        return;
    }
    let (url, frame) = (format!("https://{host}/{path}"), format!("https://{site}/"));
    let request = Request::new(&url, &frame, kind);
    let shield = Shield::open(&index, suffixes).expect("what was just written opens").ask(&request).decision;
    assert_eq!(shield, Browser::new(&declared, suffixes).ask(&request).decision, "{text}");
}

fn is_label(label: &str) -> bool {
    label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
}

/// Any text is an address, or none: its parts lie in it, and every name of its host is found.
pub(crate) fn url(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    url::to_ascii(&text);
    let Some(parsed) = Url::parse(&text) else { return };
    let (from, to) = parsed.host_range();
    assert!(from <= to && to <= text.len() && text.is_char_boundary(from) && text.is_char_boundary(to));
    let host = parsed.host();
    assert!(url::labels(host).all(|(at, _)| host.is_char_boundary(at)));
    let section = Suffixes::write(SUFFIXES);
    let suffixes = Suffixes::open(&section).expect("what was just written opens");
    // What has no host is nobody's, and no party even to itself.
    assert!(host.ends_with(suffixes.domain(host)) && (host.is_empty() || !suffixes.is_third_party(host, host)));
}

/// Any bytes are a pack, or none. A pack of these bytes opens, and with any one byte changed, or cut, it does not. The
/// first two bytes say where.
pub(crate) fn pack(data: &[u8]) {
    if let Ok(opened) = Pack::open(data) {
        let _ = Trackers::open(&opened);
    }
    let _ = Shield::open(data, Suffixes::none());
    let _ = Suffixes::open(data);
    let written = pack::write(&[("fuzzed", data.to_vec())]);
    assert_eq!(Pack::open(&written).expect("it is whole").section("fuzzed"), Ok(data));
    let at = data.iter().take(2).fold(0, |at, b| at << 8 | usize::from(*b)) % written.len();
    let mut damaged = written.clone();
    damaged[at] ^= data.get(2).copied().unwrap_or(1).max(1);
    assert!(Pack::open(&damaged).is_err(), "byte {at} was changed");
    assert!(Pack::open(&written[..at]).is_err(), "it was cut at {at}");
}
