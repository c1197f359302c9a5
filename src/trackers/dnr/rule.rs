//! A declarative rule as the browser reads it: the shapes, and nothing that makes them.
//!
//! Fields are named and ordered as in the browsers' documentation; what is empty is left out. What it deliberately does
//! not know: lists and their rules.

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
        /// Of the answer.
        response_headers: Vec<Header>,
    },
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

/// A header that is added.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Header {
    /// Its name.
    pub header: &'static str,
    /// `append`.
    pub operation: &'static str,
    /// What it says.
    pub value: String,
}

/// All declarative rules of some lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Rules {
    /// Block and allow.
    pub safe: Vec<DnrRule>,
    /// Redirects, headers and parameters.
    pub risky: Vec<DnrRule>,
}
