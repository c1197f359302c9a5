//! What feeds were made of, a plot a platform, with what was noticed in them and what was done.
//!
//! It stands on the page of everything and on that of a site. Parts are those that the platform states; what it does not state
//! is a part of its own and never counted as anything else.

use leptos::prelude::*;

use super::super::browser::{number, share, words, words_of, words_with};
use super::super::plot::Series;
use super::super::tabbed::platform;
use super::bars::{Bars, Over};
use super::route::{Route, What};
use super::tally::tallies;
use crate::api::diary::{self, Feed, Feeds, Span};

/// The colours of these parts.
const COLORS: [u8; 4] = [5, 3, 2, 7];

/// What an item is, in the order in which it is stacked.
fn parts(feed: &Feed) -> [(&'static str, u32); 4] {
    [
        ("dashboardSponsored", feed.sponsored),
        ("dashboardSuggested", feed.suggested),
        ("dashboardFollowed", feed.followed),
        ("dashboardUnknown", feed.unknown),
    ]
}

/// What feeds were made of, a plot a platform.
pub fn feeds(feeds: &Feeds, route: &Route, span: Span) -> impl IntoView + use<> {
    let of = |it: &diary::PlatformFeed| {
        let name = platform(&it.platform);
        let series = parts(&it.total).into_iter().enumerate().map(|(i, (key, _))| Series {
            name: words(key),
            color: COLORS[i],
            counts: it.over.iter().map(|feed| parts(feed)[i].1).collect(),
        });
        let bars = Bars { bars: feeds.bars.clone(), series: series.collect() };
        let items = it.total.items();
        let made = parts(&it.total).map(|(key, count)| words_of("dashboardPart", &[&words(key), &share(count, items)]));
        let told = [What::Kind, What::Act].map(|what| tallies(what, &it.total, route));
        view! {
            <h3>{name.clone()}</h3>
            <p>{words_with("dashboardItemsOf", &number(items))}</p>
            <ul class="shares">{made.map(|made| view! { <li>{made}</li> }).collect_view()}</ul>
            <Over title=words_with("dashboardFeedOf", &name) bars route=route.clone() span />
            {told.into_iter().flatten().collect_view()}
        }
    };
    let told = feeds.platforms.iter().map(of).collect_view();
    let nothing = feeds.platforms.is_empty().then(|| view! { <p class="quiet">{words("dashboardNoFeeds")}</p> });
    view! {
        <section aria-labelledby="feeds">
            <h2 id="feeds" tabindex="-1">{words("dashboardFeeds")}</h2>
            {nothing}
            {told}
        </section>
    }
}
