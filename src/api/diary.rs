//! The diary as pages ask for it: a book of sheets, and the views of it.
//!
//! The views themselves are the ledger's; they are named here because pages may name nothing but `api`.

pub use crate::ledger::view::{
    CompanyReach, CompanyShare, Feeds, Matrix, OfCompany, OfSite, PlatformFeed, Reach, SiteShare, SiteTime, Stopped,
    Time, feeds, matrix, of_company, of_site, reach, stopped, time,
};
pub use crate::ledger::{Book, Counts, Feed, Grain, Period, Row, Sheet, Span};
