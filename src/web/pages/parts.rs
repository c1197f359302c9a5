//! The few parts of which a long page is made, each compiled once whatever it is made of.
//!
//! A view is a type of its own for every set of parts, and its code is there as often: a page of many fields and buttons
//! would weigh more than all that it does. Here the types end. What a part means is not known here.

use leptos::prelude::*;

use super::browser::words;

/// A heading of a part of a section.
pub fn heading(key: &str) -> AnyView {
    view! { <h3>{words(key)}</h3> }.into_any()
}

/// A word of explanation.
pub fn hint(text: String) -> AnyView {
    view! { <p class="quiet hint">{text}</p> }.into_any()
}

/// A word on what is wrong, or matters.
pub fn notice(text: String) -> AnyView {
    view! { <p class="notice">{text}</p> }.into_any()
}

/// A button. While `is_off` it cannot be pressed.
pub fn button(class: &'static str, says: &str, is_off: Signal<bool>, press: impl FnMut() + 'static) -> AnyView {
    button_of(class, words(says), is_off, Box::new(press))
}

fn button_of(class: &'static str, says: String, is_off: Signal<bool>, mut press: Box<dyn FnMut()>) -> AnyView {
    view! { <button type="button" class=class disabled=is_off on:click=move |_| press()>{says}</button> }.into_any()
}

/// What stands beside each other.
pub fn beside(parts: Vec<AnyView>) -> AnyView {
    view! { <div class="answers">{parts}</div> }.into_any()
}

/// A field for a line of text, or for a day. `about` is the part of the page that it is about.
pub fn field(
    node: NodeRef<leptos::html::Input>,
    kind: &'static str,
    class: &'static str,
    label: &str,
    list: Option<&'static str>,
) -> AnyView {
    let example = (kind == "text").then_some("example.org");
    view! { <input type=kind node_ref=node class=class dir="ltr" list=list aria-label=words(label) placeholder=example /> }
        .into_any()
}

/// A choice of one of several, each a value and its words.
pub fn choice(
    class: &'static str,
    label: &str,
    options: Vec<(String, String)>,
    chosen: String,
    is_off: Signal<bool>,
    choose: impl FnMut(web_sys::Event) + 'static,
) -> AnyView {
    choice_of(class, words(label), options, chosen, is_off, Box::new(choose))
}

fn choice_of(
    class: &'static str,
    label: String,
    options: Vec<(String, String)>,
    chosen: String,
    is_off: Signal<bool>,
    choose: Box<dyn FnMut(web_sys::Event)>,
) -> AnyView {
    let option = |(value, says): (String, String)| {
        let is_chosen = value == chosen;
        view! { <option value=value prop:selected=is_chosen>{says}</option> }.into_any()
    };
    let options: Vec<AnyView> = options.into_iter().map(option).collect();
    view! { <select class=class aria-label=label disabled=is_off on:change=choose>{options}</select> }.into_any()
}

/// A table of numbers with their names.
pub fn table(class: &'static str, rows: Vec<(String, String)>) -> AnyView {
    let row = |(name, count): (String, String)| {
        view! { <tr><th scope="row">{name}</th><td class="count">{count}</td></tr> }.into_any()
    };
    let rows: Vec<AnyView> = rows.into_iter().map(row).collect();
    view! { <table class=class><tbody>{rows}</tbody></table> }.into_any()
}

/// What is drawn anew whenever what it rests on is another.
pub fn live(draw: impl Fn() -> Vec<AnyView> + Send + 'static) -> AnyView {
    live_of(Box::new(draw))
}

fn live_of(draw: Box<dyn Fn() -> Vec<AnyView> + Send>) -> AnyView {
    (move || draw()).into_any()
}
