//! Gets the texts that the trackers' packs are made from: lists, public suffixes, companies.
//!
//! `data/lists.toml` says which and where from. Our own lists are files of the repository. Debian's packages are installed where that can be done, and asked with
//! `dpkg -L`; what is not there is looked for in `build/lists`, where a person may have put it from its home page, and
//! else the error says exactly that. What this deliberately does not do: fetch lists from the net by itself. A build
//! repeats itself.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use plainsight::api::authoring::{self, CompanyEntry, Home, ListText, Lists, Part, Section};
use serde::Deserialize;

use crate::files::{sound, table, texts};
use crate::{root, tools};

/// `data/lists.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Catalogue {
    list: Vec<Origin>,
    made: Vec<Made>,
    suffixes: Origin,
    companies: Origin,
}

/// Declarative rules that are made from something else than lists.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Made {
    set: String,
    on: bool,
}

/// A text, and where it comes from. The first seven are a list's alone.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Origin {
    /// Its file in `build/lists`.
    #[serde(default)]
    id: String,
    #[serde(default)]
    set: String,
    #[serde(default)]
    on: bool,
    #[serde(default)]
    part: Part,
    /// The list of whose text it is another part.
    #[serde(default)]
    of: String,
    /// Where people's browsers find its newest text when they ask for updates; our own lists come with the extension.
    #[serde(default)]
    address: String,
    /// Its path in the repository, if it is our own.
    #[serde(default)]
    file: String,
    title: String,
    home: String,
    /// It must be said, though nothing here asks for it: what is shipped under it is for people to judge.
    #[serde(rename = "licence")]
    _licence: String,
    #[serde(default)]
    package: String,
    #[serde(default)]
    npm: String,
    /// How its path in that package ends.
    #[serde(default)]
    path: String,
}

/// Lists that are switched on and off together.
#[derive(Debug)]
pub struct Set {
    /// The name of their declarative rules, in the manifest and in `build/rules`.
    pub id: String,
    /// Whether they are on when the extension is new.
    pub on: bool,
    /// The lists' texts.
    pub texts: Vec<ListText>,
    /// The version of each text, as its package names it.
    pub versions: Vec<String>,
}

/// What the companies' section is made from.
#[derive(Debug)]
pub struct Around {
    /// The public suffixes.
    pub suffixes: String,
    /// Third-party-web's JSON.
    pub base: String,
    /// Our own files.
    pub own: Vec<CompanyEntry>,
}

/// Gets every list, by set in the catalogue's order, and keeps a copy in `build/lists`.
///
/// # Errors
/// Names what is missing, and where to get it.
pub fn sets() -> Result<Vec<Set>> {
    let folder = root().join("build/lists");
    fs::create_dir_all(&folder)?;
    let catalogue = catalogue()?;
    let mut sets = Vec::new();
    for (id, on) in switches(&catalogue)? {
        let (mut texts, mut versions) = (Vec::new(), Vec::new());
        for origin in catalogue.list.iter().filter(|origin| origin.set == id) {
            let (text, version) = text_of(origin, &catalogue, &folder)?;
            versions.push(version);
            texts.push(ListText { id: origin.id.clone(), title: origin.title.clone(), text });
        }
        sets.push(Set { id, on, texts, versions });
    }
    Ok(sets)
}

/// The sets' names in the catalogue's order, those that are not made of lists last, and whether each is on when the
/// extension is new; needs no list.
///
/// # Errors
/// If the catalogue does not hold together.
pub fn set_switches() -> Result<Vec<(String, bool)>> {
    let catalogue = catalogue()?;
    let made = catalogue.made.iter().map(|made| (made.set.clone(), made.on));
    Ok(switches(&catalogue)?.into_iter().chain(made).collect())
}

/// A list's text with the lines that are meant, and its version.
fn text_of(origin: &Origin, catalogue: &Catalogue, folder: &Path) -> Result<(String, String)> {
    if !origin.file.is_empty() {
        let file = root().join(&origin.file);
        let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        return Ok((text, "our own".to_owned()));
    }
    let whole = catalogue.list.iter().find(|other| other.id == origin.of).unwrap_or(origin);
    let kept = folder.join(format!("{}.txt", whole.id));
    let text = from_package(whole, &kept)?;
    fs::write(&kept, &text)?;
    let version = package_version(&whole.package).map(|version| format!("package {version}")).unwrap_or_default();
    Ok((origin.part.of(&text), version))
}

fn switches(catalogue: &Catalogue) -> Result<Vec<(String, bool)>> {
    let mut switches: Vec<(String, bool)> = Vec::new();
    for origin in &catalogue.list {
        match switches.iter().find(|(set, _)| *set == origin.set) {
            None => switches.push((origin.set.clone(), origin.on)),
            Some((_, on)) if *on != origin.on => {
                bail!("data/lists.toml: the lists of the set {:?} are not switched together", origin.set)
            }
            Some(_) => {}
        }
    }
    Ok(switches)
}

