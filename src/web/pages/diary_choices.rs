//! The part of the page of all choices about the diary: what is kept, for how long, what is never written down, what is
//! counted besides, what is forgotten, and files of it.
//!
//! What is under way stands in one place with what came of it, and while it is under way nothing else is begun. The sums are
//! the core's and the orders the background's; a page only asks.

pub mod files;
pub mod forgetting;
pub mod keeping;
pub mod kept;
pub mod opened;
pub mod room;
pub mod sure;

use leptos::prelude::*;

use self::files::files;
use self::forgetting::{asking, forgetting};
use self::keeping::{keeping, never};
use self::kept::{Shown, Told};
use self::opened::opened;
use self::room::room;
use super::browser::words;
use super::parts::{hint, live, notice};

/// The section.
pub fn diary() -> AnyView {
    let shown = Shown::new();
    shown.go("diaryBusy", shown.look());
    // Only the bar is another at each step: what is said anew is read out anew.
    let says = Memo::new(move |_| shown.now.with(|now| now.doing.as_ref().map(|doing| doing.words.clone())));
    let far = Signal::derive(move || shown.now.with(|now| now.doing.as_ref().and_then(|doing| doing.far)));
    let doing = live(move || says.with(|says| says.as_ref().map(|says| doing(says, far)).unwrap_or_default()));
    let told = live(move || shown.now.with(|now| now.told.as_ref().map(told).into_iter().collect()));
    let mut parts = vec![hint(words("diaryHint"))];
    for part in [room, keeping, never, opened, forgetting, files] {
        parts.extend(part(shown));
    }
    parts.push(view! { <div role="status" class="told">{doing}{told}</div> }.into_any());
    parts.push(asking(shown, Callback::new(|()| ())));
    view! { <section aria-labelledby="diary" class="diary"><h2 id="diary">{words("diaryTitle")}</h2>{parts}</section> }
        .into_any()
}

/// What is under way, and how far it is.
fn doing(says: &str, far: Signal<Option<(u32, u32)>>) -> Vec<AnyView> {
    let (done, of) = (move || far.get().map(|(done, _)| done), move || far.get().map(|(_, of)| of));
    let bar = view! { <progress aria-label=says.to_owned() max=of value=done></progress> };
    vec![hint(says.to_owned()), bar.into_any()]
}

/// What came of what was.
fn told(told: &Told) -> AnyView {
    match told {
        Told::Done(words) => view! { <p class="done">{words.clone()}</p> }.into_any(),
        Told::Trouble(words) => notice(words.clone()),
    }
}
