//! The text of a list becomes rules and refusals.
//!
//! It reads the network rules of EasyList, EasyPrivacy, uBlock Origin and AdGuard, and hosts files. A list is foreign
//! text: it never fails as a whole. What cannot be used is a [`Refusal`] with its line and reason; what hides elements
//! instead of stopping requests is counted and left alone, because another room may want it. A rule keeps its line, and
//! the list its section comments, for they name the company or the reason: EasyPrivacy's
//! `easyprivacy_specific_cname_adobe` says who stands behind ten thousand hosts.
//!
//! What it deliberately does not do: follow `!#include` (there is no network here; the build fetches), or judge
//! whether a rule can be matched. The shield and `dnr` refuse what they cannot express.

mod options;
mod pattern;
mod rule;
mod settle;
mod stand_in;

pub use rule::{Effect, Hosts, METHODS, Party, Pattern, Rule, Start, Types};
pub use settle::settle;

use super::ResourceType;
use crate::url;
use crate::verdict::Refusal;

/// One list, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    /// The name it was read under; refusals carry it.
    pub name: String,
    /// What its header says: title.
    pub title: String,
    /// What its header says: version, or when it was last changed.
    pub version: String,
    /// Its network rules, in the order of their lines.
    pub rules: Vec<Rule>,
    /// Where its sections begin, and their names.
    pub sections: Vec<(u32, String)>,
    /// How many lines hide elements or run scripts in pages: not ours.
    pub hiding: u32,
}

impl List {
    /// The section that a line stands in; empty before the first.
    pub fn section(&self, line: u32) -> &str {
        let after = self.sections.partition_point(|(from, _)| *from <= line);
        after.checked_sub(1).map_or("", |i| &self.sections[i].1)
    }
}

/// The longest line that is read. The longest of the real lists, with all its sites, has a tenth of it.
const LONGEST: usize = 1 << 16;

/// Reads a list. `truths` are the words that its `!#if` lines may ask for (`env_firefox`, …); all others are false.
pub fn read(name: &str, text: &str, truths: &[&str]) -> (List, Vec<Refusal>) {
    let mut list = List { name: name.to_owned(), ..List::default() };
    let mut refusals = Vec::new();
    // For every open `!#if`, whether its lines are read.
    let mut open: Vec<bool> = Vec::new();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(line) = where_markup_begins(text) {
        refusals.push(Refusal::new(name, line, "this is a page or a document, not a list"));
        return (list, refusals);
    }
    for (i, line) in text.lines().enumerate() {
        let (number, line) = (i + 1, line.trim());
        if let Some(reason) = damage(line) {
            refusals.push(Refusal::new(name, number, reason));
            continue;
        }
        if let Some(directive) = line.strip_prefix("!#") {
            if let Some(reason) = follow(directive, &mut open, truths) {
                refusals.push(Refusal::new(name, number, reason));
            }
            continue;
        }
        if open.contains(&false) {
            continue;
        }
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        if line.starts_with('!') || line.starts_with('[') {
            header(&mut list, line, number);
        } else if is_hiding(line) {
            list.hiding += 1;
        } else {
            match read_rules(line, number) {
                Ok(rules) => list.rules.extend(rules),
                Err(reason) => refusals.push(Refusal::new(name, i + 1, reason)),
            }
        }
    }
    if !open.is_empty() {
        refusals.push(Refusal::new(name, 0, "an !#if is never closed"));
    }
    (list, refusals)
}

/// Where a server answered with a page instead of the list; half of its lines would pass for rules.
fn where_markup_begins(text: &str) -> Option<usize> {
    let (i, line) = text.lines().enumerate().find(|(_, line)| !line.trim().is_empty())?;
    line.trim_start().starts_with('<').then_some(i + 1)
}

/// What makes a line no text of a list, whatever it holds.
fn damage(line: &str) -> Option<&'static str> {
    if line.len() > LONGEST {
        return Some("the line is longer than 65,536 bytes");
    }
    let is_damage = |c: char| c == '\u{fffd}' || (c.is_control() && c != '\t');
    line.contains(is_damage).then_some("it holds bytes that are no text")
}

/// Returns true if and only if a line holds a network rule, or tries to: no comment, nothing that hides elements.
pub fn is_ours(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && !line.starts_with(['!', '[', '#']) && !is_hiding(line)
}

/// One line: no rule (a comment), one, or as many as a hosts-file line has names.
fn read_rules(line: &str, number: u32) -> Result<Vec<Rule>, String> {
    if line.is_empty() || line.starts_with('#') {
        return Ok(Vec::new());
    }
    let mut words = line.split_whitespace();
    let first = words.next().unwrap_or("");
    if matches!(first, "0.0.0.0" | "127.0.0.1" | "::" | "::1") && first.len() < line.len() {
        let names = words.take_while(|w| !w.starts_with('#'));
        return Ok(names.filter(|n| pattern::is_bare_host(n)).map(|n| plain(n, number)).collect());
    }
    if line.contains(char::is_whitespace) {
        // Behind a host, a hosts file may have a remark; elsewhere only options hold blanks.
        let remark = words.next().is_some_and(|w| w.starts_with('#')) && pattern::is_bare_host(first);
        if remark {
            return Ok(vec![plain(first, number)]);
        }
        if options::start(line).is_none_or(|at| line[..at].contains(char::is_whitespace)) {
            return Err("a pattern does not hold blanks".into());
        }
    }
    if pattern::is_bare_host(line) {
        return Ok(vec![plain(line, number)]);
    }
    read_rule(line, number).map(|rule| vec![rule])
}

