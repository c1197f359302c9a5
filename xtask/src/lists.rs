//! Gets the texts that the trackers' packs are made from: lists, public suffixes, companies.
//!
//! `data/lists.toml` says which and where from. Debian's packages are asked with `dpkg -L`; what is not there is looked
//! for in `build/lists`, where a person may have put it from its home page, and else the error says exactly that. What
//! this deliberately does not do: fetch lists from the net, or install packages. A build repeats itself.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

/// `data/lists.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    /// The lists, in the order in which they are compiled.
    pub list: Vec<Origin>,
    /// The Public Suffix List.
    pub suffixes: Origin,
    /// The companies' base.
    pub companies: Origin,
}

/// One text, and where it comes from.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// The short name: its file in `build/lists`.
    #[serde(default)]
    pub id: String,
    /// What it calls itself.
    pub title: String,
    /// Where its authors publish it.
    pub home: String,
    /// An SPDX expression.
    pub licence: String,
    /// The Debian package that has it.
    #[serde(default)]
    pub package: String,
    /// The npm package that has it.
    #[serde(default)]
    pub npm: String,
    /// Of the npm package.
    #[serde(default)]
    pub version: String,
    /// How its path in that package ends.
    pub path: String,
    /// Whether a new person has it switched on.
    #[serde(default)]
    pub on: bool,
}

/// A list's text.
#[derive(Debug)]
pub struct Text {
    /// The short name.
    pub id: String,
    /// All of it.
    pub text: String,
    /// Which version: of the package, or what the text's header says.
    pub version: String,
}

/// Everything that the packs are made from.
#[derive(Debug)]
pub struct Texts {
    /// The lists.
    pub lists: Vec<Text>,
    /// The public suffixes.
    pub suffixes: String,
    /// Third-party-web's JSON.
    pub companies: String,
}

/// Reads `data/lists.toml`.
///
/// # Errors
/// If it does not hold together.
pub fn catalogue() -> Result<Catalogue> {
    let path = crate::root().join("data/lists.toml");
    let text = std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    toml::from_str(&text).with_context(|| format!("{} does not hold together", path.display()))
}

/// Gets every list and keeps a copy in `build/lists`.
///
/// # Errors
/// Names what is missing, and where to get it.
pub fn list_texts(build: &Path) -> Result<Vec<Text>> {
    let folder = build.join("lists");
    std::fs::create_dir_all(&folder)?;
    let mut lists = Vec::new();
    for origin in catalogue()?.list {
        let file = folder.join(format!("{}.txt", origin.id));
        let text = from_package(&origin, &file)?;
        std::fs::write(&file, &text)?;
        let version = package_version(&origin.package).unwrap_or_default();
        lists.push(Text { id: origin.id, text, version });
    }
    Ok(lists)
}

/// Gets every text.
///
/// # Errors
/// Names what is missing, and where to get it.
pub fn texts(build: &Path) -> Result<Texts> {
    let catalogue = catalogue()?;
    Ok(Texts {
        lists: list_texts(build)?,
        suffixes: from_package(&catalogue.suffixes, &build.join("lists/public_suffix_list.dat"))?,
        companies: from_npm(&catalogue.companies, build)?,
    })
}

fn from_package(origin: &Origin, kept: &Path) -> Result<String> {
    let files = Command::new("dpkg").args(["-L", &origin.package]).output().ok();
    let names = files.map(|out| String::from_utf8_lossy(&out.stdout).into_owned()).unwrap_or_default();
    let installed = names.lines().find(|name| name.ends_with(&origin.path)).map(PathBuf::from);
    let path = installed.unwrap_or_else(|| kept.to_path_buf());
    std::fs::read_to_string(&path).with_context(|| {
        format!(
            "{} is missing: install Debian's package {}, or put the text from {} into {}",
            origin.title,
            origin.package,
            origin.home,
            kept.display()
        )
    })
}

fn package_version(package: &str) -> Option<String> {
    let out = Command::new("dpkg-query").args(["-W", "-f", "${Version}", package]).output().ok()?;
    Some(String::from_utf8_lossy(&out.stdout).trim().to_owned()).filter(|v| !v.is_empty())
}

fn from_npm(origin: &Origin, build: &Path) -> Result<String> {
    let folder = build.join("npm");
    let file = folder.join("node_modules").join(&origin.npm).join(&origin.path);
    if !file.exists() {
        std::fs::create_dir_all(&folder)?;
        let what = format!("{}@{}", origin.npm, origin.version);
        let done = Command::new("npm")
            .args(["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"])
            .args(["--prefix", &folder.to_string_lossy(), &what])
            .output();
        if !done.is_ok_and(|out| out.status.success()) {
            bail!("{} is missing: `npm install {what}` in {} did not work", origin.title, folder.display());
        }
    }
    std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))
}
