//! The background's wasm: what `extension/background.js` and its modules may call, and nothing else.
//!
//! The functions are named here rather than in the library, so that no other context's wasm carries them. Their shapes
//! are written down in `extension/types.d.ts`.

fn main() {}

#[cfg(target_arch = "wasm32")]
#[allow(unreachable_pub, reason = "wasm-bindgen exports only what is pub, and a bin is reached by nobody in Rust")]
mod door {
    use plainsight::api::background::Question;
    use plainsight::web::{background, lists, noting, shield};
    use wasm_bindgen::prelude::*;

    /// Opens the pack and takes in what was stored before.
    #[wasm_bindgen]
    pub fn start(pack: Vec<u8>, saved: JsValue) -> Result<(), JsValue> {
        background::start(pack, saved)
    }

    /// What is to become of a request.
    #[wasm_bindgen]
    pub fn verdict(
        tab: i32,
        url: &str,
        frame: &str,
        page: &str,
        kind: &str,
        now: f64,
    ) -> Result<Option<String>, JsValue> {
        background::verdict(tab, Question { url, frame, kind, ..Question::default() }, page, now)
    }

    /// The referrer that is sent with a request instead of this one.
    #[wasm_bindgen]
    pub fn referrer(to: &str, referrer: &str, now: f64) -> Result<Option<String>, JsValue> {
        background::referrer(to, referrer, now)
    }

    /// A resolver said which name is behind a host.
    #[wasm_bindgen]
    pub fn named(host: &str, name: &str, now: f64, private: bool) -> Result<(), JsValue> {
        background::named(host, name, now, private)
    }

    /// The person chose anew.
    #[wasm_bindgen]
    pub fn protect(stored: JsValue) -> Result<(), JsValue> {
        background::protect(stored)
    }

    /// The person has other hosts read.
    #[wasm_bindgen]
    pub fn read_also(stored: JsValue) -> Result<(), JsValue> {
        background::read_also(stored)
    }

    /// The person chose anew for feeds.
    #[wasm_bindgen]
    pub fn read_settings(stored: JsValue) -> Result<(), JsValue> {
        background::read_settings(stored)
    }

    /// What the browser has to be told at a moment.
    #[wasm_bindgen]
    pub fn plan(now: f64) -> Result<JsValue, JsValue> {
        background::plan(now)
    }

    /// Lets companies through in a tab, and no others.
    #[wasm_bindgen]
    pub fn through(tab: i32, url: &str, companies: JsValue) -> Result<JsValue, JsValue> {
        background::through(tab, url, companies)
    }

    /// Lets hosts through in a tab, too.
    #[wasm_bindgen]
    pub fn reveal(tab: i32, url: &str, hosts: JsValue) -> Result<JsValue, JsValue> {
        background::reveal(tab, url, hosts)
    }

    /// Takes in a batch of reports and tells what changed.
    #[wasm_bindgen]
    pub fn saw(batch: JsValue) -> Result<JsValue, JsValue> {
        background::saw(batch)
    }

    /// What is known of the page that a tab shows.
    #[wasm_bindgen]
    pub fn tab(number: i32, url: &str, now: f64) -> Result<JsValue, JsValue> {
        background::tab(number, url, now)
    }

    /// What is known of a site of the days that are open.
    #[wasm_bindgen]
    pub fn site(host: &str) -> Result<JsValue, JsValue> {
        background::site(host)
    }

    /// Carries out an order about learning whom no list knows, and tells how things are then.
    #[wasm_bindgen]
    pub fn learning(order: JsValue) -> Result<JsValue, JsValue> {
        background::learning(order)
    }

    /// Everything that was learned, to be stored.
    #[wasm_bindgen]
    pub fn learned() -> Result<Option<String>, JsValue> {
        background::learned()
    }

    /// Opens the diary, and takes into it what was stored elsewhere before.
    #[wasm_bindgen]
    pub async fn open_diary(former: JsValue) -> Result<(), JsValue> {
        noting::open(former).await
    }

    /// Stores what is noted.
    #[wasm_bindgen]
    pub async fn keep_diary(today: u32) -> Result<(), JsValue> {
        noting::keep(today).await
    }

    /// Lets go what is not to be kept so long, stores what waits for room, and folds old days.
    #[wasm_bindgen]
    pub async fn tend_diary(today: u32) -> Result<(), JsValue> {
        noting::tend(today).await
    }

    /// The person chose anew about the diary.
    #[wasm_bindgen]
    pub fn choose_diary(stored: JsValue) -> Result<(), JsValue> {
        noting::choose(stored)
    }

    /// A page tells what its feed was made of.
    #[wasm_bindgen]
    pub fn tallied(url: &str, told: JsValue, today: u32) -> Result<JsValue, JsValue> {
        noting::tallied(url, told, today)
    }

    /// What a platform's company was told of visits to where an item leads.
    #[wasm_bindgen]
    pub async fn told_of(url: String, leads: JsValue) -> Result<JsValue, JsValue> {
        noting::told_of(&url, leads).await
    }

    /// How often the person opened items of these within a week.
    #[wasm_bindgen]
    pub async fn opened_of(platform: String, marks: JsValue, today: u32) -> Result<JsValue, JsValue> {
        noting::opened_of(&platform, marks, today).await
    }

    /// Carries out an order about the diary.
    #[wasm_bindgen]
    pub async fn obey_diary(order: String, site: String, day: u32, today: u32) -> Result<JsValue, JsValue> {
        noting::obey(&order, &site, day, today).await
    }

    /// Room for a text that the shield is to read; its address.
    #[wasm_bindgen]
    pub fn shield_tray(room: usize) -> usize {
        shield::tray(room)
    }

    /// The text in the tray is the address of the page that asks.
    #[wasm_bindgen]
    pub fn shield_frame(len: usize) {
        shield::frame(len);
    }

    /// The text in the tray is a type of requests; its number.
    #[wasm_bindgen]
    pub fn shield_kind(len: usize) -> usize {
        shield::kind(len)
    }

    /// What becomes of the request whose address is in the tray.
    #[wasm_bindgen]
    pub fn ask_shield(len: usize, kind: usize) -> u32 {
        shield::ask(len, kind)
    }

    /// Makes the packs anew, with texts that were fetched and lists of the person's own.
    #[wasm_bindgen]
    pub fn make_lists(
        background: &[u8],
        texts: &[u8],
        fetched: JsValue,
        own: JsValue,
        declares: bool,
    ) -> Result<JsValue, JsValue> {
        lists::make(background, texts, fetched, own, declares)
    }

    /// Where newer texts of the shipped lists come from.
    #[wasm_bindgen]
    pub fn list_homes(background: &[u8]) -> Result<JsValue, JsValue> {
        lists::homes(background)
    }

    /// A text with a patch applied.
    #[wasm_bindgen]
    pub fn patch_list(text: &str, patches: &str, name: &str) -> Result<String, JsValue> {
        lists::patched(text, patches, name)
    }

    /// Joins a list with the files that were fetched for it, and says which is to be fetched next.
    #[wasm_bindgen]
    pub fn join_list(text: &str, fetched: JsValue) -> Result<JsValue, JsValue> {
        lists::join(text, fetched)
    }

    /// A rule in its own words.
    #[wasm_bindgen]
    pub fn rule(texts: &[u8], list: &str, line: u32) -> Result<Option<String>, JsValue> {
        background::rule(texts, list, line)
    }
}