fn read_rule(line: &str, number: u32) -> Result<Rule, String> {
    let (text, exception) = line.strip_prefix("@@").map_or((line, false), |rest| (rest, true));
    let at = options::start(text);
    let options = options::read(at.map_or("", |at| &text[at..]), exception)?;
    let pattern_text = at.map_or(text, |at| &text[..at - 1]);
    let pattern = pattern::read(pattern_text, options.match_case)?;
    let effect = options.effect.unwrap_or(Effect::Block);
    let all = match effect {
        Effect::Policy { .. } => Types::of(ResourceType::Document).and(Types::of(ResourceType::Subdocument)),
        Effect::RemoveParam(_) => Types::REQUESTS,
        _ => Types::DEFAULT,
    };
    let types = if options.types == Types::default() { all } else { options.types }.without(options.not_types);
    if types == Types::default() {
        return Err("no type of request is left".into());
    }
    let unconditional = options.sites.only.is_empty() && options.to.only.is_empty() && effect == Effect::Block;
    if pattern == Pattern::Any && unconditional && types == Types::DEFAULT && options.party == Party::default() {
        return Err("it would match every request".into());
    }
    Ok(Rule {
        line: number,
        exception,
        important: options.important,
        badfilter: options.badfilter,
        match_case: options.match_case,
        pattern,
        types,
        party: options.party,
        methods: options.methods,
        sites: options.sites,
        to: options.to,
        denyallow: options.denyallow,
        effect,
    })
}

fn plain(host: &str, line: u32) -> Rule {
    Rule {
        line,
        exception: false,
        important: false,
        badfilter: false,
        match_case: false,
        pattern: Pattern::Host(url::to_ascii(host)),
        types: Types::DEFAULT,
        party: Party::default(),
        methods: 0,
        sites: Hosts::default(),
        to: Hosts::default(),
        denyallow: Vec::new(),
        effect: Effect::Block,
    }
}

/// Takes title, version and section from a comment.
fn header(list: &mut List, line: &str, number: u32) {
    let text = line.trim_start_matches('!').trim();
    if let Some(section) = text.strip_prefix("***").and_then(|t| t.trim().strip_suffix("***")) {
        let path = section.trim();
        let name = path.rsplit(['/', ':']).next().unwrap_or(path);
        list.sections.push((number, name.strip_suffix(".txt").unwrap_or(name).to_owned()));
    } else if let Some(title) = text.strip_prefix("Title:").filter(|_| list.title.is_empty()) {
        title.trim().clone_into(&mut list.title);
    } else if let Some(version) = text.strip_prefix("Version:").or_else(|| text.strip_prefix("Last modified:"))
        && list.version.is_empty()
    {
        version.trim().clone_into(&mut list.version);
    }
}

/// Returns true if and only if the line hides elements, styles them or runs a script in pages: `##`, `#@#`, `#?#`,
/// `#$#`, `#%#`, `#@$?#` … of all dialects, and AdGuard's `$$`.
fn is_hiding(line: &str) -> bool {
    let sharp = line.match_indices('#').any(|(at, _)| {
        let rest = line[at + 1..].trim_start_matches(['@', '?', '$', '%']);
        rest.starts_with('#') && line.len() - at - 1 - rest.len() <= 3 && rest.len() > 1
    });
    sharp
        || ["$$", "$@$"]
            .iter()
            .any(|s| line.split_once(s).is_some_and(|(_, r)| r.starts_with(|c: char| c.is_ascii_lowercase())))
}

/// Obeys a line behind `!#`; returns the reason if it cannot.
fn follow(directive: &str, open: &mut Vec<bool>, truths: &[&str]) -> Option<&'static str> {
    if let Some(condition) = directive.strip_prefix("if ") {
        open.push(holds(condition, truths, 0));
    } else if directive.trim_end() == "else" {
        match open.last_mut() {
            Some(it) => *it = !*it,
            None => return Some("an !#else without its !#if"),
        }
    } else if directive.starts_with("endif") {
        if open.pop().is_none() {
            return Some("an !#endif without its !#if");
        }
    } else if directive.starts_with("include") && !open.contains(&false) {
        return Some("an !#include is not followed here: the build fetches whole lists");
    }
    None
}

/// `a && !(b || c)`; too deep a nesting is false.
fn holds(condition: &str, truths: &[&str], depth: usize) -> bool {
    let text = condition.trim();
    let split = |sign: &str| {
        let mut level = 0i32;
        text.bytes().enumerate().find_map(|(at, b)| {
            level += i32::from(b == b'(') - i32::from(b == b')');
            (level == 0 && text.as_bytes()[at..].starts_with(sign.as_bytes())).then_some(at)
        })
    };
    if depth > 16 {
        return false;
    }
    if let Some(at) = split("||") {
        return holds(&text[..at], truths, depth + 1) || holds(&text[at + 2..], truths, depth + 1);
    }
    if let Some(at) = split("&&") {
        return holds(&text[..at], truths, depth + 1) && holds(&text[at + 2..], truths, depth + 1);
    }
    if let Some(rest) = text.strip_prefix('!') {
        return !holds(rest, truths, depth + 1);
    }
    match text.strip_prefix('(').and_then(|t| t.strip_suffix(')')) {
        Some(inner) => holds(inner, truths, depth + 1),
        None => truths.contains(&text),
    }
}

#[cfg(test)]
mod tests;
