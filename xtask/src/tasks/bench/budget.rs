//! How fast the shield must be, as shares of what others need on the same machine at the same time: a number of its own
//! would mean another thing on every machine.
//!
//! A share over its budget fails the benchmark. Beside it stands what is aimed at, so that a budget that is wider cannot
//! pass for the aim; it may only shrink. What this deliberately does not do: excuse anything; why an aim is not reached
//! is told in `benches/README.md`.

/// A share, as it must be and as it should be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Share {
    pub(super) budget: f64,
    pub(super) aim: f64,
}

/// A warm request, on the mean, of the best peer's mean.
pub(super) const WARM: Share = Share { budget: 0.6, aim: 1.0 / 3.0 };
/// A warm request, of the least that any shield must do: take the address over and hash its words.
pub(super) const FLOOR: Share = Share { budget: 2.5, aim: 2.0 };
/// Loading the lists and the first thousand requests after it, of the best peer's.
pub(super) const COLD: Share = Share { budget: 0.6, aim: 0.2 };
/// Loading the compiled lists alone, of the best peer's.
pub(super) const LOAD: Share = Share { budget: 1.5, aim: 0.2 };
/// The page's main thread when 100 items come at once, of the same page without us.
pub(super) const AT_ONCE: Share = Share { budget: 1.7, aim: 1.1 };
/// The same while a person scrolls past a thousand items.
pub(super) const SCROLLING: Share = Share { budget: 1.6, aim: 1.1 };
/// What our scripts add while a person scrolls, of what the yardstick's add.
pub(super) const SCRIPTS: Share = Share { budget: 0.15, aim: 0.1 };
/// An item of 200 characters in the page core, warm, on the mean, in microseconds by Chromium's clock. It is no share, for
/// nobody else does the same.
pub(super) const ITEM: Share = Share { budget: 25.0, aim: 15.0 };
/// The popup from its navigation to its numbers, warm, in the middle, in milliseconds by the clock: what a person takes to
/// be at once.
pub(super) const POPUP: Share = Share { budget: 150.0, aim: 100.0 };
/// A view of three years of a heavy diary, from the dashboard's navigation to its numbers, likewise.
pub(super) const VIEW: Share = Share { budget: 200.0, aim: 150.0 };
