//! What the person asked for by name, on the page of all choices: words and authors of whom they want to see less, and
//! marks that they said were wrong; each can be taken back.
//!
//! Authors and wrong marks are added where they are seen, at the item; here they are only shown and taken back. How words
//! are read stands in the core, which also says why a rule cannot be.

use leptos::prelude::*;

use super::browser::{key, words, words_with};
use super::choices::{change, word};
use super::parts::{choice, live};
use crate::api::settings::{Act, Own, Settings, Unreadable, WordRule, Words};

/// What may be done with posts that hold the person's words.
const CHOICES: [Act; 3] = [Act::Dim, Act::Lower, Act::Hide];

/// The person's wishes for feeds.
#[component]
pub fn Wishes(
    /// The settings, as they are stored.
    settings: RwSignal<Settings>,
) -> impl IntoView {
    let trouble = RwSignal::new(String::new());
    let add = move |text: String, act| match Words::parse(&text) {
        Ok(_) => {
            let rule = WordRule { text: text.into(), act, site: None };
            change(settings, move |settings| settings.own.words.push(rule));
            trouble.set(String::new());
            true
        }
        Err(why) => {
            trouble.set(match why {
                Unreadable::Empty => words("ownWordsEmpty"),
                Unreadable::Loose => words("ownWordsLoose"),
                Unreadable::Long => words("ownWordsLong"),
            });
            false
        }
    };
    view! {
        <section aria-labelledby="wishes">
            <h2 id="wishes" tabindex="-1">{words("wishesTitle")}</h2>
            <p class="quiet hint" id="wishes-hint">{words("wishesHint")}</p>
            {rows(settings, of_wishes)}
            {adding(&CHOICES, Act::Lower, ("wishesWords", "wishes-hint"), Box::new(|_| ()), Box::new(add))}
            <p class="notice" role="status">{move || trouble.get()}</p>
        </section>
    }
}

/// A field for words, the choice of what is done with posts of which they tell, and the button that adds them: `heed` hears what is written, and `add` says
/// whether they were taken. `label` is the key of the field's name, and the id of what explains it.
pub(super) fn adding(
    acts: &'static [Act],
    usual: Act,
    (label, hint): (&str, &'static str),
    heed: Box<dyn Fn(String)>,
    add: Box<dyn Fn(String, Act) -> bool>,
) -> AnyView {
    let field = NodeRef::<leptos::html::Input>::new();
    let chosen = RwSignal::new(usual);
    let press = move |_| {
        let Some(field) = field.get() else { return };
        if add(field.value().trim().to_owned(), chosen.get()) {
            field.set_value("");
        }
    };
    let options = acts.iter().map(|act| (word(*act), words(&key("act", &word(*act))))).collect();
    let choose = move |event| {
        let value = event_target_value(&event);
        chosen.set(acts.iter().copied().find(|act| word(*act) == value).unwrap_or(usual));
    };
    let input = move |event| heed(event_target_value(&event));
    view! {
        <div class="answers">
            <input type="text" node_ref=field dir="auto" aria-label=words(label) aria-describedby=hint on:input=input />
            {choice("", "wishesAct", options, word(usual), Signal::derive(|| false), choose)}
            <button type="button" on:click=press>{words("wishesAdd")}</button>
        </div>
    }
    .into_any()
}

/// The wishes of one sort, as they are now.
pub(super) fn rows(settings: RwSignal<Settings>, of: fn(&Own) -> Vec<Row>) -> AnyView {
    let draw = move || {
        let rows = settings.with(|settings| of(&settings.own));
        rows.into_iter().map(|row| shown(settings, row)).collect()
    };
    view! { <ul class="lists">{live(draw)}</ul> }.into_any()
}

/// One wish, in words, and what of the stored ones it is.
pub(super) struct Row {
    pub(super) words: String,
    pub(super) act: Option<Act>,
    pub(super) forget: Box<dyn Fn(&mut Own)>,
}

fn of_wishes(own: &Own) -> Vec<Row> {
    let words_of = own.words.iter().cloned().map(|rule| Row {
        words: rule.text.as_str().to_owned(),
        act: Some(rule.act),
        forget: Box::new(move |own| own.words.retain(|other| *other != rule)),
    });
    let authors = own.authors.iter().cloned().map(|rule| Row {
        words: words_with("wishesAuthor", &format!("{} ({})", rule.author, rule.site)),
        act: Some(rule.act),
        forget: Box::new(move |own| own.authors.retain(|other| *other != rule)),
    });
    let wrong = own.wrong.iter().cloned().map(|wrong| Row {
        words: words_with("wishesWrong", &wrong.of),
        act: None,
        forget: Box::new(move |own| own.wrong.retain(|other| *other != wrong)),
    });
    words_of.chain(authors).chain(wrong).collect()
}

fn shown(settings: RwSignal<Settings>, Row { words: text, act, forget }: Row) -> AnyView {
    let forget = std::rc::Rc::new(forget);
    let take_back = move |_| {
        let forget = forget.clone();
        change(settings, move |settings| forget(&mut settings.own));
    };
    view! {
        <li>
            <span dir="auto">{text}</span>
            {act.map(|act| view! { " " <span class="quiet">{words(&key("act", &word(act)))}</span> })}
            " "
            <button type="button" on:click=take_back>{words("wishesForget")}</button>
        </li>
    }
    .into_any()
}
