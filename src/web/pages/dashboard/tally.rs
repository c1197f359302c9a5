//! One kind of what was noticed in feeds, or of what was done, by itself: what its number rests on.
//!
//! The diary keeps a count of each a day, a site and a platform, and no item: so it leads to the days and platforms, and,
//! where people can read what it is, to its card. It is asked of all sites or of one, as the number was.

use std::cmp::Reverse;

use leptos::prelude::*;

use super::super::browser::{key, number, words, words_of};
use super::super::plot::Series;
use super::super::tabbed::platform;
use super::bars::{Bars, Over};
use super::route::{Route, Subject, Tally, What};
use crate::api::diary::{self, Book, Feed, Feeds, Span};
use crate::api::lessons::all;

/// So many colours there are.
const COLOURS: u8 = 8;

impl What {
    /// The key of its heading.
    fn says(self) -> &'static str {
        match self {
            What::Kind => "dashboardKinds",
            What::Act => "dashboardActs",
        }
    }

    /// The words for one of it; those that an older release counted and nobody has words for keep their name.
    fn words(self, name: &str) -> String {
        let stem = match self {
            What::Kind => "kind",
            What::Act => "actDone",
        };
        let said = words(&key(stem, name));
        if said.is_empty() { name.to_owned() } else { said }
    }

    fn of(self, feed: &Feed, name: &str) -> u32 {
        self.all(feed).get(name).copied().unwrap_or_default()
    }

    fn all(self, feed: &Feed) -> &std::collections::BTreeMap<String, u32> {
        match self {
            What::Kind => &feed.kinds,
            What::Act => &feed.acts,
        }
    }
}

/// The counts of a feed, on demand; each leads to what it rests on.
pub fn tallies(what: What, feed: &Feed, route: &Route) -> Option<AnyView> {
    let mut rows: Vec<_> = what.all(feed).iter().map(|(name, count)| (Reverse(*count), name)).collect();
    rows.retain(|(count, _)| count.0 > 0);
    rows.sort_unstable();
    let row = |(count, name): (Reverse<u32>, &String)| {
        let href = route.to(Subject::Tally(Tally { what, name: name.clone(), site: route.site() })).href();
        view! { <li><a href=href>{what.words(name)} " " <b>{number(count.0)}</b></a></li> }.into_any()
    };
    let rows: Vec<AnyView> = rows.into_iter().map(row).collect();
    (!rows.is_empty()).then(|| {
        view! { <details><summary>{words(what.says())}</summary><ul class="tally plain">{rows}</ul></details> }
            .into_any()
    })
}

/// One of them.
pub fn tally(book: &Book, route: &Route, span: Span, it: &Tally) -> AnyView {
    let Tally { what, name, site } = it;
    let grain = route.range.grain();
    let Feeds { bars, platforms } = match site {
        Some(site) => diary::of_site(book, span, grain, site).feeds,
        None => diary::feeds(book, span, grain),
    };
    let (mut sums, mut series) = (Vec::new(), Vec::new());
    for it in platforms {
        let sum = what.of(&it.total, name);
        if sum > 0 {
            let platform = platform(&it.platform);
            let sum = words_of("dashboardPart", &[&platform, &number(sum)]);
            sums.push(view! { <li>{sum}</li> }.into_any());
            let color = (series.len() % usize::from(COLOURS)) as u8;
            let counts = it.over.iter().map(|feed| what.of(feed, name)).collect();
            series.push(Series { name: platform, color, counts });
        }
    }
    let said = what.words(name);
    let title = words_of("dashboardPart", &[&words(what.says()), &said]);
    let on = site.as_ref().map(|site| {
        let href = route.to(Subject::Site(site.clone())).href();
        view! { <p><a href=href>{site.clone()}</a></p> }.into_any()
    });
    let has_card = *what == What::Kind && all().iter().any(|lesson| lesson.noticed && lesson.name == name);
    let card = has_card.then(|| {
        let href = format!("lessons.html#{name}");
        view! { <p><a href=href>{words("receiptCard")}</a></p> }.into_any()
    });
    let told = if series.is_empty() {
        view! { <p class="quiet">{words("dashboardNoFeeds")}</p> }.into_any()
    } else {
        let bars = Bars { bars, series };
        view! { <ul class="shares">{sums}</ul> <Over title bars route=route.clone() span /> }.into_any()
    };
    view! {
        <section aria-labelledby="subject">
            <h2 id="subject" tabindex="-1">{said}</h2>
            <p class="quiet hint">{words(what.says())}</p>
            {on}
            {card}
            {told}
        </section>
    }
    .into_any()
}
