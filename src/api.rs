//! Door.

pub mod background;
pub mod settings;
