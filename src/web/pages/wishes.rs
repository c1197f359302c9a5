//! What the person asked for by name, on the page of all choices: words and authors of whom they want to see less, and
//! marks that they said were wrong; each can be taken back.
//!
//! Authors and wrong marks are added where they are seen, at the item; here they are only shown and taken back. How words
//! are read stands in the core, which also says why a rule cannot be.

use leptos::prelude::*;

use super::browser::{key, words, words_with};
use super::choices::{change, word};
use crate::api::settings::{Act, Own, Settings, Unreadable, WordRule, Words};

/// What may be done with posts that hold the person's words.
const CHOICES: [Act; 3] = [Act::Dim, Act::Lower, Act::Hide];

/// The person's wishes for feeds.
#[component]
pub fn Wishes(
    /// The settings, as they are stored.
    settings: RwSignal<Settings>,
) -> impl IntoView {
    let field = NodeRef::<leptos::html::Input>::new();
    let trouble = RwSignal::new(String::new());
    let chosen = RwSignal::new(Act::Lower);
    let add = move |_| {
        let Some(field) = field.get() else { return };
        let text = field.value().trim().to_owned();
        match Words::parse(&text) {
            Ok(_) => {
                let rule = WordRule { text: text.into(), act: chosen.get(), site: None };
                change(settings, move |settings| settings.own.words.push(rule));
                field.set_value("");
                trouble.set(String::new());
            }
            Err(why) => trouble.set(match why {
                Unreadable::Empty => words("ownWordsEmpty"),
                Unreadable::Loose => words("ownWordsLoose"),
                Unreadable::Long => words("ownWordsLong"),
            }),
        }
    };
    let options = CHOICES.map(
        |act| view! { <option value=word(act) selected=act == Act::Lower>{words(&key("act", &word(act)))}</option> },
    );
    let choose = move |event| {
        let value = event_target_value(&event);
        chosen.set(CHOICES.into_iter().find(|act| word(*act) == value).unwrap_or(Act::Lower));
    };
    view! {
        <section aria-labelledby="wishes">
            <h2 id="wishes">{words("wishesTitle")}</h2>
            <p class="quiet hint" id="wishes-hint">{words("wishesHint")}</p>
            <ul class="lists">{move || settings.with(|settings| rows(&settings.own)).into_iter().map(|row| shown(settings, row)).collect_view()}</ul>
            <div class="answers">
                <input type="text" node_ref=field dir="auto" aria-label=words("wishesWords") aria-describedby="wishes-hint" />
                <select aria-label=words("wishesAct") on:change=choose>{options}</select>
                <button type="button" on:click=add>{words("wishesAdd")}</button>
            </div>
            <p class="notice" role="status">{move || trouble.get()}</p>
        </section>
    }
}

/// One wish, in words, and what of the stored ones it is.
struct Row {
    words: String,
    act: Option<Act>,
    forget: Box<dyn Fn(&mut Own)>,
}

fn rows(own: &Own) -> Vec<Row> {
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

fn shown(settings: RwSignal<Settings>, Row { words: text, act, forget }: Row) -> impl IntoView + use<> {
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
}
