//! One file a task; `main.rs` is their door.
//!
//! Beside them: [`wasm`] (core to JavaScript glue and small wasm) and [`sizes`] (what was made, against its budget),
//! which more than one task needs.

pub mod ask;
pub mod bench;
pub mod build;
pub mod check_shared;
pub mod demo;
pub mod dist;
pub mod eval;
pub mod eval_language;
pub mod eval_text;
pub mod lint;
pub mod looks;
pub mod report;
pub mod sizes;
pub mod test;
pub mod train;
pub mod wasm;
