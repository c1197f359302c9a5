//! What the person chose about the mirror: whether it is shown, and what of it they called wrong or do not want to see.
//!
//! It is stored as `mirror`, beside the other choices, and goes with them into a file of the diary. It is about the person
//! and no company: who is not interested in something is not for any of them. What is stored may come from a file, and is
//! read like foreign text: what cannot be understood was not said.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What the person said of an interest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Said {
    /// It is wrong.
    Wrong,
    /// It is not to be shown again.
    Hidden,
}

/// What the person chose.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Value")]
pub struct Choice {
    /// Whether they asked for it.
    pub asked: bool,
    /// What they said of interests, by name.
    pub said: BTreeMap<String, Said>,
}

impl From<Value> for Choice {
    fn from(stored: Value) -> Choice {
        let said = stored.get("said").and_then(Value::as_object).into_iter().flatten();
        Choice {
            asked: stored.get("asked").and_then(Value::as_bool).unwrap_or_default(),
            said: said.filter_map(|(name, said)| Some((name.clone(), Said::deserialize(said).ok()?))).collect(),
        }
    }
}
