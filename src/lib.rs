//! Plainsight's core: what an item of a feed is, what a request is, and why.
//!
//! Social platforms watch people across the web and choose what they see next. This library reads a feed (`feed`),
//! knows the requests by which people are watched (`trackers`), keeps the person's own diary of both (`ledger`), and
//! puts every verdict into words with the evidence it rests on (`explain`). `api` is the only place where they meet,
//! and the only thing that the browser side (`web`) may ask.
//!
//! What it deliberately has not: no clock, no disk, no network, no randomness and no JavaScript types. They come in
//! as arguments, so that every answer can be tested and repeated. Foreign text never fails as a whole: functions that
//! read it return a value and the [`verdict::Refusal`]s of what could not be used.
//!
//! Modules stand in reading order: the shared words, the leaves, the rooms, the door.

pub mod verdict;

pub mod pack;
pub mod text;
pub mod url;

pub mod feed;
pub mod trackers;

pub mod ledger;

pub mod explain;

pub mod api;

#[cfg(all(target_arch = "wasm32", feature = "browser"))]
pub mod web;
