//! What `eval` opens and what it finds: the shipped data, and the rows of a capture.
//!
//! A row is one item as the core sees it; it is what `--json` prints, a line each.

use std::path::Path;

use anyhow::Result;
use plainsight::api::authoring::{self, Site};
use plainsight::api::page::{Item, Page, Said, Settings};
use serde::Serialize;

use crate::packs;

/// One item, as `--json` prints it.
#[derive(Debug, Serialize)]
pub struct Row {
    file: String,
    pub(super) site: String,
    /// The platform's id of it.
    pub id: String,
    /// Whether it is paid for.
    pub sponsored: bool,
    /// Whether the platform suggests it.
    pub suggested: bool,
    /// Whether the person follows its author, if that is said.
    pub followed: Option<bool>,
    /// The candidate source.
    pub source: Option<String>,
    /// The stated reason.
    pub reason: Option<String>,
    pub(super) targeting: Option<String>,
    pub(super) signals: Vec<Signal>,
}

/// One signal of an item.
#[derive(Debug, Serialize)]
pub(super) struct Signal {
    pub(super) kind: String,
    score: f32,
    span: Option<(u32, u32)>,
    pub(super) quote: String,
}

/// The shipped data, opened as a page would open it.
pub struct Shipped {
    /// All sites.
    pub sites: Vec<Site>,
    pack: Vec<u8>,
    /// Of every language: what is found is not to depend on what was met before.
    phrases: Vec<Vec<u8>>,
}

impl Shipped {
    /// What the build would pack now.
    ///
    /// # Errors
    /// If the data does not hold together.
    pub fn open() -> Result<Shipped> {
        let phrases = packs::phrases()?.into_iter().map(|(_, pack)| pack).collect();
        Ok(Shipped { sites: packs::sites()?, pack: authoring::pack(&packs::page()?)?, phrases })
    }

    /// The core of a page of this host, which need not be named by the file of the site with this id.
    ///
    /// # Errors
    /// If the pack cannot be opened.
    pub fn page(&self, host: &str, site: &str) -> Result<Page<'_>> {
        let mut page = Page::open(&self.pack, host, site)?;
        for phrases in &self.phrases {
            page.add(phrases)?;
        }
        Ok(page)
    }
}

/// What was found in one capture.
#[derive(Debug, Default)]
pub struct Found {
    /// The items.
    pub rows: Vec<Row>,
    /// What could not be used.
    pub refusals: Vec<String>,
}

/// The row of an item.
pub(super) fn row(file: &Path, site: &Site, page: &Page<'_>, item: &Item) -> Row {
    let verdict = page.verdict(item, &Settings::default());
    let value = |said: &Option<Said>| said.as_ref().map(|said| said.value.clone());
    Row {
        file: file.display().to_string(),
        site: site.id.clone(),
        id: item.id.clone(),
        sponsored: item.sponsored.is_some(),
        suggested: item.suggested.is_some(),
        followed: item.followed,
        source: value(&item.source),
        reason: value(&item.reason),
        targeting: value(&item.targeting),
        signals: verdict
            .because
            .into_iter()
            .filter(|evidence| evidence.span.is_some())
            .map(|evidence| Signal {
                kind: name_of(&evidence.kind),
                score: evidence.strength,
                span: evidence.span,
                quote: evidence.quote,
            })
            .collect(),
    }
}

/// The name of a kind or an act, as data files and messages write it.
pub fn name_of(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
