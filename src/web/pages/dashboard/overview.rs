//! Everything of a span of days: sums that lead to their parts, what feeds were made of, companies by reach, minutes, and
//! what became of requests. The table of companies and sites is in `matrix`.
//!
//! Where nothing is kept it says so, and never shows a zero that nobody counted.

use leptos::prelude::*;

use super::super::browser::{counted, key, number, share, words, words_of, words_with};
use super::super::tabbed::platform;
use super::bars::{Bars, Over};
use super::matrix::Matrix;
use super::route::{Route, Subject};
use super::subject::{cells, heads, requests};
use crate::api::diary::{self, Book, Counts, Feed, Feeds, Span};

/// So many companies are shown at first; the others behind one line.
const FIRST: usize = 20;
/// So many sites have a colour of their own among the minutes.
const COLOURED: usize = 7;

/// Whole minutes.
pub fn minutes(seconds: u64) -> u32 {
    u32::try_from(seconds.div_ceil(60)).unwrap_or(u32::MAX)
}

/// The whole page of everything.
pub fn overview(book: &Book, route: RwSignal<Route>, span: Span) -> impl IntoView + use<> {
    let here = route.get_untracked();
    let grain = here.range.grain();
    let (reach, stopped) = (diary::reach(book, span), diary::stopped(book, span, grain));
    let (feeds_of, time_of) = (diary::feeds(book, span, grain), diary::time(book, span, grain));
    if reach.sites == 0 {
        return view! { <section><p>{words("dashboardNothing")}</p></section> }.into_any();
    }
    let items: u32 = feeds_of.platforms.iter().map(|it| it.total.items()).fold(0, u32::saturating_add);
    let met = u32::try_from(reach.companies.len()).unwrap_or(u32::MAX);
    let sums = [
        ("dashboardSites", reach.sites, "matrix"),
        ("dashboardCompanies", met, "companies"),
        ("dashboardStopped", stopped.total.stopped.saturating_add(stopped.total.others), "stopped"),
        ("dashboardThrough", stopped.total.through, "stopped"),
        ("dashboardItems", items, "feeds"),
        ("dashboardMinutes", minutes(time_of.seconds), "minutes"),
    ];
    let sums = sums.into_iter().map(|(key, count, part)| {
        view! { <li><a href=here.at(part).href()><span>{words(key)}</span> " " <b>{number(count)}</b></a></li> }
    });
    let sums = sums.collect_view();
    let bars = requests(stopped.bars, &stopped.over);
    view! {
        <ul class="sums">{sums}</ul>
        {feeds(&feeds_of, &here, span)}
        {companies(&reach, &here)}
        <Matrix matrix=diary::matrix(book, span, usize::MAX, usize::MAX) route />
        {time(&time_of, &here, span)}
        <section aria-labelledby="stopped">
            <h2 id="stopped" tabindex="-1">{words("dashboardRequests")}</h2>
            <Over title=words("dashboardRequestsAll") bars route=here span />
        </section>
    }
    .into_any()
}

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
        let series = parts(&it.total)
            .into_iter()
            .enumerate()
            .map(|(i, (key, _))| (words(key), it.over.iter().map(|feed| parts(feed)[i].1).collect()));
        let bars = Bars { bars: feeds.bars.clone(), series: series.collect() };
        let items = it.total.items();
        let made = parts(&it.total).map(|(key, count)| words_of("dashboardPart", &[&words(key), &share(count, items)]));
        let kinds = tally(&it.total.kinds, "kind", "dashboardKinds");
        let acts = tally(&it.total.acts, "actDone", "dashboardActs");
        view! {
            <h3>{name.clone()}</h3>
            <p>{words_with("dashboardItemsOf", &number(items))}</p>
            <ul class="shares">{made.map(|made| view! { <li>{made}</li> }).collect_view()}</ul>
            <Over title=words_with("dashboardFeedOf", &name) bars route=route.clone() span />
            {kinds}
            {acts}
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

/// Counts by kind or act, on demand.
fn tally(counts: &std::collections::BTreeMap<String, u32>, stem: &str, title: &str) -> Option<impl IntoView + use<>> {
    let mut rows: Vec<_> = counts.iter().filter(|(_, count)| **count > 0).collect();
    rows.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let of = |name: &str| match stem {
        "kind" => words(&key("kind", name)),
        _ => words(&key("actDone", name)),
    };
    let rows: Vec<_> =
        rows.into_iter().map(|(name, count)| view! { <li>{of(name)} " " <b>{number(*count)}</b></li> }).collect();
    (!rows.is_empty())
        .then(|| view! { <details><summary>{words(title)}</summary><ul class="tally plain">{rows}</ul></details> })
}

/// Companies by how many of the visited sites they were met on.
fn companies(reach: &diary::Reach, route: &Route) -> impl IntoView + use<> {
    let row = |it: &diary::CompanyReach| {
        let href = route.to(Subject::Company(it.company.clone())).href();
        let told = counted("dashboardReach", reach.sites, &[&number(it.sites)]);
        view! {
            <tr>
                <th scope="row"><a href=href.clone()>{it.company.clone()}</a></th>
                <td><a href=href><meter min="0" max=reach.sites value=it.sites aria-hidden="true"></meter> {told}</a></td>
                {cells(&it.counts)}
            </tr>
        }
    };
    let rows = |companies: &[diary::CompanyReach]| companies.iter().map(row).collect_view();
    let (first, more) = reach.companies.split_at(reach.companies.len().min(FIRST));
    let table = |title: String, rows| {
        view! {
            <div class="scroll" tabindex="0" role="region" aria-label=title>
                <table>
                    <thead><tr>
                        <th scope="col">{words("dashboardCompany")}</th>
                        <th scope="col">{words("dashboardMetOn")}</th>
                        {heads()}
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    };
    let left = u32::try_from(more.len()).unwrap_or(u32::MAX);
    let others = (left > 0).then(|| {
        let title = words_with("dashboardMoreCompanies", &number(left));
        view! { <details><summary>{title.clone()}</summary>{table(title, rows(more))}</details> }
    });
    view! {
        <section aria-labelledby="companies">
            <h2 id="companies" tabindex="-1">{words("dashboardByReach")}</h2>
            <p class="quiet hint">{words("dashboardReachHint")}</p>
            {table(words("dashboardByReach"), rows(first))}
            {others}
        </section>
    }
}

/// How long sites were looked at.
fn time(time: &diary::Time, route: &Route, span: Span) -> impl IntoView + use<> {
    let rows = time.sites.iter().map(|it| {
        let href = route.to(Subject::Site(it.site.clone())).href();
        view! {
            <tr>
                <th scope="row"><a href=href>{it.site.clone()}</a></th>
                <td class="count">{number(minutes(it.seconds))}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let told = if time.sites.is_empty() {
        view! { <p class="quiet">{words("dashboardNoMinutes")}</p> }.into_any()
    } else {
        let (first, others) = time.sites.split_at(time.sites.len().min(COLOURED));
        let whole = |over: &[u64]| over.iter().map(|seconds| minutes(*seconds)).collect::<Vec<u32>>();
        let mut series: Vec<_> = first.iter().map(|it| (it.site.clone(), whole(&it.over))).collect();
        if !others.is_empty() {
            let sum = |bar| others.iter().filter_map(|it| it.over.get(bar)).sum::<u64>();
            let sums: Vec<u64> = (0..time.bars.len()).map(sum).collect();
            series.push((words("dashboardOthers"), whole(&sums)));
        }
        let bars = Bars { bars: time.bars.clone(), series };
        view! {
            <Over title=words("dashboardMinutesAll") bars route=route.clone() span />
            <div class="scroll" tabindex="0" role="region" aria-label=words("dashboardMinutesSite")>
                <table>
                    <thead><tr>
                        <th scope="col">{words("dashboardSite")}</th>
                        <th scope="col" class="count">{words("dashboardMinutes")}</th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="minutes">
            <h2 id="minutes" tabindex="-1">{words("dashboardMinutesSite")}</h2>
            {told}
        </section>
    }
}

/// Whether nothing was asked for.
pub fn is_none(counts: &Counts) -> bool {
    counts.requests == 0
}
