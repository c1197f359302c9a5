//! Where a body of data comes from: the question that goes with every body.
//!
//! Which rule reads it is decided by this alone, and by nothing in the body.

use serde::{Deserialize, Serialize};

/// Where a body of data comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sent {
    /// An answer to a request of this path, which gave this name of what is asked; empty where it gave none.
    Answer {
        /// The path, with or without a query.
        path: String,
        /// The name that one of the site's rules wants.
        #[serde(default)]
        name: String,
    },
    /// Data in the page itself, found as the site's wire rule of this number says.
    Inline {
        /// The rule's number, counted from 0.
        rule: usize,
    },
}
