//! Everything of a span of days: sums that lead to their parts, what feeds were made of, companies by reach, minutes, and
//! what became of requests. The table of companies and sites is in `matrix`.
//!
//! Where nothing is kept it says so, and never shows a zero that nobody counted.

use leptos::prelude::*;

use super::super::browser::{counted, number, words};
use super::super::plot::Series;
use super::bars::{Bars, Over, minutes};
use super::below::below;
use super::feeds::feeds;
use super::long::in_two;
use super::matrix::Matrix;
use super::route::{Route, Subject};
use super::subject::{cells, heads, requests};
use crate::api::diary::{self, Book, Span};

/// So many sites have a colour of their own among the minutes.
const COLOURED: usize = 7;
/// The colour of all others.
const OTHERS: u8 = 7;

/// The whole page of everything.
pub fn overview(book: &Book, route: RwSignal<Route>, span: Span) -> impl IntoView + use<> {
    let here = route.get_untracked();
    let grain = here.range.grain();
    let met = diary::met(book, span);
    let (reach, stopped) = (met.reach.clone(), diary::stopped(book, span, grain));
    let (feeds_of, time_of) = (diary::feeds(book, span, grain), diary::time(book, span, grain));
    if reach.sites == 0 {
        return view! { <section><p>{words("dashboardNothing")}</p></section> }.into_any();
    }
    let items: u32 = feeds_of.platforms.iter().map(|it| it.total.items()).fold(0, u32::saturating_add);
    let companies_met = u32::try_from(reach.companies.len()).unwrap_or(u32::MAX);
    let sums = [
        ("dashboardSites", reach.sites, "matrix"),
        ("dashboardCompanies", companies_met, "companies"),
        ("dashboardStopped", stopped.total.stopped.saturating_add(stopped.total.others), "stopped"),
        ("dashboardThrough", stopped.total.through, "stopped"),
    ];
    // Of feeds and minutes there is a sum only where they were counted.
    let feeds_sum = (items > 0).then_some(("dashboardItems", items, "feeds"));
    let time_sum = (time_of.seconds > 0).then(|| ("dashboardMinutes", minutes(time_of.seconds), "minutes"));
    let sums = sums.into_iter().chain(feeds_sum).chain(time_sum).map(|(key, count, part)| {
        view! { <li><a href=here.at(part).href()><span>{words(key)}</span> " " <b>{number(count)}</b></a></li> }
    });
    let sums = sums.collect_view();
    let bars = requests(stopped.bars, &stopped.over);
    view! {
        <ul class="sums">{sums}</ul>
        {feeds(&feeds_of, &here, span)}
        {companies(reach, &here)}
        <Matrix met route />
        {time(time_of, &here, span)}
        <section aria-labelledby="stopped">
            <h2 id="stopped" tabindex="-1">{words("dashboardRequests")}</h2>
            {below(move || view! { <Over title=words("dashboardRequestsAll") bars=bars.clone() route=here.clone() span /> }.into_any())}
        </section>
    }
    .into_any()
}

/// Companies by how many of the visited sites they were met on.
fn companies(reach: diary::Reach, route: &Route) -> impl IntoView + use<> {
    let (route, of) = (route.clone(), reach.sites);
    let row = move |it: &diary::CompanyReach| {
        let href = route.to(Subject::Company(it.company.clone())).href();
        let cells = cells(&it.counts, &href);
        let told = counted("dashboardReach", of, &[&number(it.sites)]);
        view! {
            <tr>
                <th scope="row"><a href=href.clone()>{it.company.clone()}</a></th>
                <td><a href=href><meter min="0" max=of value=it.sites aria-hidden="true"></meter> {told}</a></td>
                {cells}
            </tr>
        }
    };
    let table = move |title: String, companies: &[diary::CompanyReach]| {
        let rows = companies.iter().map(&row).collect_view();
        view! {
            <div class="scroll" tabindex="0" role="group" aria-label=title>
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
        .into_any()
    };
    let listed = in_two(words("dashboardByReach"), "dashboardMoreCompanies", reach.companies, table);
    view! {
        <section aria-labelledby="companies">
            <h2 id="companies" tabindex="-1">{words("dashboardByReach")}</h2>
            <p class="quiet hint">{words("dashboardReachHint")}</p>
            {listed}
        </section>
    }
}

/// How long sites were looked at.
fn time(time: diary::Time, route: &Route, span: Span) -> impl IntoView + use<> {
    let is_empty = time.sites.is_empty();
    let here = route.clone();
    let row = move |it: &diary::SiteTime| {
        let href = here.to(Subject::Site(it.site.clone())).href();
        view! {
            <tr>
                <th scope="row"><a href=href.clone()>{it.site.clone()}</a></th>
                <td class="count"><a href=href>{number(minutes(it.seconds))}</a></td>
            </tr>
        }
    };
    let table = move |title: String, sites: &[diary::SiteTime]| {
        let rows = sites.iter().map(&row).collect_view();
        view! {
            <div class="scroll" tabindex="0" role="group" aria-label=title>
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
    let here = route.clone();
    let told = move || {
        let (first, others) = time.sites.split_at(time.sites.len().min(COLOURED));
        let whole = |over: &[u64]| over.iter().map(|seconds| minutes(*seconds)).collect::<Vec<u32>>();
        let mut series: Vec<_> = first
            .iter()
            .zip(0..)
            .map(|(it, color)| Series { name: it.site.clone(), color, counts: whole(&it.over) })
            .collect();
        if !others.is_empty() {
            let sum = |bar| others.iter().filter_map(|it| it.over.get(bar)).sum::<u64>();
            let sums: Vec<u64> = (0..time.bars.len()).map(sum).collect();
            series.push(Series { name: words("dashboardOthers"), color: OTHERS, counts: whole(&sums) });
        }
        let bars = Bars { bars: time.bars.clone(), series };
        let listed = in_two(words("dashboardMinutesSite"), "dashboardMoreSites", time.sites.clone(), table.clone());
        view! {
            <Over title=words("dashboardMinutesAll") bars route=here.clone() span />
            {listed}
        }
        .into_any()
    };
    let told =
        if is_empty { view! { <p class="quiet">{words("dashboardNoMinutes")}</p> }.into_any() } else { below(told) };
    view! {
        <section aria-labelledby="minutes">
            <h2 id="minutes" tabindex="-1">{words("dashboardMinutesSite")}</h2>
            {told}
        </section>
    }
}
