//! Makes the lists of the running extension anew: the door to `api::lists`.
//!
//! It is asked seldom and takes its time; the background that is answering meanwhile is not touched, and where a browser
//! lets it, all of this happens in a worker. What is made goes back to the script, which stores it and starts the
//! background again.

use js_sys::{Object, Reflect, Uint8Array};
use serde::Serialize;
use wasm_bindgen::JsValue;

use crate::api::lists::ListText;
use crate::api::lists::newer::{self, Fetched};
use crate::api::lists::parts;

/// Makes both packs from the shipped ones, texts that were fetched (`{ address, text }[]`) and the person's own lists
/// (`{ id, title, text }[]`): `{ pack, texts, rules, accounts, changes, used, refused }`.
///
/// # Errors
/// Says what is wrong with a pack or the shape of what was given, or that it is too much for the browser.
pub fn make(
    background: &[u8],
    texts: &[u8],
    fetched: JsValue,
    own: JsValue,
    declares: bool,
) -> Result<JsValue, JsValue> {
    let fetched: Vec<Fetched> = serde_wasm_bindgen::from_value(fetched)?;
    let own: Vec<ListText> = serde_wasm_bindgen::from_value(own)?;
    let made = newer::make(background, texts, &fetched, own, declares)?;
    let out = Object::new();
    let fields: [(&str, JsValue); 7] = [
        ("pack", Uint8Array::from(made.anew.pack.as_slice()).into()),
        ("texts", Uint8Array::from(made.anew.texts.as_slice()).into()),
        ("rules", plain(&made.anew.rules)?),
        ("accounts", plain(&made.anew.accounts)?),
        ("changes", plain(&made.changes)?),
        ("used", plain(&made.used)?),
        ("refused", plain(&made.refused)?),
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
    plain(&joined)
}

/// The homes of the shipped lists, as the background's pack tells them.
///
/// # Errors
/// Says what is wrong with the pack.
pub fn homes(background: &[u8]) -> Result<JsValue, JsValue> {
    plain(&newer::homes(background).map_err(|error| JsValue::from_str(&error.to_string()))?)
}

/// A text with a patch applied.
///
/// # Errors
/// The reason why the text is to be fetched whole instead.
pub fn patched(text: &str, patches: &str, name: &str) -> Result<String, JsValue> {
    Ok(newer::patched(text, patches, name)?)
}

fn plain(value: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}
