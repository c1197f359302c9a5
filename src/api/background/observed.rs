//! What the background's script saw, in the browser's own words: one entry per `webRequest` or `tabs` report.
//!
//! The script passes reports on as they are and judges nothing; what the error names of the two browsers mean is
//! written here, once. Only http and https have places: everything else ends a redirect nowhere.

use serde::Deserialize;

use crate::ledger::End;

const MS_PER_DAY: f64 = 86_400_000.0;

/// Reports in the order in which they came, which need not be the order in which the browser made them: while Chromium
/// starts a service worker it keeps reports back, and those that it makes just then come before the ones it kept.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Batch {
    /// How many minutes the person's clock is ahead of UTC, so that a day is their day.
    #[serde(default)]
    pub zone: i32,
    /// The reports.
    pub events: Vec<Observed>,
}

/// One report.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "what", rename_all = "lowercase")]
pub enum Observed {
    /// A page has begun to arrive in a tab.
    Page {
        /// The tab.
        tab: i32,
        /// The browser's number for the page's own request.
        id: String,
        /// Its address.
        url: String,
        /// Whether the tab is in a private window, where that is known.
        #[serde(default)]
        private: Option<bool>,
        /// Milliseconds since 1970, UTC.
        at: f64,
    },
    /// A request starts.
    Start {
        /// The tab; -1 for a page's worker that serves several.
        tab: i32,
        /// The browser's number for the request.
        id: String,
        /// Its address.
        url: String,
        /// The address or origin of the frame that asks; empty if the browser does not tell.
        #[serde(default)]
        frame: String,
        /// The same of the page at the top, where the browser tells.
        #[serde(default)]
        page: Option<String>,
        /// `webRequest.ResourceType`.
        #[serde(rename = "type")]
        kind: String,
        /// Milliseconds since 1970, UTC.
        at: f64,
        /// Whether the tab is in a private window, where that is known.
        #[serde(default)]
        private: Option<bool>,
    },
    /// A request is redirected.
    Redirect {
        /// The tab.
        tab: i32,
        /// The browser's number for the request.
        id: String,
        /// From this address.
        url: String,
        /// To this one.
        to: String,
        /// Milliseconds since 1970, UTC.
        at: f64,
    },
    /// A request broke off.
    Failed {
        /// The tab.
        tab: i32,
        /// The browser's number for the request.
        id: String,
        /// Its address.
        url: String,
        /// The browser's name for the error.
        error: String,
        /// Milliseconds since 1970, UTC.
        at: f64,
    },
    /// A request was answered.
    Done {
        /// The tab.
        tab: i32,
        /// The browser's number for the request.
        id: String,
        /// Its address.
        url: String,
        /// Milliseconds since 1970, UTC.
        at: f64,
    },
    /// A request was sent, or answered, with cookies; reported only while somebody learns from it. Values are looked
    /// at and dropped.
    Cookies {
        /// The tab; -1 for a page's worker that serves several.
        tab: i32,
        /// Its address.
        url: String,
        /// The address or origin of the frame that asks; empty if the browser does not tell.
        #[serde(default)]
        frame: String,
        /// The same of the page at the top, where the browser tells.
        #[serde(default)]
        page: Option<String>,
        /// `webRequest.ResourceType`.
        #[serde(rename = "type")]
        kind: String,
        /// Milliseconds since 1970, UTC.
        at: f64,
        /// Whether the tab is in a private window, where that is known.
        #[serde(default)]
        private: Option<bool>,
        /// The request's `Cookie`; empty if it had none.
        #[serde(default)]
        sent: String,
        /// The answer's `Set-Cookie`, one each.
        #[serde(default)]
        set: Vec<String>,
    },
    /// A tab was closed.
    Closed {
        /// The tab.
        tab: i32,
        /// Milliseconds since 1970, UTC.
        at: f64,
    },
}

impl Observed {
    /// The tab it is about; -1 for none.
    pub fn tab(&self) -> i32 {
        match self {
            Observed::Page { tab, .. }
            | Observed::Start { tab, .. }
            | Observed::Redirect { tab, .. }
            | Observed::Failed { tab, .. }
            | Observed::Done { tab, .. }
            | Observed::Cookies { tab, .. }
            | Observed::Closed { tab, .. } => *tab,
        }
    }

    /// When the browser made it.
    pub fn at(&self) -> f64 {
        match self {
            Observed::Page { at, .. }
            | Observed::Start { at, .. }
            | Observed::Redirect { at, .. }
            | Observed::Failed { at, .. }
            | Observed::Done { at, .. }
            | Observed::Cookies { at, .. }
            | Observed::Closed { at, .. } => *at,
        }
    }

    /// Whether the tab is in a private window, where the report says so.
    pub fn private(&self) -> Option<bool> {
        match self {
            Observed::Page { private, .. } | Observed::Start { private, .. } | Observed::Cookies { private, .. } => {
                *private
            }
            _ => None,
        }
    }
}

/// What an error name of Chromium (`net::`) or Firefox (`NS_`) says of a request's end.
pub(super) fn end(error: &str) -> End {
    match error {
        // An extension's rule or listener; Firefox has one name for this and for few other things.
        "net::ERR_BLOCKED_BY_CLIENT" | "NS_ERROR_ABORT" => End::Blocked,
        // The page's own policy, the administrator, Firefox's tracking protection.
        "net::ERR_BLOCKED_BY_CSP"
        | "net::ERR_BLOCKED_BY_ADMINISTRATOR"
        | "NS_ERROR_CONTENT_BLOCKED"
        | "NS_ERROR_TRACKING_URI"
        | "NS_ERROR_SOCIALTRACKING_URI"
        | "NS_ERROR_EMAILTRACKING_URI"
        | "NS_ERROR_FINGERPRINTING_URI"
        | "NS_ERROR_CRYPTOMINING_URI" => End::BlockedElsewhere,
        _ => End::Broken,
    }
}

/// The number of the person's day. A float from JavaScript that is no time at all lands on day 0.
pub(super) fn day(at: f64, zone: i32) -> u32 {
    let local = at + f64::from(zone) * 60_000.0;
    // `as` saturates, and NaN becomes 0.
    (local / MS_PER_DAY) as u32
}

/// A fingerprint (FNV-1a) of a request's address and type: addresses themselves are never kept.
pub(super) fn mark(url: &str, kind: &str) -> u32 {
    let bytes = kind.bytes().chain([b' ']).chain(url.bytes());
    bytes.fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
