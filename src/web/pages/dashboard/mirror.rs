//! The mirror of one company: what it could have inferred of the person, from the sites on which it was told of them, and what
//! its platforms' feeds were made of, set beside it.
//!
//! Before the person asked for it nothing is worked out. It says "could", never "did": what a company noted only the company
//! knows. What the law protects stays folded until it is opened. The sums are the core's (`api::mirror`); nothing is
//! recorded for it that the diary has not.

use leptos::prelude::*;

use super::super::browser::{self, Place, counted, key, number, words, words_of, words_with};
use super::super::stored;
use super::super::tabbed::{self, platform};
use super::feeds::feeds;
use super::route::{Range, Route, Subject};
use crate::api::diary::{self, Book, Feeds};
use crate::api::mirror::{self, Choice, DAYS, End, Inferred, Mirror, Platforms, Said, SiteTold, Strength, span};

/// The company's platforms; none if it runs none, and then there is no mirror of it.
fn runs(company: &str) -> Option<&'static Platforms> {
    mirror::platforms().iter().find(|it| it.company == company)
}

/// The choice, as it is stored.
pub async fn choice() -> Choice {
    browser::stored(Place::Mirror).await.unwrap_or_default()
}

/// The link to it on the page of a company; nothing if there is no mirror of that.
pub fn link(company: &str, route: &Route) -> Option<impl IntoView + use<>> {
    let href = route.to(Subject::Mirror(company.to_owned())).href();
    runs(company).map(|_| view! { <p><a href=href>{words_with("mirrorTitle", company)}</a></p> })
}

/// Changes the choice and leads back to the head: what was pressed may be gone.
fn change(choice: RwSignal<Choice>, make: impl FnOnce(&mut Choice) + 'static) {
    stored::change(Place::Mirror, choice, make);
    tabbed::reach("subject");
}

/// The page of a company.
pub fn page(
    book: RwSignal<Book>,
    choice: RwSignal<Choice>,
    route: &Route,
    today: u32,
    company: &str,
) -> impl IntoView + use<> {
    let back = route.to(Subject::Company(company.to_owned())).href();
    // What a number rests on may be older than the days that are looked at elsewhere.
    let route = route.to(Subject::All).over(Range::Year);
    let name = company.to_owned();
    let shown = move || {
        let Some(runs) = runs(&name) else {
            return view! { <section><p>{words_with("mirrorNoPlatform", &name)}</p></section> }.into_any();
        };
        if choice.with(|it| it.asked) {
            let mirror = book.with(|book| choice.with(|it| mirror::mirror(book, &name, today, it)));
            let beside = book.with(|book| served(book, &route, today, runs));
            view! { {asked(&mirror, runs, &route, choice)} {beside} }.into_any()
        } else {
            let ask = move |_| change(choice, |it| it.asked = true);
            let button = view! { <button type="button" on:click=ask>{words("mirrorShow")}</button> };
            view! { <section>{about(&name)} {button}</section> }.into_any()
        }
    };
    view! {
        <h2 id="subject" tabindex="-1">{words_with("mirrorTitle", company)}</h2>
        <p class="hint"><a href=back>{words_with("mirrorBack", company)}</a></p>
        {shown}
    }
}

/// What it is, and what it is not.
fn about(company: &str) -> impl IntoView + use<> {
    let told = ["mirrorAbout", "mirrorLimits"].map(|key| view! { <p class="hint">{words_with(key, company)}</p> });
    told.collect_view()
}

/// What the company could know, and what one can do.
fn asked(mirror: &Mirror, runs: &'static Platforms, route: &Route, choice: RwSignal<Choice>) -> impl IntoView + use<> {
    let company = runs.company;
    let stop = move |_| change(choice, |it| it.asked = false);
    let days = number(DAYS);
    let seen = if mirror.seen == 0 {
        words_of("mirrorUnseen", &[company, &days])
    } else {
        counted("mirrorSeen", mirror.seen, &[company, &days])
    };
    let unknown = (mirror.unknown > 0).then(|| words_with("mirrorUnknown", &number(mirror.unknown)));
    let is_empty = mirror.seen > 0 && mirror.inferred.iter().all(|it| it.end == End::Prevented);
    let empty = is_empty.then(|| view! { <p>{words_with("mirrorNothing", company)}</p> });
    let ends = [(End::Told, "mirrorTold"), (End::Maybe, "mirrorMaybe"), (End::Prevented, "mirrorPrevented")];
    let of = |(end, title): (End, &str)| {
        let rows: Vec<_> = mirror.inferred.iter().filter(|it| it.end == end).collect();
        group(&words_with(title, company), &rows, route, choice)
    };
    let groups = ends.map(of).collect_view();
    let wrong: Vec<_> = mirror.wrong.iter().collect();
    let wrong = group(&words_with("mirrorWrong", company), &wrong, route, choice);
    let again = move |_| change(choice, |it| it.said.retain(|_, said| *said != Said::Hidden));
    let hidden = (mirror.hidden > 0).then(|| {
        let told = words_with("mirrorHidden", &number(mirror.hidden));
        view! { <p>{told} " " <button type="button" on:click=again>{words("mirrorAgain")}</button></p> }
    });
    view! {
        <section class="mirror">
            <p>{seen}</p>
            <p>{unknown}</p>
            <p class="quiet hint">{words("mirrorFewest")}</p>
            {empty}
            {groups}
            {wrong}
            {hidden}
            <details><summary>{words("mirrorWhat")}</summary>{about(company)}</details>
            <div class="answers"><button type="button" on:click=stop>{words("mirrorStop")}</button></div>
        </section>
        {doors(runs)}
    }
}

