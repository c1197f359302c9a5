//! Long lists: their first rows at once, the rest when somebody asks for it.
//!
//! What it deliberately does not do: sort; whoever has the list knows what comes first.

use leptos::prelude::*;

use super::super::browser::{number, words_with};
use super::bars::unfolding;

/// So many rows are shown at first.
const FIRST: usize = 20;

/// The first of a long list, and behind a line that opens the rest, which is made when it is opened and not before: there
/// may be thousands of it.
pub fn in_two<T: Send + 'static>(
    title: String,
    more: &str,
    mut first: Vec<T>,
    table: impl Fn(String, &[T]) -> AnyView + Send + 'static,
) -> AnyView {
    let rest = first.split_off(first.len().min(FIRST));
    let first = table(title, &first);
    let others = (!rest.is_empty()).then(|| {
        let says = words_with(more, &number(u32::try_from(rest.len()).unwrap_or(u32::MAX)));
        unfolding("", says.clone(), false, move || table(says.clone(), &rest))
    });
    view! { {first} {others} }.into_any()
}
