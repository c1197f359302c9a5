//! A diary's file read a sheet at a time, so that the page is drawn meanwhile, and no more than a sheet of it is in memory twice:
//! three years of a heavy diary are 100 MB of text.
//!
//! It reads what `api::diary` writes, and what else is JSON with the same fields. What it deliberately does not do: say what is
//! wrong. A file that it cannot read is read once more as a whole by whoever asked, and refused there.

use std::collections::BTreeMap;

use js_sys::{Function, Promise};
use serde::de::DeserializeOwned;
use serde_json::{Deserializer, Map, Value};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::api::diary::{self, File, Period, Sheet};

/// The field whose values are read one by one.
const SHEETS: &str = "sheets";

/// The file; none if anything in it is not as it should be.
///
/// # Errors
/// If `on` fails, which is told how far it is, as the first half of all.
pub(super) async fn read(text: &str, on: &Function) -> Result<Option<File>, JsValue> {
    let (mut rest, mut sheets) = (Map::new(), BTreeMap::new());
    let Some(mut at) = text.trim_start().strip_prefix('{') else { return Ok(None) };
    loop {
        let Some((name, after)) = name(at) else { return Ok(None) };
        at = after;
        if name == SHEETS && sheets.is_empty() {
            let Some(inside) = at.strip_prefix('{') else { return Ok(None) };
            at = inside.trim_start();
            while !at.starts_with('}') {
                tell(on, text.len() - at.len(), 2 * text.len()).await?;
                let Some((period, sheet, after)) = sheet(at) else { return Ok(None) };
                sheets.insert(period, sheet);
                at = after;
            }
            at = at[1..].trim_start();
        } else {
            let Some((value, after)) = value(at) else { return Ok(None) };
            rest.insert(name, value);
            at = after;
        }
        match at.strip_prefix(',') {
            Some(next) => at = next,
            None => break,
        }
    }
    if at.trim_end() != "}" {
        return Ok(None);
    }
    let file = diary::read(&Value::Object(rest).to_string()).ok();
    Ok(file.filter(|file| file.sheets.is_empty()).map(|file| File { sheets, ..file }))
}

/// Tells how far it is, and waits for what is answered.
pub(super) async fn tell(on: &Function, done: usize, of: usize) -> Result<(), JsValue> {
    let told = on.call2(&JsValue::NULL, &done.into(), &of.into())?;
    JsFuture::from(Promise::resolve(&told)).await.map(drop)
}

/// A value, and what follows it.
fn value<T: DeserializeOwned>(text: &str) -> Option<(T, &str)> {
    let mut values = Deserializer::from_str(text).into_iter::<T>();
    let value = values.next()?.ok()?;
    Some((value, text[values.byte_offset()..].trim_start()))
}

/// The name of a field, and what follows its colon.
fn name(text: &str) -> Option<(String, &str)> {
    let (name, after) = value::<String>(text)?;
    Some((name, after.strip_prefix(':')?.trim_start()))
}

/// A sheet with its period, and what follows it and its comma. It is read at once: by way of a `Value`, what comes and goes
/// would lie between what stays, and a large file takes several times as long.
fn sheet(text: &str) -> Option<(Period, Sheet, &str)> {
    let (name, after) = name(text)?;
    let (sheet, after) = value(after)?;
    let after = match after.strip_prefix(',') {
        Some(next) => Some(next.trim_start()).filter(|next| next.starts_with('"'))?,
        None => after.starts_with('}').then_some(after)?,
    };
    Some((name.parse().ok()?, sheet, after))
}
