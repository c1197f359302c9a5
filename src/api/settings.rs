//! What the person has chosen, as it is stored: the same value for the page, the background and the extension's pages.
//!
//! It is defined beside the judge, who obeys it; this is the door through which the browser side may name it.

pub use crate::feed::own::{AuthorRule, Own, Unreadable, WordRule, Words, Wrong};
pub use crate::feed::settings::{ACTS, Settings, SiteChoice};
pub use crate::feed::stored::Stored;
pub use crate::verdict::{Act, Group};
