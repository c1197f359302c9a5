//! `cargo xtask ask …`: asks the core that ships, from the command line.
//!
//! One file a kind of question: [`requests`] (what becomes of them, and whose they are) and [`items`] (what is noticed
//! in texts). A file of questions is answered line by line in the same order; a line that cannot be read is answered
//! with an error in its place, so that lines still correspond. What it deliberately does not do: know anything itself.

pub mod items;
pub mod requests;
