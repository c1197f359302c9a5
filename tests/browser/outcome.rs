//! What real browsers say of requests that nobody makes: `testMatchOutcome`, held against the shield and against the
//! browser that the core plays.
//!
//! Two questions. Do the rules that ship decide as the file of expectations says, and as the shield does? And does each
//! form that a rule can take mean to a browser what the core plays? For the second the cases of `tests/cases/trackers`
//! are compiled and loaded for the session. Neither browser tells of pages that are let be whole, since a request that
//! nobody makes stands on no page; of those cases only the page itself is asked about.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result, ensure};
use plainsight::api::authoring::{ListText, Lists, Played, suffixes};
use plainsight::api::requests::{Decision, Question};
use serde::Deserialize;
use serde_json::{Value, json};
use xtask::browser::{Browser, Which, wait_for};
use xtask::tasks::ask::requests::Packs;
use xtask::{lists, root};

use super::{SOON, Scene, in_both_with};

/// Asks the browser about every request in turn; one answer each, the rules that match it.
const ASK: &str = "const answers = [];
    for (const request of arguments[0]) {
      const { matchedRules } = await chrome.declarativeNetRequest.testMatchOutcome(request);
      answers.push(matchedRules.map(({ ruleId, rulesetId }) => ({ ruleId, rulesetId })));
    }
    return answers;";

/// A rule that the browser says matches.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Matched {
    rule_id: u32,
    ruleset_id: String,
}

/// `stop URL on PAGE as TYPE`.
#[derive(Debug)]
struct Case<'t> {
    line: &'t str,
    wanted: &'t str,
    url: &'t str,
    page: &'t str,
    kind: &'t str,
}

impl<'t> Case<'t> {
    fn read(line: &'t str) -> Option<Case<'t>> {
        let words: Vec<&str> = line.split(' ').collect();
        let [wanted @ ("stop" | "change" | "pass"), url, "on", page, "as", kind, ..] = words[..] else { return None };
        Some(Case { line, wanted, url, page, kind })
    }

    fn question(&self) -> Question<'t> {
        Question { url: self.url, frame: self.page, kind: self.kind, ..Question::default() }
    }

    /// As a browser wants to be asked; each knows the types under names of its own.
    fn request(&self, which: Which) -> Value {
        let kind = match (self.kind, which) {
            ("imageset", Which::Chromium) => "image",
            ("beacon", _) => "ping",
            (kind, _) => kind,
        };
        let origin = self.page.split('/').take(3).collect::<Vec<_>>().join("/");
        let mut request = json!({ "url": self.url, "type": kind });
        // The page itself is asked for by nobody, and a page without a host has no origin that could be named.
        if self.page.starts_with("http") && !(kind == "main_frame" && self.url.starts_with(&origin)) {
            request["initiator"] = origin.into();
        }
        request
    }
}

fn word(decision: Decision) -> &'static str {
    match decision {
        Decision::Stop => "stop",
        Decision::Change => "change",
        Decision::Pass => "pass",
    }
}

/// What rules do, by their ids, as their file says.
fn actions(rules: &Value) -> BTreeMap<u64, String> {
    let rule = |rule: &Value| Some((rule["id"].as_u64()?, rule["action"]["type"].as_str()?.to_owned()));
    rules.as_array().into_iter().flatten().filter_map(rule).collect()
}

/// What comes of a request by the rules that match it.
fn outcome(matched: &[Matched], actions: &BTreeMap<u64, String>) -> &'static str {
    let action = |rule: &Matched| actions.get(&u64::from(rule.rule_id)).map(String::as_str);
    match matched.iter().find_map(action) {
        Some("block") => "stop",
        Some("redirect") => "change",
        _ => "pass",
    }
}

async fn ready(browser: &Browser) -> Result<()> {
    browser.extension_page("extension/frame/frame.html").await?;
    wait_for("the rules to be loaded", SOON, || async {
        let script = "return (await chrome.declarativeNetRequest.getEnabledRulesets()).length";
        Ok(browser.eval_async::<usize>(script, vec![]).await? > 0)
    })
    .await
}

