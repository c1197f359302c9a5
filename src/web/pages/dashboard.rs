//! The dashboard: what the diary holds, by days, weeks, months and years. What feeds were made of, which company was met on
//! how many sites, how long sites were looked at, and what became of requests.
//!
//! Every number leads to what it rests on, and where one is stands in the address. The sums are the core's (`api::diary`);
//! here they are only shown. What it deliberately does not do: rate anybody, or draw what nobody counted.

pub mod bars;
pub mod below;
pub mod feeds;
pub mod long;
pub mod matrix;
pub mod mirror;
pub mod overview;
pub mod route;
pub mod subject;
pub mod tally;

use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use self::route::{Range, Route, Subject};
use super::browser::{self, Browser, Place, day, words, words_of};
use super::diary_choices::forgetting::forget_here;
use super::tabbed;
use crate::api::diary::Span;
use crate::api::diary::amount::Part;
use crate::api::mirror::{Choice, span as mirrored};
use crate::web::diary::{self, Read};

/// Draws the dashboard into its body.
pub fn dashboard(lent: Browser) {
    browser::keep(lent);
    tabbed::title(&words("dashboardTitle"));
    spawn_local(async {
        let today = tabbed::today();
        let route = Route::read(&tabbed::hash());
        // A diary that cannot be read is not an empty one.
        match read(&route, today).await {
            Ok(read) => {
                // Nothing else is shown by it, and what is asked of the browser's store takes its time.
                let choice = match route.subject {
                    Subject::Mirror(_) => Some(mirror::choice().await),
                    _ => None,
                };
                mount_to_body(move || view! { <Dashboard route read choice today /> });
            }
            Err(_) => mount_to_body(|| view! { <main><p class="notice">{words("dashboardUnread")}</p></main> }),
        }
    });
}

/// The days and the site, if it is one, that a place needs: no more is read of a diary of years.
fn needs(route: &Route, today: u32) -> (Span, Option<String>) {
    match &route.subject {
        Subject::Mirror(_) => (mirrored(today), None),
        _ => (route.span(today), route.site()),
    }
}

async fn read(route: &Route, today: u32) -> Result<Read, JsValue> {
    let (span, site) = needs(route, today);
    diary::read(span, site.as_deref()).await
}

#[component]
fn Dashboard(route: Route, read: Read, choice: Option<Choice>, today: u32) -> impl IntoView {
    let is_known = choice.is_some();
    let choice = RwSignal::new(choice.unwrap_or_default());
    let learn = move || spawn_local(async move { choice.set(mirror::choice().await) });
    if !is_known {
        learn();
    }
    browser::on_stored(Place::Mirror, learn);
    let route = RwSignal::new(route);
    let is_forgotten = RwSignal::new(false);
    let (book, kept) = (RwSignal::new(read.book), RwSignal::new(read.kept));
    // What is shown stays until what it leads to is there.
    let lead = move |to: Route| async move {
        match self::read(&to, today).await {
            // Meanwhile the person may have gone elsewhere.
            Ok(read) if Route::read(&tabbed::hash()) == to => {
                book.set(read.book);
                kept.set(read.kept);
                route.set(to);
            }
            Ok(_) => {}
            // Opened anew, the page says what is wrong.
            Err(_) => tabbed::anew(),
        }
    };
    tabbed::on_hash(move || {
        is_forgotten.set(false);
        let to = Route::read(&tabbed::hash());
        if route.with_untracked(|here| needs(here, today) == needs(&to, today)) {
            route.set(to);
        } else {
            spawn_local(lead(to));
        }
    });
    let shown = move || {
        let here = route.get();
        let span = here.span(today);
        if let Subject::Mirror(name) = &here.subject {
            return mirror::page(book, choice, &here, today, name).into_any();
        }
        book.with(|book| match &here.subject {
            Subject::Company(name) => subject::company(book, &here, span, name).into_any(),
            Subject::Site(name) => subject::site(book, &here, span, name).into_any(),
            Subject::Tally(it) => tally::tally(book, &here, span, it),
            _ => overview::overview(book, route, span).into_any(),
        })
    };
    // What is looked at may be forgotten, and then everything else is.
    let gone = Callback::new(move |()| {
        let all = route.get_untracked().to(Subject::All);
        tabbed::replace(&all.href());
        spawn_local(async move {
            lead(all).await;
            is_forgotten.set(true);
        });
    });
    let forget = move || {
        let here = route.get();
        let (says, part) = match here.subject {
            Subject::Site(site) => ("diaryForgetSite", Part::Site(site)),
            Subject::All if here.range == Range::Day => ("diaryForgetDay", Part::Day(here.span(today).from)),
            _ => return None,
        };
        Some(forget_here(says, part, gone))
    };
    let forgotten = move || is_forgotten.get().then(|| words("diaryForgotten"));
    // Where a link leads, there the page and the keyboard are.
    Effect::new(move |before: Option<()>| {
        let meant = route.with(|route| match (&route.subject, route.part.as_str()) {
            (Subject::All, part) => part.to_owned(),
            _ => "subject".to_owned(),
        });
        if before.is_some() || !meant.is_empty() {
            tabbed::reach(&meant);
        }
    });
    // The mirror has days of its own.
    let is_mirror = Memo::new(move |_| route.with(|route| matches!(route.subject, Subject::Mirror(_))));
    let days = move || (!is_mirror.get()).then(|| view! { <Days route today /> });
    view! {
        <header>
            <img src="../icons/48.png" alt="" />
            <h1>{words("dashboardTitle")}</h1>
            <nav aria-label=words("pagesNav")>
                <a href="options.html">{words("popupOptions")}</a>
                <a href="lessons.html">{words("lessonsOpen")}</a>
                <a href="selftest.html">{words("selftestOpen")}</a>
            </nav>
        </header>
        <main>
            {days}
            {move || since(kept.get())}
            <p class="hint" role="status">{forgotten}</p>
            {shown}
            {forget}
        </main>
    }
}

/// Since when anything is kept.
fn since(kept: Option<Span>) -> impl IntoView {
    let first = kept.map(|span| day(i32::try_from(span.from).unwrap_or_default()));
    let told = first.map(|first| words_of("dashboardSince", &[&first]));
    view! { <p class="quiet hint">{told}</p> }
}

/// The choice of days.
#[component]
fn Days(route: RwSignal<Route>, today: u32) -> impl IntoView {
    let ranges = move || {
        let here = route.get();
        let link = |range: Range| {
            let current = if here.range == range { "true" } else { "false" };
            view! { <a href=here.over(range).href() aria-current=current>{words(range.says())}</a> }
        };
        Range::ALL.map(link).collect_view()
    };
    let name = |day_number: u32| day(i32::try_from(day_number).unwrap_or_default());
    let told = move || {
        let Span { from, to } = route.with(|route| route.span(today));
        if to == from + 1 { name(from) } else { words_of("dashboardSpan", &[&name(from), &name(to.saturating_sub(1))]) }
    };
    let later = move || {
        let later = route.with(|route| route.later(today));
        later.map(|route| view! { <a href=route.href()>{words("dashboardLater")}</a> })
    };
    let back = move || {
        let here = route.get();
        let all = (here.subject != Subject::All).then(|| here.to(Subject::All));
        all.map(|all| view! { <a href=all.href()>{words("dashboardAll")}</a> })
    };
    view! {
        <nav class="days" aria-label=words("dashboardDays")>
            <div class="ranges">{ranges}</div>
            <p>{told}</p>
            <a href=move || route.with(|route| route.earlier(today)).href()>{words("dashboardEarlier")}</a>
            {later}
            {back}
        </nav>
    }
}
