//! How fast the shield must be, as shares of what others need on the same machine at the same time: a number of its own
//! would mean another thing on every machine.
//!
//! A share that is exceeded fails the benchmark. What this deliberately does not do: excuse anything; where a budget is
//! wider than what was aimed at, `benches/README.md` says so.

/// A warm request, on the mean, of the best peer's mean.
pub(super) const WARM: f64 = 1.0 / 3.0;
/// A warm request, of the least that any shield must do: take the address over and hash its words.
pub(super) const FLOOR: f64 = 2.0;
/// The first thousand requests after a cold start, with loading the lists, of the best peer's.
pub(super) const COLD: f64 = 1.0 / 5.0;
/// Loading the compiled lists, of the best peer's.
pub(super) const LOAD: f64 = 1.0 / 5.0;
