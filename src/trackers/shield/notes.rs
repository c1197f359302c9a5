//! What the shield writes down while it answers: the address's words and labels, and who the page is.
//!
//! Nothing of it is an answer. The lists of words and labels are written anew for every question and kept only for their
//! memory; what was found out about the page's site is kept until another page asks, for a page asks many times in a row.
//! Nobody reads it but the next question, and it never leaves the shield.

use std::cell::RefCell;

use super::super::request::Request;
use super::layout::Row;
use super::site::Numbers;
use crate::url::hash::Folded;
use crate::url::labels;

/// A hash of a part of the address, and where the part begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) hash: u64,
    pub(super) at: usize,
}

/// What is known of the request that is asked about.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// The address in lower case.
    pub(super) url: Folded,
    /// Its words.
    pub(super) words: Vec<Found>,
    /// Its host's labels, the shortest suffix first; places count from the address's beginning.
    pub(super) labels: Vec<Found>,
    /// The page's site.
    pub(super) site: Site,
    /// The page at the top; read only when something is to be stopped.
    pub(super) page: RefCell<Page>,
}

/// What is known of the page at the top.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) url: String,
    /// The exceptions for whole pages whose pattern matches it.
    pub(super) silent: Vec<Row>,
}

/// What is known of the site of the frame that asks.
#[derive(Debug, Default)]
pub(super) struct Site {
    /// None before the first question.
    pub(super) host: Option<String>,
    /// Its registrable domain.
    pub(super) domain: String,
    /// The numbers that it has in the index.
    pub(super) numbers: Numbers,
}

impl Notes {
    /// Writes down a request; `about` is asked only if it comes from another site than the one before.
    pub(super) fn take(&mut self, request: &Request<'_>, about: impl FnOnce(&str) -> Site) {
        let Notes { url, words, labels: hosts, site, .. } = self;
        url.fill(request.url.as_bytes());
        words.clear();
        url.words(|hash, at| words.push(Found { hash, at }));
        hosts.clear();
        hosts.extend(labels(request.host()).map(|(at, hash)| Found { hash, at: at + request.host.0 }));
        if site.host.as_deref() != Some(request.site) {
            *site = about(request.site);
        }
    }
}
