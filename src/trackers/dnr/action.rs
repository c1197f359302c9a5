//! What a rule does, in declarativeNetRequest's words, and how important that is.
//!
//! One rule may become several declarative ones, because a page is let be in another way than a request, and because a
//! stand-in may be missing where its request is to be stopped all the same. What it deliberately does not say: with which
//! requests; that is the condition's.

use super::super::ResourceType;
use super::super::list::{Effect, Rule, Types};
use super::exception;
use super::rule::{Action, Header, QueryTransform, Redirect, Transform};

/// Where the extension keeps the stand-ins that `redirect=` names; they must be web-accessible there.
const STAND_INS: &str = "/stand-ins/";

/// Parameters go from what nothing stops and no exception lets through. It must be the least of all: Firefox takes the
/// most important rule of all files, and where that one has nothing to take out, it lets the request through.
const PARAMETER: u32 = 1;
/// A block; an exception stands above it, and what is important above that.
const BLOCK: u32 = 10;
/// A redirect speaks before the block of the same line would.
const REDIRECT: u32 = 11;
const ALLOW: u32 = 20;
/// Policies come whether or not an exception lets the request through.
const POLICY: u32 = 25;
const IMPORTANT: u32 = 30;
const IMPORTANT_REDIRECT: u32 = 31;
const IMPORTANT_ALLOW: u32 = 32;
/// A page on which nothing is to be stopped.
const PAGE: u32 = 40;

/// What a rule does, once or in several parts: priority, action, types.
pub(super) fn of(rule: &Rule, stand_in: impl Fn(&str) -> bool) -> Result<Vec<(u32, Action, Types)>, String> {
    let types = Types(rule.types.0 & Types::REQUESTS.0);
    if types == Types::default() {
        return Err("it is about windows alone, which declarativeNetRequest does not know".into());
    }
    let page = Types::of(ResourceType::Document);
    match &rule.effect {
        Effect::Block if rule.exception => {
            let priority = if rule.important { IMPORTANT_ALLOW } else { ALLOW };
            let mut out = Vec::new();
            if types.meets(page) {
                out.push((PAGE, Action::AllowAllRequests, page));
            }
            if types.without(page) != Types::default() {
                out.push((priority, Action::Allow, types.without(page)));
            }
            Ok(out)
        }
        Effect::Block => {
            let priority = if rule.important { IMPORTANT } else { BLOCK };
            // Apart, the part without the page itself joins the great rule of all hosts.
            let parts = if types == Types::REQUESTS { vec![types.without(page), page] } else { vec![types] };
            Ok(parts.into_iter().map(|types| (priority, Action::Block, types)).collect())
        }
        Effect::Carried { option, .. } => Err(not_ours(option)),
        // What it excepts from is narrowed; it is no rule of its own.
        _ if rule.exception => exception::said(rule),
        Effect::Redirect { only_if_stopped: true, .. } => {
            Err("a redirect of what another rule stops cannot be declared".into())
        }
        Effect::Redirect { to, .. } => {
            let (block, redirect) = if rule.important { (IMPORTANT, IMPORTANT_REDIRECT) } else { (BLOCK, REDIRECT) };
            let mut out = vec![(block, Action::Block, types)];
            if stand_in(to) {
                let redirect_to = Redirect::ExtensionPath(format!("{STAND_INS}{to}"));
                out.push((redirect, Action::Redirect { redirect: redirect_to }, types));
            }
            Ok(out)
        }
        Effect::RemoveParam(name) => {
            if name.starts_with(['~', '/']) || name.contains('*') {
                return Err("declarativeNetRequest takes out parameters by their whole name alone".into());
            }
            let transform = if name.is_empty() {
                Transform::Query(String::new())
            } else {
                Transform::QueryTransform(QueryTransform { remove_params: vec![name.clone()] })
            };
            Ok(vec![(PARAMETER, Action::Redirect { redirect: Redirect::Transform(transform) }, types)])
        }
        Effect::Policy { header, value } => {
            let header = Header { header, operation: "append", value: value.clone() };
            Ok(vec![(POLICY, Action::ModifyHeaders { response_headers: vec![header] }, types)])
        }
    }
}

/// Why a rule that is not about a request being made is not declared.
fn not_ours(option: &str) -> String {
    match option {
        "urlskip" => "urlskip decodes an address, which declarativeNetRequest cannot".into(),
        "uritransform" => {
            "uritransform rewrites a path, for which declarativeNetRequest would need the whole address".into()
        }
        "header" | "responseheader" => format!("{option} asks for the answer's headers, which only one browser can"),
        _ => format!("{option} is not about a request being made"),
    }
}
