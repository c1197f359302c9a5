//! How what was stored is read: like foreign text.
//!
//! Another version may have written it, or a person by hand. It deliberately knows nothing of what is stored.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A field of the wrong type is the default of its type, and no reason to lose the others.
pub fn lenient<'de, D: Deserializer<'de>, T: Default + serde::de::DeserializeOwned>(from: D) -> Result<T, D::Error> {
    let value = Value::deserialize(from)?;
    Ok(serde_json::from_value(value).unwrap_or_default())
}
