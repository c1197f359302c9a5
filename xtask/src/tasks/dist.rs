//! `cargo xtask dist`: the packages for the stores, checked as the stores check them.
//!
//! `dist/chrome` and `dist/firefox` hold what is shipped and nothing else, and a zip of each lies beside it. One
//! manifest serves both, and the two are the same files but for what one of them has no use for or would warn of in the
//! manifest ([`FIREFOX_ALONE`], [`CHROMIUM_ALONE`]), and the form of the page core that the other browser loads ([`LEFT_OUT`]). The zips
//! are the same bytes whenever they are made from the same files: entries sorted, times fixed, so that anybody can
//! build one and compare. What this deliberately does not do: sign or upload.

mod messages;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use zip::write::SimpleFileOptions;

use super::{build, lint, sizes};
use crate::root;

const BROWSERS: [&str; 2] = ["chrome", "firefox"];
/// Keys and values of the manifest that only Firefox knows: Chromium runs with them, and shows each as an error to whoever
/// looks at its page of extensions in developer mode. Its key is a JSON pointer.
const FIREFOX_ALONE: &[(&str, &[&str])] = &[
    ("", &["sidebar_action"]),
    ("/permissions", &["dns", "webRequestBlocking"]),
    ("/background", &["scripts"]),
    ("/content_scripts/1/js", &["build/page.js", "build/page-inline.js"]),
];
/// Those that only Chromium knows, and Firefox's store warns of: there the side panel is a sidebar.
const CHROMIUM_ALONE: &[(&str, &[&str])] = &[("", &["side_panel"]), ("/permissions", &["sidePanel"])];
/// The page core runs straight in the page in Firefox and in our frame in Chromium (`extension/content/core.js`); each
/// package holds it in the one form that its browser loads.
const LEFT_OUT: &[(&str, &[&str])] =
    &[("chrome", &["build/page-inline.js"]), ("firefox", &["build/page.pack", "build/page_bg.wasm"])];
/// Rulesets that are off when new: Firefox asks our shield before each request, and needs declared rules only where the core
/// cannot start, which are those that the manifest has on.
const CHROMIUM_RULESETS: &[&str] = &["ads", "ads-unsafe"];
/// What of the repository is shipped as it is; the licence asks to be where the program is.
const SHIPPED: &[&str] = &["manifest.json", "LICENSE", "_locales", "extension", "icons"];
/// The folders of `build/` whose files are shipped; what lies deeper (the demo's web, lists, tools) is for us.
const BUILT_FOLDERS: &[&str] = &["build", "build/rules"];
/// What of these is shipped, by the ends of names; the rest (types, reports) is for us.
const BUILT: &[&str] = &[".js", ".wasm", ".pack", ".json"];
/// Their texts still have their tokens, or are parts of another; those in `build` are the ones that run.
const NOT_SHIPPED: &[&str] = &[
    "extension/content/answers.js",
    "extension/content/order-fetch.js",
    "extension/content/order-xhr.js",
    "extension/content/order.js",
    "extension/content/wire.js",
    "extension/everywhere/unwrap.js",
    "extension/everywhere/widgets.js",
];
/// How hard the zips are pressed: one round of Zopfli, which any browser's inflate reads. Against the best of zlib it takes
/// a twentieth off the package; four more rounds take a hundredth of that.
const SMALLEST: i64 = 10;
/// A string in the manifest that ends so is the path of a file.
const FILE_ENDS: &[&str] = &[".js", ".html", ".css", ".json", ".png", ".svg", ".wasm"];

/// Builds, packs and checks.
///
/// # Errors
/// If the build fails, a file is missing or too large, or the linter says anything that is not explained.
pub fn run() -> Result<()> {
    build::run()?;
    if !root().join("manifest.json").exists() {
        bail!("there is no manifest.json in the repository's root, so there is no extension to pack");
    }
    let files = shipped_files()?;
    manifest_names_what_is_there(&files)?;
    json_is_not_too_large(&files)?;
    for browser in BROWSERS {
        let files: Vec<PathBuf> = files.iter().filter(|file| is_for(file, browser)).cloned().collect();
        let folder = root().join("dist").join(browser);
        let _ = fs::remove_dir_all(&folder);
        for file in &files {
            let target = folder.join(file);
            fs::create_dir_all(target.parent().unwrap_or(&folder))?;
            fs::write(target, contents(file, browser)?)?;
        }
        let zip = root().join("dist").join(format!("plainsight-{browser}.zip"));
        let bytes = zipped(&files, |file| contents(file, browser))?;
        fs::write(&zip, &bytes)?;
        let size = bytes.len() as u64;
        println!("dist: {browser}: {} files, {size} bytes zipped of {}", files.len(), sizes::PACKAGE);
        if size > sizes::PACKAGE {
            bail!("the package for {browser} is over its budget: {size} bytes of {}", sizes::PACKAGE);
        }
    }
    lint::run(&root().join("dist/firefox"))
}

