//! The messages of a language as they are shipped: what is said, in the shortest form that reads the same.
//!
//! What tells translators about a message stays here, as do blanks, and the names of its values' places: `$SITE$` that
//! means `$1` is shipped as `$1`, which both browsers and `extension/pages/language.js` read alike, and 15 languages are 20 KB
//! less in the package. What it deliberately does not do: change a word.

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};

/// The messages of one language.
///
/// # Errors
/// If they are no messages.
pub(super) fn said(messages: &[u8]) -> Result<Vec<u8>> {
    let mut messages: Value = serde_json::from_slice(messages)?;
    for message in messages.as_object_mut().context("messages are an object")?.values_mut() {
        let Some(message) = message.as_object_mut() else {
            bail!("a message is an object, and this is none: {message}")
        };
        message.remove("description");
        let Some(Value::Object(places)) = message.get_mut("placeholders") else { continue };
        places.values_mut().filter_map(Value::as_object_mut).for_each(|it| drop(it.remove("example")));
        let text = message.get("message").and_then(Value::as_str);
        let places = message.get("placeholders").and_then(Value::as_object);
        if let Some(text) = text.zip(places).and_then(|(text, places)| numbered(text, places)) {
            message.remove("placeholders");
            message.insert("message".to_owned(), text.into());
        }
    }
    Ok(serde_json::to_vec(&messages)?)
}

/// A text with numbers for the names of its places; none if it would then be read otherwise.
fn numbered(text: &str, places: &Map<String, Value>) -> Option<String> {
    let mut parts = text.split('$').peekable();
    let mut short = parts.next()?.to_owned();
    while let Some(name) = parts.next() {
        let after = parts.next()?;
        let (_, place) = places.iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
        // Before a digit it would be another number, and before a place right behind it the name of a place.
        let is_of_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '@');
        if after.starts_with(|c: char| c.is_ascii_digit()) || (parts.peek().is_some() && after.chars().all(is_of_name))
        {
            return None;
        }
        short += place.get("content")?.as_str()?;
        short += after;
    }
    Some(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, shipped: &str) {
        let places = r#"{"x":{"content":"$1","example":"e"},"y":{"content":"$2"}}"#;
        let source = format!(r#"{{ "a": {{ "message": "{text}", "description": "d", "placeholders": {places} }} }}"#);
        let shipped = match shipped {
            "" => {
                format!(r#"{{"a":{{"message":"{text}","placeholders":{}}}}}"#, places.replace(r#","example":"e""#, ""))
            }
            _ => format!(r#"{{"a":{{"message":"{shipped}"}}}}"#),
        };
        assert_eq!(String::from_utf8(said(source.as_bytes()).unwrap()).unwrap(), shipped);
    }

    #[test]
    fn messages_are_shipped_without_what_is_for_translators() {
        let source = br#"{ "a": { "message": "A", "description": "d" }, "b": { "message": "B" } }"#;
        assert_eq!(said(source).unwrap(), br#"{"a":{"message":"A"},"b":{"message":"B"}}"#);
        assert!(said(b"[]").is_err() && said(br#"{ "a": 1 }"#).is_err());
    }

    #[test]
    fn names_of_places_are_shipped_as_numbers_where_they_read_the_same() {
        check("Of $X$", "Of $1");
        check("$Y$ of $X$: $x$", "$2 of $1: $1");
        check("$X$件$Y$", "$1件$2");
        for kept in ["$X$$Y$", "$X$and$Y$", "$X$0", "$$5 of $X$", "$Z$"] {
            check(kept, "");
        }
    }
}
