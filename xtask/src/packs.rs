//! What goes into the packs that the cores load, and into the wire reader: one function for each, in one place.
//!
//! The build writes `build/page.pack`, a `build/phrases-XX.pack` for each language but English, `build/background.pack` and `build/texts.pack` from the sections named here,
//! declarative rules for each set of lists, and replaces `__SITES__` in the wire reader by [`wire_sites`]. The inside of
//! a section belongs to whoever reads it; what this file deliberately does not do is know any of them: it calls the
//! core's own writers.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
pub use plainsight::api::authoring::Section;
use plainsight::api::authoring::{self, CampaignFile, DnrRule, LabelFile, Lists, Site, Texts};

use crate::files::{sound, texts};
use crate::tasks::train::{TOPICS, WEIGHTS};
use crate::{cookies, learn, lists, root, wrapped};

/// What the page core loads beside every feed. Budget: see [`crate::tasks::sizes`].
///
/// # Errors
/// If a data file does not hold together.
pub fn page() -> Result<Vec<Section>> {
    let campaigns = authoring::campaign_section(&campaigns()?);
    let others = vec![authoring::site_section(&sites()?), authoring::label_section(&labels()?), campaigns];
    Ok([others, known_texts()?.at_hand].concat())
}

/// What the page core is brought when it meets a text in a language: each language's code, and its pack. It holds the
/// phrases that are not at hand, and with one language comes the model.
///
/// # Errors
/// If a data file does not hold together.
pub fn phrases() -> Result<Vec<(String, Vec<u8>)>> {
    let packed = |(language, section)| Ok((language, authoring::pack(&[section])?));
    let model = fs::read(root().join(WEIGHTS)).with_context(|| format!("cannot read {WEIGHTS}"))?;
    let model = (authoring::MODEL_COMES_WITH.to_owned(), authoring::model_section(model)?);
    known_texts()?.others.into_iter().chain([model]).map(packed).collect()
}

/// What tells topics, for whoever asks for them.
///
/// # Errors
/// If the file is missing, or does not hold together.
pub fn topics() -> Result<Vec<u8>> {
    let bytes = fs::read(root().join(TOPICS)).with_context(|| format!("cannot read {TOPICS}"))?;
    Ok(authoring::pack(&[authoring::topic_section(bytes)?])?)
}

fn known_texts() -> Result<Texts> {
    let (known, refusals) = authoring::text_sections(&texts("data/signals", "txt")?, &texts("data/languages", "txt")?);
    sound("data/signals and data/languages", &refusals)?;
    Ok(known)
}

/// What the background core loads at every start, made from these lists. Which of them answer is decided by what the
/// person switched on.
///
/// # Errors
/// If a text is missing, or our own data does not hold together.
pub fn background(lists: &Lists) -> Result<Vec<Section>> {
    let around = lists::around()?;
    let (mut sections, refusals) = lists.request_sections(&around.suffixes, &around.base, &around.own, has_stand_in);
    sound("third-party-web", &refusals)?;
    sections.push(authoring::stand_in_section(&stand_ins()));
    sections.push(learn::section()?);
    sections.push(wrapped::counters()?);
    Ok(sections)
}

/// Writes `build/rules/SET.json` (safe rules) and `SET-unsafe.json` for every set of lists, and the rules about cookies;
/// a file without a rule is not written.
///
/// # Errors
/// If a text is missing or a file cannot be written.
pub fn write_rules(build: &Path) -> Result<()> {
    let folder = build.join("rules");
    if folder.is_dir() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    for (ruleset, rules) in rulesets()? {
        println!("  rules of {ruleset}: {}", rules.len());
        fs::write(folder.join(format!("{ruleset}.json")), serde_json::to_string(&rules)?)?;
    }
    Ok(())
}

/// The names of the stand-ins that the extension ships, sorted; none if there is no folder of them.
fn stand_ins() -> Vec<String> {
    let files = fs::read_dir(root().join("extension/stand-ins")).into_iter().flatten().flatten();
    let mut names: Vec<String> = files.map(|file| file.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Every ruleset that the manifest has to name, in its order, none of them empty.
///
/// # Errors
/// If a text is missing.
pub fn rulesets() -> Result<Vec<(String, Vec<DnrRule>)>> {
    let mut made = Vec::new();
    for set in lists::sets()? {
        let (rules, _) = Lists::read(set.texts).0.declared(has_stand_in);
        made.push((set.id.clone(), rules.safe));
        made.push((format!("{}-unsafe", set.id), rules.risky));
    }
    made.push((cookies::SET.to_owned(), cookies::rules()?));
    made.retain(|(_, rules)| !rules.is_empty());
    Ok(made)
}

/// Whether the extension ships a stand-in of that name.
pub fn has_stand_in(name: &str) -> bool {
    !name.contains("..") && root().join("extension/stand-ins").join(name).is_file()
}

/// The JSON that tells the wire reader which responses of which sites to pass on.
///
/// # Errors
/// If a site's file does not hold together.
pub fn wire_sites() -> Result<String> {
    Ok(authoring::wire_table(&sites()?))
}

/// The module from which the popup takes which sites may be read on any host, and by which signs.
///
/// # Errors
/// If a site's file does not hold together.
pub fn offers() -> Result<String> {
    let sites = sites()?;
    let offers = authoring::offers(&sites);
    let names: BTreeMap<&str, &str> = sites.iter().map(|site| (site.id.as_str(), site.name.as_str())).collect();
    let names = serde_json::to_string(&names)?;
    let head = "// Made by `cargo xtask build` from data/sites.";
    Ok(format!("{head}\nexport const OFFERS = {offers};\nexport const NAMES = {names};\n"))
}

/// All languages of `data/labels`.
///
/// # Errors
/// If any file is refused.
pub fn labels() -> Result<Vec<LabelFile>> {
    let (files, refusals) = authoring::labels(&texts("data/labels", "toml")?);
    sound("data/labels", &refusals)?;
    Ok(files)
}

/// What is known of campaigns, of `data/campaigns.toml`.
///
/// # Errors
/// If the file is refused.
pub fn campaigns() -> Result<CampaignFile> {
    let name = "data/campaigns.toml";
    let text = fs::read_to_string(root().join(name)).with_context(|| format!("cannot read {name}"))?;
    let (file, refusals) = authoring::campaigns(name, &text);
    sound(name, &refusals)?;
    file.with_context(|| format!("{name} does not hold together"))
}

/// All sites of `data/sites`.
///
/// # Errors
/// If any file is refused.
pub fn sites() -> Result<Vec<Site>> {
    let (sites, refusals) = authoring::sites(&texts("data/sites", "toml")?);
    sound("data/sites", &refusals)?;
    Ok(sites)
}
