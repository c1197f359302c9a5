//! The shield's own door, for one request that is held up while it is asked: numbers in, a number out.
//!
//! A browser that waits for the answer asks for every request, so nothing is made here that is thrown away: the script
//! writes an address into a tray in this memory and calls with its length. The frame, which stays the same for many
//! requests in a row, is written only when it changes. `extension/shield.js` is the other half.
//!
//! What it deliberately does not do: say why, or what instead. Whoever has to know asks the background, with words.

use std::cell::RefCell;

use super::background;
use crate::api::background::Glance;
use crate::api::requests::Question;

/// What is kept between questions.
struct Asking {
    tray: Vec<u8>,
    frame: String,
    /// The types of requests by the number that they were given when they were first heard of.
    kinds: Vec<String>,
}

thread_local! {
    static ASKING: RefCell<Asking> =
        const { RefCell::new(Asking { tray: vec![], frame: String::new(), kinds: vec![] }) };
}

impl Asking {
    /// What lies in the tray; nothing if it is no text.
    fn text(&self, len: usize) -> &str {
        self.tray.get(..len).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("")
    }
}

/// Makes room for so many bytes in the tray; returns its address in the wasm's memory.
pub fn tray(room: usize) -> usize {
    ASKING.with_borrow_mut(|asking| {
        asking.tray.resize(room, 0);
        asking.tray.as_ptr() as usize
    })
}

/// From now on the frame is asked about whose address lies in the tray; it is the page at the top, too.
pub fn frame(len: usize) {
    ASKING.with_borrow_mut(|asking| asking.frame = asking.text(len).to_owned());
}

/// Gives the type of requests whose name lies in the tray a number.
pub fn kind(len: usize) -> usize {
    ASKING.with_borrow_mut(|asking| {
        let kind = asking.text(len).to_owned();
        asking.kinds.push(kind);
        asking.kinds.len() - 1
    })
}

/// What is to become of the request whose address lies in the tray: 0 it passes, 1 it is stopped, 2 it is changed, 3 it
/// passes unless somebody else is behind its host; 4 if that cannot be known, because nothing was started.
pub fn ask(len: usize, kind: usize) -> u32 {
    ASKING.with_borrow(|asking| {
        let kind = asking.kinds.get(kind).map_or("", String::as_str);
        let question = Question { url: asking.text(len), frame: &asking.frame, kind, ..Question::default() };
        background::with(|it| Ok(it.glance(question))).map_or(4, |glance| match glance {
            Glance::Pass => 0,
            Glance::Stop => 1,
            Glance::Change => 2,
            Glance::PassUnlessDisguised => 3,
        })
    })
}
