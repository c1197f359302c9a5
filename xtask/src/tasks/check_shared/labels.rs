//! The labels against lists of them that others wrote down: each is recognised as what it is, and each that our files
//! call captured stands in one of those lists.
//!
//! The lists name the words of some platforms in many languages; which of their keys is which label is said here. Keys
//! for which their projects made up words of their own, and those that mark no item, are left out.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use plainsight::api::authoring::{self, Label, LabelFile, Labels, Words};
use serde_json::Value;

use super::known;
use super::shared::Shared;
use crate::lists::bytes_of;
use crate::packs;

/// The lists' keys, and which label they are.
const KEYS: &[(&str, Label)] = &[
    ("SPONSORED", Label::Sponsored),
    ("MP_SPONSORED", Label::Sponsored),
    ("NF_SPONSORED_PAID", Label::Sponsored),
    ("NF_PAID_PARTNERSHIP", Label::Partnership),
    ("NF_PEOPLE_YOU_MAY_KNOW", Label::People),
    ("NF_REELS_SHORT_VIDEOS", Label::Shorts),
    ("NF_SUGGESTED_FOR_YOU", Label::Suggested),
    ("NF_RECOMMENDED_POST", Label::Suggested),
    ("NF_SUGGESTED_PAGES", Label::Suggested),
    ("NF_SUGGESTED_EVENTS", Label::Suggested),
    ("NF_EVENTS_YOU_MAY_LIKE", Label::Suggested),
    ("GF_SUGGESTED_FOR_YOU_GROUPS", Label::Suggested),
    ("GF_SUGGESTED_GROUPS", Label::Suggested),
    ("GF_SUGGESTED_POST_PUBLIC_GROUP", Label::Suggested),
    ("GF_FROM_A_GROUP_YOUR_FRIEND_IS_IN", Label::Suggested),
    ("GF_FRIENDS_GROUPS", Label::Suggested),
    ("GF_BECAUSE_YOU_VIEWED_A_SIMILAR_POST", Label::Similar),
    ("GF_BECAUSE_YOU_VIEWED_A_SIMILAR_GROUP", Label::Similar),
    ("GF_YOUR_RECENT_ACTIVITY", Label::Similar),
    ("GF_POPULAR_NEAR_YOU", Label::Near),
    ("GF_JOIN_GROUP", Label::Join),
];

/// How the captured lists write a name, and how we do.
const NAMES: [&str; 2] = ["______", "r/…"];

pub(super) fn run(shared: &Shared) -> Result<()> {
    let captured = captured(&shared.folder.join("captures"))?;
    let files = packs::labels()?;
    let ours = authoring::label_section(&files).1;
    let ours = Labels::open(&ours)?;
    let mut differ = Vec::new();
    let mut counts: BTreeMap<Label, [usize; 2]> = BTreeMap::new();
    for (label, text) in captured.iter() {
        let found = ours.find(&text.replace('*', "Mara Lind"));
        let [recognised, all] = counts.entry(label).or_default();
        *all += 1;
        *recognised += usize::from(found.has(label));
        if !found.has(label) {
            differ.push((format!("{text} as {label:?}"), format!("it is {:?}", Vec::from_iter(found.iter()))));
        }
    }
    for (label, [recognised, all]) in &counts {
        println!("  {label:?}: {recognised} of {all} captured labels recognised");
    }
    ensure!(counts.len() > 7, "a kind of label was captured nowhere: the captures are not what they were");
    let theirs = authoring::label_section(std::slice::from_ref(&captured)).1;
    let theirs = Labels::open(&theirs)?;
    for file in &files {
        for (label, text) in file.labels.iter().flat_map(|(label, words)| words.captured.iter().map(|it| (*label, it)))
        {
            let is_there = theirs.find(&text.replace('*', "Mara Lind")).has(label);
            ensure!(is_there, "{}.toml says that {text:?} was captured as {label:?}: it was not", file.language);
        }
    }
    known::compare("labels", &differ)
}

/// All that was captured, as if it were a language of ours.
fn captured(captures: &Path) -> Result<LabelFile> {
    let mut all: BTreeMap<Label, Words> = BTreeMap::new();
    let mut add = |label: Label, text: &str| {
        // `Ad$` is an expression that ends there.
        let text = NAMES.iter().fold(text.trim_end_matches('$').replace('*', ""), |text, name| text.replace(name, "*"));
        let words = &mut all.entry(label).or_default().captured;
        if !words.contains(&text) {
            words.push(text);
        }
    };
    let json =
        |name: &str| -> Result<Value> { Ok(serde_json::from_slice(&bytes_of(&captures.join("labels").join(name))?)?) };
    let keywords = json("facebook_cmf_beta3-28_keywords.json")?;
    for (key, label) in KEYS {
        let languages = keywords["keywords"][key].as_object().with_context(|| format!("{key} is not in the list"))?;
        languages.values().flat_map(texts).for_each(|text| add(*label, text));
    }
    // Of the newer list, only this key is said to hold the platform's own words.
    let newer = json("facebook_cmf_2026-07.json")?;
    let languages = newer["langs"].as_object().context("the newer list has languages")?;
    languages.values().flat_map(|words| texts(&words["SPONSORED"])).for_each(|text| add(Label::Sponsored, text));
    let words = json("facebook_sponsored_facebook_adblock_2022.json")?;
    let words = words["list"].as_array().context("the list of sponsored words")?;
    words.iter().flat_map(|word| texts(&word["text"])).for_each(|text| add(Label::Sponsored, text));
    let promoted = json("promoted_labels_filterlists_2026-08.json")?;
    for key in ["x_promoted", "instagram_sponsored", "linkedin_promoted"] {
        texts(&promoted[key]).into_iter().for_each(|text| add(Label::Sponsored, text));
    }
    let reasons = String::from_utf8(bytes_of(&captures.join("reddit/recommendation_sources.tsv"))?)?;
    for line in reasons.lines().skip(1) {
        let reason = line.split('\t').nth(1).unwrap_or_default().trim_start_matches("(hidden) ");
        let label = match reason.split(' ').next() {
            Some("Because") => Label::Similar,
            Some("Popular") if reason.contains("who like") => Label::Similar,
            Some("Popular") => Label::Near,
            _ => Label::Suggested,
        };
        add(label, reason);
    }
    let (language, checked) = ("captured".to_owned(), String::new());
    Ok(LabelFile { language, checked, sources: Vec::new(), shared: Vec::new(), labels: all })
}

/// A text, or a list of them.
fn texts(value: &Value) -> Vec<&str> {
    value
        .as_array()
        .map_or_else(|| value.as_str().into_iter().collect(), |all| all.iter().filter_map(Value::as_str).collect())
}
