//! What a feed is made into: files, and the truth about each post.
//!
//! Both come out of one reading of one file, so they are handed on together. Nothing is written to disk here.

use serde::Serialize;

use super::posts::Bait;

/// What is true of one post of a replica: what Plainsight ought to find out by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Truth {
    /// The host that shows the post.
    pub host: String,
    /// Which feed of the host: `home`, or `following` (X only).
    pub tab: String,
    /// The page of the feed, from 1.
    pub page: usize,
    /// The id as the platform writes it: digits for X, `t3_…` for Reddit.
    pub id: String,
    /// The name in the TOML file, for people.
    pub name: String,
    /// Handle of the author.
    pub author: String,
    /// Reddit: the community. None on X and for ads.
    pub community: Option<String>,
    /// Language tag of the text.
    pub lang: String,
    /// The words of the post (on Reddit: title, then body).
    pub text: String,
    /// Whether the person follows the author (X) or has joined the community (Reddit). None where neither applies.
    pub followed: Option<bool>,
    /// True if and only if somebody paid for the place.
    pub sponsored: bool,
    /// True if and only if the person did not ask for it and nobody paid for it.
    pub suggested: bool,
    /// The candidate source as the platform's data names it.
    pub source: Option<String>,
    /// The platform's own sentence, visible or only in the page's data.
    pub reason: Option<String>,
    /// True if and only if the sentence is in the data but the platform does not show it.
    pub reason_hidden: bool,
    /// Ads: the advertiser's domain.
    pub domain: Option<String>,
    /// Kinds of engagement bait, sorted; empty if none.
    pub bait: Vec<Bait>,
    /// Why a post that looks like bait must not be flagged.
    pub why_not: Option<String>,
}

/// One generated file, or one generated part of a static file.
pub(super) struct Made {
    pub(super) path: String,
    pub(super) marker: Option<&'static str>,
    pub(super) text: String,
}

/// A whole feed: its files and its truth.
pub(super) struct Feed {
    pub(super) files: Vec<Made>,
    pub(super) truth: Vec<Truth>,
}
