//! The protections that a person switches on and off everywhere: their names, their order, and which are on at first.
//!
//! What it deliberately does not say: what a protection does; that is the plan's, the lists' and the scripts'.

/// A protection that is switched on and off everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Switch {
    /// Requests that watch people are stopped.
    Trackers,
    /// Requests for advertisements are stopped.
    Ads,
    /// Parameters that follow people from site to site are taken out of addresses.
    Links,
    /// Buttons and posts of social platforms on other sites wait for a click.
    Widgets,
    /// Companies that watch get and set no cookies on other companies' sites.
    Cookies,
    /// Sites are told that the person's data is not to be sold or shared (Global Privacy Control).
    Gpc,
    /// Other sites are told from which site a request comes, but not from which page.
    Referrer,
    /// Links that lead over a platform's counter lead straight to where they say.
    Unwrap,
}

impl Switch {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Switch; 8] = [
        Switch::Trackers,
        Switch::Ads,
        Switch::Links,
        Switch::Cookies,
        Switch::Gpc,
        Switch::Referrer,
        Switch::Unwrap,
        Switch::Widgets,
    ];

    /// Its name in stored choices, in the keys of words and, where it has lists, in `data/lists.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Switch::Trackers => "trackers",
            Switch::Ads => "ads",
            Switch::Links => "links",
            Switch::Widgets => "widgets",
            Switch::Cookies => "cookies",
            Switch::Gpc => "gpc",
            Switch::Referrer => "referrer",
            Switch::Unwrap => "unwrap",
        }
    }

    /// Whether it is on when the extension is new. Advertisements as such are the person's own choice, and what people
    /// came to see (a post, a film in an article) does not disappear without their asking.
    pub fn is_usual(self) -> bool {
        !matches!(self, Switch::Ads | Switch::Widgets)
    }
}
