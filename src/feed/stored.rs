//! How what was stored is read: like foreign text, field by field.
//!
//! Another version may have written it, or a person by hand. A field that cannot be understood is as if it were missing,
//! and no reason to lose the others. It deliberately knows nothing of what is stored.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// The fields of what was stored; none if it was no object.
#[derive(Debug, Default)]
pub struct Stored(Map<String, Value>);

impl From<Value> for Stored {
    fn from(value: Value) -> Stored {
        Stored(if let Value::Object(fields) = value { fields } else { Map::new() })
    }
}

impl Stored {
    /// Takes a field out; none if it is missing or cannot be understood.
    pub fn take<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        serde_json::from_value(self.0.remove(name)?).ok()
    }

    /// What nobody took: kept, to be written back.
    pub fn rest(self) -> Map<String, Value> {
        self.0
    }
}
