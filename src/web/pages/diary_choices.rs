//! The part of the page of all choices about the diary: what is kept, for how long, what is never written down, what is
//! forgotten, and files of it.
//!
//! What is under way stands in one place with what came of it, and while it is under way nothing else is begun. The sums are
//! the core's and the orders the background's; a page only asks.

pub mod files;
pub mod forgetting;
pub mod keeping;
pub mod kept;
pub mod room;
pub mod sure;

use leptos::prelude::*;

use self::files::Files;
use self::forgetting::{Asking, Forgetting};
use self::keeping::{Keeping, Never};
use self::kept::{Doing, Shown, Told};
use self::room::Room;
use super::browser::words;

/// The section.
#[component]
pub fn Diary() -> impl IntoView {
    let shown = Shown::new();
    shown.go("diaryBusy", shown.look());
    view! {
        <section aria-labelledby="diary" class="diary">
            <h2 id="diary">{words("diaryTitle")}</h2>
            <p class="quiet hint">{words("diaryHint")}</p>
            <Room shown />
            <Keeping shown />
            <Never shown />
            <Forgetting shown />
            <Files shown />
            <Status shown />
            <Asking shown done=|| () />
        </section>
    }
}

/// What is under way, and what came of it.
#[component]
fn Status(shown: Shown) -> impl IntoView {
    let doing = move |Doing { words, done, of }: Doing| {
        view! {
            <p class="quiet hint" id="diary-doing">{words}</p>
            <progress aria-labelledby="diary-doing" max=of value=of.map(|_| done)></progress>
        }
    };
    let told = |told: Told| match told {
        Told::Done(words) => view! { <p class="done">{words}</p> },
        Told::Trouble(words) => view! { <p class="notice">{words}</p> },
    };
    view! {
        <div role="status" class="told">
            {move || shown.doing.get().map(doing)}
            {move || shown.told.get().map(told)}
        </div>
    }
}
