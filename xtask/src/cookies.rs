//! Whose cookies go: declarative rules made from what is known of companies, but for the hosts of `data/cookies.toml`.
//!
//! They are no list, because no line of one could say whose sites are at home with each other. What this deliberately
//! does not do: decide which companies watch, which the core does by what their requests are for.

use anyhow::{Result, bail};
use plainsight::api::authoring::{self, DnrRule};
use serde::Deserialize;

use crate::files::{sound, table};
use crate::lists;

/// The set of these rules, in `data/lists.toml` and in the manifest.
pub const SET: &str = "cookies";

/// `data/cookies.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Spared {
    host: Vec<Reasoned>,
}

/// A name in a data file, with the reason why it stands there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reasoned {
    name: String,
    why: String,
    source: String,
}

/// The rules.
///
/// # Errors
/// If a text is missing or our own data does not hold together.
pub fn rules() -> Result<Vec<DnrRule>> {
    let around = lists::around()?;
    let (rules, refusals) = authoring::cookies(&around.suffixes, &around.base, &around.own, &spared()?);
    sound("third-party-web", &refusals)?;
    Ok(rules)
}

/// The hosts whose cookies stay.
///
/// # Errors
/// If one has no reason or no source, or stands out of order.
pub(crate) fn spared() -> Result<Vec<String>> {
    names("data/cookies.toml", table::<Spared>("data/cookies.toml")?.host)
}

/// The names of a data file, once each is found to have its reason and source and to stand in order.
///
/// # Errors
/// Names what has not, or does not.
pub(crate) fn names(file: &str, all: Vec<Reasoned>) -> Result<Vec<String>> {
    if let Some(it) = all.iter().find(|it| !it.why.ends_with('.') || !it.source.starts_with("https://")) {
        bail!("{file}: {} has no reason, or no source for it", it.name);
    }
    if !all.is_sorted_by(|a, b| a.name < b.name) {
        bail!("{file}: the names are not in their order");
    }
    Ok(all.into_iter().map(|it| it.name).collect())
}
