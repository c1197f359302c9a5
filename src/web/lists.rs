//! Makes the lists of the running extension anew: the door to `api::lists::anew`.
//!
//! It is asked seldom and takes its time; the background that is answering meanwhile is not touched. What is made goes
//! back to the script, which stores it and starts the background again.

use js_sys::{Object, Reflect, Uint8Array};
use serde::Serialize;
use wasm_bindgen::JsValue;

use crate::api::lists::ListText;
use crate::api::lists::anew;
use crate::api::lists::parts;

/// Makes both packs from the shipped ones and the person's own lists (`{ id, title, text }[]`): `{ pack, texts, rules,
/// accounts }`.
///
/// # Errors
/// Says what is wrong with a pack or the shape of `own`.
pub fn make(background: &[u8], texts: &[u8], own: JsValue) -> Result<JsValue, JsValue> {
    let own: Vec<ListText> = serde_wasm_bindgen::from_value(own)?;
    let made = anew::make(background, texts, own).map_err(|error| JsValue::from_str(&error.to_string()))?;
    let plain = serde_wasm_bindgen::Serializer::json_compatible();
    let out = Object::new();
    let fields: [(&str, JsValue); 4] = [
        ("pack", Uint8Array::from(made.pack.as_slice()).into()),
        ("texts", Uint8Array::from(made.texts.as_slice()).into()),
        ("rules", made.rules.serialize(&plain)?),
        ("accounts", made.accounts.serialize(&plain)?),
    ];
    for (name, value) in fields {
        Reflect::set(&out, &name.into(), &value)?;
    }
    Ok(out.into())
}

/// Joins a list with the files that were fetched for it (a `Map` by path): `{ text, next }`.
///
/// # Errors
/// If `fetched` is no such map.
pub fn join(text: &str, fetched: JsValue) -> Result<JsValue, JsValue> {
    let joined = parts::join(text, &serde_wasm_bindgen::from_value(fetched)?);
    Ok(joined.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}
