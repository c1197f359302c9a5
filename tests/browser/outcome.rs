//! What real browsers say of requests that nobody makes: `testMatchOutcome`, held against the shield and against the
//! browser that the core plays.
//!
//! Two questions. Do the rules that ship decide as the file of expectations says, and as the shield does? And does each
//! form that a rule can take mean to a browser what the core plays? For the second the cases of `tests/cases/trackers`
//! are compiled and loaded for the session. Neither browser tells of pages that are let be whole, since a request that
//! nobody makes stands on no page; of those cases only the page itself is asked about.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use plainsight::api::authoring::{ListText, Lists, Played, suffixes};
use plainsight::api::requests::{Decision, Question};
use serde::Deserialize;
use serde_json::{Value, json};
use xtask::browser::{Browser, Options, Response, Which};
use xtask::tasks::ask::requests::Packs;
use xtask::{lists, root};

use super::yard::protect;
use super::{Scene, in_both_with};

/// The rulesets that the cases are about.
const SHIPPED: [&str; 2] = ["trackers", "trackers-unsafe"];

/// Asks the browser about every request in turn; one answer each, the rules that match it.
const ASK: &str = "const answers = [];
    for (const request of arguments[0]) {
      const { matchedRules } = await chrome.declarativeNetRequest.testMatchOutcome(request);
      answers.push(matchedRules.map(({ ruleId, rulesetId }) => ({ ruleId, rulesetId })));
    }
    return answers;";

/// Loads the safe rules for the session and the unsafe ones beside them. They must not be together: of several rules of
/// one kind of storage Chromium looks at the most important alone, and one that has no parameter to take out hides a block.
const LOAD: &str = "const dnr = chrome.declarativeNetRequest;
    const ids = async (rules) => (await rules).map((rule) => rule.id);
    await dnr.updateSessionRules({ removeRuleIds: await ids(dnr.getSessionRules()), addRules: arguments[0] });
    await dnr.updateDynamicRules({ removeRuleIds: await ids(dnr.getDynamicRules()), addRules: arguments[1] });";

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
        // Firefox's rules see a web socket at the address of its handshake.
        let url = match which {
            Which::Firefox if kind == "websocket" => self.url.replacen("ws", "http", 1),
            _ => self.url.to_owned(),
        };
        let mut request = json!({ "url": url, "type": kind });
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

/// The same extension with the permission that Firefox wants for the question, and its preference. Chromium answers any
/// extension that is loaded from a folder. No package ever asks for this permission.
fn with_feedback(which: Which, options: Options) -> Result<Options> {
    if which == Which::Chromium {
        return Ok(options);
    }
    let (from, to) = (options.extension.context("there is an extension")?, root().join("target/feedback"));
    copy(&from, &to)?;
    let manifest = to.join("manifest.json");
    let mut value: Value = serde_json::from_str(&fs::read_to_string(&manifest)?)?;
    // Its package leaves out the rulesets of lists, since it asks our shield; what they would do there is asked all the same.
    let whole: Value = serde_json::from_str(&fs::read_to_string(root().join("manifest.json"))?)?;
    value["declarative_net_request"] = whole["declarative_net_request"].clone();
    copy(&root().join("build/rules"), &to.join("build/rules"))?;
    let permissions = value["permissions"].as_array_mut().context("the manifest has permissions")?;
    permissions.push("declarativeNetRequestFeedback".into());
    fs::write(&manifest, value.to_string())?;
    let prefs = vec![("extensions.dnr.feedback".to_owned(), true.into())];
    Ok(Options { extension: Some(to), prefs, ..options })
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let (entry, to) = (entry?.path(), to.to_path_buf());
        let to = to.join(entry.file_name().context("a file has a name")?);
        if entry.is_dir() {
            copy(&entry, &to)?;
        } else {
            fs::copy(&entry, &to)?;
        }
    }
    Ok(())
}

/// Nothing of ours is at work but these rulesets. A browser that asks us before each request has none of its own on.
async fn alone(browser: &Browser, rulesets: &[&str]) -> Result<()> {
    let switches = ["trackers", "ads", "links", "widgets", "cookies", "gpc", "referrer", "unwrap"];
    let off: BTreeMap<&str, bool> = switches.into_iter().map(|switch| (switch, false)).collect();
    protect(browser, json!({ "version": 1, "switches": off })).await?;
    browser.extension_page("extension/frame/frame.html").await?;
    let script = "const dnr = chrome.declarativeNetRequest;
        await dnr.updateEnabledRulesets({ enableRulesetIds: arguments[0] });
        return [await dnr.getEnabledRulesets(), await dnr.getDynamicRules()]";
    let (on, dynamic): (Vec<String>, Vec<Value>) = browser.eval_async(script, vec![json!(rulesets)]).await?;
    ensure!(on == rulesets && dynamic.is_empty(), "{on:?} and {dynamic:?} are at work");
    Ok(())
}