async fn ask(browser: &Browser, cases: &[Case<'_>]) -> Result<Vec<Vec<Matched>>> {
    let requests: Vec<Value> = cases.iter().map(|case| case.request(browser.which())).collect();
    browser.eval_async(ASK, vec![requests.into()]).await
}

#[test]
fn the_shipped_rules_decide_as_the_shield_does() -> Result<()> {
    let text = fs::read_to_string(root().join("tests/cases/outcomes.txt"))?;
    let cases: Vec<Case<'_>> = text.lines().filter_map(Case::read).collect();
    ensure!(cases.len() > 300, "there are {} cases", cases.len());
    let packs = Packs::of_files(&[])?;
    let shield = packs.open()?;
    for case in &cases {
        let said = word(shield.ask(&case.question()).decision);
        ensure!(said == case.wanted, "the shield says {said}: {}", case.line);
    }
    let rules: Value = serde_json::from_str(&fs::read_to_string(root().join("build/rules/trackers.json"))?)?;
    let actions = actions(&rules);
    in_both_with(&[("extensions.dnr.feedback", true.into())], async |Scene { browser, .. }| {
        ready(&browser).await?;
        let answers = ask(&browser, &cases).await?;
        for (case, matched) in cases.iter().zip(&answers) {
            let said = outcome(matched, &actions);
            ensure!(said == case.wanted, "{}: the browser says {said} by {matched:?}", case.line);
            ensure!(matched.iter().all(|rule| rule.ruleset_id == "trackers"), "{}: {matched:?}", case.line);
        }
        println!("{} requests", cases.len());
        browser.quit().await
    })
}

#[test]
fn every_form_of_a_rule_means_what_is_played() -> Result<()> {
    let suffixes = suffixes(&lists::around()?.suffixes);
    let mut texts = Vec::new();
    for file in ["conditions.txt", "order.txt", "declared.txt"] {
        texts.push(fs::read_to_string(root().join("tests/cases/trackers").join(file))?);
    }
    let blocks: Vec<&str> = texts.iter().flat_map(|text| text.split("\n\n")).collect();
    in_both_with(&[("extensions.dnr.feedback", true.into())], async |Scene { browser, .. }| {
        ready(&browser).await?;
        let alone = "const rulesets = await chrome.declarativeNetRequest.getEnabledRulesets();
            await chrome.declarativeNetRequest.updateEnabledRulesets({ disableRulesetIds: rulesets })";
        browser.eval_async::<()>(alone, vec![]).await?;
        let (mut asked, mut wrong) = (0, Vec::new());
        for block in &blocks {
            let is_rule = |line: &&str| !line.starts_with(';') && Case::read(line).is_none();
            let lines: Vec<&str> = block.lines().filter(is_rule).collect();
            let text = ListText { id: "case".into(), text: lines.join("\n"), ..ListText::default() };
            let (declared, _) = Lists::read(vec![text]).0.declared(|_| false);
            let played = Played::open(&declared, &suffixes).context("the suffixes were just written")?;
            let rules: Vec<Value> =
                declared.safe.iter().chain(&declared.risky).map(serde_json::to_value).collect::<Result<_, _>>()?;
            let load = "const before = await chrome.declarativeNetRequest.getSessionRules();
                await chrome.declarativeNetRequest.updateSessionRules(
                  { removeRuleIds: before.map((rule) => rule.id), addRules: arguments[0] })";
            browser.eval_async::<()>(load, vec![rules.clone().into()]).await.with_context(|| block.to_string())?;
            let actions = actions(&rules.into());
            // A rule for whole pages speaks of what a page asks for only in the page.
            let on_page = |case: &Case<'_>| {
                let by = played.ask(&case.question()).rule.map(u64::from);
                case.kind != "main_frame" && by.is_some_and(|id| actions[&id] == "allowAllRequests")
            };
            let cases: Vec<Case<'_>> = block.lines().filter_map(Case::read).filter(|case| !on_page(case)).collect();
            for (case, matched) in cases.iter().zip(ask(&browser, &cases).await?) {
                asked += 1;
                let (said, plays) = (outcome(&matched, &actions), word(played.ask(&case.question()).decision));
                if said != plays {
                    wrong.push(format!("{}: the browser says {said} by {matched:?}, played is {plays}", case.line));
                }
            }
        }
        ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
        println!("{asked} requests");
        browser.quit().await
    })
}
