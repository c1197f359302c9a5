//! The companies' section is made from third-party-web's JSON and our own files.
//!
//! Each of our files is one company; its name is the company's id. It says what third-party-web does not know, and wins
//! where both speak. A file can also claim sections of a list (`sections = ["easyprivacy_specific_cname_adobe"]`), whose
//! rules then belong to that company. Files are strict: an unknown key or purpose is a refusal, because they are ours,
//! and each has one form ([`format`]), so that a change shows only what it changes.
//!
//! Only the build has this module (feature `authoring`); the browser gets the packed table.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use serde::Deserialize;

use super::super::shield::Table;
use super::{HEAD, Purpose, ROW};
use crate::url::{host_hash, to_ascii};
use crate::verdict::Refusal;

/// One of our files.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// What people know the company under.
    pub name: String,
    /// Who owns it, if somebody else does.
    #[serde(default)]
    pub owner: String,
    /// Its hosts; what lies under them is meant too.
    #[serde(default)]
    pub domains: Vec<String>,
    /// What its requests are for.
    pub purpose: Purpose,
    /// What it does, in a sentence for people.
    pub says: String,
    /// Where the company says so itself.
    pub source: String,
    /// Where it lets a person choose what its advertisements rest on, if no platform's file says so; may be empty.
    #[serde(default)]
    pub choices: String,
    /// Sections of lists that name this company's disguises.
    #[serde(default)]
    pub sections: Vec<String>,
}

/// How long a sentence may be, in characters: it stands in the popup, under a name.
const SENTENCE: RangeInclusive<usize> = 20..=160;

/// How wide a line of a file may be before its list is written one name a line.
const WIDTH: usize = 120;

/// The packed table, and which company (by row) each section of a list belongs to.
#[derive(Clone, Debug, Default)]
pub struct Made {
    /// The section of the pack.
    pub bytes: Vec<u8>,
    /// Section of a list → row.
    pub sections: BTreeMap<String, u32>,
    /// How many companies, and how many hosts.
    pub sizes: (usize, usize),
}

/// Third-party-web's form of a company.
#[derive(Deserialize)]
struct Foreign {
    name: String,
    #[serde(default)]
    company: String,
    #[serde(default)]
    homepage: String,
    #[serde(default)]
    category: String,
    #[serde(default)]
    domains: Vec<String>,
}

/// Reads one of our files.
///
/// # Errors
/// A refusal that names the file, and what is wrong with it.
pub fn read(file: &str, text: &str) -> Result<Entry, Refusal> {
    let entry: Entry = toml::from_str(text).map_err(|e| Refusal::new(file, 0, e.to_string().replace('\n', " ")))?;
    let refuse = |reason: &str| Err(Refusal::new(file, 0, reason));
    if !entry.says.ends_with('.') || !SENTENCE.contains(&entry.says.chars().count()) {
        return refuse("`says` is to be a sentence of 20 to 160 characters that ends with a dot");
    }
    if !entry.source.starts_with("https://") {
        return refuse("`source` is to be the company's own page");
    }
    if !entry.choices.is_empty() && !entry.choices.starts_with("https://") {
        return refuse("`choices` is to be a page of the company's own");
    }
    if entry.domains.is_empty() && entry.sections.is_empty() {
        return refuse("it names neither domains nor sections");
    }
    if entry.domains.iter().any(|d| to_ascii(d) != *d || d.starts_with("*.") || !d.contains('.')) {
        return refuse("`domains` are plain lower-case hosts");
    }
    if !entry.domains.is_sorted_by(|a, b| a < b) {
        return refuse("`domains` are to be sorted, each once");
    }
    if entry.owner == entry.name {
        return refuse("it need not be said that it owns itself");
    }
    Ok(entry)
}

/// Writes an entry in the one form that its file has.
pub fn format(entry: &Entry) -> String {
    let quoted = |text: &String| serde_json::Value::from(text.as_str()).to_string();
    let purpose = serde_json::to_string(&entry.purpose).unwrap_or_default();
    let list = |names: &[String]| {
        let line = names.iter().map(quoted).collect::<Vec<_>>().join(", ");
        let is_long = "domains = []".len() + line.chars().count() > WIDTH;
        if is_long { format!("[\n    {},\n]", line.replace("\", \"", "\",\n    \"")) } else { format!("[{line}]") }
    };
    let lines = [
        ("name", Some(quoted(&entry.name))),
        ("owner", (!entry.owner.is_empty()).then(|| quoted(&entry.owner))),
        ("domains", (!entry.domains.is_empty()).then(|| list(&entry.domains))),
        ("purpose", Some(purpose)),
        ("says", Some(quoted(&entry.says))),
        ("source", Some(quoted(&entry.source))),
        ("choices", (!entry.choices.is_empty()).then(|| quoted(&entry.choices))),
        ("sections", (!entry.sections.is_empty()).then(|| list(&entry.sections))),
    ];
    lines.into_iter().filter_map(|(key, value)| Some(format!("{key} = {}\n", value?))).collect()
}