async fn ask(browser: &Browser, cases: &[Case<'_>]) -> Result<Vec<Vec<Matched>>> {
    let requests: Vec<Value> = cases.iter().map(|case| case.request(browser.which())).collect();
    browser.eval_async(ASK, vec![requests.into()]).await
}

/// Firefox takes a host with a dot at its end for another host, and pictures that a page offers in several sizes for
/// another type than pictures, which no rule can name that Chromium is to read too.
fn is_firefoxs_own(case: &Case<'_>, which: Which) -> bool {
    let has_dot = case.url.split('/').nth(2).is_some_and(|host| host.ends_with('.'));
    which == Which::Firefox && (has_dot || case.kind == "imageset")
}

#[test]
fn the_shipped_rules_decide_as_the_shield_does() -> Result<()> {
    let text = fs::read_to_string(root().join("tests/cases/outcomes.txt"))?;
    let cases: Vec<Case<'_>> = text.lines().filter_map(Case::read).collect();
    ensure!(cases.len() > 300, "there are {} cases", cases.len());
    let packs = Packs::of_files(&[])?;
    let shield = packs.open()?;
    let said = |case: &Case<'_>| word(shield.ask(&case.question()).decision);
    let wrong = cases.iter().filter(|case| said(case) != case.wanted);
    let wrong: Vec<String> = wrong.map(|case| format!("the shield says {}: {}", said(case), case.line)).collect();
    ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    let mut known = BTreeMap::new();
    for ruleset in SHIPPED {
        let text = fs::read_to_string(root().join(format!("build/rules/{ruleset}.json")))?;
        known.extend(actions(&serde_json::from_str(&text)?));
    }
    in_both_with(with_feedback, async |Scene { browser, .. }| {
        alone(&browser, &SHIPPED).await?;
        let answers = ask(&browser, &cases).await?;
        let mut wrong = Vec::new();
        for (case, matched) in cases.iter().zip(&answers) {
            let said = outcome(matched, &known);
            if said != case.wanted {
                wrong.push(format!("{}: the browser says {said} by {matched:?}", case.line));
            }
            let is_shipped = |rule: &Matched| SHIPPED.contains(&rule.ruleset_id.as_str());
            ensure!(matched.iter().all(is_shipped), "{}: {matched:?}", case.line);
        }
        ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
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
    in_both_with(with_feedback, async |Scene { browser, .. }| {
        alone(&browser, &[]).await?;
        let (mut asked, mut wrong) = (0, Vec::new());
        for block in &blocks {
            let is_rule = |line: &&str| !line.starts_with(';') && Case::read(line).is_none();
            let lines: Vec<&str> = block.lines().filter(is_rule).collect();
            let text = ListText { id: "case".into(), text: lines.join("\n"), ..ListText::default() };
            let (declared, _) = Lists::read(vec![text]).0.declared(|_| false);
            let played = Played::open(&declared, &suffixes).context("the suffixes were just written")?;
            let [safe, risky] = [&declared.safe, &declared.risky].map(serde_json::to_value);
            let (safe, risky) = (safe?, risky?);
            browser
                .eval_async::<()>(LOAD, vec![safe.clone(), risky.clone()])
                .await
                .with_context(|| block.to_string())?;
            let actions: BTreeMap<u64, String> = actions(&safe).into_iter().chain(actions(&risky)).collect();
            // A rule for whole pages speaks of what a page asks for only in the page.
            let on_page = |case: &Case<'_>| {
                let by = played.ask(&case.question()).rule.map(u64::from);
                case.kind != "main_frame" && by.is_some_and(|id| actions[&id] == "allowAllRequests")
            };
            let cases: Vec<Case<'_>> = block.lines().filter_map(Case::read).filter(|case| !on_page(case)).collect();
            for (case, matched) in cases.iter().zip(ask(&browser, &cases).await?) {
                asked += 1;
                let plays = played.ask(&case.question());
                // Of a redirect that changes nothing Firefox says that it matches. It does not follow it: see below.
                let is_idle = browser.which() == Which::Firefox && plays.url == case.url;
                let said = outcome(&matched, &actions);
                let said = if is_idle && said == "change" { "pass" } else { said };
                let plays = word(plays.decision);
                if said != plays && !is_firefoxs_own(case, browser.which()) {
                    wrong.push(format!("{}: the browser says {said} by {matched:?}, played is {plays}", case.line));
                }
            }
        }
        ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
        println!("{asked} requests");
        browser.quit().await
    })
}

/// Asked with a real request, because of a rule without anything to change Firefox says that it matches.
#[test]
fn a_rule_with_nothing_to_take_out_hides_no_block() -> Result<()> {
    in_both_with(with_feedback, async |Scene { web, browser }| {
        web.page("page.example", "/", Response::html("<!doctype html><title>page</title><body>"));
        alone(&browser, &[]).await?;
        let text =
            ListText { id: "case".into(), text: "$removeparam=clid\n||watch.example^".into(), ..ListText::default() };
        let (declared, _) = Lists::read(vec![text]).0.declared(|_| false);
        let rules = [&declared.safe, &declared.risky].map(serde_json::to_value);
        let [safe, risky] = rules;
        browser.eval_async::<()>(LOAD, vec![safe?, risky?]).await?;
        browser.goto("https://page.example/").await?;
        let load = "for (const host of ['watch', 'other']) {
              for (const query of ['', '?clid=1&kept=1']) {
                await fetch(`https://${host}.example/a${query}`, { mode: 'no-cors' }).catch(() => {});
              }
            }";
        browser.eval_async::<()>(load, vec![]).await?;
        let urls = |host: &str| web.requests_to(host).into_iter().map(|request| request.url).collect::<Vec<_>>();
        ensure!(urls("watch.example").is_empty(), "these came through: {:?}", urls("watch.example"));
        let other = urls("other.example");
        ensure!(other == ["https://other.example/a", "https://other.example/a?kept=1"], "{other:?}");
        browser.quit().await
    })
}
