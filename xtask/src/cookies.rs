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
    host: Vec<Host>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Host {
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
fn spared() -> Result<Vec<String>> {
    let hosts = table::<Spared>("data/cookies.toml")?.host;
    if let Some(host) = hosts.iter().find(|host| !host.why.ends_with('.') || !host.source.starts_with("https://")) {
        bail!("data/cookies.toml: {} has no reason, or no source for it", host.name);
    }
    if !hosts.is_sorted_by(|a, b| a.name < b.name) {
        bail!("data/cookies.toml: the hosts are not in the order of their names");
    }
    Ok(hosts.into_iter().map(|host| host.name).collect())
}
