//! One company, or one site, by itself: what its numbers in the tables rest on.
//!
//! A company opens the sites it was met on, a site the companies that were met there; each of them opens the other. Whoever
//! has no company known is here under the name of their host's site.

use leptos::prelude::*;

use super::super::browser::{counted, number, words, words_with};
use super::super::plot::Series;
use super::bars::{Bars, Over, minutes};
use super::feeds::feeds;
use super::long::in_two;
use super::mirror;
use super::route::{Route, Subject};
use crate::api::diary::{self, Book, Counts, Span};

/// The colours of the four ends: what did not reach anybody is green and blue, what did is red, and not known is grey.
const COLORS: [u8; 4] = [2, 0, 5, 7];

/// The four ends of requests, in the order in which they are stacked and told.
pub fn ends(counts: &Counts) -> [(&'static str, u32); 4] {
    let settled = counts.stopped.saturating_add(counts.others).saturating_add(counts.through);
    [
        ("popupStopped", counts.stopped),
        ("popupStoppedByOthers", counts.others),
        ("popupLetThrough", counts.through),
        ("popupNotKnown", counts.requests.saturating_sub(settled)),
    ]
}

/// Requests over time, by their ends.
pub fn requests(bars: Vec<Span>, over: &[Counts]) -> Bars {
    let series = ends(&Counts::default()).into_iter().enumerate().map(|(i, (key, _))| Series {
        name: words(key),
        color: COLORS[i],
        counts: over.iter().map(|counts| ends(counts)[i].1).collect(),
    });
    Bars { bars, series: series.collect() }
}

/// The heads of the four columns.
pub fn heads() -> impl IntoView {
    ends(&Counts::default()).map(|(key, _)| view! { <th scope="col" class="count">{words(key)}</th> }).collect_view()
}

/// The cells of the four columns; each number leads to what it rests on.
pub fn cells(counts: &Counts, href: &str) -> impl IntoView + use<> {
    let cell = |(_, count): (&str, u32)| {
        let told = number(count);
        if count > 0 {
            view! { <td class="count"><a href=href.to_owned()>{told}</a></td> }.into_any()
        } else {
            view! { <td class="count">{told}</td> }.into_any()
        }
    };
    ends(counts).map(cell).collect_view()
}

/// A table of names that lead on, each with its requests.
fn table(title: &str, name: &'static str, more: &str, rows: Vec<(String, Route, Counts)>) -> AnyView {
    let table = move |title: String, rows: &[(String, Route, Counts)]| {
        let rows = rows.iter().map(|(name, route, counts)| {
            let href = route.href();
            let cells = cells(counts, &href);
            view! { <tr><th scope="row"><a href=href>{name.clone()}</a></th>{cells}</tr> }
        });
        let rows = rows.collect_view();
        view! {
            <div class="scroll" tabindex="0" role="group" aria-label=title>
                <table>
                    <thead><tr><th scope="col">{words(name)}</th>{heads()}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    in_two(title.to_owned(), more, rows, table)
}

/// One company.
pub fn company(book: &Book, route: &Route, span: Span, name: &str) -> impl IntoView + use<> {
    let view = diary::of_company(book, span, route.range.grain(), name);
    let sites = u32::try_from(view.sites.len()).unwrap_or(u32::MAX);
    let reach = counted("dashboardReach", view.of, &[&number(sites)]);
    let rows: Vec<_> =
        view.sites.into_iter().map(|it| (it.site.clone(), route.to(Subject::Site(it.site)), it.counts)).collect();
    let bars = requests(view.bars, &view.over);
    let title = words_with("dashboardRequestsOf", name);
    view! {
        <section aria-labelledby="subject">
            <h2 id="subject" tabindex="-1">{name.to_owned()}</h2>
            <p>{reach}</p>
            {mirror::link(name, route)}
            <h3>{words("dashboardSitesOf")}</h3>
            {table(&words("dashboardSitesOf"), "dashboardSite", "dashboardMoreSites", rows)}
        </section>
        <section aria-labelledby="requests">
            <h2 id="requests">{words("dashboardRequests")}</h2>
            <Over title bars route=route.clone() span />
        </section>
    }
}

/// One site.
pub fn site(book: &Book, route: &Route, span: Span, name: &str) -> impl IntoView + use<> {
    let view = diary::of_site(book, span, route.range.grain(), name);
    let rows: Vec<_> = view
        .companies
        .into_iter()
        .map(|it| (it.company.clone(), route.to(Subject::Company(it.company)), it.counts))
        .collect();
    let known = rows.len();
    let met = words_with("dashboardCompaniesMet", &number(u32::try_from(known).unwrap_or(u32::MAX)));
    let time = (view.seconds > 0).then(|| words_with("dashboardMinutesOn", &number(minutes(view.seconds))));
    let bars = requests(view.bars, &view.over);
    let title = words_with("dashboardRequestsOn", name);
    let feeds = (!view.feeds.platforms.is_empty()).then(|| feeds(&view.feeds, route, span));
    view! {
        <section aria-labelledby="subject">
            <h2 id="subject" tabindex="-1">{name.to_owned()}</h2>
            <p>{met}</p>
            <p>{time}</p>
            <h3>{words("dashboardCompaniesOf")}</h3>
            {table(&words("dashboardCompaniesOf"), "dashboardCompany", "dashboardMoreCompanies", rows)}
        </section>
        <section aria-labelledby="requests">
            <h2 id="requests">{words("dashboardRequests")}</h2>
            <Over title bars route=route.clone() span />
        </section>
        {feeds}
    }
}