/// What is wrong with entries (each with its file) that are good by themselves: a name, host or section that is
/// claimed twice, or an owner of several that has no file and so no sentence of its own.
pub fn together(entries: &[(&str, &Entry)]) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    let mut claimed: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    let mut owned: BTreeMap<&str, usize> = BTreeMap::new();
    for (file, entry) in entries {
        let hosts = entry.domains.iter().map(|host| ("host", host));
        let sections = entry.sections.iter().map(|section| ("section", section));
        for (what, claim) in hosts.chain(sections).chain([("name", &entry.name)]) {
            if let Some(other) = claimed.insert((what, claim), file) {
                refusals.push(Refusal::new(*file, 0, format!("the {what} {claim:?} is in {other} too")));
            }
        }
        *owned.entry(&entry.owner).or_default() += 1;
    }
    for (file, entry) in entries.iter().filter(|(_, entry)| !entry.owner.is_empty()) {
        if owned[entry.owner.as_str()] > 1 && !claimed.contains_key(&("name", &entry.owner)) {
            let reason = format!("{:?} owns several companies here: it needs a file of its own", entry.owner);
            refusals.push(Refusal::new(*file, 0, reason));
        }
    }
    refusals
}

/// Our own entries, then third-party-web's; where two name the same host, the first is right. What of the JSON is not in
/// its form is refused.
pub fn entries(third_party_web: &str, own: &[Entry]) -> (Vec<Entry>, Vec<Refusal>) {
    let mut refusals = Vec::new();
    let foreign: Vec<Foreign> = serde_json::from_str(third_party_web).unwrap_or_else(|e| {
        refusals.push(Refusal::new("third-party-web", e.line(), e.to_string()));
        Vec::new()
    });
    // Of theirs, whoever has no host left that is not ours would never be found.
    let ours: BTreeSet<&str> = own.iter().flat_map(|entry| &entry.domains).map(String::as_str).collect();
    let is_ours = |host: &String| ours.contains(host.trim_start_matches("*."));
    let theirs = foreign.into_iter().filter(|f| !f.domains.iter().all(is_ours)).map(|f| Entry {
        purpose: purpose(&f.category, &f.name),
        name: f.name,
        owner: f.company,
        domains: f.domains,
        says: String::new(),
        source: f.homepage,
        choices: String::new(),
        sections: Vec::new(),
    });
    (own.iter().cloned().chain(theirs).collect(), refusals)
}

/// Packs third-party-web's JSON and our own entries. What of the JSON is not in its form is refused.
pub fn write(third_party_web: &str, own: &[Entry]) -> (Made, Vec<Refusal>) {
    let (entries, refusals) = entries(third_party_web, own);
    let mut texts = String::new();
    let mut kept: BTreeMap<String, (u32, u32)> = BTreeMap::new();
    let mut text = |t: &str| {
        *kept.entry(t.to_owned()).or_insert_with(|| {
            texts.push_str(t);
            (count(texts.len() - t.len()), count(t.len()))
        })
    };
    let (mut rows, mut hosts, mut made) = (Vec::new(), Vec::new(), Made::default());
    for (row, entry) in entries.iter().enumerate() {
        let owner = if entry.owner.is_empty() { &entry.name } else { &entry.owner };
        let domains: Vec<&str> = entry.domains.iter().map(|d| d.trim_start_matches("*.")).collect();
        for words in [&entry.name, owner, &entry.says, &entry.source, &domains.join(" ")] {
            let (from, len) = text(words);
            rows.extend([from, len]);
        }
        rows.push(count(Purpose::ALL.iter().position(|p| *p == entry.purpose).unwrap_or(0)));
        hosts.extend(domains.iter().map(|d| (host_hash(d), count(row))));
        made.sections.extend(entry.sections.iter().map(|s| (s.clone(), count(row))));
    }
    made.sizes = (rows.len() / ROW, hosts.len());
    let table = Table::write(hosts);
    let head = [count(rows.len() / ROW), count(HEAD + rows.len() + table.len()), count(texts.len())];
    let words = head.into_iter().chain(rows).chain(table);
    made.bytes = words.flat_map(u32::to_le_bytes).chain(texts.into_bytes()).collect();
    (made, refusals)
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Third-party-web's fourteen categories, in our words.
fn purpose(category: &str, name: &str) -> Purpose {
    match category {
        "ad" => Purpose::Ads,
        "analytics" => Purpose::Analytics,
        "social" => Purpose::Social,
        "tag-manager" => Purpose::TagManager,
        "cdn" => Purpose::Cdn,
        "customer-success" | "marketing" => Purpose::CustomerContact,
        "video" => Purpose::Video,
        "consent-provider" => Purpose::Consent,
        "hosting" => Purpose::Hosting,
        _ if name.to_ascii_lowercase().contains("captcha") => Purpose::Fraud,
        _ => Purpose::Other,
    }
}

#[cfg(test)]
mod tests;
