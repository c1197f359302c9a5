//! The companies' section is made from third-party-web's JSON and our own files.
//!
//! Each of our files is one company; its name is the company's id. It says what third-party-web does not know, and wins
//! where both speak. A file can also claim sections of a list (`sections = ["easyprivacy_specific_cname_adobe"]`), whose
//! rules then belong to that company. Files are strict: an unknown key or purpose is a refusal, because they are ours.
//!
//! Only the build has this module (feature `authoring`); the browser gets the packed table.

use std::collections::BTreeMap;

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
    /// Sections of lists that name this company's disguises.
    #[serde(default)]
    pub sections: Vec<String>,
}

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
    if !entry.says.ends_with('.') || entry.says.len() < 20 {
        return refuse("`says` is to be a sentence that ends with a dot");
    }
    if !entry.source.starts_with("https://") {
        return refuse("`source` is to be the company's own page");
    }
    if entry.domains.is_empty() && entry.sections.is_empty() {
        return refuse("it names neither domains nor sections");
    }
    if entry.domains.iter().any(|d| to_ascii(d) != *d || d.starts_with("*.") || !d.contains('.')) {
        return refuse("`domains` are plain lower-case hosts");
    }
    if !entry.domains.is_sorted() {
        return refuse("`domains` are to be sorted");
    }
    Ok(entry)
}

/// Our own entries, then third-party-web's; where two name the same host, the first is right. What of the JSON is not in
/// its form is refused.
pub fn entries(third_party_web: &str, own: &[Entry]) -> (Vec<Entry>, Vec<Refusal>) {
    let mut refusals = Vec::new();
    let foreign: Vec<Foreign> = serde_json::from_str(third_party_web).unwrap_or_else(|e| {
        refusals.push(Refusal::new("third-party-web", e.line(), e.to_string()));
        Vec::new()
    });
    let theirs = foreign.into_iter().map(|f| Entry {
        purpose: purpose(&f.category, &f.name),
        name: f.name,
        owner: f.company,
        domains: f.domains,
        says: String::new(),
        source: f.homepage,
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
