//! The cards for people: of each kind of bait and each technique of feeds and trackers what it does, an example, how to see it,
//! and who described it.
//!
//! A receipt leads to its card, the dashboard to all of them. What the page deliberately does not do: say that anything
//! the person saw is one of these, or how often; that is the dashboard's.

use leptos::prelude::*;

use super::browser::{self, Browser, words};
use super::tabbed;
use crate::api::lessons::{Lesson, all};

/// Draws the page into its body, and leads to the card that its address names.
pub fn lessons(lent: Browser) {
    browser::keep(lent);
    tabbed::title(&words("lessonsTitle"));
    mount_to_body(|| view! { <Lessons /> });
    tabbed::lead();
    tabbed::on_hash(tabbed::lead);
}

#[component]
fn Lessons() -> impl IntoView {
    let chapters = all()
        .chunk_by(|one, next| one.chapter == next.chapter)
        .filter_map(|lessons| Some((words(lessons.first()?.chapter.heading()), lessons)))
        .map(|(heading, lessons)| {
            view! {
                <section>
                    <h2>{heading}</h2>
                    {lessons.iter().map(card).collect_view()}
                </section>
            }
        })
        .collect_view();
    view! {
        <header>
            <img src="../icons/48.png" alt="" />
            <h1>{words("lessonsTitle")}</h1>
        </header>
        <main>
            <p class="quiet">{words("lessonsHint")}</p>
            {chapters}
        </main>
    }
}

fn card(lesson: &'static Lesson) -> impl IntoView {
    let sources = lesson.sources.iter().map(|source| view! { <li lang="en" dir="auto">{*source}</li> }).collect_view();
    view! {
        <article id=lesson.name class="lesson" tabindex="-1">
            <h3>{words(&lesson.title())}</h3>
            <p>{words(&lesson.does())}</p>
            <dl>
                <dt>{words("lessonsExample")}</dt>
                <dd>{words(&lesson.example())}</dd>
                <dt>{words("lessonsSee")}</dt>
                <dd>{words(&lesson.see())}</dd>
            </dl>
            <details>
                <summary>{words("lessonsSources")}</summary>
                <ul class="points">{sources}</ul>
            </details>
        </article>
    }
}