/// Interests under a heading; what the law protects is folded, and its names are not seen before that is opened.
fn group(title: &str, rows: &[&Inferred], route: &Route, choice: RwSignal<Choice>) -> Option<impl IntoView + use<>> {
    let list = |is_special: bool| {
        let rows = rows.iter().filter(|it| it.interest.special.is_some() == is_special);
        rows.map(|it| interest(it, route, choice)).collect::<Vec<_>>()
    };
    let (plain, special) = (list(false), list(true));
    let folded = u32::try_from(special.len()).unwrap_or(u32::MAX);
    let special = (folded > 0).then(|| {
        view! {
            <details class="special">
                <summary>{counted("mirrorSpecial", folded, &[])}</summary>
                <p class="quiet hint">{words("mirrorSpecialHint")}</p>
                <ul>{special}</ul>
            </details>
        }
    });
    (!rows.is_empty()).then(|| view! { <h3>{title.to_owned()}</h3> <ul>{plain}</ul> {special} })
}

/// One interest: how much speaks for it, and behind one click what.
fn interest(it: &Inferred, route: &Route, choice: RwSignal<Choice>) -> impl IntoView + use<> {
    let strength = match it.strength {
        Strength::Hint => "mirrorHint",
        Strength::Clear => "mirrorClear",
        Strength::Strong => "mirrorStrong",
    };
    let sites = u32::try_from(it.sites.len()).unwrap_or(u32::MAX);
    let tells = it.interest.special.map(|special| view! { <p class="notice">{words(special.says())}</p> });
    let row = |told: &SiteTold| {
        let href = route.to(Subject::Site(told.site.clone())).href();
        let days = [told.told, told.maybe, told.prevented];
        let days = days.map(|days| view! { <td class="count">{number(days)}</td> }).collect_view();
        view! { <tr><th scope="row"><a href=href>{told.site.clone()}</a></th>{days}</tr> }
    };
    let rows = it.sites.iter().map(row).collect_view();
    let heads = ["mirrorDaysTold", "mirrorDaysMaybe", "mirrorDaysPrevented"]
        .map(|key| view! { <th scope="col" class="count">{words(key)}</th> })
        .collect_view();
    let name = it.interest.name;
    let title = words(&it.interest.title());
    let say = move |said: Option<Said>| {
        change(choice, move |it| match said {
            Some(said) => drop(it.said.insert(name.to_owned(), said)),
            None => drop(it.said.remove(name)),
        });
    };
    let is_wrong = choice.with_untracked(|it| it.said.contains_key(name));
    let answer = |key: &str, said: Option<Said>| {
        view! { <button type="button" on:click=move |_| say(said)>{words(key)}</button> }
    };
    let answers = if is_wrong {
        vec![answer("mirrorTakeBack", None)]
    } else {
        vec![answer("mirrorIsWrong", Some(Said::Wrong)), answer("mirrorHide", Some(Said::Hidden))]
    };
    view! {
        <li data-interest=name>
            <details>
                <summary>
                    <b>{title.clone()}</b> " " <span class="quiet">{words(strength)} " " {counted("mirrorFrom", sites, &[&number(it.visits)])}</span>
                </summary>
                {tells}
                <div class="scroll" tabindex="0" role="group" aria-label=title>
                    <table>
                        <thead><tr><th scope="col">{words("dashboardSite")}</th>{heads}</tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
                <div class="answers">{answers}</div>
            </details>
        </li>
    }
}

/// What one can do: the company's own pages, which open in a tab and nowhere else, and our switches.
fn doors(runs: &'static Platforms) -> impl IntoView {
    let door = |(site, purpose, url): &(&str, &str, &'static str)| {
        let name = if site.is_empty() { runs.company.to_owned() } else { platform(site) };
        let told = words_of("mirrorDoor", &[&name, &words(&key("link", purpose))]);
        view! { <li><a href=*url target="_blank" rel="noreferrer">{told}</a></li> }
    };
    let links = runs.links.iter().map(door).collect_view();
    let none = runs.links.is_empty().then(|| view! { <p>{words_with("mirrorNoDoor", runs.company)}</p> });
    view! {
        <section aria-labelledby="do">
            <h2 id="do" tabindex="-1">{words("mirrorDo")}</h2>
            {none}
            <ul class="points">
                {links}
                <li><a href="options.html">{words_with("mirrorSwitches", runs.company)}</a></li>
            </ul>
        </section>
    }
}

/// What the feeds of its platforms were made of on the same days; nothing if none was counted.
fn served(book: &Book, route: &Route, today: u32, runs: &Platforms) -> Option<impl IntoView + use<>> {
    let span = span(today);
    let Feeds { bars, mut platforms } = diary::feeds(book, span, route.range.grain());
    platforms.retain(|it| runs.sites.contains(&it.platform.as_str()));
    (!platforms.is_empty()).then(|| {
        let feeds = feeds(&Feeds { bars, platforms }, route, span);
        view! { <p class="hint beside">{words_with("mirrorBeside", runs.company)}</p> {feeds} }
    })
}
