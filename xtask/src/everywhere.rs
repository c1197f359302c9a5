//! What the scripts that run on pages by a person's choice are told: wrapped links (`data/unwrap.toml`), embeds
//! (`data/widgets`), and front pages that lead to what the person follows (`data/sites`).
//!
//! They run where nothing can be asked of the extension cheaply, so what they know is in their text; [`module`] is what
//! the background has to know to register them. What this deliberately does not do: know a platform, or how a script
//! uses what it is told.

use anyhow::{Result, bail};
use plainsight::api::authoring::CompanyEntry;
use serde::{Deserialize, Serialize};

use crate::files::{table, texts};
use crate::packs;
use crate::wrapped::links;

/// A file of `data/widgets`.
#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Platform {
    name: String,
    company: String,
    /// What the company does, in a sentence for people.
    #[serde(default, skip_deserializing)]
    about: String,
    hosts: Vec<String>,
    #[serde(skip_serializing)]
    source: String,
    #[serde(rename(deserialize = "embed", serialize = "embeds"))]
    embeds: Vec<Embed>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Embed {
    says: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    frames: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    scripts: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
}

/// What `everywhere/unwrap.js` is told, as JSON.
///
/// # Errors
/// As [`links`].
pub fn unwrap_table() -> Result<String> {
    Ok(serde_json::to_string(&links()?)?)
}

/// What `everywhere/widgets.js` is told, as JSON.
///
/// # Errors
/// If a file of `data/widgets` does not hold together.
pub fn widgets_table(companies: &[CompanyEntry]) -> Result<String> {
    let mut platforms = platforms()?;
    for platform in &mut platforms {
        let said = [&platform.name, &platform.company]
            .into_iter()
            .find_map(|name| companies.iter().find(|it| it.name == *name));
        platform.about = said.map(|company| company.says.clone()).unwrap_or_default();
    }
    Ok(serde_json::to_string(&platforms)?)
}

/// A front page that may lead elsewhere on its site.
#[derive(Debug, Serialize)]
struct Front {
    site: String,
    from: Vec<String>,
    to: String,
}

/// What `everywhere/following.js` is told, as JSON: addresses of front pages, and where each leads.
///
/// # Errors
/// If a site's file does not hold together.
pub fn fronts_table() -> Result<String> {
    let mut fronts = Vec::new();
    for site in packs::sites()? {
        for link in site.link.into_iter().filter(|link| !link.from.is_empty()) {
            let origin: String = link.url.split_inclusive('/').take(3).collect();
            let from = link.from.iter().map(|path| format!("{}{path}", origin.trim_end_matches('/'))).collect();
            fronts.push(Front { site: site.id.clone(), from, to: link.url });
        }
    }
    Ok(serde_json::to_string(&fronts)?)
}

/// The module from which the background takes where links are unwrapped, whose embeds wait, and which fronts may lead.
///
/// # Errors
/// If a data file does not hold together.
pub fn module() -> Result<String> {
    let mut matches: Vec<String> =
        links()?.iter().flat_map(|link| link.on.iter().map(|site| format!("*://*.{site}/*"))).collect();
    let mut companies: Vec<String> = platforms()?.into_iter().map(|platform| platform.company).collect();
    for list in [&mut matches, &mut companies] {
        list.sort();
        list.dedup();
    }
    Ok(format!(
        "// Made by `cargo xtask build` from data/unwrap.toml, data/widgets and data/sites.\n\
         export const UNWRAP = {};\nexport const WIDGETS = {};\nexport const FRONTS = {};\n",
        serde_json::to_string(&matches)?,
        serde_json::to_string(&companies)?,
        fronts_table()?
    ))
}

fn platforms() -> Result<Vec<Platform>> {
    let mut platforms = Vec::new();
    for (name, _) in texts("data/widgets", "toml")? {
        let platform: Platform = table(&name)?;
        let is_start = |start: &String| start.contains('/') && !start.contains("://");
        for embed in &platform.embeds {
            if !embed.frames.iter().chain(&embed.scripts).all(is_start) {
                bail!("{name}: frames and scripts begin with a host and a path, without https://");
            }
            if embed.scripts.is_empty() == embed.place.is_some() || embed.frames.len() + embed.scripts.len() == 0 {
                bail!("{name}: an embed has frames, or scripts and the place that they fill");
            }
        }
        if !platform.hosts.is_sorted() || !platform.source.starts_with("https://") {
            bail!("{name}: hosts are to be sorted, and the source is the platform's own page");
        }
        platforms.push(platform);
    }
    Ok(platforms)
}
