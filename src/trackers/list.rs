//! The text of a list becomes rules and refusals.
//!
//! It reads the network rules of EasyList, EasyPrivacy, uBlock Origin and AdGuard, and hosts files. A list is foreign
//! text: it never fails as a whole. What cannot be used is a [`Refusal`] with its line and reason; what hides elements
//! instead of stopping requests is counted and left alone, because another room may want it. A rule keeps its line, and
//! the list its section comments, for they name the company or the reason: EasyPrivacy's
//! `easyprivacy_specific_cname_adobe` says who stands behind ten thousand hosts.
//!
//! A list that is kept in several files is first made whole by [`whole`], which is handed what `!#include` names. What it
//! deliberately does not do: fetch (there is no network here), or judge whether a rule can be matched. The shield and
//! `dnr` refuse what they cannot express.

mod about;
mod directive;
mod hosts;
mod options;
mod pattern;
mod rule;
mod settle;
mod stand_in;
mod values;

pub use about::About;
use directive::Branches;
pub use directive::whole;
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
    /// What its header says.
    pub about: About,
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
    let mut branches = Branches::new(truths);
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(line) = about::where_markup_begins(text) {
        refusals.push(Refusal::new(name, line, "this is a page or a document, not a list"));
        return (list, refusals);
    }
    for (i, line) in text.lines().enumerate() {
        let (number, line) = (u32::try_from(i + 1).unwrap_or(u32::MAX), line.trim());
        let outcome = match (damage(line), line.strip_prefix("!#")) {
            (Some(reason), _) => Err(reason.into()),
            (None, Some(directive)) => branches.obey(directive),
            _ if !branches.are_read() => Ok(()),
            _ => read_line(&mut list, line, number),
        };
        refusals.extend(outcome.err().map(|reason| Refusal::new(name, i + 1, reason)));
    }
    if branches.is_open() {
        refusals.push(Refusal::new(name, 0, "an !#if is never closed"));
    }
    (list, refusals)
}

/// Reads one line that is no directive.
fn read_line(list: &mut List, line: &str, number: u32) -> Result<(), String> {
    if line.starts_with('!') || line.starts_with('[') {
        match about::section(line) {
            Some(section) => list.sections.push((number, section.to_owned())),
            None => list.about.note(line),
        }
    } else if is_hiding(line) {
        list.hiding += 1;
    } else {
        list.rules.extend(read_rules(line, number)?);
    }
    Ok(())
}

/// What makes a line no text of a list, whatever it holds.
fn damage(line: &str) -> Option<&'static str> {
    if line.len() > LONGEST {
        return Some("the line is longer than 65,536 bytes");
    }
    let is_damage = |c: char| c == '\u{fffd}' || (c.is_control() && c != '\t');
    line.contains(is_damage).then_some("it holds bytes that are no text")
}

/// Returns true if and only if a line matters to [`read`]: it holds a network rule, or tries to, or it is a directive, a
/// section's name or a part of the header. A list of such lines alone, the others blank, becomes the same rules.
pub fn is_ours(line: &str) -> bool {
    let line = line.trim();
    if line.starts_with(['!', '[']) {
        return line.starts_with("!#") || about::section(line).is_some() || about::says(line);
    }
    !line.is_empty() && !line.starts_with('#') && !is_hiding(line)
}

/// One line: no rule (a comment), one, or as many as a hosts-file line has names.
fn read_rules(line: &str, number: u32) -> Result<Vec<Rule>, String> {
    if line.is_empty() || line.starts_with('#') {
        return Ok(Vec::new());
    }
    if let Some(names) = hosts::names(line) {
        return Ok(names.into_iter().map(|name| plain(name, number)).collect());
    }
    if line.contains(char::is_whitespace)
        && options::start(line).is_none_or(|at| line[..at].contains(char::is_whitespace))
    {
        return Err("a pattern does not hold blanks".into());
    }
    read_rule(line, number).map(with_sockets)
}

/// `|ws://` says that a request is a web socket, which its type says better: every socket is asked for at one of two such
/// addresses, and no browser asks for anything else there.
fn with_sockets(rule: Rule) -> Vec<Rule> {
    let socket = Types::of(ResourceType::Websocket);
    if !rule.pattern.is_socket() || !rule.types.meets(socket) {
        return vec![rule];
    }
    let others = Rule { types: rule.types.without(socket), ..rule.clone() };
    let sockets = Rule { pattern: Pattern::Any, types: socket, ..rule };
    [sockets, others].into_iter().filter(|rule| rule.types != Types::default()).collect()
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

#[cfg(test)]
mod tests;
