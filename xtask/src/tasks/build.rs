//! `cargo xtask build`: everything that the browser loads and that is not a file of the repository, into `build/`.
//!
//! After it the repository root is the extension: both browsers load it unpacked. What is made: a core for each
//! context (see [`super::wasm`]), the packs they load, the page core once more as a script (`page-inline.js`), and the
//! wire reader with what it has to know of each site. What it deliberately does not do: copy or rewrite any other file
//! of the extension, so that what one edits is what runs.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use plainsight::api::authoring;

use super::{sizes, wasm};
use crate::{everywhere, lists, packs, root};

/// Builds the extension.
///
/// # Errors
/// If anything cannot be made, or is over its budget.
pub fn run() -> Result<()> {
    let start = std::time::Instant::now();
    let build = root().join("build");
    fs::create_dir_all(&build)?;
    println!("build: the cores");
    wasm::make(&build)?;
    println!("build: packs and scripts");
    let languages = page_packs(&build)?;
    let (shipped, sets) = lists::shipped()?;
    let phrases: Vec<String> = languages.iter().map(|language| phrases_of(language)).collect();
    pack("background", &[packs::background(&shipped)?, vec![sets, lists::homes()?]].concat(), &build)?;
    pack("texts", &[shipped.text_section()], &build)?;
    the_device_would_make_the_same(&build)?;
    packs::write_rules(&build)?;
    page_inline(&build)?;
    scripts(&build)?;
    let largest = sizes::largest(&build, &phrases, "what is brought for all languages together")?;
    let loaded: Vec<&str> = ["page_bg.wasm", "page.pack"].into_iter().chain(largest).collect();
    sizes::within_budget(&build, &loaded, "page core with its data and one more language", sizes::PAGE)?;
    sizes::within_budget(&build, &["topics.pack"], "what somebody with a topic loads besides", sizes::TOPICS)?;
    sizes::within_budget(&build, &["background_bg.wasm"], "background core", sizes::BACKGROUND)?;
    sizes::within_budget(&build, &["pages_bg.wasm"], "the extension's own pages", sizes::PAGES)?;
    println!("build: done in {:.1} s; the repository root loads unpacked", start.elapsed().as_secs_f32());
    Ok(())
}

fn pack(name: &str, sections: &[packs::Section], build: &Path) -> Result<()> {
    let bytes = authoring::pack(sections).with_context(|| format!("the {name} pack as just written"))?;
    write_if_changed(&build.join(format!("{name}.pack")), &bytes)
}

/// Writes what the page core loads and what it is brought when a language is met or somebody has a topic, and leaves
/// nothing of a language that is gone. Returns the languages.
///
/// # Errors
/// If a data file does not hold together, or a file cannot be written.
pub fn page_packs(build: &Path) -> Result<Vec<String>> {
    pack("page", &packs::page()?, build)?;
    write_if_changed(&build.join("topics.pack"), &packs::topics()?)?;
    let mut languages = Vec::new();
    for (language, bytes) in packs::phrases()? {
        write_if_changed(&build.join(phrases_of(&language)), &bytes)?;
        languages.push(language);
    }
    let names: Vec<String> = languages.iter().map(|language| phrases_of(language)).collect();
    for entry in fs::read_dir(build)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.starts_with("phrases-") && !names.contains(&name) {
            fs::remove_file(build.join(name))?;
        }
    }
    Ok(languages)
}

fn phrases_of(language: &str) -> String {
    format!("phrases-{language}.pack")
}

/// A person's machine makes the packs anew with lists of their own, from the shipped texts alone. Without any of them it
/// must come to what the build made; else what is left out of the texts matters after all.
fn the_device_would_make_the_same(build: &Path) -> Result<()> {
    let read = |name: &str| fs::read(build.join(name)).with_context(|| format!("cannot read build/{name}"));
    let (background, texts) = (read("background.pack")?, read("texts.pack")?);
    let anew = authoring::anew::make(&background, &texts, Vec::new())?;
    if anew.pack != background || anew.texts != texts {
        bail!("the shipped texts do not become the shipped packs again");
    }
    Ok(())
}

/// The page core as a classic content script: only so can it be loaded where the page's policy forbids every fetch,
/// and without a file that the page could ask for and know us by.
fn page_inline(build: &Path) -> Result<()> {
    let encoded = |name: &str| -> Result<String> {
        let file = build.join(name);
        let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        Ok(BASE64_STANDARD.encode(bytes))
    };
    let script = format!(
        "// Made by `cargo xtask build` from page_bg.wasm and page.pack.\n\
         const PLAINSIGHT_WASM = \"{}\";\nconst PLAINSIGHT_PACK = \"{}\";\n",
        encoded("page_bg.wasm")?,
        encoded("page.pack")?
    );
    write_if_changed(&build.join("page-inline.js"), script.as_bytes())
}

/// The scripts that must have in their text what they know of the data: the wire reader, because in the page's own world
/// nothing can be asked of the extension, and those that run on all pages, because asking would cost more than knowing.
///
/// # Errors
/// If a data file does not hold together, or a script has not its token exactly once.
pub fn scripts(build: &Path) -> Result<()> {
    write_if_changed(&build.join("wire.js"), wire()?.as_bytes())?;
    told(build, "extension/everywhere/unwrap.js", "__UNWRAP__", &everywhere::unwrap_table()?)?;
    told(build, "extension/everywhere/widgets.js", "__WIDGETS__", &everywhere::widgets_table(&lists::around()?.own)?)?;
    write_if_changed(&build.join("offers.js"), packs::offers()?.as_bytes())?;
    told(build, "extension/everywhere/following.js", "__FRONTS__", &everywhere::fronts_table()?)?;
    write_if_changed(&build.join("everywhere.js"), everywhere::module()?.as_bytes())
}

/// The wire reader's files in one closure: they share a port that nobody else may have. It calls itself by a name that
/// tells a page nothing when it looks at a stack.
fn wire() -> Result<String> {
    let mut joined = String::from("(() => {\n\"use strict\";\n");
    for part in ["answers", "order", "order-fetch", "order-xhr"] {
        joined += &read(&format!("extension/content/{part}.js"))?;
    }
    joined += &with("extension/content/wire.js", "__SITES__", &packs::wire_sites()?)?;
    Ok(joined + "})();\n//# sourceURL=native\n")
}

fn read(source: &str) -> Result<String> {
    fs::read_to_string(root().join(source)).with_context(|| format!("cannot read {source}"))
}

fn told(build: &Path, source: &str, token: &str, json: &str) -> Result<()> {
    let name = Path::new(source).file_name().unwrap_or_default();
    write_if_changed(&build.join(name), with(source, token, json)?.as_bytes())
}

/// A script with its table in the place that it keeps for it.
fn with(source: &str, token: &str, json: &str) -> Result<String> {
    let text = read(source)?;
    let count = text.matches(token).count();
    if count != 1 {
        bail!("{source} must have {token} exactly once, and has it {count} times");
    }
    serde_json::from_str::<serde_json::Value>(json).with_context(|| format!("what {source} is told is not JSON"))?;
    Ok(text.replace(token, json))
}

/// Leaves a file alone that is already right, so that whoever watches times does not see a change.
fn write_if_changed(file: &Path, bytes: &[u8]) -> Result<()> {
    if fs::read(file).is_ok_and(|before| before == bytes) {
        return Ok(());
    }
    fs::write(file, bytes).with_context(|| format!("cannot write {}", file.display()))
}
