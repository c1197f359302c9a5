//! Feeds.

pub mod signals;
