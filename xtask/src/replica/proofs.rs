//! The proofs of all sites' pages, to be served where they say that they stand; and how they look there.
//!
//! A proof (`data/sites/NAME.proof.html`) is bare structure. To be looked at, it is dressed: with the styles of
//! `demo/looks` that bear its name, which are true to the platform's layout as far as that is publicly known. They are put
//! in when it is served, so that the proof stays what it proves.
//!
//! What it deliberately does not do: open a browser, or know what is to be found in a proof.

use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::browser::{Fixtures, Response};
use crate::root;
use crate::tasks::eval::{Shipped, page};

/// Finds our lines in a proof's page: `seen()` is its items, each with its body and our line before that; the script's
/// first argument is the site's layouts.
pub const SEEN: &str = "const isOurs = (node) => node?.localName === 'div' && node.childNodes.length === 0
      && node.style.getPropertyPriority('margin-top') === 'important';
    const seen = () => [...document.querySelectorAll('[data-truth]')].map((item) => {
      const layout = arguments[0].find(({ dom }) => item.matches(dom.item));
      const bodies = layout?.dom.body ? [...item.querySelectorAll(layout.dom.body)] : [item];
      const body = bodies.find((node) => !isOurs(node));
      const before = body?.previousElementSibling;
      return { item, body, line: isOurs(before) ? before : null };
    });";

/// A page of ours that is true to how a platform builds its pages.
#[derive(Debug)]
pub struct Proof {
    /// The file's name.
    pub file: String,
    /// The site's id.
    pub site: String,
    /// Where it says that it stands.
    pub address: page::Address,
    /// All of it.
    pub text: String,
    /// Whether it proves how comments stand under posts (`NAME-comments.proof.html`, `NAME-WAY-comments.proof.html`), and
    /// no items.
    pub comments: bool,
}

impl Proof {
    fn read(file: String, site: &str, text: String) -> Result<Proof> {
        let address = || {
            let (_, rest) = text.split_once("<link rel=\"canonical\" href=\"https://")?;
            let (host, path) = rest.split_once('"')?.0.split_once('/')?;
            Some(page::Address { host: host.into(), path: format!("/{path}") })
        };
        let address = address().with_context(|| format!("{file} does not say where it stands"))?;
        let comments = file.contains("-comments.");
        Ok(Proof { file, site: site.to_owned(), address, text, comments })
    }

    /// Its address in one piece.
    pub fn url(&self) -> String {
        format!("https://{}{}", self.address.host, self.address.path)
    }

    /// Its name: the site's id, or that and the way in which the site builds the page.
    pub fn name(&self) -> &str {
        self.file.strip_suffix(".proof.html").unwrap_or(&self.file)
    }

    /// It with its look, light or dark: what all share, what its site's pages share, and its own.
    ///
    /// # Errors
    /// If it has none.
    pub fn dressed(&self, dark: bool) -> Result<String> {
        let mut own: Vec<&str> = vec![&self.site, self.name()];
        own.dedup();
        let own: Vec<String> = own.into_iter().filter_map(look).collect();
        ensure!(!own.is_empty(), "{} has no look in demo/looks", self.file);
        let style = look("all").context("demo/looks/all.css is missing")? + own.concat().as_str();
        // By what the platform itself marks the dark: a line of the look says it.
        let marks = style.split("/* dark: ").skip(1).filter_map(|rest| Some(rest.split_once(" */")?.0));
        let marks: String = if dark { marks.map(|mark| format!("{mark} ")).collect() } else { String::new() };
        let text = self.text.replacen("<html ", &format!("<html {marks}"), 1);
        Ok(text.replacen("<title>", &format!("<style>{style}</style>\n<title>"), 1))
    }
}

fn look(name: &str) -> Option<String> {
    fs::read_to_string(root().join("demo/looks").join(name).with_extension("css")).ok()
}

/// The proofs of a site's pages: one for each way in which it builds them, `NAME.proof.html` or `NAME-WAY.proof.html`.
///
/// # Errors
/// If one cannot be read.
pub fn proofs_of(site: &str) -> Result<Vec<Proof>> {
    Ok(read_all(site)?.into_iter().filter(|proof| !proof.comments).collect())
}

/// The proofs of how comments stand under a site's posts.
///
/// # Errors
/// If one cannot be read.
pub fn comment_proofs_of(site: &str) -> Result<Vec<Proof>> {
    Ok(read_all(site)?.into_iter().filter(|proof| proof.comments).collect())
}

fn read_all(site: &str) -> Result<Vec<Proof>> {
    let mut proofs = Vec::new();
    for entry in fs::read_dir(root().join("data/sites"))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some(stem) = name.strip_suffix(".proof.html") else { continue };
        if stem == site || stem.strip_prefix(site).is_some_and(|rest| rest.starts_with('-')) {
            proofs.push(Proof::read(name, site, fs::read_to_string(&path)?)?);
        }
    }
    proofs.sort_by(|a, b| a.file.cmp(&b.file));
    Ok(proofs)
}

/// All proofs, each with the ways in which its site may build the page.
///
/// # Errors
/// If one cannot be read, or does not stand where its site has a feed.
pub fn all_proofs() -> Result<Vec<(Proof, Value)>> {
    let shipped = Shipped::open()?;
    let mut all = Vec::new();
    for site in &shipped.sites {
        for proof in proofs_of(&site.id)? {
            let page = shipped.page(&proof.address.host, &site.id)?;
            let feed =
                page.feed_here(&proof.address.path, false).with_context(|| format!("{} is no feed", proof.file))?;
            all.push((proof, json!(feed.layouts)));
        }
    }
    ensure!(!all.is_empty(), "there is no proof of any page");
    Ok(all)
}

/// The hosts of these proofs that no site's file names, each with its site: what is stored when the person has them read.
///
/// # Errors
/// If the shipped data does not hold together.
pub fn unnamed(proofs: &[(Proof, Value)]) -> Result<Value> {
    let named: Vec<String> = Shipped::open()?.sites.into_iter().flat_map(|site| site.hosts).collect();
    let unnamed = proofs.iter().map(|(proof, _)| proof).filter(|proof| !named.contains(&proof.address.host));
    Ok(unnamed.map(|proof| (proof.address.host.clone(), json!(proof.site))).collect::<serde_json::Map<_, _>>().into())
}

/// Serves a text as this proof's page, under a policy as strict as X's: what runs there is not the page's.
pub fn serve_proof(web: &Fixtures, proof: &Proof, text: &str) {
    let response = Response::html(text).with("Content-Security-Policy", "script-src 'none'");
    web.page(&proof.address.host, &proof.address.path, response);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_proof_has_a_look_and_every_look_is_of_a_proof() {
        let proofs = all_proofs().unwrap();
        for (proof, _) in &proofs {
            let [light, dark] = [false, true].map(|dark| proof.dressed(dark).unwrap());
            assert!(light.contains("<style>") && light.len() <= dark.len(), "{}", proof.file);
        }
        for entry in fs::read_dir(root().join("demo/looks")).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap();
            let is_of = |proof: &Proof| proof.site == name || proof.name() == name;
            assert!(name == "all" || proofs.iter().any(|(proof, _)| is_of(proof)), "{name} is of no proof");
        }
    }
}
