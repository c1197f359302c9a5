//! A declarative rule, as the browser reads it, and which of two that fit a request speaks.
//!
//! What it deliberately does not hold: how a line of a list becomes one.

use serde::Serialize;

use super::condition::Condition;

/// One declarative rule, as the browser reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DnrRule {
    /// At least 1; the same for the same rule in every version of a list.
    pub id: u32,
    /// The higher wins.
    pub priority: u32,
    /// What is done.
    pub action: Action,
    /// With which requests.
    pub condition: Condition,
}

/// What a declarative rule does.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum Action {
    /// Lets it through.
    Allow,
    /// Lets everything through that the page or frame asks for.
    AllowAllRequests,
    /// Stops it.
    Block,
    /// Answers it with something else.
    Redirect {
        /// With what.
        redirect: Redirect,
    },
    /// Changes headers.
    #[serde(rename_all = "camelCase")]
    ModifyHeaders {
        /// Of the request.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        request_headers: Vec<Header>,
        /// Of the answer.
        response_headers: Vec<Header>,
    },
}

impl Action {
    /// Whether it only blocks and allows. Browsers bear fewer of the others.
    pub fn is_safe(&self) -> bool {
        matches!(self, Action::Allow | Action::AllowAllRequests | Action::Block)
    }
}

/// What a request is answered with instead.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Redirect {
    /// A file of the extension.
    ExtensionPath(String),
    /// The same address, changed.
    Transform(Transform),
}

/// What changes in an address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Transform {
    /// The whole query; empty takes it away.
    Query(String),
    /// Some of the query.
    QueryTransform(QueryTransform),
}

/// What changes in a query.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct QueryTransform {
    /// Parameters that are taken out.
    pub remove_params: Vec<String>,
}

/// A header that is added or taken out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Header {
    /// Its name.
    pub header: &'static str,
    /// `append` or `remove`.
    pub operation: &'static str,
    /// What is added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// All declarative rules of some lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Rules {
    /// Block and allow.
    pub safe: Vec<DnrRule>,
    /// Redirects, headers and parameters.
    pub risky: Vec<DnrRule>,
}

/// A block; an exception stands above it, and what is important above that.
pub(super) const BLOCK: u32 = 10;
/// A redirect speaks before the block of the same line would.
pub(super) const REDIRECT: u32 = 11;
pub(super) const ALLOW: u32 = 20;
/// Headers change whether or not an exception lets the request through. Parameters stand below all: see `params.rs`.
pub(super) const CHANGE: u32 = 25;
pub(super) const IMPORTANT: u32 = 30;
pub(super) const IMPORTANT_REDIRECT: u32 = 31;
pub(super) const IMPORTANT_ALLOW: u32 = 32;
/// A page on which nothing is to be stopped.
pub(super) const PAGE: u32 = 40;
