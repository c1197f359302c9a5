//! A switch with its label: the one form in which the popup offers on and off.
//!
//! It shows what it is told and asks for a change; what is stored is the business of whoever offers it.

use leptos::prelude::*;

/// A switch with its label.
#[component]
pub fn Switch(
    /// What is switched, in words.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is on.
    #[prop(into)]
    on: Signal<bool>,
    /// Called with what the person wants.
    choose: impl Fn(bool) + 'static,
) -> impl IntoView {
    view! {
        <label class="row">
            <span>{move || label.get()}</span>
            <input
                type="checkbox"
                role="switch"
                prop:checked=move || on.get()
                on:change=move |event| choose(event_target_checked(&event))
            />
        </label>
    }
}
