//! Wrapped links, of `data/unwrap.toml`: platforms' counters, and where the targets of links over them stand.
//!
//! Each is held against its proof, for the core that is to say where a link leads; the script that leads links in pages is
//! told the same (`everywhere.rs`). What this deliberately does not do: know a platform.

use anyhow::{Result, bail};
use plainsight::api::authoring::{self, Section};
use serde::{Deserialize, Serialize};

use crate::files::table;

/// `data/unwrap.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Links {
    link: Vec<Link>,
}

/// One counter that links lead over.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// On which sites such links stand.
    #[serde(skip_serializing)]
    pub on: Vec<String>,
    host: String,
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    shown: Vec<String>,
    /// A link as the platform writes it.
    #[serde(skip_serializing)]
    pub wrapped: String,
    /// Where it leads.
    #[serde(skip_serializing)]
    pub target: String,
    #[serde(skip_serializing)]
    source: String,
}

impl Link {
    /// The first attribute in which the page shows the target; none if the link itself tells it.
    pub fn shown(&self) -> Option<String> {
        self.shown.first().cloned()
    }
}

/// All counters.
///
/// # Errors
/// If `data/unwrap.toml` does not hold together.
pub fn links() -> Result<Vec<Link>> {
    let links = table::<Links>("data/unwrap.toml")?.link;
    for link in &links {
        if link.parameter.is_some() != link.shown.is_empty() {
            bail!("data/unwrap.toml: {} must have its target in a parameter or in what the page shows", link.host);
        }
        if link.on.is_empty() || !link.source.starts_with("https://") || !link.target.starts_with("http") {
            bail!("data/unwrap.toml: {} lacks its sites, its source or its proof", link.host);
        }
    }
    Ok(links)
}

/// The background's section of the counters whose links say where they lead.
///
/// # Errors
/// As [`links`], or if it does not say of a link what its proof says.
pub fn counters() -> Result<Section> {
    let links = links()?;
    let told = links.iter().filter_map(|link| Some((link, link.parameter.as_deref()?)));
    let section = authoring::wrapped_section(told.clone().map(|(link, name)| [link.host.as_str(), &link.path, name]));
    for (link, _) in told {
        let target = authoring::target_of(&section, &link.wrapped)?;
        if target != link.target {
            bail!("data/unwrap.toml: {} leads to {target}, and its proof says {}", link.wrapped, link.target);
        }
    }
    Ok(section)
}
