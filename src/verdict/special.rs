//! Which parts of a person's life the law protects more than others: those of Article 9 of the GDPR that a kind of site
//! can tell of.
//!
//! The build reads this file too, to know what an interest of `data/interests` may be marked with, so it deliberately
//! uses nothing of ours. Origin, genes and the body's measures are not here: no list of sites shows them.

use serde::{Deserialize, Serialize};

/// What an interest tells of, where the law protects that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Special {
    /// Body and mind.
    Health,
    /// Whom and how somebody loves.
    Sexuality,
    /// What somebody believes.
    Religion,
    /// What somebody thinks of the state.
    Politics,
    /// Whether somebody belongs to a trade union.
    Union,
}

impl Special {
    /// The key of the sentence that says so, in `_locales`.
    pub fn says(self) -> &'static str {
        match self {
            Special::Health => "mirrorTellsHealth",
            Special::Sexuality => "mirrorTellsSexuality",
            Special::Religion => "mirrorTellsReligion",
            Special::Politics => "mirrorTellsPolitics",
            Special::Union => "mirrorTellsUnion",
        }
    }
}
