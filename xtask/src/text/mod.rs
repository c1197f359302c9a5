//! Labelled texts: reading the sets of a folder, training the model of them, and measuring it.
//!
//! The sets are others' and stay outside the repository; what is made of them is committed: `data/model`. A set that is
//! not in the folder is left out and said to be, so that the recipe works with those alone whose licence lets weights be
//! given on. What a text is weighed by, is the core's own ([`plainsight::api::authoring::Folded`] and its pieces).

mod civil;
pub mod curve;
pub mod labelled;
pub mod learn;
pub mod limits;
pub mod measure;
pub mod recipe;
pub mod sets;
pub mod topics;
