//! What lies further down than anybody sees at first: made when what is above is painted.
//!
//! The largest parts of the dashboard are there, thousands of cells and plots. What it deliberately does not do: wait until
//! somebody scrolls; whoever searches the page finds all of it.

use leptos::prelude::*;

use super::super::parts::live;

/// A part that is made after the first frame, and anew whenever what it rests on is another.
pub fn below(made: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    below_of(Box::new(made))
}

fn below_of(made: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
    let is_due = RwSignal::new(false);
    request_animation_frame(move || request_animation_frame(move || _ = is_due.try_set(true)));
    live(move || if is_due.get() { vec![made()] } else { Vec::new() })
}
