//! The ledger: the person's own diary of who tried to watch them, kept on their machine.
//!
//! It begins with one observed request ([`sighting`]), is counted for the page in front of the person ([`tab`]), and
//! is summed per site and period ([`sheet`]); [`kept`] says under which keys sums are stored, [`packed`] in which form, and
//! [`view`] what can be seen of them. Nothing here looks up a company, parses an address or reads a clock:
//! the caller has asked `trackers` and brings the answers, days and times along, so that every count can be repeated.
//!
//! A count that is not known is kept as not known. It is never folded into a zero.

pub mod book;
pub mod event;
pub mod kept;
pub mod opened;
pub mod packed;
pub mod period;
pub mod sheet;
pub mod sighting;
pub mod tab;
pub mod text;
pub mod told;
pub mod view;

pub use book::{Book, Grain, Span};
pub use event::{Asked, End, Event, Step};
pub use period::Period;
pub use sheet::{Feed, Row, Sheet, Tally};
pub use sighting::{Counts, Outcome, Owner, Sighting};
pub use tab::Tab;