/// The lists of all sets, in the order in which the shipped pack knows them, and which belong to which set.
///
/// # Errors
/// As [`sets`].
pub fn shipped() -> Result<(Lists, Section)> {
    let sets = sets()?;
    let ids = |set: &Set| set.texts.iter().map(|text| text.id.clone()).collect::<Vec<_>>();
    let ids: Vec<(String, Vec<String>)> = sets.iter().map(|set| (set.id.clone(), ids(set))).collect();
    let of_sets = authoring::set_section(
        ids.iter().map(|(set, lists)| (set.as_str(), lists.iter().map(String::as_str).collect())),
    );
    // A line that cannot be used is in the report; it is no reason not to build.
    Ok((Lists::read(sets.into_iter().flat_map(|set| set.texts).collect()).0, of_sets))
}

/// Where newer texts of the shipped lists come from. A text that names no version of its own is known by its package's.
///
/// # Errors
/// As [`sets`].
pub fn homes() -> Result<Section> {
    let catalogue = catalogue()?;
    let mut homes = Vec::new();
    for set in sets()? {
        let accounts = Lists::read(set.texts).0.account(|_| false);
        for (account, package) in accounts.into_iter().zip(set.versions) {
            let Some(origin) = catalogue.list.iter().find(|origin| origin.id == account.id) else { continue };
            let whole = catalogue.list.iter().find(|other| other.id == origin.of).unwrap_or(origin);
            if whole.address.is_empty() {
                continue;
            }
            // What a template left unfilled is no version.
            let version = Some(account.version).filter(|it| !it.is_empty() && !it.contains('%')).unwrap_or(package);
            let (title, address) = (whole.title.clone(), whole.address.clone());
            homes.push(Home { id: account.id, title, address, part: origin.part, version });
        }
    }
    Ok(authoring::home_section(&homes))
}

/// The lists that are on when the extension is new.
///
/// # Errors
/// As [`sets`].
pub fn usual() -> Result<Lists> {
    let on = sets()?.into_iter().filter(|set| set.on);
    Ok(Lists::read(on.flat_map(|set| set.texts).collect()).0)
}

/// Reads lists from files, which may be gzipped. Lists are foreign: bytes that are no text do not make them unreadable.
///
/// # Errors
/// If a file cannot be read.
pub fn from_files(files: &[PathBuf]) -> Result<Lists> {
    let mut texts = Vec::new();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let id = name.split('.').next().unwrap_or_default().to_owned();
        texts.push(ListText { id, title: String::new(), text: String::from_utf8_lossy(&bytes_of(file)?).into_owned() });
    }
    Ok(Lists::read(texts).0)
}

/// Gets what is known of companies and suffixes.
///
/// # Errors
/// Names what is missing; our own files fail with every reason.
pub fn around() -> Result<Around> {
    let catalogue = catalogue()?;
    let (own, refusals) = authoring::companies(&texts("data/companies", "toml")?);
    sound("data/companies", &refusals)?;
    Ok(Around {
        suffixes: from_package(&catalogue.suffixes, &root().join("build/lists/public_suffix_list.dat"))?,
        base: from_npm(&catalogue.companies)?,
        own,
    })
}

/// The bytes of a file, unpacked if it is gzipped.
///
/// # Errors
/// If it cannot be read.
pub fn bytes_of(path: &Path) -> Result<Vec<u8>> {
    let read = || {
        let bytes = fs::read(path)?;
        let mut unpacked = Vec::new();
        if path.extension().is_none_or(|end| end != "gz") {
            return Ok(bytes);
        }
        flate2::read::GzDecoder::new(&bytes[..]).read_to_end(&mut unpacked).map(|_| unpacked)
    };
    read().with_context(|| format!("cannot read {}", path.display()))
}

fn catalogue() -> Result<Catalogue> {
    table("data/lists.toml")
}

/// The text's place in its Debian package, if that is installed.
fn installed(origin: &Origin) -> Option<PathBuf> {
    let files = Command::new("dpkg").args(["-L", &origin.package]).output().ok()?;
    let names = String::from_utf8_lossy(&files.stdout).into_owned();
    names.lines().find(|name| name.ends_with(&origin.path)).map(PathBuf::from)
}

fn from_package(origin: &Origin, kept: &Path) -> Result<String> {
    if installed(origin).is_none() && !kept.is_file() {
        tools::debian_package(&origin.package)?;
    }
    let path = installed(origin).unwrap_or_else(|| kept.to_path_buf());
    fs::read_to_string(&path).with_context(|| {
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

fn from_npm(origin: &Origin) -> Result<String> {
    tools::npm_packages()?;
    let file = root().join("node_modules").join(&origin.npm).join(&origin.path);
    fs::read_to_string(&file).with_context(|| format!("{} is missing: cannot read {}", origin.title, file.display()))
}