/// Whether a browser's package holds this file.
fn is_for(file: &Path, browser: &str) -> bool {
    let others = LEFT_OUT.iter().find(|(it, _)| *it == browser).map_or(&[][..], |(_, others)| others);
    let is_ruleset = |id: &&str| file == Path::new(&format!("build/rules/{id}.json"));
    !others.iter().any(|other| file == Path::new(other))
        && (browser == "chrome" || !CHROMIUM_RULESETS.iter().any(is_ruleset))
}

/// What a file holds in the package for a browser.
fn contents(file: &Path, browser: &str) -> Result<Vec<u8>> {
    let bytes = fs::read(root().join(file)).with_context(|| format!("cannot read {}", file.display()))?;
    if file.starts_with("_locales") {
        return messages::said(&bytes).with_context(|| format!("{} as it is shipped", file.display()));
    }
    if file != Path::new("manifest.json") {
        return Ok(bytes);
    }
    let mut manifest: Value = serde_json::from_slice(&bytes).context("manifest.json")?;
    if browser == "firefox" {
        let rulesets = manifest.pointer_mut("/declarative_net_request/rule_resources").and_then(Value::as_array_mut);
        let rulesets = rulesets.context("manifest.json has no rulesets, of which Firefox's package leaves out some")?;
        rulesets.retain(|ruleset| !CHROMIUM_RULESETS.iter().any(|id| ruleset["id"] == *id));
    }
    for (at, names) in if browser == "firefox" { CHROMIUM_ALONE } else { FIREFOX_ALONE } {
        match manifest.pointer_mut(at) {
            Some(Value::Array(values)) => values.retain(|value| !names.iter().any(|name| value == name)),
            Some(Value::Object(fields)) => fields.retain(|key, _| !names.contains(&key.as_str())),
            _ => bail!("manifest.json has no {at}, of which the package for {browser} leaves out {names:?}"),
        }
    }
    Ok(format!("{manifest:#}\n").into_bytes())
}

/// The paths of all that is shipped, relative to the root, sorted.
fn shipped_files() -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for name in SHIPPED {
        gather(Path::new(name), &mut files)?;
    }
    // Types are for those who write the scripts.
    let is_type = |file: &PathBuf| file.to_string_lossy().ends_with(".d.ts");
    files.retain(|file| !is_type(file) && !NOT_SHIPPED.iter().any(|not| file == Path::new(not)));
    let mut built = Vec::new();
    gather(Path::new("build"), &mut built)?;
    // The glue's own types stay out by this.
    built.retain(|file: &PathBuf| {
        BUILT_FOLDERS.iter().any(|folder| file.parent() == Some(Path::new(folder)))
            && BUILT.iter().any(|end| file.to_string_lossy().ends_with(end))
    });
    files.append(&mut built);
    files.sort();
    Ok(files)
}

/// Every file at or below a path, hidden ones left out.
fn gather(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let full = root().join(path);
    if full.is_file() {
        files.push(path.to_path_buf());
    } else if full.is_dir() {
        for entry in fs::read_dir(&full).with_context(|| format!("cannot list {}", full.display()))? {
            let name = entry?.file_name();
            if !name.to_string_lossy().starts_with('.') {
                gather(&path.join(name), files)?;
            }
        }
    }
    Ok(())
}

/// A manifest that names a missing file is refused by one browser and silently half loaded by the other.
fn manifest_names_what_is_there(files: &[PathBuf]) -> Result<()> {
    let text = fs::read_to_string(root().join("manifest.json"))?;
    let manifest: Value = serde_json::from_str(&text).context("manifest.json")?;
    let mut named = Vec::new();
    strings(&manifest, &mut named);
    let is_file = |s: &&str| !s.contains(['*', ' ', ':']) && FILE_ENDS.iter().any(|end| s.ends_with(end));
    let missing: Vec<&str> = named
        .into_iter()
        .filter(is_file)
        .filter(|name| !files.iter().any(|file| file == Path::new(name.trim_start_matches('/'))))
        .collect();
    if !missing.is_empty() {
        bail!("manifest.json names files that are not shipped: {}", missing.join(", "));
    }
    Ok(())
}

