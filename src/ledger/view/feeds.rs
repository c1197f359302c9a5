//! Views of feeds: what each platform's was made of over time, ready to be stacked.
//!
//! A platform is named by its site's id (`x`, `reddit`); its name for people is not known here.

use super::super::book::Leaf;
use super::super::sheet::Feed;
use super::{Book, Grain, Span, ranked, sums};

/// What feeds were made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Feeds {
    /// The days of each bar.
    pub bars: Vec<Span>,
    /// The platforms, the one with most items first.
    pub platforms: Vec<PlatformFeed>,
}

/// What one platform's feed was made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlatformFeed {
    /// The platform's id.
    pub platform: String,
    /// Over the whole span.
    pub total: Feed,
    /// In each bar.
    pub over: Vec<Feed>,
}

/// What each platform's feed was made of.
pub fn feeds(book: &Book, span: Span, grain: Grain) -> Feeds {
    let (bars, leaves) = book.bars(span, grain);
    among(book, bars, &leaves, |_| true)
}

/// The same of some sites alone.
pub(super) fn among(book: &Book, bars: Vec<Span>, leaves: &[(usize, &Leaf)], is: impl Fn(usize) -> bool) -> Feeds {
    let mut platforms = sums::<PlatformFeed>(book);
    for (bar, leaf) in leaves {
        for entry in leaf.entries.iter().filter(|entry| is(entry.site)) {
            for (platform, feed) in &entry.feeds {
                let sum = platforms[*platform].get_or_insert_with(|| PlatformFeed {
                    over: vec![Feed::default(); bars.len()],
                    ..PlatformFeed::default()
                });
                sum.total.add(feed);
                sum.over[*bar].add(feed);
            }
        }
    }
    let rows = ranked(book, platforms, |sum| sum.total.items());
    let platforms = rows.into_iter().map(|(platform, sum)| PlatformFeed { platform, ..sum }).collect();
    Feeds { bars, platforms }
}
