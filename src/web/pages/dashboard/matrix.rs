//! The table of companies and sites: who was met where, how often, with a search over both.
//!
//! The search stands in the address, but not in the history: a step back is not one letter less.

use leptos::prelude::*;

use super::super::browser::{number, words, words_of};
use super::super::tabbed;
use super::below::below;
use super::route::{Route, Subject};
use crate::api::diary;

/// No more rows and columns than people can read; the search reaches the others.
const ROWS: usize = 40;
const COLUMNS: usize = 24;

/// The section.
#[component]
pub fn Matrix(
    /// What was counted between all companies and sites.
    met: diary::Met,
    /// Where one is.
    route: RwSignal<Route>,
) -> impl IntoView {
    let find = RwSignal::new(route.with_untracked(|route| route.find.clone()));
    let search = move |event| {
        find.set(event_target_value(&event));
        let here =
            route.with_untracked(|route| Route { find: find.get_untracked(), part: String::new(), ..route.clone() });
        tabbed::replace(&here.href());
    };
    let shown = below(move || table(&met.matrix(&find.get(), ROWS, COLUMNS), &route.get_untracked()));
    view! {
        <section aria-labelledby="matrix">
            <h2 id="matrix" tabindex="-1">{words("dashboardMatrix")}</h2>
            <label class="find">
                <span>{words("dashboardFind")}</span>
                <input type="search" prop:value=move || find.get() on:input=search />
            </label>
            {shown}
        </section>
    }
}

fn table(matrix: &diary::Matrix, route: &Route) -> AnyView {
    let shown = [matrix.companies.len(), matrix.sites.len()].map(|count| u32::try_from(count).unwrap_or(u32::MAX));
    if shown.contains(&0) {
        return view! { <p class="quiet" role="status">{words("dashboardNotFound")}</p> }.into_any();
    }
    let left = [matrix.more_companies, matrix.more_sites];
    let cut = (left != [0, 0]).then(|| {
        let [companies, sites] = shown.map(number);
        let [all_companies, all_sites] = [0, 1].map(|at| number(shown[at].saturating_add(left[at])));
        view! { <p class="quiet">{words_of("dashboardCut", &[&companies, &all_companies, &sites, &all_sites])}</p> }
    });
    // An address is the same in the whole column.
    let hrefs: Vec<String> = matrix.sites.iter().map(|it| route.to(Subject::Site(it.clone())).href()).collect();
    let heads = matrix.sites.iter().zip(&hrefs).map(|(site, href)| {
        view! { <th scope="col"><a href=href.clone()>{site.clone()}</a></th> }
    });
    let heads = heads.collect_view();
    let body = matrix.companies.iter().zip(&matrix.cells).map(|(company, row)| {
        let href = route.to(Subject::Company(company.clone())).href();
        let cells = hrefs.iter().zip(row).map(|(href, counts)| {
            let told = (counts.requests > 0).then(|| view! { <a href=href.clone()>{number(counts.requests)}</a> });
            view! { <td class="count">{told}</td> }
        });
        let cells = cells.collect_view();
        view! { <tr><th scope="row"><a href=href>{company.clone()}</a></th>{cells}</tr> }
    });
    let body = body.collect_view();
    view! {
        <p class="quiet hint">{words("dashboardMatrixHint")}</p>
        {cut}
        <div class="scroll matrix" tabindex="0" role="group" aria-label=words("dashboardMatrix")>
            <table>
                <thead><tr><th scope="col">{words("dashboardCompany")}</th>{heads}</tr></thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
    .into_any()
}
