//! Reads the posts that people write: one TOML file a feed.
//!
//! It exists apart from the two generators because both feeds share one form, and because a mistyped key must fail
//! loudly with its line (`deny_unknown_fields`), or a truth would silently be lost. It knows nothing of wire formats;
//! the only thing it invents is numbers: ids, counts of likes and moments, all derived from the post's name.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

/// A kind of engagement bait, after Facebook's public definition of December 2017.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Bait {
    /// Asks to vote with a reaction, a comment or a share.
    Vote,
    /// Asks for a like, a heart, an upvote.
    React,
    /// Asks to pass the post on.
    Share,
    /// Asks to name other people.
    Tag,
    /// Asks to write a given word, or anything at all, below the post.
    Comment,
}

/// One feed as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Posts {
    #[allow(dead_code, reason = "it tells people which file they have open")]
    site: String,
    #[serde(default)]
    pub(super) authors: BTreeMap<String, Author>,
    #[serde(default)]
    pub(super) communities: BTreeMap<String, Community>,
    #[serde(rename = "post")]
    pub(super) posts: Vec<Post>,
}

/// An account on X.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Author {
    pub(super) name: String,
    pub(super) followed: bool,
    #[serde(default)]
    pub(super) verified: bool,
}

/// A community on Reddit.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Community {
    pub(super) followed: bool,
    pub(super) about: String,
}

/// One post with its truth.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Post {
    pub(super) name: String,
    pub(super) author: String,
    pub(super) lang: String,
    #[serde(default)]
    pub(super) title: String,
    #[serde(default)]
    pub(super) text: String,
    pub(super) suggested: bool,
    pub(super) minutes: u32,
    pub(super) component: Option<String>,
    #[serde(default)]
    pub(super) bait: Vec<Bait>,
    pub(super) why_not: Option<String>,
    pub(super) ad: Option<Ad>,
    // X
    pub(super) tab: Option<String>,
    pub(super) social: Option<Social>,
    pub(super) conversation: Option<String>,
    pub(super) reposted_by: Option<String>,
    pub(super) picture: Option<String>,
    #[serde(default)]
    pub(super) wrapped: bool,
    // Reddit
    pub(super) community: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) domain: Option<String>,
    pub(super) reason: Option<String>,
    #[serde(default)]
    pub(super) hidden: bool,
}

/// What an advertiser adds to a post.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ad {
    pub(super) domain: String,
    #[serde(default)]
    pub(super) headline: String,
    #[serde(default)]
    pub(super) landing: String,
    #[serde(default)]
    pub(super) cta: String,
    #[serde(default)]
    pub(super) interests: Vec<String>,
    #[serde(default)]
    pub(super) locations: Vec<String>,
    pub(super) gender: Option<String>,
    pub(super) targeting: Option<String>,
}

/// X's line above a post.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Social {
    pub(super) kind: String,
    pub(super) text: String,
}

/// Reads and checks one file.
pub(super) fn read(path: &Path) -> Result<Posts> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut feed: Posts = toml::from_str(&text).with_context(|| format!("cannot understand {}", path.display()))?;
    for post in &mut feed.posts {
        ensure!(post.minutes < 24 * 60, "{}: older than a day", post.name);
        ensure!(!(post.suggested && post.ad.is_some()), "{}: an ad is not a suggestion", post.name);
        ensure!(post.bait.is_empty() || post.why_not.is_none(), "{}: bait with a reason why not", post.name);
        post.bait.sort_unstable();
    }
    Ok(feed)
}

impl Post {
    /// A number of `digits` digits that belongs to this post and never changes with its place in the file.
    pub(super) fn number(&self, salt: &str, digits: u32) -> u64 {
        number(&format!("{salt} {}", self.name), digits)
    }

    /// A plausible count for this post, from 0 to `most`.
    pub(super) fn count(&self, salt: &str, most: u64) -> u64 {
        hash(&format!("{salt} {}", self.name)) % (most + 1)
    }

    /// The day of the month (November 2026), the hour and the minute at which it was written.
    pub(super) fn moment(&self) -> (u32, u32, u32) {
        // The evening of Friday the 20th, for ever: a fixed clock keeps the pages the same from day to day.
        let written = 2 * 24 * 60 - 1 - self.minutes;
        (19 + written / (24 * 60), written / 60 % 24, written % 60)
    }

    /// The moment as `<time datetime>` has it.
    pub(super) fn iso(&self) -> String {
        let (day, hour, minute) = self.moment();
        format!("2026-11-{day}T{hour:02}:{minute:02}:00.000Z")
    }
}

/// A number of exactly `digits` digits, derived from a name.
pub(super) fn number(name: &str, digits: u32) -> u64 {
    let floor = 10_u64.pow(digits - 1);
    floor + hash(name) % (9 * floor)
}

/// FNV-1a with a last stir (its low bits alone repeat too soon for short names).
pub(super) fn hash(name: &str) -> u64 {
    let mut sum: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in name.bytes() {
        sum = (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    (sum ^ (sum >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 3
}