fn strings<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::String(s) => found.push(s),
        Value::Array(items) => items.iter().for_each(|item| strings(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| strings(field, found)),
        _ => {}
    }
}

fn json_is_not_too_large(files: &[PathBuf]) -> Result<()> {
    for file in files.iter().filter(|file| file.extension().is_some_and(|end| end == "json")) {
        let size = fs::metadata(root().join(file))?.len();
        if size > sizes::JSON_FILE {
            bail!("{} has {size} bytes; Firefox's store takes at most {}", file.display(), sizes::JSON_FILE);
        }
    }
    Ok(())
}

fn zipped(files: &[PathBuf], contents: impl Fn(&Path) -> Result<Vec<u8>>) -> Result<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .compression_level(Some(SMALLEST))
        // The zip format's first day: a time that says nothing.
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644);
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for file in files {
        let name: Vec<_> = file.iter().map(|part| part.to_string_lossy()).collect();
        zip.start_file(name.join("/"), options)?;
        zip.write_all(&contents(file)?)?;
    }
    Ok(zip.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_files_make_the_same_bytes() {
        let files = [PathBuf::from("Cargo.toml"), PathBuf::from("xtask/Cargo.toml")];
        let zipped = || zipped(&files, |file| contents(file, "chrome")).unwrap();
        let first = zipped();
        // Two zips made in one second would be the same even with the time of day in them, so that is looked at too.
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&first)).unwrap();
        assert_eq!(archive.by_index(0).unwrap().last_modified(), Some(zip::DateTime::default()));
        assert_eq!(archive.by_index(1).unwrap().name(), "xtask/Cargo.toml");
        assert_eq!(first, zipped());
    }

    #[test]
    fn chromium_gets_a_manifest_that_it_knows_whole() {
        let of = |browser: &str| -> Value {
            serde_json::from_slice(&contents(Path::new("manifest.json"), browser).unwrap()).unwrap()
        };
        let (mut chrome, mut firefox) = (of("chrome"), of("firefox"));
        assert_ne!(chrome, firefox);
        // Nothing else differs.
        firefox["background"].as_object_mut().unwrap().remove("scripts");
        let only = ["dns", "webRequestBlocking"];
        firefox["permissions"].as_array_mut().unwrap().retain(|it| !only.iter().any(|name| it == name));
        let core = ["build/page.js", "build/page-inline.js"];
        firefox["content_scripts"][1]["js"].as_array_mut().unwrap().retain(|it| !core.iter().any(|name| it == name));
        let rulesets =
            |manifest: &mut Value| manifest.as_object_mut().unwrap().remove("declarative_net_request").unwrap();
        let ids = |rulesets: Value| -> Vec<String> {
            let all = rulesets["rule_resources"].as_array().unwrap().clone();
            all.iter().map(|ruleset| ruleset["id"].as_str().unwrap().to_owned()).collect()
        };
        let (all, some) = (ids(rulesets(&mut chrome)), ids(rulesets(&mut firefox)));
        let left_out: Vec<&str> = all.iter().filter(|id| !some.contains(id)).map(String::as_str).collect();
        assert_eq!(left_out, CHROMIUM_RULESETS);
        // The panel has another name in each.
        assert_eq!(chrome["side_panel"]["default_path"], firefox["sidebar_action"]["default_panel"]);
        chrome.as_object_mut().unwrap().remove("side_panel");
        firefox.as_object_mut().unwrap().remove("sidebar_action");
        chrome["permissions"].as_array_mut().unwrap().retain(|it| it != "sidePanel");
        assert_eq!(chrome, firefox);
    }

    #[test]
    fn every_string_of_a_manifest_is_found() {
        let manifest = serde_json::json!({ "a": { "b": ["x.js", { "c": "y.html" }] }, "d": 1 });
        let mut found = Vec::new();
        strings(&manifest, &mut found);
        assert_eq!(found, ["x.js", "y.html"]);
    }
}
