//! Answers: what the wire reader of the best fitting site finds in a file of JSON.
//!
//! A capture does not say which request it answered, so every path of every site is tried.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use plainsight::api::page::Sent;

use super::found::{Found, Shipped, row};

/// What the best fitting site finds in this answer.
pub(super) fn read(shipped: &Shipped, file: &Path) -> Result<Found> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let body = String::from_utf8_lossy(&bytes);
    let mut best = Found::default();
    for site in &shipped.sites {
        for (rule, wire) in site.wire.iter().enumerate() {
            let mut page = shipped.page(&site.hosts[0], "")?;
            let name = wire.names.first().cloned().unwrap_or_default();
            let sent = match wire.paths.first() {
                Some(path) => Sent::Answer { path: path.replace('*', "captured"), name },
                None => Sent::Inline { rule },
            };
            let refusals = page.hear(&sent, &body);
            let rows: Vec<_> = page.heard().iter().map(|item| row(file, site, &page, item)).collect();
            if rows.len() > best.rows.len() {
                best = Found { rows, refusals: refusals.iter().map(ToString::to_string).collect() };
            }
        }
    }
    Ok(best)
}
