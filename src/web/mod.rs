//! The browser side: the one place, with `bin`, that names wasm-bindgen and JavaScript's types.
//!
//! Each module is one context's thin shell around `api`: values from JavaScript in, plain structs through, values out.
//! What is exported to JavaScript is written in `bin`, so that every wasm carries only its own context.

pub mod background;
pub mod diary;
pub mod lists;
pub mod noting;
pub mod page;
#[cfg(feature = "pages")]
pub mod pages;
pub mod shield;
