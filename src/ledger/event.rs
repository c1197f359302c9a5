//! What a tab's tally is told, and what it tells: reports of the browser joined with what `trackers` knows, and steps for
//! the sums that are kept longer.
//!
//! They hold words and numbers only. What a report means for a count is not said here; [`super::tab`] decides it.

use super::sighting::{Owner, Sighting};

/// A request as it starts, with what `trackers` says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Who it is addressed to.
    pub company: Owner,
    /// The host it is addressed to.
    pub host: String,
    /// The name behind the host, where the host is its disguise.
    pub alias: Option<String>,
    /// Which of our rules wants it stopped, as list and line; none if no rule speaks.
    pub rule: Option<String>,
    /// Whether it counts even if nothing stops it: a rule speaks, or it goes to another company that is known.
    pub notable: bool,
    /// The day on which it started.
    pub day: u32,
    /// When it started, in milliseconds.
    pub at: u64,
    /// A fingerprint of its address and type, by which a second try is recognised.
    pub mark: u32,
}

/// How a request ended, as far as the browser tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The host was reached: it answered, or sent the browser on to another host.
    Reached,
    /// An extension kept it from the host: stopped it, or sent it into itself.
    Blocked,
    /// It was stopped, and by no extension: the browser's own protection, or the page's policy.
    BlockedElsewhere,
    /// Anything else: cancelled, no network, no such host. Whether it reached anybody is not known.
    Broken,
}

/// One report of the browser about one tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A new page has begun to arrive in the tab. `request` is the number of the page's own request.
    Arrived {
        /// The number by which a repetition is recognised.
        request: String,
        /// The page's host.
        host: String,
        /// The page's site.
        site: String,
    },
    /// A request starts.
    Started {
        /// The browser's number for it; redirects keep it.
        id: String,
        /// The host and site of the page that makes it, where the browser tells.
        page: Option<(String, String)>,
        /// Whose it is.
        asked: Asked,
    },
    /// A request ended at a host.
    Ended {
        /// The request.
        id: String,
        /// The host at which it ended.
        host: String,
        /// How.
        end: End,
    },
}

/// What one report changed, for the sums that are kept longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The day on which the request started.
    pub day: u32,
    /// Whether the request is counted for the first time.
    pub begun: bool,
    /// The request; its outcome is not seen while it runs.
    pub sighting: Sighting,
}
