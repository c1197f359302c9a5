//! The extension's own pages, drawn with Leptos: the toolbar popup, the side panel, the page of all choices, the welcome, the
//! dashboard, the page on which each protection is tried, and the cards on what feeds and trackers do.
//!
//! Whatever a page shows comes from `api`'s structs; its words come from `_locales`, its numbers from `Intl`. Text
//! from pages and lists is only ever text: nothing here sets inner HTML. The browser itself is lent by the page's
//! script ([`browser::Browser`]), so that these files name no extension API.

pub mod browser;
pub mod choices;
pub mod dashboard;
pub mod diary_choices;
pub mod diary_file;
pub mod feed;
pub mod glance;
pub mod learning;
mod lessons;
pub mod mend;
pub mod offer;
mod options;
pub mod panel;
pub mod parts;
pub mod permit;
pub mod plot;
mod popup;
pub mod protection;
pub mod reach;
pub mod report;
mod selftest;
pub mod speech;
mod stored;
pub mod switch;
pub mod tabbed;
pub mod tongue;
pub mod topics;
pub mod trackers;
pub mod updates;
mod welcome;
pub mod wishes;

pub use dashboard::dashboard;
pub use lessons::lessons;
pub use options::options;
pub use panel::panel;
pub use popup::popup;
pub use selftest::selftest;
pub use welcome::welcome;
