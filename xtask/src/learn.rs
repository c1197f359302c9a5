//! What is no evidence against anybody, for the background's pack: cookies of `data/learn.toml`, hosts of
//! `data/cookies.toml`.
//!
//! What this deliberately does not do: say what evidence is, which is the core's.

use anyhow::{Result, bail};
use plainsight::api::authoring::{self, Section};
use serde::Deserialize;

use crate::cookies;
use crate::files::table;

const FILE: &str = "data/learn.toml";

/// [`FILE`].
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Spared {
    cookie: Vec<cookies::Reasoned>,
}

/// The background's section of them.
///
/// # Errors
/// If a name has no reason or no source, or stands out of order.
pub fn section() -> Result<Section> {
    let cookies = cookies::names(FILE, table::<Spared>(FILE)?.cookie)?;
    if let Some(name) = cookies.iter().find(|name| name.is_empty() || name.contains([' ', '\n'])) {
        bail!("{FILE}: {name:?} is no name of a cookie");
    }
    Ok(authoring::spared_section(&cookies, &cookies::spared()?))
}
