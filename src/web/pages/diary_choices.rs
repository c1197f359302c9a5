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
use self::kept::{Doing, Now, Shown, Told};
use self::opened::opened;
use self::room::room;
use super::browser::words;
use super::parts::{hint, live, notice};

/// The section.
pub fn diary() -> AnyView {
    let shown = Shown::new();
    shown.go("diaryBusy", shown.look());
    let status = live(move || shown.now.with(status));
    let mut parts = vec![hint(words("diaryHint"))];
    for part in [room, keeping, never, opened, forgetting, files] {
        parts.extend(part(shown));
    }
    parts.push(view! { <div role="status" class="told">{status}</div> }.into_any());
    parts.push(asking(shown, Callback::new(|()| ())));
    view! { <section aria-labelledby="diary" class="diary"><h2 id="diary">{words("diaryTitle")}</h2>{parts}</section> }
        .into_any()
}

/// What is under way, and what came of what was.
fn status(now: &Now) -> Vec<AnyView> {
    let mut parts = Vec::new();
    if let Some(Doing { words, far }) = &now.doing {
        parts.push(hint(words.clone()));
        let (done, of) = (far.map(|(done, _)| done), far.map(|(_, of)| of));
        parts.push(view! { <progress aria-label=words.clone() max=of value=done></progress> }.into_any());
    }
    match &now.told {
        Some(Told::Done(words)) => parts.push(view! { <p class="done">{words.clone()}</p> }.into_any()),
        Some(Told::Trouble(words)) => parts.push(notice(words.clone())),
        None => {}
    }
    parts
}
