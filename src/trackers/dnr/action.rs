//! What a rule does, in declarativeNetRequest's words, and how important that is.
//!
//! One rule may become several declarative ones, because a page is let be in another way than a request, and because a
//! stand-in may be missing where its request is to be stopped all the same. What it deliberately does not say: with which
//! requests; that is the condition's.

use super::super::ResourceType;
use super::super::list::{Effect, Rule, Types};
use super::exception;
use super::rule::{
    ALLOW, Action, BLOCK, CHANGE, Header, IMPORTANT, IMPORTANT_ALLOW, IMPORTANT_REDIRECT, PAGE, REDIRECT, Redirect,
};

/// Where the extension keeps the stand-ins that `redirect=` names; they must be web-accessible there.
const STAND_INS: &str = "/extension/stand-ins/";

/// Where the stand-in of that name is asked for in place of a request of this type; none if the request is stopped.
pub fn stand_in_for(kind: ResourceType, name: &str) -> Option<String> {
    (!Types::TELLING.meets(Types::of(kind))).then(|| format!("{STAND_INS}{name}"))
}

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
            let types = types.without(Types::TELLING);
            if stand_in(to) && types != Types::default() {
                let redirect_to = Redirect::ExtensionPath(format!("{STAND_INS}{to}"));
                out.push((redirect, Action::Redirect { redirect: redirect_to }, types));
            }
            Ok(out)
        }
        Effect::RemoveParam(_) => Err("parameters are declared together".into()),
        Effect::Policy { header, value } => {
            let response_headers = vec![Header { header, operation: "append", value: Some(value.clone()) }];
            Ok(vec![(CHANGE, Action::ModifyHeaders { request_headers: Vec::new(), response_headers }, types)])
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
