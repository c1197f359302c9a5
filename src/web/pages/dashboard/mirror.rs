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

/// A paragraph. Each form of a view is code of its own: this page has many of few forms.
fn para(class: &'static str, text: String) -> AnyView {
    view! { <p class=class>{text}</p> }.into_any()
}

/// A button that changes the choice.
fn button(key: &str, choice: RwSignal<Choice>, make: fn(&mut Choice, &'static str), name: &'static str) -> AnyView {
    let press = move |_| change(choice, move |it| make(it, name));
    view! { <button type="button" on:click=press>{words(key)}</button> }.into_any()
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
            return para("", words_with("mirrorNoPlatform", &name));
        };
        if choice.with(|it| it.asked) {
            let mirror = book.with(|book| choice.with(|it| mirror::mirror(book, &name, today, it)));
            let beside = book.with(|book| served(book, &route, today, runs));
            view! { {asked(&mirror, runs, &route, choice)} {beside} }.into_any()
        } else {
            let ask = button("mirrorShow", choice, |it, _| it.asked = true, "");
            view! { <section>{about(&name)} {ask}</section> }.into_any()
        }
    };
    view! {
        <h2 id="subject" tabindex="-1">{words_with("mirrorTitle", company)}</h2>
        <p class="hint"><a href=back>{words_with("mirrorBack", company)}</a></p>
        {shown}
    }
}

/// What it is, and what it is not.
fn about(company: &str) -> Vec<AnyView> {
    ["mirrorAbout", "mirrorLimits"].into_iter().map(|key| para("hint", words_with(key, company))).collect()
}

/// What the company could know, and what one can do.
fn asked(mirror: &Mirror, runs: &'static Platforms, route: &Route, choice: RwSignal<Choice>) -> AnyView {
    let company = runs.company;
    let days = number(DAYS);
    let seen = if mirror.seen == 0 {
        words_of("mirrorUnseen", &[company, &days])
    } else {
        counted("mirrorSeen", mirror.seen, &[company, &days])
    };
    let unknown = (mirror.unknown > 0).then(|| para("", words_with("mirrorUnknown", &number(mirror.unknown))));
    let is_empty = mirror.seen > 0 && mirror.inferred.iter().all(|it| it.end == End::Prevented);
    let empty = is_empty.then(|| para("", words_with("mirrorNothing", company)));
    let ends = [(End::Told, "mirrorTold"), (End::Maybe, "mirrorMaybe"), (End::Prevented, "mirrorPrevented")];
    let of = |(end, title): (End, &str)| {
        let rows: Vec<_> = mirror.inferred.iter().filter(|it| it.end == end).collect();
        group(&words_with(title, company), &rows, route, choice)
    };
    let wrong: Vec<_> = mirror.wrong.iter().collect();
    let wrong = group(&words_with("mirrorWrong", company), &wrong, route, choice);
    let groups: Vec<AnyView> = ends.into_iter().filter_map(of).chain(wrong).collect();
    let hidden = (mirror.hidden > 0).then(|| {
        let again = button("mirrorAgain", choice, |it, _| it.said.retain(|_, said| *said != Said::Hidden), "");
        let told = para("", words_with("mirrorHidden", &number(mirror.hidden)));
        view! { <div class="answers">{told} {again}</div> }.into_any()
    });
    view! {
        <section class="mirror">
            {para("", seen)}
            {unknown}
            {para("quiet hint", words("mirrorFewest"))}
            {empty}
            {groups}
            {hidden}
            <details><summary>{words("mirrorWhat")}</summary>{about(company)}</details>
            <div class="answers">{button("mirrorStop", choice, |it, _| it.asked = false, "")}</div>
        </section>
        {doors(runs)}
    }
    .into_any()
}

/// Interests under a heading; what the law protects is folded, and its names are not seen before that is opened.
fn group(title: &str, rows: &[&Inferred], route: &Route, choice: RwSignal<Choice>) -> Option<AnyView> {
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
                {para("quiet hint", words("mirrorSpecialHint"))}
                <ul>{special}</ul>
            </details>
        }
        .into_any()
    });
    (!rows.is_empty()).then(|| view! { <h3>{title.to_owned()}</h3> <ul>{plain}</ul> {special} }.into_any())
}

/// One interest: how much speaks for it, and behind one click what.
fn interest(it: &Inferred, route: &Route, choice: RwSignal<Choice>) -> AnyView {
    let strength = match it.strength {
        Strength::Hint => "mirrorHint",
        Strength::Clear => "mirrorClear",
        Strength::Strong => "mirrorStrong",
    };
    let sites = u32::try_from(it.sites.len()).unwrap_or(u32::MAX);
    let told = words(strength) + " " + &counted("mirrorFrom", sites, &[&number(it.visits)]);
    let tells = it.interest.special.map(|special| para("notice", words(special.says())));
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
    let say = |key: &str, make: fn(&mut Choice, &'static str)| button(key, choice, make, name);
    let answers = if choice.with_untracked(|it| it.said.contains_key(name)) {
        vec![say("mirrorTakeBack", |it, name| it.said.retain(|said, _| said != name))]
    } else {
        vec![
            say("mirrorIsWrong", |it, name| it.said.extend([(name.to_owned(), Said::Wrong)])),
            say("mirrorHide", |it, name| it.said.extend([(name.to_owned(), Said::Hidden)])),
        ]
    };
    view! {
        <li data-interest=name>
            <details>
                <summary><b>{title.clone()}</b> " " <span class="quiet">{told}</span></summary>
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
    .into_any()
}

/// What one can do: the company's own pages, which open in a tab and nowhere else, and our switches.
fn doors(runs: &'static Platforms) -> AnyView {
    let door = |(site, purpose, url): &(&str, &str, &'static str)| {
        let name = if site.is_empty() { runs.company.to_owned() } else { platform(site) };
        let told = words_of("mirrorDoor", &[&name, &words(&key("link", purpose))]);
        view! { <li><a href=*url target="_blank" rel="noreferrer">{told}</a></li> }
    };
    let links = runs.links.iter().map(door).collect_view();
    let none = runs.links.is_empty().then(|| para("", words_with("mirrorNoDoor", runs.company)));
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
    .into_any()
}

/// What the feeds of its platforms were made of on the same days; nothing if none was counted.
fn served(book: &Book, route: &Route, today: u32, runs: &Platforms) -> Option<AnyView> {
    let span = span(today);
    let Feeds { bars, mut platforms } = diary::feeds(book, span, route.range.grain());
    platforms.retain(|it| runs.sites.contains(&it.platform.as_str()));
    (!platforms.is_empty()).then(|| {
        let feeds = feeds(&Feeds { bars, platforms }, route, span);
        view! { {para("hint beside", words_with("mirrorBeside", runs.company))} {feeds} }.into_any()
    })
}
