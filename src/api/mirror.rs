//! What companies that run platforms could know of a person, as pages ask for it.
//!
//! All of it is `explain`'s; it is named here because pages may name nothing but `api`.

pub use crate::explain::mirror::{
    Choice, DAYS, End, Inferred, Interest, Mirror, Platforms, Said, Strength, interests, mirror, platforms, span,
};
pub use crate::ledger::view::SiteTold;
