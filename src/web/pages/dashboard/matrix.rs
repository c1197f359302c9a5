//! The table of companies and sites: who was met where, how often, with a search over both.
//!
//! The search stands in the address, but not in the history: a step back is not one letter less.

use leptos::prelude::*;

use super::super::browser::{number, words, words_of};
use super::super::tabbed;
use super::overview::is_none;
use super::route::{Route, Subject};
use crate::api::diary::{self, Counts};

/// No more rows and columns than people can read; the search reaches the others.
const ROWS: usize = 40;
const COLUMNS: usize = 24;

/// The section.
#[component]
pub fn Matrix(
    /// All companies and sites, those with most first.
    matrix: diary::Matrix,
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
    let shown = move || table(&matrix, &find.get(), &route.get_untracked());
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

/// Which companies and which sites are shown. What is searched for may be either: a company that fits is shown with all its
/// sites, a site that fits with all its companies.
fn chosen(matrix: &diary::Matrix, find: &str) -> (Vec<usize>, Vec<usize>) {
    let find = find.trim().to_lowercase();
    let fits = |name: &String| name.to_lowercase().contains(&find);
    let is_met = |row: usize, column: usize| {
        matrix.cells.get(row).and_then(|row| row.get(column)).is_some_and(|it| !is_none(it))
    };
    let rows: Vec<usize> = (0..matrix.companies.len()).collect();
    let columns: Vec<usize> = (0..matrix.sites.len()).collect();
    if find.is_empty() {
        return (rows, columns);
    }
    let named_rows: Vec<usize> = rows.iter().copied().filter(|row| fits(&matrix.companies[*row])).collect();
    let named_columns: Vec<usize> = columns.iter().copied().filter(|column| fits(&matrix.sites[*column])).collect();
    let rows = rows
        .into_iter()
        .filter(|row| named_rows.contains(row) || named_columns.iter().any(|column| is_met(*row, *column)));
    let columns = columns
        .into_iter()
        .filter(|column| named_columns.contains(column) || named_rows.iter().any(|row| is_met(*row, *column)));
    (rows.collect(), columns.collect())
}

fn table(matrix: &diary::Matrix, find: &str, route: &Route) -> AnyView {
    let (mut rows, mut columns) = chosen(matrix, find);
    if rows.is_empty() || columns.is_empty() {
        return view! { <p class="quiet" role="status">{words("dashboardNotFound")}</p> }.into_any();
    }
    let all = [rows.len(), columns.len()].map(|count| number(u32::try_from(count).unwrap_or(u32::MAX)));
    let is_cut = rows.len() > ROWS || columns.len() > COLUMNS;
    rows.truncate(ROWS);
    columns.truncate(COLUMNS);
    let cut = is_cut.then(|| {
        let shown = [rows.len(), columns.len()].map(|count| number(u32::try_from(count).unwrap_or(u32::MAX)));
        let told = words_of("dashboardCut", &[&shown[0], &all[0], &shown[1], &all[1]]);
        view! { <p class="quiet">{told}</p> }
    });
    let heads = columns.iter().map(|column| {
        let site = matrix.sites[*column].clone();
        let href = route.to(Subject::Site(site.clone())).href();
        view! { <th scope="col"><a href=href>{site}</a></th> }
    });
    let heads = heads.collect_view();
    let nothing = Counts::default();
    let body = rows.iter().map(|row| {
        let company = matrix.companies[*row].clone();
        let href = route.to(Subject::Company(company.clone())).href();
        let cells = columns.iter().map(|column| {
            let counts = matrix.cells[*row].get(*column).unwrap_or(&nothing);
            let site = route.to(Subject::Site(matrix.sites[*column].clone()));
            let told = (!is_none(counts)).then(|| view! { <a href=site.href()>{number(counts.requests)}</a> });
            view! { <td class="count">{told}</td> }
        });
        let cells = cells.collect_view();
        view! { <tr><th scope="row"><a href=href>{company}</a></th>{cells}</tr> }
    });
    let body = body.collect_view();
    view! {
        <p class="quiet hint">{words("dashboardMatrixHint")}</p>
        {cut}
        <div class="scroll matrix" tabindex="0" role="region" aria-label=words("dashboardMatrix")>
            <table>
                <thead><tr><th scope="col">{words("dashboardCompany")}</th>{heads}</tr></thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
    .into_any()
}
