//! Parameters that follow people are taken out of addresses, and nothing else is.
//!
//! Their names become `removeparam` lines, their excepted domains exceptions for what is asked and for who asks.

use anyhow::Result;
use serde_json::Value;

use super::judges::{Judges, Suffixes};
use super::{Asked, Folder};

pub(super) fn run(folder: &Folder, suffixes: &Suffixes) -> Result<Asked> {
    let config: Value = folder.read("config_reference.json")?;
    let feature = &config["features"]["trackingParameters"];
    let texts = |list: &Value, key: &str| -> Vec<String> {
        let text = |it: &Value| it.as_str().or_else(|| it[key].as_str()).map(str::to_owned);
        list.as_array().into_iter().flatten().filter_map(text).collect()
    };
    let names = texts(&feature["settings"]["parameters"], "");
    let mut lines: Vec<String> = names.iter().map(|name| format!("$removeparam={name}")).collect();
    for domain in texts(&feature["exceptions"], "domain") {
        lines.extend([format!("@@||{domain}^$removeparam"), format!("@@$removeparam,domain={domain}")]);
    }
    let judges = Judges::of(&lines, suffixes)?;
    let tests: Value = folder.read("tests.json")?;
    let mut asked = Asked { why: "none", ..Asked::default() };
    for test in tests["trackingParameters"]["tests"].as_array().into_iter().flatten() {
        let text = |key: &str| test[key].as_str().unwrap_or_default();
        asked.cases += 1;
        match judges.ask(text("testURL"), text("initiatorURL"), "main_frame") {
            Ok(outcome) if outcome.url == text("expectURL") => {}
            Ok(outcome) => asked.differ.push((text("name").to_owned(), outcome.url)),
            Err(error) => asked.differ.push((text("name").to_owned(), error.to_string())),
        }
    }
    Ok(asked)
}
