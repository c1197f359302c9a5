//! Where in the dashboard one is: the days, what is looked at, and what is searched. It stands in the address behind the `#`,
//! so that the browser's back works, and a place can be kept.
//!
//! An address is foreign text: what cannot be read in it is as if it were not there.

use crate::api::diary::{Grain, Span};

/// How many days are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Range {
    /// One day.
    Day,
    /// Seven days.
    Week,
    /// Thirty days.
    Month,
    /// A year of days.
    Year,
}

impl Range {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Range; 4] = [Range::Day, Range::Week, Range::Month, Range::Year];

    /// Its name in an address.
    fn name(self) -> &'static str {
        match self {
            Range::Day => "day",
            Range::Week => "week",
            Range::Month => "month",
            Range::Year => "year",
        }
    }

    /// The key of its words.
    pub fn says(self) -> &'static str {
        match self {
            Range::Day => "dashboardDay",
            Range::Week => "dashboardWeek",
            Range::Month => "dashboardMonth",
            Range::Year => "dashboardYear",
        }
    }

    fn days(self) -> u32 {
        match self {
            Range::Day => 1,
            Range::Week => 7,
            Range::Month => 30,
            Range::Year => 365,
        }
    }

    /// How wide its bars are.
    pub fn grain(self) -> Grain {
        match self {
            Range::Year => Grain::Month,
            _ => Grain::Day,
        }
    }
}

/// What is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Subject {
    /// Everything.
    #[default]
    All,
    /// One company.
    Company(String),
    /// One site.
    Site(String),
    /// What one company could know; of the days that are looked back for that, whatever days are chosen.
    Mirror(String),
    /// One kind of what was noticed or done.
    Tally(Tally),
}

/// What is counted in feeds besides items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// What was noticed.
    Kind,
    /// What was done.
    Act,
}

impl What {
    /// Its name in an address.
    fn name(self) -> &'static str {
        match self {
            What::Kind => "kind",
            What::Act => "act",
        }
    }
}

/// One kind of what was noticed or done in feeds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Which of the two.
    pub what: What,
    /// The kind.
    pub name: String,
    /// On which site; on all if none.
    pub site: Option<String>,
}

/// A place in the dashboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// How many days are looked at.
    pub range: Range,
    /// The day after the last; none is the day after today.
    pub end: Option<u32>,
    /// What is looked at.
    pub subject: Subject,
    /// The part of the page that is meant.
    pub part: String,
    /// What companies and sites are searched for.
    pub find: String,
}

impl Default for Route {
    fn default() -> Route {
        let (part, find) = (String::new(), String::new());
        Route { range: Range::Week, end: None, subject: Subject::All, part, find }
    }
}

impl Route {
    /// Reads what stands behind the `#`.
    pub fn read(hash: &str) -> Route {
        let (mut route, mut told) = (Route::default(), None);
        for (name, value) in hash.trim_start_matches('#').split('&').filter_map(|pair| pair.split_once('=')) {
            let value = js_sys::decode_uri_component(value).map(String::from).unwrap_or_default();
            match name {
                "range" => route.range = Range::ALL.into_iter().find(|it| it.name() == value).unwrap_or(route.range),
                "end" => route.end = value.parse().ok(),
                "company" => route.subject = Subject::Company(value),
                "site" => route.subject = Subject::Site(value),
                "mirror" => route.subject = Subject::Mirror(value),
                "kind" => told = Some((What::Kind, value)),
                "act" => told = Some((What::Act, value)),
                "part" => route.part = value,
                "find" => route.find = value,
                _ => {}
            }
        }
        if let Some((what, name)) = told {
            route.subject = Subject::Tally(Tally { what, name, site: route.site() });
        }
        route
    }

    /// The site that is looked at, if it is one alone.
    pub fn site(&self) -> Option<String> {
        match &self.subject {
            Subject::Site(site) => Some(site.clone()),
            Subject::Tally(tally) => tally.site.clone(),
            _ => None,
        }
    }

    /// The address of this place.
    pub fn href(&self) -> String {
        let mut pairs = vec![("range", self.range.name().to_owned())];
        pairs.extend(self.end.map(|end| ("end", end.to_string())));
        match &self.subject {
            Subject::All => {}
            Subject::Company(name) => pairs.push(("company", name.clone())),
            Subject::Site(name) => pairs.push(("site", name.clone())),
            Subject::Mirror(name) => pairs.push(("mirror", name.clone())),
            Subject::Tally(Tally { what, name, site }) => {
                pairs.push((what.name(), name.clone()));
                pairs.extend(site.clone().map(|site| ("site", site)));
            }
        }
        pairs.extend([("part", &self.part), ("find", &self.find)].map(|(name, value)| (name, value.clone())));
        let pairs = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        let pair =
            |(name, value): (&str, String)| format!("{name}={}", String::from(js_sys::encode_uri_component(&value)));
        format!("#{}", pairs.map(pair).collect::<Vec<_>>().join("&"))
    }

    /// The days of it.
    pub fn span(&self, today: u32) -> Span {
        let to = self.end.unwrap_or(today.saturating_add(1));
        Span { from: to.saturating_sub(self.range.days()), to }
    }

    /// The same days with something else to look at.
    pub fn to(&self, subject: Subject) -> Route {
        Route { subject, part: String::new(), find: String::new(), ..self.clone() }
    }

    /// The same with a part of it meant.
    pub fn at(&self, part: &str) -> Route {
        Route { part: part.to_owned(), ..self.clone() }
    }

    /// The same for another number of days, which end on the same one.
    pub fn over(&self, range: Range) -> Route {
        Route { range, part: String::new(), ..self.clone() }
    }

    /// The same for as many days before these.
    pub fn earlier(&self, today: u32) -> Route {
        Route { end: Some(self.span(today).from), part: String::new(), ..self.clone() }
    }

    /// The same for as many days after these; none if that would be in days to come.
    pub fn later(&self, today: u32) -> Option<Route> {
        let end = self.end?.saturating_add(self.range.days());
        let end = (end <= today).then_some(end);
        Some(Route { end, part: String::new(), ..self.clone() })
    }

    /// What a bar stands for, by itself.
    pub fn within(&self, bar: Span) -> Route {
        let range = Range::ALL.into_iter().find(|range| range.days() >= bar.to - bar.from).unwrap_or(Range::Year);
        Route { range, end: Some(bar.to), part: String::new(), ..self.clone() }
    }
}
