//! Every question one may ask of the core, as plain structs in and out.
//!
//! This is the only place where feeds and trackers meet, and the only module that the browser side and the tasks may
//! import. Questions and answers hold no types of a room that a page could not understand, so that the same messages
//! go straight into the core, through a frame, or onto a command line. What an answer borrows, it borrows from a pack.

#[cfg(feature = "authoring")]
pub mod authoring;
pub mod background;
pub mod diary;
pub mod lists;
pub mod mend;
#[cfg(any(feature = "pages", feature = "authoring"))]
pub mod mirror;
pub mod offer;
pub mod page;
pub mod protection;
pub mod requests;
pub mod settings;
pub mod topics;
mod wrapped;

pub use crate::explain::key;
#[cfg(any(feature = "pages", feature = "authoring"))]
pub use crate::explain::lessons;
